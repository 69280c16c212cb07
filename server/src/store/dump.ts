// The whole book as lines, table by table, and the one hash that is equal exactly when all of it is.

import { createHash } from 'node:crypto'
import type { Row } from './engine.ts'
import { countersTable, quoted, type Schema, type SchemaTable, sequenceOf } from './schema.ts'
import type { Session } from './session.ts'

/** What is known of a table's lines: a JSON array per row, in the order of the primary key. */
export type TableDump = {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: number
  /** Of the lines, each ended by a line feed. */
  readonly sha256: string
}

/** Reads a table to its end, handing the lines over in portions. */
export function dumpTable(
  session: Session,
  schema: Schema,
  table: SchemaTable,
  take?: (lines: string) => Promise<void>,
): Promise<TableDump> {
  return dumpPages(table, pagesOf(session, schema, table), take)
}

/** What is known of these rows of a table, which come in the order of its key. They are handed over as they come. */
export async function dumpPages(
  { name, columns }: Pick<SchemaTable, 'name' | 'columns'>,
  pages: AsyncIterable<readonly Row[]>,
  take: (lines: string, page: readonly Row[]) => Promise<void> = async () => {},
): Promise<TableDump> {
  const hash = createHash('sha256')
  let rows = 0
  for await (const page of pages) {
    const lines = page.map((row) => `${JSON.stringify(row)}\n`).join('')
    hash.update(lines)
    rows += page.length
    await take(lines, page)
  }
  return { name, columns, rows, sha256: hash.digest('hex') }
}

/**
 * The state of a book as 64 hexadecimal characters: the same on both engines for the same content, another one after
 * any change. Receipt files are in it by the hashes that their rows hold.
 */
export function stateHashOf(migrations: readonly string[], dumps: readonly TableDump[]): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([...migrations].sort()))
  for (const { name, columns, rows, sha256 } of [...dumps].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    hash.update(JSON.stringify([name, columns, rows, sha256]))
  }
  return hash.digest('hex')
}

/** Reads the whole book for its state. */
export async function readState(
  session: Session,
  schema: Schema,
): Promise<{ readonly stateHash: string; readonly dumps: readonly TableDump[] }> {
  const dumps: TableDump[] = []
  for (const table of schema.tables) dumps.push(await dumpTable(session, schema, table))
  return { stateHash: stateHashOf(schema.migrations, dumps), dumps }
}

function pagesOf(
  session: Session,
  schema: Schema,
  { name, columns, key }: SchemaTable,
): AsyncIterable<readonly Row[]> {
  if (name === countersTable && session.kind === 'postgres') return sequences(session, schema)
  return session.pages(`select ${columns.map(quoted)} from ${quoted(name)} order by ${orderOf(session, key)}`)
}

/** The order of a key, the same on both engines. */
export function orderOf({ kind }: Session, key: SchemaTable['key']): string {
  // PostgreSQL orders text as its language does unless told otherwise; SQLite orders it by its bytes.
  const byBytes = kind === 'postgres' ? ' collate "C"' : ''
  return key.map((column) => `${quoted(column.name)}${column.text ? byBytes : ''}`).join()
}

/** Sequences as the rows that stand for them on SQLite: each noun with the last number given. */
async function* sequences(session: Session, { nouns }: Schema): AsyncGenerator<readonly Row[]> {
  const page: Row[] = []
  for (const noun of nouns) {
    // A fresh sequence stands at 1 without having given it out.
    const [row] = await session.rows(
      `select case when is_called then last_value else last_value - 1 end from ${quoted(sequenceOf(noun))}`,
    )
    page.push([noun, row?.[0] ?? 0])
  }
  yield page
}
