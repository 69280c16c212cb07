// How values are spelled on this door's wire, and how they are read: money, decimals, instants, wall-clock times, ids.

import Type, { type TSchema } from 'typebox'
import {
  type Instant,
  type LocalDateTime,
  parseLocalDate,
  parseLocalDateTime,
  parseTimeZone,
  type TimeZone,
} from '../core/day.ts'
import { type Decimal, parseDecimal } from '../core/decimal.ts'
import { type IssueCode, invalid } from '../core/errors.ts'
import { type Currency, parseCurrency, toDecimal } from '../core/money.ts'

/** Money as it is sent: the digits as typed, never a JSON number. */
export type WireMoney = { readonly amount: string; readonly currency: string }

/** Schemas of values that many fields share. Named ones become components of the OpenAPI document. */
export const id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
export const decimalText = Type.String({
  pattern: '^-?\\d{1,24}(\\.\\d{1,16})?$',
  description: 'An exact decimal number.',
})
export const currencyCode = Type.String({
  pattern: '^[A-Z]{3}$',
  description: 'An ISO 4217 code in use.',
})
export const money = Type.Object(
  { amount: decimalText, currency: currencyCode },
  {
    additionalProperties: false,
    description: 'An exact amount of one currency, with its decimals as typed.',
  },
)
export const moneyInput = Type.Object(
  { amount: decimalText, currency: Type.Optional(currencyCode) },
  {
    additionalProperties: false,
    description: 'An amount. Without a currency the one that applies is meant; any other is refused.',
  },
)
export const price = Type.Object(
  { amount: decimalText, currency: Type.Optional(currencyCode) },
  {
    additionalProperties: false,
    description: "An amount. Without a currency the organization's, or the present one, is meant.",
  },
)
export const countryText = Type.String({ pattern: '^([A-Z]{2})?$' })
export const instantText = Type.String({
  maxLength: 40,
  description: 'An instant as RFC 3339 has it. Answers are in UTC; any offset is read.',
})
export const dateText = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: 'A calendar day, YYYY-MM-DD.',
})
export const localText = Type.String({
  maxLength: 25,
  description: 'A wall-clock time, YYYY-MM-DDTHH:MM:SS, beside its time zone. A day alone is its midnight.',
})
export const zoneText = Type.String({
  maxLength: 60,
  description: 'An IANA time zone, such as Europe/Amsterdam.',
})

/** The schema, or null. */
export function nullable(schema: TSchema): TSchema {
  return Type.Union([schema, Type.Null()])
}

/** An instant in UTC, milliseconds only where there are some. */
export function presentInstant(at: Instant): string {
  const text = new Date(at).toISOString()
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text
}

/** An instant or null. */
export function presentInstantOrNull(at: Instant | null): string | null {
  return at === null ? null : presentInstant(at)
}

/** An amount as typed. */
export function presentMoney(amount: Decimal, currency: Currency): WireMoney {
  return { amount, currency }
}

/** Minor units in the notation of their currency. */
export function presentMinor(amountMinor: bigint, currency: Currency): WireMoney {
  return { amount: toDecimal({ amountMinor, currency }), currency }
}

const instantShape =
  /^\d{4}-\d{2}-\d{2}[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/

/** Reads an RFC 3339 instant with any offset; undefined for other texts. A leap second is no instant we know. */
export function parseInstant(text: string): Instant | undefined {
  if (!instantShape.test(text)) return undefined
  try {
    return Temporal.Instant.from(text.toUpperCase()).epochMilliseconds
  } catch {
    return undefined
  }
}

/** Reads a wall-clock time; a day alone is its midnight. */
export function parseLocal(text: string): LocalDateTime | undefined {
  const day = parseLocalDate(text)
  return parseLocalDateTime(day === undefined ? text : `${day}T00:00:00`)
}

/** A refused value, by the path of its field on the wire. */
export function wrong(path: string, code: IssueCode, message: string): Error {
  return invalid(path, code, message)
}

/** The value that a parser has found, or a refusal. */
export function known<T>(value: T | undefined, path: string, message: string, code: IssueCode = 'format'): T {
  if (value === undefined) throw invalid(path, code, message)
  return value
}

/** A decimal of the wire. */
export function readDecimal(path: string, text: string): Decimal {
  return known(parseDecimal(text), path, 'This is no decimal number.')
}

/** A currency of the wire. */
export function readCurrency(path: string, text: string): Currency {
  return known(parseCurrency(text), path, 'This is no currency in use.', 'unknown_value')
}

/** A time zone of the wire. */
export function readZone(path: string, text: string): TimeZone {
  return known(parseTimeZone(text), path, 'This is no time zone.', 'unknown_value')
}

/** The id that a path or a filter names; undefined for anything else than a plain whole number from 1 to 2^53 - 1. */
export function parseId(text: string): number | undefined {
  if (!/^[1-9]\d{0,15}$/.test(text)) return undefined
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : undefined
}
