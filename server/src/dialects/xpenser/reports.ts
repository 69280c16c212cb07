// The report resource. Its states are single letters.

import { invalid } from '../../core/errors.ts'
import type { ExpenseReport, ReportState } from '../../core/expenses/nouns.ts'
import { first, type Pairs } from '../../http/pairs.ts'
import type { Answer, Call } from './call.ts'
import { badRequest } from './errors.ts'
import { presentInstant, type WireObject } from './wire.ts'

const letters: { readonly [S in ReportState]: string } = {
  open: 'U',
  submitted: 'S',
  approved: 'A',
  rejected: 'R',
  paid: 'P',
  archived: 'X',
}

// Letters and words that clients send, in any letter case. `needs_action` asks for two states at once.
const spellings: ReadonlyMap<string, readonly ReportState[]> = new Map<string, readonly ReportState[]>([
  ...(Object.keys(letters) as ReportState[]).flatMap((state): [string, readonly ReportState[]][] => [
    [letters[state].toLowerCase(), [state]],
    [state === 'open' ? 'unsubmitted' : state, [state]],
  ]),
  ['active', ['open']],
  ['needs_action', ['open', 'rejected']],
])

/** A report with the keys that clients use. */
export function presentReport(report: ExpenseReport): WireObject {
  return {
    id: report.id,
    name: report.name,
    is_default: report.isDefault,
    status: letters[report.state],
    created: presentInstant(report.createdAt),
    modified: presentInstant(report.updatedAt),
  }
}

/** `GET reports/`: the default one first, then by id; `status` limits them. */
export async function listReports(call: Call): Promise<Answer> {
  const status = first(call.query, 'status')
  const states = status ? spellings.get(status.toLowerCase()) : undefined
  if (status && states === undefined) return badRequest(`status '${status.slice(0, 40)}' is unknown`)
  const reports = await call.core.reports.list(call.actor, states === undefined ? {} : { states })
  const sorted = [
    ...reports.filter((report) => report.isDefault),
    ...reports.filter((report) => !report.isDefault),
  ]
  return { items: sorted.map((report) => call.format.item(presentReport(report))) }
}

/** `GET report/{id}`. */
export async function readReport(call: Call): Promise<Answer> {
  return answer(call, await call.core.reports.read(call.actor, call.id))
}

/** `POST report/` with a `name`. */
export async function createReport(call: Call): Promise<Answer> {
  const { name, state } = parseReport(call.form)
  if (!name) throw invalid('name', 'required', 'no name')
  const input = state === undefined ? { name } : { name, state }
  return answer(call, await call.core.reports.add(call.actor, input))
}

/** `POST report/{id}` with `name`, `status` or both. */
export async function updateReport(call: Call): Promise<Answer> {
  return answer(call, await call.core.reports.update(call.actor, call.id, parseReport(call.form)))
}

/** `POST report/{id}?action=delete`, or `DELETE`. Its expenses go with it. */
export async function deleteReport(call: Call): Promise<Answer> {
  await call.core.reports.remove(call.actor, call.id)
  return 'empty'
}

function answer(call: Call, report: ExpenseReport): Answer {
  return { item: call.format.item(presentReport(report)) }
}

function parseReport(form: Pairs): { name?: string; state?: ReportState } {
  const name = first(form, 'name')
  const status = first(form, 'status')
  const states = status ? spellings.get(status.toLowerCase()) : []
  const [state] = states ?? []
  if (states === undefined || states.length > 1) {
    throw invalid('status', 'unknown_value', `status '${(status ?? '').slice(0, 40)}' is unknown`)
  }
  return { ...(name === undefined ? {} : { name }), ...(state === undefined ? {} : { state }) }
}
