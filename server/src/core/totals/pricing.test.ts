// What a sum of time is worth.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { decimal, fromUnits } from '../decimal.ts'
import { currency } from '../money.ts'
import { ownRates, worth } from './pricing.ts'

describe('Time is worth its rate, rounded once, half away from zero', () => {
  const cases: [seconds: bigint, perHour: string, code: string, minor: bigint][] = [
    [3600n, '85', 'EUR', 8500n],
    [3600n, '85.50', 'EUR', 8550n],
    [1n, '18', 'EUR', 1n],
    [1n, '17.99', 'EUR', 0n],
    [1800n, '0.01', 'EUR', 1n],
    [5400n, '100', 'JPY', 150n],
    [3600n, '0.125', 'USD', 13n],
    [3600n, '-0.125', 'USD', -13n],
    [60n, '12.345', 'KWD', 206n],
    [0n, '99', 'EUR', 0n],
    [10n ** 15n, '9999999999.9999', 'EUR', 277777777777775000000000n],
  ]
  for (const [seconds, perHour, code, minor] of cases) {
    test(`${seconds} seconds at ${perHour} ${code} an hour are ${minor}`, () => {
      assert.equal(worth(seconds, { perHour: decimal(perHour), currency: currency(code) }), minor)
    })
  }

  test('to within half of a minor unit of the exact value', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 12n),
        fc.bigInt(0n, 10n ** 9n),
        fc.integer({ min: 0, max: 6 }),
        (s, units, scale) => {
          const minor = worth(s, { perHour: fromUnits(units, scale), currency: currency('EUR') })
          const whole = 3600n * 10n ** BigInt(scale)
          const off = minor * whole - units * s * 100n
          return off * 2n <= whole && -off * 2n <= whole
        },
      ),
    )
  })
})

test('the own rate of an entry is in the currency of the organization; without one there is none', () => {
  const { apart, rateOf } = ownRates({ currency: currency('CHF') })
  assert.deepEqual(apart, ['hourlyRate'])
  assert.deepEqual(
    rateOf(() => '12.50'),
    { perHour: '12.50', currency: 'CHF' },
  )
  assert.equal(
    rateOf(() => null),
    null,
  )
})
