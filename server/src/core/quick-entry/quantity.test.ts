// Which number counts, what it measures, and what it costs.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decimal } from '../decimal.ts'
import { currency } from '../money.ts'
import { entryOf, errorOf } from './example-account.ts'

test('Currencies are named by signs, codes and words, before or after the number.', () => {
  const rows = [
    ['x $12', 'USD', '12'],
    ['x -$12.50', 'USD', '-12.50'],
    ['x $-12.50', 'USD', '-12.50'],
    ['x $ 12', 'USD', '12'],
    ['x -$ 12', 'USD', '-12'],
    ['x $.75', 'USD', '0.75'],
    ['x 12$', 'USD', '12'],
    ['x 12€', 'EUR', '12'],
    ['x 12 €', 'EUR', '12'],
    ['x 1.2k€', 'EUR', '1200'],
    ['x $1.2k', 'USD', '1200'],
    ['x EUR120', 'EUR', '120'],
    ['x EUR 120', 'EUR', '120'],
    ['x 120eur', 'EUR', '120'],
    ['x 120 Eur', 'EUR', '120'],
    ['x 20 PLN', 'PLN', '20'],
    ['x us$15', 'USD', '15'],
    ['x CA$15', 'CAD', '15'],
    ['x R$ 15', 'BRL', '15'],
    ['x ¥1500', 'JPY', '1500'],
    ['x ฿90', 'THB', '90'],
    ['x 5 bucks', 'USD', '5'],
    ['x 5 QUID', 'GBP', '5'],
    ['x 500 yen', 'JPY', '500'],
    ['x 5 euros, thanks', 'EUR', '5'],
    ['x $12, thanks', 'USD', '12'],
    ['x $40+8', 'USD', '48'],
  ] as const
  for (const [line, code, rawAmount] of rows) {
    const entry = entryOf(line)
    assert.deepEqual([entry.kind, entry.currency, entry.rawAmount], ['money', code, rawAmount], line)
  }
})

test('Codes that are words count in capitals only, and withdrawn codes not at all.', () => {
  assert.equal(entryOf('x 20 try').currency, 'USD')
  assert.equal(entryOf('x 20 TRY').currency, 'TRY')
  assert.equal(entryOf('x 20 DEM').notes, 'DEM')
  assert.equal(entryOf('euro 20').currency, 'USD')
})

test('A bare dollar sign is the own dollar, and US dollars elsewhere.', () => {
  assert.equal(entryOf('x $5', { currency: currency('CAD') }).currency, 'CAD')
  assert.equal(entryOf('x 5 dollars', { currency: currency('CAD') }).currency, 'CAD')
  assert.equal(entryOf('x $5', { currency: currency('EUR') }).currency, 'USD')
})

test('The lowest rank wins, and within a rank the leftmost.', () => {
  const rows = [
    ['a 5 b 7', '5'],
    ['a 5 b 7.25', '7.25'],
    ['a 5 b 7.2', '5'],
    ['a 7.25 b 5 EUR', '5'],
    ['a 5 b 7 km', '4.35'],
    ['a 7.25 b 5 km', '7.25'],
    ['a 5 EUR 7', '5'],
    ['a $5 b $7', '5'],
    ['a 12.25 miles', '12.25'],
    ['a "12" 13', '13'],
    ['a 20% #204 7-11 3rd 8', '8'],
  ] as const
  for (const [line, rawAmount] of rows) assert.equal(entryOf(line).rawAmount, rawAmount, line)
  assert.equal(entryOf('a 12.25 miles').kind, 'distance')
})

