// Reading any noun: one's own organization, one's own reach, and what a change in progress has done.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, refusal, type TestBook, withScopes } from '../../test/harness.ts'
import { instantOf, type LocalDateTime, timeZone } from './day.ts'
import { decimal } from './decimal.ts'

forEachEngine('Reading', (engine) => {
  let book: TestBook
  let expenseId: number
  let webhookId: number

  const spentAt = '2026-05-20T12:00:00' as LocalDateTime
  const lunch = { category: { name: 'Lunch' }, spentAt, amount: decimal('12.00') }

  before(async () => {
    book = await createTestBook(engine)
    expenseId = (await book.core.expenses.record(book.actorOf('manager'), lunch)).id
    const hook = { url: 'https://hooks.example/', events: [] }
    webhookId = (await book.core.webhooks.add({ ...book.actorOf('owner'), door: 'paymo' }, hook)).id
  })

  test('answers nothing of another organization, nor of others where the role ends at oneself', async () => {
    const { reading } = book.core
    for (const actor of [book.actorOf('owner', 'b'), book.actorOf('member')]) {
      assert.deepEqual(await reading.byIds(actor, 'expense', [expenseId]), [])
      assert.deepEqual(await reading.list(actor, 'expense', { ids: [expenseId] }), [])
      assert.deepEqual(await reading.stamps(actor, 'expense', {}), [])
      assert.equal(await reading.count(actor, 'expense', {}), 0)
      await assert.rejects(reading.read(actor, 'expense', expenseId), refusal('not_found'))
    }
    assert.equal((await reading.read(book.actorOf('accountant'), 'expense', expenseId)).id, expenseId)
  })

  test('needs the scope of the noun', async () => {
    const actor = withScopes(book.actorOf('owner'), 'time:read')
    const { reading } = book.core
    assert.throws(() => reading.check(actor, 'expense'), refusal('forbidden', { reason: 'scope_missing' }))
    await assert.rejects(reading.byIds(actor, 'client', [1]), refusal('forbidden'))
    await assert.rejects(reading.peopleOf(actor, [actor.personId]), refusal('forbidden'))
  })

  test('shows a subscription at its own door only', async () => {
    const { reading } = book.core
    const owner = book.actorOf('owner')
    assert.deepEqual(await reading.byIds(owner, 'webhook', [webhookId]), [])
    await assert.rejects(reading.read(owner, 'webhook', webhookId), refusal('not_found'))
    const there = await reading.byIds({ ...owner, door: 'paymo' }, 'webhook', [webhookId])
    assert.equal(there[0]?.id, webhookId)
  })

  describe('What a change remembers', () => {
    test('is forgotten when the change itself does something to it', async () => {
      const owner = book.actorOf('owner')
      const { core } = book
      const project = await core.projects.add(owner, { name: 'Short-lived' })
      const startedAt = instantOf(spentAt, timeZone('Europe/Amsterdam'))
      const gone = core.together(owner, async (actor) => {
        await core.time.log(actor, { startedAt, projectId: project.id })
        await core.projects.remove(actor, project.id)
        await core.time.log(actor, { startedAt, projectId: project.id })
      })
      await assert.rejects(gone, refusal('invalid', { path: 'projectId', code: 'unknown_reference' }))
    })

    test('is the same tag for every entry that names it, and the new one after a rename', async () => {
      const owner = book.actorOf('owner')
      const { core } = book
      const ids = await core.together(owner, async (actor) => {
        const first = await core.expenses.record(actor, { ...lunch, tagNames: ['shared'] })
        const second = await core.expenses.record(actor, { ...lunch, tagNames: ['SHARED'] })
        await core.tags.update(actor, first.tagIds[0] ?? 0, { name: 'renamed' })
        const third = await core.expenses.record(actor, { ...lunch, tagNames: ['shared', 'renamed'] })
        return [first.tagIds, second.tagIds, third.tagIds]
      })
      assert.deepEqual(ids[0], ids[1])
      assert.notEqual(ids[2]?.[0], ids[0]?.[0])
      assert.equal(ids[2]?.[1], ids[0]?.[0])
    })
  })
})
