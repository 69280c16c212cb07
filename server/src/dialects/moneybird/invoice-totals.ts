// What lines and taxes of an invoice come to, as Moneybird shows them beside the totals that the book keeps.

import { divide, scaleOf, unitsOf } from '../../core/decimal.ts'
import type { Invoice, InvoiceLine } from '../../core/invoices/nouns.ts'

type Terms = Pick<Invoice, 'taxes' | 'discountPercent' | 'pricesIncludeTax'>

/** An exact part of something: `n / d`. */
type Ratio = { readonly n: bigint; readonly d: bigint }

/**
 * What a line comes to without tax and with the invoice's discount, in minor units, rounded once, half away from zero.
 * Prices with tax have all of the line's taxes taken out; a compound one counts as taken on the net, as it is rarely met.
 */
export function netOf(
  { amountMinor, taxes: places }: Pick<InvoiceLine, 'amountMinor' | 'taxes'>,
  { taxes, discountPercent, pricesIncludeTax }: Terms,
): bigint {
  const off = percent(discountPercent)
  const kept = { n: off.d - off.n, d: off.d }
  const whole = pricesIncludeTax
    ? places.reduce<Ratio>((sum, place) => plus(sum, percent(taxes[place]?.percent ?? '0')), { n: 1n, d: 1n })
    : { n: 1n, d: 1n }
  return divide(amountMinor * kept.n * whole.d, kept.d * whole.n, 'half-away-from-zero')
}

/** Each tax of an invoice that a line bears: what it is taken on, and what it comes to, in minor units. */
export function taxTotals(
  invoice: Terms & Pick<Invoice, 'taxAmounts'>,
  lines: readonly Pick<InvoiceLine, 'amountMinor' | 'taxes'>[],
): { readonly taxRateId: number | null; readonly taxableMinor: bigint; readonly taxMinor: bigint }[] {
  return invoice.taxes.flatMap(({ taxRateId }, place) => {
    const bearing = lines.filter((line) => line.taxes.includes(place))
    if (bearing.length === 0) return []
    const taxableMinor = bearing.reduce((sum, line) => sum + netOf(line, invoice), 0n)
    return [{ taxRateId, taxableMinor, taxMinor: BigInt(invoice.taxAmounts[place] ?? '0') }]
  })
}

function percent(value: string): Ratio {
  const decimal = value as Invoice['discountPercent']
  const scale = scaleOf(decimal)
  return { n: unitsOf(decimal, scale), d: 100n * 10n ** BigInt(scale) }
}

function plus(a: Ratio, b: Ratio): Ratio {
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d }
}
