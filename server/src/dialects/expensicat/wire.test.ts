// How instants and numbers are spelled and read, and names as parts of addresses.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { decimal } from '../../core/decimal.ts'
import { countryCode, countryName } from './countries.ts'
import { slugOf } from './slugs.ts'
import { isNumeral, parseInstant, parseJson, parseNumber, presentInstant, presentNumber } from './wire.ts'

describe('An instant', () => {
  const read: readonly [string, string][] = [
    ['2026-03-02T09:00:00Z', '2026-03-02T09:00:00.000Z'],
    ['2026-03-02T09:00:00.000Z', '2026-03-02T09:00:00.000Z'],
    ['2026-03-02T09:00:00.123456789Z', '2026-03-02T09:00:00.123Z'],
    ['2026-03-02T09:00:00,5Z', '2026-03-02T09:00:00.500Z'],
    ['2026-03-02T09:00Z', '2026-03-02T09:00:00.000Z'],
    ['2026-03-02T09:00:00+01:00', '2026-03-02T08:00:00.000Z'],
    ['2026-03-02T09:00:00-0930', '2026-03-02T18:30:00.000Z'],
    ['2026-03-02t09:00:00z', '2026-03-02T09:00:00.000Z'],
    ['2024-02-29T23:59:59+00:00', '2024-02-29T23:59:59.000Z'],
    ['0001-01-02T00:00:00Z', '0001-01-02T00:00:00.000Z'],
    ['9999-12-30T23:59:59Z', '9999-12-30T23:59:59.000Z'],
  ]
  for (const [text, value] of read) {
    test(`${text} is ${value}`, () => assert.equal(presentInstant(parseInstant(text) ?? 0), value))
  }

  const refused = [
    ...['2026-03-02T09:00:00', '2026-03-02 09:00:00Z', '2026-03-02', '09:00:00Z', '', 'now', 'string'],
    ...['2026-02-30T09:00:00Z', '2025-02-29T00:00:00Z', '2026-13-01T00:00:00Z', '2026-00-01T00:00:00Z'],
    ...['2026-03-02T24:00:00Z', '2026-03-02T09:60:00Z', '2016-12-31T23:59:60Z', '2026-03-02T09:00:00+24:00'],
    ...['2026-03-02T09:00:00Z[UTC]', '2026-03-02T09:00:00[Europe/Amsterdam]', ' 2026-03-02T09:00:00Z'],
    ...['+002026-03-02T09:00:00Z', '20260302T090000Z', '2026-W10-1T09:00:00Z', '2026-03-02T9:00:00Z'],
    ...['1772442000', '2026-03-02T09:00:00+01', '2026-03-02T09:00:00Z\n', '２０２６-03-02T09:00:00Z'],
  ]
  for (const text of refused) {
    test(`${JSON.stringify(text)} is none`, () => assert.equal(parseInstant(text), undefined))
  }
})

describe('A number', () => {
  test('goes out and comes in with exactly its digits', () => {
    for (const text of ['95', '95.00', '0.1', '-34.50', '0', '123456789012345678901234567890.1']) {
      const json = JSON.stringify({ value: presentNumber(decimal(text)) })
      assert.equal(json, `{"value":${text}}`)
      const { value } = (parseJson(Buffer.from(json)) ?? assert.fail()).value as { value: unknown }
      assert.ok(isNumeral(value))
      assert.equal(parseNumber(value.rawJSON), text)
    }
  })

  test('with an exponent is the decimal it stands for', () => {
    for (const [text, value] of [
      ['1e2', '100'],
      ['1.5E+3', '1500'],
      ['15e-1', '1.5'],
      ['1e-7', '0.0000001'],
      ['-0', '0'],
      ['-0.0', '0.0'],
      ['-1.25e1', '-12.5'],
      ['0e5', '0'],
    ] as const) {
      assert.equal(parseNumber(text), value, text)
    }
  })

  test('of no usual size is refused', () => {
    for (const text of [
      '1e400',
      '-1e400',
      '1e-400',
      '9'.repeat(33),
      'NaN',
      'Infinity',
      '1_000',
      '0x10',
      '',
    ]) {
      assert.equal(parseNumber(text), undefined, text)
    }
  })

  test('of a body is no object that looks like one', () => {
    const body = parseJson(Buffer.from('{"a": {"rawJSON": "5"}, "b": 5}'))?.value as Record<string, unknown>
    assert.deepEqual([isNumeral(body.a), isNumeral(body.b)], [false, true])
  })

  test('any at all is read or refused, never broken', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        const number = parseNumber(String(value))
        if (number !== undefined) assert.equal(Number(number), value === 0 ? 0 : value)
      }),
    )
  })
})

test('A body that is no JSON or no UTF-8 is unreadable', () => {
  for (const bytes of [
    '{',
    "{'a': 1}",
    '{"a": NaN}',
    '{"a": 01}',
    '{"a": 1,}',
    'a=1',
    '{} {}',
    `${'['.repeat(100_000)}`,
  ]) {
    assert.equal(parseJson(Buffer.from(bytes)), undefined, bytes.slice(0, 20))
  }
  assert.equal(parseJson(Buffer.from([0x22, 0xff, 0x22])), undefined)
  assert.deepEqual(parseJson(Buffer.from('\ufeff{}')), { value: {} })
})

test('A slug is made of letters and digits', () => {
  for (const [name, slug] of [
    ['Harbour Studio', 'harbour-studio'],
    ['  Café & Söhne GmbH ', 'cafe-sohne-gmbh'],
    ['桜茶屋', '桜茶屋'],
    ['***', 'fallback'],
    ['../../etc/passwd', 'etc-passwd'],
  ] as const) {
    assert.equal(slugOf(name, 'fallback'), slug)
  }
})

test('A country is known by its code and by its name', () => {
  for (const [text, code] of [
    ['NL', 'NL'],
    ['nl', 'NL'],
    ['Netherlands', 'NL'],
    ['GERMANY', 'DE'],
    ['United Kingdom', 'GB'],
    ['UK', 'GB'],
    ['Curaçao', 'CW'],
  ] as const) {
    assert.equal(countryCode(text), code)
  }
  for (const text of ['EU', 'ZZ', 'Nederland', '', 'N', 'NLD', '__proto__']) {
    assert.equal(countryCode(text), undefined)
  }
  assert.equal(countryName('NL'), 'Netherlands')
  assert.equal(countryName('nl'), undefined)
})
