// The fields of a body: each read by its type, all problems told at once. Unknown keys are ignored.

import { type Instant, type LocalDate, parseLocalDate } from '../../core/day.ts'
import type { Decimal } from '../../core/decimal.ts'
import { type Issue, type IssueCode, invalid, invalidAll } from '../../core/errors.ts'
import { type IdNoun, type Ids, isUuid } from './ids.ts'
import { isNumeral, parseInstant, parseJson, parseNumber } from './wire.ts'

/** Readers answer undefined for a field that is not there or is wrong; `check` tells which ones are. */
export type Fields = {
  text(name: string): string | undefined
  instant(name: string): Instant | undefined
  day(name: string): LocalDate | undefined
  flag(name: string): boolean | undefined
  /** A number, or a text that holds one: both spellings of amounts are shown by this API. */
  number(name: string): Decimal | undefined
  word<W extends string>(name: string, words: readonly W[]): W | undefined
  /** The number behind a UUID; 0, which nothing has, for one of nothing in the organization. */
  id(name: string, ids: Ids, noun: IdNoun, organizationId: number): number | undefined
  /** Null where the field is null, else what `read` answers. */
  orNull<T>(name: string, read: (name: string) => T | undefined): T | null | undefined
  /** The objects of a list. */
  list(name: string, most: number): readonly Fields[] | undefined
  /** Tells which of these are not there. */
  require(...names: readonly string[]): void
  /** Throws `invalid` with everything that is wrong so far, also in lists below. */
  check(): void
}

/** Reads the body of a request; an empty one has no fields. Throws `invalid` for what is no JSON object. */
export function readFields(bytes: Uint8Array): Fields {
  const body = bytes.length === 0 ? { value: {} } : parseJson(bytes)
  if (body === undefined) throw invalid('body', 'format', 'The body must be JSON.')
  const issues: Issue[] = []
  const fields = fieldsOf(body.value, '', issues)
  if (fields === undefined) throw invalid('body', 'type', 'The body must be a JSON object.')
  return fields
}

/** Problems told at most: whoever has more of them has seen enough. */
const maxIssues = 100

function fieldsOf(value: unknown, prefix: string, issues: Issue[]): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isNumeral(value))
    return undefined
  const body = value as Readonly<Record<string, unknown>>
  // Only its own keys: `constructor` and the like are nobody's fields.
  const given = (name: string): unknown => (Object.hasOwn(body, name) ? body[name] : undefined)

  function wrong(name: string, code: IssueCode, message: string): undefined {
    if (issues.length < maxIssues)
      issues.push({ path: prefix + name, code, message: `${prefix}${name} ${message}` })
    return undefined
  }

  function text(name: string): string | undefined {
    const value = given(name)
    if (value === undefined || typeof value === 'string') return value
    return wrong(name, 'type', 'must be a text.')
  }

  /** A text in a form of its own; what is no text is wrong already. */
  function formed<T>(name: string, parse: (text: string) => T | undefined, message: string): T | undefined {
    const value = text(name)
    if (value === undefined) return undefined
    return parse(value) ?? wrong(name, 'format', message)
  }

  return {
    text,

    instant: (name) => formed(name, parseInstant, 'must be an ISO 8601 instant with Z or an offset.'),

    day: (name) => formed(name, parseLocalDate, 'must be a day, YYYY-MM-DD.'),

    flag(name) {
      const value = given(name)
      if (value === undefined || typeof value === 'boolean') return value
      return wrong(name, 'type', 'must be true or false.')
    },

    number(name) {
      const value = given(name)
      if (value === undefined) return undefined
      if (typeof value !== 'string' && !isNumeral(value)) return wrong(name, 'type', 'must be a number.')
      const number = parseNumber(typeof value === 'string' ? value : value.rawJSON)
      return number ?? wrong(name, 'format', 'must be a number of a usual size.')
    },

    word(name, words) {
      const value = text(name)
      if (value === undefined) return undefined
      const word = words.find((each) => each === value)
      return word ?? wrong(name, 'unknown_value', `must be one of ${words.join(', ')}.`)
    },

    id(name, ids, noun, organizationId) {
      const parse = (text: string) =>
        isUuid(text) ? (ids.parse(noun, organizationId, text) ?? 0) : undefined
      return formed(name, parse, 'must be a UUID.')
    },

    orNull(name, read) {
      return given(name) === null ? null : read(name)
    },

    list(name, most) {
      const value = given(name)
      if (value === undefined) return undefined
      if (!Array.isArray(value)) return wrong(name, 'type', 'must be a list.')
      if (value.length > most) return wrong(name, 'too_many', `must have at most ${most} items.`)
      const items = value.map((item: unknown, i) => fieldsOf(item, `${prefix}${name}.${i}.`, issues))
      return items.every((item) => item !== undefined) ? items : wrong(name, 'type', 'must hold objects.')
    },

    require(...names) {
      for (const name of names) if (given(name) === undefined) wrong(name, 'required', 'is required.')
    },

    check() {
      if (issues.length > 0) throw invalidAll(issues)
    },
  }
}
