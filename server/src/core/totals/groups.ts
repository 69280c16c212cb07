// Puts the sums of a store together into the groups that were asked for.

import { invalid } from '../errors.ts'
import type { Expense } from '../expenses/nouns.ts'
import type { Currency } from '../money.ts'
import type { Sum, SumKey } from '../ports.ts'
import {
  type ExpenseDimension,
  type ExpenseTotal,
  type GroupKey,
  type MoneyTotal,
  maxGroups,
  type TimeTotal,
} from './nouns.ts'
import { type Rate, worth } from './pricing.ts'

type KeyValue = number | string | boolean | null

/** A sum with the key of the group it belongs to. */
export type Keyed<D extends ExpenseDimension> = { readonly key: GroupKey<D>; readonly sum: Sum }

/** One total for each key, in ascending order of the keys. Throws `invalid` when there are more than `maxGroups`. */
export function grouped<D extends ExpenseDimension, T>(
  sums: readonly Keyed<D>[],
  by: readonly D[],
  total: (key: GroupKey<D>, sums: readonly Sum[]) => T,
): T[] {
  const groups = new Map<string, { key: GroupKey<D>; sums: Sum[] }>()
  for (const { key, sum } of sums) {
    const name = JSON.stringify(by.map((dimension) => key[dimension]))
    const group = groups.get(name)
    if (group === undefined) groups.set(name, { key, sums: [sum] })
    else group.sums.push(sum)
  }
  if (groups.size > maxGroups) throw tooManyGroups()
  return [...groups.values()]
    .sort((a, b) => compareKeys(a.key, b.key, by))
    .map((group) => total(group.key, group.sums))
}

/** The refusal of an answer that nobody could read. */
export function tooManyGroups() {
  const message = `This makes more than ${maxGroups} groups. Group by less, or take a shorter time.`
  return invalid('by', 'too_many', message)
}

/** Adds up sums of time. `rateOf` answers undefined for everything where rates are not to be seen. */
export function timeTotal(
  key: TimeTotal['key'],
  sums: readonly Sum[],
  rateOf: ((sum: Sum) => Rate | null) | undefined,
): TimeTotal {
  const all = addColumns(sums, 3)
  const money = createPurse()
  let unpriced = 0n
  for (const sum of rateOf === undefined ? [] : sums) {
    const rate = rateOf?.(sum) ?? null
    if (rate === null) unpriced += sum.amounts[0] ?? 0n
    else
      money.add(
        rate.currency,
        sum.amounts.map((seconds) => worth(seconds, rate)),
      )
  }
  return {
    key,
    count: countOf(sums),
    seconds: Number(all[0]),
    billableSeconds: Number(all[1]),
    billedSeconds: Number(all[2]),
    money: rateOf === undefined ? null : money.totals(),
    unpricedSeconds: rateOf === undefined ? null : Number(unpriced),
  }
}

/** Adds up sums of expenses. */
export function expenseTotal(
  key: ExpenseTotal['key'],
  sums: readonly Sum[],
  currencyOf: (sum: Sum) => Expense['currency'],
): ExpenseTotal {
  const money = createPurse()
  for (const sum of sums) money.add(currencyOf(sum), sum.amounts)
  return { key, count: countOf(sums), money: money.totals(), baseAmountMinor: addColumns(sums, 4)[3] ?? 0n }
}

function createPurse() {
  const byCurrency = new Map<Currency, MoneyTotal>()
  return {
    add(currency: Currency, [amount = 0n, billable = 0n, billed = 0n]: readonly bigint[]): void {
      const before = byCurrency.get(currency)
      byCurrency.set(currency, {
        currency,
        amountMinor: (before?.amountMinor ?? 0n) + amount,
        billableMinor: (before?.billableMinor ?? 0n) + billable,
        billedMinor: (before?.billedMinor ?? 0n) + billed,
      })
    },
    totals: (): MoneyTotal[] => [...byCurrency.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1)),
  }
}

function countOf(sums: readonly Sum[]): number {
  return sums.reduce((count, sum) => count + sum.count, 0)
}

function addColumns(sums: readonly Sum[], width: number): bigint[] {
  return Array.from({ length: width }, (_, i) =>
    sums.reduce((all, { amounts }) => all + (amounts[i] ?? 0n), 0n),
  )
}

function compareKeys<D extends ExpenseDimension>(a: GroupKey<D>, b: GroupKey<D>, by: readonly D[]): number {
  for (const dimension of by) {
    const [left, right] = [a[dimension] ?? null, b[dimension] ?? null] as [KeyValue, KeyValue]
    if (left === right) continue
    if (left === null) return 1
    if (right === null) return -1
    return left < right ? -1 : 1
  }
  return 0
}

/** The value of a flag or an id as a group shows it. */
export function shown(dimension: ExpenseDimension, value: SumKey): KeyValue {
  return dimension === 'billable' || dimension === 'billed' ? value === 1 : value
}
