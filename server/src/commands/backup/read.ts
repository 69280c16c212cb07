// Brings a backup back: all of it is checked before anything is written.

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { DomainError } from '../../core/errors.ts'
import type { Files } from '../../core/ports.ts'
import { createDiskFiles } from '../../outside/files.ts'
import type { TableDump } from '../../store/dump.ts'
import { openEngine } from '../../store/index.ts'
import { loadBook, type RowsOf, refuseUnlessEmpty } from '../../store/load.ts'
import { migrate, migrations } from '../../store/migrations/index.ts'
import type { Schema } from '../../store/schema.ts'
import { openSession } from '../../store/session.ts'
import { readRows } from './lines.ts'
import { damaged, filesPath, type Manifest, readManifest, schemaIn, tablePath } from './manifest.ts'
import { carry, namedFiles } from './receipt-files.ts'

const lineFeed = 0x0a

export type RestoreOrder = {
  /** The backup; absolute. */
  readonly folder: string
  /** Path of the SQLite file, or a `postgres://` address. */
  readonly database: string
  readonly files: Pick<Files, 'put'>
}

export type Restored = {
  readonly manifest: Manifest
  /** Migrations that came after the backup and were applied to what was restored. */
  readonly migrated: readonly string[]
}

/** A backup whose every hash was found right. */
export type CheckedBackup = { readonly folder: string; readonly manifest: Manifest; readonly schema: Schema }

/**
 * Reads a whole backup and finds whether it is as it was made. Throws `invalid` for one that is damaged or incomplete,
 * `conflict` for one of a newer Daybook.
 */
export async function checkBackup(folder: string, known = migrations): Promise<CheckedBackup> {
  const manifest = await readManifest(folder)
  const schema = await schemaIn(manifest, known)
  for (const table of manifest.tables) await checkTable(folder, table)
  const files = createDiskFiles(filesPath(folder))
  const missing = new Set(manifest.files.missing)
  for await (const { contentHash, where } of namedFiles(rowsOf(folder), manifest.tables)) {
    if (missing.has(contentHash)) continue
    await files.get(contentHash).catch((error: unknown) => {
      throw damaged(`${where}: ${error instanceof Error ? error.message : String(error)}`)
    })
  }
  return { folder, manifest, schema }
}

/**
 * Fills the empty book at `database` with a checked backup and brings it up to date. Files come first, so that no row
 * ever names one that is not there; the rows follow in one transaction. Throws `conflict` for a book that is not empty.
 */
export async function restoreBackup(
  { folder, manifest, schema }: CheckedBackup,
  { database, files }: Omit<RestoreOrder, 'folder'>,
  known = migrations,
): Promise<Restored> {
  await lookAtTarget(database, known)
  const missing = new Set(manifest.files.missing)
  const named = present(namedFiles(rowsOf(folder), manifest.tables), missing)
  const { problems } = await carry(named, createDiskFiles(filesPath(folder)), files)
  if (problems[0] !== undefined) throw damaged(`${problems[0].where}: ${problems[0].message}`)
  const session = await openSession(database, 'write')
  try {
    const wanted = { schema, dumps: manifest.tables, stateHash: manifest.stateHash }
    await loadBook(session, wanted, rowsOf(folder), known)
    await session.commit()
  } finally {
    await session.close()
  }
  const engine = await openEngine(database)
  try {
    return { manifest, migrated: await migrate(engine, known) }
  } finally {
    await engine.close()
  }
}

/** Refuses before anything is made. The loading looks again, when nobody else can write. */
export async function lookAtTarget(database: string, known: typeof migrations): Promise<void> {
  const session = await openSession(database, 'read').catch((error: unknown) => {
    if (error instanceof DomainError && error.kind === 'not_found') return undefined
    throw error
  })
  try {
    if (session !== undefined) await refuseUnlessEmpty(session, known)
  } finally {
    await session?.close()
  }
}

/** Leaves out those that were missing when the copy was made. */
export async function* present(named: ReturnType<typeof namedFiles>, missing: ReadonlySet<string>) {
  for await (const file of named) if (!missing.has(file.contentHash)) yield file
}

function rowsOf(folder: string): RowsOf {
  return (table) => readRows(folder, table)
}

async function checkTable(folder: string, { name, rows, sha256 }: TableDump): Promise<void> {
  const hash = createHash('sha256')
  let lines = 0
  try {
    for await (const piece of createReadStream(tablePath(folder, name)) as AsyncIterable<Buffer>) {
      hash.update(piece)
      for (let at = piece.indexOf(lineFeed); at !== -1; at = piece.indexOf(lineFeed, at + 1)) lines += 1
    }
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw damaged(
      missing ? `tables/${name}.jsonl is missing.` : `tables/${name}.jsonl: ${(error as Error).message}.`,
    )
  }
  if (lines !== rows || hash.digest('hex') !== sha256) throw damaged(`tables/${name}.jsonl is damaged.`)
}
