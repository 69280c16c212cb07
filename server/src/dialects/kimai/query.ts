// Query parameters: one spelling in, a value or a refusal out.

import type { LocalDateTime } from '../../core/day.ts'
import { invalid } from '../../core/errors.ts'
import { maxIds, maxOffset } from '../../core/page.ts'
import { all, type Pairs } from '../../http/pairs.ts'
import { type Answer, failure } from './errors.ts'
import { parseStrictDateTime } from './wire.ts'

/** Rows of a page at most, and unless asked otherwise. */
const sizes = { most: 500, usual: 50 }

/** The value of a parameter, the last one when it is repeated. An empty one counts as not given. */
export function one(query: Pairs, name: string): string | undefined {
  return all(query, name).at(-1) || undefined
}

/** The value of a parameter that must match. Throws `invalid` otherwise. */
export function matching(query: Pairs, name: string, pattern: RegExp): string | undefined {
  const value = one(query, name)
  if (value !== undefined && !pattern.test(value)) throw invalid(name, 'format', `${name} cannot be read.`)
  return value
}

/** One of a few values. Throws `invalid` for any other. */
export function choice<T extends string>(query: Pairs, name: string, values: readonly T[]): T | undefined {
  const value = one(query, name)
  const found = values.find((each) => each === value)
  if (value !== undefined && found === undefined) {
    throw invalid(name, 'unknown_value', `${name} is unknown.`)
  }
  return found
}

/** `0` or `1`, where the words are accepted too. */
export function flag(query: Pairs, name: string): boolean | undefined {
  const value = choice(query, name, ['0', '1', 'false', 'true'])
  return value === undefined ? undefined : value === '1' || value === 'true'
}

/**
 * A list in any spelling of three generations of clients: `projects[]=1`, `projects[0]=1`, `projects=1,2`, repeats.
 * Undefined when there is nothing in it. Throws `invalid` for more than `maxIds`.
 */
export function list(query: Pairs, ...names: readonly string[]): string[] | undefined {
  const values: string[] = []
  for (const [key, value] of query) {
    const bare = key.replace(/\[\d{0,9}\]$/, '')
    if (names.includes(bare)) values.push(...value.split(',').map((item) => item.trim()))
  }
  const found = values.filter((value) => value !== '')
  if (found.length > maxIds) throw invalid(names[0] ?? '', 'too_many', `At most ${maxIds} values.`)
  return found.length === 0 ? undefined : found
}

/** A list of ids. Throws `invalid` for one that is no number. A number beyond all ids finds nothing. */
export function ids(query: Pairs, ...names: readonly string[]): number[] | undefined {
  return list(query, ...names)?.map((value) => {
    if (!/^\d{1,20}$/.test(value)) throw invalid(names[0] ?? '', 'format', 'This is no id.')
    return Math.min(Number(value), Number.MAX_SAFE_INTEGER)
  })
}

/** A date-time in the strict form. Throws `invalid` for any other. */
export function dateTime(query: Pairs, name: string): LocalDateTime | undefined {
  const value = one(query, name)
  if (value === undefined) return undefined
  const local = parseStrictDateTime(value)
  if (local === undefined) throw invalid(name, 'format', `${name} is no date.`)
  return local
}

/** Whether a list is to run backwards; `usual` is its own direction. */
export function descending(query: Pairs, usual: 'ASC' | 'DESC'): boolean {
  return (choice(query, 'order', ['ASC', 'DESC']) ?? usual) === 'DESC'
}

/** What is shown of things that can be hidden. */
export type Visibility = 'visible' | 'hidden' | 'all'

/** What `visible` asks for: 1 visible, the usual, 2 hidden, 3 all. Throws `invalid` for anything else. */
export function visibility(query: Pairs): Visibility {
  const value = choice(query, 'visible', ['1', '2', '3'])
  return value === '2' ? 'hidden' : value === '3' ? 'all' : 'visible'
}

/** One page of a paged list, and which one. */
export type Page = { readonly number: number; readonly offset: number; readonly limit: number }

/** Reads `page` and `size`; 0 means the usual. Throws `invalid` for what is no number. */
export function pageOf(query: Pairs): Page {
  const number = Number(matching(query, 'page', /^\d{1,9}$/) ?? '1') || 1
  const limit = Math.min(Number(matching(query, 'size', /^\d{1,9}$/) ?? '0') || sizes.usual, sizes.most)
  return { number, limit, offset: Math.min((number - 1) * limit, maxOffset) }
}

/** A page of items with the four headers. A page beyond the last one is 404; an empty list has one page. */
export function paged(page: Page, total: number, items: readonly string[]): Answer {
  const pages = Math.max(Math.ceil(total / page.limit), 1)
  if (page.number > pages) return failure(404)
  const headers = {
    'x-page': String(page.number),
    'x-total-count': String(total),
    'x-total-pages': String(pages),
    'x-per-page': String(page.limit),
  }
  return { status: 200, headers, body: `[${items.join(',')}]` }
}
