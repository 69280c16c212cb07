// The kinds of form fields: what each accepts, and the sentence for what it does not.

import type { LocalDate, LocalDateTime, TimeZone } from '../../core/day.ts'
import { parseTimeZone } from '../../core/day.ts'
import { type Decimal, parseDecimal } from '../../core/decimal.ts'
import { type Currency, parseCurrency } from '../../core/money.ts'
import type { Given } from './body.ts'
import { type Field, type Reading, sentences } from './form.ts'
import { parseDateTime, parseDay, parseDuration } from './wire.ts'

/** A field of this kind that must be given. */
export function required<T>(field: Field<T>): Field<T> {
  return { ...field, required: true }
}

/** Makes a field from a reader of texts; a list or an object in its place is not valid. */
function scalar<T>(read: (text: string, zone: TimeZone) => Reading<T>): Field<T> {
  return {
    required: false,
    read(given, zone) {
      if (typeof given === 'string') return read(given, zone)
      return given === false ? read('', zone) : { wrong: sentences.invalid }
    },
  }
}

/** The same, where an empty text means null. */
function nullable<T>(
  sentence: string,
  parse: (text: string, zone: TimeZone) => T | undefined,
): Field<T | null> {
  return scalar((text, zone) => {
    if (text.trim() === '') return { value: null }
    const value = parse(text, zone)
    return value === undefined ? { wrong: sentence } : { value }
  })
}

/** A text, blanks around it dropped. Lengths count UTF-16 units; empty passes unless required. */
export function text(max: number, min = 0): Field<string> {
  return scalar((given) => {
    const value = given.trim()
    if (value.length > max) {
      return { wrong: `This value is too long. It should have ${max} characters or less.` }
    }
    if (value !== '' && value.length < min) {
      return { wrong: `This value is too short. It should have ${min} characters or more.` }
    }
    return { value }
  })
}

/** A text of a certain shape. */
export function shaped(max: number, shape: RegExp, sentence: string): Field<string> {
  return scalar((given) => {
    const value = given.trim()
    return value === '' || (value.length <= max && shape.test(value)) ? { value } : { wrong: sentence }
  })
}

/** Yes or no. An empty text counts as not given, everything but the few words for no is yes. */
export const flag: Field<boolean> = {
  required: false,
  read(given) {
    if (given === false || given === '0' || given === 'false') return { value: false }
    if (given === '') return {}
    return typeof given === 'string' ? { value: true } : { wrong: sentences.invalid }
  },
}

/** The number of something else, null when emptied. */
export const reference: Field<number | null> = nullable(sentences.choice, parseReference)

function parseReference(value: string): number | undefined {
  return /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : undefined
}

/** Several numbers of other things. */
export const references: Field<readonly number[]> = {
  required: false,
  read(given) {
    if (given === '' || given === false) return { value: [] }
    // Lenient like lists in queries: `1,2` is a list too.
    const items: readonly Given[] | undefined = typeof given === 'string' ? given.split(',') : listOf(given)
    const numbers = items?.map((item) => (typeof item === 'string' ? parseReference(item) : undefined))
    if (numbers === undefined || numbers.length > 1000 || numbers.includes(undefined)) {
      return { wrong: sentences.choice }
    }
    return { value: numbers as number[] }
  },
}

/** The items of a list; undefined when it is none. */
export function listOf(given: Given): readonly Given[] | undefined {
  return Array.isArray(given) ? given : undefined
}

/** A decimal number, exponents included as some languages write them; null when emptied. */
export const number: Field<Decimal | null> = nullable('Please enter a number.', parseNumber)

function parseNumber(value: string): Decimal | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = ''] =
    /^([+-]?)(\d{1,30})(?:\.(\d{0,30}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(value.trim()) ?? []
  if (whole === '') return undefined
  const shift = Number(exponent)
  const digits = whole + fraction
  const point = whole.length + shift
  const zeros = '0'.repeat(Math.max(-point, point - digits.length, 0))
  const padded = point < 0 ? zeros + digits : digits + zeros
  const at = Math.max(point, 0)
  return parseDecimal(`${sign === '-' ? '-' : ''}${padded.slice(0, at) || '0'}.${padded.slice(at) || '0'}`)
}

/** A date-time on the caller's clock, null when emptied. */
export const dateTime: Field<LocalDateTime | null> = nullable(
  'Please enter a valid date and time.',
  parseDateTime,
)

/** A day, null when emptied. */
export const day: Field<LocalDate | null> = nullable('Please enter a valid date.', parseDay)

/** Whole seconds from a duration text, null when emptied. */
export const duration: Field<number | null> = nullable('Please enter a valid duration.', parseDuration)

/** A colour `#rrggbb` or `#rgb`, empty for none. */
export const color: Field<string> = scalar((given) => {
  const value = given.trim().toLowerCase()
  const [, r, g, b] = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(value) ?? []
  if (r !== undefined) return { value: `#${r}${r}${g}${g}${b}${b}` }
  return value === '' || /^#[0-9a-f]{6}$/.test(value) ? { value } : { wrong: 'The color is invalid.' }
})

/** One of a few words; empty counts as not given. */
export function oneOf<T extends string>(...words: readonly T[]): Field<T> {
  return scalar((given) => {
    const value = given.trim()
    if (value === '') return {}
    const found = words.find((word) => word === value)
    return found === undefined ? { wrong: sentences.choice } : { value: found }
  })
}

/** ISO 3166 two letters, or empty. */
export const country: Field<string> = shaped(2, /^[A-Z]{2}$/, 'Please select a valid country.')

/** A locale such as `de` or `pt_BR`. */
export const language: Field<string> = shaped(
  10,
  /^[a-z]{2,3}([_-][A-Za-z]{2,4})?$/,
  'Please select a valid language.',
)

/** ISO 4217 code of a currency in use, null when emptied. */
export const currency: Field<Currency | null> = nullable('Please select a valid currency.', parseCurrency)

/** IANA name of a time zone, null when emptied. */
export const zone: Field<TimeZone | null> = nullable('Please select a valid timezone.', parseTimeZone)

/** An e-mail address, or empty. */
export const email: Field<string> = shaped(
  75,
  /^[^\s@]{1,64}@[^\s@]{1,190}$/,
  'This value is not a valid email address.',
)

/** A web address. Other schemes have no business on a page. */
export const homepage: Field<string> = shaped(
  100,
  /^https?:\/\/[^\s<>"']+$/i,
  'This value is not a valid URL.',
)

/** Accepted and without effect: older clients send it, and it never meant anything that is kept. */
export const ignored: Field<never> = { required: false, read: () => ({}) }
