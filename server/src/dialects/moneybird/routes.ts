// Every path below an administration with the handler of each method; what is missing is answered 405.

import { listAdministrations } from './administrations.ts'
import type { Handler } from './call.ts'
import * as people from './contact-people.ts'
import * as contacts from './contacts.ts'
import { listCustomFields } from './custom-fields.ts'
import { modelNotFound, type Refusal, recordNotFound } from './errors.ts'
import * as accounts from './ledger-accounts.ts'
import { createNote, deleteNote } from './notes.ts'
import { createPayment, deletePayment } from './payments.ts'
import * as products from './products.ts'
import * as projects from './projects.ts'
import * as invoices from './sales-invoices.ts'
import { type Access, contactAccess } from './scopes.ts'
import { listTaxRates } from './tax-rates.ts'
import * as entries from './time-entries.ts'
import { listUsers } from './users.ts'
import * as webhooks from './webhooks.ts'
import * as single from './workflows.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** What a path does. */
export type Route = {
  /** Below `/api/v2/{administration_id}`, without the format. */
  readonly path: string
  /** What a token needs: any of these. */
  readonly access: Access
  readonly methods: { readonly [M in Method]?: Handler }
  /** What is said when the record is not there, by method; `record not found` where nothing stands. */
  readonly missing?: { readonly [M in Method]?: Refusal }
}

const settings: Access = ['settings']
const timeEntries: Access = ['time_entries']
const salesInvoices: Access = ['sales_invoices']
const documentAccess: Access = ['settings', 'sales_invoices', 'documents', 'estimates']
const workflowAccess: Access = ['settings', 'sales_invoices', 'documents', 'estimates', 'bank']

/** A refusal for every method of newer resources. */
function newer(model: string): { readonly [M in Method]: Refusal } {
  const refusal = modelNotFound(model)
  return { GET: refusal, POST: refusal, PATCH: refusal, DELETE: refusal }
}

/** The one path without an administration. */
export const administrations: Route = {
  path: '/administrations',
  access: [],
  methods: { GET: listAdministrations },
}

