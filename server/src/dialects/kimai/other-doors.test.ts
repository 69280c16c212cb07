// One book behind all doors: what is recorded at one is at once the same thing at the other.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { type Caller, callBook } from '../../../test/door-client.ts'
import { forEachEngine, password } from '../../../test/harness.ts'
import { createKimaiBook, type KimaiBook, type KimaiClient } from '../../../test/kimai-client.ts'

type Theirs = { readonly id: number; readonly amount: string; readonly type: string; readonly notes: string }
type Shown = {
  readonly id: number
  readonly project: number | null
  readonly total: number
  readonly category: { readonly name: string }
  readonly description: string
}

forEachEngine('The Kimai door beside another', (engine) => {
  let kimai: KimaiBook
  let owner: KimaiClient
  let xpenser: Caller
  before(async () => {
    kimai = await createKimaiBook(engine)
    owner = kimai.as('owner')
    xpenser = callBook(kimai.book, '/xpenser').as('owner@a.example', password)
  })

  test('an expense recorded here is there, changed there it is changed here', async () => {
    const { project, category } = kimai.things
    const expense = { begin: '2026-05-20T10:00', project, expenseCategory: category, cost: '18.40' }
    const { id } = await owner.made('POST', '/api/expenses', { ...expense, description: 'Delft' })
    const theirs = (await xpenser.get(`/api/v1.0/expense/${id}`)).json<Theirs>()
    assert.deepEqual([theirs.amount, theirs.type, theirs.notes], ['18.40', 'Train', 'Delft'])
    await owner.made('GET', '/api/expenses')
    await xpenser.post(`/api/v1.0/expense/${id}`, { amount: '20', notes: 'Leiden' })
    const [shown] = await owner.made<Shown[]>('GET', '/api/expenses')
    assert.deepEqual(
      [shown?.id, shown?.total, shown?.description, shown?.project],
      [id, 20, 'Leiden', project],
    )
    await xpenser.send('DELETE', `/api/v1.0/expense/${id}`)
    assert.equal((await owner.get(`/api/expenses/${id}`)).status, 404)
  })

  test('an expense of another door has no project, and gets one here', async () => {
    const { id } = (await xpenser.post('/api/v1.0/expense/', { q: 'taxi 12 home #late' })).json<Theirs>()
    const shown = await owner.made<Shown>('GET', `/api/expenses/${id}`)
    assert.deepEqual([shown.project, shown.total, shown.category.name], [null, 12, 'taxi'])
    const { project, activity } = kimai.things
    assert.equal((await owner.send('PATCH', `/api/expenses/${id}`, { activity })).status, 400)
    assert.equal(
      (await owner.made<Shown>('PATCH', `/api/expenses/${id}`, { project, activity })).project,
      project,
    )
    const words = await owner.made<Shown>('PATCH', `/api/expenses/${id}`, { description: 'taxi home' })
    assert.deepEqual([words.project, words.description, words.total], [project, 'taxi home', 12])
  })

  test('a timer of the core is a timer here', async () => {
    const { project, activity } = kimai.things
    const actor = kimai.book.actorOf('owner')
    const entry = await kimai.book.core.time.start(actor, { description: 'elsewhere' })
    const [running] = await owner.made<{ id: number; project: null; activity: null }[]>(
      'GET',
      '/api/timesheets/active',
    )
    assert.deepEqual([running?.id, running?.project, running?.activity], [entry.id, null, null])
    const words = await owner.made<Shown>('PATCH', `/api/timesheets/${entry.id}`, { description: 'here' })
    assert.deepEqual([words.description, words.project], ['here', null])
    assert.equal((await owner.send('PATCH', `/api/timesheets/${entry.id}`, { activity })).status, 400)
    assert.equal((await owner.send('PATCH', `/api/timesheets/${entry.id}/restart`)).status, 400)
    const { id } = await owner.made('POST', '/api/timesheets', { project, activity })
    assert.notEqual((await kimai.book.core.time.read(actor, entry.id)).endedAt, null)
    assert.equal((await kimai.book.core.time.read(actor, id)).endedAt, null)
  })
})
