// From a filter and dimensions to keyed sums: what range is meant, how it is cut, and which fields are kept apart.

import {
  fromLocalSeconds,
  type Instant,
  type LocalDateTime,
  localOf,
  localSeconds,
  type TimeZone,
} from '../day.ts'
import { invalid } from '../errors.ts'
import type { Range } from '../page.ts'
import type { Sum, SumField, SumKey, SummedNoun, SumReader, SumRequest } from '../ports.ts'
import type { Queries } from '../queries.ts'
import { cut } from './calendar.ts'
import { type KeyReaders, type KeyValue, tooManyGroups } from './groups.ts'
import {
  type ExpenseDimension,
  maxCalendarYears,
  maxDimensions,
  maxGroups,
  type Period,
  periods,
} from './nouns.ts'

/** Sums at most: a group has one for each rate or currency, which in most books is one or two. */
const maxSums = 2 * maxGroups

/** The numbers that entries are dated by, and the days they fall on. */
export type Axis = {
  /** The filter's field, for refusals. */
  readonly field: 'startedAt' | 'spentAt'
  readonly dayOf: (value: number) => Temporal.PlainDate
  /** Numbers outside of these are on no day. */
  readonly earliest: number
  readonly latest: number
  /** The first number of the day. */
  readonly startOf: (day: Temporal.PlainDate) => number
}

/** Instants, with the days of a zone. */
export function instants(zone: TimeZone): Axis {
  return {
    field: 'startedAt',
    earliest: Date.parse('0001-01-02T00:00:00Z'),
    latest: Date.parse('9999-12-30T00:00:00Z'),
    dayOf: (at: Instant) => Temporal.PlainDate.from(localOf(at, zone)),
    startOf: (day) => day.toZonedDateTime(zone).epochMilliseconds,
  }
}

/** Wall-clock times as sortable seconds. Their days are the same in every zone. */
export const wallClock: Axis = {
  field: 'spentAt',
  earliest: localSeconds('0001-01-01T00:00:00' as LocalDateTime),
  latest: localSeconds('9999-12-31T23:59:59' as LocalDateTime),
  dayOf: (seconds) => Temporal.PlainDate.from(fromLocalSeconds(seconds)),
  startOf: (day) => day.toZonedDateTime('UTC').epochMilliseconds / 1000,
}

/** The range of wall-clock times as numbers. */
export function inSeconds({ from, to }: Range<LocalDateTime>): Range<number> {
  return {
    ...(from === undefined ? {} : { from: localSeconds(from) }),
    ...(to === undefined ? {} : { to: localSeconds(to) }),
  }
}

export type Wanted<N extends SummedNoun, D extends ExpenseDimension> = {
  readonly noun: N
  readonly query: Queries[N]
  readonly range: Range<number>
  readonly axis: Axis
  readonly by: readonly D[]
  readonly apart: readonly SumField<N>[]
}

/** Sums, and how to read them. */
export type Collected<N extends SummedNoun> = {
  readonly sums: readonly Sum[]
  readonly readers: KeyReaders
  /** The value of a field that keeps sums apart; null of any other. */
  readonly valueIn: (sum: Sum, field: SumField<N>) => SumKey
}

/**
 * Asks the store. Throws `invalid` when the calendar would reach over more than `maxCalendarYears`, and when there are
 * too many sums.
 */
