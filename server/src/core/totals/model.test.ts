// Totals of random filters and groupings against a plain evaluation of the same entries, on both engines.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { createTestBook, forEachEngine, noon, type TestBook } from '../../../test/harness.ts'
import { type LocalDateTime, localOf, type TimeZone, timeZone } from '../day.ts'
import { type Decimal, decimal } from '../decimal.ts'
import type { Expense } from '../expenses/nouns.ts'
import { currency } from '../money.ts'
import type { Range } from '../page.ts'
import { fold } from '../text.ts'
import type { TimeEntry } from '../time/nouns.ts'
import { expenseDimensions, type MoneyTotal, timeDimensions } from './nouns.ts'
import { worth } from './pricing.ts'

const zones = ['Australia/Lord_Howe', 'Europe/Amsterdam', 'Asia/Kathmandu', 'America/New_York'].map(timeZone)
const small = fc.integer({ min: 1, max: 3 })
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null })

// Around both changes of the clock on Lord Howe and in Europe, and around New Year.
const moments = [
  '2025-10-04T15:30:00Z',
  '2025-10-26T01:00:00Z',
  '2025-12-31T13:00:00Z',
  '2026-03-29T01:00:00Z',
  '2026-04-04T15:00:00Z',
]
const instant = fc
  .tuple(fc.constantFrom(...moments), fc.integer({ min: -2 * 86_400, max: 2 * 86_400 }))
  .map(([moment, seconds]) => Date.parse(moment) + seconds * 1000)
const local = instant.map((at) => localOf(at, timeZone('UTC')))

const shared = {
  personId: small,
  clientId: orNull(small),
  projectId: orNull(small),
  activityId: orNull(small),
  description: fc.constantFrom('Lunch', 'Ärger 100%', 'taxi'),
  billable: fc.boolean(),
  billed: fc.boolean(),
  invoiceId: fc.constant(null),
  invoiceLineId: fc.constant(null),
  tagIds: fc.uniqueArray(small, { maxLength: 2 }),
  deletedAt: fc.oneof(
    { weight: 8, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(noon) },
  ),
  organization: fc.constantFrom('a' as const, 'a' as const, 'a' as const, 'b' as const),
}

const someEntry = fc.record({
  ...shared,
  startedAt: instant,
  seconds: orNull(fc.integer({ min: 0, max: 100_000 })),
  hourlyRate: fc.constantFrom(null, null, decimal('85.50'), decimal('0.333')),
  fixedRate: fc.constant(null),
})
const someExpense = fc.record({
  ...shared,
  spentAt: local,
  reportId: small,
  categoryId: small,
  currency: fc.constantFrom('EUR', 'USD', 'JPY').map(currency),
  amountMinor: fc.oneof(fc.bigInt(-100_000n, 100_000n), fc.constantFrom(10n ** 15n, -(10n ** 15n))),
  baseAmountMinor: fc.bigInt(-100_000n, 100_000n),
})

const kept = { revision: 1, createdAt: noon, updatedAt: noon }

function entryOf(
  book: TestBook,
  id: number,
  made: typeof someEntry extends fc.Arbitrary<infer T> ? T : never,
): TimeEntry {
  const { organization, seconds, ...fields } = made
  return {
    ...{
      ...kept,
      id,
      organizationId: book.organizations[organization],
      ...fields,
      timed: true,
      breakSeconds: 0,
    },
    ...{ timeZone: timeZone('UTC'), durationSeconds: seconds },
    endedAt: seconds === null ? null : fields.startedAt + seconds * 1000,
  }
}

function expenseOf(
  book: TestBook,
  id: number,
  made: typeof someExpense extends fc.Arbitrary<infer T> ? T : never,
): Expense {
  const { organization, ...fields } = made
  return {
    ...{
      ...kept,
      id,
      organizationId: book.organizations[organization],
      ...fields,
      timeZone: timeZone('UTC'),
    },
    ...{ quantity: decimal('1'), unit: null, unitPrice: decimal('1'), amount: decimal('1') },
    ...{ exchangeRate: null, exchangeSource: '', exchangeOn: null },
  }
}

const ids = fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 3 })
const filterOf = {
  personId: small,
  clientIds: ids,
  projectIds: ids,
  activityIds: ids,
  text: fc.constantFrom('lunch', 'ÄRGER', '%', 'nothing'),
  billed: fc.boolean(),
  billable: fc.boolean(),
}
const rangeOf = <T>(values: fc.Arbitrary<T>) =>
  fc.tuple(values, values, fc.constantFrom('from', 'to', 'both')).map(([a, b, ends]): Range<T> => {
    const [from, to] = a < b ? [a, b] : [b, a]
    return ends === 'from' ? { from } : ends === 'to' ? { to } : { from, to }
  })
