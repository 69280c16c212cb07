// This API knows no pages: a list of thousands is sent whole, in both formats, piece by piece.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { type Caller, callBook, plainRefusals, readable } from '../../../test/door-client.ts'
import {
  createTestBook,
  createTestEngine,
  forEachEngine,
  password,
  type TestBook,
} from '../../../test/harness.ts'
import { readXml } from '../../../test/xml.ts'
import { fromLocalSeconds } from '../../core/day.ts'
import { decimal } from '../../core/decimal.ts'

const page = 1000

forEachEngine('A list of more than a page at the Xpenser door', (engine) => {
  // Three pages where making them is quick, two where every expense is a dozen round trips.
  const count = engine.kind === 'sqlite' ? 2100 : 1100
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
        const input = { category, spentAt, description: `<${i}>`, amount: decimal(`${i}.50`) }
        await book.core.expenses.record(actor, i < page ? { ...input, reportId: exact } : input)
      }
    })
  })

  const expected = Array.from({ length: count }, (_, i) => `<${i}>`)

  test('is whole and in order, in JSON', async () => {
    const reply = await user.get('/api/v1.0/expenses/?report=*')
    const list = reply.json<{ notes: string; id: number }[]>()
    assert.deepEqual(
      list.map(({ notes }) => notes),
      expected,
    )
    assert.equal(reply.headers['content-type'], 'application/json; charset=utf-8')
  })

  test('is whole and in order, in XML', async () => {
    const root = readXml((await user.get('/api/v1.0/expenses/?report=*&format=xml')).text)
    const notes = root.children.map(({ children }) => children.find(({ name }) => name === 'notes')?.text)
    assert.deepEqual(notes, expected)
  })

  test('is the same again, now from what is kept rendered, and shows a change in the midst of it', async () => {
    const before = (await user.get('/api/v1.0/expenses/?report=*')).json<{ id: number }[]>()
    const changed = before[1050]
    await user.post(`/api/v1.0/expense/${changed?.id}`, { notes: 'changed' })
    const after = (await user.get('/api/v1.0/expenses/?report=*')).json<{ id: number; notes: string }[]>()
    assert.deepEqual(
      after.map(({ id }) => id),
      before.map(({ id }) => id),
    )
    assert.equal(after[1050]?.notes, 'changed')
    await user.post(`/api/v1.0/expense/${changed?.id}`, { notes: '<1050>' })
  })

  test('of one page exactly ends well', async () => {
    for (const format of ['json', 'xml']) {
      const reply = await user.get(`/api/v1.0/expenses/?report=${exact}&format=${format}`)
      const length = format === 'json' ? reply.json<unknown[]>().length : readXml(reply.text).children.length
      assert.equal(length, page)
    }
  })

  test('is filtered before it is cut into pages', async () => {
    const list = (await user.get('/api/v1.0/expenses/?report=*&amount=50&amount_op=gt')).json<unknown[]>()
    assert.equal(list.length, count - 50)
  })

  test('is whole in the older form, newest first', async () => {
    const list = (await user.get('/api/expenses/')).json<{ fields: { notes: string } }[]>()
    assert.deepEqual(
      list.map(({ fields }) => fields.notes),
      expected.slice(page).toReversed(),
    )
    const root = readXml((await user.get('/api/expenses/?format=xml')).text)
    assert.equal(root.children.length, count - page)
  })

  test('is not sent for HEAD', async () => {
    const reply = await user.send('HEAD', '/api/v1.0/expenses/?report=*')
    assert.deepEqual([reply.status, reply.text], [200, ''])
  })

  test('goes with its report as a whole', async () => {
    await user.send('DELETE', `/api/v1.0/report/${exact}`)
    const live = (await user.get('/api/v1.0/expenses/?report=*')).json<unknown[]>()
    const all = (await user.get('/api/v1.0/expenses/?report=*&status=all')).json<{ status: number }[]>()
    assert.equal(live.length, count - page)
    assert.equal(all.filter(({ status }) => status === -1).length, page)
  })
})

describe('More than a page of names at the Xpenser door', () => {
  const engine = createTestEngine('sqlite')

  test('is whole: tags, types and reports, the default report still first', async () => {
    const book = await createTestBook(engine)
    const user = callBook(book, '/xpenser', [plainRefusals, readable]).as('owner@a.example', password)
    await book.core.together(book.actorOf('owner'), async (actor) => {
      for (let i = 0; i < page; i += 1) {
        await book.core.reports.add(actor, { name: `Report ${i}` })
        await book.core.quickEntries.record(actor, { text: `type:Type${i} 1 #tag${i}` })
      }
    })
    const list = async (name: string) => (await user.get(`/api/v1.0/${name}/`)).json<{ name: string }[]>()
    const expected = (prefix: string) => Array.from({ length: page }, (_, i) => `${prefix}${i}`)
    const names = async (name: string) => (await list(name)).map((one) => one.name)
    assert.deepEqual(await names('tags'), expected('tag'))
    assert.deepEqual(await names('types'), expected('Type'))
    assert.deepEqual(await names('reports'), ['Default', ...expected('Report ')])
    await user.post('/api/v1.0/expense/', { q: 'type:Last 1 #last' })
    assert.deepEqual(await names('tags'), [...expected('tag'), 'last'])
    assert.deepEqual(await names('types'), [...expected('Type'), 'Last'])
  })
})
