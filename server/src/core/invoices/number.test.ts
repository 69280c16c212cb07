// Invoice numbers: what patterns make, and which are refused.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { refusal } from '../../../test/harness.ts'
import type { LocalDate } from '../day.ts'
import { checkPattern, numberOf, seriesOf } from './number.ts'

describe('An invoice number', () => {
  const on = '2026-05-07' as LocalDate
  const table = [
    // pattern, count, number
    ['{yyyy}-{nnnn}', 7, '2026-0007'],
    ['{yyyy}-{nnnn}', 12_345, '2026-12345'],
    ['#INV-{yyyy}{mm}{dd}-{n}', 200, '#INV-20260507-200'],
    ['{yy}/{nn}', 3, '26/03'],
    ['{n}', 1, '1'],
    ['{x} {nnn}', 1, '{x} 001'],
  ] as const
  for (const [pattern, count, number] of table) {
    test(`of ${pattern} with ${count} is ${number}`, () => {
      assert.equal(checkPattern(pattern), pattern)
      assert.equal(numberOf(pattern, on, count), number)
    })
  }

  for (const pattern of ['', '   ', '{yyyy}', 'n', '{n}{n}', '{n} {nn}', `{n}${'x'.repeat(60)}`]) {
    test(`is not made by ${JSON.stringify(pattern.slice(0, 20))}`, () => {
      assert.throws(() => checkPattern(pattern), refusal('invalid', { path: 'invoicePattern' }))
    })
  }

  test('counts on within a year whatever the day, and anew in the next', () => {
    const pattern = '{yyyy}{mm}{dd}-{n}'
    assert.equal(seriesOf(pattern, on), seriesOf(pattern, '2026-12-31' as LocalDate))
    assert.notEqual(seriesOf(pattern, on), seriesOf(pattern, '2027-01-01' as LocalDate))
    assert.equal(seriesOf('{n}', on), seriesOf('{n}', '2027-01-01' as LocalDate))
  })
})
