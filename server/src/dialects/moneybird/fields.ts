// Reading attributes: texts, ids, flags, numbers and lists, in all the forms that clients send them in.

import { type LocalDate, parseLocalDate } from '../../core/day.ts'
import { type Decimal, parseDecimal } from '../../core/decimal.ts'
import { type Attributes, isObject, listOf, type Value } from './body.ts'
import { invalidAttribute, Refused, referenceNotFound, symbolic, validation } from './errors.ts'
import { parseId } from './ids.ts'

/**
 * The attributes under a name, such as `time_entry`. Refuses a body without them: with `required` in the words of the older
 * resources, else as the newer ones do.
 */
export function wrapped(body: Attributes, name: string, required?: string): Attributes {
  const attributes = body[name]
  if (isObject(attributes)) return attributes
  if (required === undefined) throw new Refused(symbolic(400, `${name} is missing`))
  throw new Refused(symbolic(400, `${required} is required`, { [name]: 'required' }))
}

/** A text; empty for null, undefined when it is not given. Refuses lists and objects. */
export function textOf(attributes: Attributes, name: string): string | undefined {
  const value = attributes[name]
  if (value === undefined) return undefined
  if (value === null) return ''
  if (typeof value === 'object') throw wrong(name)
  return String(value)
}

/**
 * The id that an attribute refers to; null and an empty text refer to nothing, undefined is not given. Refuses what is no
 * id, in the words for one that is not there.
 */
export function referenceOf(attributes: Attributes, name: string): number | null | undefined {
  const value = attributes[name]
  if (value === undefined) return undefined
  if (value === null || value === '') return null
  const id = typeof value === 'string' ? parseId(value) : undefined
  if (id === undefined) throw new Refused(referenceNotFound(name))
  return id
}

const flags: ReadonlyMap<Value, boolean> = new Map<Value, boolean>([
  [true, true],
  ['true', true],
  ['1', true],
  [false, false],
  ['false', false],
  ['0', false],
])

/** A flag, as a boolean or as one of the texts that stand for it; null and an empty text are not given. */
export function flagOf(attributes: Attributes, name: string): boolean | undefined {
  const value = attributes[name]
  if (value === undefined || value === null || value === '') return undefined
  const flag = flags.get(value)
  if (flag === undefined) throw wrong(name)
  return flag
}

/** A whole number, not negative; null and an empty text are null. */
export function countOf(attributes: Attributes, name: string): number | null | undefined {
  const text = textOf(attributes, name)
  if (text === undefined) return undefined
  if (text === '') return null
  // A client of a typed language may send 10.0 for 10.
  const [, digits] = /^(\d{1,15})(?:\.0+)?$/.exec(text) ?? []
  if (digits === undefined) throw notANumber(name)
  return Number(digits)
}

/** A number with a comma or a point: `10,95`, `1.234,50`. Null and an empty text are null. */
export function decimalOf(attributes: Attributes, name: string): Decimal | null | undefined {
  const text = textOf(attributes, name)?.trim()
  if (text === undefined) return undefined
  if (text === '') return null
  const value = parseNumber(text)
  if (value === undefined) throw notANumber(name)
  return value
}

/** Reads a number whose decimals stand behind a comma or a point; the other one groups thousands. */
export function parseNumber(text: string): Decimal | undefined {
  const comma = text.lastIndexOf(',')
  if (comma < 0) return parseDecimal(text)
  const point = text.lastIndexOf('.')
  if (comma > point)
    return /^-?[\d.]*,\d*$/.test(text) ? parseDecimal(text.replaceAll('.', '').replace(',', '.')) : undefined
  return /^-?[\d,]+\.\d*$/.test(text) ? parseDecimal(text.replaceAll(',', '')) : undefined
}

/** A calendar day; null and an empty text are null. */
export function dayAttribute(attributes: Attributes, name: string): LocalDate | null | undefined {
  const text = textOf(attributes, name)?.trim()
  if (text === undefined) return undefined
  if (text === '') return null
  // A client may send a whole timestamp where a day is asked for.
  const day = parseLocalDate(/^\d{4}-\d{2}-\d{2}T/.test(text) ? text.slice(0, 10) : text)
  if (day === undefined) throw new Refused(validation([notADate(name)]))
  return day
}

/** A list of ids; null is an empty one, undefined is not given. Refuses what is no list, or holds what is no id. */
export function idsOf(attributes: Attributes, name: string): number[] | undefined {
  const value = attributes[name]
  if (value === undefined) return undefined
  if (value === null || value === '') return []
  const list = listOf(value)
  if (list === undefined) throw wrong(name)
  // An empty text stands in lists that forms clear.
  const ids = list
    .filter((item) => item !== '')
    .map((item) => (typeof item === 'string' ? parseId(item) : undefined))
  if (ids.includes(undefined)) throw new Refused(referenceNotFound(name))
  return ids as number[]
}

/** A list of attributes; undefined is not given. Refuses what is no list of such. */
export function rowsOf(attributes: Attributes, name: string): readonly Attributes[] | undefined {
  const value = attributes[name]
  if (value === undefined || value === null || value === '') return undefined
  const list = listOf(value)
  if (list === undefined || !list.every(isObject)) throw wrong(name)
  return list as readonly Attributes[]
}

/** What is said of something that is no time or day. */
export function notADate(attribute: string) {
  return { attribute, text: 'is not a valid date', code: 'is not a valid date' }
}

function notANumber(attribute: string): Refused {
  return new Refused(validation([{ attribute, text: 'is not a number', code: 'not_a_number' }]))
}

function wrong(name: string): Refused {
  return new Refused(validation([invalidAttribute(name)]))
}
