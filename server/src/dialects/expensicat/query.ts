// The query string: single values, each checked, and never a filter that is silently dropped.

import { type Instant, type LocalDate, parseLocalDate, timeZone } from '../../core/day.ts'
import { invalid } from '../../core/errors.ts'
import type { Range } from '../../core/page.ts'
import { instantsOf } from '../../core/periods.ts'
import { all, type Pairs } from '../../http/pairs.ts'
import { type IdNoun, type Ids, isUuid } from './ids.ts'

/** The parameters of a request. Unknown ones are nobody's business. */
export type Query = Pairs

/** Items of a page unless the client says otherwise, and at most. */
export const limits = { usual: 20, most: 100 }

/** The value of a parameter; undefined when it is not there. Throws `invalid` when it is there twice. */
export function parameter(query: Query, name: string): string | undefined {
  const values = all(query, name)
  if (values.length > 1) throw invalid(name, 'too_many', `${name} must not be given twice.`)
  return values[0]
}

/** `limit`: a whole number from 1 to 100. */
export function limitOf(query: Query): number {
  const text = parameter(query, 'limit')
  if (text === undefined) return limits.usual
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > limits.most) {
    throw invalid('limit', 'range', `limit must be a whole number from 1 to ${limits.most}.`)
  }
  return limit
}

const utc = timeZone('UTC')

/**
 * `start_date` and `end_date`, both inclusive, as instants. The days are those of UTC, because no parameter names a zone.
 * A start after the end matches nothing.
 */
export function daysOf(query: Query): Range<Instant> {
  const from = dayOf(query, 'start_date')
  const to = dayOf(query, 'end_date')
  return instantsOf({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }, utc)
}

function dayOf(query: Query, name: string): LocalDate | undefined {
  const text = parameter(query, name)
  if (text === undefined) return undefined
  const day = parseLocalDate(text)
  if (day === undefined) throw invalid(name, 'format', `${name} must be a day, YYYY-MM-DD.`)
  return day
}

/**
 * The number behind a UUID in a filter; 0, which nothing has, for one of nothing here. Throws `invalid` for what is no
 * UUID.
 */
export function idOf(
  query: Query,
  name: string,
  {
    ids,
    noun,
    organizationId,
  }: { readonly ids: Ids; readonly noun: IdNoun; readonly organizationId: number },
): number | undefined {
  const text = parameter(query, name)
  if (text === undefined) return undefined
  if (!isUuid(text)) throw invalid(name, 'format', `${name} must be a UUID.`)
  return ids.parse(noun, organizationId, text) ?? 0
}

/** A value that must be one of a few words. */
export function wordOf<W extends string>(query: Query, name: string, words: readonly W[]): W | undefined {
  const text = parameter(query, name)
  if (text === undefined) return undefined
  const word = words.find((each) => each === text)
  if (word === undefined) throw invalid(name, 'unknown_value', `${name} must be one of ${words.join(', ')}.`)
  return word
}
