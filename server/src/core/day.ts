// Instants, wall-clock times and days. Calendar arithmetic goes through Temporal only.

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

/** A wall-clock time without a zone: `YYYY-MM-DDTHH:MM:SS`, years 0001 to 9999. */
export type LocalDateTime = string & { readonly __localDateTime: true }

/** A calendar day: `YYYY-MM-DD`, years 0001 to 9999. */
export type LocalDate = string & { readonly __localDate: true }

/** An IANA time zone name, such as `Europe/Amsterdam`. */
export type TimeZone = string & { readonly __timeZone: true }

const dateShape = /^(\d{4})-(\d{2})-(\d{2})$/
const dateTimeShape = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?$/

/** Reads `YYYY-MM-DD`. Answers undefined for other shapes, impossible days and the year 0000. */
export function parseLocalDate(text: string): LocalDate | undefined {
  const match = dateShape.exec(text)
  if (!match || match[1] === '0000') return undefined
  const month = Number(match[2])
  const day = Number(match[3])
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(Number(match[1]), month)) return undefined
  return text as LocalDate
}

/** Reads `YYYY-MM-DD HH:MM[:SS]`, blank or `T` between. A leap second `:60` is no time of day and refused. */
export function parseLocalDateTime(text: string): LocalDateTime | undefined {
  const match = dateTimeShape.exec(text)
  if (!match) return undefined
  const [, day = '', hour = '', minute = '', second = '00'] = match
  if (parseLocalDate(day) === undefined) return undefined
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  return `${day}T${hour}:${minute}:${second}` as LocalDateTime
}

/** Reads an IANA zone name, in any letter case; answers its usual spelling, or undefined when unknown. */
export function parseTimeZone(name: string): TimeZone | undefined {
  // Offsets such as "+01:00" are accepted by Temporal but are no zone: they know no daylight saving.
  if (!/^[A-Za-z]/.test(name)) return undefined
  try {
    // Intl would answer an older name of the same zone: Asia/Calcutta for Asia/Kolkata.
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId as TimeZone
  } catch {
    return undefined
  }
}

/** A zone known to exist, such as a constant. Throws RangeError otherwise. */
export function timeZone(name: string): TimeZone {
  const zone = parseTimeZone(name)
  if (zone === undefined) throw new RangeError(`Not a time zone: ${name}`)
  return zone
}

// Between two changes of its clock a zone keeps one offset, in whole seconds since 1972 everywhere.
const exactSince = Date.UTC(1972, 0, 1)

/** A time in which the clock of a zone does not change: from, inclusive, to, exclusive, all in milliseconds. */
type Stretch = { readonly from: Instant; readonly to: Instant; readonly offset: number }

/** Stretches remembered for one zone at most: those of a lifetime. */
const maxStretches = 160

// Asking for the offset of one instant costs much more than looking it up.
const stretches = new Map<TimeZone, Stretch[]>()

/** The wall-clock time in a zone at an instant, whole seconds (rounded down). */
export function localOf(at: Instant, zone: TimeZone): LocalDateTime {
  if (!(at >= exactSince && at < lastInstant)) return exactLocalOf(at, zone)
  return new Date(at + stretchAt(at, zone).offset).toISOString().slice(0, 19) as LocalDateTime
}

// Two days before the year 10000, which is written with more digits.
const lastInstant = Date.UTC(9999, 11, 30)

function stretchAt(at: Instant, zone: TimeZone): Stretch {
  const known = stretches.get(zone)
  if (known !== undefined) {
    for (const stretch of known) if (stretch.from <= at && at < stretch.to) return stretch
  }
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  // A change at this very instant is the beginning of its stretch, so it is looked for from behind.
  const before = zoned.add({ milliseconds: 1 }).getTimeZoneTransition('previous')
  const stretch = {
    from: Math.max(before?.epochMilliseconds ?? exactSince, exactSince),
    to: zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? lastInstant,
    offset: zoned.offsetNanoseconds / 1_000_000,
  }
  const others = known === undefined || known.length >= maxStretches ? [] : known
  stretches.set(zone, [stretch, ...others])
  return stretch
}

function exactLocalOf(at: Instant, zone: TimeZone): LocalDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second', roundingMode: 'floor' }) as LocalDateTime
}

/**
 * The instant of a wall-clock time. In a spring gap, where the clock skips it, the time is read with the offset
 * before the gap (02:30 becomes 03:30); in an autumn overlap the earlier of both is meant.
 */
export function instantOf(local: LocalDateTime, zone: TimeZone): Instant {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'compatible' })
    .epochMilliseconds
}

/** The day of a wall-clock time. */
export function dayOf(local: LocalDateTime): LocalDate {
  return local.slice(0, 10) as LocalDate
}

/** A day and a time of day `HH:MM:SS` as one wall-clock time. */
export function at(day: LocalDate, timeOfDay: string): LocalDateTime {
  return `${day}T${timeOfDay}` as LocalDateTime
}

/** The day `days` later, or earlier when negative. Throws RangeError beyond the years 0001 to 9999. */
export function addDays(day: LocalDate, days: number): LocalDate {
  const moved = parseLocalDate(Temporal.PlainDate.from(day).add({ days }).toString())
  if (moved === undefined) throw new RangeError('The day is out of range.')
  return moved
}

/** ISO weekday, Monday 1 to Sunday 7. */
export function weekdayOf(day: LocalDate): number {
  return Temporal.PlainDate.from(day).dayOfWeek
}

/**
 * A wall-clock time as a sortable number: seconds since 1970-01-01T00:00:00 on that same wall clock.
 * This is no instant; it is how stores keep and compare such times.
 */
export function localSeconds(local: LocalDateTime): number {
  return Date.parse(`${local}Z`) / 1000
}

/** The inverse of `localSeconds`. */
export function fromLocalSeconds(seconds: number): LocalDateTime {
  return new Date(seconds * 1000).toISOString().slice(0, 19) as LocalDateTime
}

function daysInMonth(year: number, month: number): number {
  return Temporal.PlainYearMonth.from({ year, month }).daysInMonth
}
