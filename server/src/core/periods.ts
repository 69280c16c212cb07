// Periods of whole days: by name, by their ends, and as the instants between which they lie in a zone.

import { addDays, type Instant, type LocalDate, parseLocalDate, type TimeZone, weekdayOf } from './day.ts'
import type { Range } from './page.ts'

/** Days from the first to the last, both inclusive. The first is not after the last. */
export type Period = { readonly from: LocalDate; readonly to: LocalDate }

const turns = { prev: -1, this: 0, next: 1 } as const
const spans = ['week', 'month', 'quarter', 'year'] as const

/** The week, month, quarter or year of a day, or the one before or after it. */
export type PeriodName = `${keyof typeof turns}_${(typeof spans)[number]}`

/** Every named period. */
export const periodNames: readonly PeriodName[] = (Object.keys(turns) as (keyof typeof turns)[]).flatMap(
  (turn) => spans.map((span) => `${turn}_${span}` as const),
)

/** Reads the name of a period; answers undefined for any other text. */
export function parsePeriodName(text: string): PeriodName | undefined {
  return periodNames.find((name) => name === text)
}

/**
 * The period of that name, seen from a day. Weeks run from Monday to Sunday, quarters begin in January, April, July and
 * October. Throws RangeError beyond the years 0001 to 9999.
 */
export function namedPeriod(name: PeriodName, today: LocalDate): Period {
  const [turn, span] = name.split('_') as [keyof typeof turns, (typeof spans)[number]]
  if (span === 'week') {
    const from = addDays(today, 1 - weekdayOf(today) + 7 * turns[turn])
    return { from, to: addDays(from, 6) }
  }
  const months = { month: 1, quarter: 3, year: 12 }[span]
  const day = Temporal.PlainDate.from(today)
  const first = day
    .with({ day: 1, month: day.month - ((day.month - 1) % months) })
    .add({ months: months * turns[turn] })
  return { from: inYears(first), to: inYears(first.add({ months }).subtract({ days: 1 })) }
}

/** From the first to the last day, both inclusive; undefined when the last is before the first. */
export function periodBetween(from: LocalDate, to: LocalDate): Period | undefined {
  return from <= to ? { from, to } : undefined
}

/** The days of one calendar month, 1 to 12, of the years 0001 to 9999; undefined for any other. */
export function monthPeriod(year: number, month: number): Period | undefined {
  const first = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`
  const from = parseLocalDate(first)
  if (from === undefined) return undefined
  const { daysInMonth } = Temporal.PlainDate.from(from)
  return { from, to: `${from.slice(0, 8)}${daysInMonth}` as LocalDate }
}

const endShape = /^(\d{4})(-?)(\d{2})(?:\2(\d{2}))?$/

/**
 * Reads `FIRST..LAST`, each a day (`20260131`, `2026-01-31`) or a month (`202601`, `2026-01`), which is taken whole. The
 * two may differ in form. Answers undefined for open ends, impossible days and a last before the first.
 */
export function parsePeriodRange(text: string): Period | undefined {
  const ends = text.split('..')
  const [first, last] = ends.map(parseEnd)
  if (ends.length !== 2 || first === undefined || last === undefined) return undefined
  return periodBetween(first.from, last.to)
}

function parseEnd(text: string): Period | undefined {
  const [whole, year, , month, day] = endShape.exec(text) ?? []
  if (whole === undefined) return undefined
  if (day === undefined) return monthPeriod(Number(year), Number(month))
  const date = parseLocalDate(`${year}-${month}-${day}`)
  return date && { from: date, to: date }
}

/**
 * The instants of these days in a zone, both inclusive, whole milliseconds; an open side stays open. A day begins with its
 * first instant, at 01:00 where the clock skips midnight, and ends before the next one does, however long that is. A day
 * that a zone skipped altogether holds no instant: `from` is after `to`. Where a clock was set back across midnight, which
 * no zone does any more (St. John's did until 2011, at 00:01), the repeated end of a day counts to the day after it.
 */
export function instantsOf(days: Range<LocalDate>, zone: TimeZone): Range<Instant> {
  const { from, to } = days
  return {
    ...(from === undefined ? {} : { from: startOf(Temporal.PlainDate.from(from), zone) }),
    ...(to === undefined ? {} : { to: startOf(Temporal.PlainDate.from(to).add({ days: 1 }), zone) - 1 }),
  }
}

function startOf(day: Temporal.PlainDate, zone: TimeZone): Instant {
  return day.toZonedDateTime(zone).epochMilliseconds
}

function inYears(date: Temporal.PlainDate): LocalDate {
  const day = parseLocalDate(date.toString())
  if (day === undefined) throw new RangeError('The day is out of range.')
  return day
}
