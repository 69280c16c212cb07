// Malformed and hostile text: it is kept as text or refused, quickly, and nothing is ever thrown.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { maxCategoryName, maxTagName, maxTags } from '../catalogue/nouns.ts'
import { decimal, parseDecimal } from '../decimal.ts'
import { currency, maxAmountMinor, toMinor } from '../money.ts'
import { entryOf, errorOf, exampleAccount, local } from './example-account.ts'
import { parseQuickEntry } from './parse.ts'

test('Odd characters are kept as text, apart from those that cannot be stored.', () => {
  const rows = [
    ['a\u0000b 5 c\u0000d', 'a b', 'c d'],
    ['lunch 5 \ud800x\udc00', 'lunch', '\ufffdx\ufffd'],
    ['lunch 5 \u202egnp.exe\u202c', 'lunch', '\u202egnp.exe\u202c'],
    ['👩‍👩‍👧 5 🏳️‍🌈', '👩‍👩‍👧', '🏳️‍🌈'],
    ['<script>alert(1)</script> 5 {{7*7}}', '<script>alert(1)</script>', '{{7*7}}'],
    ["x' OR 1=1 -- 5", "x' OR", '1=1 --'],
    ['__proto__ 5 constructor', '__proto__', 'constructor'],
    ['type:__proto__ 5 __proto__:x toString', '__proto__', '__proto__:x toString'],
    ['lunch 5 NaN Infinity 1e400 0x10 1_000', 'lunch', 'NaN Infinity 1e400 0x10 1_000'],
  ] as const
  for (const [line, type, notes] of rows) {
    const entry = entryOf(line)
    assert.deepEqual([entry.type, entry.notes], [type, notes], line)
  }
  assert.deepEqual(entryOf('x 5 #a__proto__ #constructor tags:a__proto__').tags, [
    'a__proto__',
    'constructor',
  ])
  assert.equal(entryOf('x 5 #__proto__').notes, '#__proto__')
  for (const line of ['x NaN', 'x 1e400', 'x Infinity', 'x 0x10', 'x ٣٤'])
    assert.equal(errorOf(line), 'no amount', line)
  assert.equal(entryOf('x -0').amount, '0')
})

test('Text beyond the limit is refused before it is looked at.', () => {
  for (const line of [
    'x'.repeat(100_000),
    'word '.repeat(10_000),
    '"'.repeat(100_000),
    '9,'.repeat(50_000),
  ]) {
    assert.equal(errorOf(line), 'too long')
  }
})

test('No text within the limit takes long.', () => {
  const pieces = ['9', ',', "9'", '9,999', '9.', '1+', '-', '"', '" ', '@"', '@a ', '@ ', '#a ', 'k', '9k+']
  const more = [
    'type:"',
    'tags:a, ',
    'last ',
    'on ',
    '1h ',
    '$ ',
    '9 ',
    '. ',
    '.',
    'a1',
    '\u0000',
    'é',
    '2 oct ',
  ]
  const knownTypes = Array.from({ length: 2000 }, (_, index) => `${'9 '.repeat(index % 50)}type ${index}`)
  for (const piece of [...pieces, ...more]) {
    const line = piece.repeat(1000 / piece.length)
    // With backtracking anywhere this would not end within the lifetime of the test run.
    assert.equal(typeof parseQuickEntry(line, { ...exampleAccount, knownTypes }).ok, 'boolean')
  }
})

const anyText = fc.string({ unit: 'binary', maxLength: 1200 })
const anyContext = fc.record({
  dateOrder: fc.constantFrom('month-day' as const, 'day-month' as const),
  distanceUnit: fc.constantFrom('mi' as const, 'km' as const),
  distanceRate: fc.constantFrom(undefined, decimal('0.55'), decimal('123456789.123456789')),
  hourlyRate: fc.constantFrom(undefined, decimal('60'), decimal('0')),
  currency: fc.constantFrom(currency('USD'), currency('EUR'), currency('JPY'), currency('KWD')),
  now: fc.constantFrom(
    local('0001-01-01T00:00:00'),
    local('2008-02-29T12:00:00'),
    local('9999-12-31T23:59:59'),
  ),
  date: fc.constantFrom(undefined, undefined, '2009-01-02', 'soon'),
})
const pieces = fc.constantFrom(
  ...[
    'lunch',
    'Parking',
    'with',
    'for',
    'on',
    'exp',
    'spent',
    '5',
    '34.50',
    '-$12',
    '€120',
    'EUR',
    '20',
    'km',
    '1h',
  ],
  ...[
    '30m',
    '#tag',
    '#204',
    '@',
    '@fri',
    'yesterday',
    'last',
    'friday',
    'oct',
    '2',
    '10/2',
    '8pm',
    'at',
    '"a b"',
  ],
  ...[
    '"',
    '""',
    'type:x',
    'type:"',
    'note:"n n"',
    'tags:a,b',
    'report:54',
    'date:today',
    'projectx',
    '40+8',
    '1.2k',
  ],
  ...['\u0000', '\ud800', 'ß', '👩‍👩‍👧', ' ', '\n', ',', '@"2 oct"', '9999999999999999', '0.001'],
)
const anyLine = fc.array(pieces, { maxLength: 40 }).map((words) => words.join(' '))

test('Any text is answered: a well-formed entry within the limits, or an error.', () => {
  fc.assert(
    fc.property(
      fc.oneof(anyText, anyLine, fc.string({ unit: 'grapheme', maxLength: 1200 })),
      anyContext,
      (line, changes) => {
        const context = { ...exampleAccount, ...changes }
        const result = parseQuickEntry(line, context)
        assert.deepEqual(parseQuickEntry(line, context), result)
        if (!result.ok) return
        const { entry } = result
        for (const value of [entry.rawAmount, entry.amount, entry.quantity])
          assert.equal(parseDecimal(value), value)
        const minor = toMinor(entry.amount, context.currency, 'half-even')
        assert.ok(-maxAmountMinor <= minor && minor <= maxAmountMinor)
        assert.ok(entry.type !== '' && entry.type.length <= maxCategoryName)
        assert.ok(entry.tags.length <= maxTags && entry.tags.every((tag) => tag.length <= maxTagName))
        for (const text of [entry.type, entry.notes, ...entry.tags]) {
          assert.ok(text.isWellFormed() && !/\p{Cc}/u.test(text) && text === text.trim())
        }
        assert.match(entry.spentAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
      },
    ),
    { numRuns: 2000 },
  )
})

test('Spans are sorted, apart, and cover every character that is no blank.', () => {
  fc.assert(
    fc.property(anyLine, (line) => {
      const result = parseQuickEntry(line, exampleAccount)
      if (!result.ok) return
      let last = 0
      for (const { from, to } of result.entry.spans) {
        assert.ok(last <= from && from < to && to <= line.length)
        assert.match(line.slice(last, from), /^[\s\p{Cc}]*$/u)
        last = to
      }
      assert.match(line.slice(last), /^[\s\p{Cc}]*$/u)
    }),
    { numRuns: 2000 },
  )
})

test('Quoted text reaches the notes as it is, whatever it says.', () => {
  const quotable = fc.string({ unit: 'grapheme', maxLength: 80 }).map((text) => text.replaceAll('"', ''))
  fc.assert(
    fc.property(quotable, (text) => {
      const entry = entryOf(`lunch 12 "${text}" yesterday`)
      assert.deepEqual([entry.type, entry.rawAmount, entry.tags.length], ['lunch', '12', 0])
      assert.equal(entry.notes, text.replace(/[\s\p{Cc}]+/gu, ' ').trim())
    }),
  )
})
