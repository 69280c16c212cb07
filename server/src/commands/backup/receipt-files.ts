// The files behind the rows of a backup: which there must be, and carrying them from one place to another.

import type { Files } from '../../core/ports.ts'
import type { Problem } from '../../store/check/findings.ts'
import type { TableDump } from '../../store/dump.ts'
import type { RowsOf } from '../../store/load.ts'

/** Files carried at the same time: writing one durably is mostly waiting for the disk. */
const usuallyAtOnce = 4

/** A file that a row names, and which row. */
export type NamedFile = { readonly contentHash: string; readonly where: string }

export type Carried = {
  readonly count: number
  readonly bytes: number
  /** Those that could not be read, each for every row that names it. */
  readonly problems: readonly Problem[]
  readonly missing: readonly string[]
}

/** Every file that the rows of a backup name, tombstones included; once for each row. */
export async function* namedFiles(rowsOf: RowsOf, tables: readonly TableDump[]): AsyncGenerator<NamedFile> {
  for (const table of tables) {
    const at = (column: string) => table.columns.indexOf(column)
    const [hash, organization, id, name] = ['content_hash', 'organization_id', 'id', 'file_name'].map(at)
    if (hash === undefined || hash === -1) continue
    for await (const rows of rowsOf(table)) {
      for (const row of rows) {
        const [organizationId, ownId, fileName] = [organization, id, name].map((index) => row[index ?? -1])
        const where = `organization ${organizationId}, ${table.name} ${ownId} "${fileName}"`
        yield { contentHash: String(row[hash]), where }
      }
    }
  }
}

/**
 * Carries each file once, `atOnce` at the same time; one at a time they go in the order of the rows. One that cannot be
 * read is told and passed over; a place that cannot be written to throws.
 */
export async function carry(
  named: AsyncGenerator<NamedFile>,
  from: Pick<Files, 'get'>,
  to: Pick<Files, 'put'>,
  atOnce = usuallyAtOnce,
): Promise<Carried> {
  let count = 0
  let bytes = 0
  const problems: Problem[] = []
  const missing = new Set<string>()
  const done = new Set<string>()

  async function worker(): Promise<void> {
    for await (const { contentHash, where } of named) {
      if (done.has(contentHash) && !missing.has(contentHash)) continue
      done.add(contentHash)
      const content = await from.get(contentHash).catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error)
        problems.push({ what: 'file', where, message })
        missing.add(contentHash)
      })
      if (content === undefined) continue
      await to.put(content)
      count += 1
      bytes += content.length
    }
  }

  // Whoever throws away what was carried so far must not meet a worker that is still at it.
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return { count, bytes, problems, missing: [...missing].sort() }
}
