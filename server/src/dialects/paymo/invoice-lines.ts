// The resource of invoice lines, and lines as an invoice takes them.

import type { LineInput } from '../../core/invoices/input.ts'
import type { InvoiceLine, InvoiceTax } from '../../core/invoices/nouns.ts'
import type { Call } from './call.ts'
import { fields } from './fields.ts'
import { fieldsOf, given, type Input } from './input.ts'
import { children, type Filter, noList, parent, type Resource, type Row, relations } from './resource.ts'
import { datetime, exact } from './wire.ts'

/** The resource of invoice lines. They are written with their invoice. */
export const invoiceLines: Resource = {
  name: 'invoiceitems',
  fields: [
    'id',
    'invoice_id',
    'item',
    'description',
    'price_unit',
    'quantity',
    'expense_id',
    'apply_tax',
    'seq',
    'created_on',
    'updated_on',
  ],
  extras: [],
  relations: relations({
    invoice: parent('invoices', 'invoice_id'),
    expense: parent('expenses', 'expense_id'),
    entries: children('entries', 'invoice_item_id'),
    projects: noList,
    tasks: noList,
  }),
  filters: fields.invoiceitems,
  sorts: { id: 'id', seq: 'position', updated_on: 'updatedAt' },
  lasting: true,
  page: readLines,
}

async function readLines({ core, actor }: Call, filter: Filter): Promise<Row[]> {
  const found = await core.invoices.listLines(actor, filter as Parameters<typeof core.invoices.listLines>[1])
  return found.map((line) => ({ id: line.id, revision: line.revision, object: presentLine(line) }))
}

function presentLine(line: InvoiceLine) {
  return {
    id: line.id,
    invoice_id: line.invoiceId,
    item: line.title,
    description: line.description,
    price_unit: exact(line.unitPrice),
    quantity: exact(line.quantity),
    expense_id: line.expenseId,
    apply_tax: line.taxes.includes(0),
    seq: line.position + 1,
    created_on: datetime(line.createdAt),
    updated_on: datetime(line.updatedAt),
  }
}

/** The lines of an invoice as an input gives them: with an id one that is there, kept but for what it says. */
export function parseLines(
  items: readonly Input[],
  taxes: readonly InvoiceTax[],
  before: readonly InvoiceLine[],
): LineInput[] {
  const lines = items.map((item, place) => {
    const read = fieldsOf(item)
    const id = read.id('id') ?? undefined
    const known = before.find((line) => line.id === id)
    const expenseId = read.id('expense_id')
    const line: LineInput = given({
      id,
      title: read.text('item'),
      description: read.text('description'),
      unitPrice: read.decimal('price_unit') ?? undefined,
      quantity: read.decimal('quantity') ?? undefined,
      expenseId,
      timeEntryIds: read.ids('entries'),
      taxes: placesOf(taxes, read.flag('apply_tax') ?? known?.taxes.includes(0) ?? true, known),
    })
    return { line, place: read.integer('seq') ?? place + 1, index: place }
  })
  return lines.sort((a, b) => a.place - b.place || a.index - b.index).map(({ line }) => line)
}

/** All lines as they are, under other taxes. */
export function linesWithTaxes(before: readonly InvoiceLine[], taxes: readonly InvoiceTax[]): LineInput[] {
  return before.map((line) => ({ id: line.id, taxes: placesOf(taxes, line.taxes.includes(0), line) }))
}

/** The first tax where it applies, the second always, and those of another door as they were. */
function placesOf(taxes: readonly InvoiceTax[], applies: boolean, before: InvoiceLine | undefined): number[] {
  return taxes.flatMap((_, place) => {
    const bears = place === 0 ? applies : place === 1 || before?.taxes.includes(place) === true
    return bears ? [place] : []
  })
}
