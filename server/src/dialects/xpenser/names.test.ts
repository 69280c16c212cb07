// Tags, types and the account itself: small lists that clients look names up in.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { type Caller, callBook, plainRefusals, readable } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'

type Name = { name: string; id: number }

forEachEngine('Tags, types and the user at the Xpenser door', (engine) => {
  let book: TestBook
  let nobody: Caller
  let user: Caller
  let colleague: Caller
  before(async () => {
    book = await createTestBook(engine)
    nobody = callBook(book, '/xpenser', [plainRefusals, readable])
    user = nobody.as('owner@a.example', password)
    colleague = nobody.as('member@a.example', password)
    for (const q of ['lunch 1 #cash #Über', 'Airfare 2 #cash', 'lunch 3']) {
      await user.post('/api/v1.0/expense/', { q })
    }
    await colleague.post('/api/v1.0/expense/', { q: 'Secret 1 #hidden #cash' })
  })
  const list = async (path: string, by = user) => (await by.get(`/api/v1.0/${path}`)).json<Name[]>()

  test('a new account has neither tags nor types', async () => {
    const fresh = nobody.as('guest@a.example', password)
    assert.deepEqual([await list('tags/', fresh), await list('types/', fresh)], [[], []])
  })

  test('tags have exactly a name and an id, by id, and only those the person uses', async () => {
    const tags = await list('tags/')
    assert.deepEqual(
      tags.map(({ name }) => name),
      ['cash', 'Über'],
    )
    for (const tag of tags) assert.deepEqual(Object.keys(tag), ['name', 'id'])
    const ids = tags.map(({ id }) => id)
    assert.deepEqual(
      ids,
      ids.toSorted((a, b) => a - b),
    )
  })

  test('a tag has the same id wherever it appears', async () => {
    const [cash] = await list('tags/')
    const [expense] = (await user.get('/api/v1.0/expenses/?tags=CASH')).json<{ tags: Name[] }[]>()
    assert.deepEqual(expense?.tags[0], cash)
    assert.deepEqual((await user.get(`/api/v1.0/tag/${cash?.id}`)).json(), cash)
    assert.deepEqual(
      (await list('tags/', colleague)).find(({ name }) => name === 'cash'),
      cash,
    )
  })

  test('a tag that is unknown, or used by others only, is not there', async () => {
    const hidden = (await list('tags/', colleague)).find(({ name }) => name === 'hidden')
    assert.equal((await colleague.get(`/api/v1.0/tag/${hidden?.id}`)).status, 200)
    for (const id of [hidden?.id, 999_999, 0, 'cash']) {
      const reply = await user.get(`/api/v1.0/tag/${id}`)
      assert.deepEqual([reply.status, reply.text], [404, 'Not Found'])
    }
  })

  test('types are those the person uses, once each', async () => {
    const types = await list('types/')
    assert.deepEqual(
      types.map(({ name }) => name),
      ['lunch', 'Airfare'],
    )
    for (const type of types) assert.deepEqual(Object.keys(type), ['name', 'id'])
  })

  test('what only a deleted expense had is no longer listed', async () => {
    const made = await user.post('/api/v1.0/expense/', { q: 'Once 1 #gone' })
    assert.ok((await list('tags/')).some(({ name }) => name === 'gone'))
    await user.send('DELETE', `/api/v1.0/expense/${made.json<Name>().id}`)
    assert.ok(!(await list('tags/')).some(({ name }) => name === 'gone'))
    assert.ok(!(await list('types/')).some(({ name }) => name === 'Once'))
  })

  test('the user is whoever signs in', async () => {
    const self = (await user.get('/api/v1.0/user/')).json()
    const { personId } = book.actorOf('owner')
    assert.deepEqual(self, { id: personId, username: 'owner@a.example', email: 'owner@a.example' })
    assert.equal((await colleague.get('/api/v1.0/user')).json<{ email: string }>().email, 'member@a.example')
  })
})
