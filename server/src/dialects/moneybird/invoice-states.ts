// States of invoices there, and the filters that ask for them.

import type { LocalDate } from '../../core/day.ts'
import type { Invoice } from '../../core/invoices/nouns.ts'
import type { InvoiceFilter } from '../../core/invoices/verbs.ts'
import { instantsOf, type Period } from '../../core/periods.ts'
import type { Where } from '../../core/where.ts'
import { type Call, idIn, parameter } from './call.ts'
import { sinceOf } from './contact-filters.ts'
import { parsePeriod, parseStates, parseTerms } from './filters.ts'

const states = [
  'all',
  'draft',
  'open',
  'scheduled',
  'pending_payment',
  'late',
  'reminded',
  'paid',
  'uncollectible',
] as const
type State = (typeof states)[number]

/** The state of an invoice on a day of the administration. An open one that should have been paid is late. */
export function stateOf({ state, dueOn }: Pick<Invoice, 'state' | 'dueOn'>, today: LocalDate): State {
  if (state === 'draft' || state === 'paid') return state
  if (state === 'void') return 'uncollectible'
  return dueOn !== null && dueOn < today ? 'late' : 'open'
}

const issued: Where = { field: 'state', op: 'in', values: ['sent', 'viewed'] }
const nothing: Where = { any: [] }

/** What an invoice in that state is like. */
function conditionOf(state: State, today: LocalDate): Where {
  switch (state) {
    case 'all':
      return { all: [] }
    case 'draft':
    case 'paid':
      return { field: 'state', op: '=', value: state }
    case 'uncollectible':
      return { field: 'state', op: '=', value: 'void' }
    case 'late':
      return { all: [issued, { field: 'dueOn', op: '<', value: today }] }
    case 'open': {
      const inTime: Where = {
        any: [
          { field: 'dueOn', op: 'null' },
          { field: 'dueOn', op: '>=', value: today },
        ],
      }
      return { all: [issued, inTime] }
    }
    // Nothing of the book is ever in these.
    case 'scheduled':
    case 'pending_payment':
    case 'reminded':
      return nothing
  }
}

/** The filter of a list of invoices. Without any filter it is this year, unless all are asked for, as for their versions. */
export function parseInvoiceFilter(call: Call, withoutFilter: 'this_year' | 'all'): InvoiceFilter {
  const { today, actor } = call
  const text = parameter(call, 'filter')
  const terms =
    text === undefined ? new Map(withoutFilter === 'all' ? [] : [['period', 'this_year']]) : parseTerms(text)
  const [state, period, contactId, reference] = ['state', 'period', 'contact_id', 'reference'].map((key) =>
    terms.get(key),
  )
  const conditions: Where[] = []
  if (state !== undefined) {
    const wanted = parseStates(state, states)
    conditions.push({ any: [...wanted].map((one) => conditionOf(one, today)) })
  }
  if (period !== undefined) {
    const days = parsePeriod(period, today, 'Period must have both a start and end date')
    conditions.push(datedIn(days, call))
  }
  // Recurring invoices and workflows of its own are what the book does not have; the one workflow is everybody's.
  if (terms.has('recurring_sales_invoice_id')) conditions.push(nothing)
  const workflow = terms.get('workflow_id')
  if (workflow !== undefined && idIn(workflow) !== actor.organizationId) conditions.push(nothing)
  return {
    // An unknown contact has no invoices, unlike in lists of time entries.
    ...(contactId === undefined ? {} : { clientIds: [idIn(contactId)] }),
    ...(reference === undefined ? {} : { reference }),
    ...sinceOf(terms),
    ...(conditions.length === 0 ? {} : { where: { all: conditions } }),
  }
}

/** Dated within these days; a draft without a date counts on the day it was made. */
function datedIn({ from, to }: Period, { actor }: Call): Where {
  const instants = instantsOf({ from, to }, actor.organization.timeZone)
  return {
    any: [
      {
        all: [
          { field: 'issuedOn', op: '>=', value: from },
          { field: 'issuedOn', op: '<=', value: to },
        ],
      },
      {
        all: [
          { field: 'issuedOn', op: 'null' },
          { field: 'createdAt', op: '>=', value: instants.from ?? 0 },
          { field: 'createdAt', op: '<=', value: instants.to ?? 0 },
        ],
      },
    ],
  }
}
