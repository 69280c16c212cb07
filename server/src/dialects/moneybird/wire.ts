// How Moneybird spells ids, times, days and numbers. Every JSON number here is a whole one, so answers are plain JSON.

import type { Instant, TimeZone } from '../../core/day.ts'
import { type Decimal, trimDecimal } from '../../core/decimal.ts'
import { type Currency, toDecimal } from '../../core/money.ts'

/** What answers are made of. Money and quantities are texts, so numbers are whole. */
export type WireObject = { readonly [key: string]: WireValue | undefined }
export type WireValue = null | string | number | boolean | WireObject | readonly WireValue[]

/** Exactly this, without a charset: a Toggl bridge compares the header for equality. */
export const contentType = 'application/json'

/** An id: always a text, since Go and .NET clients fail to read a number. */
export function presentId(id: number): string
export function presentId(id: number | null): string | null
export function presentId(id: number | null): string | null {
  return id === null ? null : String(id)
}

/** An instant in UTC with milliseconds: `2026-08-21T13:48:00.000Z`. */
export function presentInstant(at: Instant): string
export function presentInstant(at: Instant | null): string | null
export function presentInstant(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

/** An instant with the offset of a zone, as inside events: `2026-08-21T15:48:00.000+02:00`. */
export function presentLocalInstant(at: Instant, zone: TimeZone): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString({ timeZone: zone, fractionalSecondDigits: 3 })
}

/** A number as Moneybird pads it, with at least one digit behind the point: `129.95`, `300.0`, `0.0`. */
export function presentDecimal(value: Decimal): string {
  const short = trimDecimal(value)
  return short.includes('.') ? short : `${short}.0`
}

/** An amount of money in the same spelling. */
export function presentMoney(amountMinor: bigint, currency: Currency): string {
  return presentDecimal(toDecimal({ amountMinor, currency }))
}

/** The version of an entity: whole seconds of its last change. */
export function presentVersion(updatedAt: Instant): number {
  return Math.floor(updatedAt / 1000)
}
