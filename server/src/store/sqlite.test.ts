// SQLite: writes that share a commit, what an answer promises, and what happens when the disk does not.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { refusal } from '../../test/harness.ts'
import { DomainError } from '../core/errors.ts'
import type { Stored } from './codec.ts'
import type { Connection, Engine } from './engine.ts'
import { openSqlite } from './sqlite.ts'

/** Statements on one small table, beside the book's own. */
function statementsOf(engine: Engine) {
  const insert = engine.shapes('test insert', (db, slot) =>
    db.insertInto('things').values({ id: slot(), name: slot() }),
  )
  const all = engine.shapes('test all', (db) => db.selectFrom('things').select('id').orderBy('id'))
  return {
    add: (connection: Connection, id: number, name: Stored = 'x') => connection.run(insert, [id, name]),
    ids: async (connection: Connection = engine) =>
      (await connection.rows(all, [])).map((row) => row[0] as number),
  }
}

async function withThings(engine: Engine): Promise<void> {
  await engine.migrate(async (execute) => {
    await execute('create table things (id integer primary key, name text not null unique)')
    await execute('create table owners (id integer primary key)')
    await execute(
      'create table owned (id integer primary key, owner integer references owners deferrable initially deferred)',
    )
  })
}

/** A promise that is resolved from outside. */
function gate(): { opened: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve }
}

