// Counts: the same as counting anew, after whatever has happened.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestBook, forEachEngine } from '../../test/harness.ts'
import { createCounting } from './counting.ts'
import type { Reader } from './ports.ts'

forEachEngine('A count', (engine) => {
  test('follows every change, for everybody', async () => {
    const book = await createTestBook(engine)
    const { time } = book.core
    const counts = async () => {
      const found = []
      for (const role of ['owner', 'member'] as const) {
        const actor = await book.again(book.actorOf(role))
        found.push(await time.count(actor, {}), await time.count(actor, { running: true, limit: 1 }))
      }
      return found
    }
    assert.deepEqual(await counts(), [0, 0, 0, 0])
    const member = book.actorOf('member')
    const entry = await time.start(member, {})
    assert.deepEqual(await counts(), [1, 1, 1, 1])
    await time.stop(member, entry.id)
    assert.deepEqual(await counts(), [1, 0, 1, 0])
    await time.start(book.actorOf('owner'), {})
    assert.deepEqual(await counts(), [2, 1, 1, 0])
    await book.core.together(member, async (actor) => {
      assert.equal(await time.count(actor, {}), 1)
      await time.remove(actor, entry.id)
      assert.equal(await time.count(actor, {}), 0)
    })
    assert.deepEqual(await counts(), [1, 1, 0, 0])
  })

  test('is counted once for all pages of a list, while nothing happens', async () => {
    const book = await createTestBook(engine)
    let asked = 0
    const counting = createCounting(() => ({ count: async () => ++asked }) as unknown as Reader)
    const actor = await book.again(book.actorOf('owner'))
    const { organizationId } = actor
    assert.equal(await counting(actor, 'expense', { organizationId, offset: 0, limit: 50 }), 1)
    assert.equal(
      await counting(actor, 'expense', { organizationId, offset: 50, limit: 50, sort: 'spentAt' }),
      1,
    )
    assert.equal(await counting(actor, 'expense', { organizationId, billed: true }), 2)
    assert.equal(await counting(actor, 'time_entry', { organizationId }), 3)
    assert.equal(await counting({ ...actor, sequence: actor.sequence + 1 }, 'expense', { organizationId }), 4)
  })
})
