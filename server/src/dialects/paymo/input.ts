// What a body says, field by field: texts become numbers, days and lists where a field is one.

import type { Instant, LocalDate, TimeZone } from '../../core/day.ts'
import { type Decimal, parseDecimal } from '../../core/decimal.ts'
import { invalid } from '../../core/errors.ts'
import { flagOf } from './comparisons.ts'
import { parseDay, parseMoment } from './moments.ts'

/** A body or a part of it. Numbers are the text they were sent as. */
export type Input = { readonly [name: string]: InputValue }
export type InputValue = string | boolean | null | readonly InputValue[] | Input

/** Reads fields of an input; each answers undefined when it is not there, and throws `invalid` for what it cannot be. */
export type Fields = ReturnType<typeof fieldsOf>

/** Opens an input for reading. Names it does not ask for have no effect. */
export function fieldsOf(input: Input) {
  const value = (name: string): InputValue | undefined =>
    Object.hasOwn(input, name) ? input[name] : undefined

  function wrong(name: string, what: string): Error {
    return invalid(name, 'format', `${name} must be ${what}.`)
  }

  function scalar(name: string, what: string): string | null | undefined {
    const found = value(name)
    if (found === undefined || found === null) return found
    if (typeof found === 'object') throw wrong(name, what)
    return String(found)
  }

  /** The text of a field that is no text: null where it is empty. */
  function filled(name: string, what: string): string | null | undefined {
    const text = scalar(name, what)
    return text?.trim() === '' || text === 'null' ? null : text
  }

  return {
    value,

    /** Null is an empty text. */
    text(name: string): string | undefined {
      const found = scalar(name, 'a text')
      return found === null ? '' : found
    },

    decimal(name: string): Decimal | null | undefined {
      const text = filled(name, 'a number')
      if (text === null || text === undefined) return text
      const found = parseNumber(text.trim())
      if (found === undefined) throw wrong(name, 'a number')
      return found
    },

    integer(name: string): number | null | undefined {
      const text = filled(name, 'a whole number')
      if (text === null || text === undefined) return text
      if (!/^-?\d{1,15}(?:\.0+)?$/.test(text.trim())) throw wrong(name, 'a whole number')
      return Number(text)
    },

    /** An id; 0 stands for none, as some clients send it. */
    id(name: string): number | null | undefined {
      const text = filled(name, 'an id')
      if (text === null || text === undefined) return text
      const found = idOf(text)
      if (found === undefined) throw wrong(name, 'an id')
      return found === 0 ? null : found
    },

    flag(name: string): boolean | undefined {
      const text = filled(name, 'true or false')
      if (text === undefined) return undefined
      const found = text === null ? false : flagOf(text)
      if (found === undefined) throw wrong(name, 'true or false')
      return found
    },

    day(name: string): LocalDate | null | undefined {
      const text = filled(name, 'a date')
      if (text === null || text === undefined) return text
      const found = parseDay(text)
      if (found === undefined) throw wrong(name, 'a date')
      return found
    },

    instant(name: string, zone: TimeZone): Instant | null | undefined {
      const text = filled(name, 'a datetime')
      if (text === null || text === undefined) return text
      const found = parseMoment(text, zone)
      if (found === undefined) throw wrong(name, 'a datetime')
      return found.instant
    },

    /** A list of texts: a list, one comma-separated text, or the elements of a list in XML. */
    texts(name: string): string[] | undefined {
      const found = listOf(value(name))
      return found?.map((item) => {
        if (typeof item === 'object' || typeof item === 'boolean') throw wrong(name, 'a list of texts')
        return item
      })
    },

    ids(name: string): number[] | undefined {
      const found = listOf(value(name))
      return found?.map((item) => {
        const id = typeof item === 'string' ? idOf(item) : undefined
        if (id === undefined) throw wrong(name, 'a list of ids')
        return id
      })
    },

    /** A list of objects, such as the lines of an invoice. */
    inputs(name: string): Input[] | undefined {
      const found = value(name)
      if (found === undefined || found === null) return undefined
      if (found === '') return []
      if (typeof found !== 'object') throw wrong(name, 'a list of objects')
      const items = isList(found) ? found : Object.values(found).flat()
      return items.map((item) => {
        if (typeof item !== 'object' || item === null || isList(item)) throw wrong(name, 'a list of objects')
        return item
      })
    },
  }
}

/** The fields that were given: without those that are undefined. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

/** A refusal of an input that lacks what it needs. */
export function missing(name: string): Error {
  return invalid(name, 'required', `Missing required field: ${name}`)
}

/** Reads a plain number, or one with an exponent, as languages write large and small ones. */
export function parseNumber(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const shift = Number(exponent)
  if (Math.abs(shift) > 30) return undefined
  const digits = whole + fraction
  const point = whole.length + shift
  const padded = point > digits.length ? digits.padEnd(point, '0') : digits
  const filled = point < 0 ? '0'.repeat(-point) + padded : padded
  const place = Math.max(point, 0)
  const tail = filled.slice(place)
  return parseDecimal(
    `${sign === '-' ? '-' : ''}${filled.slice(0, place)}${tail === '' ? '' : `.${tail}`}`.slice(0, 60),
  )
}

function isList(value: InputValue): value is readonly InputValue[] {
  return Array.isArray(value)
}

function listOf(found: InputValue | undefined): InputValue[] | undefined {
  if (found === undefined) return undefined
  if (found === null || found === '') return []
  if (isList(found)) return [...found]
  if (typeof found === 'object') return Object.values(found).flat() as InputValue[]
  return String(found)
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function idOf(text: string): number | undefined {
  if (!/^\d{1,16}$/.test(text.trim())) return undefined
  const id = Number(text)
  return Number.isSafeInteger(id) ? id : undefined
}
