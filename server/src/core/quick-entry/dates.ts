// Reading a date phrase: an isolated run of words that is a day, with or without a time of day.

import {
  addDays,
  at,
  dayOf,
  type LocalDate,
  type LocalDateTime,
  parseLocalDate,
  parseLocalDateTime,
  weekdayOf,
} from '../day.ts'
import type { QuickEntryContext } from './entry.ts'
import { readTimeOfDay } from './times.ts'

/** What a date phrase depends on. */
export type DateClues = Pick<QuickEntryContext, 'now' | 'dateOrder'>

/** Words of the longest phrase there is: `on 2nd October 2009 at 8:15 am`. */
export const maxPhraseWords = 7

/** A day, and the time of day when the day's own words say one. */
type Day = { readonly day: LocalDate; readonly timeOfDay?: string }

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const weekdayNumbers = new Map(weekdays.map((name, index): [string, number] => [name, index + 1]))
const shortWeekdayNumbers = new Map([
  ...weekdays.map((name, index): [string, number] => [name.slice(0, 3), index + 1]),
  ...[['tues', 2] as const, ['thur', 4] as const, ['thurs', 4] as const],
])

const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july'],
  ...['august', 'september', 'october', 'november', 'december'],
]
const monthNumbers = new Map([
  ...months.map((name, index): [string, number] => [name, index + 1]),
  ...months.map((name, index): [string, number] => [name.slice(0, 3), index + 1]),
  ['sept', 9] as const,
])

const namedDays = new Map<string, { readonly days: number; readonly timeOfDay?: string }>([
  ['today', { days: 0 }],
  ['yesterday', { days: -1 }],
  ['yday', { days: -1 }],
  ['last night', { days: -1, timeOfDay: '20:00:00' }],
  ['this morning', { days: 0, timeOfDay: '08:00:00' }],
  ['this afternoon', { days: 0, timeOfDay: '15:00:00' }],
  ['this evening', { days: 0, timeOfDay: '20:00:00' }],
  ['tonight', { days: 0, timeOfDay: '20:00:00' }],
])

// The words a phrase can begin with, beside those that begin with a digit. Most runs of words end here.
const starters: ReadonlySet<string> = new Set([
  ...['on', 'last', 'a', 'an'],
  ...[...namedDays.keys()].map((name) => name.split(' ')[0] ?? name),
  ...weekdayNumbers.keys(),
  ...shortWeekdayNumbers.keys(),
  ...monthNumbers.keys(),
])

// A day without a year is looked for this far back: 29 February can be eight years away.
const maxYearsBack = 8

/**
 * The moment a phrase means, or undefined when the words, as a whole, are none. `marked` says that a date is expected
 * here, so that `fri` alone is a weekday. Words are in folded form. Without a time of day the present one is taken,
 * seconds 00.
 */
export function readDatePhrase(
  words: readonly string[],
  clues: DateClues,
  marked: boolean,
): LocalDateTime | undefined {
  const [first = ''] = words
  if (words.length > maxPhraseWords || !mayStart(first)) return undefined
  const moment = words.length === 1 ? parseLocalDateTime((words[0] ?? '').toUpperCase()) : undefined
  if (moment !== undefined) return moment
  for (let dayWords = words.length; dayWords > 0; dayWords -= 1) {
    const day = readDay(words.slice(0, dayWords).join(' '), clues, marked)
    if (day === undefined) continue
    if (dayWords === words.length) return at(day.day, day.timeOfDay ?? presentMinute(clues.now))
    const timeOfDay = readTimeOfDay(words.slice(dayWords).join(' '))
    if (timeOfDay !== undefined) return at(day.day, timeOfDay)
  }
  return undefined
}

function mayStart(word: string): boolean {
  return /^\d/.test(word) || starters.has(word.endsWith('.') ? word.slice(0, -1) : word)
}

/** A date given beside the text: `YYYY-MM-DD`, alone or with a time of day, and nothing else. */
export function readGivenDate(text: string, now: LocalDateTime): LocalDateTime | undefined {
  const given = text.trim()
  const day = parseLocalDate(given)
  return day === undefined ? parseLocalDateTime(given) : at(day, presentMinute(now))
}

