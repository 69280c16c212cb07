// The query of the list: every parameter, the edges of each, and what it must never do: answer more than was asked.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { type Caller, callBook, plainRefusals, readable } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import type { LocalDateTime } from '../../core/day.ts'
import { decimal } from '../../core/decimal.ts'

/** The account: a letter, the wall-clock time, the amount, the type, the notes and the tags of each expense. */
const kept: readonly [notes: string, date: string, amount: string, type: string, ...tags: string[]][] = [
  ['a', '0001-01-01T00:00:00', '-5', 'Lunch', 'Cash'],
  ['b', '2009-08-25T23:59:59', '0', 'Lunch'],
  ['c', '2009-08-26T00:00:00', '24.99', 'Travel: Lunch', 'cash', 'personal'],
  ['d', '2009-08-26T12:30:00', '25', 'lunch', 'personal'],
  ['e', '2009-08-26T23:59:59', '25.00', 'Parking'],
  ['f', '2009-08-27T00:00:00', '25.01', 'Straße 100%', 'Über'],
  ['g', '9999-12-31T23:59:59', '1000000000', "O'Hara; drop table expenses", 'a_b'],
]

const all = 'abcdefg'

/** A query, and the letters of the expenses it answers. */
const answers: readonly [query: string, letters: string][] = [
  ['', all],
  ['unknown=1&q=2&order=date;drop&where=1%3D1', all],
  ['type=lunch', 'abd'],
  ['type=LUNCH', 'abd'],
  ['type=lun', ''],
  ['type=travel:+lunch', 'c'],
  ['type=Travel%3A%20Lunch', 'c'],
  ['type=stra%C3%9Fe+100%25', 'f'],
  ['type=100%25', ''],
  ['type=%25', ''],
  ['type=L_nch', ''],
  ['type=*', ''],
  ["type=o'hara;+drop+table+expenses", 'g'],
  ["type=x'+or+'1'='1", ''],
  ['type=', all],
  ['notes=A', 'a'],
  ['notes=a&type=lunch', 'a'],
  ['notes=a&type=parking', ''],
  ['notes=%25', ''],
  ['notes=_', ''],
  ['notes=%5C', ''],
  ["notes='", ''],
  ['notes=%00', ''],
  [`notes=${'x'.repeat(1000)}`, ''],
  ['notes=', all],
  ['tags=CASH', 'ac'],
  ['tags=cash&tags=personal', 'acd'],
  ['tags=nobody&tags=%C3%BCber', 'f'],
  ['tags=a_b', 'g'],
  ['tags=a%25', ''],
  ['tags=cash+personal', ''],
  ['tags=', all],
  ['tags=&tags=cash', 'ac'],
  ['tags=__proto__&tags=constructor', ''],
  ['amount=25', 'de'],
  ['amount=25.0', 'de'],
  ['amount=25.000', 'de'],
  ['amount=24.995', ''],
  ['amount=25&amount_op=gt', 'fg'],
  ['amount=25&amount_op=lt', 'abc'],
  ['amount=24.99&amount_op=gt', 'defg'],
  ['amount=24.995&amount_op=gt', 'defg'],
  ['amount=24.995&amount_op=lt', 'abc'],
  ['amount=25.001&amount_op=lt', 'abcde'],
  ['amount=-5', 'a'],
  ['amount=-5.001&amount_op=gt', all],
  ['amount=-4.999&amount_op=lt', 'a'],
  ['amount=-0', 'b'],
  ['amount=0&amount_op=lt', 'a'],
  ['amount=.5&amount_op=lt', 'ab'],
  ['amount=99999999999999999999999999999999&amount_op=lt', all],
  ['amount=99999999999999999999999999999999&amount_op=gt', ''],
  ['amount=-9999999999999999999999999999999&amount_op=gt', all],
  ['amount=99999999999999999999999999999999', ''],
  ['amount=24&amount_op=gt&amount=25.01&amount_op=lt', 'cde'],
  ['amount=24&amount=25.01&amount_op=gt&amount_op=lt', 'cde'],
  ['amount=24&amount=25&amount_op=gt', 'de'],
  ['amount=26&amount_op=gt&amount=24&amount_op=lt', ''],
  ['amount=25&amount=26', ''],
  ['amount=', all],
  ['amount_op=gt', all],
  ['amount=&amount_op=gt', all],
  ['amount=25&amount_op=', 'de'],
  ['date=2009-08-26', 'cde'],
  ['date=2009-08-26+00:00:00', 'c'],
  ['date=2009-08-26+12:30', 'd'],
  ['date=2009-08-26T12:30:00', 'd'],
  ['date=2009-08-26%2012:30:00', 'd'],
  ['date=2009-08-26&date_op=gt', 'defg'],
  ['date=2009-08-26&date_op=lt', 'ab'],
  ['date=2009-08-26+23:59:59&date_op=gt', 'fg'],
  ['date=2009-08-26&date_op=gt&date=2009-08-27&date_op=lt', 'de'],
  ['date=2009-08-25&date=2009-08-27&date_op=gt&date_op=lt', 'bcde'],
  ['date=0001-01-01', 'a'],
  ['date=0001-01-01&date_op=gt', 'bcdefg'],
  ['date=0001-01-01&date_op=lt', ''],
  ['date=9999-12-31', 'g'],
  ['date=9999-12-31+23:59:59', 'g'],
  ['date=9999-12-31+23:59:59&date_op=gt', ''],
  ['date=9999-12-31+23:59:59&date_op=lt', 'abcdef'],
  ['date=2008-02-29', ''],
  // Skipped by the clocks of New York and Amsterdam in their springs: just a time that nothing has.
  ['date=2026-03-29+02:30:00', ''],
  ['date=', all],
  ['created=2026-05-20', all],
  ['created=2026-05-20+12:00:00', all],
  ['created=2026-05-20+12:00:00&created_op=gt', ''],
  ['created=2026-05-20+12:00:00&created_op=lt', ''],
  ['created=2026-05-20+12:00:01&created_op=lt', all],
  ['created=0001-01-01&created_op=gt', all],
  ['created=9999-12-31+23:59:59&created_op=gt', ''],
  ['modified=2026-05-20', all],
  ['modified=2026-05-20+11:59:59&modified_op=gt', all],
  ['modified=2026-05-21&modified_op=gt', ''],
  ['modified=2026-05-19', ''],
  ['modified=0001-01-01&modified_op=lt', ''],
  ['status=all', `${all}x`],
  ['status=all&type=lunch', 'abdx'],
  ['status=', all],
  ['type=lunch&tags=cash&amount=0&amount_op=lt&date=2000-01-01&date_op=lt&created=2026-05-20', 'a'],
  // The first of a repeated parameter counts where a list of them has no meaning.
  ['type=parking&type=lunch', 'e'],
  ['__proto__=1&constructor=2&hasOwnProperty=3', all],
  ['__proto__[report]=*&type[]=lunch&type[0]=lunch', all],
  ['&&=&=x&%&type=lunch', 'abd'],
]

