// Lines of JSON read again: some at a time, whatever their number.

import { createReadStream } from 'node:fs'
import type { TableDump } from '../../store/dump.ts'
import type { Row } from '../../store/engine.ts'
import { damaged, tablePath } from './manifest.ts'

const lineFeed = 0x0a

/** Bytes of one line at most: far more than any row has. Without a limit one line could fill the memory. */
const maxLineBytes = 16 * 1024 * 1024

/** The rows of a table in a backup, a portion for each piece of the file. Throws `invalid` for what is no row. */
export async function* readRows(folder: string, { name }: TableDump): AsyncGenerator<readonly Row[]> {
  const pieces = createReadStream(tablePath(folder, name)) as AsyncIterable<Buffer>
  for await (const lines of linesOf(pieces, `tables/${name}.jsonl`))
    yield lines.map((line) => parseRow(name, line))
}

/** The lines of a file, a portion for each of its pieces. Throws `invalid` when the last one has no end. */
export async function* linesOf(
  pieces: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<readonly string[]> {
  // Cut as bytes: a character may stand across two pieces, a line feed never does.
  let rest = Buffer.alloc(0)
  for await (const piece of pieces) {
    const end = piece.lastIndexOf(lineFeed)
    if (end === -1) {
      rest = Buffer.concat([rest, piece])
      if (rest.length > maxLineBytes) throw damaged(`${file} has a line that is too long.`)
      continue
    }
    const lines = Buffer.concat([rest, piece.subarray(0, end)]).toString('utf8')
    rest = Buffer.from(piece.subarray(end + 1))
    yield lines.split('\n')
  }
  if (rest.length > 0) throw damaged(`${file} ends in the middle of a row.`)
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
