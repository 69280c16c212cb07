// Fills an empty book with the rows of another one, on either engine. The caller commits.

import { DomainError } from '../core/errors.ts'
import { isKeepable, type Stored } from './codec.ts'
import { readState, type TableDump } from './dump.ts'
import type { Row } from './engine.ts'
import { applyMigrations, migrations } from './migrations/index.ts'
import {
  appliedMigrations,
  chosen,
  countersTable,
  quoted,
  type Schema,
  type SchemaTable,
  schemaOf,
  sequenceOf,
} from './schema.ts'
import type { Session } from './session.ts'

/** Values in one statement at most; engines allow some tens of thousands. */
const valuesAtOnce = 1000

/** Rows of a table, some at a time, in the order of its columns. */
export type RowsOf = (table: TableDump) => AsyncIterable<readonly Row[]>

/** Throws `conflict` when something was ever kept in the book. What a first start leaves does not count. */
export async function refuseUnlessEmpty(session: Session, known = migrations): Promise<void> {
  const schema = await schemaOf(await appliedMigrations(session), known)
  for (const { name } of schema.tables) {
    // The settings of a book that was only started hold an invitation, which goes with it.
    if (name === countersTable || name === 'settings') continue
    const rows = await session.rows(`select 1 from ${quoted(name)} limit 1`)
    if (rows.length > 0) {
      throw new DomainError('conflict', 'already_exists', `The book is not empty: there are ${name} in it.`)
    }
  }
}

/**
 * Gives an empty book the schema of these migrations and these rows. Throws `conflict` for a book that is not empty,
 * `invalid` when it does not come out in the wanted state.
 */
export async function loadBook(
  session: Session,
  wanted: { readonly schema: Schema; readonly dumps: readonly TableDump[]; readonly stateHash: string },
  rowsOf: RowsOf,
  known = migrations,
): Promise<void> {
  await refuseUnlessEmpty(session, known)
  const { schema, dumps } = wanted
  await makeSchema(session, schema, known)
  for (const table of schema.tables) {
    const dump = dumps.find(({ name }) => name === table.name)
    if (dump === undefined) throw damaged(`There is no table ${table.name}.`)
    const atOnce = Math.max(1, Math.floor(valuesAtOnce / table.columns.length))
    for await (const rows of portions(rowsOf(dump), atOnce)) await insert(session, schema, table, rows)
  }
  const { stateHash } = await readState(session, schema)
  if (stateHash !== wanted.stateHash) throw damaged('The book did not come out as it was.')
}

async function makeSchema(session: Session, schema: Schema, known: typeof migrations): Promise<void> {
  const applied = await appliedMigrations(session)
  if (applied.join() !== schema.migrations.join()) {
    // Nothing is in it, so it may be made anew as it was when the backup was taken.
    if (applied.length > 0) await dropAll(session, await schemaOf(applied, known))
    const execute = (sql: string) => session.rows(sql)
    await applyMigrations(session.kind, execute, chosen(schema.migrations, known))
  }
  await session.rows('delete from settings')
  if (session.kind === 'sqlite') await session.rows(`delete from ${countersTable}`)
}

async function dropAll(session: Session, { tables, nouns }: Schema): Promise<void> {
  const onPostgres = session.kind === 'postgres'
  for (const { name } of tables) {
    if (!(onPostgres && name === countersTable)) await session.rows(`drop table ${quoted(name)}`)
  }
  if (onPostgres) for (const noun of nouns) await session.rows(`drop sequence ${quoted(sequenceOf(noun))}`)
  await session.rows('drop table migrations')
}

/** Portions of one size, so that every one but the last is the same statement. */
async function* portions(pages: AsyncIterable<readonly Row[]>, size: number): AsyncGenerator<readonly Row[]> {
  let held: Row[] = []
  for await (const page of pages) {
    for (const row of page) {
      held.push(row)
      if (held.length < size) continue
      yield held
      held = []
    }
  }
  if (held.length > 0) yield held
}

async function insert(
  session: Session,
  schema: Schema,
  table: SchemaTable,
  rows: readonly Row[],
): Promise<void> {
  for (const row of rows) check(table, row)
  if (table.name === countersTable && session.kind === 'postgres') return setSequences(session, schema, rows)
  const { name, columns } = table
  const one = `(${columns.map(() => '?')})`
  await session.rows(
    `insert into ${quoted(name)} (${columns.map(quoted)}) values ${rows.map(() => one)}`,
    rows.flat(),
  )
}

async function setSequences(session: Session, { nouns }: Schema, rows: readonly Row[]): Promise<void> {
  for (const [noun, last] of rows) {
    if (!nouns.includes(String(noun)) || typeof last !== 'number') throw damaged(`${noun} has no counter.`)
    const name = sequenceOf(String(noun))
    if (last > 0) await session.rows('select setval(?, ?, true)', [name, last])
    else await session.rows('select setval(?, 1, false)', [name])
  }
}

function check({ name, columns }: SchemaTable, row: Row): void {
  const fits = Array.isArray(row) && row.length === columns.length && row.every(isStored)
  if (!fits) throw damaged(`The table ${name} has a row that no book can hold.`)
}

function isStored(value: unknown): boolean {
  const isPlain = value === null || typeof value === 'string' || typeof value === 'number'
  return isPlain && isKeepable(value as Stored)
}

function damaged(message: string): DomainError {
  return new DomainError('invalid', 'wrong_input', message)
}
