// The resources as programs use them: created, read, listed, changed, deleted, restored.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, type TestBook } from '../../test/harness.ts'
import { callNative, type Native, type Wire } from '../../test/native-door.ts'
import { resources } from './resources/index.ts'

forEachEngine('Resources of the native API', (engine) => {
  let book: TestBook
  let owner: Native

  before(async () => {
    book = await createTestBook(engine)
    owner = callNative(book, 'owner')
    await owner.expect(201, owner.post('/clients', { name: 'Ada' }))
    await owner.expect(201, owner.post('/projects', { name: 'Engine', client_id: 1 }))
    const lines = [{ title: 'Work', unit_price: { amount: '100.00' } }]
    await owner.expect(201, owner.post('/invoices', { client_id: 1, lines }))
  })

  test('An expense is created as typed and read back the same', async () => {
    const created = await owner.post('/expenses', {
      category: 'Lunch',
      spent_at: '2026-05-20T12:30:00',
      amount: { amount: '34.50' },
      tags: ['b', 'a'],
    })
    const expense = created.json<Wire>()
    assert.equal(created.status, 201, created.text)
    assert.equal(created.headers.location, `http://127.0.0.1/api/v1/expenses/${expense.id}`)
    assert.deepEqual(expense.amount, { amount: '34.50', currency: 'EUR' })
    assert.deepEqual(expense.tags, ['b', 'a'])
    const read = await owner.get(`/expenses/${expense.id}`)
    assert.equal(read.status, 200)
    assert.deepEqual(read.json(), expense)
    assert.equal(read.headers.etag, created.headers.etag)
    const again = await owner.get(`/expenses/${expense.id}`, { 'if-none-match': read.headers.etag ?? '' })
    assert.deepEqual([again.status, again.text], [304, ''])
  })

  for (const resource of resources) {
    const { path, verbs, examples } = resource
    if (verbs.add === undefined) continue
    describe(path, () => {
      let thing: Wire

      test('is created with its example', async () => {
        const reply = await owner.post(`/${path}`, examples.create)
        assert.equal(reply.status, 201, reply.text)
        thing = reply.json()
        assert.equal(thing.object, resource.object)
        assert.equal(thing.revision >= 1, true)
      })

      test('is listed and read', async () => {
        const list = await owner.expect(200, owner.get(`/${path}?limit=200`))
        assert.deepEqual(
          list.data.find((each: Wire) => each.id === thing.id),
          thing,
        )
        assert.deepEqual(await owner.expect(200, owner.get(`/${path}/${thing.id}`)), thing)
      })

      test('is changed in part', async () => {
        const changed = await owner.expect(200, owner.patch(`/${path}/${thing.id}`, examples.update))
        assert.equal(changed.id, thing.id)
        assert.ok(changed.revision > thing.revision)
      })

      test('is deleted, and restored where that can be', async () => {
        if (verbs.remove === undefined) return
        assert.equal((await owner.delete(`/${path}/${thing.id}`)).status, 204)
        assert.equal((await owner.get(`/${path}/${thing.id}`)).status, 404)
        const tombstone = await owner.expect(200, owner.get(`/${path}/${thing.id}?deleted=with`))
        assert.equal(typeof tombstone.deleted_at, 'string')
        if (verbs.restore === undefined) return
        const restored = await owner.expect(200, owner.post(`/${path}/${thing.id}/restore`))
        assert.equal(restored.deleted_at, null)
      })
    })
  }
})
