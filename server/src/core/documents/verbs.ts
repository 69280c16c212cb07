// Verbs on documents: invoices and expenses as PDF.

import type { Actor } from '../actor.ts'
import { type Context, limitTo, reader, readOwn } from '../context.ts'
import { notFound } from '../errors.ts'
import type { Invoice } from '../invoices/nouns.ts'
import { loadInvoiceRelations } from '../invoices/related.ts'
import type { Reader } from '../ports.ts'
import type { DocumentFile, InvoiceDocument } from './nouns.ts'

/** Expenses on one document at most: some fifty pages. */
export const maxDocumentExpenses = 2000

export type Documents = ReturnType<typeof createDocuments>

/** Verbs on documents, with the rights on what stands in them. The same content makes the same bytes. */
export function createDocuments(context: Context) {
  const { store, write, printer } = context

  return {
    /** An invoice as PDF; a draft says that it is one. */
    async invoice(actor: Actor, id: number): Promise<DocumentFile> {
      const from = reader(context, actor)
      const invoice = await readOwn(from, actor, 'invoice.read', 'invoice', id)
      return print(await documentOf(from, invoice))
    },

    /** What is behind the public address of an invoice. Throws `not_found` for drafts and unknown keys. */
    async publicInvoice(publicKey: string): Promise<InvoiceDocument> {
      const invoice = await store.people.invoiceByPublicKey(publicKey)
      if (invoice === undefined || invoice.state === 'draft') throw notFound('invoice')
      return documentOf(store, invoice)
    },

    /** The same as PDF. */
    async publicInvoiceFile(publicKey: string): Promise<DocumentFile> {
      return print(await this.publicInvoice(publicKey))
    },

    /** Says that the client has opened a sent invoice; later times change nothing. */
    async markViewed({ invoice }: InvoiceDocument, requestId: string): Promise<void> {
      if (invoice.state !== 'sent') return
      const author = {
        organizationId: invoice.organizationId,
        personId: null,
        door: 'native',
        requestId,
      } as const
      await write(author, async (change) => {
        const before = await change.read('invoice', invoice.id)
        if (before.state !== 'sent') return
        await change.alter('invoice', before, { state: 'viewed', viewedAt: change.at })
      })
    },

    /** Expenses as PDF, in the order of their ids given; those the actor may not read are left out. */
    async expenses(actor: Actor, ids: readonly number[]): Promise<DocumentFile> {
      const from = reader(context, actor)
      const own = limitTo(actor, 'expense.read', undefined)
      const { organizationId, organization } = actor
      const found = await from.byId('expense', organizationId, ids.slice(0, maxDocumentExpenses))
      const readable = found.filter(
        (expense) => expense.deletedAt === null && (own === undefined || expense.personId === own),
      )
      if (readable.length === 0) throw notFound('expense')
      const order = new Map(ids.map((id, i) => [id, i]))
      const expenses = readable.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
      const pick = <N extends 'category' | 'client' | 'project' | 'person'>(noun: N, of: (number | null)[]) =>
        mapOf(from, noun, organizationId, of)
      const bytes = await printer.expenses({
        organization,
        expenses,
        categories: await pick(
          'category',
          expenses.map(({ categoryId }) => categoryId),
        ),
        clients: await pick(
          'client',
          expenses.map(({ clientId }) => clientId),
        ),
        projects: await pick(
          'project',
          expenses.map(({ projectId }) => projectId),
        ),
        people: await pick(
          'person',
          expenses.map(({ personId }) => personId),
        ),
      })
      const fileName = expenses.length === 1 ? `expense-${expenses[0]?.id}.pdf` : 'expenses.pdf'
      return { bytes, fileName, mediaType: 'application/pdf' }
    },
  }

  async function print(document: InvoiceDocument): Promise<DocumentFile> {
    const { number, id } = document.invoice
    const name = (number ?? `draft-${id}`).replace(/[^\w.-]+/g, '-')
    return {
      bytes: await printer.invoice(document),
      fileName: `invoice-${name}.pdf`,
      mediaType: 'application/pdf',
    }
  }
}

async function documentOf(from: Reader, invoice: Invoice): Promise<InvoiceDocument> {
  const { organizationId } = invoice
  const [organization] = await from.byId('organization', organizationId, [organizationId])
  const [client] = await from.byId('client', organizationId, [invoice.clientId])
  if (organization === undefined || client === undefined) throw notFound('invoice')
  const { lines, payments } = await loadInvoiceRelations(from, organizationId, [invoice])
  return {
    organization,
    client,
    invoice,
    lines: lines.get(invoice.id) ?? [],
    payments: payments.get(invoice.id) ?? [],
  }
}

async function mapOf<N extends 'category' | 'client' | 'project' | 'person'>(
  from: Reader,
  noun: N,
  organizationId: number,
  ids: readonly (number | null)[],
) {
  const found = await from.byId(noun, organizationId, [...new Set(ids.flatMap((id) => id ?? []))])
  return new Map(found.map((entity) => [entity.id, entity]))
}
