// The parts of an invoice: its lines and its taxes.

import Type from 'typebox'
import { type LocalDate, parseLocalDate } from '../core/day.ts'
import type { LineInput } from '../core/invoices/input.ts'
import { maxTaxes } from '../core/invoices/input.ts'
import type { Invoice, InvoiceLine, InvoiceTax } from '../core/invoices/nouns.ts'
import { maxIds } from '../core/page.ts'
import type { Field, Given } from './fields.ts'
import {
  dateText,
  decimalText,
  id,
  known,
  money,
  nullable,
  presentMinor,
  presentMoney,
  price,
  readDecimal,
  type WireMoney,
} from './wire.ts'

/** Lines that one request may give. */
const maxLinesGiven = 1000

const strict = { additionalProperties: false }
const place = Type.Integer({ minimum: 0, maximum: maxTaxes - 1 })
const text = Type.String({ maxLength: 20_000 })

const lineIn = Type.Object(
  {
    id: Type.Optional(id),
    title: Type.Optional(Type.String({ maxLength: 1000 })),
    description: Type.Optional(text),
    quantity: Type.Optional(decimalText),
    unit_price: Type.Optional(price),
    taxes: Type.Optional(Type.Array(place, { maxItems: maxTaxes })),
    project_id: Type.Optional(nullable(id)),
    expense_id: Type.Optional(nullable(id)),
    product_id: Type.Optional(nullable(id)),
    ledger_account_id: Type.Optional(nullable(id)),
    from: Type.Optional(nullable(dateText)),
    to: Type.Optional(nullable(dateText)),
    time_entry_ids: Type.Optional(Type.Array(id, { maxItems: maxIds })),
  },
  strict,
)

const lineOut = Type.Object(
  {
    id,
    title: Type.String(),
    description: Type.String(),
    quantity: decimalText,
    unit_price: money,
    amount: money,
    taxes: Type.Array(place),
    project_id: nullable(id),
    expense_id: nullable(id),
    product_id: nullable(id),
    ledger_account_id: nullable(id),
    from: nullable(dateText),
    to: nullable(dateText),
    time_entry_ids: Type.Array(id),
  },
  strict,
)

type SentLine = Readonly<Record<string, unknown>> & {
  readonly unit_price?: WireMoney
  readonly quantity?: string
}

/** What is billed, in order. */
export const lines: Field<Invoice> = {
  out: Type.Array(lineOut),
  in: Type.Array(lineIn, { maxItems: maxLinesGiven }),
  about:
    "All lines, in order; those left out of a change go. `taxes` are places in the invoice's `taxes`, all of them by default. A line may bill an expense or time entries.",
  show(invoice, { related }) {
    const entries = related.invoiceParts?.timeEntries.get(invoice.id) ?? []
    return (related.invoiceParts?.lines.get(invoice.id) ?? []).map((line) => ({
      ...presentLine(line, invoice),
      time_entry_ids: entries.flatMap((entry) => (entry.invoiceLineId === line.id ? [entry.id] : [])),
    }))
  },
  take(value, given) {
    given.lines = (value as readonly SentLine[]).map((line, i) => parseLine(line, `lines.${i}`))
    given.lineCurrencies = (value as readonly SentLine[]).map((line) => line.unit_price?.currency)
  },
}

function presentLine(line: InvoiceLine, { currency }: Invoice) {
  return {
    id: line.id,
    title: line.title,
    description: line.description,
    quantity: line.quantity,
    unit_price: presentMoney(line.unitPrice, currency),
    amount: presentMinor(line.amountMinor, currency),
    taxes: line.taxes,
    project_id: line.projectId,
    expense_id: line.expenseId,
    product_id: line.productId,
    ledger_account_id: line.ledgerAccountId,
    from: line.from,
    to: line.to,
  }
}

const plainNames = {
  id: 'id',
  title: 'title',
  description: 'description',
  taxes: 'taxes',
  project_id: 'projectId',
  expense_id: 'expenseId',
  product_id: 'productId',
  ledger_account_id: 'ledgerAccountId',
  time_entry_ids: 'timeEntryIds',
} as const

/** A line as it was sent, under the core's names. Throws `invalid` below `path`. */
export function parseLine(line: SentLine, path: string): LineInput {
  const given: Given = {}
  for (const [name, field] of Object.entries(plainNames)) {
    if (line[name] !== undefined) given[field] = line[name]
  }
  if (line.quantity !== undefined) given.quantity = readDecimal(`${path}.quantity`, line.quantity)
  if (line.unit_price !== undefined) {
    given.unitPrice = readDecimal(`${path}.unitPrice`, line.unit_price.amount)
  }
  for (const name of ['from', 'to'] as const) {
    if (line[name] !== undefined) given[name] = dayOrNull(`${path}.${name}`, line[name] as string | null)
  }
  return given
}

function dayOrNull(path: string, text: string | null): LocalDate | null {
  return text === null ? null : known(parseLocalDate(text), path, 'There is no such day.')
}

const taxIn = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    percent: decimalText,
    compound: Type.Optional(Type.Boolean()),
    tax_rate_id: Type.Optional(nullable(id)),
  },
  strict,
)
const taxOut = Type.Object(
  {
    name: Type.String(),
    percent: decimalText,
    compound: Type.Boolean(),
    tax_rate_id: nullable(id),
    amount: money,
  },
  strict,
)

type SentTax = { name: string; percent: string; compound?: boolean; tax_rate_id?: number | null }

/** The taxes of an invoice, with what each comes to. */
export const taxes: Field<Invoice> = {
  out: Type.Array(taxOut),
  in: Type.Array(taxIn, { maxItems: maxTaxes }),
  about: 'A compound tax is taken on the net and on the taxes before it.',
  show: (invoice) =>
    invoice.taxes.map(({ name, percent, compound, taxRateId }, i) => ({
      name,
      percent,
      compound,
      tax_rate_id: taxRateId,
      amount: presentMinor(BigInt(invoice.taxAmounts[i] ?? '0'), invoice.currency),
    })),
  take(value, given) {
    given.taxes = (value as readonly SentTax[]).map(
      ({ name, percent, compound = false, tax_rate_id: taxRateId = null }, i): InvoiceTax => ({
        name,
        percent: readDecimal(`taxes.${i}.percent`, percent),
        compound,
        taxRateId,
      }),
    )
  },
}
