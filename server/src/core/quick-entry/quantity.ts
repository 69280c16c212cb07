// Finding what an expense is measured by: every money, distance, duration or bare number among the words,
// and which of them counts.

import { addDecimals, type Decimal, fromUnits, scaleOf, unitsOf } from '../decimal.ts'
import type { Currency } from '../money.ts'
import { type Meant, type Priced, type PriceList, price } from './amounts.ts'
import { readCurrencyName } from './money-words.ts'
import { readNumber } from './numbers.ts'
import { dropEnding, type Item } from './split.ts'
import { minutesOf, readCompactMinutes, readUnit } from './units.ts'

/** The quantity of a line: the items from `from` up to, not including, `to`. */
export type Quantity = { readonly from: number; readonly to: number; readonly priced: Priced }

// Lower wins: a currency is the surest sign, then cents, then a unit; any other number may be a room or a date.
type Rank = 1 | 2 | 3 | 4

type Candidate = { readonly rank: Rank; readonly length: number; readonly meant: Meant }

// A number with what touches it: `EUR120` has `EUR` before, `35km` has `km` after.
type Cluster = { readonly before: string; readonly value: Decimal; readonly after: string }

/**
 * The candidate of the lowest rank, within a rank the leftmost. Sums beyond what money can hold are text.
 * A number that has a unit or currency beside it is no bare number.
 */
export function findQuantity(items: readonly Item[], prices: PriceList): Quantity | undefined {
  let best: (Quantity & { readonly rank: Rank }) | undefined
  let from = 0
  while (from < items.length) {
    const candidate = candidateAt(items, from, prices.currency)
    const to = from + (candidate?.length ?? 1)
    if (candidate !== undefined && (best === undefined || candidate.rank < best.rank)) {
      const priced = price(candidate.meant, prices)
      if (priced !== undefined) best = { from, to, priced, rank: candidate.rank }
    }
    from = to
  }
  return best
}

function candidateAt(items: readonly Item[], from: number, own: Currency): Candidate | undefined {
  const [first, second, third, fourth] = [0, 1, 2, 3].map((offset) => wordAt(items, from + offset))
  if (first === undefined) return undefined
  return (
    twoDurations(first, second, third, fourth) ??
    (second === undefined ? undefined : twoWords(first, second, own)) ??
    oneWord(dropEnding(first), own)
  )
}

function oneWord(word: string, own: Currency): Candidate | undefined {
  const minutes = readCompactMinutes(word.toLowerCase())
  if (minutes !== undefined) return { rank: 3, length: 1, meant: { kind: 'duration', minutes } }
  const cluster = readCluster(word)
  if (cluster === undefined) return undefined
  const { before, value, after } = cluster
  if (before === '' && after === '') {
    const meant: Meant = { kind: 'money', currency: own, value }
    return { rank: scaleOf(value) === 2 ? 2 : 4, length: 1, meant }
  }
  if (before !== '' && after !== '') return undefined
  if (before !== '') return asMoney(value, readCurrencyName(before, 'before', own), 1)
  return withUnit(value, after, own, 1)
}

function twoWords(first: string, second: string, own: Currency): Candidate | undefined {
  const value = readNumber(first)
  if (value !== undefined) return withUnit(value, dropEnding(second), own, 2)
  const amount = readNumber(dropEnding(second))
  if (amount === undefined) return undefined
  const negative = first.startsWith('-')
  const code = readCurrencyName(negative ? first.slice(1) : first, 'before', own)
  return asMoney(negative ? negate(amount) : amount, code, 2)
}

/** Hours and then minutes, each in one word or two: `1h 30m`, `1 hour 30 min`. */
function twoDurations(...words: readonly (string | undefined)[]): Candidate | undefined {
  const hours = durationPart(words, 0, 'hour')
  if (hours === undefined) return undefined
  const rest = durationPart(words, hours.length, 'minute')
  if (rest === undefined || rest.value.startsWith('-')) return undefined
  const minutes = addDecimals(hours.value, hours.value.startsWith('-') ? negate(rest.value) : rest.value)
  return { rank: 3, length: hours.length + rest.length, meant: { kind: 'duration', minutes } }
}

function durationPart(
  words: readonly (string | undefined)[],
  at: number,
  unit: 'hour' | 'minute',
): { readonly value: Decimal; readonly length: number } | undefined {
  const first = words[at]
  if (first === undefined) return undefined
  // After hours a lone `m` can only be minutes.
  const isUnit = (word: string) =>
    readUnit(word.toLowerCase()) === unit || (unit === 'minute' && word.toLowerCase() === 'm')
  const together = readCluster(dropEnding(first))
  if (together !== undefined && together.before === '' && isUnit(together.after)) {
    return { value: minutesOf(together.value, unit), length: 1 }
  }
  const value = readNumber(first)
  const next = words[at + 1]
  if (value === undefined || next === undefined || !isUnit(dropEnding(next))) return undefined
  return { value: minutesOf(value, unit), length: 2 }
}

function withUnit(value: Decimal, name: string, own: Currency, length: number): Candidate | undefined {
  const unit = readUnit(name.toLowerCase())
  if (unit === undefined) return asMoney(value, readCurrencyName(name, 'after', own), length)
  const meant: Meant =
    unit === 'minute' || unit === 'hour'
      ? { kind: 'duration', minutes: minutesOf(value, unit) }
      : { kind: 'distance', unit, value }
  return { rank: 3, length, meant }
}

function asMoney(value: Decimal, code: Currency | undefined, length: number): Candidate | undefined {
  return code === undefined ? undefined : { rank: 1, length, meant: { kind: 'money', currency: code, value } }
}

/** A number and the letters or signs touching it; a `-` may also stand before the sign, as in `-$5`. */
function readCluster(word: string): Cluster | undefined {
  const signed = /^-[^\d.]/.test(word)
  const body = signed ? word.slice(1) : word
  const before = /^[^\d.+-]*/.exec(body)?.[0] ?? ''
  let end = body.length
  while (end > before.length && !isDigit(body.charAt(end - 1))) end -= 1
  if (end === before.length || (signed && !/[\d.]/.test(body.charAt(before.length)))) return undefined
  let after = body.slice(end)
  // `1.2k€`: the `k` belongs to the number, unless it begins a unit such as `km`.
  const thousands = /^k/i.test(after) && readUnit(after.toLowerCase()) === undefined
  if (thousands) after = after.slice(1)
  const value = readNumber(body.slice(before.length, thousands ? end + 1 : end))
  return value === undefined ? undefined : { before, value: signed ? negate(value) : value, after }
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9'
}

function negate(value: Decimal): Decimal {
  return fromUnits(-unitsOf(value, scaleOf(value)), scaleOf(value))
}

function wordAt(items: readonly Item[], at: number): string | undefined {
  const item = items[at]
  return item?.kind === 'word' ? item.text : undefined
}
