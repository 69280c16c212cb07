// Query strings and forms as ordered pairs.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { all, first, maxPairs, queryOf, readPairs } from './pairs.ts'

const table: [string, [string, string][]][] = [
  ['', []],
  [
    'a=1&b=2',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  [
    'a=1&a=2',
    [
      ['a', '1'],
      ['a', '2'],
    ],
  ],
  ['where=complete=false', [['where', 'complete=false']]],
  ['q=lunch+34.50%20with', [['q', 'lunch 34.50 with']]],
  ['a', [['a', '']]],
  ['&&a=1&', [['a', '1']]],
  ['=x', [['', 'x']]],
  ['a=%2B', [['a', '+']]],
  ['a=100%', [['a', '100%']]],
  ['a=%zz%41', [['a', '%zzA']]],
  ['q=#personal', [['q', '#personal']]],
  ['a=%E2%82%AC120', [['a', '€120']]],
  ['__proto__=1', [['__proto__', '1']]],
]

for (const [text, pairs] of table) {
  test(`"${text}" reads as ${JSON.stringify(pairs)}`, () => assert.deepEqual(readPairs(text), pairs))
}

test('Bytes that are no UTF-8 are refused.', () => {
  assert.equal(readPairs('a=%FF'), undefined)
  assert.equal(readPairs('a=%ED%A0%80'), undefined)
  assert.equal(readPairs('%C3=1'), undefined)
})

const many = (count: number) => Array(count).fill('a=1').join('&')

test('More pairs than anyone needs are refused.', () => {
  assert.equal(readPairs(many(maxPairs))?.length, maxPairs)
  assert.equal(readPairs(many(maxPairs + 1)), undefined)
})

test('The query begins at the first question mark.', () => {
  assert.equal(queryOf('/x'), '')
  assert.equal(queryOf('/x?'), '')
  assert.equal(queryOf('/x?a=b?c'), 'a=b?c')
})

test('The first and all values of a name are found.', () => {
  const pairs = readPairs('a=1&b=2&a=3') ?? []
  assert.equal(first(pairs, 'a'), '1')
  assert.equal(first(pairs, 'c'), undefined)
  assert.deepEqual(all(pairs, 'a'), ['1', '3'])
})
