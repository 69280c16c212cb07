// The query of each noun as conditions: the allow-list of what can be filtered by.

import { type LocalDate, localSeconds } from '../core/day.ts'
import type { Range } from '../core/page.ts'
import type { ListedNoun, Queries } from '../core/queries.ts'
import { fold } from '../core/text.ts'
import type { Where, WhereNoun } from '../core/where.ts'
import { type Link, type Stored, snake } from './codec.ts'
import type { Condition } from './conditions.ts'
import { tagLinks } from './tables.ts'
import { compileWhere } from './where.ts'

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
  membership: (query) => [...given(query, ['personId']), ...among('role', query.roles)],
  credential: (query) => given(query, ['personId', 'kind', 'applicationId']),
  application: () => [],
  client: (query) => [...catalogue(query), ...whereOf('client', query)],
  contact: (query) => [
    ...among('client_id', query.clientIds),
    ...containing('name_folded', query.text),
    ...whereOf('contact', query),
  ],
  project: (query) => [
    ...catalogue(query),
    ...among('client_id', query.clientIds),
    ...whereOf('project', query),
  ],
  task_list: (query) => [
    ...catalogue(query),
    ...among('project_id', query.projectIds),
    ...whereOf('task_list', query),
  ],
  activity: (query) => [
    ...catalogue(query),
    ...among('project_id', query.projectIds),
    ...among('task_list_id', query.taskListIds),
    ...(query.global === true ? [{ column: 'project_id', op: 'is null' as const }] : []),
    ...whereOf('activity', query),
  ],
  category: (query) => [
    ...catalogue(query),
    ...usedBy({ table: 'expenses', column: 'category_id' }, query.usedByPersonId),
  ],
  tag: (query) => [
    ...catalogue(query),
    ...usedBy({ table: 'expenses', column: 'id', link: tagLinks.expense }, query.usedByPersonId),
  ],
  tax_rate: catalogue,
  product: (query) => [...catalogue(query), ...given(query, ['identifier'])],
  ledger_account: catalogue,
  team: catalogue,
  custom_field: (query) => [...catalogue(query), ...given(query, ['subjectNoun'])],
  rate: (query) => [
    ...among('client_id', query.clientIds),
    ...among('project_id', query.projectIds),
    ...among('activity_id', query.activityIds),
    ...among('person_id', query.personIds),
  ],
  expense: (query) => [
    ...given(query, ['reportId', 'personId', 'currency', 'billed', 'billable']),
    ...among('person_id', query.personIds),
    ...among('category_id', query.categoryIds),
    ...among('client_id', query.clientIds),
    ...among('project_id', query.projectIds),
    ...among('activity_id', query.activityIds),
    ...among('invoice_id', query.invoiceIds),
    ...range('spent_at', query.spentAt, localSeconds),
    ...range('base_amount_minor', query.baseAmountMinor, Number),
    ...categoryNamed(query.categoryName),
    ...tagged(tagLinks.expense, query.anyTagName),
    ...containing('description_folded', query.text),
    ...whereOf('expense', query),
  ],
  receipt: (query) => [
    ...among('expense_id', query.expenseIds),
    ...given(query, ['publicKey', 'contentHash']),
  ],
  expense_report: (query) => [
    ...given(query, ['personId', 'isDefault']),
    ...among('name_folded', query.names?.map(fold)),
    ...among('state', query.states),
  ],
  time_entry: (query) => [
    ...given(query, ['personId', 'billed', 'billable']),
    ...among('person_id', query.personIds),
    ...among('client_id', query.clientIds),
    ...among('project_id', query.projectIds),
    ...among('activity_id', query.activityIds),
    ...among('invoice_id', query.invoiceIds),
    ...range('started_at', query.startedAt, Number),
    ...range('ended_at', query.endedAt, Number),
    ...(query.running === undefined
      ? []
      : [{ column: 'ended_at', op: query.running ? ('is null' as const) : ('is not null' as const) }]),
    ...tagged(tagLinks.time_entry, query.anyTagName),
    ...containing('description_folded', query.text),
    ...whereOf('time_entry', query),
  ],
  note: subject,
  property: (query) => [...subject(query), ...given(query, ['space', 'name'])],
  invoice: (query) => [
    ...given(query, ['number', 'reference']),
    ...among('client_id', query.clientIds),
    ...among('state', query.states),
    ...days('issued_on', query.issuedOn),
    ...days('due_on', query.dueOn),
    ...whereOf('invoice', query),
  ],
  invoice_line: (query) => [
    ...among('invoice_id', query.invoiceIds),
    ...among('expense_id', query.expenseIds),
    ...whereOf('invoice_line', query),
  ],
  payment: (query) => [...among('invoice_id', query.invoiceIds), ...whereOf('payment', query)],
  recurring_invoice: (query) => [...among('client_id', query.clientIds), ...among('state', query.states)],
  webhook: (query) => given(query, ['personId', 'door']),
}

function catalogue(query: { names?: readonly string[]; text?: string; state?: string }): Condition[] {
  return [
    ...given(query, ['state']),
    ...among('name_folded', query.names?.map(fold)),
    ...containing('name_folded', query.text),
  ]
}

function whereOf(noun: WhereNoun, { where }: { where?: Where }): Condition[] {
  return where === undefined ? [] : [compileWhere(noun, where)]
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

function tagged(link: Link, names: readonly string[] | undefined): Condition[] {
  return names === undefined ? [] : [{ link, op: 'linked', table: 'tags', names: names.map(fold) }]
}

function containing(column: string, text: string | undefined): Condition[] {
  return text === undefined ? [] : [{ column, op: 'contains', text: fold(text) }]
}

/** Days are kept as text, which sorts as they do. */
function days(column: string, bounds: Range<LocalDate> | undefined): Condition[] {
  const { from, to } = bounds ?? {}
  return [
    ...(from === undefined ? [] : [{ column, op: '>=' as const, value: from }]),
    ...(to === undefined ? [] : [{ column, op: '<=' as const, value: to }]),
  ]
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
