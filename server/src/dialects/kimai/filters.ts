// Filters that expenses, timesheets and catalogue lists have in common, as core conditions.

import { invalid } from '../../core/errors.ts'
import { maxIds } from '../../core/page.ts'
import { checkSearch } from '../../core/text.ts'
import { propertyPrefix, type Where } from '../../core/where.ts'
import type { Pairs } from '../../http/pairs.ts'
import type { Desk } from './call.ts'
import { one } from './query.ts'

/** Words of one search at most: more than anyone types. */
const maxWords = 20

/** One word of a search: text to find, or with a field name the value of a custom field. */
export type Word = {
  readonly exclude: boolean
  readonly field: string | undefined
  /** With a field: `*` any value, `~` none, `""` none or an empty one. */
  readonly text: string
}

/** Reads `term`. Every word must be found; a leading `!` turns one round. Throws `invalid` for too much. */
export function wordsOf(term: string): Word[] {
  checkSearch('term', term)
  const words = term.split(/\s+/).filter((word) => word !== '' && word !== '!')
  if (words.length > maxWords) throw invalid('term', 'too_many', `At most ${maxWords} words.`)
  return words.map((word) => {
    const exclude = word.startsWith('!')
    const bare = exclude ? word.slice(1) : word
    const [, field, text] = /^([^:]+):(.+)$/.exec(bare) ?? []
    return { exclude, field, text: text ?? bare }
  })
}

/** The condition of `term` over these text fields and the custom fields; undefined when there is none. */
export function termCondition(query: Pairs, fields: readonly string[]): Where | undefined {
  const term = one(query, 'term')
  const words = term === undefined ? [] : wordsOf(term)
  if (words.length === 0) return undefined
  return { all: words.map((word) => wordCondition(word, fields)) }
}

function wordCondition({ exclude, field, text }: Word, fields: readonly string[]): Where {
  if (field !== undefined) return fieldCondition(exclude, `${propertyPrefix}${field}`, text)
  const op = exclude ? 'not like' : 'like'
  const places = [...fields, propertyPrefix].map((name): Where => {
    return { field: name, op, parts: ['', text, ''] }
  })
  return exclude ? { all: places } : { any: places }
}

function fieldCondition(exclude: boolean, field: string, text: string): Where {
  const op = exclude ? 'not like' : 'like'
  const [set, unset] = exclude ? (['empty', 'not empty'] as const) : (['not empty', 'empty'] as const)
  if (text === '*') return { field, op: set }
  if (text === '~') return { field, op: unset }
  if (text !== '""') return { field, op, parts: ['', text, ''] }
  const either: Where[] = [
    { field, op: unset },
    { field, op, parts: [''] },
  ]
  return exclude ? { all: either } : { any: either }
}

/** All of these conditions; undefined when there are none. */
export function allOf(...conditions: readonly (Where | undefined)[]): { where?: Where } {
  const given = conditions.filter((condition) => condition !== undefined)
  return given.length === 0 ? {} : { where: { all: given } }
}

/** Entries of these customers: by their project, or where there is none by the client itself. */
export async function ofClients(
  { core, actor }: Desk,
  clientIds: readonly number[] | undefined,
): Promise<Where | undefined> {
  if (clientIds === undefined) return undefined
  const projects = await core.projects.list(actor, { clientIds, deleted: 'with' })
  return {
    any: [
      ...inOneOf(
        'projectId',
        projects.map(({ id }) => id),
      ),
      {
        all: [
          { field: 'projectId', op: 'null' },
          { field: 'clientId', op: 'in', values: clientIds },
        ],
      },
    ],
  }
}

/** The field is one of these, in portions that a condition takes. */
function inOneOf(field: string, ids: readonly number[]): Where[] {
  const portions: Where[] = []
  for (let start = 0; start < ids.length; start += maxIds) {
    portions.push({ field, op: 'in', values: ids.slice(start, start + maxIds) })
  }
  return portions
}

/** The field is null or none of these. */
export function noneOf(field: string, ids: readonly number[]): Where {
  const portions = inOneOf(field, ids).map((each): Where => ({ ...each, op: 'not in' }) as Where)
  return { any: [{ field, op: 'null' }, { all: portions }] }
}
