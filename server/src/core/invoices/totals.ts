// What an invoice comes to: lines, discount, taxes, total. Pure; every amount in minor units of one currency.

import { type Decimal, divide, scaleOf, unitsOf } from '../decimal.ts'
import type { InvoiceTax } from './nouns.ts'

/** What the totals need of a line: its rounded amount and the places of its taxes. */
export type Charged = { readonly amountMinor: bigint; readonly taxes: readonly number[] }

export type InvoiceTotals = {
  readonly subtotalMinor: bigint
  readonly discountMinor: bigint
  /** One for each tax, as exact text. */
  readonly taxAmounts: readonly string[]
  readonly totalMinor: bigint
}

// An exact fraction; the denominator is positive.
type Ratio = { readonly n: bigint; readonly d: bigint }

const zero: Ratio = { n: 0n, d: 1n }
const one: Ratio = { n: 1n, d: 1n }

/**
 * Adds up an invoice. The lines are rounded already; the discount and each tax are computed exactly over all lines that
 * bear them and rounded once, half away from zero. With `pricesIncludeTax` the total is what the lines say, and the taxes
 * are the part of it that they are.
 */
export function totalsOf(
  lines: readonly Charged[],
  { taxes, discountPercent, pricesIncludeTax }: InvoiceTerms,
): InvoiceTotals {
  const subtotalMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0n)
  const off = percentage(discountPercent)
  const discountMinor = rounded(times({ n: subtotalMinor, d: 1n }, off))
  const left = minus(one, off)
  const sums = taxes.map(() => zero)
  for (const [places, amountMinor] of grouped(lines)) {
    const shares = sharesOf(places, taxes)
    const whole = pricesIncludeTax ? plus(one, sum(shares.map(([, share]) => share))) : one
    const base = over(times({ n: amountMinor, d: 1n }, left), whole)
    for (const [place, share] of shares) sums[place] = plus(sums[place] ?? zero, times(base, share))
  }
  const amounts = sums.map(rounded)
  const added = pricesIncludeTax ? 0n : amounts.reduce((total, amount) => total + amount, 0n)
  return {
    subtotalMinor,
    discountMinor,
    taxAmounts: amounts.map(String),
    totalMinor: subtotalMinor - discountMinor + added,
  }
}

export type InvoiceTerms = {
  readonly taxes: readonly InvoiceTax[]
  readonly discountPercent: Decimal
  readonly pricesIncludeTax: boolean
}

/** The amounts of lines that bear the same taxes, together. */
function grouped(lines: readonly Charged[]): [readonly number[], bigint][] {
  const groups = new Map<string, [readonly number[], bigint]>()
  for (const { amountMinor, taxes } of lines) {
    const places = [...new Set(taxes)].sort((a, b) => a - b)
    const key = places.join()
    groups.set(key, [places, (groups.get(key)?.[1] ?? 0n) + amountMinor])
  }
  return [...groups.values()]
}

/** What part of the net each tax is; a compound one is also taken on those before it. */
function sharesOf(places: readonly number[], taxes: readonly InvoiceTax[]): [number, Ratio][] {
  const shares: [number, Ratio][] = []
  for (const place of places) {
    const tax = taxes[place]
    if (tax === undefined) continue
    const before = tax.compound ? plus(one, sum(shares.map(([, share]) => share))) : one
    shares.push([place, times(percentage(tax.percent), before)])
  }
  return shares
}

function percentage(percent: Decimal): Ratio {
  const scale = scaleOf(percent)
  return { n: unitsOf(percent, scale), d: 100n * 10n ** BigInt(scale) }
}

function plus(a: Ratio, b: Ratio): Ratio {
  return a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d }
}

function minus(a: Ratio, b: Ratio): Ratio {
  return plus(a, { n: -b.n, d: b.d })
}

function times(a: Ratio, b: Ratio): Ratio {
  return { n: a.n * b.n, d: a.d * b.d }
}

function over(a: Ratio, b: Ratio): Ratio {
  return b.n < 0n ? { n: -a.n * b.d, d: -a.d * b.n } : { n: a.n * b.d, d: a.d * b.n }
}

function sum(ratios: readonly Ratio[]): Ratio {
  return ratios.reduce(plus, zero)
}

function rounded({ n, d }: Ratio): bigint {
  return divide(n, d, 'half-away-from-zero')
}
