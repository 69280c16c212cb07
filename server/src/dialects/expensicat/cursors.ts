// Opaque cursors: the sort key of the last item, so that what comes or goes meanwhile causes neither repeats nor gaps.

import { invalid } from '../../core/errors.ts'
import type { Cursor } from '../../core/page.ts'
import type { Call } from './call.ts'
import type { IdNoun } from './ids.ts'
import { limitOf, parameter } from './query.ts'

/** A page as it is asked of the core: one row more than is shown, to know whether there is a next page. */
export type PageQuery = { readonly descending: true; readonly limit: number; readonly after?: Cursor }

/** Where a list starts and how far it goes, newest first. An empty cursor is the start: some send it on the first call. */
export function pageQuery({ query, ids, actor }: Call, noun: IdNoun): PageQuery {
  const limit = limitOf(query) + 1
  const text = parameter(query, 'cursor')
  if (!text) return { descending: true, limit }
  const [, value, uuid] = /^(-?\d{1,16}) ([0-9a-f-]{36})$/.exec(decode(text)) ?? []
  const id = uuid === undefined ? undefined : ids.parse(noun, actor.organizationId, uuid)
  if (id === undefined) throw invalid('cursor', 'format', 'cursor must be a next_cursor of this list.')
  return { descending: true, limit, after: { value: Number(value), id } }
}

/** The items of a page without the one too many, and the last of them when there is a next page. */
export function cutPage<T>(rows: readonly T[], { limit }: PageQuery): { items: readonly T[]; last?: T } {
  if (rows.length < limit) return { items: rows }
  const items = rows.slice(0, limit - 1)
  const last = items.at(-1)
  return last === undefined ? { items } : { items, last }
}

/** The cursor behind an item; `value` is what the list is sorted by, the id where that is all. */
export function presentCursor(
  { ids, actor }: Call,
  noun: IdNoun,
  { value, id }: { readonly value: number; readonly id: number },
): string {
  return Buffer.from(`${value} ${ids.present(noun, actor.organizationId, id)}`).toString('base64url')
}

function decode(text: string): string {
  return /^[\w-]{1,120}$/.test(text) ? Buffer.from(text, 'base64url').toString('latin1') : ''
}
