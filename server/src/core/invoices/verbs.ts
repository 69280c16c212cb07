// Verbs on invoices: draft, change, send, void, delete, read.

import { require as requirePermission } from '../access.ts'
import type { Actor } from '../actor.ts'
import { type Context, checkReference, listAll, reader, readOwn, readToChange } from '../context.ts'
import { addDays, dayOf, type LocalDate, localOf } from '../day.ts'
import { decimal } from '../decimal.ts'
import { DomainError, invalid } from '../errors.ts'
import { maxIds } from '../page.ts'
import type { Queries } from '../queries.ts'
import { text } from '../text.ts'
import { checkWhere } from '../where.ts'
import type { Change } from '../writing.ts'
import { billExpense, billTimeEntries, checkDraft, freeExpense, freeLine } from './billing.ts'
import { type CheckedLine, checkLine, checkTerms, givenTexts, type InvoiceInput, maxLines } from './input.ts'
import type { Invoice, InvoiceLine, InvoiceState } from './nouns.ts'
import { maxNumberLength, numberOf, seriesOf } from './number.ts'
import { createPayments } from './payments.ts'
import { type InvoiceRelations, loadInvoiceRelations } from './related.ts'
import { totalsOf } from './totals.ts'

export type InvoiceFilter = Omit<Queries['invoice'], 'organizationId'>

/** An invoice with its lines, as a change finds it. */
export type WholeInvoice = { readonly invoice: Invoice; readonly lines: readonly InvoiceLine[] }

export type Invoices = ReturnType<typeof createInvoices>

const permissions = { read: 'invoice.read', write: 'invoice.write' } as const

