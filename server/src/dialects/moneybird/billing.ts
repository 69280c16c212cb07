// What bills a time entry, as Moneybird's clients set it on the entry: an invoice as a whole, or a line of one.

import type { Actor } from '../../core/actor.ts'
import type { Core } from '../../core/index.ts'
import type { Invoice } from '../../core/invoices/nouns.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import { known } from './call.ts'
import { Refused, referenceNotFound, symbolic } from './errors.ts'
import type { Link } from './time-entry-fields.ts'

/** Puts an entry on an invoice or on a line of it, or takes it off. Joins the change that the actor is in. */
export async function linkEntry(core: Core, actor: Actor, entry: TimeEntry, link: Link): Promise<void> {
  const target = link.lineId === undefined ? link : await lineOf(core, actor, link.lineId)
  const { invoiceId, lineId = null } = target
  if (invoiceId === undefined || (invoiceId === entry.invoiceId && lineId === null)) return
  if (entry.invoiceId !== null) await freeEntry(core, actor, entry)
  if (invoiceId === null) return
  const invoice = await readInvoice(core, actor, invoiceId)
  const ids = await billedBy(core, actor, invoice, lineId)
  await core.invoices.update(actor, invoiceId, billing(lineId, [...ids, entry.id]))
}

/** Takes an entry off the invoice that bills it. Throws `locked` when that one is issued. */
export async function freeEntry(core: Core, actor: Actor, entry: TimeEntry): Promise<void> {
  if (entry.invoiceId === null) return
  const invoice = await core.invoices.read(actor, entry.invoiceId)
  const lineId = entry.invoiceLineId
  const ids = await billedBy(core, actor, invoice, lineId)
  const others = ids.filter((id) => id !== entry.id)
  await core.invoices.update(actor, invoice.id, billing(lineId, others))
}

/** Changes of an invoice that make these the entries of one of its lines, or of the whole. */
function billing(lineId: number | null, timeEntryIds: readonly number[]) {
  return ({ lines }: { readonly lines: readonly { readonly id: number }[] }) =>
    lineId === null
      ? { timeEntryIds }
      : { lines: lines.map(({ id }) => (id === lineId ? { id, timeEntryIds } : { id })) }
}

async function billedBy(
  core: Core,
  actor: Actor,
  invoice: Invoice,
  lineId: number | null,
): Promise<number[]> {
  const { timeEntries } = await core.invoices.related(actor, [invoice])
  const entries = timeEntries.get(invoice.id) ?? []
  return entries.filter((entry) => entry.invoiceLineId === lineId).map(({ id }) => id)
}

async function lineOf(
  core: Core,
  actor: Actor,
  lineId: number,
): Promise<{ invoiceId: number; lineId: number }> {
  const [line] = await core.invoices.listLines(actor, { ids: [lineId], limit: 1 })
  if (line === undefined) throw new Refused(referenceNotFound('detail_id'))
  return { invoiceId: line.invoiceId, lineId }
}

async function readInvoice(core: Core, actor: Actor, invoiceId: number): Promise<Invoice> {
  try {
    return await known('sales_invoice_id', invoiceId, (id) => core.invoices.read(actor, id))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const symbols = { sales_invoice_id: 'not_found' }
    throw new Refused(symbolic(404, 'no sales invoice with given ID found', symbols))
  }
}