function readDay(phrase: string, clues: DateClues, marked: boolean): Day | undefined {
  const today = dayOf(clues.now)
  const named = namedDays.get(phrase)
  if (named !== undefined) {
    const day = shift(today, named.days)
    if (day === undefined) return undefined
    return named.timeOfDay === undefined ? { day } : { day, timeOfDay: named.timeOfDay }
  }
  const on = phrase.startsWith('on ')
  const rest = on ? phrase.slice(3) : phrase
  const day =
    (on ? undefined : readAgo(phrase, today)) ??
    (on ? undefined : readLastWeekday(phrase, today)) ??
    readWeekday(rest, today, on || marked) ??
    parseLocalDate(rest) ??
    readSlashes(rest, clues) ??
    readMonthName(rest, today)
  return day === undefined ? undefined : { day }
}

function readAgo(phrase: string, today: LocalDate): LocalDate | undefined {
  const [, count, unit] = /^(\d{1,5}|an?) (day|week)s? ago$/.exec(phrase) ?? []
  if (count === undefined) return undefined
  return shift(today, -(count.startsWith('a') ? 1 : Number(count)) * (unit === 'week' ? 7 : 1))
}

function readWeekday(name: string, today: LocalDate, short: boolean): LocalDate | undefined {
  const weekday = weekdayNumbers.get(name) ?? (short ? shortWeekdayNumbers.get(name) : undefined)
  return weekday === undefined ? undefined : shift(today, -((weekdayOf(today) - weekday + 7) % 7))
}

function readLastWeekday(phrase: string, today: LocalDate): LocalDate | undefined {
  if (!phrase.startsWith('last ')) return undefined
  const yesterday = shift(today, -1)
  return yesterday === undefined ? undefined : readWeekday(phrase.slice(5), yesterday, true)
}

function readSlashes(text: string, clues: DateClues): LocalDate | undefined {
  const [, first, second, year] = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{2}|\d{4}))?$/.exec(text) ?? []
  if (first === undefined || second === undefined) return undefined
  const [month, day] = clues.dateOrder === 'month-day' ? [first, second] : [second, first]
  const today = dayOf(clues.now)
  if (year === undefined) return latest(Number(month), Number(day), today)
  const full = year.length === 2 ? fullYear(Number(year), yearOf(today)) : Number(year)
  return makeDay(full, Number(month), Number(day))
}

function readMonthName(text: string, today: LocalDate): LocalDate | undefined {
  const first = /^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(text)
  const second = /^(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)\.?(?:,? (\d{4}))?$/.exec(text)
  const month = monthNumbers.get(first?.[1] ?? second?.[2] ?? '')
  if (month === undefined) return undefined
  const day = Number(first?.[2] ?? second?.[1])
  const year = first?.[3] ?? second?.[3]
  // Years have four digits here: in `2 oct 12 lunch` the 12 is what was paid.
  return year === undefined ? latest(month, day, today) : makeDay(Number(year), month, day)
}

/** The latest such day not after today, or undefined when the calendar has none. */
function latest(month: number, day: number, today: LocalDate): LocalDate | undefined {
  const thisYear = yearOf(today)
  for (let year = thisYear; year >= thisYear - maxYearsBack; year -= 1) {
    const found = makeDay(year, month, day)
    if (found !== undefined && found <= today) return found
  }
  return undefined
}

/** A year of two digits is in this century, unless that lies more than twenty years ahead. */
function fullYear(twoDigits: number, thisYear: number): number {
  const year = thisYear - (thisYear % 100) + twoDigits
  return year > thisYear + 20 ? year - 100 : year
}

function makeDay(year: number, month: number, day: number): LocalDate | undefined {
  if (year < 1) return undefined
  const two = (part: number) => String(part).padStart(2, '0')
  return parseLocalDate(`${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`)
}

function shift(day: LocalDate, days: number): LocalDate | undefined {
  try {
    return addDays(day, days)
  } catch (error) {
    // Before the year 0001 there is no day to answer; the phrase is then no date.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function yearOf(day: LocalDate): number {
  return Number(day.slice(0, 4))
}

function presentMinute(now: LocalDateTime): string {
  return `${now.slice(11, 16)}:00`
}
