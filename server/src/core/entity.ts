// What every kept thing has in common, and the map of all nouns of the book.

import type {
  Activity,
  Category,
  Client,
  Contact,
  CustomField,
  LedgerAccount,
  Product,
  Project,
  Tag,
  TaskList,
  TaxRate,
  Team,
} from './catalogue/nouns.ts'
import type { Instant } from './day.ts'
import type { Expense, ExpenseReport, Receipt } from './expenses/nouns.ts'
import type { Invoice, InvoiceLine, Payment, RecurringInvoice } from './invoices/nouns.ts'
import type { Note, Property } from './notes/nouns.ts'
import type { Application, Credential, Membership, Organization, Person } from './people/nouns.ts'
import type { Rate } from './rates/nouns.ts'
import type { TimeEntry } from './time/nouns.ts'
import type { Webhook } from './webhooks/nouns.ts'

/** Fields the write path keeps by itself; no input sets them. */
export type Kept = {
  /** Unique among all entities of its noun, in every organization; 1 to 2^53 - 1. */
  readonly id: number
  /** Starts at 1 and grows by one with every change. */
  readonly revision: number
  readonly createdAt: Instant
  readonly updatedAt: Instant
  /** Set on a tombstone: deleted, but still known to synchronising readers. */
  readonly deletedAt: Instant | null
}

/** A kept thing that belongs to exactly one organization. */
export type Owned = Kept & { readonly organizationId: number }

/** Every noun of the book and its shape. */
export type Entities = {
  organization: Organization
  person: Person
  membership: Membership
  credential: Credential
  application: Application
  client: Client
  project: Project
  activity: Activity
  category: Category
  tag: Tag
  expense: Expense
  receipt: Receipt
  expense_report: ExpenseReport
  time_entry: TimeEntry
  note: Note
  property: Property
  contact: Contact
  task_list: TaskList
  team: Team
  tax_rate: TaxRate
  product: Product
  ledger_account: LedgerAccount
  custom_field: CustomField
  rate: Rate
  invoice: Invoice
  invoice_line: InvoiceLine
  payment: Payment
  recurring_invoice: RecurringInvoice
  webhook: Webhook
}

export type Noun = keyof Entities

/** The narrow answer of a list: which entity in which revision. Enough to answer from rendered fragments. */
export type Stamp = { readonly id: number; readonly revision: number }
