// The verb behind quick entry: one line of text becomes an expense.

import type { Actor } from '../actor.ts'
import { type Context, listAll, reader } from '../context.ts'
import { dayOf, localOf } from '../day.ts'
import { type DomainError, invalid, notFound } from '../errors.ts'
import { parseQuickEntry, type QuickEntry, type QuickEntryResult } from '../quick-entry/parse.ts'
import { reportNamesIn } from '../quick-entry/report-names.ts'
import type { Expense, ExpenseReport } from './nouns.ts'
import { type ExpenseInput, recordWithin } from './verbs.ts'

/** The line, with the date and the report that a request may fix beside it, both unread. */
export type QuickEntryInput = { readonly text: string; readonly date?: string; readonly reportId?: string }

/** Organizations whose category names are remembered. */
const maxKnown = 1000

export type QuickEntries = ReturnType<typeof createQuickEntries>

/** Verbs on quick entry. */
export function createQuickEntries(context: Context) {
  const { write, clock } = context

  // The names of an organization's categories, as of a revision of them.
  const types = new Map<number, { readonly revision: number; readonly names: readonly string[] }>()

  /** What is understood of a line, without saving. */
  async function understand(actor: Actor, input: QuickEntryInput): Promise<QuickEntryResult> {
    const { organization } = actor
    const reports = await reportsFor(actor, input)
    const defaultReport = reports.find((report) => report.isDefault)
    if (defaultReport === undefined) throw notFound('expense report')
    return parseQuickEntry(input.text, {
      now: localOf(clock(), actor.timeZone),
      currency: organization.currency,
      rates: () => undefined,
      distanceUnit: organization.distanceUnit,
      distanceRate: organization.distanceRate ?? undefined,
      hourlyRate: organization.hourlyRate ?? undefined,
      dateOrder: organization.dateOrder,
      knownTypes: await typesOf(actor),
      reports: reports.map((report) => ({ id: report.id, name: report.name })),
      defaultReportId: defaultReport.id,
      ...(input.date === undefined ? {} : { date: input.date }),
      ...(input.reportId === undefined ? {} : { reportId: input.reportId }),
    })
  }

  /** The open reports that a line can mean: the default one, and those it names. */
  async function reportsFor(actor: Actor, input: QuickEntryInput): Promise<ExpenseReport[]> {
    const { organizationId, personId } = actor
    const from = reader(context, actor)
    const query = { organizationId, personId, states: ['open', 'rejected'] } as const
    const reports = await from.list('expense_report', { ...query, isDefault: true })
    const names = reportNamesIn(input.text)
    if (names.length > 0) reports.push(...(await from.list('expense_report', { ...query, names })))
    const ids = [input.reportId ?? '', ...names].filter((name) => /^[1-9]\d{0,14}$/.test(name)).map(Number)
    if (ids.length > 0) reports.push(...(await from.list('expense_report', { ...query, ids })))
    return reports
  }

  async function typesOf(actor: Actor): Promise<readonly string[]> {
    const { organizationId, categoriesRevision } = actor
    const known = types.get(organizationId)
    if (known !== undefined && known.revision === categoriesRevision) return known.names
    const categories = await listAll(context.store, 'category', { organizationId, state: 'active' })
    const names = categories.map((category) => category.name)
    if (types.size >= maxKnown) types.clear()
    types.set(organizationId, { revision: categoriesRevision, names })
    return names
  }

  return {
    understand,

    /** Records the expense of a line. Throws `invalid` at `text`, `date`; `not_found` for an unknown report. */
    record(actor: Actor, input: QuickEntryInput): Promise<Expense> {
      return write(actor, async (change) => {
        const result = await understand({ ...actor, change }, input)
        if (!result.ok) throw refusal(result.error)
        return recordWithin(change, actor, toInput(result.entry))
      })
    },
  }
}

/** The refusal of a line, worded as the grammar names it. */
function refusal(error: (QuickEntryResult & { ok: false })['error']): DomainError {
  if (error === 'unknown report') return notFound('expense report')
  if (error === 'bad date') return invalid('date', 'format', error)
  return invalid('text', error === 'too long' ? 'too_long' : 'required', error)
}

function toInput(entry: QuickEntry): ExpenseInput {
  const { quantity, unit, currency, exchangeRate } = entry
  const exchange =
    exchangeRate === undefined
      ? null
      : { rate: exchangeRate, source: 'quick entry', on: dayOf(entry.spentAt) }
  return {
    reportId: entry.reportId,
    category: { name: entry.type },
    spentAt: entry.spentAt,
    description: entry.notes,
    quantity,
    unit: unit ?? null,
    // A price per hour counted in minutes has endless digits; the amount is what was understood.
    ...(entry.kind !== 'duration' && entry.unitPrice !== undefined
      ? { unitPrice: entry.unitPrice }
      : { amount: entry.amount }),
    currency,
    exchange,
    tagNames: entry.tags,
  }
}
