// What the door answers for the demo world, kept as files to be read: one for each scenario, named by its sentence.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { appOver, type Caller, callDoor, type Reply, readable } from '../../../test/door-client.ts'
import { openGoldens } from '../../../test/golden.ts'
import { type Filled, openFilled } from '../../commands/demo/filled.ts'
import { utc } from '../../commands/demo/pacific.ts'

type Scenario = readonly [sentence: string, status: number, call: (user: Caller) => Promise<Reply>]

const get =
  (path: string) =>
  (user: Caller): Promise<Reply> =>
    user.get(path)
const send =
  (method: string, path: string, body: object) =>
  (user: Caller): Promise<Reply> =>
    user.send(method, path, { bytes: JSON.stringify(body), type: 'application/json' })

const reads: readonly Scenario[] = [
  ['lists expenses of a client', 200, get('/expenses?where=client_id=1&page=0&page_size=3')],
  ['lists expenses in XML', 200, get('/expenses?where=client_id=1&page=0&page_size=2&format=xml')],
  [
    'lists expenses since a day',
    200,
    get('/expenses?where=date>=2026-09-01 and amount>100&order=date desc&page=0&page_size=3'),
  ],
  ['reads an expense', 200, get('/expenses/3843')],
  [
    'reads an expense with all around it',
    200,
    get('/expenses/3843?include=*,client,project,user,invoiceitems'),
  ],
  [
    'lists clients with names of their projects',
    200,
    get('/clients?include=name,projects.name,projects.tasks.name'),
  ],
  ['lists clients', 200, get('/clients?page=0&page_size=2')],
  ['lists projects', 200, get('/projects?page=0&page_size=2')],
  ['lists tasks', 200, get('/tasks?page=0&page_size=2&include=*,user_id')],
  ['lists users', 200, get('/users?where=type=Employee')],
  ['reads the caller', 200, get('/me')],
  ['lists entries', 200, get('/entries?page=0&page_size=3')],
  [
    'lists entries of an interval',
    200,
    get('/entries?where=time_interval in ("2026-11-01","2026-11-30") and user_id=4&page=0&page_size=2'),
  ],
  ['lists invoices', 200, get('/invoices?page=0&page_size=2')],
  [
    'reads an invoice with lines and payments',
    200,
    get('/invoices/1?include=*,invoiceitems,invoicepayments,client.name'),
  ],
  ['reads the company', 200, get('/company')],
  ['lists nothing', 200, get('/expenses?where=client_id=999999')],
  ['lists what is not kept', 200, get('/projecttemplates')],
]

const refusals: readonly Scenario[] = [
  ['refuses a caller without credentials', 401, (user) => user.as().get('/expenses')],
  ['refuses a field nobody has', 400, get('/expenses?include=foo')],
  ['refuses a filter it cannot read', 400, get('/expenses?where=client_id')],
  ['refuses an expense without an amount', 400, send('POST', '/expenses', { client_id: 1, currency: 'EUR' })],
  ['does not know an expense', 404, get('/expenses/999999')],
  ['does not know a resource', 404, get('/nothing')],
]

const writes: readonly Scenario[] = [
  [
    'creates the published expense',
    201,
    send('POST', '/expenses', {
      client_id: 1,
      user_id: 1,
      amount: 29.95,
      currency: 'USD',
      date: '2013-02-14',
      notes: 'Hosting',
      tags: ['Software/Service'],
    }),
  ],
  ['updates an expense', 200, send('PUT', '/expenses/4132', { date: '2015-02-15' })],
  [
    'invoices an expense',
    201,
    send('POST', '/invoices?include=number,status,total,invoiceitems', {
      client_id: 1,
      currency: 'EUR',
      date: '2013-08-14',
      items: [{ item: 'Expense', expense_id: 3843 }],
    }),
  ],
  ['starts a timer', 201, send('POST', '/entries', { task_id: 1, start_time: '2026-11-20T07:00:00Z' })],
  [
    'makes a report',
    201,
    send('POST', '/reports', { type: 'temp', date_interval: 'last_week', include: { projects: true } }),
  ],
  ['deletes an expense', 200, (user) => user.send('DELETE', '/expenses/4132')],
]

describe('The answers for the demo world', () => {
  const goldens = openGoldens(new URL('golden/', import.meta.url))
  let book: Filled
  let user: Caller
  before(async () => {
    book = await openFilled()
    const app = appOver({ core: book.core, clock: () => utc('2026-11-20 08:00:00') })
    user = callDoor(app, '/paymo/api', [readable]).as('marit@harbour.example', 'lighthouse')
  })
  after(() => book.close())

  for (const [sentence, status, call] of [...reads, ...refusals, ...writes]) {
    test(sentence, async () => {
      const reply = await call(user)
      assert.equal(reply.status, status, reply.text)
      const kind = reply.headers['content-type']?.startsWith('text/xml') ? 'xml' : 'json'
      // Keys of public addresses are left to chance when something new is made.
      const text = reply.text.replace(/"(token|download_token)":"[0-9a-f]{32}"/g, '"$1":"0"')
      goldens.check(sentence, { kind, text })
    })
  }

  test('no file is left over from a scenario that is gone', () => goldens.checkNothingLeft())
})
