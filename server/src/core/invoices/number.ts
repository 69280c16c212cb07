// Invoice numbers: a pattern with the date and a count.

import type { LocalDate } from '../day.ts'
import { invalid } from '../errors.ts'
import { text } from '../text.ts'

/** Characters of a pattern and of a number given by hand. */
export const maxNumberLength = 60

const counter = /\{(n+)\}/g

/** A pattern with exactly one counter. Throws `invalid` otherwise. */
export function checkPattern(pattern: string): string {
  text('invoicePattern', pattern, maxNumberLength, true)
  if (pattern.match(counter)?.length !== 1) {
    throw invalid('invoicePattern', 'format', 'The pattern needs one counter, such as {n} or {nnnn}.')
  }
  return pattern
}

/** The pattern with its date filled in; the counter still stands. What is the same counts on, a new year begins at 1. */
export function seriesOf(pattern: string, on: LocalDate): string {
  return fill(pattern.replace(/\{(?:mm|dd)\}/g, ''), on)
}

/** The number of that count: `{yyyy}-{nnnn}` on 2026-05-20 with 7 is `2026-0007`. */
export function numberOf(pattern: string, on: LocalDate, count: number): string {
  return fill(pattern, on).replace(counter, (_, letters: string) =>
    String(count).padStart(letters.length, '0'),
  )
}

function fill(pattern: string, on: LocalDate): string {
  const [year = '', month = '', day = ''] = on.split('-')
  return pattern
    .replaceAll('{yyyy}', year)
    .replaceAll('{yy}', year.slice(-2))
    .replaceAll('{mm}', month)
    .replaceAll('{dd}', day)
}
