// Payments of sales invoices: register and delete.

import { notFound } from '../../core/errors.ts'
import { toMinor } from '../../core/money.ts'
import type { Answer, Call } from './call.ts'
import { blank, Refused, validation } from './errors.ts'
import { dayAttribute, decimalOf, textOf, wrapped } from './fields.ts'
import { idOrNone } from './ids.ts'
import { presentPayment } from './sales-invoice.ts'

/** `POST sales_invoices/{id}/payments`. */
export async function createPayment(call: Call): Promise<Answer> {
  const { core, id } = call
  const attributes = wrapped(call.body, 'payment', 'Payment')
  const price = decimalOf(attributes, 'price')
  const paidOn = dayAttribute(attributes, 'payment_date')
  const missing = [...(price == null ? ['price'] : []), ...(paidOn == null ? ['payment_date'] : [])]
  if (price == null || paidOn == null) throw new Refused(validation(missing.map(blank)))
  const comment = textOf(attributes, 'transaction_identifier') ?? ''
  const { invoice, payment } = await core.together(call.actor, async (actor) => {
    const before = await core.invoices.read(actor, id)
    const amountMinor = toMinor(price, before.currency, 'half-away-from-zero')
    const added = await core.invoices.addPayment(actor, { invoiceId: id, amountMinor, paidOn, comment })
    return { invoice: before, payment: added }
  })
  return { item: presentPayment(invoice, payment), created: true }
}

/** `DELETE sales_invoices/{id}/payments/{payment}`. */
export async function deletePayment(call: Call): Promise<Answer> {
  await call.core.together(call.actor, async (actor) => {
    const payment = await call.core.invoices.readPayment(actor, idOrNone(call.params.payment))
    if (payment.invoiceId !== call.id) throw notFound('payment')
    await call.core.invoices.removePayment(actor, payment.id)
  })
  return 'empty'
}
