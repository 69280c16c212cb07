// Which tables a book has after given migrations. The migrations themselves tell, tried on an empty database in memory,
// so that no list has to be kept, both engines agree on it, and tables of others in the same database are left alone.

import { DatabaseSync } from 'node:sqlite'
import { DomainError } from '../core/errors.ts'
import type { Row } from './engine.ts'
import { applyMigrations, type Migration, migrations } from './migrations/index.ts'
import type { Session } from './session.ts'

/** A column of a key, and whether it holds text. */
export type KeyColumn = { readonly name: string; readonly text: boolean }

export type SchemaTable = {
  readonly name: string
  readonly columns: readonly string[]
  readonly key: readonly KeyColumn[]
}

export type Schema = {
  /** Names of the migrations that make it, sorted. */
  readonly migrations: readonly string[]
  /** Sorted by name. The table of the migrations is not among them. */
  readonly tables: readonly SchemaTable[]
  /** Whatever gets numbers of its own, sorted. */
  readonly nouns: readonly string[]
}

/** Where the last given number of each noun is kept; on PostgreSQL sequences stand for it. */
export const countersTable = 'id_counters'

/** The sequence that stands for a noun's counter on PostgreSQL. */
export function sequenceOf(noun: string): string {
  return `${noun}_ids`
}

/** The schema after these migrations, an empty one after none. Throws `conflict` when one of them is unknown. */
export async function schemaOf(names: readonly string[], known = migrations): Promise<Schema> {
  const wanted = chosen(names, known)
  const database = new DatabaseSync(':memory:')
  const all = (sql: string) => {
    const statement = database.prepare(sql)
    statement.setReturnArrays(true)
    return statement.all() as unknown as Row[]
  }
  try {
    await applyMigrations('sqlite', async (sql) => all(sql), wanted)
    const found = all(`select name from pragma_table_list where schema = 'main' and type = 'table'`)
    const tables = found
      .map(([name]) => String(name))
      .filter((name) => name !== 'migrations' && !name.startsWith('sqlite_'))
      .sort()
      .map((name) => describe(name, all(`select name, type, pk from pragma_table_info('${name}')`)))
    const counters = tables.some(({ name }) => name === countersTable)
    const nouns = counters ? all(`select noun from ${countersTable}`).map(([noun]) => String(noun)) : []
    return { migrations: [...names].sort(), tables, nouns: nouns.sort() }
  } finally {
    database.close()
  }
}

/** The migrations of these names, in the order in which they are applied. Throws `conflict` for an unknown one. */
export function chosen(names: readonly string[], known: readonly Migration[]): Migration[] {
  const unknown = names.filter((name) => !known.some((migration) => migration.name === name))
  if (unknown.length > 0) {
    const message = `It was written by a newer Daybook (${unknown.join(', ')}).`
    throw new DomainError('conflict', 'revision_changed', message)
  }
  return known.filter((migration) => names.includes(migration.name))
}

/** Names of the migrations applied to a book; none when there is no book yet. */
export async function appliedMigrations(session: Session): Promise<string[]> {
  const present =
    session.kind === 'sqlite'
      ? `select count(*) from sqlite_master where type = 'table' and name = 'migrations'`
      : `select count(*) from pg_tables where schemaname = current_schema() and tablename = 'migrations'`
  const [row] = await session.rows(present)
  if (row?.[0] === 0) return []
  return (await session.rows('select name from migrations')).map(([name]) => String(name)).sort()
}

/** The schema of a book that is there. Throws `not_found` where none is, `conflict` for that of a newer Daybook. */
export async function presentSchema(session: Session, known = migrations): Promise<Schema> {
  const names = await appliedMigrations(session)
  if (names.length === 0) throw new DomainError('not_found', 'no_such_entity', 'There is no book here yet.')
  return schemaOf(names, known)
}

/** A name as it stands in a statement: some columns are called like words of SQL. */
export function quoted(name: string): string {
  return `"${name}"`
}

function describe(name: string, columns: readonly Row[]): SchemaTable {
  const key = columns
    .filter(([, , position]) => position !== 0)
    .sort(([, , a], [, , b]) => Number(a) - Number(b))
    .map(([column, type]) => ({ name: String(column), text: type === 'text' || type === 'TEXT' }))
  // Without one the rows would have no order, and no hash that is the same twice.
  if (key.length === 0) throw new Error(`The table ${name} has no primary key.`)
  return { name, columns: columns.map(([column]) => String(column)), key }
}
