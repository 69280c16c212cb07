// Moves between states that are more than a changed field: invoices sent, paid and void, activities completed.

import Type from 'typebox'
import { type LocalDate, parseLocalDate } from '../../core/day.ts'
import type { InvoiceState } from '../../core/invoices/nouns.ts'
import type { Call, Operation } from '../operation.ts'
import { activities } from '../resources/activities.ts'
import { expenses } from '../resources/expenses.ts'
import { invoices } from '../resources/invoices.ts'
import { dateText, known } from '../wire.ts'
import { answerThing, worded } from '../writing.ts'

/** Operations that move things. */
export const moveOperations: readonly Operation[] = [
  {
    name: 'sendInvoice',
    method: 'POST',
    path: '/invoices/{id}/send',
    group: invoices.many,
    summary: 'Send an invoice',
    about:
      'Issues a draft: it gets number and dates, and stays as it is from then on. Sending it again only says when.',
    body: Type.Object({ issued_on: Type.Optional(dateText) }, { additionalProperties: false }),
    bodyOptional: true,
    status: 200,
    answer: invoices.schema,
    example: { ids: { id: 1 }, body: {} },
    run: (call) => worded(call.body, () => sendInvoice(call)),
  },
  invoiceState('view', 'viewed', 'Mark an invoice as seen'),
  invoiceState('pay', 'paid', 'Mark an invoice as paid'),
  invoiceState('void', 'void', 'Void an invoice'),
  completion('completeActivity', 'complete', 'Complete an activity', true),
  completion('reopenActivity', 'reopen', 'Reopen an activity', false),
  {
    name: 'duplicateExpense',
    method: 'POST',
    path: '/expenses/{id}/duplicate',
    group: expenses.many,
    summary: 'Copy an expense',
    about: 'A copy without receipts, not billed.',
    status: 201,
    answer: expenses.schema,
    example: { ids: { id: 1 } },
    async run(call) {
      const copy = await call.core.expenses.duplicate(call.actor, call.ids.id ?? 0)
      const location = `${call.tools.publicUrl}/api/v1/expenses/${copy.id}`
      return answerThing(expenses, call, copy, 201, { location })
    },
  },
]

async function sendInvoice(call: Call) {
  const { issued_on: text } = call.body as { issued_on?: string }
  const issuedOn: LocalDate | undefined =
    text === undefined ? undefined : known(parseLocalDate(text), 'issuedOn', 'There is no such day.')
  const options = issuedOn === undefined ? {} : { issuedOn }
  const sent = await call.core.invoices.send(call.actor, call.ids.id ?? 0, options)
  return answerThing(invoices, call, sent, 200)
}

function invoiceState(path: string, state: InvoiceState, summary: string): Operation {
  return {
    name: `${path}Invoice`,
    method: 'POST',
    path: `/invoices/{id}/${path}`,
    group: invoices.many,
    summary,
    about: 'A draft is issued on the way.',
    status: 200,
    answer: invoices.schema,
    example: { ids: { id: 1 } },
    run: async (call) =>
      answerThing(
        invoices,
        call,
        await call.core.invoices.setState(call.actor, call.ids.id ?? 0, state),
        200,
      ),
  }
}

function completion(name: string, path: string, summary: string, completed: boolean): Operation {
  return {
    name,
    method: 'POST',
    path: `/activities/{id}/${path}`,
    group: activities.many,
    summary,
    status: 200,
    answer: activities.schema,
    example: { ids: { id: 1 } },
    async run(call) {
      const { core, actor, ids, now } = call
      const changes = completed
        ? { completedAt: now, completedById: actor.personId }
        : { completedAt: null, completedById: null }
      const before = await core.reading.read(actor, 'activity', ids.id ?? 0)
      const stands = (before.completedAt !== null) === completed
      const after = await core.activities.update(actor, before.id, stands ? {} : changes)
      return answerThing(activities, call, after, 200)
    },
  }
}
