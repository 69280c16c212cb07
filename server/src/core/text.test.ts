// Texts: what can be kept exactly, and when two of them count as the same.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { refusal } from '../../test/harness.ts'
import { fold, maxNameLength, maxTextLength, name, text } from './text.ts'

describe('A text', () => {
  const kept = [
    '',
    ' blanks around ',
    'line\nline\ttab\r\n',
    `{{7*7}} $\{7*7} <%= 7*7 %> #{7*7} {% include "x" %}`,
    '<script>alert(1)</script><img src=x onerror=alert(1)>',
    `'; drop table expenses; --`,
    '=1+1',
    '\\ % _ " \'',
    'cafe\u0301 and café',
    '👩‍👩‍👧‍👦 and 𝒳',
    'zero\u200bwidth \u202eright to left',
    'constructor',
    'x'.repeat(maxTextLength),
  ]
  for (const value of kept) {
    test(`keeps ${JSON.stringify(value.slice(0, 40))} as it is`, () => {
      assert.equal(text('comment', value, maxTextLength), value)
    })
  }

  const refused: readonly [string, string, 'format' | 'too_long'][] = [
    ['NUL', 'a\u0000b', 'format'],
    ['a high surrogate alone', 'a\ud83d', 'format'],
    ['a low surrogate alone', '\ude00a', 'format'],
    ['surrogates the wrong way round', '\ude00\ud83d', 'format'],
    ['one character too many', 'x'.repeat(maxTextLength + 1), 'too_long'],
    ['a megabyte', 'x'.repeat(1 << 20), 'too_long'],
  ]
  for (const [what, value, code] of refused) {
    test(`refuses ${what}, naming the field`, () => {
      assert.throws(
        () => text('comment', value, maxTextLength),
        refusal('invalid', { path: 'comment', code }),
      )
    })
  }

  test('that is required must hold more than blanks', () => {
    for (const value of ['', ' ', '\n\t', '\u00a0\u2003']) {
      assert.throws(
        () => text('body', value, 10, true),
        refusal('invalid', { path: 'body', code: 'required' }),
      )
    }
  })

  test('is either kept exactly or refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const keepable = !value.includes('\u0000') && value.isWellFormed()
        if (keepable) assert.equal(text('comment', value, 1000), value)
        else assert.throws(() => text('comment', value, 1000))
      }),
    )
  })
})

describe('A name', () => {
  test('loses the blanks around it', () => assert.equal(name('name', '  Lunch \n'), 'Lunch'))

  test('is required and bounded', () => {
    assert.throws(() => name('name', '   '), refusal('invalid', { path: 'name', code: 'required' }))
    assert.equal(name('name', `${'x'.repeat(maxNameLength)}   `).length, maxNameLength)
    assert.throws(
      () => name('name', 'x'.repeat(maxNameLength + 1)),
      refusal('invalid', { path: 'name', code: 'too_long' }),
    )
  })
})

describe('Comparing texts', () => {
  const same: readonly [string, string][] = [
    ['LUNCH', 'lunch'],
    ['café', 'cafe\u0301'],
    ['CAFE\u0301', 'café'],
    ['ΑΘΗΝΑ', 'αθηνα'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['МОСКВА', 'москва'],
    ['\u212b', 'å'],
    ['한글', '\u1112\u1161\u11ab\u1100\u1173\u11af'],
  ]
  for (const [a, b] of same) {
    test(`${JSON.stringify(a)} and ${JSON.stringify(b)} are the same`, () => assert.equal(fold(a), fold(b)))
  }

  const different: readonly [string, string][] = [
    ['cafe', 'café'],
    ['аpple', 'apple'],
    ['lunch', 'lunch\u200b'],
    ['½', '1/2'],
  ]
  for (const [a, b] of different) {
    test(`${JSON.stringify(a)} and ${JSON.stringify(b)} differ`, () => assert.notEqual(fold(a), fold(b)))
  }

  test('composed and decomposed twins of any text are the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        assert.equal(fold(value.normalize('NFD')), fold(value.normalize('NFC')))
      }),
    )
  })
})
