// Quick entry: one line of text becomes an expense, or is shown as it is understood.

import Type from 'typebox'
import type { QuickEntry } from '../../core/quick-entry/parse.ts'
import { type Answer, type Call, json, type Operation } from '../operation.ts'
import { expenses } from '../resources/expenses.ts'
import { currencyCode, decimalText, id, localText, money, nullable, presentMoney } from '../wire.ts'
import { answerThing, worded } from '../writing.ts'

const group = 'Quick entry'
const strict = { additionalProperties: false }

const line = Type.Object(
  {
    text: Type.String({ minLength: 1, maxLength: 10_000 }),
    date: Type.Optional(Type.String({ maxLength: 100, description: 'Outranks a date in the text.' })),
    report_id: Type.Optional(id),
  },
  strict,
)

const span = Type.Object(
  {
    from: Type.Integer({ minimum: 0 }),
    to: Type.Integer({ minimum: 0 }),
    means: Type.Enum(['type', 'quantity', 'date', 'tag', 'report', 'note', 'ignored']),
    text: Type.String(),
  },
  strict,
)

/** What is understood of a line. */
export const preview = Type.Object(
  {
    object: Type.Literal('quick_entry_preview'),
    error: nullable(Type.String({ description: 'Why the line is no expense; null when it is one.' })),
    expense: nullable(
      Type.Object(
        {
          category: Type.String(),
          kind: Type.Enum(['money', 'distance', 'duration']),
          quantity: decimalText,
          unit: nullable(Type.String()),
          amount: money,
          currency: currencyCode,
          description: Type.String(),
          tags: Type.Array(Type.String()),
          spent_at: localText,
          report_id: id,
        },
        strict,
      ),
    ),
    spans: Type.Array(span, { description: 'Pieces of the text, in UTF-16 units, `to` exclusive.' }),
  },
  strict,
)

const example = { body: { text: 'lunch 34.50 with jack #personal #cash' } }

/** Operations of quick entry. */
export const quickEntryOperations: readonly Operation[] = [
  {
    name: 'previewQuickEntry',
    method: 'POST',
    path: '/quick-entry/preview',
    group,
    summary: 'See how a line is understood',
    about: 'Nothing is saved. What is no expense is answered with the reason in `error`.',
    body: line,
    status: 200,
    answer: preview,
    alone: true,
    example,
    run: (call) => worded(call.body, () => understand(call)),
  },
  {
    name: 'recordQuickEntry',
    method: 'POST',
    path: '/quick-entry',
    group,
    summary: 'Record the expense of a line',
    about:
      'Kind, amount, tags, date and report in one line: `taxi 18 last night`, `20 miles to airport`, `hotel €120 Berlin #conference @2026-03-02`.',
    body: line,
    status: 201,
    answer: expenses.schema,
    example,
    run: (call) =>
      worded(call.body, async () => {
        const expense = await call.core.quickEntries.record(call.actor, inputOf(call))
        const location = `${call.tools.publicUrl}/api/v1/expenses/${expense.id}`
        return answerThing(expenses, call, expense, 201, { location })
      }),
  },
]

function inputOf({ body }: Call) {
  const { text, date, report_id: report } = body as { text: string; date?: string; report_id?: number }
  return {
    text,
    ...(date === undefined ? {} : { date }),
    ...(report === undefined ? {} : { reportId: String(report) }),
  }
}

async function understand(call: Call): Promise<Answer> {
  const { core, actor } = call
  core.reading.check(actor, 'expense_report')
  const input = inputOf(call)
  const result = await core.quickEntries.understand(actor, input)
  if (!result.ok)
    return json({ object: 'quick_entry_preview', error: result.error, expense: null, spans: [] })
  const { entry } = result
  const spans = entry.spans.map((piece) => ({ ...piece, text: input.text.slice(piece.from, piece.to) }))
  return json({ object: 'quick_entry_preview', error: null, expense: present(entry), spans })
}

function present(entry: QuickEntry) {
  const { currency, kind, rawAmount, amount } = entry
  // Money is recorded as typed, in its own currency; distances and times are worth something in the organization's.
  const value = kind === 'money' ? rawAmount : amount
  return {
    category: entry.type,
    kind,
    quantity: entry.quantity,
    unit: entry.unit ?? null,
    amount: presentMoney(value, currency),
    currency,
    description: entry.notes,
    tags: entry.tags,
    spent_at: entry.spentAt,
    report_id: entry.reportId,
  }
}