/** Verbs on invoices. Managers and above write them; accountants read them. */
export function createInvoices(context: Context) {
  const { write, secrets } = context

  return {
    ...createPayments(context),

    /** Writes a draft. With `numbered` it gets its number at once, as some are used to. */
    add(actor: Actor, input: InvoiceInput, options: { readonly numbered?: boolean } = {}): Promise<Invoice> {
      requirePermission(actor, 'invoice.write')
      return write(actor, async (change) => {
        const { organizationId, organization } = actor
        await checkReference(change, organizationId, 'client', 'clientId', input.clientId)
        const client = await change.read('client', input.clientId)
        checkTerms(input)
        checkDates(input)
        const { issuedOn = null, dueOn = null, taxes = [], pricesIncludeTax = false } = input
        const discountPercent = input.discountPercent ?? decimal('0')
        const texts = { title: '', reference: '', notes: '', footer: '', billTo: '', ...givenTexts(input) }
        const drafted = await change.add('invoice', {
          organizationId,
          clientId: input.clientId,
          personId: actor.personId,
          number: await givenNumber(change, organizationId, input.number ?? null, undefined),
          state: 'draft',
          currency: input.currency ?? client.currency ?? organization.currency,
          issuedOn,
          dueOn,
          ...texts,
          discountPercent,
          pricesIncludeTax,
          taxes,
          ...totalsOf([], { taxes, discountPercent, pricesIncludeTax }),
          paidMinor: 0n,
          sentAt: null,
          viewedAt: null,
          paidAt: null,
          publicKey: secrets.newKey(),
        })
        const filled = await fill(change, drafted, input)
        return options.numbered === true ? numbered(change, actor, filled) : filled
      })
    },

    /** Changes a draft. The changes may be computed from it as it stands. Throws `locked` once it is issued. */
    update(
      actor: Actor,
      id: number,
      changes: Partial<InvoiceInput> | ((before: WholeInvoice) => Partial<InvoiceInput>),
    ): Promise<Invoice> {
      return write(actor, async (change) => {
        const invoice = await readToChange(change, actor, permissions, 'invoice', id)
        const lines = await linesOf(change, invoice)
        const input = typeof changes === 'function' ? changes({ invoice, lines }) : changes
        if (Object.values(input).every((value) => value === undefined)) return invoice
        checkDraft(invoice)
        const { organizationId } = actor
        if (input.clientId !== invoice.clientId) {
          await checkReference(change, organizationId, 'client', 'clientId', input.clientId)
        }
        checkTerms(input)
        const { clientId, currency, issuedOn, dueOn, discountPercent, pricesIncludeTax, taxes } = input
        checkDates({ issuedOn: issuedOn ?? invoice.issuedOn, dueOn: dueOn ?? invoice.dueOn })
        const given = { clientId, currency, issuedOn, dueOn, discountPercent, pricesIncludeTax, taxes }
        const number =
          input.number === undefined
            ? invoice.number
            : await givenNumber(change, organizationId, input.number, invoice)
        const after = await change.alter('invoice', invoice, {
          ...(Object.fromEntries(
            Object.entries(given).filter(([, value]) => value !== undefined),
          ) as Partial<Invoice>),
          ...givenTexts(input),
          number,
        })
        return fill(change, after, input, lines)
      })
    },

    /**
     * Issues a draft: it gets its number and dates, and never changes again. Sending it once more only says when.
     * Throws `invalid` for one without lines.
     */
    send(actor: Actor, id: number, options: { readonly issuedOn?: LocalDate } = {}): Promise<Invoice> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'invoice', id)
        if (before.state === 'void') throw new DomainError('locked', 'invoice_issued', 'The invoice is void.')
        if (before.state !== 'draft') return change.alter('invoice', before, { sentAt: change.at })
        return issue(change, actor, before, 'sent', options.issuedOn)
      })
    },

    /** Moves an invoice to a state. A draft is issued on the way; nothing becomes a draft again. */
    setState(actor: Actor, id: number, state: InvoiceState): Promise<Invoice> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'invoice', id)
        if (before.state === state) return before
        if (state === 'draft') throw new DomainError('locked', 'invoice_issued', 'The invoice is issued.')
        const issued =
          before.state === 'draft' ? await issue(change, actor, before, 'sent', undefined) : before
        return change.alter('invoice', issued, {
          state,
          ...(state === 'viewed' ? { viewedAt: issued.viewedAt ?? change.at } : {}),
          paidAt: state === 'paid' ? (issued.paidAt ?? change.at) : null,
        })
      })
    },

    /** Leaves a tombstone; what it billed is free again. Throws `locked` while there are payments. */
    remove(actor: Actor, id: number): Promise<void> {
      return write(actor, async (change) => {
        const invoice = await readToChange(change, actor, permissions, 'invoice', id, true)
        if (invoice.deletedAt !== null) return
        if (invoice.paidMinor !== 0n) {
          throw new DomainError('locked', 'invoice_paid', 'The invoice has payments.')
        }
        const bill = { organizationId: invoice.organizationId, invoiceId: id }
        for (const line of await linesOf(change, invoice)) {
          await freeLine(change, { ...bill, lineId: line.id, expenseId: line.expenseId })
          await change.remove('invoice_line', line)
        }
        await billTimeEntries(change, { ...bill, lineId: null }, [], 'timeEntryIds')
        await change.remove('invoice', invoice)
      })
    },

    read(actor: Actor, id: number, deleted = false): Promise<Invoice> {
      return readOwn(reader(context, actor), actor, 'invoice.read', 'invoice', id, deleted)
    },

    /** The invoices of these ids, tombstones included. */
    async byIds(actor: Actor, ids: readonly number[]): Promise<Invoice[]> {
      requirePermission(actor, 'invoice.read')
      if (ids.length > maxIds) throw invalid('ids', 'too_many', `At most ${maxIds} ids.`)
      return reader(context, actor).byId('invoice', actor.organizationId, ids)
    },

    list(actor: Actor, filter: InvoiceFilter): Promise<Invoice[]> {
      requirePermission(actor, 'invoice.read')
      if (filter.where !== undefined) checkWhere('where', 'invoice', filter.where)
      return reader(context, actor).list('invoice', { ...filter, organizationId: actor.organizationId })
    },

    count(actor: Actor, filter: InvoiceFilter): Promise<number> {
      requirePermission(actor, 'invoice.read')
      return context.count(actor, 'invoice', { ...filter, organizationId: actor.organizationId })
    },

    /** One page of lines, of any invoices. */
    listLines(actor: Actor, filter: Omit<Queries['invoice_line'], 'organizationId'>): Promise<InvoiceLine[]> {
      requirePermission(actor, 'invoice.read')
      if (filter.where !== undefined) checkWhere('where', 'invoice_line', filter.where)
      return reader(context, actor).list('invoice_line', { ...filter, organizationId: actor.organizationId })
    },

    /** Lines, payments and time entries of invoices that a verb has just answered. */
    related(actor: Actor, invoices: readonly Invoice[]): Promise<InvoiceRelations> {
      requirePermission(actor, 'invoice.read')
      return loadInvoiceRelations(reader(context, actor), actor.organizationId, invoices)
    },
  }

  /** Keeps the lines and links of an input, and adds the invoice up anew. */
  async function fill(
    change: Change,
    invoice: Invoice,
    input: Partial<InvoiceInput>,
    known: readonly InvoiceLine[] = [],
  ): Promise<Invoice> {
    const { organizationId, id: invoiceId } = invoice
    const wanted = input.lines ?? known.map(({ id }) => ({ id }))
    if (wanted.length > maxLines) throw invalid('lines', 'too_many', `At most ${maxLines} lines.`)
    const checked: CheckedLine[] = []
    let moved = input.timeEntryIds !== undefined
    for (const [position, line] of wanted.entries()) {
      const before = line.id === undefined ? undefined : known.find(({ id }) => id === line.id)
      if (line.id !== undefined && before === undefined) {
        throw invalid(`lines.${position}.id`, 'unknown_reference', 'The invoice has no such line.')
      }
      checked.push(await checkLine(change, invoice, position, line, before))
    }
    for (const line of known.filter(({ id }) => !checked.some((other) => other.id === id))) {
      await freeLine(change, { organizationId, invoiceId, lineId: line.id, expenseId: line.expenseId })
      await change.remove('invoice_line', line)
      moved = true
    }
    for (const [position, line] of checked.entries()) {
      const before = known.find(({ id }) => id === line.id)
      if (before?.expenseId != null && before.expenseId !== line.fields.expenseId) {
        await freeExpense(change, organizationId, before.expenseId)
      }
      const kept =
        before === undefined
          ? await change.add('invoice_line', { ...line.fields, invoiceId })
          : await change.alter('invoice_line', before, line.fields)
      moved ||= kept.revision !== before?.revision || line.timeEntryIds !== undefined
      const bill = { organizationId, invoiceId, lineId: kept.id }
      const path = `lines.${position}`
      if (kept.expenseId !== null) await billExpense(change, bill, kept.expenseId, `${path}.expenseId`)
      if (line.timeEntryIds !== undefined) {
        await billTimeEntries(change, bill, line.timeEntryIds, `${path}.timeEntryIds`)
      }
    }
    if (input.timeEntryIds !== undefined) {
      const bill = { organizationId, invoiceId, lineId: null }
      await billTimeEntries(change, bill, input.timeEntryIds, 'timeEntryIds')
    }
    const totals = totalsOf(
      checked.map(({ fields }) => fields),
      invoice,
    )
    const added = await change.alter('invoice', invoice, totals)
    // Readers take an invoice of the same revision for the same invoice, so its lines and links move it too.
    return moved && added.revision === invoice.revision ? change.touch('invoice', added) : added
  }

  async function issue(
    change: Change,
    actor: Actor,
    draft: Invoice,
    state: InvoiceState,
    issuedOn: LocalDate | undefined,
  ): Promise<Invoice> {
    if ((await linesOf(change, draft)).length === 0) {
      throw invalid('lines', 'required', 'An invoice needs a line before it is sent.')
    }
    const dated = await change.alter('invoice', draft, datesOf(change, actor, draft, issuedOn))
    const final = await numbered(change, actor, dated)
    return change.alter('invoice', final, { state, sentAt: change.at })
  }
}

