// PostgreSQL: lost connections, taken values, and writers that must not wait for each other.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import pg from 'pg'
import { createTestBook, createTestEngine, noon, refusal, type TestBook } from '../../test/harness.ts'
import type { Entities } from '../core/entity.ts'

describe('PostgreSQL', () => {
  const engine = createTestEngine('postgres')
  let book: TestBook
  before(async () => {
    book = await createTestBook(engine)
  })

  const tag = (organizationId: number, id: number, name: string): Entities['tag'] => ({
    organizationId,
    id,
    revision: 1,
    createdAt: noon,
    updatedAt: noon,
    deletedAt: null,
    name,
    color: '',
    state: 'active',
  })

  /** Asks the server itself, over a connection of its own. */
  async function ask(statement: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: book.address })
    await client.connect()
    try {
      return (await client.query(statement)).rows
    } finally {
      await client.end()
    }
  }

  /** Ends every other connection to the database. They are gone when this resolves, and this process knows. */
  async function killAll(): Promise<void> {
    await ask(
      `select pg_terminate_backend(pid, 10000) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }

  const names = async (organizationId: number) =>
    (await book.store.list('tag', { organizationId })).map((each) => each.name)

  test('tells a value that is taken as a conflict', async () => {
    const { a } = book.organizations
    await book.store.write(a, (tx) => tx.insert('tag', tag(a, 1001, 'taken')))
    await assert.rejects(
      book.store.write(a, (tx) => tx.insert('tag', tag(a, 1002, 'Taken'))),
      refusal('conflict', { reason: 'already_exists' }),
    )
  })

  test('does not acknowledge a write whose failed statement was passed over in silence', async () => {
    const { a } = book.organizations
    await assert.rejects(
      book.store.write(a, async (tx) => {
        await tx.insert('tag', tag(a, 1010, 'passed over'))
        await tx.insert('tag', tag(a, 1011, 'passed over')).catch(() => undefined)
        return 'kept'
      }),
    )
    assert.equal((await names(a)).includes('passed over'), false)
  })

  describe('A connection that is lost', () => {
    test('while idle is replaced at the next use', async () => {
      const { a } = book.organizations
      await Promise.all(Array.from({ length: 10 }, () => names(a)))
      await killAll()
      assert.ok((await names(a)).includes('taken'))
      await book.store.write(a, (tx) => tx.insert('tag', tag(a, 1020, 'after the loss')))
    })

    test('in the middle of a write fails it as unavailable, keeps nothing, and the next write works', async () => {
      const { a } = book.organizations
      await assert.rejects(
        book.store.write(a, async (tx) => {
          await tx.insert('tag', tag(a, 1030, 'lost'))
          await killAll()
          await tx.insert('tag', tag(a, 1031, 'lost too'))
        }),
        refusal('unavailable', { reason: 'store_unavailable' }),
      )
      assert.equal((await names(a)).includes('lost'), false)
      await book.store.write(a, (tx) => tx.insert('tag', tag(a, 1032, 'found again')))
      assert.ok((await names(a)).includes('found again'))
    })

    test('just before the commit fails the write as unavailable', async () => {
      const { a } = book.organizations
      await assert.rejects(
        book.store.write(a, async (tx) => {
          await tx.insert('tag', tag(a, 1040, 'uncommitted'))
          await killAll()
        }),
        refusal('unavailable'),
      )
      assert.equal((await names(a)).includes('uncommitted'), false)
    })

    test('under many writes at once fails some of them cleanly, and none is half kept', async () => {
      const { a } = book.organizations
      const length = (await book.log()).length
      const writes = Array.from({ length: 40 }, (_, i) =>
        book.core.tags.add(book.actorOf('owner'), { name: `storm ${i}` }),
      )
      const killing = killAll()
      const results = await Promise.allSettled(writes)
      await killing
      const kept = results.filter((result) => result.status === 'fulfilled').length
      for (const result of results) {
        if (result.status === 'rejected') refusal('unavailable')(result.reason)
      }
      const stored = (await names(a)).filter((name) => name.startsWith('storm')).length
      const events = (await book.log()).slice(length)
      assert.ok(stored >= kept, 'Everything acknowledged is there.')
      assert.equal(events.length, stored, 'Every tag has its event.')
      assert.deepEqual(
        events.map((event) => event.sequence),
        events.map((_, i) => length + 1 + i),
      )
    })
  })

  describe('Writers', () => {
    test('of different organizations do not wait for each other, however many wait in one of them', async () => {
      const { a, b } = book.organizations
      const held = Promise.withResolvers<void>()
      const inside = Promise.withResolvers<void>()
      const first = book.store.write(a, async (tx) => {
        await tx.nextId('tag')
        inside.resolve()
        await held.promise
      })
      await inside.promise
      const waiting = Array.from({ length: 60 }, (_, i) =>
        book.core.tags.add(book.actorOf('owner'), { name: `waiting ${i}` }),
      )
      try {
        await book.core.tags.add(book.actorOf('owner', 'b'), { name: 'not waiting' })
        assert.ok((await names(b)).includes('not waiting'))
        assert.equal((await names(a)).includes('waiting 0'), false, 'Readers do not wait either.')
      } finally {
        held.resolve()
        await Promise.allSettled([first, ...waiting])
      }
      assert.equal((await names(a)).filter((name) => name.startsWith('waiting')).length, 60)
    })

    test('that fail let the next one of their organization go on', async () => {
      const { a } = book.organizations
      const results = await Promise.allSettled(
        Array.from({ length: 30 }, (_, i) =>
          book.store.write(a, async (tx) => {
            if (i % 2 === 0) throw new Error('No.')
            await tx.insert('tag', tag(a, 2000 + i, `every other ${i}`))
          }),
        ),
      )
      assert.equal(results.filter((result) => result.status === 'fulfilled').length, 15)
      assert.equal((await names(a)).filter((name) => name.startsWith('every other')).length, 15)
    })
  })

  test('an unreachable server is told as unavailable', async () => {
    const { openPostgres } = await import('./postgres.ts')
    // Nothing listens at port 1 of this machine.
    const lost = openPostgres('postgres://nobody:secret@127.0.0.1:1/nothing')
    await assert.rejects(
      lost.write(async () => {}),
      (error: Error) => {
        assert.equal(error.message.includes('secret'), false)
        return refusal('unavailable', { reason: 'store_unavailable' })(error)
      },
    )
    await lost.close()
  })
})
