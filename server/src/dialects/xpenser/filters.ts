// The query parameters of the expense list as a core filter.

import {
  fromLocalSeconds,
  type Instant,
  type LocalDate,
  type LocalDateTime,
  localSeconds,
  parseLocalDateTime,
} from '../../core/day.ts'
import { divide, scaleOf, unitsOf } from '../../core/decimal.ts'
import type { ExpenseFilter } from '../../core/expenses/verbs.ts'
import { type Currency, exponentOf } from '../../core/money.ts'
import type { Range } from '../../core/page.ts'
import { all, first, type Pairs } from '../../http/pairs.ts'
import { parseId } from './ids.ts'
import { hasTime, parseAmount, parseDate } from './wire.ts'

type Op = 'lt' | 'gt' | 'eq'

/** What is wrong with a filter: the words of a 400, or that the report cannot exist. */
export type FilterProblem = { readonly reason: string } | 'no such report'

// Beyond these there is nothing to compare with; arithmetic on them stays exact.
const edge = 2 ** 52
const firstSecond = localSeconds('0001-01-01T00:00:00' as LocalDateTime)
const lastSecond = localSeconds('9999-12-31T23:59:59' as LocalDateTime)

/** Parameters compared with an operator that stands beside them. */
const compared = ['amount', 'date', 'created', 'modified'] as const

/**
 * Reads the filters; all of them must hold. Without `report` the default report is meant, `*` means all.
 * Empty values count as not given. What cannot be read is a problem and never widens the answer.
 */
export function parseFilter(query: Pairs, currency: Currency): ExpenseFilter | FilterProblem {
  const filter: { -readonly [K in keyof ExpenseFilter]: ExpenseFilter[K] } = { sort: 'spentAt' }
  const report = first(query, 'report') || undefined
  if (report !== '*') {
    const id = report === undefined ? 'default' : parseId(report)
    if (id === undefined) return 'no such report'
    filter.reportId = id
  }
  const type = first(query, 'type')
  if (type) filter.categoryName = type
  const notes = first(query, 'notes')
  if (notes) filter.text = notes
  const tags = all(query, 'tags').filter((tag) => tag !== '')
  if (tags.length > 64) return { reason: 'too many tags' }
  if (tags.length > 0) filter.anyTagName = tags
  const status = first(query, 'status')
  if (status === 'all') filter.deleted = 'with'
  else if (status) return { reason: `status '${shown(status)}' is not all` }

  for (const name of compared) {
    const pairs = comparisons(query, name)
    if (pairs === undefined) return { reason: `${name}_op is lt or gt` }
    for (const [text, op] of pairs) {
      if (name === 'amount') {
        const range = amountRange(text, op, currency)
        if (range === undefined) return { reason: `amount '${shown(text)}' is no number` }
        filter.baseAmountMinor = both(filter.baseAmountMinor, range)
        continue
      }
      const date = parseDate(text)
      if (date === undefined) return { reason: `${name} '${shown(text)}' is no date` }
      const seconds = secondsRange(date, op)
      if (name === 'date') filter.spentAt = both(filter.spentAt, localRange(seconds))
      else if (name === 'created') filter.createdAt = both(filter.createdAt, instantRange(seconds))
      else filter.updatedAt = both(filter.updatedAt, instantRange(seconds))
    }
  }
  return filter
}

/** A value and its operator, paired in order when both are repeated. */
function comparisons(query: Pairs, name: string): [string, Op][] | undefined {
  const ops: Op[] = []
  for (const op of all(query, `${name}_op`)) {
    // Only the absence of an operator means equality; "eq" was none.
    if (op !== '' && op !== 'lt' && op !== 'gt') return undefined
    ops.push(op || 'eq')
  }
  return all(query, name).flatMap((value, i): [string, Op][] =>
    value === '' ? [] : [[value, ops[i] ?? 'eq']],
  )
}

/** As much of a wrong value as helps to find it. */
function shown(text: string): string {
  return text.slice(0, 40)
}

/** Amounts are whole minor units, so a bound between two of them moves to the nearer one inside. */
function amountRange(text: string, op: Op, currency: Currency): Range<bigint> | undefined {
  const amount = parseAmount(text)
  if (amount === undefined) return undefined
  const exponent = exponentOf(currency)
  const extra = Math.max(scaleOf(amount) - exponent, 0)
  const step = 10n ** BigInt(extra)
  const units = unitsOf(amount, exponent + extra)
  const floor = units < 0n ? divide(units, step, 'up') : divide(units, step, 'down')
  const exact = floor * step === units
  if (op === 'gt') return { from: clamp(floor + 1n) }
  if (op === 'lt') return { to: clamp(exact ? floor - 1n : floor) }
  return exact ? { from: clamp(floor), to: clamp(floor) } : { from: 1n, to: 0n }
}

function clamp(minor: bigint): bigint {
  const most = BigInt(edge)
  return minor > most ? most : minor < -most ? -most : minor
}

/** The whole seconds a comparison allows. A day without a time of day means all of it, or its start with an operator. */
function secondsRange(date: LocalDateTime | LocalDate, op: Op): Range<number> {
  const start = localSeconds(hasTime(date) ? date : (parseLocalDateTime(`${date} 00:00`) as LocalDateTime))
  if (op === 'gt') return { from: start + 1 }
  if (op === 'lt') return { to: start - 1 }
  return { from: start, to: hasTime(date) ? start : start + 86_399 }
}

function localRange({ from, to }: Range<number>): Range<LocalDateTime> {
  // Nothing was spent outside the years that can be written.
  if ((from ?? firstSecond) > lastSecond || (to ?? lastSecond) < firstSecond) {
    return { from: fromLocalSeconds(lastSecond), to: fromLocalSeconds(firstSecond) }
  }
  return {
    ...(from === undefined ? {} : { from: fromLocalSeconds(Math.max(from, firstSecond)) }),
    ...(to === undefined ? {} : { to: fromLocalSeconds(Math.min(to, lastSecond)) }),
  }
}

/** Fractions of a second are hidden, so they must not count in comparisons either. */
function instantRange({ from, to }: Range<number>): Range<Instant> {
  return {
    ...(from === undefined ? {} : { from: from * 1000 }),
    ...(to === undefined ? {} : { to: to * 1000 + 999 }),
  }
}

function both<T extends bigint | number | string>(a: Range<T> | undefined, b: Range<T>): Range<T> {
  const from = a?.from !== undefined && (b.from === undefined || a.from > b.from) ? a.from : b.from
  const to = a?.to !== undefined && (b.to === undefined || a.to < b.to) ? a.to : b.to
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}
