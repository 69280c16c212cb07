// Lists longer than a page of the core: everything comes, once, whatever the order and the form.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { type Caller, callBook, readable } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import { readXml } from '../../../test/xml.ts'
import { at, parseLocalDate } from '../../core/day.ts'
import { decimal } from '../../core/decimal.ts'

type Listed = {
  readonly expenses: readonly { readonly id: number; readonly notes: string; readonly client: object }[]
}

const count = 1050

forEachEngine('A long list at the Paymo door', (engine) => {
  let book: TestBook
  let owner: Caller
  let ids: number[]
  before(async () => {
    book = await createTestBook(engine)
    owner = callBook(book, '/paymo/api', [readable]).as('owner@a.example', password)
    const actor = book.actorOf('owner')
    const client = await book.core.clients.add(actor, { name: 'Acme' })
    const day = parseLocalDate('2026-05-01')
    assert.ok(day !== undefined)
    const spentAt = at(day, '00:00:00')
    ids = await book.core.together(actor, async (inside) => {
      const made: number[] = []
      for (let i = 0; i < count; i += 1) {
        const expense = await book.core.expenses.record(inside, {
          category: { name: 'Misc' },
          clientId: client.id,
          spentAt,
          amount: decimal('1'),
          description: `n${(i * 7919) % count}`,
        })
        made.push(expense.id)
      }
      return made
    })
  })

  const idsOf = async (query: string) =>
    (await owner.get(`/expenses${query}`)).json<Listed>().expenses.map(({ id }) => id)

  describe('comes whole', () => {
    test('by id, again from what is kept, and after a change', async () => {
      assert.deepEqual(await idsOf(''), ids)
      assert.deepEqual(await idsOf(''), ids)
      await owner.send('PUT', `/expenses/${ids[5]}`, 'notes=changed')
      const { expenses } = (await owner.get('/expenses')).json<Listed>()
      assert.deepEqual([expenses.length, expenses[5]?.notes], [count, 'changed'])
    })

    test('in any other order', async () => {
      for (const order of ['notes', 'notes desc', 'id desc', 'date', 'currency desc', 'project_id']) {
        const found = await idsOf(`?order=${order}`)
        assert.deepEqual(new Set(found), new Set(ids), order)
        assert.equal(found.length, count, order)
      }
      assert.deepEqual(await idsOf('?order=id desc'), [...ids].reverse())
    })

    test('with what it includes, in XML, and in pages larger than the core’s', async () => {
      const { expenses } = (await owner.get('/expenses?include=id,client.name')).json<Listed>()
      assert.equal(expenses.length, count)
      assert.ok(expenses.every(({ client }) => JSON.stringify(client) === '{"name":"Acme"}'))
      const root = readXml((await owner.get('/expenses?format=xml&include=id')).text)
      assert.equal(root.children[0]?.children.length, count)
      assert.deepEqual(await idsOf('?page=0&page_size=1020'), ids.slice(0, 1020))
      assert.deepEqual(await idsOf('?page=1&page_size=1020'), ids.slice(1020))
    })

    test('inside an object', async () => {
      const { clients } = (await owner.get('/clients?include=expenses.id')).json<{
        clients: { expenses: { id: number }[] }[]
      }>()
      assert.deepEqual(
        clients[0]?.expenses.map(({ id }) => id),
        ids,
      )
    })
  })

  test('with circles of objects inside objects is refused before it grows without end', async () => {
    const reply = await owner.get('/clients?include=expenses.client.expenses.client.expenses')
    assert.equal(reply.status, 400)
    assert.deepEqual(reply.json(), { message: 'That includes too much at once.' })
  })
})
