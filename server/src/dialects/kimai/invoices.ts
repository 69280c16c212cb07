// The invoice resource: read here, written elsewhere, as the original has it.

import { dayOf, type Instant, instantOf, type LocalDate, localOf } from '../../core/day.ts'
import { addDecimals, decimal } from '../../core/decimal.ts'
import { invalid } from '../../core/errors.ts'
import type { Invoice, InvoiceState } from '../../core/invoices/nouns.ts'
import type { InvoiceFilter } from '../../core/invoices/verbs.ts'
import { type Call, type Desk, together } from './call.ts'
import { embedClient, orNull, type WireObject } from './entities.ts'
import { type Answer, empty, ok } from './errors.ts'
import { keepMetaList, loadExtras } from './extras.ts'
import { allOf, termCondition } from './filters.ts'
import { dateTime, ids, list, paged, pageOf } from './query.ts'
import { lookAround } from './surroundings.ts'
import { embedUser } from './user-entity.ts'
import { presentDecimal, presentInstant, presentMoney, spell } from './wire.ts'

/** Our states in Kimai's words. */
const statuses = {
  draft: 'new',
  sent: 'pending',
  viewed: 'pending',
  paid: 'paid',
  void: 'canceled',
} as const satisfies Readonly<Record<InvoiceState, string>>

/** `GET /api/invoices`, the newest first. */
export async function listInvoices(call: Call): Promise<Answer> {
  const { core, actor } = call
  const page = pageOf(call.query)
  const filter = parseFilter(call)
  const total = await core.invoices.count(actor, filter)
  const { offset, limit } = page
  const found = offset < total ? await core.invoices.list(actor, { ...filter, offset, limit }) : []
  return paged(page, total, (await show(call, found)).map(spell))
}

/** `GET /api/invoices/{id}`. */
export async function readInvoice(call: Call): Promise<Answer> {
  return showOne(call, await call.core.invoices.read(call.actor, call.id))
}

/** `GET /api/invoices/{id}/download`: the invoice as PDF. */
export async function downloadInvoice({ core, actor, id }: Call): Promise<Answer> {
  const { bytes, fileName, mediaType } = await core.documents.invoice(actor, id)
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`
  const headers = { 'content-type': mediaType, 'content-disposition': disposition }
  return { status: 200, headers, body: bytes }
}

/** `PATCH /api/invoices/{id}/custom-fields`: a list of names and values. */
export function setInvoiceFields(call: Call): Promise<Answer> {
  return together(call, async (desk) => {
    const invoice = await desk.core.invoices.read(desk.actor, call.id)
    await keepMetaList(call, desk, 'invoice', call.id)
    return showOne(desk, invoice)
  })
}

/** `DELETE /api/invoices/{id}`. */
export async function deleteInvoice({ core, actor, id }: Call): Promise<Answer> {
  await core.invoices.read(actor, id)
  await core.invoices.remove(actor, id)
  return empty
}

function parseFilter({ query, actor }: Call): InvoiceFilter {
  const from = dateTime(query, 'begin')
  const to = dateTime(query, 'end')
  const clientIds = ids(query, 'customers', 'customer')
  const names = list(query, 'status')
  const known = Object.entries(statuses) as [InvoiceState, string][]
  if (names?.some((name) => !known.some(([, status]) => status === name))) {
    throw invalid('status', 'unknown_value', 'There is no such status.')
  }
  const states = names && known.filter(([, status]) => names.includes(status)).map(([state]) => state)
  const createdAt = {
    ...(from === undefined ? {} : { from: instantOf(from, actor.timeZone) }),
    ...(to === undefined ? {} : { to: instantOf(to, actor.timeZone) + 999 }),
  }
  return {
    sort: 'createdAt',
    descending: true,
    ...(from === undefined && to === undefined ? {} : { createdAt }),
    ...(clientIds === undefined ? {} : { clientIds }),
    ...(states === undefined ? {} : { states }),
    ...allOf(termCondition(query, ['number', 'title', 'reference'])),
  }
}

async function showOne(desk: Desk, invoice: Invoice): Promise<Answer> {
  const [shown = {}] = await show(desk, [invoice])
  return ok(shown)
}

async function show(desk: Desk, invoices: readonly Invoice[]): Promise<WireObject[]> {
  const around = await lookAround(desk, { clientIds: invoices.map(({ clientId }) => clientId), people: true })
  const extrasOf = await loadExtras(
    desk,
    'invoice',
    invoices.map(({ id }) => id),
  )
  const { timeZone } = desk.actor.organization
  const today = dayOf(localOf(desk.now, timeZone))
  const dayAt = (at: Instant): LocalDate => dayOf(localOf(at, timeZone))
  return invoices.map((invoice): WireObject => {
    const { currency, issuedOn, dueOn } = invoice
    const client = around.clients.get(invoice.clientId)
    const status = statuses[invoice.state]
    const tax = invoice.taxAmounts.reduce((sum, amount) => sum + BigInt(amount), 0n)
    return {
      id: invoice.id,
      invoiceNumber: invoice.number ?? '',
      comment: orNull(invoice.notes),
      customer: client === undefined ? null : embedClient(client, around),
      user: embedUser(invoice.personId, around),
      createdAt: presentInstant(invoice.createdAt, timeZone),
      total: presentMoney(invoice.totalMinor, currency),
      tax: presentMoney(tax, currency),
      // Kimai knows one rate for an invoice; of several it shows their sum.
      vat: presentDecimal(
        invoice.taxes.reduce((sum, { percent }) => addDecimals(sum, percent), decimal('0')),
      ),
      currency,
      dueDays:
        issuedOn === null || dueOn === null
          ? desk.actor.organization.invoiceDueDays
          : daysBetween(issuedOn, dueOn),
      status,
      invoiceFilename: invoice.number === null ? null : `${invoice.number}.pdf`,
      paymentDate: invoice.paidAt === null ? null : dayAt(invoice.paidAt),
      overdue: status === 'pending' && dueOn !== null && dueOn < today,
      metaFields: extrasOf(invoice.id).meta,
    }
  })
}

function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(to).days
}
