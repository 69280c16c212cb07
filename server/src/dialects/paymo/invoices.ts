// The invoice resource.

import { type Decimal, decimal } from '../../core/decimal.ts'
import { invalid } from '../../core/errors.ts'
import type { InvoiceInput } from '../../core/invoices/input.ts'
import { type Invoice, type InvoiceState, type InvoiceTax, invoiceStates } from '../../core/invoices/nouns.ts'
import type { InvoiceFilter, WholeInvoice } from '../../core/invoices/verbs.ts'
import type { Call } from './call.ts'
import { parseCurrencyCode } from './currencies.ts'
import { fields } from './fields.ts'
import { fieldsOf, given, type Input, missing } from './input.ts'
import { linesWithTaxes, parseLines } from './invoice-lines.ts'
import { ownFields } from './properties.ts'
import { children, type Filter, noParent, parent, type Resource, type Row, relations } from './resource.ts'
import { datetime, exact, money } from './wire.ts'

const own = ownFields('invoice', {
  delivery_date: ['day', null],
  company_info: ['text', ''],
  outstanding: ['decimal', null],
  discount_text: ['text', ''],
})

const zero = decimal('0')

/** The invoice resource. Lines come in as `items` and are shown as `invoiceitems`. */
export const invoices: Resource = {
  name: 'invoices',
  fields: [
    'id',
    'number',
    'client_id',
    'template_id',
    'status',
    'currency',
    'date',
    'due_date',
    'delivery_date',
    'subtotal',
    'total',
    'tax',
    'tax_amount',
    'tax2',
    'tax2_amount',
    'tax_on_tax',
    'discount',
    'discount_amount',
    'tax_text',
    'tax2_text',
    'discount_text',
    'language',
    'bill_to',
    'company_info',
    'footer',
    'notes',
    'title',
    'outstanding',
    'pay_online',
    'reminder_1_sent',
    'reminder_2_sent',
    'reminder_3_sent',
    'permalink',
    'pdf_link',
    'download_token',
    'token',
    'active',
    'created_on',
    'updated_on',
  ],
  extras: ['options'],
  relations: relations({
    client: parent('clients', 'client_id'),
    invoicetemplate: noParent,
    invoiceitems: children('invoiceitems', 'invoice_id'),
    invoicepayments: children('invoicepayments', 'invoice_id'),
  }),
  filters: fields.invoices,
  sorts: {
    id: 'id',
    number: 'number',
    client_id: 'clientId',
    status: 'state',
    currency: 'currency',
    date: 'issuedOn',
    due_date: 'dueOn',
    total: 'totalMinor',
    created_on: 'createdAt',
    updated_on: 'updatedAt',
  },
  lasting: true,
  page: readInvoices,
  create: createInvoice,
  update: updateInvoice,
  remove: ({ core, actor }, id) => core.invoices.remove(actor, id),
}

async function readInvoices(call: Call, filter: Filter): Promise<Row[]> {
  const { core, actor } = call
  const found = await core.invoices.list(actor, filter as InvoiceFilter)
  const more = await own.read(
    call,
    found.map(({ id }) => id),
  )
  return found.map((invoice) => ({
    id: invoice.id,
    revision: invoice.revision,
    object: { ...presentInvoice(invoice, call), ...more(invoice.id) },
  }))
}

function presentInvoice(invoice: Invoice, { door }: Call) {
  const { currency, taxes, taxAmounts } = invoice
  const [first, ...others] = taxAmounts.map((amount) => BigInt(amount))
  const [tax, tax2] = taxes
  const token = invoice.publicKey.replaceAll('-', '')
  const link = `${door}/api/invoices/${invoice.id}/?token=${token}&format=`
  return {
    id: invoice.id,
    number: invoice.number ?? '',
    client_id: invoice.clientId,
    template_id: null,
    status: invoice.state,
    currency,
    date: invoice.issuedOn,
    due_date: invoice.dueOn,
    subtotal: money(invoice.subtotalMinor, currency),
    total: money(invoice.totalMinor, currency),
    tax: exact(tax?.percent ?? zero),
    tax_amount: money(first ?? 0n, currency),
    tax2: exact(tax2?.percent ?? zero),
    // An invoice of another door may have more taxes than there is room for: the amounts still add up.
    tax2_amount: money(
      others.reduce((sum, amount) => sum + amount, 0n),
      currency,
    ),
    tax_on_tax: tax2?.compound ?? false,
    discount: exact(invoice.discountPercent),
    discount_amount: money(invoice.discountMinor, currency),
    tax_text: tax?.name ?? '',
    tax2_text: tax2?.name ?? '',
    language: 'en',
    bill_to: invoice.billTo,
    footer: invoice.footer,
    notes: invoice.notes,
    title: invoice.title,
    pay_online: false,
    reminder_1_sent: null,
    reminder_2_sent: null,
    reminder_3_sent: null,
    permalink: `${link}html`,
    pdf_link: `${link}pdf`,
    download_token: token,
    token,
    active: true,
    options: {},
    created_on: datetime(invoice.createdAt),
    updated_on: datetime(invoice.updatedAt),
  }
}

