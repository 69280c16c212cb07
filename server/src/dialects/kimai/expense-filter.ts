// The query of the expense list as a core filter.

import type { ExpenseFilter } from '../../core/expenses/verbs.ts'
import type { ExpenseSort } from '../../core/queries.ts'
import type { Call } from './call.ts'
import { allOf, ofClients, termCondition } from './filters.ts'
import { choice, dateTime, descending, flag, ids } from './query.ts'

/** Names to sort by. An expense has neither end nor duration: both mean its begin. */
const sorts = {
  begin: 'spentAt',
  end: 'spentAt',
  duration: 'spentAt',
  total: 'amountMinor',
  category: 'categoryName',
  cost: 'unitPrice',
  user: 'personName',
  customer: 'clientName',
  project: 'projectName',
  activity: 'activityName',
  description: 'description',
  exported: 'billed',
  refundable: 'billable',
  multiplier: 'quantity',
} as const satisfies Readonly<Record<string, ExpenseSort>>

const sortNames = Object.keys(sorts) as (keyof typeof sorts)[]

/** Reads the filter; throws `invalid` for what cannot be read. Ids of nothing find nothing. */
export async function parseExpenseFilter(call: Call): Promise<ExpenseFilter> {
  const { query } = call
  const from = dateTime(query, 'begin')
  const to = dateTime(query, 'end')
  const refundable = flag(query, 'refundable')
  const exported = flag(query, 'exported')
  const personIds = ids(query, 'users', 'user')
  const projectIds = ids(query, 'projects', 'project')
  const activityIds = ids(query, 'activities', 'activity')
  const customers = await ofClients(call, ids(query, 'customers', 'customer'))
  return {
    sort: sorts[choice(query, 'orderBy', sortNames) ?? 'begin'],
    descending: descending(query, 'DESC'),
    ...(from === undefined && to === undefined
      ? {}
      : { spentAt: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) } }),
    ...(refundable === undefined ? {} : { billable: refundable }),
    ...(exported === undefined ? {} : { billed: exported }),
    ...(personIds === undefined ? {} : { personIds }),
    ...(projectIds === undefined ? {} : { projectIds }),
    ...(activityIds === undefined ? {} : { activityIds }),
    ...allOf(customers, termCondition(query, ['description'])),
  }
}
