// The attributes of a sales invoice as they are given, and what they make of an invoice.

import type { Actor } from '../../core/actor.ts'
import type { TaxRate } from '../../core/catalogue/nouns.ts'
import { addDays, type LocalDate } from '../../core/day.ts'
import { decimal } from '../../core/decimal.ts'
import type { InvoiceInput, LineInput } from '../../core/invoices/input.ts'
import type { InvoiceLine, InvoiceTax } from '../../core/invoices/nouns.ts'
import { parseCurrency } from '../../core/money.ts'
import { type Attributes, isObject } from './body.ts'
import type { Call } from './call.ts'
import { space } from './contact-names.ts'
import { type CustomValue, parseCustomFields, setCustomFields } from './custom-fields.ts'
import { blank, invalidAttribute, Refused, validation } from './errors.ts'
import { countOf, dayAttribute, decimalOf, flagOf, idsOf, referenceOf, rowsOf, textOf } from './fields.ts'
import { type GivenLine, parseLine, withTaxes } from './invoice-lines.ts'

/** What a body asks of an invoice. */
export type GivenInvoice = {
  readonly input: Omit<Partial<InvoiceInput>, 'lines' | 'taxes' | 'dueOn'>
  readonly lines: readonly GivenLine[] | undefined
  /** The rates that lines name, read before the change: what computes the change must not wait. */
  readonly rates: readonly TaxRate[]
  /** Days from the invoice's date until it is due. */
  readonly dueInterval: number | null | undefined
  readonly properties: ReadonlyMap<string, string | null>
  readonly custom: readonly CustomValue[]
}

/** Attributes that only this door knows, kept as properties under their own names. */
const propertyNames = ['payment_conditions', 'first_due_interval'] as const

/** Days to pay at most: ten years. */
const maxDueInterval = 3650

/** Reads the attributes. The command-line tool sends them unwrapped. */
export async function parseInvoice(call: Call, actor: Actor): Promise<GivenInvoice> {
  const { core, body } = call
  const attributes = isObject(body.sales_invoice) ? body.sales_invoice : unwrapped(body)
  const clientId = referenceOf(attributes, 'contact_id')
  if (clientId === null) throw new Refused(validation([blank('contact_id')]))
  const lines = rowsOf(attributes, 'details_attributes')?.map((row) => parseLine(row, call))
  const rateIds = lines?.flatMap(({ taxRateId }) => taxRateId ?? []) ?? []
  const dueInterval = countOf(attributes, 'first_due_interval')
  if ((dueInterval ?? 0) > maxDueInterval)
    throw new Refused(validation([invalidAttribute('first_due_interval')]))
  const properties = new Map<string, string | null>()
  for (const name of propertyNames) {
    const text = textOf(attributes, name)
    if (text !== undefined) properties.set(name, text || null)
  }
  return {
    lines,
    rates: rateIds.length === 0 ? [] : await core.taxRates.byIds({ ...actor, scopes: null }, rateIds),
    dueInterval,
    properties,
    custom: await parseCustomFields(core, actor, 'invoice', attributes),
    input: { ...(clientId === undefined ? {} : { clientId }), ...parseTerms(attributes) },
  }
}

function unwrapped(body: Attributes): Attributes {
  if (body.sales_invoice === undefined && ('contact_id' in body || 'details_attributes' in body)) return body
  throw new Refused({
    status: 400,
    body: JSON.stringify({ error: 'Sales invoice is required', symbolic: { sales_invoice: 'required' } }),
  })
}

function parseTerms(attributes: Attributes): GivenInvoice['input'] {
  const reference = textOf(attributes, 'reference')
  const issuedOn = dayAttribute(attributes, 'invoice_date')
  const code = textOf(attributes, 'currency')
  const currency = code ? parseCurrency(code) : undefined
  if (code && currency === undefined) {
    throw new Refused(
      validation([{ attribute: 'currency', text: 'is not included in the list', code: 'inclusion' }]),
    )
  }
  const discount = decimalOf(attributes, 'discount')
  const inclusive = flagOf(attributes, 'prices_are_incl_tax')
  const timeEntryIds = idsOf(attributes, 'time_entry_ids')
  return {
    ...(reference === undefined ? {} : { reference }),
    ...(issuedOn === undefined ? {} : { issuedOn }),
    ...(currency === undefined ? {} : { currency }),
    ...(discount === undefined ? {} : { discountPercent: discount ?? decimal('0') }),
    ...(inclusive === undefined ? {} : { pricesIncludeTax: inclusive }),
    ...(timeEntryIds === undefined ? {} : { timeEntryIds }),
  }
}

/** When an invoice of that day is due, as far as the body says so. */
export function dueOf(
  { dueInterval }: Pick<GivenInvoice, 'dueInterval'>,
  issuedOn: LocalDate | null | undefined,
): { readonly dueOn?: LocalDate } {
  return dueInterval == null || issuedOn == null ? {} : { dueOn: addDays(issuedOn, dueInterval) }
}

/**
 * All lines of an invoice after a change: those that are there stay as they are, unless a given one changes or ends them;
 * new ones follow. Given orders decide where lines stand, else the order they came in.
 */
export function mergeLines(
  given: readonly GivenLine[],
  present: readonly InvoiceLine[],
  taxes: readonly InvoiceTax[],
  rates: readonly TaxRate[],
): {
  readonly lines: readonly LineInput[]
  readonly taxes: readonly InvoiceTax[]
  readonly givenAt: readonly (GivenLine | undefined)[]
} {
  const { taxes: all, placeOf } = withTaxes(taxes, rates)
  const spelled = ({ input, taxRateId }: GivenLine, isNew: boolean): LineInput => ({
    ...input,
    ...(taxRateId == null
      ? isNew || taxRateId === null
        ? { taxes: [] }
        : {}
      : { taxes: [placeOf(taxRateId)] }),
  })
  const known = new Set(present.map(({ id }) => id))
  for (const { id } of given) {
    if (id !== undefined && !known.has(id)) {
      throw new Refused(validation([{ attribute: 'details.id', text: 'is invalid', code: 'invalid' }]))
    }
  }
  const kept = present.flatMap((line) => {
    const change = given.findLast(({ id }) => id === line.id)
    if (change?.destroy) return []
    const input = change === undefined ? { id: line.id } : { ...spelled(change, false), id: line.id }
    return [{ order: change?.order ?? line.position, input, change }]
  })
  const last = present.length
  const added = given
    .filter(({ id, destroy }) => id === undefined && !destroy)
    .map((line, i) => ({ order: line.order ?? last + i, input: spelled(line, true), change: line }))
  const lines = [...kept, ...added].sort((a, b) => a.order - b.order)
  return { lines: lines.map(({ input }) => input), taxes: all, givenAt: lines.map(({ change }) => change) }
}

/** Keeps what only this door knows of an invoice and of its lines, in the order of `givenAt`. */
export async function setInvoiceProperties(
  { core }: Call,
  actor: Actor,
  invoiceId: number,
  { properties, custom }: GivenInvoice,
  lines: readonly InvoiceLine[],
  givenAt: readonly (GivenLine | undefined)[],
): Promise<void> {
  const subject = { noun: 'invoice', id: invoiceId } as const
  for (const [name, value] of properties) await core.notes.setProperty(actor, subject, space, name, value)
  await setCustomFields(core, actor, subject, custom)
  for (const [i, line] of lines.entries()) {
    const amount = givenAt[i]?.amount
    if (amount === undefined) continue
    await core.notes.setProperty(actor, { noun: 'invoice_line', id: line.id }, space, 'amount', amount)
  }
}
