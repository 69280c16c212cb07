// Cuts a stretch of time into the periods of a calendar.

import type { Period } from './nouns.ts'

/** A stretch cut into pieces: piece `i` reaches from `bounds[i]` up to, and without, `bounds[i + 1]`. */
export type Pieces = {
  readonly bounds: readonly number[]
  /** For each piece the names of its periods, in the order they were asked for. */
  readonly names: readonly (readonly string[])[]
}

/** The stretch to cut. `from` is inside, `end` is the first number behind it. */
export type Stretch = {
  readonly from: number
  readonly end: number
  /** The day that `from` is on. */
  readonly firstDay: Temporal.PlainDate
  /** The number at which a day begins. */
  readonly startOf: (day: Temporal.PlainDate) => number
}

/**
 * Cuts wherever one of the periods ends. A day reaches from its first instant to that of the next one, so it has 23, 24
 * or 25 hours, or none where a zone has skipped it. Without periods the stretch is one piece.
 */
export function cut({ from, end, firstDay, startOf }: Stretch, by: readonly Period[]): Pieces {
  if (by.length === 0) return { bounds: [from, end], names: [[]] }
  const bounds = [from]
  const names: string[][] = []
  let day = firstDay
  let reached = from
  while (reached < end) {
    const next = by.map((period) => dayAfter[period](day)).reduce(earlier)
    const bound = Math.min(startOf(next), end)
    if (bound > reached) {
      names.push(by.map((period) => nameOf[period](day)))
      bounds.push(bound)
      reached = bound
    }
    day = next
  }
  return { bounds, names }
}

/** The first day of the next period. */
const dayAfter: { readonly [P in Period]: (day: Temporal.PlainDate) => Temporal.PlainDate } = {
  day: (day) => day.add({ days: 1 }),
  week: (day) => day.add({ days: 8 - day.dayOfWeek }),
  month: (day) => firstOfMonth(day, 1),
  quarter: (day) => firstOfMonth(day, 3 - ((day.month - 1) % 3)),
  year: (day) => firstOfMonth(day, 13 - day.month),
}

const nameOf: { readonly [P in Period]: (day: Temporal.PlainDate) => string } = {
  day: (day) => day.toString(),
  // The days around New Year may belong to a week of the other year.
  week: (day) => `${padded(day.yearOfWeek, 4)}-W${padded(day.weekOfYear, 2)}`,
  month: (day) => day.toString().slice(0, 7),
  quarter: (day) => `${padded(day.year, 4)}-Q${Math.ceil(day.month / 3)}`,
  year: (day) => padded(day.year, 4),
}

function firstOfMonth(day: Temporal.PlainDate, monthsLater: number): Temporal.PlainDate {
  return day.with({ day: 1 }).add({ months: monthsLater })
}

function earlier(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) <= 0 ? a : b
}

function padded(value: number | undefined, length: number): string {
  return String(value ?? 0).padStart(length, '0')
}
