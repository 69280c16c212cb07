// The account of the worked examples; used by the tests of this folder only.

import type { LocalDateTime } from '../day.ts'
import { decimal } from '../decimal.ts'
import { currency } from '../money.ts'
import type { QuickEntry, QuickEntryContext } from './entry.ts'
import { parseQuickEntry } from './parse.ts'

/** A wall-clock time known to be well formed. */
export function local(text: string): LocalDateTime {
  return text as LocalDateTime
}

const rates = new Map([
  ['EUR', decimal('1.48')],
  ['GBP', decimal('1.65')],
])

/** Friday evening in a US account with two rates and three reports. */
export const exampleAccount: QuickEntryContext = {
  now: local('2009-11-20T22:44:21'),
  currency: currency('USD'),
  rates: (code) => rates.get(code),
  distanceUnit: 'mi',
  distanceRate: decimal('0.55'),
  hourlyRate: decimal('60'),
  dateOrder: 'month-day',
  knownTypes: ['Airfare', 'Parking', 'Travel: Lunch', 'Hotel', 'Office Supplies'],
  reports: [
    { id: 54, name: 'Conference' },
    { id: 76, name: 'Default' },
    { id: 110, name: 'ProjectX' },
  ],
  defaultReportId: 76,
}

/** The entry a line is read as; throws when it is an error. `changes` replace fields of the example account. */
export function entryOf(line: string, changes: Partial<QuickEntryContext> = {}): QuickEntry {
  const result = parseQuickEntry(line, { ...exampleAccount, ...changes })
  if (!result.ok) throw new Error(`${JSON.stringify(line)}: ${result.error}`)
  return result.entry
}

/** The error a line is answered with, or undefined when it is an entry. */
export function errorOf(line: string, changes: Partial<QuickEntryContext> = {}): string | undefined {
  const result = parseQuickEntry(line, { ...exampleAccount, ...changes })
  return result.ok ? undefined : result.error
}
