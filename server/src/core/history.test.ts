// The history of entities: in batches, in order, and only for those who may read them.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, refusal, type TestBook } from '../../test/harness.ts'
import { decimal } from './decimal.ts'
import { maxHistory } from './history.ts'

forEachEngine('The history of entities', (engine) => {
  let book: TestBook
  before(async () => {
    book = await createTestBook(engine)
  })

  const started = async (role: 'owner' | 'member' = 'owner') =>
    (await book.core.time.start(book.actorOf(role), { description: 'a' })).id

  test('tells every change of each entity in its order', async () => {
    const owner = book.actorOf('owner')
    const [first, second] = [await started(), await started()]
    await book.core.time.update(owner, first, { description: 'b' })
    await book.core.time.stop(owner, second)
    await book.core.time.remove(owner, first)
    const found = await book.core.history(owner, 'time_entry', [second, first])
    const actions = (id: number) => found.get(id)?.map((event) => event.action)
    assert.deepEqual(actions(first), ['started', 'updated', 'deleted'])
    assert.deepEqual(actions(second), ['started', 'stopped'])
    assert.deepEqual(found.get(first)?.[1]?.before, {
      ...(found.get(first)?.[0]?.after ?? {}),
    })
  })

  test('leaves out what the actor may not read, and knows nothing of other organizations', async () => {
    const [mine, theirs] = [await started('member'), await started('owner')]
    const found = await book.core.history(book.actorOf('member'), 'time_entry', [mine, theirs])
    assert.deepEqual([...found.keys()], [mine])
    const stranger = await book.core.history(book.actorOf('owner', 'b'), 'time_entry', [mine, theirs])
    assert.equal(stranger.size, 0)
  })

  test('needs the permission of reading the entity', async () => {
    const member = book.actorOf('member')
    await assert.rejects(book.core.history(member, 'invoice', [1]), refusal('forbidden'))
    await assert.rejects(
      book.core.history(member, 'time_entry', Array(1001).fill(1)),
      refusal('invalid', { path: 'ids' }),
    )
  })

  test('hides the fields that the role does not see', async () => {
    const owner = book.actorOf('owner')
    const project = await book.core.projects.add(owner, { name: 'P', hourlyRate: decimal('95') })
    const rates = async (role: 'owner' | 'member') =>
      (await book.core.history(book.actorOf(role), 'project', [project.id]))
        .get(project.id)
        ?.map(({ after }) => (after as { hourlyRate: string | null }).hourlyRate)
    assert.deepEqual(await rates('owner'), ['95'])
    assert.deepEqual(await rates('member'), [null])
  })

  test('answers the newest events of an entity that has many', async () => {
    const owner = book.actorOf('owner')
    const id = await started()
    for (let i = 0; i < maxHistory + 5; i += 1) {
      await book.core.time.update(owner, id, { description: `change ${i}` })
    }
    const events = (await book.core.history(owner, 'time_entry', [id])).get(id) ?? []
    assert.equal(events.length, maxHistory)
    assert.equal(
      (events.at(-1)?.after as { description?: string } | null)?.description,
      `change ${maxHistory + 4}`,
    )
  })

  describe('What hangs on an entity', () => {
    test('moves its revision, once for each change', async () => {
      const owner = book.actorOf('owner')
      const { notes, time } = book.core
      const subject = { noun: 'time_entry', id: await started() } as const
      const revision = async () => (await time.read(owner, subject.id)).revision
      assert.equal(await revision(), 1)
      const note = await notes.add(owner, subject, { body: 'x', todo: true })
      assert.equal(await revision(), 2)
      await notes.setCompleted(owner, note.id, true)
      assert.equal(await revision(), 3)
      await notes.setCompleted(owner, note.id, true)
      await notes.update(owner, note.id, { body: 'x' })
      assert.equal(await revision(), 3)
      await notes.remove(owner, note.id)
      assert.equal(await revision(), 4)
      await notes.setProperty(owner, subject, 'door', 'a', '1')
      await notes.setProperty(owner, subject, 'door', 'a', '1')
      assert.equal(await revision(), 5)
      await book.core.together(owner, async (actor) => {
        await notes.setProperty(actor, subject, 'door', 'a', '2')
        await notes.setProperty(actor, subject, 'door', 'b', '2')
        await time.update(actor, subject.id, { description: 'both' })
      })
      assert.equal(await revision(), 7)
    })

    test('leaves the revision of what is new alone', async () => {
      const owner = book.actorOf('owner')
      const entry = await book.core.together(owner, async (actor) => {
        const { id } = await book.core.time.start(actor, {})
        await book.core.notes.add(actor, { noun: 'time_entry', id }, { body: 'x' })
        return book.core.time.read(actor, id)
      })
      assert.equal(entry.revision, 1)
    })
  })
})
