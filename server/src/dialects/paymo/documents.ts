// Answers that are documents rather than data: expenses and invoices as PDF, and an invoice as a page.

import type { DocumentFile, InvoiceDocument } from '../../core/documents/nouns.ts'
import { maxDocumentExpenses } from '../../core/documents/verbs.ts'
import { DomainError } from '../../core/errors.ts'
import type { Core } from '../../core/index.ts'
import { toDecimal } from '../../core/money.ts'
import type { Call } from './call.ts'
import { badRequest, Refused } from './errors.ts'
import { expenses } from './expenses.ts'
import { invoices } from './invoices.ts'
import { pagesOf } from './lists.ts'
import { parseQuestion } from './question.ts'

/** Formats that are documents. A report has none here. */
const formats: ReadonlySet<string> = new Set(['pdf', 'xlsx', 'html'])

/** Whether a format asks for a document. */
export function isDocument(format: string | undefined): boolean {
  return format !== undefined && formats.has(format)
}

/** The document of a path and a format. Throws 404 where there is none of this. */
export async function printDocument(
  call: Call,
  path: string,
  id: number,
  format: string,
): Promise<DocumentFile> {
  const { core, actor } = call
  if (format === 'pdf' && path === `/api/${invoices.name}/:id`) return core.documents.invoice(actor, id)
  if (format === 'pdf' && path === `/api/${expenses.name}/:id`) return core.documents.expenses(actor, [id])
  if (format === 'pdf' && path === `/api/${expenses.name}`) {
    return core.documents.expenses(actor, await idsOfList(call))
  }
  throw new Refused({ status: 404, message: `There is no ${format} of this.` })
}

async function idsOfList(call: Call): Promise<number[]> {
  const { question } = parseQuestion(expenses, call.query)
  const ids: number[] = []
  for await (const rows of pagesOf(call, expenses, question)) {
    ids.push(...rows.map(({ id }) => id))
    if (ids.length > maxDocumentExpenses) {
      throw new Refused(badRequest(`A document has at most ${maxDocumentExpenses} expenses.`))
    }
  }
  return ids
}

/** What a permanent link of an invoice shows to whoever has it, as a page or as PDF. Opening it counts as viewing. */
export async function openInvoice(
  core: Core,
  requestId: string,
  { id, token, format }: { readonly id: string; readonly token: string; readonly format: string },
): Promise<DocumentFile | { readonly page: string }> {
  const [, ...parts] =
    /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(token) ?? []
  const document = await core.documents.publicInvoice(parts.join('-'))
  if (String(document.invoice.id) !== id)
    throw new DomainError('not_found', 'no_such_entity', 'There is no such invoice.')
  await core.documents.markViewed(document, requestId)
  return format === 'pdf' ? core.documents.publicInvoiceFile(parts.join('-')) : { page: pageOf(document) }
}

function pageOf({ organization, client, invoice, lines }: InvoiceDocument): string {
  const { currency } = invoice
  const amount = (amountMinor: bigint) => `${toDecimal({ amountMinor, currency })} ${currency}`
  const rows = lines.map(
    (line) =>
      `<tr><td>${escapeHtml(line.title)}<br>${escapeHtml(line.description)}</td><td>${line.quantity}</td>` +
      `<td>${line.unitPrice}</td><td>${amount(line.amountMinor)}</td></tr>`,
  )
  const taxes = invoice.taxes.map(
    (tax, i) =>
      `<tr><td colspan="3">${escapeHtml(tax.name || 'Tax')} ${tax.percent} %</td>` +
      `<td>${amount(BigInt(invoice.taxAmounts[i] ?? '0'))}</td></tr>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(invoice.number ?? '')}</title>
<h1>${escapeHtml(organization.name)}</h1><h2>${escapeHtml(invoice.title || 'Invoice')} ${escapeHtml(invoice.number ?? '')}</h2>
<p>${escapeHtml(invoice.billTo || client.name)}</p><p>${invoice.issuedOn ?? ''} – ${invoice.dueOn ?? ''}</p>
<table>${rows.join('')}${taxes.join('')}<tr><th colspan="3">Total</th><th>${amount(invoice.totalMinor)}</th></tr></table>
<p>${escapeHtml(invoice.notes)}</p><p>${escapeHtml(invoice.footer)}</p></html>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}