export const routes: readonly Route[] = [
  {
    path: '/time_entries',
    access: timeEntries,
    methods: { GET: entries.listEntries, POST: entries.createEntry },
  },
  {
    path: '/time_entries/:id',
    access: timeEntries,
    methods: { GET: entries.readEntry, PATCH: entries.updateEntry, DELETE: entries.deleteEntry },
  },
  { path: '/time_entries/:id/stop', access: timeEntries, methods: { PATCH: entries.stopEntry } },
  { path: '/time_entries/:id/resume', access: timeEntries, methods: { PATCH: entries.resumeEntry } },
  { path: '/time_entries/:id/notes', access: timeEntries, methods: { POST: createNote('time_entry') } },
  {
    path: '/time_entries/:id/notes/:note',
    access: timeEntries,
    methods: { DELETE: deleteNote('time_entry') },
  },

  { path: '/users', access: settings, methods: { GET: listUsers } },

  {
    path: '/projects',
    access: settings,
    methods: { GET: projects.listProjects, POST: projects.createProject },
  },
  {
    path: '/projects/:id',
    access: settings,
    methods: { GET: projects.readProject, PATCH: projects.updateProject, DELETE: projects.deleteProject },
    missing: { GET: modelNotFound('Project') },
  },

  {
    path: '/contacts',
    access: contactAccess,
    methods: { GET: contacts.listContacts, POST: contacts.createContact },
  },
  { path: '/contacts/filter', access: contactAccess, methods: { GET: contacts.filterContacts } },
  {
    path: '/contacts/synchronization',
    access: contactAccess,
    methods: { GET: contacts.listContactVersions, POST: contacts.readContacts },
  },
  {
    path: '/contacts/customer_id/:customer_id',
    access: contactAccess,
    methods: { GET: contacts.findContact },
  },
  {
    path: '/contacts/:id',
    access: contactAccess,
    methods: { GET: contacts.readContact, PATCH: contacts.updateContact, DELETE: contacts.deleteContact },
  },
  { path: '/contacts/:id/archive', access: contactAccess, methods: { PATCH: contacts.archiveContact } },
  { path: '/contacts/:id/notes', access: contactAccess, methods: { POST: createNote('client') } },
  { path: '/contacts/:id/notes/:note', access: contactAccess, methods: { DELETE: deleteNote('client') } },
  { path: '/contacts/:id/contact_people', access: contactAccess, methods: { POST: people.createPerson } },
  {
    path: '/contacts/:id/contact_people/:person',
    access: contactAccess,
    methods: { GET: people.readPerson, PATCH: people.updatePerson, DELETE: people.deletePerson },
  },

  {
    path: '/sales_invoices',
    access: salesInvoices,
    methods: { GET: invoices.listInvoices, POST: invoices.createInvoice },
  },
  {
    path: '/sales_invoices/synchronization',
    access: salesInvoices,
    methods: { GET: invoices.listInvoiceVersions, POST: invoices.readInvoices },
  },
  {
    path: '/sales_invoices/find_by_invoice_id/:invoice_id',
    access: salesInvoices,
    methods: { GET: invoices.findByNumber },
  },
  {
    path: '/sales_invoices/find_by_reference/:reference',
    access: salesInvoices,
    methods: { GET: invoices.findByReference },
  },
  {
    path: '/sales_invoices/:id',
    access: salesInvoices,
    methods: { GET: invoices.readInvoice, PATCH: invoices.updateInvoice, DELETE: invoices.deleteInvoice },
  },
  {
    path: '/sales_invoices/:id/send_invoice',
    access: salesInvoices,
    methods: { PATCH: invoices.sendInvoice },
  },
  { path: '/sales_invoices/:id/payments', access: salesInvoices, methods: { POST: createPayment } },
  {
    path: '/sales_invoices/:id/payments/:payment',
    access: salesInvoices,
    methods: { DELETE: deletePayment },
  },
  { path: '/sales_invoices/:id/notes', access: salesInvoices, methods: { POST: createNote('invoice') } },
  {
    path: '/sales_invoices/:id/notes/:note',
    access: salesInvoices,
    methods: { DELETE: deleteNote('invoice') },
  },

  {
    path: '/ledger_accounts',
    access: documentAccess,
    methods: { GET: accounts.listLedgerAccounts, POST: accounts.createLedgerAccount },
  },
  {
    path: '/ledger_accounts/:id',
    access: documentAccess,
    methods: {
      GET: accounts.readLedgerAccount,
      PATCH: accounts.updateLedgerAccount,
      DELETE: accounts.deleteLedgerAccount,
    },
    missing: newer('Category'),
  },
  { path: '/tax_rates', access: documentAccess, methods: { GET: listTaxRates } },
  {
    path: '/products',
    access: settings,
    methods: { GET: products.listProducts, POST: products.createProduct },
  },
  { path: '/products/identifier/:identifier', access: settings, methods: { GET: products.findProduct } },
  {
    path: '/products/:id',
    access: settings,
    methods: { GET: products.readProduct, PATCH: products.updateProduct, DELETE: products.deleteProduct },
    missing: newer('Product'),
  },
  { path: '/workflows', access: workflowAccess, methods: { GET: single.listWorkflows } },
  { path: '/document_styles', access: workflowAccess, methods: { GET: single.listDocumentStyles } },
  { path: '/custom_fields', access: workflowAccess, methods: { GET: listCustomFields } },
  { path: '/identities', access: settings, methods: { GET: single.listIdentities } },
  { path: '/identities/default', access: settings, methods: { GET: single.readIdentity } },
  { path: '/identities/:id', access: settings, methods: { GET: single.readIdentity } },
  { path: '/financial_accounts', access: settings, methods: { GET: single.listFinancialAccounts } },
  {
    path: '/webhooks',
    access: settings,
    methods: { GET: webhooks.listWebhooks, POST: webhooks.createWebhook },
  },
  {
    path: '/webhooks/:id',
    access: settings,
    methods: { DELETE: webhooks.deleteWebhook },
    missing: { DELETE: recordNotFound },
  },
  {
    path: '/webhooks/:id/activate',
    access: settings,
    methods: { PATCH: webhooks.activateWebhook },
    missing: newer('Webhook'),
  },
  {
    path: '/webhooks/:id/deactivate',
    access: settings,
    methods: { PATCH: webhooks.deactivateWebhook },
    missing: newer('Webhook'),
  },
]

/** Reads that depend on nothing but the organization and the day: their answers stay true while nothing happens. */
export const lasting: ReadonlySet<Handler> = new Set([
  entries.listEntries,
  entries.readEntry,
  contacts.listContacts,
  contacts.readContact,
  invoices.listInvoices,
  invoices.readInvoice,
  projects.listProjects,
])