/** Queries that cannot be read. Each is refused: none may widen the answer. */
const refusals: readonly string[] = [
  ...['soon', '2009', '2009-8-26', '2009-13-01', '2009-02-30', '2009-02-29', '0000-01-01', '10000-01-01'],
  ...['2009-08-26+24:00', '2009-08-26+12:60', '2016-12-31+23:59:60', '2009-08-26+1:00', '2009-08-26Z'],
  ...['2009-08-26+00:00:00.000', '-2009-08-26', '1251244800', '%00', '2009-08-26%00', '*', '2009-08-26--'],
]
  .flatMap((date) => [
    `date=${date}`,
    `date=${date}&date_op=gt`,
    `created=${date}`,
    `modified=${date}&modified_op=lt`,
  ])
  .concat(
    [
      'x',
      '1e400',
      '1e2',
      'NaN',
      'Infinity',
      '-Infinity',
      '0x10',
      '1_000',
      '--1',
      '1,5',
      '$5',
      '*',
      '%00',
      '٣',
      '.',
    ]
      .concat(['9'.repeat(33), '1.'.concat('0'.repeat(40)), '1;drop', "1'"])
      .flatMap((amount) => [`amount=${amount}`, `amount=${amount}&amount_op=gt`]),
    ['eq', 'gte', 'GT', '>', 'or', '%00', 'lt,gt', '__proto__', '0'].flatMap((op) => [
      `amount=25&amount_op=${op}`,
      `date=2009-08-26&date_op=${op}`,
      `created_op=${op}`,
      `modified=2009-08-26&modified_op=gt&modified=2009-08-27&modified_op=${op}`,
    ]),
    [`notes=${'x'.repeat(1001)}`],
    ['1', '-1', 'ALL', 'deleted', '*', '%00'].map((status) => `status=${status}`),
    ['type=%FF', 'notes=%ED%A0%80', 'tags=%C3', '%FF=1', 'format=foo', 'format=', 'format=JSON'],
    ['tags=x&'.repeat(65), 'tags=x&'.repeat(10_000), 'amount=1&amount_op=gt&'.repeat(5000)],
  )

