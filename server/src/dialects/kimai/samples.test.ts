// The published calls of the expense API, one after the other as the generated Python client sends them: the pair of
// headers, JSON types everywhere, `{}` where there is nothing to send.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { appOver, callDoor } from '../../../test/door-client.ts'
import { jsonOrNothing, type KimaiClient, kimaiClient, pair } from '../../../test/kimai-client.ts'
import { type Filled, openFilled } from '../../commands/demo/filled.ts'
import { utc } from '../../commands/demo/pacific.ts'

type Shown = Readonly<Record<string, unknown>> & { readonly id: number }

describe('The published calls', () => {
  let book: Filled
  let client: KimaiClient
  let id: number
  before(async () => {
    book = await openFilled()
    const app = appOver({ core: book.core, clock: () => utc('2026-11-20 08:00:00') })
    const { kimai } = book.summary.doors
    client = kimaiClient(callDoor(app, '/kimai', [jsonOrNothing]), {
      ...pair(kimai.user, kimai.token),
      accept: 'application/json',
    })
  })
  after(() => book.close())

  /** What the client sends along with a call that has no body of its own. */
  const nothing = {}

  /** What its models demand of an expense; anything else makes them throw. */
  function accept(expense: Shown): Shown {
    for (const name of ['category', 'cost', 'exported', 'refundable'])
      assert.notEqual(expense[name] ?? null, null, name)
    const { name, visible } = expense.category as Record<string, unknown>
    assert.deepEqual([typeof name, typeof visible], ['string', 'boolean'])
    for (const field of expense.metaFields as { name: unknown }[]) assert.equal(typeof field.name, 'string')
    return expense
  }

  test('api_expenses_post', async () => {
    // The form of 1.x: texts for numbers, an id as text for the category, a customer that only narrows the choice.
    const body = {
      begin: '2026-11-20T10:00:00.123456+00:00',
      customer: 1,
      project: 1,
      activity: 9,
      expenseCategory: '1',
      multiplier: '30',
      description: 'Client visit',
      refundable: true,
    }
    const made = accept(await client.made<Shown>('POST', '/api/expenses', body))
    assert.deepEqual(
      [made.begin, made.cost, made.multiplier, made.total, made.activity, made.project],
      ['2026-11-20T11:00:00+0100', 0.23, 30, 6.9, 9, 1],
    )
    id = made.id
  })

  test('api_expenses_get', async () => {
    const query = new URLSearchParams({
      orderBy: 'begin',
      order: 'DESC',
      begin: '2026-11-01T00:00:00',
      end: '2026-11-30T23:59:59',
      refundable: '1',
      exported: '0',
      term: 'client visit',
      page: '1',
      size: '50',
    })
    const list = await client.made<Shown[]>('GET', `/api/expenses?${query}`)
    assert.ok(list.map(accept).some((expense) => expense.id === id))
  })

  test('api_expenses_id_get', async () => {
    assert.equal(accept(await client.made<Shown>('GET', `/api/expenses/${id}`)).description, 'Client visit')
  })

  test('api_expenses_id_patch', async () => {
    const changed = accept(await client.made<Shown>('PATCH', `/api/expenses/${id}`, { multiplier: '40' }))
    assert.deepEqual([changed.total, changed.description], [9.2, 'Client visit'])
  })

  test('api_expenses_id_meta_patch', async () => {
    const field = { name: 'card', value: 'PO-1' }
    const changed = accept(await client.made<Shown>('PATCH', `/api/expenses/${id}/meta`, field))
    assert.deepEqual(changed.metaFields, [field])
  })

  test('api_expenses_id_duplicate_patch', async () => {
    const copy = accept(await client.made<Shown>('PATCH', `/api/expenses/${id}/duplicate`, nothing))
    assert.notEqual(copy.id, id)
    assert.deepEqual(copy.metaFields, [{ name: 'card', value: 'PO-1' }])
  })

  test('api_expenses_id_delete', async () => {
    const reply = await client.send('DELETE', `/api/expenses/${id}`, nothing)
    assert.deepEqual([reply.status, reply.text], [204, ''])
    assert.equal((await client.get(`/api/expenses/${id}`)).status, 404)
  })

  test('a timer of kimai2-cmd: start with a time in UTC, stop, find it again', async () => {
    const started = await client.made<Shown>('POST', '/api/timesheets', {
      begin: '2026-11-20T07:59:17+00:00',
      project: '1',
      activity: '9',
    })
    assert.deepEqual(
      [started.begin, started.end, 'message' in started],
      ['2026-11-20T08:59:00+0100', null, false],
    )
    const stopped = await client.made<Shown>('PATCH', `/api/timesheets/${started.id}/stop`)
    assert.equal(stopped.duration, 60)
    const [newest] = await client.made<Shown[]>('GET', '/api/timesheets/recent')
    assert.equal(newest?.id, started.id)
  })

  test('the form of the PHP client 2.0, which every field is in', async () => {
    const me = await client.made<Shown>('GET', '/api/users/me')
    const made = await client.made<Shown>('POST', '/api/expenses', {
      begin: '2026-11-20T10:00:00+00:00',
      project: 1,
      activity: null,
      expenseCategory: 4,
      multiplier: 1,
      cost: 18.4,
      description: 'Train',
      billableMode: 'auto',
      user: me.id,
      exported: false,
    })
    assert.deepEqual([accept(made).total, made.refundable], [18.4, true])
  })

  test('the query of the Go client, which names every parameter', async () => {
    const empty = 'begin=&end=&exported=&order=&orderBy=&page=&refundable=&size=&term='
    assert.equal((await client.made<Shown[]>('GET', `/api/expenses?${empty}`)).length, 50)
  })
})
