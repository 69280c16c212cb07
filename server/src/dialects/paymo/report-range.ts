// The days a report is about.

import { addDays, type LocalDate, parseLocalDate, weekdayOf } from '../../core/day.ts'

/** First and last day, both inclusive. */
export type Days = { readonly from: LocalDate; readonly to: LocalDate }

/** The intervals that have a name. */
export const intervals = [
  'today',
  'yesterday',
  'this_week',
  'last_week',
  'this_month',
  'last_month',
  'this_year',
  'last_year',
  'all_time',
] as const
export type Interval = (typeof intervals)[number]

/** The days of a named interval; weeks begin on Monday. `all_time` begins with the book's first possible entry. */
export function daysOf(interval: Interval, today: LocalDate): Days {
  const monday = addDays(today, 1 - weekdayOf(today))
  const first = firstOfMonth(today, 0)
  const year = today.slice(0, 4)
  switch (interval) {
    case 'today':
      return { from: today, to: today }
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) }
    case 'this_week':
      return { from: monday, to: addDays(monday, 6) }
    case 'last_week':
      return { from: addDays(monday, -7), to: addDays(monday, -1) }
    case 'this_month':
      return { from: first, to: addDays(firstOfMonth(today, 1), -1) }
    case 'last_month':
      return { from: firstOfMonth(today, -1), to: addDays(first, -1) }
    case 'this_year':
      return { from: day(`${year}-01-01`), to: day(`${year}-12-31`) }
    case 'last_year': {
      const last = String(Number(year) - 1).padStart(4, '0')
      return { from: day(`${last}-01-01`), to: day(`${last}-12-31`) }
    }
    case 'all_time':
      return { from: day('1970-01-01'), to: today }
  }
}

function firstOfMonth(today: LocalDate, later: number): LocalDate {
  return day(Temporal.PlainDate.from(today).with({ day: 1 }).add({ months: later }).toString())
}

function day(text: string): LocalDate {
  const found = parseLocalDate(text)
  if (found === undefined) throw new RangeError('The day is out of range.')
  return found
}
