// Times as clients write them, and the whole minutes that they are cut down to.

import { type Instant, instantOf, parseLocalDate, parseLocalDateTime, type TimeZone } from '../../core/day.ts'

const minute = 60_000

const shape =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,9})? ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i

/**
 * Reads a time: ISO 8601, or with blanks before the time and before an offset or `UTC`, as two command-line tools and a
 * Stream Deck send it. Without an offset it is on the wall clock of the zone; a day alone is its first instant. Fractions
 * of seconds are dropped. Undefined for anything else.
 */
export function parseMoment(text: string, zone: TimeZone): Instant | undefined {
  const [, day, time = '00:00', offset] = shape.exec(text.trim()) ?? []
  if (day === undefined || parseLocalDate(day) === undefined) return undefined
  const local = parseLocalDateTime(`${day} ${time}`)
  if (local === undefined) return undefined
  if (offset === undefined) return instantOf(local, zone)
  const ahead = offsetMinutes(offset)
  return ahead === undefined ? undefined : Date.parse(`${local}Z`) - ahead * minute
}

function offsetMinutes(text: string): number | undefined {
  const [, sign, hours, minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text) ?? []
  if (hours === undefined) return 0
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/** The whole minute that has begun. Rounding down is this door's spelling; the book keeps seconds. */
export function wholeMinute(at: Instant): Instant {
  return Math.floor(at / minute) * minute
}

/** The end of an entry in whole minutes, at least one behind the start. */
export function endAfter(startedAt: Instant, endedAt: Instant): Instant {
  return Math.max(wholeMinute(endedAt), startedAt + minute)
}
