// The query of each noun as conditions: the allow-list of what can be filtered and sorted by.

import { localSeconds } from '../core/day.ts'
import type { Range } from '../core/page.ts'
import type { ListedNoun, Queries } from '../core/queries.ts'
import { fold } from '../core/text.ts'
import { type Stored, snake } from './codec.ts'
import type { Condition } from './conditions.ts'
import { tables } from './tables.ts'

/** Columns a list may be sorted by, beside the id. */
const sortColumns: Readonly<Record<string, string>> = {
  spentAt: 'spent_at',
  startedAt: 'started_at',
  updatedAt: 'updated_at',
}

/** The column of a sort name; undefined for the id. */
export function sortColumn(sort: string | undefined): string | undefined {
  return sort === undefined ? undefined : sortColumns[sort]
}

/** Everything a query asks of a row, the organization first. */
export function conditionsOf<N extends ListedNoun>(noun: N, query: Queries[N]): Condition[] {
  const { deleted = 'without' } = query
  return [
    equal('organization_id', query.organizationId),
    ...own[noun](query),
    ...among('id', query.ids),
    ...range('created_at', query.createdAt, Number),
    ...range('updated_at', query.updatedAt, Number),
    ...(deleted === 'with' ? [] : [{ column: 'deleted_at', op: isNull[deleted] }]),
  ]
}

const isNull = { without: 'is null', only: 'is not null' } as const

const own: { readonly [N in ListedNoun]: (query: Queries[N]) => Condition[] } = {
  membership: (query) => given(query, ['personId']),
  credential: (query) => given(query, ['personId', 'kind']),
  client: catalogue,
  project: (query) => [...catalogue(query), ...among('client_id', query.clientIds)],
  activity: (query) => [...catalogue(query), ...among('project_id', query.projectIds)],
  category: (query) => [
    ...catalogue(query),
    ...usedBy({ table: 'expenses', column: 'category_id' }, query.usedByPersonId),
  ],
  tag: (query) => {
    const { link } = tables.expense
    const by =
      link === undefined ? { table: 'expenses', column: 'id' } : { table: 'expenses', column: 'id', link }
    return [...catalogue(query), ...usedBy(by, query.usedByPersonId)]
  },
  expense: (query) => [
    ...given(query, ['reportId', 'personId', 'billed', 'billable']),
    ...among('client_id', query.clientIds),
    ...among('project_id', query.projectIds),
    ...among('activity_id', query.activityIds),
    ...range('spent_at', query.spentAt, localSeconds),
    ...range('base_amount_minor', query.baseAmountMinor, Number),
    ...categoryNamed(query.categoryName),
    ...tagged(query.anyTagName),
    ...described(query.text),
  ],
  receipt: (query) => [...among('expense_id', query.expenseIds), ...given(query, ['publicKey'])],
  expense_report: (query) => [
    ...given(query, ['personId', 'isDefault']),
    ...among('name_folded', query.names?.map(fold)),
    ...among('state', query.states),
  ],
  time_entry: (query) => [
    ...given(query, ['personId', 'billed', 'billable']),
    ...among('client_id', query.clientIds),
    ...among('project_id', query.projectIds),
    ...among('activity_id', query.activityIds),
    ...range('started_at', query.startedAt, Number),
    ...(query.running === undefined
      ? []
      : [{ column: 'ended_at', op: query.running ? ('is null' as const) : ('is not null' as const) }]),
    ...described(query.text),
  ],
  note: subject,
  property: (query) => [...subject(query), ...given(query, ['space', 'name'])],
}

function catalogue(query: { names?: readonly string[]; state?: string }): Condition[] {
  return [...given(query, ['state']), ...among('name_folded', query.names?.map(fold))]
}

function subject(query: { subjectNoun?: string; subjectIds?: readonly number[] }): Condition[] {
  return [...given(query, ['subjectNoun']), ...among('subject_id', query.subjectIds)]
}

function usedBy(by: (Condition & { op: 'used' })['by'], personId: number | undefined): Condition[] {
  return personId === undefined ? [] : [{ op: 'used', by, personId }]
}

function categoryNamed(name: string | undefined): Condition[] {
  if (name === undefined) return []
  return [{ column: 'category_id', op: 'named', table: 'categories', names: [fold(name)] }]
}

function tagged(names: readonly string[] | undefined): Condition[] {
  const { link } = tables.expense
  if (names === undefined || link === undefined) return []
  return [{ link, op: 'linked', table: 'tags', names: names.map(fold) }]
}

function described(text: string | undefined): Condition[] {
  if (text === undefined) return []
  return [{ column: 'description_folded', op: 'contains', text: fold(text) }]
}

/** Equality for every named field that is given. */
function given<Q>(query: Q, fields: readonly (keyof Q & string)[]): Condition[] {
  const conditions: Condition[] = []
  for (const field of fields) {
    const value = query[field]
    if (value === undefined) continue
    const column = snake(field)
    if (typeof value === 'boolean') conditions.push({ column, op: value ? 'is true' : 'is false' })
    else conditions.push(equal(column, value as Stored))
  }
  return conditions
}

function equal(column: string, value: Stored): Condition {
  return { column, op: '=', value }
}

function among(column: string, values: readonly Stored[] | undefined): Condition[] {
  return values === undefined ? [] : [{ column, op: 'in', values }]
}

function range<T>(column: string, bounds: Range<T> | undefined, write: (value: T) => number): Condition[] {
  const conditions: Condition[] = []
  const { from, to } = bounds ?? {}
  if (from !== undefined) conditions.push({ column, op: '>=', value: within(Math.ceil(write(from))) })
  if (to !== undefined) conditions.push({ column, op: '<=', value: within(Math.floor(write(to))) })
  return conditions
}

// Kept numbers are safe integers, so a bound beyond them says the same as the last of them.
function within(bound: number): number {
  return Math.min(Math.max(bound, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER)
}
