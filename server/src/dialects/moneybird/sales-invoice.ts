// The sales invoice as it is shown, with everything that stands inside it.

import type { Client } from '../../core/catalogue/nouns.ts'
import type { BookEvent } from '../../core/events.ts'
import type { Invoice, InvoiceLine, Payment } from '../../core/invoices/nouns.ts'
import type { InvoiceRelations } from '../../core/invoices/related.ts'
import type { Note } from '../../core/notes/nouns.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import type { Call } from './call.ts'
import { type ContactRelations, loadContactRelations, presentContact } from './contact.ts'
import { space } from './contact-names.ts'
import { loadCustomFields } from './custom-fields.ts'
import { presentHistory } from './history.ts'
import { presentLine } from './invoice-lines.ts'
import { stateOf } from './invoice-states.ts'
import { taxTotals } from './invoice-totals.ts'
import { presentNote } from './notes.ts'
import {
  presentDecimal,
  presentId,
  presentInstant,
  presentMoney,
  presentVersion,
  type WireObject,
} from './wire.ts'

/** What stands inside invoices. */
type Related = {
  readonly parts: InvoiceRelations
  readonly clients: ReadonlyMap<number, Client>
  readonly contacts: ContactRelations
  readonly notes: ReadonlyMap<number, readonly Note[]>
  readonly custom: ReadonlyMap<number, readonly WireObject[]>
  readonly history: ReadonlyMap<number, readonly BookEvent[]>
  /** Properties of this door, by invoice and by line. */
  readonly properties: ReadonlyMap<number, ReadonlyMap<string, string>>
  readonly amounts: ReadonlyMap<number, string>
}

/**
 * Lines and entries of an invoice that stands inside an entry, at most: a page of entries that one invoice bills would hold
 * it a hundred times.
 */
export const maxInside = 200

/** The JSON of invoices by id, as they stand inside entries, for those who may read them. */
export async function renderInvoices(
  call: Call,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const invoices = await call.core.invoices.byIds(call.actor, ids)
  const found = await presentInvoices(call, invoices, maxInside)
  return new Map(invoices.map(({ id }, i) => [id, JSON.stringify(found[i])]))
}

/** Invoices with everything inside them, or at most so many lines and entries: some queries, however many they are. */
export async function presentInvoices(
  call: Call,
  invoices: readonly Invoice[],
  most?: number,
): Promise<WireObject[]> {
  if (invoices.length === 0) return []
  const related = await load(call, invoices)
  return invoices.map((invoice) => presentInvoice(call, invoice, related, most))
}

async function load(call: Call, invoices: readonly Invoice[]): Promise<Related> {
  const { core, actor, names } = call
  const ids = invoices.map(({ id }) => id)
  const clientIds = [...new Set(invoices.map(({ clientId }) => clientId))]
  const parts = await core.invoices.related(actor, invoices)
  const notes = await core.notes.list(actor, 'invoice', ids)
  return {
    parts,
    clients: new Map((await core.clients.byIds(names, clientIds)).map((client) => [client.id, client])),
    contacts: await loadContactRelations(call, names, clientIds, false),
    notes: Map.groupBy(notes, ({ subjectId }) => subjectId),
    custom: await loadCustomFields(core, actor, 'invoice', ids),
    history: await core.history(actor, 'invoice', ids),
    properties: await loadProperties(call, ids),
    amounts: await loadAmounts(call, [...parts.lines.values()].flat()),
  }
}

async function loadProperties({ core, actor }: Call, ids: readonly number[]) {
  const found = new Map<number, Map<string, string>>()
  for (const { subjectId, name, value } of await core.notes.properties(actor, 'invoice', ids, space)) {
    if (value !== null)
      found.set(subjectId, (found.get(subjectId) ?? new Map<string, string>()).set(name, value))
  }
  return found
}

// Lines are asked for in as many queries as it takes: one invoice may have ten thousand.
async function loadAmounts({ core, actor }: Call, lines: readonly InvoiceLine[]) {
  const found = new Map<number, string>()
  for (let start = 0; start < lines.length; start += 1000) {
    const ids = lines.slice(start, start + 1000).map(({ id }) => id)
    for (const { subjectId, value } of await core.notes.properties(actor, 'invoice_line', ids, space)) {
      if (value !== null) found.set(subjectId, value)
    }
  }
  return found
}

