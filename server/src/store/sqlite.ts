// SQLite through node:sqlite: one writer whose waiting writes share a commit, and one reader that never waits.

import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import {
  DummyDriver,
  Kysely,
  type QueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { DomainError } from '../core/errors.ts'
import type { Stored } from './codec.ts'
import { bind, type Connection, createShapes, type Engine, type Row, type Shape } from './engine.ts'
import { createSumWorker } from './worker.ts'

/** Writes in one commit at most: bounds how long the first of them waits for the last. */
const maxBatch = 256

/** How long a statement waits for another process that writes. */
const busyMs = 10_000

type Job = {
  readonly work: (connection: Connection) => Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

type Outcome = { readonly value: unknown } | { readonly error: unknown }

/** What an open database tells. */
export type SqliteOptions = {
  /** Called after every commit, before its writes are answered, with how many writes it has kept. */
  readonly onCommit?: (writes: number) => void
}

/**
 * Opens a database file, or `:memory:` for tests. WAL with `synchronous=FULL`: a commit is on disk before it answers.
 * Reads use a connection of their own, so they see only what is committed and never wait for a writer.
 */
export function openSqlite(path: string, { onCommit }: SqliteOptions = {}): Engine {
  // An in-memory database lives in one connection only, so readers share the writer's.
  const inMemory = path === ':memory:'
  const writer = openDatabase(path, false)
  const reader = inMemory ? writer : openDatabase(path, true)
  const writing = connect(writer)
  const snapshot = inMemory ? undefined : createSnapshot(reader)
  const reading = snapshot === undefined ? writing : connect(reader, snapshot.begin)
  const begin = writer.prepare('begin immediate')
  const commit = writer.prepare('commit')
  const mark = writer.prepare('savepoint w')
  const keep = writer.prepare('release w')

  // What an in-memory database holds, no other connection sees.
  const worker = inMemory ? undefined : createSumWorker(path, { busyMs })

  const queue: Job[] = []
  let draining: Promise<void> | undefined

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      await gather()
      settle(...(await commitBatch(queue.splice(0, maxBatch))))
    }
    draining = undefined
  }

  /**
   * Waits while writes keep coming with every turn of the event loop: those of clients that were just answered arrive over
   * a few turns, and each commit they share is one fsync less. A single writer waits for one turn.
   */
  async function gather(): Promise<void> {
    let before: number
    do {
      before = queue.length
      await new Promise((resolve) => setImmediate(resolve))
    } while (queue.length > before && queue.length < maxBatch)
  }

  async function commitBatch(jobs: Job[]): Promise<[Job[], Outcome[]]> {
    const outcomes: Outcome[] = []
    try {
      begin.run()
      for (const job of jobs) outcomes.push(await runJob(job))
      commit.run()
    } catch (error) {
      undo()
      // Nothing of this batch is on disk, so none of it may be acknowledged.
      const failure = unavailable(error)
      return [
        jobs,
        jobs.map((_, i) => (outcomes[i] && 'error' in outcomes[i] ? outcomes[i] : { error: failure })),
      ]
    }
    snapshot?.end()
    onCommit?.(outcomes.filter((outcome) => 'value' in outcome).length)
    return [jobs, outcomes]
  }

  function undo(): void {
    try {
      if (writer.isTransaction) writer.exec('rollback')
    } catch {
      // The disk that failed the commit may fail this too. The next write finds out; these are refused already.
    }
  }

  /** Runs one write in its own savepoint: when it fails, it alone is undone. */
  async function runJob(job: Job): Promise<Outcome> {
    mark.run()
    try {
      const value = await job.work(writing)
      keep.run()
      return { value }
    } catch (error) {
      // A full disk or a failing one ends the whole transaction by itself.
      if (!writer.isTransaction) throw error
      writer.exec('rollback to w; release w')
      return { error: translate(error) }
    }
  }

  return {
    kind: 'sqlite',
    shapes: createShapes(builder()),
    ...reading,
    write<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        queue.push({ work, resolve: resolve as (value: unknown) => void, reject })
        draining ??= drain()
      })
    },
    async migrate(work) {
      writer.exec('begin exclusive')
      try {
        await work(async (sql) => {
          const statement = writer.prepare(sql)
          statement.setReturnArrays(true)
          return statement.all() as unknown as Row[]
        })
        writer.exec('commit')
      } catch (error) {
        if (writer.isTransaction) writer.exec('rollback')
        throw error
      }
    },
    ...(worker === undefined ? {} : { sumAside: (job) => worker.sum(job).catch(rethrow) }),
    async close() {
      await draining
      await worker?.close()
      snapshot?.end()
      if (!inMemory) reader.close()
      writer.close()
    },
  }
}

