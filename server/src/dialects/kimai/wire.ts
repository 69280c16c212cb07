// How Kimai spells numbers, dates and durations in JSON, and how it reads them.

import {
  dayOf,
  type Instant,
  instantOf,
  type LocalDate,
  type LocalDateTime,
  localOf,
  localSeconds,
  parseLocalDate,
  parseLocalDateTime,
  type TimeZone,
} from '../../core/day.ts'
import {
  type Decimal,
  decimal,
  multiplyDecimals,
  parseDecimal,
  roundDecimal,
  trimDecimal,
  unitsOf,
} from '../../core/decimal.ts'
import { type Currency, toDecimal } from '../../core/money.ts'

declare const numeral: unique symbol

/** A number spelled from a decimal's text; it never was a binary fraction. */
export type Numeral = { readonly [numeral]: true }

/** What an answer is made of. Keys without a value are left out. */
export type Wire =
  | null
  | boolean
  | number
  | string
  | Numeral
  | readonly Wire[]
  | { readonly [key: string]: Wire | undefined }

// Known to the runtime, not yet to the compiler.
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => Numeral }

/** The JSON text of a value. Slashes stay as they are. */
export function spell(value: Wire): string {
  return JSON.stringify(value)
}

/** A float as Kimai writes one: the shortest text, with at least one digit behind the point (`10.0`). */
export function presentDecimal(value: Decimal): Numeral {
  const text = trimDecimal(value)
  return rawJSON(text.includes('.') ? text : `${text}.0`)
}

/** An amount of money as a float of its currency. */
export function presentMoney(amountMinor: bigint, currency: Currency): Numeral {
  return presentDecimal(toDecimal({ amountMinor, currency }))
}

/** `YYYY-MM-DDTHH:MM:SS+0100`: the zone's own wall clock, the offset without a colon as old clients expect it. */
export function presentInstant(at: Instant, zone: TimeZone): string {
  return withOffset(localOf(at, zone), at)
}

/** The same of a wall-clock time. One that daylight saving skipped shows the offset before the gap. */
export function presentLocal(local: LocalDateTime, zone: TimeZone): string {
  return withOffset(local, instantOf(local, zone))
}

function withOffset(local: LocalDateTime, at: Instant): string {
  const minutes = Math.round((localSeconds(local) - Math.floor(at / 1000)) / 60)
  const size = Math.abs(minutes)
  const digits = String(Math.floor(size / 60) * 100 + (size % 60)).padStart(4, '0')
  return `${local}${minutes < 0 ? '-' : '+'}${digits}`
}

// The clock time, then whatever precision and zone generated clients add.
const bodyShape =
  /^(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,9})? ?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?$/i

/**
 * Reads a date-time of a body: a wall-clock time of `zone`, or with an offset an instant, told on the clock of `zone`.
 * Fractions of a second are dropped.
 */
export function parseDateTime(text: string, zone: TimeZone): LocalDateTime | undefined {
  const [, clock = '', offset] = bodyShape.exec(text.trim()) ?? []
  const local = parseLocalDateTime(clock)
  if (local === undefined || offset === undefined) return local
  const [, sign = '+', hours = '00', minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? []
  const at = Date.parse(`${local}${sign}${hours}:${minutes}`)
  return Number.isNaN(at) ? undefined : parseLocalDateTime(localOf(at, zone))
}

/** Reads a date-time of a query: exactly `YYYY-MM-DDTHH:MM:SS`. */
export function parseStrictDateTime(text: string): LocalDateTime | undefined {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text) ? parseLocalDateTime(text) : undefined
}

/** Reads a day, alone or with a time that does not matter: creating sends the one, changing the other. */
export function parseDay(text: string, zone: TimeZone): LocalDate | undefined {
  const value = text.trim()
  const local = parseDateTime(value, zone)
  return parseLocalDate(value) ?? (local && dayOf(local))
}

/** Longest duration in seconds: beyond any budget, and safe in every JSON reader. */
const maxDuration = 10n ** 12n

const hour = decimal('3600')

/** Reads a duration as whole seconds: `1:30`, `1:30:15`, `2h30m`, or a number of hours, with a point or a comma. */
export function parseDuration(text: string): number | undefined {
  const value = text.trim().toLowerCase()
  const [clock, h = '0', m = '0', s = '0'] =
    /^(\d{1,9}):([0-5]?\d)(?::([0-5]?\d))?$/.exec(value) ??
    /^(?=.)(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/.exec(value) ??
    []
  if (clock !== undefined) return bounded(BigInt(h) * 3600n + BigInt(m) * 60n + BigInt(s))
  const hours = parseDecimal(value.replace(',', '.'))
  if (hours === undefined || hours.startsWith('-')) return undefined
  return bounded(unitsOf(roundDecimal(multiplyDecimals(hours, hour), 0, 'half-away-from-zero'), 0))
}

function bounded(seconds: bigint): number | undefined {
  return seconds > maxDuration ? undefined : Number(seconds)
}
