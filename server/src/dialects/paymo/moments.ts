// Reading dates and times as clients write them, in bodies and in filters.

import {
  at,
  type Instant,
  instantOf,
  type LocalDate,
  type LocalDateTime,
  parseLocalDate,
  parseLocalDateTime,
  type TimeZone,
} from '../../core/day.ts'

/** A point in time as written: the instant, and what the writer's own clock showed. */
export type Moment = { readonly instant: Instant; readonly wall: LocalDateTime }

// Four or more digits of a year with a sign are no date that anyone sends.
const stamp =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,9})?\s?(?:([Zz])|([+-]?)(\d{2}):?(\d{2}))?$/

/** Seconds that count from 1970: more digits are milliseconds, which nobody sends. */
const unixSeconds = /^-?\d{1,11}$/

/**
 * Reads a datetime: `…Z`, an offset, milliseconds, `YYYY-MM-DD HH:MM:SS` as UTC, Unix seconds, or a day alone, which
 * begins at midnight in `zone`. A `+` before an offset may have become a blank on its way. Undefined for anything else.
 */
export function parseMoment(text: string, zone: TimeZone): Moment | undefined {
  const value = text.trim()
  if (unixSeconds.test(value)) return ofInstant(Number(value) * 1000)
  const day = parseLocalDate(value)
  if (day !== undefined) {
    const wall = at(day, '00:00:00')
    return { instant: instantOf(wall, zone), wall }
  }
  const [, date = '', time = '', , sign, hours, minutes] = stamp.exec(value) ?? []
  const wall = parseLocalDateTime(`${date} ${time}`)
  if (wall === undefined || Number(hours ?? 0) > 23 || Number(minutes ?? 0) > 59) return undefined
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000 * (sign === '-' ? -1 : 1)
  return { instant: Date.parse(`${wall}Z`) - offset, wall }
}

/** Reads a day. Of a full timestamp the day counts: a web client sends JavaScript's dates. */
export function parseDay(text: string): LocalDate | undefined {
  const value = text.trim()
  const day = parseLocalDate(value.slice(0, 10))
  return day !== undefined && (value.length === 10 || stamp.test(value)) ? day : undefined
}

function ofInstant(instant: Instant): Moment | undefined {
  const wall = parseLocalDateTime(new Date(instant).toISOString().slice(0, 19))
  return wall && { instant, wall }
}