export async function collect<N extends SummedNoun, D extends ExpenseDimension>(
  from: SumReader,
  { noun, query, range, axis, by, apart }: Wanted<N, D>,
): Promise<Collected<N>> {
  const calendar: Period[] = (by as readonly string[]).filter(isPeriod)
  const own = by.flatMap((dimension) => (isPeriod(dimension) ? [] : [fieldFor<N>(dimension)]))
  const fields = [...new Set([...own, ...apart])]
  const valueIn = (sum: Sum, field: SumField<N>) => sum.keys[fields.indexOf(field)] ?? null
  const reached = await reach(from, noun, query, range, axis)
  if (reached === undefined) return { sums: [], readers: [], valueIn }
  const firstDay = axis.dayOf(reached.first)
  if (calendar.length > 0) checkYears(axis, firstDay, axis.dayOf(reached.last))
  const stretch = { from: reached.first, end: reached.last + 1, firstDay, startOf: axis.startOf }
  const { bounds, names } = cut(stretch, calendar)
  const sums = await from.of(noun, { query: withoutRange(query), by: fields, bounds, limit: maxSums })
  if (sums.length > maxSums) throw tooManyGroups()
  const readers = by.map((dimension): ((sum: Sum) => KeyValue) => {
    if (isPeriod(dimension)) {
      const at = calendar.indexOf(dimension)
      return ({ piece }) => names[piece]?.[at] ?? null
    }
    const at = fields.indexOf(fieldFor<N>(dimension))
    const isFlag = dimension === 'billable' || dimension === 'billed'
    return ({ keys }) => (isFlag ? keys[at] === 1 : (keys[at] ?? null))
  })
  return { sums, readers, valueIn }
}

/** The dimensions without doubles. Throws `invalid` for an unknown one, and for more than `maxDimensions`. */
export function checkDimensions<D extends string>(by: readonly D[], known: readonly D[]): D[] {
  if (by.some((dimension) => !known.includes(dimension))) {
    throw invalid('by', 'unknown_value', `Totals are grouped by ${known.join(', ')}.`)
  }
  const wanted = [...new Set(by)]
  if (wanted.length > maxDimensions) {
    throw invalid('by', 'too_many', `Totals are grouped by at most ${maxDimensions} of these.`)
  }
  return wanted
}

const fieldOf: { readonly [D in Exclude<ExpenseDimension, Period>]: SumField<'time_entry' | 'expense'> } = {
  client: 'clientId',
  project: 'projectId',
  activity: 'activityId',
  person: 'personId',
  tag: 'tagId',
  billable: 'billable',
  billed: 'billed',
  category: 'categoryId',
  currency: 'currency',
  report: 'reportId',
}

function fieldFor<N extends SummedNoun>(dimension: ExpenseDimension): SumField<N> {
  return fieldOf[dimension as Exclude<ExpenseDimension, Period>] as SumField<N>
}

function isPeriod<D extends string>(dimension: D): dimension is D & Period {
  return (periods as readonly string[]).includes(dimension)
}

/** From the first to the last number that is meant; an open end is where the entries end. Undefined: nothing is. */
async function reach<N extends SummedNoun>(
  from: SumReader,
  noun: N,
  query: Queries[N],
  range: Range<number>,
  axis: Axis,
): Promise<{ first: number; last: number } | undefined> {
  const { from: first, to: last } = range
  if (Number.isNaN(first) || Number.isNaN(last)) throw invalid(axis.field, 'range', 'This is no time.')
  if (first === undefined || last === undefined || first < axis.earliest || last > axis.latest) {
    return from.ends(noun, query)
  }
  return first > last ? undefined : { first: Math.ceil(first), last: Math.floor(last) }
}

function checkYears({ field }: Axis, firstDay: Temporal.PlainDate, lastDay: Temporal.PlainDate): void {
  const end = firstDay.add({ years: maxCalendarYears })
  if (Temporal.PlainDate.compare(lastDay, end) < 0) return
  const message = `Grouped by the calendar, totals reach over at most ${maxCalendarYears} years.`
  throw invalid(field, 'range', `${message} Ask for a shorter time.`)
}

// The bounds stand for the range, and a page of totals is all of them. Tombstones count nowhere.
function withoutRange<N extends SummedNoun>(query: Queries[N]): SumRequest<N>['query'] {
  const {
    startedAt: _,
    spentAt: __,
    ...rest
  } = query as Queries[N] & { readonly startedAt?: unknown; readonly spentAt?: unknown }
  return rest as SumRequest<N>['query']
}
