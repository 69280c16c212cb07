// Lines of sales invoices, there called details.

import type { TaxRate } from '../../core/catalogue/nouns.ts'
import { type Decimal, decimal, trimDecimal } from '../../core/decimal.ts'
import type { LineInput } from '../../core/invoices/input.ts'
import type { Invoice, InvoiceLine, InvoiceTax } from '../../core/invoices/nouns.ts'
import type { Attributes } from './body.ts'
import type { Call } from './call.ts'
import { Refused, referenceNotFound } from './errors.ts'
import { countOf, decimalOf, flagOf, idsOf, parseNumber, referenceOf, textOf } from './fields.ts'
import { parsePeriod } from './filters.ts'
import { netOf } from './invoice-totals.ts'
import { presentDecimal, presentId, presentInstant, presentMoney, type WireObject } from './wire.ts'

/** A line with the key order of the published answers. `amount` is the text it was given as, where one was. */
export function presentLine(invoice: Invoice, line: InvoiceLine, amount: string | undefined): WireObject {
  const [place] = line.taxes
  const net = presentMoney(netOf(line, invoice), invoice.currency)
  return {
    id: presentId(line.id),
    administration_id: presentId(line.organizationId),
    tax_rate_id: presentId((place === undefined ? undefined : invoice.taxes[place])?.taxRateId ?? null),
    ledger_account_id: presentId(line.ledgerAccountId),
    project_id: presentId(line.projectId),
    product_id: presentId(line.productId),
    amount: amount ?? amountText(line.quantity),
    amount_decimal: presentDecimal(line.quantity),
    description: [line.title, line.description].filter((text) => text !== '').join('\n'),
    price: presentDecimal(line.unitPrice),
    period: presentPeriod(line),
    row_order: line.position,
    total_price_excl_tax_with_discount: net,
    total_price_excl_tax_with_discount_base: net,
    tax_report_reference: [],
    mandatory_tax_text: null,
    created_at: presentInstant(line.createdAt),
    updated_at: presentInstant(line.updatedAt),
  }
}

function presentPeriod({ from, to }: InvoiceLine): string | null {
  if (from === null && to === null) return null
  const [first, last] = [from ?? to ?? '', to ?? from ?? '']
  return `${first.replaceAll('-', '')}..${last.replaceAll('-', '')}`
}

/** How an amount reads that nobody wrote down. */
function amountText(quantity: Decimal): string {
  return `${trimDecimal(quantity)} x`
}

/** A line as a body gives it. */
export type GivenLine = {
  readonly input: Omit<LineInput, 'taxes'>
  /** The line it changes. */
  readonly id: number | undefined
  readonly destroy: boolean
  /** Null: no tax; undefined: as it is. */
  readonly taxRateId: number | null | undefined
  /** The text of the amount, where it says more than the quantity; null: it does not; undefined: as it is. */
  readonly amount: string | null | undefined
  /** Where it wants to stand. */
  readonly order: number | undefined
}

/** Reads one of `details_attributes`. A Toggl bridge still names the entries it bills on each line. */
export function parseLine(attributes: Attributes, { today }: Call): GivenLine {
  const amount = textOf(attributes, 'amount')?.trim()
  const quantity = amount === undefined ? undefined : quantityIn(amount)
  const price = decimalOf(attributes, 'price')
  const description = textOf(attributes, 'description')
  const period = textOf(attributes, 'period')?.trim()
  const days = period ? parsePeriod(period, today, 'Period is invalid') : undefined
  const timeEntryIds = idsOf(attributes, 'time_entry_ids')
  const [projectId, productId, ledgerAccountId] = ['project_id', 'product_id', 'ledger_account_id'].map(
    (name) => referenceOf(attributes, name),
  )
  return {
    id: referenceOf(attributes, 'id') ?? undefined,
    destroy: flagOf(attributes, '_destroy') ?? false,
    taxRateId: referenceOf(attributes, 'tax_rate_id'),
    amount:
      amount === undefined || quantity === undefined
        ? undefined
        : amount === '' || amount === amountText(quantity)
          ? null
          : amount,
    order: countOf(attributes, 'row_order') ?? undefined,
    input: {
      ...(quantity === undefined ? {} : { quantity }),
      ...(price === undefined ? {} : { unitPrice: price ?? decimal('0') }),
      // What another door has as a title is part of what is read here; writing it back must not double it.
      ...(description === undefined ? {} : { title: '', description }),
      ...(period === undefined ? {} : { from: days?.from ?? null, to: days?.to ?? null }),
      ...(timeEntryIds === undefined ? {} : { timeEntryIds }),
      ...(projectId === undefined ? {} : { projectId }),
      ...(productId === undefined ? {} : { productId }),
      ...(ledgerAccountId === undefined ? {} : { ledgerAccountId }),
    },
  }
}

/** The number that an amount begins with: `1.5` of `1.5 uur`; 1 when it begins with none. */
function quantityIn(amount: string): Decimal {
  const [, digits = ''] = /^(-?[\d.,]*\d)/.exec(amount) ?? []
  return parseNumber(digits) ?? decimal('1')
}

/**
 * The taxes of an invoice with those of these rates added, and the place of each rate among them. Taxes that are there
 * keep their places, since lines name them so.
 */
export function withTaxes(
  present: readonly InvoiceTax[],
  rates: readonly TaxRate[],
): { readonly taxes: readonly InvoiceTax[]; readonly placeOf: (taxRateId: number) => number } {
  const taxes = [...present]
  for (const { id, name, percent } of rates) {
    if (taxes.some(({ taxRateId }) => taxRateId === id)) continue
    taxes.push({ name, percent, compound: false, taxRateId: id })
  }
  return {
    taxes,
    placeOf(taxRateId) {
      const place = taxes.findIndex((tax) => tax.taxRateId === taxRateId)
      if (place < 0) throw new Refused(referenceNotFound('tax_rate_id'))
      return place
    },
  }
}
