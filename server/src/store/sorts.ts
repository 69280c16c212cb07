// What lists may be sorted by, and how null sorts: first, on both engines.

import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely'
import type { Stored } from './codec.ts'
import { snake } from './codec.ts'

type Eb = ExpressionBuilder<Record<string, Record<string, Stored>>, string>

/** A sort: a column, a decimal kept as text, or the name of what a column points to. */
export type Sort =
  | { readonly kind: 'column'; readonly column: string; readonly nullable: boolean }
  | { readonly kind: 'decimal'; readonly column: string }
  | { readonly kind: 'name'; readonly column: string; readonly table: string; readonly owned: boolean }

const nullable: ReadonlySet<string> = new Set([
  'endedAt',
  'durationSeconds',
  'clientId',
  'projectId',
  'activityId',
  'invoiceLineId',
  'issuedOn',
  'dueOn',
  'startsOn',
  'number',
])

const columns: Readonly<Record<string, string>> = { name: 'name_folded', description: 'description_folded' }

const names: Readonly<Record<string, Sort>> = {
  personName: { kind: 'name', column: 'person_id', table: 'people', owned: false },
  clientName: { kind: 'name', column: 'client_id', table: 'clients', owned: true },
  projectName: { kind: 'name', column: 'project_id', table: 'projects', owned: true },
  activityName: { kind: 'name', column: 'activity_id', table: 'activities', owned: true },
  categoryName: { kind: 'name', column: 'category_id', table: 'categories', owned: true },
  quantity: { kind: 'decimal', column: 'quantity' },
  unitPrice: { kind: 'decimal', column: 'unit_price' },
  hourlyRate: { kind: 'decimal', column: 'hourly_rate' },
}

/** The sort of a name; undefined for the id. Names are those that a query's type allows. */
export function sortOf(name: string | undefined): Sort | undefined {
  if (name === undefined || name === 'id') return undefined
  return names[name] ?? { kind: 'column', column: columns[name] ?? snake(name), nullable: nullable.has(name) }
}

/** The expression to order by, on rows of `table`. */
export function sortExpression(eb: Eb, table: string, sort: Sort): RawBuilder<unknown> {
  const own = sql.ref(`${table}.${sort.column}`)
  if (sort.kind === 'column') return sql`${own}`
  if (sort.kind === 'decimal') return sql`cast(${own} as numeric)`
  const name = sort.owned ? 'name_folded' : 'name'
  const found = eb
    .selectFrom(`${sort.table} as named`)
    .select(`named.${name}`)
    .whereRef('named.id', '=', `${table}.${sort.column}`)
  return sql`(${sort.owned ? found.whereRef('named.organization_id', '=', `${table}.organization_id`) : found})`
}

/** Whether null can be among the values. */
export function canBeNull(sort: Sort): boolean {
  return sort.kind !== 'column' || sort.nullable
}
