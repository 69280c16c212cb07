// What invoices come to: published check values, and laws that hold for any lines, taxes and discounts.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { decimal, fromUnits } from '../decimal.ts'
import { currency, extend, toMinor } from '../money.ts'
import type { InvoiceTax } from './nouns.ts'
import { type Charged, type InvoiceTerms, totalsOf } from './totals.ts'

const tax = (percent: string, compound = false): InvoiceTax => ({
  name: `${percent} %`,
  percent: decimal(percent),
  compound,
  taxRateId: null,
})

const terms = (taxes: InvoiceTax[], discount = '0', pricesIncludeTax = false): InvoiceTerms => ({
  taxes,
  discountPercent: decimal(discount),
  pricesIncludeTax,
})

const line = (amountMinor: bigint, ...taxes: number[]): Charged => ({ amountMinor, taxes })

describe('An invoice comes to', () => {
  const table: readonly [string, Charged[], InvoiceTerms, bigint, bigint, string[], bigint][] = [
    // what, lines, terms, subtotal, discount, taxes, total
    ['20 % on top', [line(159_300n, 0)], terms([tax('20')]), 159_300n, 0n, ['31860'], 191_160n],
    ['3 % on top', [line(37_500n, 0)], terms([tax('3')]), 37_500n, 0n, ['1125'], 38_625n],
    ['nothing', [], terms([tax('21')], '10'), 0n, 0n, ['0'], 0n],
    ['a tax on some lines', [line(100n, 0), line(200n)], terms([tax('10')]), 300n, 0n, ['10'], 310n],
    ['two taxes', [line(1000n, 0, 1)], terms([tax('10'), tax('5')]), 1000n, 0n, ['100', '50'], 1150n],
    [
      'a tax on a tax',
      [line(1000n, 0, 1)],
      terms([tax('10'), tax('5', true)]),
      1000n,
      0n,
      ['100', '55'],
      1155n,
    ],
    ['a discount before taxes', [line(1000n, 0)], terms([tax('10')], '25'), 1000n, 250n, ['75'], 825n],
    ['all off', [line(1000n, 0)], terms([tax('21')], '100'), 1000n, 1000n, ['0'], 0n],
    ['tax within', [line(12_100n, 0)], terms([tax('21')], '0', true), 12_100n, 0n, ['2100'], 12_100n],
    [
      'two taxes within',
      [line(11_500n, 0, 1)],
      terms([tax('10'), tax('5')], '0', true),
      11_500n,
      0n,
      ['1000', '500'],
      11_500n,
    ],
    ['a credit', [line(-1000n, 0)], terms([tax('21')]), -1000n, 0n, ['-210'], -1210n],
    ['half a cent of tax', [line(50n, 0)], terms([tax('1')]), 50n, 0n, ['1'], 51n],
    ['half a cent less', [line(-50n, 0)], terms([tax('1')]), -50n, 0n, ['-1'], -51n],
    ['a tax of parts of a percent', [line(10_000n, 0)], terms([tax('8.875')]), 10_000n, 0n, ['888'], 10_888n],
  ]
  for (const [what, lines, given, subtotalMinor, discountMinor, taxAmounts, totalMinor] of table) {
    test(what, () => {
      assert.deepEqual(totalsOf(lines, given), { subtotalMinor, discountMinor, taxAmounts, totalMinor })
    })
  }

  test('the sum of ten thousand lines of half a cent, each rounded once', () => {
    const euro = currency('EUR')
    const amountMinor = extend(decimal('1'), decimal('0.005'), euro, 'half-away-from-zero')
    const lines = Array.from({ length: 10_000 }, () => line(amountMinor, 0))
    assert.equal(totalsOf(lines, terms([tax('21')])).totalMinor, toMinor(decimal('121'), euro, 'down'))
  })
})

describe('For any lines, taxes and discounts', () => {
  const percents = fc.integer({ min: 0, max: 30_000 }).map((units) => fromUnits(BigInt(units), 3))
  const anyTerms = fc.record({
    taxes: fc.array(
      fc.record({
        name: fc.constant(''),
        percent: percents,
        compound: fc.boolean(),
        taxRateId: fc.constant(null),
      }),
      { maxLength: 3 },
    ),
    discountPercent: fc.integer({ min: 0, max: 10_000 }).map((units) => fromUnits(BigInt(units), 2)),
    pricesIncludeTax: fc.boolean(),
  })
  const anyLines = fc.array(
    fc.record({
      amountMinor: fc.bigInt(-(10n ** 9n), 10n ** 9n),
      taxes: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { maxLength: 3 }),
    }),
    { maxLength: 20 },
  )

  test('the total is the subtotal, less the discount, and the taxes that come on top', () => {
    fc.assert(
      fc.property(anyLines, anyTerms, (lines, given) => {
        const totals = totalsOf(lines, given)
        const taxes = totals.taxAmounts.reduce((sum, amount) => sum + BigInt(amount), 0n)
        const added = given.pricesIncludeTax ? 0n : taxes
        assert.equal(totals.totalMinor, totals.subtotalMinor - totals.discountMinor + added)
        assert.equal(totals.taxAmounts.length, given.taxes.length)
      }),
    )
  })

  test('the order of the lines changes nothing', () => {
    fc.assert(
      fc.property(anyLines, anyTerms, (lines, given) => {
        assert.deepEqual(totalsOf(lines.toReversed(), given), totalsOf(lines, given))
      }),
    )
  })

  test('prices with the tax in them agree with those without, to the minor unit', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 9n), percents, (net, percent) => {
        const one = [{ name: '', percent, compound: false, taxRateId: null }]
        const on = totalsOf([line(net, 0)], terms(one))
        const within = totalsOf([line(on.totalMinor, 0)], terms(one, '0', true))
        const difference = BigInt(within.taxAmounts[0] ?? '0') - BigInt(on.taxAmounts[0] ?? '0')
        assert.ok(difference >= -1n && difference <= 1n, `${difference}`)
      }),
    )
  })
})