/** The dates that an issued invoice has: today in the organization, and so many days later. */
function datesOf(
  change: Change,
  { organization }: Actor,
  { issuedOn, dueOn }: Invoice,
  wanted: LocalDate | undefined,
): Pick<Invoice, 'issuedOn' | 'dueOn'> {
  const on = wanted ?? issuedOn ?? dayOf(localOf(change.at, organization.timeZone))
  return { issuedOn: on, dueOn: dueOn ?? addDays(on, organization.invoiceDueDays) }
}

/** Gives an invoice its number, the next free one of its series; one that has a number keeps it. */
async function numbered(change: Change, actor: Actor, invoice: Invoice): Promise<Invoice> {
  if (invoice.number !== null) return invoice
  const { organizationId, organization } = actor
  const on = invoice.issuedOn ?? dayOf(localOf(change.at, organization.timeZone))
  const { invoicePattern } = organization
  let number: string
  do {
    // One that was given by hand before is passed over.
    const count = await change.tx.nextInSeries(organizationId, seriesOf(invoicePattern, on))
    number = numberOf(invoicePattern, on, count)
  } while (await isTaken(change, organizationId, number))
  return change.alter('invoice', invoice, { number })
}

async function givenNumber(
  change: Change,
  organizationId: number,
  number: string | null,
  before: Invoice | undefined,
): Promise<string | null> {
  if (number === null || number === before?.number) return number
  text('number', number, maxNumberLength, true)
  if (await isTaken(change, organizationId, number)) {
    throw invalid('number', 'taken', 'There is an invoice of this number already.')
  }
  return number
}

async function isTaken(change: Change, organizationId: number, number: string): Promise<boolean> {
  return (await change.tx.count('invoice', { organizationId, number })) > 0
}

function linesOf(change: Change, { organizationId, id }: Invoice): Promise<InvoiceLine[]> {
  return listAll(change.tx, 'invoice_line', { organizationId, invoiceIds: [id] }).then((lines) =>
    lines.sort((a, b) => a.position - b.position || a.id - b.id),
  )
}

function checkDates({ issuedOn, dueOn }: { issuedOn?: LocalDate | null; dueOn?: LocalDate | null }): void {
  if (issuedOn && dueOn && dueOn < issuedOn) {
    throw invalid('dueOn', 'order', 'The due date is before the date of the invoice.')
  }
}
