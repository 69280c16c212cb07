// How Expensicat spells instants, days, numbers and whole answers.

import type { Instant } from '../../core/day.ts'
import { type Decimal, fromUnits, maxDecimalLength, parseDecimal } from '../../core/decimal.ts'

/** Type of every answer. */
export const contentType = 'application/json; charset=utf-8'

/** A JSON number that keeps the digits of its text, on the way out and on the way in. */
export type Numeral = { readonly rawJSON: string }

const { rawJSON, isRawJSON } = JSON as unknown as {
  readonly rawJSON: (text: string) => Numeral
  readonly isRawJSON: (value: unknown) => value is Numeral
}

/** A decimal as a JSON number with exactly its digits. */
export function presentNumber(value: Decimal): Numeral {
  return rawJSON(value)
}

/** UTC with milliseconds, as JavaScript writes it: `2026-03-02T09:00:00.000Z`. */
export function presentInstant(at: Instant): string {
  return new Date(at).toISOString()
}

/** What is missing is null, never an empty text. */
export function presentText(text: string): string | null {
  return text === '' ? null : text
}

const instantShape =
  /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)$/i

/**
 * Reads an ISO 8601 instant with `Z` or an offset, with or without seconds and their fraction. Undefined for other
 * shapes, impossible days, leap seconds, and times without a zone: guessing one silently corrupts time.
 */
export function parseInstant(text: string): Instant | undefined {
  if (!instantShape.test(text)) return undefined
  try {
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    return undefined
  }
}

const exponentShape = /^(-?\d+)(?:\.(\d+))?[eE]([+-]?\d{1,3})$/

/** Reads the digits of a JSON number. Undefined when there are more than any amount or quantity has. */
export function parseNumber(text: string): Decimal | undefined {
  if (text.length > maxDecimalLength) return undefined
  const match = exponentShape.exec(text)
  if (match === null) return parseDecimal(text)
  const [, whole = '', fraction = '', power] = match
  const scale = fraction.length - Number(power)
  if (Math.abs(scale) > maxDecimalLength) return undefined
  const units = BigInt(whole + fraction) * 10n ** BigInt(Math.max(-scale, 0))
  return parseDecimal(fromUnits(units, Math.max(scale, 0)))
}

/** Reads a body of JSON; numbers become `Numeral`s. Undefined for what is no JSON or no UTF-8. */
export function parseJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    const text = utf8.decode(bytes)
    const value: unknown = JSON.parse(text, (_, field: unknown, context?: { readonly source?: string }) =>
      typeof field === 'number' && context?.source !== undefined ? rawJSON(context.source) : field,
    )
    return { value }
  } catch {
    // Nested so deep that it cannot be walked through counts as unreadable too.
    return undefined
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Whether a value of a body was written as a number. */
export function isNumeral(value: unknown): value is Numeral {
  return isRawJSON(value)
}

/** One thing as it goes out. */
export function presentOne(item: string): string {
  return `{"data":${item}}`
}

/** A list with how many items are in this answer and where the next page starts; null: nowhere. */
export function presentPage(items: readonly string[], nextCursor: string | null): string {
  return `{"data":[${items.join(',')}],"meta":{"count":${items.length},"next_cursor":${JSON.stringify(nextCursor)}}}`
}

/** A short list, which comes whole. */
export function presentAll(items: readonly string[]): string {
  return `{"data":[${items.join(',')}]}`
}
