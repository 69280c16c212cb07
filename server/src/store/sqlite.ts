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

/**
 * Opens a database file, or `:memory:` for tests. WAL with `synchronous=FULL`: a commit is on disk before it answers.
 * Reads use a connection of their own, so they see only what is committed and never wait for a writer.
 */
export function openSqlite(path: string): Engine {
  // An in-memory database lives in one connection only, so readers share the writer's.
  const inMemory = path === ':memory:'
  const writer = openDatabase(path, false)
  const reader = inMemory ? writer : openDatabase(path, true)
  const writing = connect(writer)
  const reading = inMemory ? writing : connect(reader)
  const begin = writer.prepare('begin immediate')
  const commit = writer.prepare('commit')
  const mark = writer.prepare('savepoint w')
  const keep = writer.prepare('release w')

  const queue: Job[] = []
  let draining: Promise<void> | undefined

  async function drain(): Promise<void> {
    // Requests that arrived in the same turn of the event loop get into the same commit.
    await new Promise((resolve) => setImmediate(resolve))
    while (queue.length > 0) settle(...(await commitBatch(queue.splice(0, maxBatch))))
    draining = undefined
  }

  async function commitBatch(jobs: Job[]): Promise<[Job[], Outcome[]]> {
    const outcomes: Outcome[] = []
    try {
      begin.run()
      for (const job of jobs) outcomes.push(await runJob(job))
      commit.run()
      return [jobs, outcomes]
    } catch (error) {
      if (writer.isTransaction) writer.exec('rollback')
      // Nothing of this batch is on disk, so none of it may be acknowledged.
      const failure = unavailable(error)
      return [
        jobs,
        jobs.map((_, i) => (outcomes[i] && 'error' in outcomes[i] ? outcomes[i] : { error: failure })),
      ]
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
      return { error: error instanceof DomainError ? error : translate(error) }
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
    async close() {
      await draining
      if (!inMemory) reader.close()
      writer.close()
    },
  }
}

function openDatabase(path: string, readOnly: boolean): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyMs })
  database.exec('pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;')
  // Pages stay in the file cache of the system; 16 MiB per connection hold the upper levels of every index.
  database.exec('pragma cache_size=-16384; pragma temp_store=memory;')
  if (readOnly) database.exec('pragma query_only=on')
  return database
}

function connect(database: DatabaseSync): Connection {
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
      return prepared(shape).all(...inputs(shape, values)) as unknown as Row[]
    },
    async run(shape, values) {
      return Number(prepared(shape).run(...inputs(shape, values)).changes)
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

function translate(error: unknown): unknown {
  const message = error instanceof Error ? error.message : ''
  if (message.startsWith('UNIQUE constraint failed')) return taken()
  return error
}

function taken(): DomainError {
  return new DomainError('conflict', 'already_exists', 'This exists already.')
}

function unavailable(error: unknown): unknown {
  if (error instanceof DomainError) return error
  return new DomainError('unavailable', 'store_unavailable', 'The book cannot be written to at the moment.')
}
