// What callers give to make and change invoices, and how it becomes fields.

import { checkReference } from '../context.ts'
import type { LocalDate } from '../day.ts'
import { compareDecimals, type Decimal, decimal, isNegative } from '../decimal.ts'
import { invalid } from '../errors.ts'
import { type Currency, extend, maxAmountMinor, toDecimal } from '../money.ts'
import { maxTextLength, text } from '../text.ts'
import type { Change } from '../writing.ts'
import type { Invoice, InvoiceLine, InvoiceTax } from './nouns.ts'

/** Lines of one invoice at most: more is a report, not a bill. */
export const maxLines = 10_000

/** Taxes of one invoice at most. */
export const maxTaxes = 20

/** Entries that one invoice bills at most. */
export const maxBilledEntries = 50_000

export type LineInput = {
  /** The line it was before; a new one without. */
  readonly id?: number
  readonly title?: string
  readonly description?: string
  /** Default 1. */
  readonly quantity?: Decimal
  /** Default: the amount of the expense, else 0. */
  readonly unitPrice?: Decimal
  /** Places in the invoice's taxes; default: all of them. */
  readonly taxes?: readonly number[]
  readonly projectId?: number | null
  /** The expense it bills. */
  readonly expenseId?: number | null
  /** The time entries it bills; left out: those it bills already. */
  readonly timeEntryIds?: readonly number[]
  readonly productId?: number | null
  readonly ledgerAccountId?: number | null
  readonly from?: LocalDate | null
  readonly to?: LocalDate | null
}

export type InvoiceInput = {
  readonly clientId: number
  /** Default: the client's, else the organization's. */
  readonly currency?: Currency
  /** Given by hand; else it gets one when it is sent, or at once with `numbered`. */
  readonly number?: string | null
  readonly issuedOn?: LocalDate | null
  readonly dueOn?: LocalDate | null
  readonly title?: string
  readonly reference?: string
  readonly notes?: string
  readonly footer?: string
  readonly billTo?: string
  readonly discountPercent?: Decimal
  readonly pricesIncludeTax?: boolean
  readonly taxes?: readonly InvoiceTax[]
  /** All lines, in order; those left out of a change go. */
  readonly lines?: readonly LineInput[]
  /** All time entries that the invoice bills as a whole, without a line of their own. */
  readonly timeEntryIds?: readonly number[]
}

/** A line ready to be kept, and the time entries it bills; undefined leaves them as they are. */
export type CheckedLine = {
  readonly id: number | undefined
  readonly fields: Omit<
    InvoiceLine,
    'id' | 'revision' | 'createdAt' | 'updatedAt' | 'deletedAt' | 'invoiceId'
  >
  readonly timeEntryIds: readonly number[] | undefined
}

type Texts = Pick<Invoice, 'title' | 'reference' | 'notes' | 'footer' | 'billTo'>

/** The texts of an invoice that are given. Throws `invalid` for those that are too long. */
export function givenTexts(input: Partial<InvoiceInput>): Partial<Texts> {
  const limits = {
    title: 200,
    reference: 200,
    notes: maxTextLength,
    footer: maxTextLength,
    billTo: 2000,
  } as const
  const found: Partial<Record<keyof Texts, string>> = {}
  for (const field of Object.keys(limits) as (keyof Texts)[]) {
    const value = input[field]
    if (value !== undefined) found[field] = text(field, value, limits[field])
  }
  return found
}

/** Throws `invalid` unless the taxes and the discount make sense. */
export function checkTerms(input: Pick<Partial<InvoiceInput>, 'taxes' | 'discountPercent'>): void {
  const { taxes = [], discountPercent } = input
  if (taxes.length > maxTaxes) throw invalid('taxes', 'too_many', `At most ${maxTaxes} taxes.`)
  for (const [i, tax] of taxes.entries()) {
    text(`taxes.${i}.name`, tax.name, 100)
    checkPercent(`taxes.${i}.percent`, tax.percent, decimal('1000'))
  }
  if (discountPercent !== undefined) checkPercent('discountPercent', discountPercent, decimal('100'))
}

function checkPercent(path: string, value: Decimal, most: Decimal): void {
  if (isNegative(value) || compareDecimals(value, most) > 0) {
    throw invalid(path, 'range', `This is 0 to ${most} percent.`)
  }
}

/** A line as it will be kept, with what it was before where it says so. */
export async function checkLine(
  change: Change,
  invoice: Pick<Invoice, 'organizationId' | 'currency' | 'taxes'>,
  position: number,
  input: LineInput,
  before: InvoiceLine | undefined,
): Promise<CheckedLine> {
  const path = `lines.${position}`
  const { organizationId, currency } = invoice
  const expenseId = input.expenseId === undefined ? (before?.expenseId ?? null) : input.expenseId
  const bills = input.expenseId !== undefined && input.expenseId !== before?.expenseId
  if (bills) await checkReference(change, organizationId, 'expense', `${path}.expenseId`, input.expenseId)
  await checkReference(change, organizationId, 'project', `${path}.projectId`, input.projectId)
  await checkReference(change, organizationId, 'product', `${path}.productId`, input.productId)
  await checkReference(
    change,
    organizationId,
    'ledger_account',
    `${path}.ledgerAccountId`,
    input.ledgerAccountId,
  )
  const quantity = input.quantity ?? before?.quantity ?? decimal('1')
  const unitPrice =
    input.unitPrice ?? before?.unitPrice ?? (await priceOf(change, expenseId, currency, path)) ?? decimal('0')
  const amountMinor = extend(quantity, unitPrice, currency, 'half-away-from-zero')
  if (amountMinor > maxAmountMinor || amountMinor < -maxAmountMinor) {
    throw invalid(`${path}.unitPrice`, 'range', 'The amount is too large.')
  }
  const taxes = input.taxes ?? before?.taxes ?? invoice.taxes.map((_, i) => i)
  if (taxes.some((place) => invoice.taxes[place] === undefined)) {
    throw invalid(`${path}.taxes`, 'unknown_reference', 'The invoice has no such tax.')
  }
  const pick = <K extends keyof InvoiceLine & keyof LineInput>(field: K, none: InvoiceLine[K]) =>
    (input[field] === undefined ? (before?.[field] ?? none) : input[field]) as InvoiceLine[K]
  return {
    id: before?.id,
    timeEntryIds: input.timeEntryIds,
    fields: {
      organizationId,
      position,
      title: text(`${path}.title`, pick('title', ''), 1000),
      description: text(`${path}.description`, pick('description', ''), maxTextLength),
      quantity,
      unitPrice,
      amountMinor,
      taxes: [...new Set(taxes)],
      projectId: pick('projectId', null),
      expenseId,
      productId: pick('productId', null),
      ledgerAccountId: pick('ledgerAccountId', null),
      from: pick('from', null),
      to: pick('to', null),
    },
  }
}

/** What an expense is billed at unless the line says otherwise: its own amount, when the currencies are the same. */
async function priceOf(
  change: Change,
  expenseId: number | null,
  currency: Currency,
  path: string,
): Promise<Decimal | undefined> {
  if (expenseId === null) return undefined
  const expense = await change.read('expense', expenseId)
  if (expense.currency === currency) {
    return toDecimal({ amountMinor: expense.amountMinor, currency })
  }
  throw invalid(`${path}.unitPrice`, 'required', 'The expense is in another currency: give the price.')
}
