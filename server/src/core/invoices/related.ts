// What invoices consist of, loaded in batches.

import { listAll } from '../context.ts'
import { maxIds } from '../page.ts'
import type { Reader } from '../ports.ts'
import type { TimeEntry } from '../time/nouns.ts'
import type { Invoice, InvoiceLine, Payment } from './nouns.ts'

export type InvoiceRelations = {
  /** By invoice, in their order; invoices without any are absent, here and below. */
  readonly lines: ReadonlyMap<number, readonly InvoiceLine[]>
  readonly payments: ReadonlyMap<number, readonly Payment[]>
  /** What each invoice bills, whether a line names it or not. */
  readonly timeEntries: ReadonlyMap<number, readonly TimeEntry[]>
}

/** Loads lines, payments and time entries of these invoices: three queries for each thousand of them. */
export async function loadInvoiceRelations(
  from: Reader,
  organizationId: number,
  invoices: readonly Invoice[],
): Promise<InvoiceRelations> {
  const lines: InvoiceLine[] = []
  const payments: Payment[] = []
  const timeEntries: TimeEntry[] = []
  for (let start = 0; start < invoices.length; start += maxIds) {
    const query = { organizationId, invoiceIds: invoices.slice(start, start + maxIds).map(({ id }) => id) }
    lines.push(...(await listAll(from, 'invoice_line', query)))
    payments.push(...(await listAll(from, 'payment', query)))
    timeEntries.push(...(await listAll(from, 'time_entry', query)))
  }
  lines.sort((a, b) => a.position - b.position || a.id - b.id)
  return { lines: byInvoice(lines), payments: byInvoice(payments), timeEntries: byInvoice(timeEntries) }
}

function byInvoice<T extends { readonly invoiceId: number | null }>(parts: readonly T[]): Map<number, T[]> {
  const found = new Map<number, T[]>()
  for (const part of parts) {
    if (part.invoiceId === null) continue
    const known = found.get(part.invoiceId)
    if (known) known.push(part)
    else found.set(part.invoiceId, [part])
  }
  return found
}
