// Makes the archive of one organization: its rows of one moment, the files they name, and what tells all that is there.

import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { DomainError, notFound } from '../../core/errors.ts'
import type { Files } from '../../core/ports.ts'
import { dumpPages, stateHashOf, type TableDump } from '../../store/dump.ts'
import type { Row } from '../../store/engine.ts'
import type { RowsOf } from '../../store/load.ts'
import { presentSchema } from '../../store/schema.ts'
import { openSession, type Session } from '../../store/session.ts'
import { pagesOfSlice, type Slice } from '../../store/slice.ts'
import { manifestFile } from '../backup/manifest.ts'
import { type Carried, carry, namedFiles } from '../backup/receipt-files.ts'
import { syncFolder } from '../backup/sync.ts'
import { UsageError } from '../command.ts'
import { lineOf } from './lines.ts'
import { type ArchiveManifest, archiveFormat, fileName, rowsName, spelled } from './manifest.ts'
import { createTar, type TarWriter } from './tar.ts'

export type ExportOrder = {
  /** Path of the SQLite file, or a `postgres://` address. */
  readonly database: string
  readonly files: Pick<Files, 'get'>
  /** Id or name; may be missing when there is only one. */
  readonly organization: string | undefined
  readonly secrets: boolean
  /** Absolute; there must be nothing yet. */
  readonly path: string
  readonly version: string
}

/**
 * Makes an archive while servers go on writing. The same content always gives the same bytes. Files that are missing or
 * damaged are told; the rest is there all the same. Throws `conflict` when there is something at the path, `not_found`
 * when there is no book or no such organization.
 */
export async function writeArchive(
  order: ExportOrder,
): Promise<{ manifest: ArchiveManifest; problems: Carried['problems'] }> {
  const { path } = order
  refuseTaken(path)
  const aside = join(dirname(path), `.${basename(path)}.${randomUUID()}.partial`)
  const session = await openSession(order.database, 'read')
  try {
    const tar = await createTar(aside)
    try {
      const made = await fill(tar, session, order)
      await tar.end()
      refuseTaken(path)
      await rename(aside, path)
      await syncFolder(dirname(path))
      return made
    } finally {
      await tar.close()
    }
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  } finally {
    await session.close()
  }
}

async function fill(
  tar: TarWriter,
  session: Session,
  order: ExportOrder,
): Promise<{ manifest: ArchiveManifest; problems: Carried['problems'] }> {
  const { secrets } = order
  const schema = await presentSchema(session)
  const organization = await find(session, order.organization)
  const slice: Slice = { organizationId: organization.id, secrets }
  const tables: TableDump[] = []
  for (const table of schema.tables) {
    const pages = pagesOfSlice(session, schema, table, slice)
    await tar.add(rowsName(table.name), async (write) => {
      const take = (_: string, rows: readonly Row[]) => write(rows.map((row) => lineOf(table, row)).join(''))
      tables.push(await dumpPages(table, pages, take))
    })
  }
  const again: RowsOf = ({ name }) => {
    const table = schema.tables.find((each) => each.name === name)
    if (table === undefined) throw new Error(`There is no table ${name}.`)
    return pagesOfSlice(session, schema, table, slice)
  }
  // One after the other, in the order of their rows, so that the archive is the same each time.
  const { count, bytes, missing, problems } = await carry(
    namedFiles(again, tables),
    order.files,
    into(tar),
    1,
  )
  const { migrations } = schema
  const manifest: ArchiveManifest = {
    format: archiveFormat,
    daybook: order.version,
    organization,
    secrets,
    migrations,
    stateHash: stateHashOf(migrations, tables),
    tables,
    files: { count, bytes, missing },
  }
  await tar.add(manifestFile, (write) => write(spelled(manifest)))
  return { manifest, problems }
}

function into(tar: TarWriter): Pick<Files, 'put'> {
  return {
    async put(bytes) {
      const contentHash = createHash('sha256').update(bytes).digest('hex')
      await tar.add(fileName(contentHash), (write) => write(bytes))
      return contentHash
    },
  }
}

/** The organization of that id or name, or the only one. */
async function find(session: Session, wanted: string | undefined): Promise<ArchiveManifest['organization']> {
  const all = await session.rows('select id, name from organizations where deleted_at is null order by id')
  const found = all
    .map(([id, name]) => ({ id: Number(id), name: String(name) }))
    .filter(({ id, name }) => wanted === undefined || String(id) === wanted || name === wanted)
  if (found.length > 1) throw new UsageError('Several organizations: name one with --organization.')
  if (found[0] === undefined) throw notFound('organization')
  return found[0]
}

function refuseTaken(path: string): void {
  if (existsSync(path))
    throw new DomainError('conflict', 'already_exists', `There is something at ${path} already.`)
}