function openDatabase(path: string, readOnly: boolean): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyMs })
  database.exec('pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;')
  // Pages stay in the file cache of the system; 6 MiB per connection hold the upper levels of every index.
  database.exec('pragma cache_size=-6144; pragma temp_store=memory;')
  if (readOnly) database.exec('pragma query_only=on')
  return database
}

/**
 * Reads of one turn of the event loop share a snapshot: taking one costs as much as a small query. It ends with the
 * turn, and at once when this process commits, so nobody waits to read what was acknowledged.
 */
function createSnapshot(database: DatabaseSync): { readonly begin: () => void; readonly end: () => void } {
  const begin = database.prepare('begin')
  const commit = database.prepare('commit')
  let open = false

  function end(): void {
    if (!open) return
    open = false
    commit.run()
  }

  return {
    begin() {
      if (open) return
      begin.run()
      open = true
      setImmediate(end)
    },
    end,
  }
}

function connect(database: DatabaseSync, before: () => void = () => {}): Connection {
  const statements = new Map<string, StatementSync>()

  function prepared(shape: Shape): StatementSync {
    const known = statements.get(shape.sql)
    if (known !== undefined) return known
    const statement = database.prepare(shape.sql)
    statement.setReturnArrays(true)
    if (statements.size >= 2000) statements.clear()
    statements.set(shape.sql, statement)
    return statement
  }

  return {
    async rows(shape, values) {
      try {
        before()
        return prepared(shape).all(...inputs(shape, values)) as unknown as Row[]
      } catch (error) {
        throw translate(error)
      }
    },
    async run(shape, values) {
      try {
        return Number(prepared(shape).run(...inputs(shape, values)).changes)
      } catch (error) {
        throw translate(error)
      }
    },
  }
}

function inputs(shape: Shape, values: readonly Stored[]): SQLInputValue[] {
  return bind(shape, values)
}

function builder(): Kysely<Record<string, Record<string, Stored>>> {
  return new Kysely({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: (): QueryCompiler => new SqliteQueryCompiler(),
    },
  })
}

function settle(jobs: Job[], outcomes: Outcome[]): void {
  jobs.forEach((job, i) => {
    const outcome = outcomes[i]
    if (outcome === undefined || 'error' in outcome) job.reject(outcome?.error)
    else job.resolve(outcome.value)
  })
}

// Results of SQLite that mean the file cannot be worked with now: busy, locked, out of memory, read-only, interrupted,
// failing, damaged, full, not to be opened, no database.
const outages: ReadonlySet<number> = new Set([5, 6, 7, 8, 9, 10, 11, 13, 14, 26])

function translate(error: unknown): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error
  if (error.message.startsWith('UNIQUE constraint failed')) {
    return new DomainError('conflict', 'already_exists', 'This exists already.')
  }
  // The low byte of an extended result is the plain one.
  const result = 'errcode' in error ? Number(error.errcode) & 0xff : 0
  return outages.has(result) ? unavailable(error) : error
}

function rethrow(error: unknown): never {
  throw translate(error)
}

function unavailable(error: unknown): unknown {
  if (error instanceof DomainError && error.kind === 'unavailable') return error
  const failure = new DomainError(
    'unavailable',
    'store_unavailable',
    'The book cannot be written to at the moment.',
  )
  failure.cause = error
  return failure
}
