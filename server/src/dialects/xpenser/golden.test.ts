// What the door answers for the demo world, kept as files to be read: one for each scenario, named by its sentence.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  appOver,
  type Caller,
  callDoor,
  plainRefusals,
  type Reply,
  readable,
} from '../../../test/door-client.ts'
import { openGoldens } from '../../../test/golden.ts'
import { type Filled, openFilled } from '../../commands/demo/filled.ts'
import { utc } from '../../commands/demo/pacific.ts'

type Scenario = readonly [sentence: string, status: number, call: (user: Caller) => Promise<Reply>]

const get =
  (path: string) =>
  (user: Caller): Promise<Reply> =>
    user.get(path)
const post =
  (path: string, form: Record<string, string>) =>
  (user: Caller): Promise<Reply> =>
    user.post(path, form)

const reads: readonly Scenario[] = [
  ['lists the default report', 200, get('/api/v1.0/expenses/')],
  ['lists the default report in XML', 200, get('/api/v1.0/expenses/?format=xml')],
  ['lists a named report', 200, get('/api/v1.0/expenses/?report=54')],
  ['lists a named report in XML', 200, get('/api/v1.0/expenses/?report=54&format=xml')],
  ['lists all reports at once', 200, get('/api/v1.0/expenses/?report=*')],
  ['lists lunches above 25', 200, get('/api/v1.0/expenses/?report=54&type=lunch&amount=25&amount_op=gt')],
  [
    'lists what was modified since with the deleted ones',
    200,
    get('/api/v1.0/expenses/?report=*&modified=2009-08-26+00:00:00&modified_op=gt&status=all&type=lunch'),
  ],
  ['lists what has one of two tags', 200, get('/api/v1.0/expenses/?report=*&tags=personal&tags=meals')],
  ['reads an expense', 200, get('/api/v1.0/expense/3831')],
  ['reads an expense in XML', 200, get('/api/v1.0/expense/3831?format=xml')],
  ['reads a deleted expense when asked for', 200, get('/api/v1.0/expense/6?status=all')],
  ['reads a distance', 200, get('/api/v1.0/expense/7')],
  ['reads a time', 200, get('/api/v1.0/expense/8')],
  ['reads money of another currency', 200, get('/api/v1.0/expense/9')],
  ['lists the reports', 200, get('/api/v1.0/reports/')],
  ['lists the reports in XML', 200, get('/api/v1.0/reports/?format=xml')],
  ['lists the reports that need action', 200, get('/api/v1.0/reports/?status=needs_action')],
  ['reads a report', 200, get('/api/v1.0/report/110')],
  ['lists the tags', 200, get('/api/v1.0/tags/')],
  ['lists the tags in XML', 200, get('/api/v1.0/tags/?format=xml')],
  ['reads a tag', 200, get('/api/v1.0/tag/71')],
  ['lists the types', 200, get('/api/v1.0/types/')],
  ['reads a receipt', 200, get('/api/v1.0/receipt/7')],
  ['reads the user', 200, get('/api/v1.0/user/')],
  ['lists the older form', 200, get('/api/expenses/?format=json')],
  ['lists the older form in XML', 200, get('/api/expenses/?format=xml')],
]

const refusals: readonly Scenario[] = [
  ['challenges a caller without credentials', 401, (user) => user.as().get('/api/v1.0/expenses/')],
  ['refuses a format it does not speak', 400, get('/api/v1.0/expenses/?format=foo')],
  ['refuses a line without an amount', 400, post('/api/v1.0/expense/', { q: 'lunch with jack' })],
  ['refuses an empty line', 400, post('/api/v1.0/expense/', { q: '' })],
  ['refuses a date that is none', 400, post('/api/v1.0/expense/', { q: 'lunch 12', d: 'soon' })],
  ['refuses an amount that is no number', 400, post('/api/v1.0/expense/45', { amount: 'much' })],
  ['refuses a filter it cannot read', 400, get('/api/v1.0/expenses/?date=soon')],
  ['refuses to delete the default report', 400, post('/api/v1.0/report/76?action=delete', {})],
  ['refuses to change what was paid', 400, post('/api/v1.0/expense/3834', { notes: 'again' })],
  ['does not know a report', 404, get('/api/v1.0/expenses/?report=999999')],
  ['does not know an expense', 404, get('/api/v1.0/expense/999999')],
]

const writes: readonly Scenario[] = [
  [
    'creates the published expense',
    200,
    post('/api/v1.0/expense/', {
      q: 'lunch 34.50 with jack #personal #cash',
      r: '76',
      d: '2009-10-02 05:14',
    }),
  ],
  ['creates an expense from a line alone', 200, post('/api/v1.0/expense/', { q: 'lunch 34.50 with jack' })],
  ['creates a distance', 200, post('/api/v1.0/expense/', { q: 'mileage 20 miles to airport' })],
  ['creates a time', 200, post('/api/v1.0/expense/', { q: 'consulting 1h30m for Acme' })],
  [
    'creates an expense in XML',
    200,
    post('/api/v1.0/expense/?format=xml', { q: 'Taxi $18.40 <b>home</b> & back' }),
  ],
  [
    'creates an expense from fields',
    200,
    post('/api/v1.0/expense/', {
      type: 'Hotel',
      amount: '98.00',
      notes: 'Reno',
      date: '2010-01-05',
      report: '54',
    }),
  ],
  [
    'creates an expense by the older address',
    200,
    get('/api/simple/?q=test+expense+1&report=110&format=json'),
  ],
  [
    'updates the published expense',
    200,
    post('/api/v1.0/expense/45', { tags: 'personal cash', amount: '34.50' }),
  ],
  ['updates the distance of an expense', 200, post('/api/v1.0/expense/7', { rawamount: '100' })],
  ['creates a report', 200, post('/api/v1.0/report/', { name: 'Offsite' })],
  ['updates a report', 200, post('/api/v1.0/report/54', { name: 'Conference 2009', status: 'submitted' })],
]

describe('The answers for the demo world', () => {
  const goldens = openGoldens(new URL('golden/', import.meta.url))
  let book: Filled
  let user: Caller
  before(async () => {
    book = await openFilled()
    const app = appOver({ core: book.core, clock: () => utc('2026-11-20 08:00:00') })
    user = callDoor(app, '/xpenser', [plainRefusals, readable]).as('user', 'password')
  })
  after(() => book.close())

  for (const [sentence, status, call] of [...reads, ...refusals, ...writes]) {
    test(sentence, async () => {
      const reply = await call(user)
      assert.equal(reply.status, status, reply.text)
      const [, kind = ''] = /\b(json|xml)\b/.exec(reply.headers['content-type'] ?? '') ?? []
      goldens.check(sentence, { kind: kind === 'json' || kind === 'xml' ? kind : 'txt', text: reply.text })
    })
  }

  test('no file is left over from a scenario that is gone', () => goldens.checkNothingLeft())
})
