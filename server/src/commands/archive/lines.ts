// Rows of an archive as lines: JSON objects by column, so that they can be read without knowing Daybook.

import type { Row } from '../../store/engine.ts'
import type { SchemaTable } from '../../store/schema.ts'
import { linesOf } from '../backup/lines.ts'
import { damaged } from '../backup/manifest.ts'
import { rowsName } from './manifest.ts'

type Table = Pick<SchemaTable, 'name' | 'columns'>

/** A row as a line. */
export function lineOf({ columns }: Table, row: Row): string {
  return `${JSON.stringify(Object.fromEntries(columns.map((column, i) => [column, row[i]])))}\n`
}

/**
 * The rows in these pieces of a file. Throws `invalid` for a line that is not spelled as `lineOf` does: with other
 * fields, the same one twice, or values that no column holds.
 */
export async function* rowsIn(table: Table, pieces: AsyncIterable<Buffer>): AsyncGenerator<readonly Row[]> {
  for await (const lines of linesOf(pieces, rowsName(table.name))) {
    yield lines.map((line) => parse(table, line))
  }
}

function parse(table: Table, line: string): Row {
  const values = objectIn(line)
  const fields = Object.keys(values ?? {})
  const unknown = fields.find((field) => !table.columns.includes(field))
  if (unknown !== undefined) {
    throw damaged(
      `${rowsName(table.name)} has a field that ${table.name} do not have: ${unknown.slice(0, 100)}.`,
    )
  }
  const row = table.columns.map((column) => values?.[column]) as unknown as Row
  if (values !== undefined && row.every(isScalar) && lineOf(table, row) === `${line}\n`) return row
  throw damaged(`${rowsName(table.name)} has a line that is no row.`)
}

function objectIn(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || Number.isSafeInteger(value)
}
