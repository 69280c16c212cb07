// Forward-only migrations, run at every start under a lock.

import type { Engine } from '../engine.ts'
import { book } from './0001-book.ts'

export type Migration = {
  readonly name: string
  readonly statements: (engine: Engine['kind']) => readonly string[]
}

/** In the order they are applied. A released one is never edited; a change is a new one at the end. */
const migrations: readonly Migration[] = [book]

/** Brings the schema up to date; answers the names of what was applied. All or nothing. */
export async function migrate(engine: Engine): Promise<string[]> {
  const applied: string[] = []
  await engine.migrate(async (execute) => {
    await execute('create table if not exists migrations (name text primary key)')
    const known = new Set((await execute('select name from migrations')).map((row) => row[0]))
    const newer = [...known].filter((name) => !migrations.some((migration) => migration.name === name))
    if (newer.length > 0) throw new Error(`The book was written by a newer Daybook (${newer.join(', ')}).`)
    for (const migration of migrations) {
      if (known.has(migration.name)) continue
      for (const statement of migration.statements(engine.kind)) await execute(statement)
      await execute(`insert into migrations (name) values ('${migration.name}')`)
      applied.push(migration.name)
    }
  })
  return applied
}
