// Forward-only migrations, run at every start under a lock.

import { DomainError } from '../../core/errors.ts'
import type { Engine, Row } from '../engine.ts'
import { book } from './0001-book.ts'
import { invoices } from './0002-invoices.ts'
import { secondFactor } from './0003-second-factor.ts'
import { oauth } from './0004-oauth.ts'
import { totals } from './0005-totals.ts'
import { writeStatistics } from './statistics.ts'

export type Migration = {
  readonly name: string
  readonly statements: (engine: Engine['kind']) => readonly string[]
}

/** In the order they are applied. A released one is never edited; a change is a new one at the end. */
export const migrations: readonly Migration[] = [book, invoices, secondFactor, oauth, totals]

/** Runs a statement of a migration and answers its rows. */
export type Execute = (sql: string) => Promise<readonly Row[]>

/** Brings the schema up to date; answers the names of what was applied. All or nothing. */
export async function migrate(engine: Engine, known = migrations): Promise<string[]> {
  let applied: string[] = []
  await engine.migrate(async (execute) => {
    applied = await applyMigrations(engine.kind, execute, known)
  })
  return applied
}

/** Applies those of `wanted` that are not yet applied, in the caller's transaction; answers their names. */
export async function applyMigrations(
  kind: Engine['kind'],
  execute: Execute,
  wanted: readonly Migration[],
): Promise<string[]> {
  const applied: string[] = []
  await execute('create table if not exists migrations (name text primary key)')
  const known = new Set((await execute('select name from migrations')).map((row) => row[0]))
  const newer = [...known].filter((name) => !wanted.some((migration) => migration.name === name))
  if (newer.length > 0) {
    const message = `The book was written by a newer Daybook (${newer.join(', ')}).`
    throw new DomainError('unavailable', 'store_unavailable', message)
  }
  for (const migration of wanted) {
    if (known.has(migration.name)) continue
    for (const statement of migration.statements(kind)) await execute(statement)
    await execute(`insert into migrations (name) values ('${migration.name}')`)
    applied.push(migration.name)
  }
  if (kind === 'sqlite' && applied.length > 0) await writeStatistics(execute)
  return applied
}
