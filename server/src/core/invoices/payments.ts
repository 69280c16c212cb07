// Verbs on payments: what came in for an invoice, and what that makes of it.

import { require as requirePermission } from '../access.ts'
import type { Actor } from '../actor.ts'
import { type Context, reader, readOwn, readToChange } from '../context.ts'
import { dayOf, type LocalDate, localOf } from '../day.ts'
import { DomainError, invalid } from '../errors.ts'
import type { Queries } from '../queries.ts'
import { maxTextLength, text } from '../text.ts'
import { checkWhere } from '../where.ts'
import type { Change } from '../writing.ts'
import type { Invoice, Payment } from './nouns.ts'

export type PaymentInput = {
  readonly invoiceId: number
  /** In the invoice's currency; above zero, and no more than is still unpaid. */
  readonly amountMinor: bigint
  /** Default: today in the organization. */
  readonly paidOn?: LocalDate
  readonly comment?: string
}

const permissions = { read: 'invoice.read', write: 'invoice.write' } as const

/** Verbs on payments. They follow the rights on their invoice. */
export function createPayments(context: Context) {
  const { write } = context

  return {
    /** Keeps a payment. An invoice that is paid in full becomes `paid`. */
    addPayment(actor: Actor, input: PaymentInput): Promise<Payment> {
      requirePermission(actor, 'invoice.write')
      return write(actor, async (change) => {
        const [found] = await change.tx.byId('invoice', actor.organizationId, [input.invoiceId])
        if (found === undefined || found.deletedAt !== null) {
          throw invalid('invoiceId', 'unknown_reference', 'There is no such invoice.')
        }
        if (found.state === 'void') throw new DomainError('locked', 'invoice_issued', 'The invoice is void.')
        const { amountMinor } = input
        checkAmount(found, amountMinor, 0n)
        const payment = await change.add('payment', {
          organizationId: actor.organizationId,
          invoiceId: input.invoiceId,
          amountMinor,
          paidOn: input.paidOn ?? dayOf(localOf(change.at, actor.organization.timeZone)),
          comment: text('comment', input.comment ?? '', maxTextLength),
        })
        await settle(change, found, found.paidMinor + amountMinor)
        return payment
      })
    },

    updatePayment(
      actor: Actor,
      id: number,
      input: Partial<Omit<PaymentInput, 'invoiceId'>>,
    ): Promise<Payment> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'payment', id)
        const invoice = await change.read('invoice', before.invoiceId)
        const amountMinor = input.amountMinor ?? before.amountMinor
        checkAmount(invoice, amountMinor, before.amountMinor)
        const payment = await change.alter('payment', before, {
          amountMinor,
          ...(input.paidOn === undefined ? {} : { paidOn: input.paidOn }),
          ...(input.comment === undefined ? {} : { comment: text('comment', input.comment, maxTextLength) }),
        })
        await settle(change, invoice, invoice.paidMinor - before.amountMinor + amountMinor)
        return payment
      })
    },

    removePayment(actor: Actor, id: number): Promise<void> {
      return write(actor, async (change) => {
        const payment = await readToChange(change, actor, permissions, 'payment', id, true)
        if (payment.deletedAt !== null) return
        await change.remove('payment', payment)
        const invoice = await change.read('invoice', payment.invoiceId)
        await settle(change, invoice, invoice.paidMinor - payment.amountMinor)
      })
    },

    /** Brings a deleted payment back. Throws `invalid` when the invoice has been paid otherwise since. */
    restorePayment(actor: Actor, id: number): Promise<Payment> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'payment', id, true)
        if (before.deletedAt === null) return before
        const invoice = await change.read('invoice', before.invoiceId)
        checkAmount(invoice, before.amountMinor, 0n)
        const payment = await change.restore('payment', before)
        await settle(change, invoice, invoice.paidMinor + before.amountMinor)
        return payment
      })
    },

    readPayment(actor: Actor, id: number): Promise<Payment> {
      return readOwn(reader(context, actor), actor, 'invoice.read', 'payment', id)
    },

    listPayments(actor: Actor, filter: Omit<Queries['payment'], 'organizationId'>): Promise<Payment[]> {
      requirePermission(actor, 'invoice.read')
      if (filter.where !== undefined) checkWhere('where', 'payment', filter.where)
      return reader(context, actor).list('payment', { ...filter, organizationId: actor.organizationId })
    },
  }
}

function checkAmount({ totalMinor, paidMinor }: Invoice, amountMinor: bigint, before: bigint): void {
  if (amountMinor <= 0n) throw invalid('amount', 'range', 'A payment is above zero.')
  if (paidMinor - before + amountMinor > totalMinor) {
    throw invalid('amount', 'range', 'The payment is more than what is unpaid.')
  }
}

async function settle(change: Change, invoice: Invoice, paidMinor: bigint): Promise<void> {
  const paid = paidMinor >= invoice.totalMinor
  // Whoever has paid something has seen what for.
  const state = paid ? 'paid' : invoice.state === 'paid' ? 'viewed' : invoice.state
  const paidAt = paid ? (invoice.paidAt ?? change.at) : null
  await change.alter('invoice', invoice, { paidMinor, state, paidAt })
}
