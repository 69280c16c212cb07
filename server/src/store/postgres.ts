// PostgreSQL through pg: a pool, and a transaction of its own for each write.

import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryCompiler,
} from 'kysely'
import pg from 'pg'
import { DomainError } from '../core/errors.ts'
import type { Stored } from './codec.ts'
import { bind, type Connection, createShapes, type Engine, type Row } from './engine.ts'

/** Connections of one server process. Each write holds one; more would only wait for locks. */
const maxConnections = 20

/** How long a request waits for a free connection before it is told to come back. */
const connectMs = 5000

/** Any number will do, as long as every Daybook process takes the same. */
export const migrationLock = 7_329_229

/** Integers of eight bytes arrive as text; all of ours are below 2^53. */
export const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === 20) return Number
    return pg.types.getTypeParser(oid, format as 'text')
  },
} as pg.CustomTypesConfig

/** Opens a pool on a `postgres://` address. Nothing is connected until it is used. */
export function openPostgres(url: string): Engine {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connectMs,
    types,
  })
  // An idle connection may break when the server restarts; the pool replaces it at the next use.
  pool.on('error', () => {})

  async function withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect().catch((error: unknown) => {
      throw translate(error)
    })
    let broken: Error | undefined
    const noticed = (error: Error) => {
      broken = error
    }
    client.on('error', noticed)
    try {
      return await work(client)
    } finally {
      client.off('error', noticed)
      client.release(broken)
    }
  }

  return {
    kind: 'postgres',
    shapes: createShapes(builder()),
    ...connect(pool),
    write<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
      return withClient(async (client) => {
        try {
          await client.query('begin')
          const result = await work(connect(client))
          // When a statement failed and the work passed over it, the server undoes everything and calls that a success.
          const done = await client.query('commit')
          if (done.command !== 'COMMIT') throw new Error('The transaction was undone by a failed statement.')
          return result
        } catch (error) {
          await client.query('rollback').catch(() => {})
          throw translate(error)
        }
      })
    },
    migrate(work) {
      return withClient(async (client) => {
        await client.query('select pg_advisory_lock($1)', [migrationLock])
        try {
          await client.query('begin')
          await work(async (sql) => (await client.query({ text: sql, rowMode: 'array' })).rows)
          await client.query('commit')
        } catch (error) {
          await client.query('rollback')
          throw error
        } finally {
          await client.query('select pg_advisory_unlock($1)', [migrationLock])
        }
      })
    },
    async close() {
      await pool.end()
    },
  }
}

function connect(client: pg.Pool | pg.PoolClient): Connection {
  return {
    async rows(shape, values) {
      const query = {
        name: shape.name,
        text: shape.sql,
        values: bind(shape, values),
        rowMode: 'array' as const,
      }
      return (await client.query(query).catch(rethrow)).rows as Row[]
    },
    async run(shape, values) {
      const query = { name: shape.name, text: shape.sql, values: bind(shape, values) }
      return (await client.query(query).catch(rethrow)).rowCount ?? 0
    },
  }
}

function rethrow(error: unknown): never {
  throw translate(error)
}

function builder(): Kysely<Record<string, Record<string, Stored>>> {
  return new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: (): QueryCompiler => new PostgresQueryCompiler(),
    },
  })
}

// Classes of SQLSTATE that mean the server cannot do it now: connection lost, deadlock, resources gone, shut down.
const outages = new Set(['08', '40', '53', '57', '58'])

/** What a failure of the server or of the way to it means to the core; anything else stays as it is. */
export function translate(error: unknown): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if (code === '23505') return new DomainError('conflict', 'already_exists', 'This exists already.')
  const gone = /^E[A-Z]+$/.test(code) || /timeout|terminated|connection/i.test(error.message)
  if (outages.has(code.slice(0, 2)) || gone) {
    const failure = new DomainError(
      'unavailable',
      'store_unavailable',
      'The book cannot be reached at the moment.',
    )
    failure.cause = error
    return failure
  }
  return error
}