test('Distances are converted to the unit of the account.', () => {
  const rows = [
    ['20mi', 'mi', '20', '11.00'],
    ['20 Miles.', 'mi', '20', '11.00'],
    ['10 km', 'mi', '6.21', '3.42'],
    ['20.125 mi', 'mi', '20.125', '11.07'],
    ['-20 mi', 'mi', '-20', '-11.00'],
    ['10 miles', 'km', '16.09', '8.85'],
    ['100 miles', 'km', '160.93', '88.51'],
    ['1,000 kilometres', 'km', '1000', '550.00'],
  ] as const
  for (const [line, distanceUnit, rawAmount, amount] of rows) {
    const entry = entryOf(line, { distanceUnit })
    assert.deepEqual([entry.rawAmount, entry.amount, entry.unit], [rawAmount, amount, distanceUnit], line)
    assert.deepEqual([entry.kind, entry.quantity, entry.unitPrice], ['distance', rawAmount, '0.55'], line)
    assert.equal(entry.type, 'Mileage', line)
  }
})

test('Durations are whole minutes.', () => {
  const rows = [
    ['45m', '45', '45.00'],
    ['45min', '45', '45.00'],
    ['1h', '60', '60.00'],
    ['1h30', '90', '90.00'],
    ['1h5m', '65', '65.00'],
    ['1h 30m', '90', '90.00'],
    ['1 h 30 m', '90', '90.00'],
    ['2 hours 5 minutes call', '125', '125.00'],
    ['1,5 hrs', '90', '90.00'],
    ['1.33 h', '80', '80.00'],
    ['0.5 min', '1', '1.00'],
    ['-30 min', '-30', '-30.00'],
    ['-1h 30m', '-90', '-90.00'],
    ['-1h30m', '-90', '-90.00'],
  ] as const
  for (const [line, rawAmount, amount] of rows) {
    const entry = entryOf(line)
    assert.deepEqual([entry.type, entry.kind, entry.unit], ['Time', 'duration', 'minute'], line)
    assert.deepEqual([entry.rawAmount, entry.amount, entry.unitPrice], [rawAmount, amount, undefined], line)
  }
  for (const line of ['45 m street', '1h75', '1.5m', '1:30'])
    assert.notEqual(errorOf(line) ?? entryOf(line).kind, 'duration', line)
})

test('Foreign money is converted, rounded half away from zero to the decimals of the own currency.', () => {
  const entry = entryOf('hotel €120')
  assert.deepEqual(
    [entry.quantity, entry.unit, entry.unitPrice, entry.exchangeRate],
    ['1', undefined, '120', '1.48'],
  )
  const to = (code: string, rate: string) => ({ currency: currency(code), rates: () => decimal(rate) })
  assert.equal(entryOf('x €0.01', to('USD', '0.5')).amount, '0.01')
  assert.equal(entryOf('x €-0.01', to('USD', '0.5')).amount, '-0.01')
  assert.equal(entryOf('x €10', to('JPY', '160.25')).amount, '1603')
  assert.equal(entryOf('x €10', to('KWD', '0.33333')).amount, '3.333')
  assert.equal(entryOf('x €10', to('USD', '0')).amount, '0.00')
  assert.equal(entryOf('x 12.345').amount, '12.345')
})

test('Without a rate the amount is the number itself.', () => {
  const foreign = entryOf('x 20 PLN')
  assert.deepEqual([foreign.amount, foreign.exchangeRate], ['20', undefined])
  const distance = entryOf('35 km', { distanceRate: undefined })
  assert.deepEqual([distance.amount, distance.unitPrice], ['21.75', undefined])
  assert.equal(entryOf('1h30m', { hourlyRate: undefined }).amount, '90')
})

test('Numbers too large to be money are text.', () => {
  assert.equal(entryOf('x 10000000000000.00').amount, '10000000000000.00')
  assert.equal(errorOf('x 10000000000000.01'), 'no amount')
  assert.equal(errorOf('x -10000000000000.01'), 'no amount')
  assert.equal(errorOf('x €9000000000000'), 'no amount')
  const entry = entryOf('x with 99999999999999.00 12')
  assert.deepEqual([entry.rawAmount, entry.notes], ['12', 'with 99999999999999.00'])
})
