// Whatever is asked, the answer is one: no query and no form makes this door fail or say what cannot be read.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import fc from 'fast-check'
import { type Caller, callBook, plainRefusals, type Reply, readable } from '../../../test/door-client.ts'
import { createTestBook, createTestEngine, password, type TestBook } from '../../../test/harness.ts'

const names = [
  'report',
  'type',
  'notes',
  'tags',
  'status',
  'format',
  'amount',
  'date',
  'created',
  'modified',
].concat([
  'amount_op',
  'date_op',
  'created_op',
  'modified_op',
  'q',
  'd',
  'r',
  'rawamount',
  'action',
  '__proto__',
])

const values = [
  '',
  '*',
  'all',
  'lt',
  'gt',
  'json',
  'xml',
  'lunch',
  '25',
  '-0',
  '1e9',
  '2009-08-26',
  '0001-01-01',
].concat([
  '9999-12-31 23:59:59',
  '2009-08-26T12:00',
  '1',
  '999999',
  'delete',
  '%',
  '%zz',
  '%ff',
  '\u0000',
  '<&>',
])

const name = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...names) }, fc.string({ maxLength: 8 }))
const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...values) },
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.integer().map(String),
  fc.double().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 19)),
)

/** Pairs, each spelled as a careful or as a careless client would. */
const query = fc
  .array(fc.tuple(name, value, fc.boolean()), { maxLength: 8 })
  .map((pairs) =>
    pairs
      .map(([key, text, careful]) =>
        careful ? `${encodeURIComponent(key)}=${encodeURIComponent(text)}` : `${key}=${text}`,
      )
      .join('&'),
  )

// The same runs each time; a failure says with which input.
const settings = { seed: 20091120, numRuns: 300 }

describe('Any query and any form at the Xpenser door', () => {
  const engine = createTestEngine('sqlite')
  let book: TestBook
  let user: Caller
  let id: number
  before(async () => {
    book = await createTestBook(engine)
    user = callBook(book, '/xpenser', [plainRefusals, readable]).as('owner@a.example', password)
    for (const q of ['lunch 12 #a', 'Parking 25 <here> & "there"', 'taxi 30 @2009-08-26']) {
      id = (await user.post('/api/v1.0/expense/', { q })).json<{ id: number }>().id
    }
  })

  const answered = ({ status, text }: Reply) =>
    assert.ok([200, 204, 400, 404].includes(status), `${status} ${text}`)
  // An address holds printable ASCII only; all else arrives by percent signs.
  const address = (text: string) => text.replace(/[^!-~]|#/gu, (character) => encodeURIComponent(character))

  test('a list is answered or refused, and never changes anything', () =>
    book.unchanged(() =>
      fc.assert(
        fc.asyncProperty(
          query,
          fc.constantFrom('expenses/', 'reports/', 'tags/', 'types/', `expense/${id}`),
          async (text, path) => answered(await user.get(`/api/v1.0/${path}?${address(text)}`)),
        ),
        settings,
      ),
    ))

  test('a form is answered or refused, and one that is refused changes nothing', () =>
    fc.assert(
      fc.asyncProperty(query, fc.constantFrom('expense/', `expense/${id}`, 'report/'), async (text, path) => {
        const before = (await book.log()).length
        const reply = await user.post(`/api/v1.0/${path}`, text.toWellFormed())
        answered(reply)
        if (reply.status >= 400) assert.equal((await book.log()).length, before)
      }),
      settings,
    ))
})
