// The resource of payments on invoices.

import type { Decimal } from '../../core/decimal.ts'
import type { Payment } from '../../core/invoices/nouns.ts'
import { type Currency, toMinor } from '../../core/money.ts'
import type { Call } from './call.ts'
import { fields } from './fields.ts'
import { fieldsOf, given, missing } from './input.ts'
import { type Filter, parent, type Resource, type Row, relations } from './resource.ts'
import { datetime, money } from './wire.ts'

/** The resource of payments. */
export const payments: Resource = {
  name: 'invoicepayments',
  fields: ['id', 'invoice_id', 'amount', 'date', 'notes', 'created_on', 'updated_on'],
  extras: [],
  relations: relations({ invoice: parent('invoices', 'invoice_id') }),
  filters: fields.invoicepayments,
  sorts: { id: 'id', date: 'paidOn', updated_on: 'updatedAt' },
  lasting: true,
  page: readPayments,
  async create(call, input) {
    const read = fieldsOf(input)
    const invoiceId = read.id('invoice_id')
    if (invoiceId === undefined || invoiceId === null) throw missing('invoice_id')
    const amount = read.decimal('amount')
    if (amount === undefined || amount === null) throw missing('amount')
    const [invoice] = await call.core.invoices.byIds(call.actor, [invoiceId])
    const payment = await call.core.invoices.addPayment(call.actor, {
      invoiceId,
      amountMinor: minor(amount, invoice?.currency ?? call.actor.organization.currency),
      ...given({ paidOn: read.day('date') ?? undefined, comment: read.text('notes') }),
    })
    return payment.id
  },
  async update({ core, actor }, id, input) {
    const read = fieldsOf(input)
    const amount = read.decimal('amount')
    const payment = await core.invoices.readPayment(actor, id)
    const invoice = await core.invoices.read(actor, payment.invoiceId)
    const amountMinor = amount === undefined || amount === null ? undefined : minor(amount, invoice.currency)
    const paidOn = read.day('date') ?? undefined
    await core.invoices.updatePayment(actor, id, given({ amountMinor, paidOn, comment: read.text('notes') }))
  },
  remove: ({ core, actor }, id) => core.invoices.removePayment(actor, id),
}

async function readPayments({ core, actor }: Call, filter: Filter): Promise<Row[]> {
  const found = await core.invoices.listPayments(
    actor,
    filter as Parameters<typeof core.invoices.listPayments>[1],
  )
  const invoices = await core.invoices.byIds(actor, [...new Set(found.map(({ invoiceId }) => invoiceId))])
  const currencies = new Map(invoices.map(({ id, currency }) => [id, currency]))
  return found.map((payment) => ({
    id: payment.id,
    revision: payment.revision,
    object: presentPayment(payment, currencies.get(payment.invoiceId) ?? actor.organization.currency),
  }))
}

function presentPayment(payment: Payment, currency: Currency) {
  return {
    id: payment.id,
    invoice_id: payment.invoiceId,
    amount: money(payment.amountMinor, currency),
    date: payment.paidOn,
    notes: payment.comment,
    created_on: datetime(payment.createdAt),
    updated_on: datetime(payment.updatedAt),
  }
}

function minor(amount: Decimal, currency: Currency): bigint {
  return toMinor(amount, currency, 'half-away-from-zero')
}
