// Brings an organization into an empty book: rows, files and what they say of each other, all of it or nothing.

import { existsSync, mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Files } from '../../core/ports.ts'
import { checkBook } from '../../store/check/index.ts'
import { loadBook, refuseUnlessEmpty } from '../../store/load.ts'
import { applyMigrations, migrations } from '../../store/migrations/index.ts'
import { openSession, type Session } from '../../store/session.ts'
import { damaged } from '../backup/manifest.ts'
import { lookAtTarget, present } from '../backup/read.ts'
import { carry, namedFiles } from '../backup/receipt-files.ts'
import { type CheckedArchive, checkArchive } from './check.ts'
import type { ArchiveManifest } from './manifest.ts'
import { openTar } from './tar.ts'

export type ImportOrder = {
  /** The data folder, made when there is none. */
  readonly data: string
  /** The archive; absolute. */
  readonly path: string
  /** Path of the SQLite file, or a `postgres://` address. */
  readonly database: string
  readonly files: Pick<Files, 'put'>
}

export type Imported = {
  readonly manifest: ArchiveManifest
  /** Migrations that came after the archive and were applied to what was imported. */
  readonly migrated: readonly string[]
}

/**
 * Checks an archive and fills an empty book with it. Everything keeps its numbers. Before the commit the whole book is
 * checked as `verify` does. Throws `conflict` for a book that is not empty and for archives of a newer Daybook,
 * `invalid` for one that is damaged or contradicts itself; then the book is as it was.
 */
export async function readArchive(order: ImportOrder, known = migrations): Promise<Imported> {
  const tar = await openTar(order.path)
  try {
    const archive = await checkArchive(tar, known)
    await lookAtTarget(order.database, known)
    return { manifest: archive.manifest, migrated: await load(archive, order, known) }
  } finally {
    await tar.close()
  }
}

async function load(
  archive: CheckedArchive,
  { data, database, files }: ImportOrder,
  known: typeof migrations,
): Promise<readonly string[]> {
  const { manifest, schema, rowsOf } = archive
  const isNew = !/^postgres(ql)?:/.test(database) && !existsSync(database)
  mkdirSync(data, { recursive: true, mode: 0o700 })
  if (isNew) mkdirSync(dirname(database), { recursive: true })
  const session = await openSession(database, 'write')
  let done = false
  try {
    const wanted = { schema, dumps: manifest.tables, stateHash: manifest.stateHash }
    // Nobody else can write now; what is refused after this is the fault of the rows.
    await refuseUnlessEmpty(session, known)
    await loadBook(session, wanted, rowsOf, known).catch(explain)
    const migrated = await applyMigrations(session.kind, (sql) => session.rows(sql), known)
    await checkLoaded(session, archive, known)
    // Files come before the commit, so that no row ever names one that is not there.
    const missing = new Set(manifest.files.missing)
    const { problems } = await carry(
      present(namedFiles(rowsOf, manifest.tables), missing),
      archive.files,
      files,
    )
    if (problems[0] !== undefined) throw damaged(`${problems[0].where}: ${problems[0].message}`)
    await session.commit()
    done = true
    return migrated
  } finally {
    await session.close()
    // What the opening of a new database has left.
    if (isNew && !done) for (const end of ['', '-wal', '-shm']) await rm(`${database}${end}`, { force: true })
  }
}

/** The rows may be well formed and still contradict each other; a book that `verify` would complain of is not made. */
async function checkLoaded(
  session: Session,
  { manifest, files }: CheckedArchive,
  known: typeof migrations,
): Promise<void> {
  const { problems } = await checkBook(session, { files, stored: nothing() }, known)
  const missing = new Set(manifest.files.missing)
  const problem = problems.find(({ what, message }) => {
    // Told when it was exported, and told again when it is imported.
    return what !== 'file' || ![...missing].some((hash) => message.includes(hash))
  })
  if (problem !== undefined) throw damaged(`${problem.where}: ${problem.message}`)
}

/** Rows that a table refuses, such as the same one twice, are the archive's fault and not ours. */
function explain(error: unknown): never {
  const { errcode = 0, code = '', kind = '' } = error as { errcode?: number; code?: unknown; kind?: unknown }
  // Broken constraints and values of another type, as SQLite and PostgreSQL number them.
  const onSqlite = [19, 20].includes(errcode & 0xff)
  const onPostgres = (typeof code === 'string' && /^2[23]/.test(code)) || kind === 'conflict'
  if (onSqlite || onPostgres) throw damaged('The archive has rows that no book can hold together.')
  throw error
}

async function* nothing(): AsyncGenerator<string> {}