/** At most two conditions: more leave next to nothing to total. */
function someOf<T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  const kept = fc.subarray(Object.keys(fields), { maxLength: 2 })
  return fc
    .tuple(fc.record(fields), kept)
    .map(([all, names]) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))),
    ) as never
}
const timeFilter = someOf({ ...filterOf, running: fc.boolean(), startedAt: rangeOf(instant) })
const expenseFilter = someOf({ ...filterOf, spentAt: rangeOf(local) })

type Row = TimeEntry | Expense

/** The name of the period that a wall-clock time is in, worked out without a calendar of cuts. */
function periodOf(period: string, at: LocalDateTime): string {
  const day = at.slice(0, 10)
  const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))]
  if (period === 'day') return day
  if (period === 'month') return day.slice(0, 7)
  if (period === 'quarter') return `${year}-Q${Math.floor((month + 2) / 3)}`
  if (period === 'year') return year
  // A week is that of its Thursday.
  const noonOf = Date.parse(`${day}T12:00:00Z`)
  const thursday = new Date(noonOf + (4 - (new Date(noonOf).getUTCDay() || 7)) * 86_400_000)
  const firstOfYear = Date.parse(`${thursday.getUTCFullYear()}-01-01T12:00:00Z`)
  const week = Math.floor((thursday.getTime() - firstOfYear) / (7 * 86_400_000)) + 1
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`
}

/** The keys that a row counts under: one, or with tags one for each. */
function keysOf(row: Row, by: readonly string[], at: LocalDateTime): Record<string, unknown>[] {
  const tags: (number | null)[] = by.includes('tag') && row.tagIds.length > 0 ? [...row.tagIds] : [null]
  return tags.map((tag) =>
    Object.fromEntries(
      by.map((dimension) => {
        if (dimension === 'tag') return [dimension, tag]
        if (['day', 'week', 'month', 'quarter', 'year'].includes(dimension))
          return [dimension, periodOf(dimension, at)]
        const plain = row as unknown as Record<string, unknown>
        return [dimension, plain[dimension in plain ? dimension : `${dimension}Id`]]
      }),
    ),
  )
}

function matches(row: Row, filter: Record<string, unknown>): boolean {
  const asked = filter as { personId?: number; text?: string; billed?: boolean; billable?: boolean } & Record<
    string,
    number[]
  >
  const among = (wanted: number[] | undefined, id: number | null) =>
    wanted === undefined || wanted.includes(id ?? -1)
  const { from, to } = (filter.startedAt ?? filter.spentAt ?? {}) as Range<number | string>
  const at = 'startedAt' in row ? row.startedAt : row.spentAt
  return (
    row.deletedAt === null &&
    (asked.personId === undefined || asked.personId === row.personId) &&
    (asked.billed === undefined || asked.billed === row.billed) &&
    (asked.billable === undefined || asked.billable === row.billable) &&
    among(asked.clientIds, row.clientId) &&
    among(asked.projectIds, row.projectId) &&
    among(asked.activityIds, row.activityId) &&
    (asked.text === undefined || fold(row.description).includes(fold(asked.text))) &&
    (from === undefined || at >= from) &&
    (to === undefined || at <= to)
  )
}

/** Rows under the keys they count for, in ascending order of the keys. */
function gather<T extends Row>(
  rows: readonly T[],
  by: readonly string[],
  localAt: (row: T) => LocalDateTime,
) {
  const groups = new Map<string, { key: Record<string, unknown>; rows: T[] }>()
  for (const row of rows) {
    for (const key of keysOf(row, by, localAt(row))) {
      const name = JSON.stringify(key)
      const group = groups.get(name) ?? { key, rows: [] }
      group.rows.push(row)
      groups.set(name, group)
    }
  }
  const rank = (value: unknown) =>
    (value === null ? [1, 0] : [0, value]) as [number, number | string | boolean]
  return [...groups.values()].sort((a, b) => {
    for (const dimension of by) {
      const [[nullA, valueA], [nullB, valueB]] = [rank(a.key[dimension]), rank(b.key[dimension])]
      if (nullA !== nullB) return nullA - nullB
      if (valueA !== valueB) return valueA < valueB ? -1 : 1
    }
    return 0
  })
}

const total = <T>(rows: readonly T[], pick: (row: T) => bigint) =>
  rows.reduce((sum, row) => sum + pick(row), 0n)

/** Time by rate, each priced once: what a sum of one rate is worth. */
function timeOf(rows: readonly TimeEntry[]) {
  const seconds = (some: readonly TimeEntry[]) => total(some, (row) => BigInt(row.durationSeconds ?? 0))
  const money = { amountMinor: 0n, billableMinor: 0n, billedMinor: 0n }
  const rates = new Set(rows.flatMap((row) => (row.hourlyRate === null ? [] : [row.hourlyRate as Decimal])))
  for (const perHour of rates) {
    const some = rows.filter((row) => row.hourlyRate === perHour)
    const rate = { perHour, currency: currency('EUR') }
    money.amountMinor += worth(seconds(some), rate)
    money.billableMinor += worth(seconds(some.filter(({ billable }) => billable)), rate)
    money.billedMinor += worth(seconds(some.filter(({ billed }) => billed)), rate)
  }
  return {
    count: rows.length,
    seconds: Number(seconds(rows)),
    billableSeconds: Number(seconds(rows.filter(({ billable }) => billable))),
    billedSeconds: Number(seconds(rows.filter(({ billed }) => billed))),
    money: rates.size === 0 ? [] : [{ currency: currency('EUR'), ...money }],
    unpricedSeconds: Number(seconds(rows.filter(({ hourlyRate }) => hourlyRate === null))),
  }
}

function moneyOf(rows: readonly Expense[]) {
  const codes = [...new Set(rows.map((row) => row.currency))].sort()
  const money = codes.map((code): MoneyTotal => {
    const some = rows.filter((row) => row.currency === code)
    return {
      currency: code,
      amountMinor: total(some, (row) => row.amountMinor),
      billableMinor: total(some, (row) => (row.billable ? row.amountMinor : 0n)),
      billedMinor: total(some, (row) => (row.billed ? row.amountMinor : 0n)),
    }
  })
  return { count: rows.length, money, baseAmountMinor: total(rows, (row) => row.baseAmountMinor) }
}

forEachEngine('Totals equal a plain evaluation', (engine) => {
  let book: TestBook
  let entries: TimeEntry[]
  let expenses: Expense[]

  before(async () => {
    book = await createTestBook(engine)
    const random = { seed: 2026 }
    entries = fc.sample(someEntry, { ...random, numRuns: 400 }).map((made, i) => entryOf(book, i + 1, made))
    expenses = fc
      .sample(someExpense, { ...random, numRuns: 400 })
      .map((made, i) => expenseOf(book, i + 1, made))
    await book.store.write(null, async (tx) => {
      for (const entry of entries) await tx.insert('time_entry', entry)
      for (const expense of expenses) await tx.insert('expense', expense)
    })
  })

  const own = <T extends Row>(rows: readonly T[]) =>
    rows.filter(({ organizationId }) => organizationId === book.organizations.a)

  test('of time, in zones with half hours', async () => {
    let told = 0
    const by = fc.subarray([...timeDimensions], { maxLength: 3 })
    const property = fc.asyncProperty(
      timeFilter,
      by,
      fc.constantFrom<TimeZone>(...zones),
      async (filter, dimensions, zone) => {
        const { running, ...asked } = filter
        const found = own(entries).filter((row) => matches(row, asked))
        const finished = running === true ? [] : found.filter((row) => row.endedAt !== null)
        if (finished.length > 0) told += 1
        const groups = gather(finished, dimensions, (row) => localOf(row.startedAt, zone))
        const answer = await book.core.totals.time(book.actorOf('owner'), { filter, by: dimensions, zone })
        assert.deepEqual(answer, {
          groups: groups.map(({ key, rows }) => ({ key, ...timeOf(rows) })),
          whole: wholeOfTime(finished, groups, dimensions),
          running: running === false ? 0 : found.length - found.filter((row) => row.endedAt !== null).length,
          zone,
        })
      },
    )
    await fc.assert(property, { numRuns: 150 })
    assert.ok(told > 75, 'Most filters must leave something to total.')
  })

  // The whole is priced group by group, as its groups are; with tags once for each rate.
  function wholeOfTime(rows: TimeEntry[], groups: { rows: TimeEntry[] }[], by: readonly string[]) {
    const whole = { key: {}, ...timeOf(rows) }
    if (by.includes('tag')) return whole
    const sum = (pick: (money: MoneyTotal) => bigint) =>
      total(groups, (group) => total(timeOf(group.rows).money, pick))
    return {
      ...whole,
      money: whole.money.map((money) => ({
        ...money,
        amountMinor: sum(({ amountMinor }) => amountMinor),
        billableMinor: sum(({ billableMinor }) => billableMinor),
        billedMinor: sum(({ billedMinor }) => billedMinor),
      })),
    }
  }

  test('of expenses, amounts beyond 53 bits among them', async () => {
    const by = fc.subarray([...expenseDimensions], { maxLength: 3 })
    const property = fc.asyncProperty(expenseFilter, by, async (filter, dimensions) => {
      const found = own(expenses).filter((row) => matches(row, filter))
      const groups = gather(found, dimensions, (row) => row.spentAt)
      const answer = await book.core.totals.expenses(book.actorOf('owner'), { filter, by: dimensions })
      assert.deepEqual(answer, {
        groups: groups.map(({ key, rows }) => ({ key, ...moneyOf(rows) })),
        whole: { key: {}, ...moneyOf(found) },
      })
    })
    await fc.assert(property, { numRuns: 150 })
  })
})
