// How this door spells and reads single values.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { LocalDateTime } from '../../core/day.ts'
import { DomainError, type ErrorKind, type ErrorReason, invalid } from '../../core/errors.ts'
import { presentError } from './errors.ts'
import { parseId } from './ids.ts'
import { parseImage } from './receipts.ts'
import { formats, parseDate, parseTypedAmount, presentInstant, presentLocal } from './wire.ts'

const key = '373835ab-17f7-4a0a-9c89-a26bf91f5687'

test('an id is a positive integer in plain digits below 2^53', () => {
  for (const [text, id] of [
    ['1', 1],
    ['3831', 3831],
    ['9007199254740991', 9007199254740991],
  ] as const) {
    assert.equal(parseId(text), id)
  }
  for (const text of [
    '',
    '0',
    '-1',
    '01',
    '1.0',
    '1e3',
    ' 1',
    '1 ',
    '+1',
    '９',
    'abc',
    '9007199254740992',
    '1\n',
  ]) {
    assert.equal(parseId(text), undefined, JSON.stringify(text))
  }
})

test('a date has one shape going out, and a few coming in', () => {
  assert.equal(presentLocal('2009-10-02T05:14:00' as LocalDateTime), '2009-10-02 05:14:00')
  assert.equal(presentInstant(Date.parse('2009-11-20T22:44:21.999Z')), '2009-11-20 22:44:21')
  for (const [text, date] of [
    ['2009-10-02 05:14:33', '2009-10-02T05:14:33'],
    ['2009-10-02 05:14', '2009-10-02T05:14:00'],
    ['2009-10-02T05:14', '2009-10-02T05:14:00'],
    [' 2009-10-02 ', '2009-10-02'],
    ['2009-10-02 5:14', undefined],
    ['2009-10-02 05:14:33.5', undefined],
    ['2009-10-02Z', undefined],
    ['', undefined],
  ]) {
    assert.equal(parseDate(text ?? ''), date)
  }
})

test('a typed amount loses its signs and separators, never its digits', () => {
  for (const [text, amount] of [
    ['34.50', '34.50'],
    ['$34.50', '34.50'],
    ['34.50 €', '34.50'],
    ['-£1,299.00', '-1299.00'],
    ['+5', '5'],
    ['1 299,00', '1299.00'],
    ['007', '7'],
    ['-0', '0'],
    ['5.', '5'],
    ['', undefined],
    ['$', undefined],
    ['USD 5', undefined],
    ['1+1', undefined],
    ['1k', undefined],
    ['1e5', undefined],
    ['(5)', undefined],
  ]) {
    assert.equal(parseTypedAmount(text ?? ''), amount)
  }
})

test('of an image path only the key counts', () => {
  for (const text of [key, `${key}.JPG`, `${key}.pdf`]) assert.equal(parseImage(text), key)
  for (const text of [
    '',
    'x',
    `${key}.`,
    `${key}.toolong`,
    `${key}.j/g`,
    `${key.toUpperCase()}.JPG`,
    `${key}\n`,
    ` ${key}`,
  ]) {
    assert.equal(parseImage(text), undefined, JSON.stringify(text))
  }
})

describe('XML', () => {
  const xml = formats.get('xml')

  test('escapes text, leaves out what is absent, and gives lists resources', () => {
    const item = xml?.item({ a: '<&>"\'\r\n', b: undefined, c: [{ d: 1 }, { d: 2 }], e: [], f: '', g: [3] })
    assert.equal(
      item,
      '<a>&lt;&amp;&gt;"\'&#13;\n</a><c><resource><d>1</d></resource><resource><d>2</d></resource></c><e></e><f></f><g><resource>3</resource></g>',
    )
  })

  test('writes true as True and false as nothing: the Qt exporter takes any text as true', () => {
    assert.equal(xml?.item({ yes: true, no: false }), '<yes>True</yes><no></no>')
  })

  test('replaces what it cannot hold', () => {
    assert.equal(xml?.item({ a: '\u0000\u001f\ud800\uffff\t👍' }), '<a>\ufffd\ufffd\ufffd\ufffd\t👍</a>')
  })
})

test('every kind of failure has its status and its words', () => {
  const cases: readonly [kind: ErrorKind, reason: ErrorReason, status: number, body: string][] = [
    ['unauthenticated', 'credentials_wrong', 401, 'Authorization Required'],
    ['forbidden', 'role_forbids', 403, 'Forbidden'],
    ['not_found', 'no_such_entity', 404, 'Not Found'],
    ['invalid', 'wrong_input', 400, 'Bad Request: Said so.'],
    ['locked', 'report_closed', 400, 'Bad Request: Said so.'],
    ['conflict', 'default_report', 400, 'Bad Request: Said so.'],
    ['conflict', 'revision_changed', 409, 'Conflict: Said so.'],
    ['limit', 'too_large', 413, 'Said so.'],
    ['unavailable', 'store_unavailable', 503, 'Service Unavailable'],
  ]
  for (const [kind, reason, status, body] of cases) {
    const refusal = presentError(new DomainError(kind, reason, 'Said so.'))
    assert.deepEqual([refusal.status, refusal.body], [status, body])
  }
  const throttled = presentError(new DomainError('limit', 'too_many_attempts', '', { retryAfterSeconds: 7 }))
  assert.deepEqual(throttled, {
    status: 503,
    headers: { 'retry-after': '7' },
    body: 'Throttled, wait 7 seconds.',
  })
})

test('a refused field is called by the name it has here, and a missing report is not found', () => {
  const body = (path: string) => presentError(invalid(path, 'required', `${path} must not be empty.`)).body
  assert.equal(body('category'), 'Bad Request: type must not be empty.')
  assert.equal(body('description'), 'Bad Request: notes must not be empty.')
  assert.equal(body('text'), 'Bad Request: notes must not be empty.')
  assert.equal(body('name'), 'Bad Request: name must not be empty.')
  assert.equal(body('reportId'), 'Not Found')
})
