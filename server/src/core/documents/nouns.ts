// What a printed document is made from: everything on it, found and checked by the core.

import type { Category, Client, Project } from '../catalogue/nouns.ts'
import type { Expense } from '../expenses/nouns.ts'
import type { Invoice, InvoiceLine, Payment } from '../invoices/nouns.ts'
import type { Organization, Person } from '../people/nouns.ts'

/** One invoice with all that stands on it. */
export type InvoiceDocument = {
  readonly organization: Organization
  readonly client: Client
  readonly invoice: Invoice
  /** In their order. */
  readonly lines: readonly InvoiceLine[]
  readonly payments: readonly Payment[]
}

/** A list of expenses, with what they are shown with. */
export type ExpensesDocument = {
  readonly organization: Organization
  readonly expenses: readonly Expense[]
  readonly categories: ReadonlyMap<number, Category>
  readonly clients: ReadonlyMap<number, Client>
  readonly projects: ReadonlyMap<number, Project>
  readonly people: ReadonlyMap<number, Person>
}

/** A finished document and the name it is kept under. */
export type DocumentFile = {
  readonly bytes: Uint8Array
  readonly fileName: string
  readonly mediaType: 'application/pdf'
}
