// One transaction over the whole book, on a connection of its own: for copies and checks, which read far more than any
// request and must see a single moment of it while servers go on writing.

import { existsSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import pg from 'pg'
import { DomainError } from '../core/errors.ts'
import type { Stored } from './codec.ts'
import type { Engine, Row } from './engine.ts'
import { migrationLock, translate, types } from './postgres.ts'

/** Rows held at a time. */
const pageRows = 500

/** How long to wait for another process that writes, or for a connection. */
const patienceMs = 10_000

/** A transaction. Values stand for the question marks of a statement, which are used for nothing else. */
export type Session = {
  readonly kind: Engine['kind']
  rows(statement: string, values?: readonly Stored[]): Promise<Row[]>
  /** All rows of a query, some hundred at a time. Other statements may run meanwhile. */
  pages(query: string): AsyncIterable<readonly Row[]>
  /** Keeps what was written; it is on disk when this resolves. */
  commit(): Promise<void>
  /** Ends the connection; what was not committed is undone. */
  close(): Promise<void>
}

/**
 * Opens the book at an address, and makes an SQLite file that is not there when it is to be written. A `read` session
 * sees one moment and disturbs no writer; a `write` session keeps every other writer of SQLite, and every migration,
 * waiting. Throws `not_found` when there is nothing to read, `unavailable` when it cannot be opened.
 */
export async function openSession(address: string, mode: 'read' | 'write'): Promise<Session> {
  return /^postgres(ql)?:/.test(address)
    ? openPostgresSession(address, mode)
    : openSqliteSession(address, mode)
}

function openSqliteSession(path: string, mode: 'read' | 'write'): Session {
  if (mode === 'read' && !existsSync(path)) {
    throw new DomainError('not_found', 'no_such_entity', `There is no book at ${path}.`)
  }
  const database = openDatabase(path, mode)
  const statements = new Map<string, StatementSync>()

  function prepare(statement: string): StatementSync {
    const prepared = database.prepare(statement)
    prepared.setReturnArrays(true)
    return prepared
  }

  return {
    kind: 'sqlite',
    async rows(statement, values = []) {
      const prepared = statements.get(statement) ?? prepare(statement)
      // Statements without values run once; those with values are the ones that come again and again.
      if (values.length > 0) statements.set(statement, prepared)
      return prepared.all(...values) as unknown as Row[]
    },
    async *pages(query) {
      let page: Row[] = []
      for (const row of prepare(query).iterate()) {
        page.push(row as unknown as Row)
        if (page.length < pageRows) continue
        yield page
        page = []
      }
      if (page.length > 0) yield page
    },
    async commit() {
      database.exec('commit')
    },
    async close() {
      if (database.isTransaction) database.exec('rollback')
      database.close()
    },
  }
}

function openDatabase(path: string, mode: 'read' | 'write'): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { readOnly: mode === 'read', timeout: patienceMs })
    database.exec('pragma cache_size=-65536')
    if (mode === 'write') database.exec('pragma journal_mode=wal; pragma synchronous=full; begin immediate')
    // The first look at a table fixes the moment that is seen.
    else database.exec('begin; select count(*) from sqlite_master')
    return database
  } catch (error) {
    database?.close()
    const words = error instanceof Error ? error.message : String(error)
    const failure = new DomainError('unavailable', 'store_unavailable', `${path} cannot be opened: ${words}.`)
    failure.cause = error
    throw failure
  }
}

async function openPostgresSession(url: string, mode: 'read' | 'write'): Promise<Session> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patienceMs, types })
  // A connection that breaks is noticed by the statement that follows.
  client.on('error', () => {})

  const statements = new Map<string, { readonly name: string; readonly text: string }>()

  /** A statement with values comes again and again, so the server keeps it. */
  function prepared(statement: string): { readonly name: string; readonly text: string } {
    const known = statements.get(statement)
    if (known !== undefined) return known
    let count = 0
    const text = statement.replaceAll('?', () => {
      count += 1
      return `$${count}`
    })
    const made = { name: `s${statements.size}`, text }
    statements.set(statement, made)
    return made
  }

  async function rows(statement: string, values: readonly Stored[] = []): Promise<Row[]> {
    try {
      const query = values.length === 0 ? { text: statement } : prepared(statement)
      return (await client.query({ ...query, values: [...values], rowMode: 'array' })).rows
    } catch (error) {
      throw translate(error)
    }
  }

  try {
    await client.connect()
  } catch (error) {
    throw translate(error)
  }
  if (mode === 'read') {
    await rows('begin isolation level repeatable read read only')
    // All rows are wanted, so the plan that is fastest to the last one is.
    await rows('set local cursor_tuple_fraction = 1')
  } else {
    await rows('begin')
    await rows('select pg_advisory_xact_lock(?)', [migrationLock])
  }

  let cursors = 0
  return {
    kind: 'postgres',
    rows,
    async *pages(query) {
      cursors += 1
      const cursor = `pages_${cursors}`
      await rows(`declare ${cursor} no scroll cursor for ${query}`)
      for (;;) {
        const page = await rows(`fetch ${pageRows} from ${cursor}`)
        if (page.length === 0) break
        yield page
      }
      await rows(`close ${cursor}`)
    },
    async commit() {
      await rows('commit')
    },
    async close() {
      await client.end()
    },
  }
}