forEachEngine('The filters of the Xpenser door', (engine) => {
  let book: TestBook
  let user: Caller
  before(async () => {
    book = await createTestBook(engine)
    const owner = book.actorOf('owner')
    const record = (notes: string, date: string, amount: string, type: string, tagNames: string[]) =>
      book.core.expenses.record(owner, {
        description: notes,
        spentAt: date as LocalDateTime,
        amount: decimal(amount),
        category: { name: type },
        tagNames,
      })
    for (const [notes, date, amount, type, ...tags] of kept) await record(notes, date, amount, type, tags)
    const gone = await record('x', '9999-12-31T23:59:59', '7777777', 'lunch', [])
    await book.core.expenses.remove(owner, gone.id)
    const member = book.actorOf('member')
    const spentAt = '2009-08-26T12:30:00' as LocalDateTime
    await book.core.expenses.record(member, { category: { name: 'lunch' }, spentAt, amount: decimal('25') })
    user = callBook(book, '/xpenser', [plainRefusals, readable]).as('owner@a.example', password)
  })

  describe('answer what matches', () => {
    for (const [query, letters] of answers) {
      test(`${query.slice(0, 100) || 'nothing asked'}: ${letters || 'nothing'}`, async () => {
        for (const report of ['', '&report=*']) {
          const reply = await user.get(`/api/v1.0/expenses/?${query}${report}`)
          assert.equal(reply.status, 200, reply.text)
          const found = reply.json<{ notes: string }[]>().map(({ notes }) => notes)
          assert.equal(found.join(''), letters)
        }
      })
    }
  })

  test('refuse what they cannot read, and never widen the answer', async () => {
    for (const query of refusals) {
      for (const path of ['/api/v1.0/expenses/', '/api/v1.0/%20expenses/']) {
        const reply = await user.get(`${path}?${query}`)
        assert.deepEqual([reply.status, query], [400, query])
        assert.ok(reply.text.length < 200, 'The refusal is short.')
      }
    }
  })

  test('are ANDed with the report', async () => {
    const { id } = (await user.post('/api/v1.0/report/', { name: 'Other' })).json<{ id: number }>()
    for (const query of [
      'type=lunch',
      'amount=25',
      'tags=cash',
      'status=all',
      'notes=a',
      'date=2009-08-26',
    ]) {
      assert.equal((await user.get(`/api/v1.0/expenses/?report=${id}&${query}`)).text, '[]')
    }
  })

  test('take 64 tags and a thousand parameters', async () => {
    assert.equal(
      (await user.get(`/api/v1.0/expenses/?${'tags=x&'.repeat(63)}tags=cash`)).json<unknown[]>().length,
      2,
    )
    assert.equal(
      (await user.get(`/api/v1.0/expenses/?${'x=1&'.repeat(998)}tags=cash`)).json<unknown[]>().length,
      2,
    )
  })

  test('compare what an expense comes to, not what was entered', async () => {
    const made = await user.post('/api/v1.0/expense/', 'type=Mileage&rawamount=77.7&amount=42.73')
    const { id } = made.json<{ id: number }>()
    assert.equal((await user.get('/api/v1.0/expenses/?amount=77.7')).text, '[]')
    const found = (await user.get('/api/v1.0/expenses/?amount=42.73')).json<{ id: number }[]>()
    assert.deepEqual(
      found.map((one) => one.id),
      [id],
    )
    await user.send('DELETE', `/api/v1.0/expense/${id}`)
  })
})
