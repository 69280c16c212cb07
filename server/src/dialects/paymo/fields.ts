// Which fields of each resource can be asked for in `where`, and what they are in the core.

import { instantOf } from '../../core/day.ts'
import type { Where } from '../../core/where.ts'
import {
  amount,
  choice,
  day,
  dayOfInstant,
  dayOfLocal,
  fixed,
  flag,
  hoursOf,
  instant,
  integer,
  members,
  names,
  number,
  ownAmount,
  words,
} from './comparisons.ts'
import { type FieldTable, never, type Translate, unfit, unreadable } from './filters.ts'
import { parseMoment } from './moments.ts'

const kept: readonly [string, Translate][] = [
  ['id', integer('id')],
  ['created_on', instant('createdAt')],
  ['updated_on', instant('updatedAt')],
]

function table(fields: Readonly<Record<string, Translate>>): FieldTable {
  return new Map([...kept, ...Object.entries(fields)])
}

const active = choice(
  { field: 'state', op: '=', value: 'active' },
  { field: 'state', op: '!=', value: 'active' },
)

const timed: Where = { field: 'timed', op: '=', value: true }
const bulk: Where = { field: 'timed', op: '=', value: false }

/** Entries of a day and a duration show no times, so no condition on times holds for them. */
function timedOnly(field: Translate): Translate {
  return (condition, asker) => ({ all: [timed, field(condition, asker)] })
}

/**
 * From the first moment up to, not including, the second: a client that asks up to midnight deletes what it does not
 * know. Timed entries count by their start, the others by midnight of their day on the asker's own clock.
 */
const timeInterval: Translate = (condition, { timeZone }) => {
  const { op, values } = condition
  if (op !== 'in' || values.length !== 2) throw unfit(condition)
  const [from, to] = values.map(({ text }) => {
    const moment = parseMoment(text, timeZone)
    if (moment === undefined) throw unreadable(condition, text)
    return { instant: moment.instant, midnight: instantOf(moment.wall, timeZone) }
  })
  if (from === undefined || to === undefined) return never
  const within = (first: number, end: number): Where[] => [
    { field: 'startedAt', op: '>=', value: first },
    { field: 'startedAt', op: '<', value: end },
  ]
  return {
    all: [
      // The wider of both first: it is what an index can find.
      ...within(Math.min(from.instant, from.midnight), Math.max(to.instant, to.midnight)),
      {
        any: [
          { all: [timed, ...within(from.instant, to.instant)] },
          { all: [bulk, ...within(from.midnight, to.midnight)] },
        ],
      },
    ],
  }
}

/** Assigned to the asker or to nobody, inside the projects that the asker works on. */
const myTasks: Translate = (condition, asker) => {
  const mine: Where = { field: 'assigneeIds', op: 'has any', values: [asker.personId] }
  const open: Where = { field: 'assigneeIds', op: 'empty' }
  const inside: Where = { field: 'projectId', op: 'in', values: asker.projectIds }
  const others: Where = {
    all: [
      { field: 'assigneeIds', op: 'not empty' },
      { field: 'assigneeIds', op: 'has none', values: [asker.personId] },
    ],
  }
  return choice({ all: [{ any: [mine, open] }, inside] }, others)(condition, asker)
}

/** The tables, by resource. */
export const fields = {
  expenses: table({
    client_id: integer('clientId'),
    project_id: integer('projectId'),
    user_id: integer('personId'),
    amount: amount('amountMinor'),
    currency: words('currency'),
    date: dayOfLocal('spentAt'),
    notes: words('description'),
    invoiced: flag('billed'),
    invoice_item_id: integer('invoiceLineId'),
    tags: names('tags'),
    billable: flag('billable'),
    active: fixed(true),
  }),
  clients: table({
    name: words('name'),
    address: words('addressLine1'),
    city: words('city'),
    state: words('region'),
    postal_code: words('postalCode'),
    country: words('country'),
    phone: words('phone'),
    email: words('email'),
    website: words('website'),
    fiscal_information: words('taxNumber'),
    active,
  }),
  clientcontacts: table({
    client_id: integer('clientId'),
    name: words('name'),
    email: words('email'),
    phone: words('phone'),
    mobile: words('mobile'),
    position: words('jobTitle'),
    is_main: flag('main'),
  }),
  projects: table({
    client_id: integer('clientId'),
    name: words('name'),
    code: words('code'),
    color: words('color'),
    active,
    billable: flag('billable'),
    price_per_hour: number('hourlyRate'),
    budget_hours: hoursOf('budgetSeconds'),
    users: members('memberIds'),
    managers: members('managerIds'),
    // Used once as another name of `managers`.
    manager: members('managerIds'),
    status_id: fixed(null),
    workflow_id: fixed(null),
    invoice_item_id: fixed(null),
    invoiced: fixed(false),
  }),
  tasklists: table({
    project_id: integer('projectId'),
    name: words('name'),
    seq: integer('position'),
    milestone_id: fixed(null),
  }),
  tasks: table({
    project_id: integer('projectId'),
    tasklist_id: integer('taskListId'),
    name: words('name'),
    code: words('code'),
    seq: integer('position'),
    complete: choice({ field: 'completedAt', op: 'not null' }, { field: 'completedAt', op: 'null' }),
    completed_on: instant('completedAt'),
    completed_by: integer('completedById'),
    due_date: day('dueOn'),
    start_date: day('startsOn'),
    users: members('assigneeIds'),
    mytasks: myTasks,
    billable: flag('billable'),
    price_per_hour: number('hourlyRate'),
    budget_hours: hoursOf('budgetSeconds'),
    priority: integer('priority'),
    status_id: fixed(null),
    invoice_item_id: fixed(null),
    invoiced: fixed(false),
  }),
  entries: table({
    project_id: integer('projectId'),
    task_id: integer('activityId'),
    client_id: integer('clientId'),
    user_id: integer('personId'),
    description: words('description'),
    // Without an end means running: that is how clients find the timer. Entries of a day have none to show either, but
    // would be taken for timers.
    end_time: timedOnly(instant('endedAt')),
    start_time: timedOnly(instant('startedAt')),
    date: dayOfInstant('startedAt', timed, bulk),
    duration: integer('durationSeconds'),
    time_interval: timeInterval,
    is_bulk: choice(bulk, timed),
    billed: flag('billed'),
    billable: flag('billable'),
    invoice_item_id: integer('invoiceLineId'),
    tags: names('tags'),
  }),
  invoices: table({
    client_id: integer('clientId'),
    number: words('number'),
    status: words('state'),
    currency: words('currency'),
    date: day('issuedOn'),
    due_date: day('dueOn'),
    title: words('title'),
    subtotal: amount('subtotalMinor'),
    discount_amount: amount('discountMinor'),
    total: amount('totalMinor'),
    pay_online: fixed(false),
  }),
  invoiceitems: table({
    invoice_id: integer('invoiceId'),
    expense_id: integer('expenseId'),
    item: words('title'),
    description: words('description'),
    seq: integer('position'),
  }),
  invoicepayments: table({
    invoice_id: integer('invoiceId'),
    amount: ownAmount('amountMinor'),
    date: day('paidOn'),
    notes: words('comment'),
  }),
} as const satisfies Readonly<Record<string, FieldTable>>