function presentInvoice(
  call: Call,
  invoice: Invoice,
  related: Related,
  most: number | undefined,
): WireObject {
  const { actor, publicUrl } = call
  const lines = related.parts.lines.get(invoice.id) ?? []
  const payments = related.parts.payments.get(invoice.id) ?? []
  const entries = related.parts.timeEntries.get(invoice.id) ?? []
  const notes = related.notes.get(invoice.id) ?? []
  const client = related.clients.get(invoice.clientId)
  const draft = invoice.state === 'draft'
  const organization = presentId(invoice.organizationId)
  return {
    id: presentId(invoice.id),
    administration_id: organization,
    contact_id: presentId(invoice.clientId),
    contact: client === undefined ? null : presentContact(call, client, related.contacts),
    contact_person_id: null,
    contact_person: null,
    invoice_id: draft ? null : invoice.number,
    recurring_sales_invoice_id: null,
    subscription_id: null,
    // There is one of each: the organization's own.
    workflow_id: organization,
    document_style_id: organization,
    identity_id: organization,
    draft_id: draft ? invoice.id : null,
    state: stateOf(invoice, call.today),
    invoice_date: invoice.issuedOn,
    due_date: invoice.dueOn,
    payment_conditions: related.properties.get(invoice.id)?.get('payment_conditions') ?? null,
    payment_reference: null,
    short_payment_reference: null,
    reference: invoice.reference,
    language: languageOf(actor.organization.country),
    currency: invoice.currency,
    discount: presentDecimal(invoice.discountPercent),
    original_sales_invoice_id: null,
    paused: false,
    paid_at: dayText(invoice.paidAt),
    sent_at: dayText(invoice.sentAt),
    created_at: presentInstant(invoice.createdAt),
    updated_at: presentInstant(invoice.updatedAt),
    public_view_code: null,
    public_view_code_expires_at: null,
    version: presentVersion(invoice.updatedAt),
    details: lines.slice(0, most).map((line) => presentLine(invoice, line, related.amounts.get(line.id))),
    payments: payments.map((payment) => presentPayment(invoice, payment)),
    ...presentTotals(invoice),
    marked_dubious_on: null,
    marked_uncollectible_on: null,
    reminder_count: 0,
    next_reminder: null,
    original_estimate_id: null,
    url: `${publicUrl}/moneybird/${organization}/sales_invoices/${invoice.publicKey}`,
    payment_url: null,
    custom_fields: related.custom.get(invoice.id) ?? [],
    notes: notes.map(presentNote).reverse(),
    attachments: [],
    events: presentHistory('invoice', related.history.get(invoice.id) ?? [], notes, {
      organizationId: invoice.organizationId,
      personId: invoice.personId,
      zone: actor.organization.timeZone,
    }),
    tax_totals: presentTaxTotals(invoice, lines),
    time_entries: entries.slice(0, most).map(presentBilled),
  }
}

/** Sums, all of them as texts. The book pins no rate for invoices: in the own currency they read the same. */
function presentTotals(invoice: Invoice): WireObject {
  const { currency, totalMinor, paidMinor, discountMinor, pricesIncludeTax, taxAmounts } = invoice
  const money = (minor: bigint) => presentMoney(minor, currency)
  const taxMinor = taxAmounts.reduce((sum, amount) => sum + BigInt(amount), 0n)
  const unpaid = money(totalMinor - paidMinor)
  const excl = money(totalMinor - taxMinor)
  const incl = money(totalMinor)
  return {
    total_paid: money(paidMinor),
    total_unpaid: unpaid,
    total_unpaid_base: unpaid,
    prices_are_incl_tax: pricesIncludeTax,
    total_price_excl_tax: excl,
    total_price_excl_tax_base: excl,
    total_price_incl_tax: incl,
    total_price_incl_tax_base: incl,
    total_discount: money(discountMinor),
  }
}

function presentTaxTotals(invoice: Invoice, lines: readonly InvoiceLine[]): WireObject[] {
  return taxTotals(invoice, lines).map(({ taxRateId, taxableMinor, taxMinor }) => {
    const [taxable, tax] = [taxableMinor, taxMinor].map((minor) => presentMoney(minor, invoice.currency))
    return {
      tax_rate_id: presentId(taxRateId),
      taxable_amount: taxable,
      taxable_amount_base: taxable,
      tax_amount: tax,
      tax_amount_base: tax,
    }
  })
}

/** A payment of an invoice. Nobody is known to have entered it but who wrote the invoice. */
export function presentPayment(invoice: Invoice, payment: Payment): WireObject {
  const price = presentMoney(payment.amountMinor, invoice.currency)
  return {
    id: presentId(payment.id),
    administration_id: presentId(payment.organizationId),
    invoice_type: 'SalesInvoice',
    invoice_id: presentId(payment.invoiceId),
    financial_account_id: null,
    user_id: presentId(invoice.personId),
    payment_transaction_id: null,
    transaction_identifier: payment.comment || null,
    price,
    price_base: price,
    payment_date: payment.paidOn,
    credit_invoice_id: null,
    financial_mutation_id: null,
    ledger_account_id: null,
    linked_payment_id: null,
    manual_payment_action: null,
    created_at: presentInstant(payment.createdAt),
    updated_at: presentInstant(payment.updatedAt),
  }
}

/** An entry as it stands inside the invoice that bills it. */
function presentBilled(entry: TimeEntry): WireObject {
  return {
    id: presentId(entry.id),
    administration_id: presentId(entry.organizationId),
    contact_id: presentId(entry.clientId),
    project_id: presentId(entry.projectId),
    user_id: presentId(entry.personId),
    started_at: presentInstant(entry.startedAt),
    ended_at: presentInstant(entry.endedAt),
    description: entry.description,
    paused_duration: entry.breakSeconds,
    billable: entry.billable,
    created_at: presentInstant(entry.createdAt),
    updated_at: presentInstant(entry.updatedAt),
  }
}

/** The language that goes with a country, of the three that there are. */
export function languageOf(country: string): string {
  return country === 'NL' ? 'nl' : country === 'BE' ? 'nl-be' : 'en'
}

function dayText(at: number | null): string | null {
  return at === null ? null : presentInstant(at).slice(0, 10)
}
