// Receipt rows against the files they name.

import type { Files } from '../../core/ports.ts'
import type { Session } from '../session.ts'
import { type Findings, placeOf } from './findings.ts'

/** Where receipt files lie. `stored` tells the hashes of all that are there, ascending. */
export type FileRoom = { readonly files: Pick<Files, 'get'>; readonly stored: AsyncIterable<string> }

/**
 * Checks that every file that a receipt names, removed ones included, is there with the bytes it was kept with.
 * Answers how many are named, and how many lie there that no receipt names.
 */
export async function checkFiles(
  session: Session,
  { files, stored }: FileRoom,
  { add }: Findings,
): Promise<{ named: number; unnamed: number }> {
  const present = stored[Symbol.asyncIterator]()
  let next = await present.next()
  let named = 0
  let unnamed = 0
  let known: { contentHash: string; sizeBytes: number | string } | undefined
  const byBytes = session.kind === 'postgres' ? ' collate "C"' : ''
  const receipts = session.pages(
    `select content_hash, organization_id, id, size_bytes, file_name from receipts
     order by content_hash${byBytes}, organization_id, id`,
  )
  for await (const page of receipts) {
    for (const [hash, organizationId, id, size, name] of page) {
      const contentHash = String(hash)
      if (known?.contentHash !== contentHash) {
        named += 1
        for (; !next.done && next.value <= contentHash; next = await present.next())
          if (next.value < contentHash) unnamed += 1
        known = { contentHash, sizeBytes: await look(contentHash) }
      }
      const where = placeOf(organizationId ?? null, 'receipt', `${id} "${name}"`)
      if (typeof known.sizeBytes === 'string') add('file', where, known.sizeBytes)
      else if (known.sizeBytes !== size)
        add('file', where, `The file has ${known.sizeBytes} bytes instead of ${size}.`)
    }
  }
  for (; !next.done; next = await present.next()) unnamed += 1
  return { named, unnamed }

  /** The size of a file, or what is wrong with it. */
  async function look(contentHash: string): Promise<number | string> {
    try {
      return (await files.get(contentHash)).length
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }
}