async function createInvoice(call: Call, input: Input): Promise<number> {
  const { core, actor } = call
  const read = fieldsOf(input)
  const clientId = read.id('client_id')
  if (clientId === undefined || clientId === null) throw missing('client_id')
  if (!read.text('currency')) throw missing('currency')
  const taxes = taxesOf(input, []) ?? [none]
  const lines = parseLines(read.inputs('items') ?? [], taxes, [])
  const wanted = { ...parseInvoice(input), clientId, taxes, lines }
  const invoice = await core.invoices.add(actor, wanted, { numbered: true })
  await own.write(call, invoice.id, input)
  return invoice.id
}

async function updateInvoice(call: Call, id: number, input: Input): Promise<void> {
  const { core, actor } = call
  const read = fieldsOf(input)
  const items = read.inputs('items')
  await core.invoices.update(actor, id, (before) => {
    const taxes = taxesOf(input, before.invoice.taxes)
    const all = taxes ?? before.invoice.taxes
    const lines =
      items !== undefined
        ? parseLines(items, all, before.lines)
        : taxes === undefined
          ? undefined
          : linesWithTaxes(before.lines, all)
    return { ...changed(parseInvoice(input), before), ...given({ taxes, lines }) }
  })
  await own.write(call, id, input)
  const status = read.text('status')
  if (status !== undefined) await core.invoices.setState(actor, id, stateOf(status))
}

/** Clients send the whole object back, also one that is issued: what is as it was is no change. */
function changed(wanted: Partial<InvoiceInput>, { invoice }: WholeInvoice): Partial<InvoiceInput> {
  const present = invoice as unknown as Readonly<Record<string, unknown>>
  return Object.fromEntries(Object.entries(wanted).filter(([field, value]) => present[field] !== value))
}

function parseInvoice(input: Input): Partial<InvoiceInput> {
  const read = fieldsOf(input)
  const currency = read.text('currency')
  return given({
    clientId: read.id('client_id') ?? undefined,
    currency: currency ? parseCurrencyCode('currency', currency) : undefined,
    // An empty number is one that is still to be given.
    number: read.text('number') || undefined,
    issuedOn: read.day('date'),
    dueOn: read.day('due_date'),
    title: read.text('title'),
    notes: read.text('notes'),
    footer: read.text('footer'),
    billTo: read.text('bill_to'),
    discountPercent: read.decimal('discount') ?? undefined,
  })
}

const none: InvoiceTax = { name: '', percent: zero, compound: false, taxRateId: null }

/**
 * The taxes of an invoice here: the first on those lines that bear it, the second on all, or undefined when an input
 * changes neither. The first one has its place even at 0 %, so that its lines are remembered.
 */
function taxesOf(input: Input, before: readonly InvoiceTax[]): InvoiceTax[] | undefined {
  const read = fieldsOf(input)
  const [first = none, second = none, ...others] = before
  const tax = changedTax(first, read.decimal('tax'), read.text('tax_text'), undefined)
  const tax2 = changedTax(second, read.decimal('tax2'), read.text('tax2_text'), read.flag('tax_on_tax'))
  if (tax === first && tax2 === second) return undefined
  return tax2 === none && others.length === 0 ? [tax] : [tax, tax2, ...others]
}

function changedTax(
  before: InvoiceTax,
  percent: Decimal | null | undefined,
  name: string | undefined,
  compound: boolean | undefined,
): InvoiceTax {
  const wanted = {
    ...before,
    name: name ?? before.name,
    percent: percent === undefined ? before.percent : (percent ?? zero),
    compound: compound ?? before.compound,
  }
  const same = (['name', 'percent', 'compound'] as const).every((field) => wanted[field] === before[field])
  return same ? before : wanted
}

function stateOf(status: string): InvoiceState {
  const found = invoiceStates.find((state) => state === status)
  if (found === undefined)
    throw invalid('status', 'unknown_value', `status is one of ${invoiceStates.join(', ')}.`)
  return found
}
