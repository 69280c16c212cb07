// Recurring invoices: list and create.

import type { Actor } from '../../core/actor.ts'
import type { Client } from '../../core/catalogue/nouns.ts'
import type { LocalDate } from '../../core/day.ts'
import { decimal } from '../../core/decimal.ts'
import { invalid } from '../../core/errors.ts'
import { maxLines } from '../../core/invoices/input.ts'
import { frequencies, type RecurringInvoice, recurringStates } from '../../core/invoices/nouns.ts'
import type { RecurringInput } from '../../core/invoices/recurring.ts'
import type { Answer, Call } from './call.ts'
import { cutPage, pageQuery, presentCursor } from './cursors.ts'
import { type Fields, readFields } from './fields.ts'
import type { Ids } from './ids.ts'
import { idOf, wordOf } from './query.ts'
import { presentInstant, presentNumber, presentOne, presentPage, presentText } from './wire.ts'

function presentRecurring(invoice: RecurringInvoice, client: Client | undefined, ids: Ids) {
  const { organizationId } = invoice
  const customerId = ids.present('client', organizationId, invoice.clientId)
  return {
    id: ids.present('recurring_invoice', organizationId, invoice.id),
    organization_id: ids.present('organization', organizationId, organizationId),
    customer_id: customerId,
    frequency: invoice.frequency,
    start_date: invoice.startsOn,
    end_date: invoice.endsOn,
    max_invoices: invoice.maxInvoices,
    items: invoice.lines.map(({ title, description, quantity, unitPrice }) => ({
      name: title,
      description: presentText(description),
      quantity: presentNumber(quantity),
      price: presentNumber(unitPrice),
    })),
    notes: presentText(invoice.notes),
    auto_send: invoice.autoSend,
    invoices_generated: invoice.generated,
    status: invoice.state,
    next_generation_date: invoice.nextOn,
    last_generated_date: invoice.lastOn,
    created_by: ids.present('person', organizationId, invoice.personId),
    created_at: presentInstant(invoice.createdAt),
    updated_at: presentInstant(invoice.updatedAt),
    customer:
      client === undefined ? null : { id: customerId, name: client.name, email: presentText(client.email) },
  }
}

/** `GET recurring-invoices`: the newest first. */
export async function listRecurringInvoices(call: Call): Promise<Answer> {
  const { core, actor, ids, query } = call
  const { organizationId } = actor
  const page = pageQuery(call, 'recurring_invoice')
  const state = wordOf(query, 'status', recurringStates)
  const clientId = idOf(query, 'customer_id', { ids, noun: 'client', organizationId })
  const rows = await core.recurringInvoices.list(actor, {
    ...page,
    ...(state === undefined ? {} : { states: [state] }),
    ...(clientId === undefined ? {} : { clientIds: [clientId] }),
  })
  const { items, last } = cutPage(rows, page)
  const next =
    last === undefined ? null : presentCursor(call, 'recurring_invoice', { value: last.id, id: last.id })
  return { text: presentPage(await present(call, actor, items), next) }
}

/** `POST recurring-invoices`. */
export async function createRecurringInvoice(call: Call): Promise<Answer> {
  const fields = readFields(call.bytes)
  fields.require('customer_id', 'frequency', 'start_date', 'items')
  const invoice = await call.core.recurringInvoices.add(call.actor, parseInput(call, fields))
  const [item = ''] = await present(call, call.actor, [invoice])
  return { text: presentOne(item), created: true }
}

function parseInput({ ids, actor }: Call, fields: Fields): RecurringInput {
  const clientId = fields.id('customer_id', ids, 'client', actor.organizationId) ?? 0
  const frequency = fields.word('frequency', frequencies) ?? 'monthly'
  const startsOn = fields.day('start_date') ?? ('' as LocalDate)
  const endsOn = fields.orNull('end_date', fields.day) ?? null
  const count = fields.orNull('max_invoices', fields.number) ?? null
  const notes = fields.orNull('notes', fields.text) ?? ''
  const autoSend = fields.flag('auto_send') ?? false
  const items = fields.list('items', maxLines) ?? []
  const lines = items.map((item) => {
    item.require('name', 'quantity', 'price')
    return {
      title: item.text('name') ?? '',
      description: item.orNull('description', item.text) ?? '',
      quantity: item.number('quantity') ?? decimal('0'),
      unitPrice: item.number('price') ?? decimal('0'),
    }
  })
  fields.check()
  if (count !== null && !/^\d{1,9}$/.test(count)) {
    throw invalid('max_invoices', 'range', 'max_invoices must be a whole number.')
  }
  return {
    clientId,
    frequency,
    startsOn,
    endsOn,
    maxInvoices: count === null ? null : Number(count),
    notes,
    autoSend,
    lines,
  }
}

async function present(
  { core, ids }: Call,
  actor: Actor,
  invoices: readonly RecurringInvoice[],
): Promise<string[]> {
  const wanted = [...new Set(invoices.map(({ clientId }) => clientId))]
  const clients = wanted.length === 0 ? [] : await core.clients.byIds(actor, wanted)
  const byId = new Map(clients.map((client) => [client.id, client]))
  return invoices.map((invoice) => JSON.stringify(presentRecurring(invoice, byId.get(invoice.clientId), ids)))
}