describe('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-sqlite-'))
  const commits: number[] = []
  let path = ''
  const opened: Engine[] = []
  let engine: Engine
  let things: ReturnType<typeof statementsOf>
  let count = 0

  async function open(): Promise<void> {
    count += 1
    path = join(folder, `${count}.db`)
    engine = openSqlite(path, { onCommit: (writes) => commits.push(writes) })
    opened.push(engine)
    await withThings(engine)
    things = statementsOf(engine)
    commits.length = 0
  }

  /** Reads or sets a pragma of the writing connection. */
  const pragma = async (name: string) => {
    let answer: unknown
    await engine.migrate(async (execute) => {
      answer = (await execute(`pragma ${name}`))[0]?.[0]
    })
    return answer
  }

  before(open)
  after(async () => {
    for (const each of opened) await each.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('waits for the disk at every commit', async () => {
    assert.equal(await pragma('journal_mode'), 'wal')
    assert.equal(await pragma('synchronous'), 2)
  })

  describe('Writes at the same moment', () => {
    test('share commits, and every one of them is kept', async () => {
      await open()
      await Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          engine.write((connection) => things.add(connection, i, `n${i}`)),
        ),
      )
      assert.deepEqual(commits, [200])
      assert.equal((await things.ids()).length, 200)
    })

    test('share commits of at most 256, so that the first does not wait for the last', async () => {
      await open()
      await Promise.all(
        Array.from({ length: 600 }, (_, i) =>
          engine.write((connection) => things.add(connection, i, `n${i}`)),
        ),
      )
      assert.deepEqual(commits, [256, 256, 88])
    })

    test('that come one after the other have a commit each', async () => {
      await open()
      for (let i = 0; i < 5; i += 1) await engine.write((connection) => things.add(connection, i, `n${i}`))
      assert.deepEqual(commits, [1, 1, 1, 1, 1])
    })

    test('are answered only after their commit, and never before', async () => {
      await open()
      const answered: number[] = []
      const held = gate()
      const first = engine.write(async (connection) => {
        await things.add(connection, 1, 'a')
        return 'first'
      })
      const second = engine.write(async (connection) => {
        await things.add(connection, 2, 'b')
        await held.opened
        return 'second'
      })
      const watch = [first, second].map((write) => write.then(() => answered.push(commits.length)))
      // The first write is done in the transaction, but its commit waits for the second.
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      assert.deepEqual([answered, commits], [[], []])
      held.open()
      await Promise.all(watch)
      assert.deepEqual([answered, commits], [[1, 1], [2]])
    })

    test('run in the order in which they came', async () => {
      await open()
      const order: number[] = []
      await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          engine.write(async (connection) => {
            await things.add(connection, i, `n${i}`)
            order.push(i)
          }),
        ),
      )
      assert.deepEqual(
        order,
        [...order].sort((a, b) => a - b),
      )
    })
  })

  describe('A write that fails', () => {
    test('fails alone: the others of its commit are kept, and nothing of it', async () => {
      await open()
      const results = await Promise.allSettled([
        engine.write((connection) => things.add(connection, 1, 'one')),
        engine.write(async (connection) => {
          await things.add(connection, 2, 'two')
          throw new DomainError('invalid', 'wrong_input', 'No.')
        }),
        engine.write((connection) => things.add(connection, 3, 'one')),
        engine.write(async (connection) => {
          await things.add(connection, 4, 'four')
          throw new TypeError('A bug.')
        }),
        engine.write((connection) => things.add(connection, 5, 'five')),
      ])
      assert.deepEqual(
        results.map((result) => result.status),
        ['fulfilled', 'rejected', 'rejected', 'rejected', 'fulfilled'],
      )
      const reasons = results.map((result) => (result.status === 'rejected' ? result.reason : undefined))
      refusal('invalid')(reasons[1])
      refusal('conflict', { reason: 'already_exists' })(reasons[2])
      assert.ok(reasons[3] instanceof TypeError)
      assert.deepEqual(await things.ids(), [1, 5])
      assert.deepEqual(commits, [2])
    })

    test('does not undo what others of its commit wrote before or after it', async () => {
      await open()
      const last = await Promise.allSettled(
        Array.from({ length: 100 }, (_, i) =>
          engine.write(async (connection) => {
            await things.add(connection, i, `n${i}`)
            if (i % 3 === 0) throw new Error('No.')
          }),
        ),
      )
      const kept = last.flatMap((result, i) => (result.status === 'fulfilled' ? [i] : []))
      assert.deepEqual(await things.ids(), kept)
      assert.equal(kept.length, 66)
    })
  })

  describe('A commit that fails', () => {
    test('fails all of its writes as unavailable and keeps nothing; the next write works', async () => {
      await open()
      const orphan = engine.shapes('test orphan', (db, slot) =>
        db.insertInto('owned').values({ id: slot(), owner: slot() }),
      )
      const results = await Promise.allSettled([
        engine.write((connection) => things.add(connection, 1, 'one')),
        // A reference that must hold at the commit, and does not.
        engine.write((connection) => connection.run(orphan, [1, 99])),
        engine.write((connection) => things.add(connection, 2, 'two')),
      ])
      for (const result of results) {
        assert.equal(result.status, 'rejected')
        refusal('unavailable', { reason: 'store_unavailable' })(result.status === 'rejected' && result.reason)
      }
      assert.deepEqual([await things.ids(), commits], [[], []])
      await engine.write((connection) => things.add(connection, 3, 'three'))
      assert.deepEqual([await things.ids(), commits], [[3], [1]])
    })

    test('because the disk is full is told as unavailable, and is over when there is room again', async () => {
      await open()
      await engine.write((connection) => things.add(connection, 1, 'one'))
      const pages = await pragma('page_count')
      await pragma(`max_page_count=${pages}`)
      const large = 'x'.repeat(200_000)
      const results = await Promise.allSettled([
        engine.write((connection) => things.add(connection, 2, `a${large}`)),
        engine.write((connection) => things.add(connection, 3, `b${large}`)),
      ])
      for (const result of results) {
        assert.equal(result.status, 'rejected')
        refusal('unavailable', { reason: 'store_unavailable' })(result.status === 'rejected' && result.reason)
      }
      assert.deepEqual(await things.ids(), [1])
      await pragma('max_page_count=1000000')
      await engine.write((connection) => things.add(connection, 4, 'four'))
      assert.deepEqual(await things.ids(), [1, 4])
    })

    test('on a read-only file is told as unavailable too', async () => {
      await open()
      await pragma('query_only=on')
      await assert.rejects(
        engine.write((connection) => things.add(connection, 1, 'one')),
        refusal('unavailable'),
      )
      assert.deepEqual(await things.ids(), [])
    })
  })

  describe('A reader', () => {
    test('is answered while a writer holds a transaction, and does not see what is not committed', async () => {
      await open()
      await engine.write((connection) => things.add(connection, 1, 'one'))
      const held = gate()
      const inside = gate()
      const write = engine.write(async (connection) => {
        await things.add(connection, 2, 'two')
        assert.deepEqual(await things.ids(connection), [1, 2], 'A write sees what it wrote itself.')
        inside.open()
        await held.opened
      })
      await inside.opened
      assert.deepEqual(await things.ids(), [1])
      held.open()
      await write
      assert.deepEqual(await things.ids(), [1, 2])
    })

    test('sees a write as soon as it is answered, in the same turn too', async () => {
      await open()
      for (let i = 0; i < 50; i += 1) {
        const reading = things.ids()
        await Promise.all([reading, engine.write((connection) => things.add(connection, i, `n${i}`))])
        assert.equal((await things.ids()).length, i + 1)
      }
    })

    test('sees what another process has written', async () => {
      await open()
      const other = new DatabaseSync(path)
      other.exec(`insert into things values (7, 'theirs')`)
      other.close()
      await engine.write((connection) => things.add(connection, 8, 'ours'))
      assert.deepEqual(await things.ids(), [7, 8])
    })

    test('cannot write', async () => {
      await open()
      await assert.rejects(things.add(engine, 1, 'one'))
      assert.deepEqual(await things.ids(), [])
    })
  })

  test('keeps every answered write when the process is killed right after the answer', async () => {
    const file = join(folder, 'killed.db')
    const program = `
      import { openSqlite } from ${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)}
      const engine = openSqlite(${JSON.stringify(file)})
      await engine.migrate((execute) => execute('create table things (id integer primary key, name text not null)'))
      const insert = engine.shapes('insert', (db, slot) => db.insertInto('things').values({ id: slot(), name: slot() }))
      const add = (id) => engine.write((connection) => connection.run(insert, [id, 'x']))
      await Promise.all(Array.from({ length: 40 }, (_, i) => add(i + 1)))
      await add(41)
      void add(42)
      process.kill(process.pid, 'SIGKILL')
    `
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const signal = await new Promise((resolve) => child.on('exit', (_, how) => resolve(how)))
    assert.equal(signal, 'SIGKILL')
    const again = openSqlite(file)
    const ids = await statementsOf(again).ids()
    await again.close()
    assert.deepEqual(
      ids,
      Array.from({ length: 41 }, (_, i) => i + 1),
    )
  })

  test('closing waits for the writes that are under way', async () => {
    await open()
    const writes = Array.from({ length: 10 }, (_, i) => engine.write((c) => things.add(c, i, `n${i}`)))
    await engine.close()
    opened.pop()
    await Promise.all(writes)
    const again = openSqlite(path)
    opened.push(again)
    assert.equal((await statementsOf(again).ids()).length, 10)
  })
})
