// The parameters of a list: `where`, `include`, `order`, `page` and `page_size`. All others are ignored, as clients need.

import { invalid } from '../../core/errors.ts'
import { first, type Pairs } from '../../http/pairs.ts'
import { unknownName } from './errors.ts'
import { defaultSelection, parseInclude, type Selection } from './include.ts'
import type { Question } from './lists.ts'
import type { Relation, Resource } from './resource.ts'
import { resources } from './resources.ts'
import { type Condition, parseWhere } from './where.ts'

/** What a request asks to see of a resource. */
export type Asked = { readonly question: Question; readonly selection: Selection }

/** Reads the parameters. Throws for what cannot be read: it never widens the answer. */
export function parseQuestion(resource: Resource, query: Pairs): Asked {
  const conditions = parseWhere(first(query, 'where') ?? '')
  if ('problem' in conditions) throw invalid('where', 'format', conditions.problem)
  for (const condition of conditions) checkPath(resource, condition)
  const order = parseOrder(resource, first(query, 'order'))
  return {
    question: { conditions, ...(order === undefined ? {} : { order }), ...parsePage(query) },
    selection: parseSelection(resource, query),
  }
}

/** Reads `include`, or `partial_include`, which the original names once as the same thing. */
export function parseSelection(resource: Resource, query: Pairs): Selection {
  const include = first(query, 'include') ?? first(query, 'partial_include')
  return include ? parseInclude(resources, resource, include) : defaultSelection(resource)
}

/** A condition on what is included is read there; here its relations must exist. */
function checkPath(resource: Resource, { path }: Condition): void {
  let here: Resource | undefined = resource
  for (const name of path.slice(0, -1)) {
    const relation: Relation | undefined = here?.relations.get(name)
    if (here !== undefined && relation === undefined) throw unknownName(path.join('.'))
    here = relation === undefined || relation.kind === 'none' ? undefined : resources.get(relation.of)
  }
  const last = path.at(-1) ?? ''
  if (path.length > 1 && here?.filters !== undefined && !here.filters.has(last))
    throw unknownName(path.join('.'))
}

function parseOrder(resource: Resource, text: string | undefined): Question['order'] {
  if (text === undefined || text.trim() === '') return undefined
  const [, field = '', direction = ''] = /^\s*([\w.]+)(?:\s+(asc|desc))?\s*$/i.exec(text) ?? []
  const sort = Object.hasOwn(resource.sorts, field) ? resource.sorts[field] : undefined
  if (sort === undefined) throw unknownName(field || text)
  const descending = direction.toLowerCase() === 'desc'
  // By id is how everything is sorted anyway, and the one order that can be walked without counting.
  return sort === 'id' && !descending ? undefined : { sort, field, descending }
}

/** Pages count from 0. Only both parameters together mean anything: a client sends `page=1` and wants all. */
function parsePage(query: Pairs): { offset?: number; limit?: number } {
  const page = wholeNumber(first(query, 'page'))
  const size = wholeNumber(first(query, 'page_size'))
  if (page === undefined || size === undefined || size === 0) return {}
  return { offset: page * size, limit: size }
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined
  if (!/^\s*\d{1,7}\s*$/.test(text)) throw invalid('page', 'format', 'page and page_size are whole numbers.')
  return Number(text)
}
