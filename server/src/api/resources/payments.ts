// Payments: money that came in for an invoice.

import type { Actor } from '../../core/actor.ts'
import type { Decimal } from '../../core/decimal.ts'
import type { Core } from '../../core/index.ts'
import type { Payment } from '../../core/invoices/nouns.ts'
import type { PaymentInput } from '../../core/invoices/payments.ts'
import type { Currency } from '../../core/money.ts'
import { wholeMinor } from '../budgets.ts'
import { day, type Given, idOf, keptFields, prose } from '../fields.ts'
import { equals, keptFilters } from '../filters.ts'
import { at, idsOf, type Look, mapOf } from '../look.ts'
import { ids } from '../parameters.ts'
import { relationTo, resource } from '../resource.ts'
import { dateText, money, moneyInput, presentMinor, readDecimal, type WireMoney } from '../wire.ts'
import { invoices } from './invoices.ts'

/** Payments. */
export const payments = resource({
  noun: 'payment',
  object: 'payment',
  type: 'Payment',
  types: 'Payments',
  path: 'payments',
  one: 'a payment',
  many: 'Payments',
  about: "Money that came in for an invoice, in the invoice's currency. One paid in full becomes `paid`.",
  fields: {
    invoice_id: idOf('invoiceId', { required: true, fixed: true }),
    amount: {
      out: money,
      in: moneyInput,
      required: true,
      money: true,
      about: 'Above zero, and no more than what is unpaid.',
      show: (payment: Payment, look) => presentMinor(payment.amountMinor, currencyOf(payment, look)),
      take(value, given) {
        given.amount = readDecimal('amount', (value as WireMoney).amount)
      },
    },
    paid_on: { ...day('paidOn', { about: 'Default: today.' }), out: dateText, in: dateText },
    comment: prose('comment'),
    ...keptFields,
  },
  filters: { ...keptFilters, invoice_id: equals(ids, 'invoiceIds') },
  sorts: { id: 'id', updated_at: 'updatedAt' },
  order: 'id',
  relations: { invoice: relationTo(invoices, (payment: Payment) => payment.invoiceId) },
  load: async (core, actor, found) => ({
    invoice: mapOf(await core.reading.byIds(actor, 'invoice', idsOf(found.map((each) => each.invoiceId)))),
  }),
  verbs: {
    add: async (core, actor, given) =>
      core.invoices.addPayment(actor, await inMinor(core, actor, given, given.invoiceId as number)),
    async update(core, actor, id, given) {
      if (given.amount === undefined) return core.invoices.updatePayment(actor, id, given)
      const { invoiceId } = await core.reading.read(actor, 'payment', id)
      return core.invoices.updatePayment(actor, id, await inMinor(core, actor, given, invoiceId))
    },
    remove: (core, actor, id) => core.invoices.removePayment(actor, id),
    restore: (core, actor, id) => core.invoices.restorePayment(actor, id),
  },
  examples: {
    create: { invoice_id: 1, amount: { amount: '0.10', currency: 'EUR' }, paid_on: '2026-05-20' },
    update: { comment: 'By bank' },
  },
})

function currencyOf({ invoiceId }: Payment, look: Look): Currency {
  return at(look, 'invoice', invoiceId)?.currency ?? look.actor.organization.currency
}

async function inMinor(
  core: Core,
  actor: Actor,
  { amount, ...given }: Given,
  invoiceId: number,
): Promise<PaymentInput> {
  // An unknown invoice is told by the verb; until then any currency will do.
  const [invoice] = await core.reading.byIds(actor, 'invoice', [invoiceId])
  const currency = invoice?.currency ?? actor.organization.currency
  return { ...given, amountMinor: wholeMinor('amount.amount', amount as Decimal, currency) } as PaymentInput
}
