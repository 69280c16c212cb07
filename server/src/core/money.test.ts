// Money: currencies with their exponents, amounts to minor units and back, conversion and extension.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { decimal, fromUnits, parseDecimal } from './decimal.ts'
import {
  convert,
  currenciesOf,
  currency,
  currencyExponents,
  exponentOf,
  extend,
  parseCurrency,
  toDecimal,
  toMinor,
} from './money.ts'

const away = 'half-away-from-zero'

describe('A currency', () => {
  const exponents: readonly [string, number][] = [
    ['JPY', 0],
    ['CLP', 0],
    ['ISK', 0],
    ['VND', 0],
    ['EUR', 2],
    ['USD', 2],
    ['XCG', 2],
    ['ZWG', 2],
    ['MGA', 2],
    ['KWD', 3],
    ['BHD', 3],
    ['TND', 3],
    ['CLF', 4],
    ['UYW', 4],
  ]
  for (const [code, exponent] of exponents) {
    test(`${code} has ${exponent} decimals`, () => assert.equal(exponentOf(currency(code)), exponent))
  }

  test('is read in any letter case and answered in capitals', () => {
    assert.equal(parseCurrency('usd'), 'USD')
    assert.equal(parseCurrency('Eur'), 'EUR')
  })

  const unknown = [
    ...['DEM', 'NLG', 'HRK', 'BGN', 'SLL', 'ZWL', 'ANG', 'VEF', 'MRO', 'CUC', 'LTL'],
    ...['XXX', 'XAU', 'XTS', 'BTC', 'EURO', 'EU', '', ' EUR', 'EUR ', '€', '978', '__proto__', 'constructor'],
    // Characters whose capitals are plain letters must not pass for them.
    ...['u\u017fd', 'ı\u004er', '\u00dfp', 'ＵＳＤ'],
  ]
  for (const code of unknown) {
    test(`${JSON.stringify(code)} is unknown`, () => assert.equal(parseCurrency(code), undefined))
  }

  test('stands in exactly one list, that of its decimals', () => {
    assert.deepEqual(currencyExponents(), [0, 2, 3, 4])
    for (const exponent of currencyExponents()) {
      for (const code of currenciesOf(exponent)) assert.equal(exponentOf(code), exponent)
    }
    assert.deepEqual(currenciesOf(4), ['CLF', 'UYW'])
    assert.deepEqual(currenciesOf(1), [])
  })

  test('a constant that is no currency is a bug and told at once', () => {
    assert.throws(() => currency('DEM'), RangeError)
  })
})

describe('Amounts in minor units', () => {
  const table: readonly [string, string, bigint, string][] = [
    ['12', 'USD', 1200n, '12.00'],
    ['34.50', 'EUR', 3450n, '34.50'],
    ['-0.01', 'EUR', -1n, '-0.01'],
    ['1.005', 'EUR', 101n, '1.01'],
    ['-1.005', 'EUR', -101n, '-1.01'],
    ['0.004', 'EUR', 0n, '0.00'],
    ['1200', 'JPY', 1200n, '1200'],
    ['1200.5', 'JPY', 1201n, '1201'],
    ['-0.5', 'JPY', -1n, '-1'],
    ['1.2345', 'KWD', 1235n, '1.235'],
    ['0.00005', 'CLF', 1n, '0.0001'],
    ['90071992547409.93', 'USD', 9007199254740993n, '90071992547409.93'],
    ['92233720368547758.08', 'USD', 9223372036854775808n, '92233720368547758.08'],
  ]
  for (const [amount, code, minor, written] of table) {
    test(`${amount} ${code} is ${minor}, written ${written}`, () => {
      const amountMinor = toMinor(decimal(amount), currency(code), away)
      assert.equal(amountMinor, minor)
      assert.equal(toDecimal({ amountMinor, currency: currency(code) }), written)
    })
  }

  test('writing and reading gives the same amount in every currency', () => {
    const codes = fc.constantFrom('JPY', 'EUR', 'KWD', 'CLF').map(currency)
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), codes, (amountMinor, code) => {
        const written = parseDecimal(toDecimal({ amountMinor, currency: code }))
        assert.equal(written && toMinor(written, code, away), amountMinor)
      }),
    )
  })
})

describe('Converting', () => {
  const table: readonly [string, string, string, string, bigint][] = [
    ['100.00', 'USD', '0.92', 'EUR', 9200n],
    ['100.00', 'USD', '157.23', 'JPY', 15723n],
    ['1000', 'JPY', '0.00636', 'USD', 636n],
    ['1.000', 'KWD', '3.2535', 'USD', 325n],
    ['1.00', 'USD', '0.3074', 'KWD', 307n],
    ['-10.05', 'EUR', '0.5', 'USD', -503n],
    ['10.05', 'EUR', '0.5', 'USD', 503n],
    ['100.00', 'EUR', '0.000000001', 'USD', 0n],
    ['10000000.00', 'EUR', '0.000000001', 'USD', 1n],
  ]
  for (const [amount, from, rate, to, minor] of table) {
    test(`${amount} ${from} at ${rate} are ${minor} minor units of ${to}`, () => {
      const money = { amountMinor: toMinor(decimal(amount), currency(from), away), currency: currency(from) }
      assert.equal(convert(money, decimal(rate), currency(to), away), minor)
    })
  }

  test('at rate 1 into the same currency changes nothing', () => {
    fc.assert(
      fc.property(fc.bigInt(), (amountMinor) => {
        const money = { amountMinor, currency: currency('EUR') }
        assert.equal(convert(money, decimal('1.000'), currency('EUR'), away), amountMinor)
      }),
    )
  })
})

describe('Extending a unit price', () => {
  test('is exact before it is rounded once', () => {
    assert.equal(extend(decimal('20'), decimal('0.55'), currency('USD'), away), 1100n)
    assert.equal(extend(decimal('3'), decimal('0.335'), currency('USD'), away), 101n)
    assert.equal(extend(decimal('-3'), decimal('0.335'), currency('USD'), away), -101n)
    assert.equal(extend(decimal('0'), decimal('99'), currency('USD'), away), 0n)
  })

  test('10,000 lines of 0.005 are each rounded once and add up to the sum of the lines', () => {
    const line = extend(decimal('1'), decimal('0.005'), currency('EUR'), away)
    assert.equal(line, 1n)
    const total = Array.from({ length: 10_000 }, () => line).reduce((sum, each) => sum + each, 0n)
    assert.equal(total, 10_000n)
    assert.equal(extend(decimal('10000'), decimal('0.005'), currency('EUR'), away), 5000n)
    assert.equal(extend(decimal('1'), decimal('0.005'), currency('EUR'), 'half-even'), 0n)
  })

  test('does not mind the order of its factors', () => {
    const factor = fc.bigInt(-(10n ** 9n), 10n ** 9n).map((units) => fromUnits(units, 4))
    fc.assert(
      fc.property(factor, factor, (a, b) => {
        assert.equal(extend(a, b, currency('EUR'), away), extend(b, a, currency('EUR'), away))
      }),
    )
  })
})
