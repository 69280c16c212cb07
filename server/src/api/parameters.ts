// Query parameters: how each kind is read from its text and described; whatever is not named is refused by its name.

import Type, { type TSchema } from 'typebox'
import type { Instant } from '../core/day.ts'
import { type LocalDateTime, parseLocalDate, parseTimeZone, type TimeZone } from '../core/day.ts'
import { type Decimal, parseDecimal } from '../core/decimal.ts'
import { type Currency, parseCurrency } from '../core/money.ts'
import { maxIds } from '../core/page.ts'
import { maxSearchLength } from '../core/text.ts'
import type { Pairs } from '../http/pairs.ts'
import { type Flaw, unreadable } from './problem.ts'
import {
  currencyCode,
  dateText,
  decimalText,
  id,
  instantText,
  localText,
  parseId,
  parseInstant,
  parseLocal,
  zoneText,
} from './wire.ts'

/** One parameter. `read` answers undefined for a text that is none of its values. */
export type Parameter<T = unknown> = {
  readonly schema: TSchema
  readonly about: string
  readonly required?: true
  readonly read: (text: string) => T | undefined
}

export type Parameters = Readonly<Record<string, Parameter>>

/** Values by the names of their parameters; those that were not given are absent. */
export type Values = Readonly<Record<string, unknown>>

/**
 * Reads a query. Throws a 400 that names every parameter that is unknown, given twice, missing, or none of its values: a
 * filter that cannot be read must not widen the answer.
 */
export function readParameters(pairs: Pairs, parameters: Parameters): Values {
  const values: Record<string, unknown> = {}
  const flaws: Flaw[] = []
  const flaw = (name: string, code: string, message: string) =>
    flaws.push({ in: 'query', path: `/${name.slice(0, 60).toWellFormed()}`, code, message })
  for (const [name, text] of pairs) {
    if (!Object.hasOwn(parameters, name)) {
      flaw(name, 'unknown_parameter', `There is no parameter "${name.slice(0, 60).toWellFormed()}" here.`)
    } else if (Object.hasOwn(values, name)) flaw(name, 'taken', 'It is given twice.')
    else {
      values[name] = parameters[name]?.read(text)
      if (values[name] === undefined) flaw(name, 'format', `It is none of: ${parameters[name]?.about ?? ''}`)
    }
    if (flaws.length >= 20) break
  }
  for (const [name, { required }] of Object.entries(parameters)) {
    if (required && !Object.hasOwn(values, name)) flaw(name, 'required', 'It is missing.')
  }
  if (flaws.length > 0) throw unreadable(flaws[0]?.message ?? 'The query cannot be read.', flaws)
  return values
}

/** Ids, separated by commas. */
export const ids: Parameter<readonly number[]> = {
  schema: Type.Array(id, { minItems: 1, maxItems: maxIds }),
  about: 'Ids, separated by commas.',
  read: (text) => list(text, parseId),
}

/** One id. */
export const oneId: Parameter<number> = { schema: id, about: 'An id.', read: parseId }

/** `true` or `false`. */
export const yesOrNo: Parameter<boolean> = {
  schema: Type.Boolean(),
  about: 'true or false.',
  read: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
}

/** An instant. */
export const instants: Parameter<Instant> = {
  schema: instantText,
  about: 'An instant of RFC 3339.',
  // A plus sign that was not escaped has become a blank.
  read: (text) => parseInstant(text.replace(/ (?=\d{2}:\d{2}$)/, '+')),
}

/** The first moment of a span of wall-clock time: a day alone is its midnight. */
export const localFrom: Parameter<LocalDateTime> = {
  schema: localText,
  about: 'A wall-clock time or a day.',
  read: parseLocal,
}

/** The last moment of a span of wall-clock time: a day alone is its end. */
export const localTo: Parameter<LocalDateTime> = {
  schema: localText,
  about: 'A wall-clock time or a day, that whole day included.',
  read: (text) => parseLocal(parseLocalDate(text) === undefined ? text : `${text}T23:59:59`),
}

/** A day. */
export const days = {
  schema: dateText,
  about: 'A day, YYYY-MM-DD.',
  read: parseLocalDate,
} satisfies Parameter

/** An amount in the organization's currency. */
export const amounts: Parameter<Decimal> = {
  schema: decimalText,
  about: 'A decimal number.',
  read: parseDecimal,
}

/** A currency. */
export const currencies: Parameter<Currency> = {
  schema: currencyCode,
  about: 'An ISO 4217 code in use.',
  read: parseCurrency,
}

/** A time zone. */
export const zones: Parameter<TimeZone> = {
  schema: zoneText,
  about: 'An IANA time zone.',
  read: (text) => (text.length <= 60 ? parseTimeZone(text) : undefined),
}

/** A text to look for. */
export const search: Parameter<string> = {
  schema: Type.String({ maxLength: maxSearchLength }),
  about: `A text of at most ${maxSearchLength} characters.`,
  read: (text) => (text.length <= maxSearchLength ? text : undefined),
}

/** Whole names, separated by commas, letter case aside. */
export const names: Parameter<readonly string[]> = {
  schema: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 100 }),
  about: 'Names, separated by commas.',
  read: (text) => list(text, (part) => (part.length <= 200 ? part : undefined), 100),
}

/** A whole number within bounds. */
export function count(minimum: number, maximum: number): Parameter<number> {
  return {
    schema: Type.Integer({ minimum, maximum }),
    about: `A whole number from ${minimum} to ${maximum}.`,
    read(text) {
      const value = /^\d{1,16}$/.test(text) ? Number(text) : undefined
      return value !== undefined && value >= minimum && value <= maximum ? value : undefined
    },
  }
}

/** One of these words. */
export function oneOf<T extends string>(values: readonly T[]): Parameter<T> {
  return {
    schema: Type.Enum([...values]),
    about: `One of ${values.join(', ')}.`,
    read: (text) => values.find((value) => value === text),
  }
}

/** Some of these words, separated by commas. */
export function someOf<T extends string>(values: readonly T[]): Parameter<readonly T[]> {
  return {
    schema: Type.Array(Type.Enum([...values]), { minItems: 1, maxItems: values.length }),
    about: `Some of ${values.join(', ')}, separated by commas.`,
    read: (text) => list(text, (part) => values.find((value) => value === part), values.length),
  }
}

function list<T>(text: string, read: (part: string) => T | undefined, most = maxIds): T[] | undefined {
  const parts = text.split(',', most + 1)
  if (parts.length > most) return undefined
  const found = new Set<T>()
  for (const part of parts) {
    const value = part === '' ? undefined : read(part)
    if (value === undefined) return undefined
    found.add(value)
  }
  return [...found]
}
