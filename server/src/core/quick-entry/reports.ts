// Which report an entry goes to: by id, by name, or by the words a line ends with.

import type { QuickEntryContext } from './entry.ts'
import { maxNameWords } from './report-names.ts'
import { foldPhrase, type Item } from './split.ts'

/** The reports of an account. */
export type Reports = QuickEntryContext['reports']

/** The report with this id, written in plain digits. */
export function reportById(text: string, reports: Reports): number | undefined {
  return reports.find((report) => String(report.id) === text.trim())?.id
}

/** The report with this id or, failing that, this name in any letter case; the first of several. */
export function reportByIdOrName(text: string, reports: Reports): number | undefined {
  return reportById(text, reports) ?? reportNamed(foldPhrase(text), reports)
}

/** The report the last one to three items name, most words first. Quoted texts name none. */
export function reportAtEnd(
  items: readonly Item[],
  reports: Reports,
): { readonly id: number; readonly words: number } | undefined {
  const named = new Map<string, number>()
  for (const report of reports.toReversed()) named.set(foldPhrase(report.name), report.id)
  for (let words = Math.min(maxNameWords, items.length); words > 0; words -= 1) {
    const run = items.slice(-words)
    if (!run.every((item) => item.kind === 'word')) continue
    const id = named.get(run.map((item) => item.folded).join(' '))
    if (id !== undefined) return { id, words }
  }
  return undefined
}

function reportNamed(folded: string, reports: Reports): number | undefined {
  return reports.find((report) => foldPhrase(report.name) === folded)?.id
}
