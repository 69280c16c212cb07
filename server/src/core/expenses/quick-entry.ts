// The verb behind quick entry: one line of text becomes an expense.

import type { Actor } from '../actor.ts'
import { type Context, reader } from '../context.ts'
import { dayOf, localOf } from '../day.ts'
import { type DomainError, invalid, notFound } from '../errors.ts'
import type { Organization } from '../people/nouns.ts'
import { parseQuickEntry, type QuickEntry, type QuickEntryResult } from '../quick-entry/parse.ts'
import { unitPriceFor } from './amount.ts'
import type { Expense } from './nouns.ts'
import { type ExpenseInput, recordWithin } from './verbs.ts'

/** The line, with the date and the report that a request may fix beside it, both unread. */
export type QuickEntryInput = { readonly text: string; readonly date?: string; readonly reportId?: string }

export type QuickEntries = ReturnType<typeof createQuickEntries>

/** Verbs on quick entry. */
export function createQuickEntries(context: Context) {
  const { write, clock } = context

  /** What is understood of a line, without saving. */
  async function understand(actor: Actor, input: QuickEntryInput): Promise<QuickEntryResult> {
    const { organizationId, organization, personId } = actor
    const from = reader(context, actor)
    const reports = await from.list('expense_report', {
      organizationId,
      personId,
      states: ['open', 'rejected'],
    })
    const categories = await from.list('category', { organizationId, state: 'active' })
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
      knownTypes: categories.map((category) => category.name),
      reports: reports.map((report) => ({ id: report.id, name: report.name })),
      defaultReportId: defaultReport.id,
      ...(input.date === undefined ? {} : { date: input.date }),
      ...(input.reportId === undefined ? {} : { reportId: input.reportId }),
    })
  }

  return {
    understand,

    /** Records the expense of a line. Throws `invalid` at `text`, `date`; `not_found` for an unknown report. */
    record(actor: Actor, input: QuickEntryInput): Promise<Expense> {
      return write(actor, async (change) => {
        const result = await understand({ ...actor, change }, input)
        if (!result.ok) throw refusal(result.error)
        return recordWithin(change, actor, toInput(result.entry, actor.organization))
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

function toInput(entry: QuickEntry, organization: Organization): ExpenseInput {
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
    unitPrice:
      entry.kind === 'money' && entry.unitPrice !== undefined
        ? entry.unitPrice
        : unitPriceFor(quantity, entry.amount, organization.currency),
    currency,
    exchange,
    tagNames: entry.tags,
  }
}
