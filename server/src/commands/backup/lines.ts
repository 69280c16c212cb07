// The lines of a table in a backup, read again: some at a time, whatever their number.

import { createReadStream } from 'node:fs'
import type { TableDump } from '../../store/dump.ts'
import type { Row } from '../../store/engine.ts'
import { damaged, tablePath } from './manifest.ts'

const lineFeed = 0x0a

/** The rows of a table, a portion for each piece of the file. Throws `invalid` for what is no row. */
export async function* readRows(folder: string, { name }: TableDump): AsyncGenerator<readonly Row[]> {
  // Cut as bytes: a character may stand across two pieces, a line feed never does.
  let rest = Buffer.alloc(0)
  for await (const piece of createReadStream(tablePath(folder, name)) as AsyncIterable<Buffer>) {
    const end = piece.lastIndexOf(lineFeed)
    if (end === -1) {
      rest = Buffer.concat([rest, piece])
      continue
    }
    const lines = Buffer.concat([rest, piece.subarray(0, end)]).toString('utf8')
    rest = Buffer.from(piece.subarray(end + 1))
    yield lines.split('\n').map((line) => parseRow(name, line))
  }
  if (rest.length > 0) throw damaged(`tables/${name}.jsonl ends in the middle of a row.`)
}

function parseRow(name: string, line: string): Row {
  try {
    const row: unknown = JSON.parse(line)
    if (Array.isArray(row)) return row as Row
  } catch {
    // Told below.
  }
  throw damaged(`tables/${name}.jsonl has a line that is no row.`)
}
