// What a sum of time is worth.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { LocalDate } from '../day.ts'
import { decimal, fromUnits } from '../decimal.ts'
import { currency } from '../money.ts'
import { pricingOf, type RateTable, worth } from './pricing.ts'

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

describe('The rate of a sum', () => {
  const none: RateTable = { rates: [], memberships: [], projects: [], activities: [], clients: [] }
  const rate = (more: object) => ({
    ...{ id: 1, revision: 1, createdAt: 0, updatedAt: 0, deletedAt: null, organizationId: 1 },
    ...{ clientId: null, projectId: null, activityId: null, personId: null },
    ...{ amount: decimal('50'), costAmount: null, fixed: false, validFrom: null },
    ...more,
  })
  const priced = (table: Partial<RateTable>, values: Readonly<Record<string, string | number | null>>) =>
    pricingOf({ currency: currency('CHF') }, { ...none, ...table }).rateOf((field) => values[field] ?? null)
  const later = '2026-05-20' as LocalDate

  test('is the own one of its entries, in the currency of the organization; without one there is none', () => {
    assert.deepEqual(priced({}, { hourlyRate: '12.50' }), { perHour: '12.50', currency: 'CHF' })
    assert.equal(priced({}, {}), null)
  })

  test('is the one that counts among those of the book, in the currency of the client', () => {
    const table = {
      rates: [rate({}), rate({ projectId: 2, amount: decimal('60') })],
      clients: [{ id: 7, currency: currency('USD') }],
      activities: [{ id: 3, hourlyRate: decimal('70') }],
    }
    assert.deepEqual(pricingOf({ currency: currency('CHF') }, { ...none, ...table }).apart, [
      'hourlyRate',
      'fixedRate',
      'clientId',
      'projectId',
      'activityId',
    ])
    assert.deepEqual(priced(table, {}), { perHour: '50', currency: 'CHF' })
    assert.deepEqual(priced(table, { projectId: 2, clientId: 7 }), { perHour: '60', currency: 'USD' })
    assert.deepEqual(priced(table, { projectId: 2, activityId: 3 }), { perHour: '70', currency: 'CHF' })
  })

  test('is unknown where a sum cannot tell it: fixed prices, and rates that change over time', () => {
    assert.equal(priced({ rates: [rate({})] }, { fixedRate: '10' }), null)
    assert.equal(priced({ rates: [rate({ fixed: true })] }, {}), null)
    assert.equal(priced({ rates: [rate({}), rate({ amount: decimal('55'), validFrom: later })] }, {}), null)
    const other = rate({ personId: 4, amount: decimal('55'), validFrom: later })
    assert.deepEqual(priced({ rates: [rate({}), other] }, { personId: 5 }), {
      perHour: '50',
      currency: 'CHF',
    })
  })
})
