// This API knows no pages: a list of thousands is sent whole, in both formats, piece by piece.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { type Caller, callBook, plainRefusals, readable } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import { readXml } from '../../../test/xml.ts'
import { fromLocalSeconds } from '../../core/day.ts'
import { decimal } from '../../core/decimal.ts'

const count = 2100

forEachEngine('A list of more than a page at the Xpenser door', (engine) => {
  let book: TestBook
  let user: Caller
  let exact: number
  before(async () => {
    book = await createTestBook(engine)
    user = callBook(book, '/xpenser', [plainRefusals, readable]).as('owner@a.example', password)
    const owner = book.actorOf('owner')
    exact = (await book.core.reports.add(owner, { name: 'A page exactly' })).id
    await book.core.together(owner, async (actor) => {
      const category = { id: (await book.core.categories.add(actor, { name: 'Thing' })).id }
      for (let i = 0; i < count; i += 1) {
        // Many share a second, across page borders too, so that the order within it counts.
        const spentAt = fromLocalSeconds(1_000_000_000 + Math.floor(i / 7))
        const description = `<${i}>`
        await book.core.expenses.record(actor, { category, spentAt, description, amount: decimal(`${i}.50`) })
        if (i < 1000) {
          await book.core.expenses.record(actor, { category, spentAt, amount: decimal('1'), reportId: exact })
        }
      }
    })
  })

  const expected = Array.from({ length: count }, (_, i) => `<${i}>`)

  test('is whole and in order, in JSON', async () => {
    const reply = await user.get('/api/v1.0/expenses/')
    const list = reply.json<{ notes: string; id: number }[]>()
    assert.deepEqual(
      list.map(({ notes }) => notes),
      expected,
    )
    assert.equal(reply.headers['content-type'], 'application/json; charset=utf-8')
  })

  test('is whole and in order, in XML', async () => {
    const root = readXml((await user.get('/api/v1.0/expenses/?format=xml')).text)
    const notes = root.children.map(({ children }) => children.find(({ name }) => name === 'notes')?.text)
    assert.deepEqual(notes, expected)
  })

  test('is the same again, now from what is kept rendered, and shows a change in the midst of it', async () => {
    const before = (await user.get('/api/v1.0/expenses/')).json<{ id: number }[]>()
    const changed = before[1500]
    await user.post(`/api/v1.0/expense/${changed?.id}`, { notes: 'changed' })
    const after = (await user.get('/api/v1.0/expenses/')).json<{ id: number; notes: string }[]>()
    assert.deepEqual(
      after.map(({ id }) => id),
      before.map(({ id }) => id),
    )
    assert.equal(after[1500]?.notes, 'changed')
    await user.post(`/api/v1.0/expense/${changed?.id}`, { notes: '<1500>' })
  })

  test('of one page exactly ends well', async () => {
    for (const format of ['json', 'xml']) {
      const reply = await user.get(`/api/v1.0/expenses/?report=${exact}&format=${format}`)
      const length = format === 'json' ? reply.json<unknown[]>().length : readXml(reply.text).children.length
      assert.equal(length, 1000)
    }
  })

  test('is filtered before it is cut into pages', async () => {
    const list = (await user.get('/api/v1.0/expenses/?report=*&amount=1050&amount_op=gt')).json<unknown[]>()
    assert.equal(list.length, count - 1050)
  })

  test('is whole in the older form, newest first', async () => {
    const list = (await user.get('/api/expenses/')).json<{ fields: { notes: string } }[]>()
    assert.deepEqual(
      list.map(({ fields }) => fields.notes),
      expected.toReversed(),
    )
    const root = readXml((await user.get('/api/expenses/?format=xml')).text)
    assert.equal(root.children.length, count)
  })

  test('is not sent for HEAD', async () => {
    const reply = await user.send('HEAD', '/api/v1.0/expenses/')
    assert.deepEqual([reply.status, reply.text], [200, ''])
  })

  test('goes with its report as a whole', async () => {
    const all = async () =>
      (await user.get('/api/v1.0/expenses/?report=*&status=all&amount=1')).json<{ status: number }[]>()
    await user.send('DELETE', `/api/v1.0/report/${exact}`)
    assert.deepEqual(new Set((await all()).map(({ status }) => status)), new Set([-1]))
    assert.equal((await all()).length, 1000)
  })
})
