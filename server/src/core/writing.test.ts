// The write path: state, revisions and events in step, and a log without gaps however many write at once.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, noon, refusal, type TestBook } from '../../test/harness.ts'
import type { Entities } from './entity.ts'
import type { BookEvent } from './events.ts'
import { createWrite } from './writing.ts'

forEachEngine('The write path', (engine) => {
  let book: TestBook
  before(async () => {
    book = await createTestBook(engine)
  })
  const owner = () => book.actorOf('owner')
  const ownerB = () => book.actorOf('owner', 'b')
  const references = async () => (await book.again(owner())).referencesRevision
  const ascending = (log: readonly BookEvent[]) =>
    assert.deepEqual(
      log.map((event) => event.sequence),
      log.map((_, i) => i + 1),
      'The log counts 1, 2, 3… without a gap.',
    )

  describe('An event', () => {
    test('tells when, who, through which door, in which request, and the whole entity before and after', async () => {
      const tag = await book.core.tags.add(owner(), { name: 'travel', color: '#fff' })
      book.clock.advance(1000)
      const renamed = await book.core.tags.update({ ...owner(), door: 'paymo', requestId: 'r2' }, tag.id, {
        name: 'Travel',
      })
      await book.core.tags.remove(owner(), tag.id)
      const events = (await book.log()).filter((event) => event.noun === 'tag' && event.entityId === tag.id)
      assert.deepEqual(
        events.map(({ action, door, requestId, personId, at }) => ({
          action,
          door,
          requestId,
          personId,
          at,
        })),
        [
          {
            action: 'created',
            door: 'native',
            requestId: owner().requestId,
            personId: owner().personId,
            at: noon,
          },
          { action: 'updated', door: 'paymo', requestId: 'r2', personId: owner().personId, at: noon + 1000 },
          {
            action: 'deleted',
            door: 'native',
            requestId: owner().requestId,
            personId: owner().personId,
            at: noon + 1000,
          },
        ],
      )
      assert.deepEqual([events[0]?.before, events[0]?.after], [null, tag])
      assert.deepEqual([events[1]?.before, events[1]?.after], [tag, renamed])
      const tombstone = events[2]?.after as Entities['tag']
      assert.deepEqual(events[2]?.before, renamed)
      assert.deepEqual([tombstone.deletedAt, tombstone.revision], [noon + 1000, 3])
      assert.deepEqual(await book.store.byId('tag', owner().organizationId, [tag.id]), [tombstone])
    })

    test('is not made by a change that changes nothing, and the revision stays', async () => {
      const tag = await book.core.tags.add(owner(), { name: 'same' })
      await book.unchanged(async () => {
        assert.deepEqual(await book.core.tags.update(owner(), tag.id, { name: 'same', color: '' }), tag)
        assert.deepEqual(await book.core.tags.update(owner(), tag.id, {}), tag)
      })
    })

    test('is not made by a change that fails half way', async () => {
      await book.unchanged(() =>
        assert.rejects(
          book.core.together(owner(), async (within) => {
            await book.core.tags.add(within, { name: 'half' })
            await book.core.tags.add(within, { name: 'HALF' })
          }),
          refusal('invalid', { path: 'name', code: 'taken' }),
        ),
      )
      assert.deepEqual(await book.core.tags.list(owner(), { names: ['half'] }), [])
    })
  })

  describe('The log', () => {
    test('has no gap and the order of the changes under 64 writers at once', async () => {
      const length = (await book.log()).length
      const tags = await Promise.all(
        Array.from({ length: 64 }, (_, i) => book.core.tags.add(owner(), { name: `writer ${i}` })),
      )
      await Promise.all(
        tags.map((tag, i) =>
          i % 4 === 0
            ? assert.rejects(book.core.tags.update(owner(), tag.id, { name: ' ' }))
            : book.core.tags.update(owner(), tag.id, { color: `${i}` }),
        ),
      )
      const log = await book.log()
      ascending(log)
      assert.equal(log.length - length, 64 + 48)
      for (const tag of tags) {
        const own = log.filter((event) => event.noun === 'tag' && event.entityId === tag.id)
        assert.deepEqual(
          own.map((event) => (event.after as Entities['tag']).revision),
          own.map((_, i) => i + 1),
        )
      }
    })

    test('of one organization holds nothing of another, while both write at once', async () => {
      await Promise.all(
        Array.from({ length: 32 }, (_, i) => [
          book.core.tags.add(owner(), { name: `both a ${i}` }),
          book.core.tags.add(ownerB(), { name: `both b ${i}` }),
        ]).flat(),
      )
      for (const letter of ['a', 'b'] as const) {
        const log = await book.log(letter)
        ascending(log)
        assert.ok(log.every((event) => event.organizationId === book.organizations[letter]))
      }
    })

    test('is read after a number, for those who may, with what they may see', async () => {
      const project = await book.core.projects.add(owner(), {
        name: 'P',
        budgetMinor: 500n,
        budgetSeconds: 60,
      })
      const { changes } = book.core
      const last = (await book.log()).at(-1)?.sequence ?? 0
      const seen = async (scopes: ReadonlySet<string> | null) => {
        const { events } = await changes.since({ ...book.actorOf('accountant'), scopes }, last - 1, 10)
        const [event] = events
        assert.ok(event?.entityId === project.id)
        const after = event.after as Entities['project'] | null
        return [after?.name, after?.budgetMinor, after?.budgetSeconds]
      }
      assert.deepEqual(await seen(null), ['P', 500n, 60])
      assert.deepEqual(await seen(new Set(['events:read'])), [undefined, undefined, undefined])
      assert.deepEqual((await changes.since(owner(), last, 10)).events, [])
      for (const role of ['manager', 'member', 'guest'] as const) {
        await assert.rejects(changes.since(book.actorOf(role), 0, 10), refusal('forbidden'))
      }
      const theirs = await changes.since(ownerB(), 0, 1000)
      assert.ok(theirs.events.every((event) => event.organizationId === book.organizations.b))
    })
  })

  describe('The references of an organization', () => {
    test('count as changed after a rename, a removal and a return, and not after something new', async () => {
      const before = await references()
      const client = await book.core.clients.add(owner(), { name: 'New' })
      await book.core.tags.add(owner(), { name: 'also new' })
      await book.core.time.start(owner(), { description: 'work' })
      assert.equal(await references(), before)
      await book.core.clients.update(owner(), client.id, { name: 'New' })
      assert.equal(await references(), before)
      await book.core.clients.update(owner(), client.id, { name: 'Renamed' })
      const renamed = await references()
      assert.ok(renamed > before)
      await book.core.clients.remove(owner(), client.id)
      const removed = await references()
      assert.ok(removed > renamed)
      await book.core.clients.restore(owner(), client.id)
      assert.ok((await references()) > removed)
    })

    test('are its own: a rename elsewhere changes nothing here', async () => {
      const before = await references()
      const client = await book.core.clients.add(ownerB(), { name: 'Theirs' })
      await book.core.clients.update(ownerB(), client.id, { name: 'Renamed' })
      assert.equal(await references(), before)
    })
  })

  describe('Two changes of the same thing', () => {
    test('from the same revision: the second is a conflict and nothing is lost silently', async () => {
      const write = createWrite(book.store, () => book.clock.now)
      const tag = await book.core.tags.add(owner(), { name: 'contested' })
      await write(owner(), (change) => change.alter('tag', tag, { color: 'first' }))
      await book.unchanged(() =>
        assert.rejects(
          write(owner(), (change) => change.alter('tag', tag, { color: 'second' })),
          refusal('conflict', { reason: 'revision_changed' }),
        ),
      )
      const [kept] = await book.core.tags.list(owner(), { ids: [tag.id] })
      assert.deepEqual([kept?.color, kept?.revision], ['first', 2])
    })

    test('at once are both kept, one after the other', async () => {
      const tag = await book.core.tags.add(owner(), { name: 'busy' })
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => book.core.tags.update(owner(), tag.id, { color: `c${i}` })),
      )
      const [kept] = await book.core.tags.list(owner(), { ids: [tag.id] })
      assert.equal(kept?.revision, 21)
    })
  })

  test('fields that are undefined are left alone', async () => {
    const write = createWrite(book.store, () => book.clock.now)
    const tag = await book.core.tags.add(owner(), { name: 'careful', color: 'red' })
    const fields = { color: undefined, state: 'archived' } as unknown as { state: 'archived' }
    const after = await write(owner(), (change) => change.alter('tag', tag, fields))
    assert.deepEqual([after.color, after.state], ['red', 'archived'])
    assert.deepEqual(await book.store.byId('tag', owner().organizationId, [tag.id]), [after])
  })

  test('a clock that is set back does not make a change look older than the one before', async () => {
    const tag = await book.core.tags.add(owner(), { name: 'late' })
    book.clock.advance(-60_000)
    const changed = await book.core.tags.update(owner(), tag.id, { color: 'x' })
    assert.equal(changed.updatedAt, tag.updatedAt)
    book.clock.advance(60_000)
  })

  test('new entities take the numbers they bring along, and later ones pass over them', async () => {
    const pinned = [500, 300]
    const own = await createTestBook(engine, {
      pinnedId: (noun) => (noun === 'client' ? pinned.shift() : undefined),
    })
    const add = async (name: string) => (await own.core.clients.add(own.actorOf('owner'), { name })).id
    assert.deepEqual([await add('a'), await add('b'), await add('c')], [500, 300, 501])
  })
})
