// Numbers as typed, and what only looks like one.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readNumber } from './numbers.ts'

test('Numbers are read with the separators of several countries.', () => {
  const rows = [
    ['34.50', '34.50'],
    ['20', '20'],
    ['.75', '0.75'],
    ['-.75', '-0.75'],
    ['007', '7'],
    ['1,299.00', '1299.00'],
    ['1,234', '1234'],
    ['1,234,567.5', '1234567.5'],
    ["1'299.00", '1299.00'],
    ['1’299,50', '1299.50'],
    ["1'299", '1299'],
    ['1.234,50', '1234.50'],
    ['1.234.567', '1234567'],
    ['1.234', '1.234'],
    ['3,50', '3.50'],
    ['3,5', '3.5'],
    ['-12.50', '-12.50'],
    ['+12.50', '12.50'],
    ['40+8', '48'],
    ['40+8.50', '48.50'],
    ['40.5+8.25+1', '49.75'],
    ['-40+8', '-32'],
    ['1.2k', '1200'],
    ['1.2K', '1200'],
    ['1.2345k', '1234.5'],
    ['1k+300', '1300'],
    ['-0', '0'],
    ['-0.00', '0.00'],
  ] as const
  for (const [text, value] of rows) assert.equal(readNumber(text), value, text)
})

test('What is no number stays text.', () => {
  const texts = [
    ...['', '-', '+', '.', ',', 'k', '-k', '40+', '+40+', '40++8', '--5', '-+5', '5-', '5.'],
    ...['1,2345', '12,34,567', '0,234', '1,,234', '1.2.3', '1.234,567', ',75', '1_000', '0x10'],
    ...['1e400', '1e5', 'NaN', 'Infinity', '٣٤', '１２', '10/2', '20%', '1 2', `0.${'1'.repeat(40)}`],
    ...['9'.repeat(33), `${'9'.repeat(32)}k`, `${'9'.repeat(20)}+0.${'1'.repeat(25)}`],
  ]
  for (const text of texts) assert.equal(readNumber(text), undefined, text)
})
