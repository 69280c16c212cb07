// Puts the sums of a store together into the groups that were asked for.

import { invalid } from '../errors.ts'
import type { Expense } from '../expenses/nouns.ts'
import type { Currency } from '../money.ts'
import type { Sum } from '../ports.ts'
import {
  type ExpenseDimension,
  type ExpenseTotal,
  type GroupKey,
  type MoneyTotal,
  maxGroups,
  type TimeTotal,
} from './nouns.ts'
import { type Rate, worth } from './pricing.ts'

export type KeyValue = number | string | boolean | null

/** For each dimension, in their order, what a sum has of it. */
export type KeyReaders = readonly ((sum: Sum) => KeyValue)[]

/** One total for each key, in ascending order of the keys. Throws `invalid` when there are more than `maxGroups`. */
export function grouped<D extends ExpenseDimension, T>(
  sums: readonly Sum[],
  by: readonly D[],
  readers: KeyReaders,
  total: (key: GroupKey<D>, sums: readonly Sum[]) => T,
): T[] {
  const groups = new Map<string, { key: readonly KeyValue[]; sums: Sum[] }>()
  for (const sum of sums) {
    // Each dimension has values of one type, and no text among them is like null.
    let name = ''
    for (const read of readers) name += `${read(sum)}\n`
    const group = groups.get(name)
    if (group === undefined) groups.set(name, { key: readers.map((read) => read(sum)), sums: [sum] })
    else group.sums.push(sum)
  }
  if (groups.size > maxGroups) throw tooManyGroups()
  return [...groups.values()]
    .sort((a, b) => compareKeys(a.key, b.key))
    .map((group) => {
      const named: { [K in ExpenseDimension]?: KeyValue } = {}
      for (let i = 0; i < by.length; i += 1) named[by[i] as D] = group.key[i] ?? null
      return total(named as GroupKey<D>, group.sums)
    })
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
    seconds: Number(amountOf(sums, 0)),
    billableSeconds: Number(amountOf(sums, 1)),
    billedSeconds: Number(amountOf(sums, 2)),
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
  return { key, count: countOf(sums), money: money.totals(), baseAmountMinor: amountOf(sums, 3) }
}

function createPurse() {
  type Mutable = { -readonly [K in keyof MoneyTotal]: MoneyTotal[K] }
  const byCurrency = new Map<Currency, Mutable>()
  return {
    add(currency: Currency, [amount = 0n, billable = 0n, billed = 0n]: readonly bigint[]): void {
      const money = byCurrency.get(currency)
      if (money === undefined) {
        const first = { currency, amountMinor: amount, billableMinor: billable, billedMinor: billed }
        byCurrency.set(currency, first)
        return
      }
      money.amountMinor += amount
      money.billableMinor += billable
      money.billedMinor += billed
    },
    totals: (): MoneyTotal[] => [...byCurrency.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1)),
  }
}

function countOf(sums: readonly Sum[]): number {
  let count = 0
  for (const sum of sums) count += sum.count
  return count
}

function amountOf(sums: readonly Sum[], column: number): bigint {
  let amount = 0n
  for (const { amounts } of sums) amount += amounts[column] ?? 0n
  return amount
}

function compareKeys(a: readonly KeyValue[], b: readonly KeyValue[]): number {
  for (let i = 0; i < a.length; i += 1) {
    const left = a[i] ?? null
    const right = b[i] ?? null
    if (left === right) continue
    if (left === null) return 1
    if (right === null) return -1
    return left < right ? -1 : 1
  }
  return 0
}
