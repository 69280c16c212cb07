// What an expense is worth: priced once, converted once, and the price behind a wanted amount.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { refusal } from '../../../test/harness.ts'
import type { LocalDate } from '../day.ts'
import { compareDecimals, type Decimal, decimal, fromUnits } from '../decimal.ts'
import { type Currency, currency, toMinor } from '../money.ts'
import { type Exchange, price, unitPriceFor } from './amount.ts'

const eur = currency('EUR')
const usd = currency('USD')
const jpy = currency('JPY')
const kwd = currency('KWD')
const on = '2026-05-20' as LocalDate
const exchange = (rate: string) => ({ rate: decimal(rate), source: 'ECB', on })

function worth(quantity: Decimal, unitPrice: Decimal, code: Currency, base: Currency, at: Exchange | null) {
  return price({ quantity, unitPrice }, code, base, at)
}

describe('The price of an expense', () => {
  test('is quantity times unit price, rounded once half away from zero, with both kept as typed', () => {
    const priced = worth(decimal('20.0'), decimal('0.555'), usd, usd, null)
    assert.deepEqual(priced, {
      quantity: '20.0',
      unitPrice: '0.555',
      currency: 'USD',
      amount: '11.10',
      amountMinor: 1110n,
      baseAmountMinor: 1110n,
      exchangeRate: null,
      exchangeSource: '',
      exchangeOn: null,
    })
    assert.equal(worth(decimal('1'), decimal('1.005'), usd, usd, null).amountMinor, 101n)
    assert.equal(worth(decimal('1'), decimal('-1.005'), usd, usd, null).amountMinor, -101n)
    assert.equal(worth(decimal('0'), decimal('5'), usd, usd, null).amountMinor, 0n)
    assert.equal(worth(decimal('-2'), decimal('5'), usd, usd, null).amountMinor, -1000n)
  })

  test('in another currency pins the rate with its source and day', () => {
    const priced = worth(decimal('1'), decimal('100'), usd, eur, exchange('0.92'))
    assert.equal(priced.baseAmountMinor, 9200n)
    assert.deepEqual([priced.exchangeRate, priced.exchangeSource, priced.exchangeOn], ['0.92', 'ECB', on])
  })

  test('in another currency without a rate is worth the same number', () => {
    assert.equal(worth(decimal('1'), decimal('12.50'), usd, eur, null).baseAmountMinor, 1250n)
    assert.equal(worth(decimal('1'), decimal('12.50'), usd, jpy, null).baseAmountMinor, 13n)
    assert.equal(worth(decimal('1'), decimal('12'), jpy, kwd, null).baseAmountMinor, 12_000n)
    assert.equal(worth(decimal('1'), decimal('12.5'), usd, eur, null).exchangeRate, null)
  })

  test('in the own currency takes no rate', () => {
    const priced = worth(decimal('1'), decimal('10'), eur, eur, exchange('2'))
    assert.deepEqual([priced.baseAmountMinor, priced.exchangeRate, priced.exchangeOn], [1000n, null, null])
  })

  for (const rate of ['0', '0.000', '-1', '-0.000000001']) {
    test(`refuses the rate ${rate}`, () => {
      assert.throws(
        () => worth(decimal('1'), decimal('1'), usd, eur, exchange(rate)),
        refusal('invalid', { path: 'exchangeRate', code: 'range' }),
      )
    })
  }

  const typed: readonly [string, string, string][] = [
    // typed, currency, kept
    ['34.5', 'EUR', '34.5'],
    ['20', 'EUR', '20'],
    ['20.00', 'EUR', '20.00'],
    ['1.005', 'EUR', '1.01'],
    ['1200.5', 'JPY', '1201'],
    ['1.5', 'KWD', '1.5'],
  ]
  for (const [amount, code, kept] of typed) {
    test(`given as ${amount} ${code} is kept as ${kept}`, () => {
      const money = price({ quantity: decimal('1'), unitPrice: decimal(amount) }, currency(code), eur, null)
      assert.equal(money.amount, kept)
      const whole = price({ quantity: decimal('3'), amount: decimal(amount) }, currency(code), eur, null)
      assert.equal(whole.amount, kept)
      assert.equal(whole.amountMinor, money.amountMinor)
    })
  }

  test('may reach 10^15 minor units either way and no further, converted or not', () => {
    const most = '10000000000000.00'
    assert.equal(worth(decimal('1'), decimal(most), eur, eur, null).amountMinor, 10n ** 15n)
    assert.equal(worth(decimal('1'), decimal(`-${most}`), eur, eur, null).amountMinor, -(10n ** 15n))
    const tooLarge = refusal('invalid', { path: 'amount', code: 'range' })
    assert.throws(() => worth(decimal('1'), decimal('10000000000000.01'), eur, eur, null), tooLarge)
    assert.throws(() => worth(decimal('-1'), decimal('10000000000000.01'), eur, eur, null), tooLarge)
    assert.throws(() => worth(decimal('2'), decimal(most), eur, eur, null), tooLarge)
    assert.throws(() => worth(decimal('1'), decimal(most), usd, eur, exchange('1.01')), tooLarge)
    const nines = decimal('9'.repeat(32))
    assert.throws(() => worth(nines, nines, eur, eur, null), tooLarge)
  })
})

describe('The unit price for a wanted amount', () => {
  test('is the amount itself, as typed, for quantity 1', () => {
    assert.equal(unitPriceFor(decimal('1.00'), decimal('34.50'), eur), '34.50')
  })

  const table: readonly [string, string, string][] = [
    // quantity, amount, unit price
    ['20', '11.00', '0.55'],
    ['3', '10.00', '3.333'],
    ['90', '52.50', '0.5833'],
    ['-2', '10.00', '-5'],
    ['0.5', '10', '20'],
    ['3', '-566906001.475', '-188968667.16'],
    ['0', '0.00', '0.00'],
  ]
  for (const [quantity, amount, unitPrice] of table) {
    test(`of ${amount} for ${quantity} is ${unitPrice}`, () => {
      assert.equal(unitPriceFor(decimal(quantity), decimal(amount), eur), unitPrice)
    })
  }

  test('gives the amount back for any quantity and amount', () => {
    const quantities = fc
      .tuple(fc.bigInt(-(10n ** 11n), 10n ** 11n), fc.integer({ min: 0, max: 6 }))
      .map(([units, scale]) => fromUnits(units, scale))
      .filter((quantity) => compareDecimals(quantity, decimal('0')) !== 0)
    const amounts = fc
      .tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.integer({ min: 0, max: 20 }))
      .map(([units, scale]) => fromUnits(units, scale))
    fc.assert(
      fc.property(quantities, amounts, fc.constantFrom(eur, jpy, kwd), (quantity, amount, code) => {
        const unitPrice = unitPriceFor(quantity, amount, code)
        const { amountMinor } = worth(quantity, unitPrice, code, code, null)
        assert.equal(amountMinor, toMinor(amount, code, 'half-away-from-zero'))
      }),
      { numRuns: 1000 },
    )
  })

  test('does not exist for quantity 0 and another amount', () => {
    assert.throws(
      () => unitPriceFor(decimal('0.0'), decimal('1'), eur),
      refusal('invalid', { path: 'quantity', code: 'range' }),
    )
  })
})
