// Makes a backup: rows of one moment, then the files they name, aside and under the final name only when all is there.

import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Instant } from '../../core/day.ts'
import { DomainError } from '../../core/errors.ts'
import type { Files } from '../../core/ports.ts'
import { createDiskFiles } from '../../outside/files.ts'
import { dumpTable, stateHashOf, type TableDump } from '../../store/dump.ts'
import { presentSchema } from '../../store/schema.ts'
import { openSession } from '../../store/session.ts'
import { readRows } from './lines.ts'
import { filesPath, format, type Manifest, manifestFile, tablePath } from './manifest.ts'
import { type Carried, carry, namedFiles } from './receipt-files.ts'
import { syncFolder } from './sync.ts'

export type BackupOrder = {
  /** Path of the SQLite file, or a `postgres://` address. */
  readonly database: string
  readonly files: Pick<Files, 'get'>
  /** Absolute. It must not exist, or be empty. */
  readonly folder: string
  readonly version: string
  readonly madeAt: Instant
}

/**
 * Makes a backup while servers go on writing. Files that are missing or damaged are told; the rest is there all the
 * same. Throws `conflict` when there is something at `folder`, `not_found` when there is no book.
 */
export async function writeBackup(
  order: BackupOrder,
): Promise<{ manifest: Manifest; problems: Carried['problems'] }> {
  const { folder } = order
  await refuseUnlessFree(folder)
  const aside = join(dirname(folder), `.${basename(folder)}.${randomUUID()}.partial`)
  // Password hashes and names of people are in it: for the owner's eyes only.
  await mkdir(join(aside, 'tables'), { recursive: true, mode: 0o700 })
  await mkdir(filesPath(aside), { mode: 0o700 })
  try {
    const rows = await writeTables(order.database, aside)
    // Files that a row names never change and never go, so they may follow when no transaction is held open any more.
    const named = namedFiles((table) => readRows(aside, table), rows.tables)
    const { count, bytes, missing, problems } = await carry(
      named,
      order.files,
      createDiskFiles(filesPath(aside)),
    )
    const manifest: Manifest = {
      format,
      daybook: order.version,
      madeAt: new Date(order.madeAt).toISOString(),
      ...rows,
      files: { count, bytes, missing },
    }
    await keep(join(aside, manifestFile), (write) => write(`${JSON.stringify(manifest, null, 2)}\n`))
    for (const each of [join(aside, 'tables'), filesPath(aside), aside]) await syncFolder(each)
    await rename(aside, folder)
    await syncFolder(dirname(folder))
    return { manifest, problems }
  } catch (error) {
    await rm(aside, { recursive: true, force: true })
    throw error
  }
}

async function refuseUnlessFree(folder: string): Promise<void> {
  const present = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw taken(error.code === 'ENOTDIR' ? `${folder} is a file.` : `${folder}: ${error.message}.`)
  })
  if (present.length > 0) throw taken(`${folder} is not empty.`)
}

function taken(message: string): DomainError {
  return new DomainError('conflict', 'already_exists', message)
}

async function writeTables(
  database: string,
  folder: string,
): Promise<Pick<Manifest, 'engine' | 'migrations' | 'stateHash' | 'tables'>> {
  const session = await openSession(database, 'read')
  try {
    const schema = await presentSchema(session)
    const tables: TableDump[] = []
    for (const table of schema.tables) {
      await keep(tablePath(folder, table.name), async (write) => {
        tables.push(await dumpTable(session, schema, table, write))
      })
    }
    const { migrations } = schema
    return { engine: session.kind, migrations, stateHash: stateHashOf(migrations, tables), tables }
  } finally {
    await session.close()
  }
}

/** Writes a file that is on disk when this resolves. */
async function keep(
  path: string,
  work: (write: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await work((text) => file.appendFile(text))
    await file.sync()
  } finally {
    await file.close()
  }
}
