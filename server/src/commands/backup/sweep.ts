// Takes away what lies in the folder of the files and belongs to nothing: bytes whose upload was never finished.
// Servers may go on writing meanwhile, and may be given the same bytes again at the very moment.

import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Instant } from '../../core/day.ts'
import { previewsFolder } from '../../outside/files.ts'
import { presentSchema, quoted } from '../../store/schema.ts'
import { openSession, type Session } from '../../store/session.ts'
import { names, prefixShape, storedFiles } from './stored-files.ts'

/** Files looked at between two looks at the book. */
const atOnce = 200

// A file on its way out. It has this name for a moment only, unless the sweep is killed in that moment.
const asidePrefix = '.swept-'

export type SweepOrder = {
  /** Path of the SQLite file, or a `postgres://` address. */
  readonly database: string
  /** Of the files; absolute. */
  readonly folder: string
  /** Only what was last kept before this instant goes. */
  readonly before: Instant
}

/** How many files went, and how many bytes they had. */
export type Swept = { readonly count: number; readonly bytes: number }

/**
 * Sweeps the folder. A file goes only when no row of any organization names its content, removed rows included, and
 * keeping the same bytes again at the same time either saves it or writes it anew.
 */
export async function sweepFiles({ database, folder, before }: SweepOrder): Promise<Swept> {
  await putBack(folder)
  let count = 0
  let bytes = 0
  for await (const hashes of portions(storedFiles(folder))) {
    const old = await filter(hashes, async (hash) => (await keptAt(pathOf(folder, hash))) < before)
    for (const hash of await unnamed(database, old)) {
      const size = await takeAside(folder, hash, before)
      if (size === undefined) continue
      // Asked again, now that nobody can find the file any more: a row may have come to name it meanwhile.
      if ((await unnamed(database, [hash])).length === 0)
        await rename(asideOf(folder, hash), pathOf(folder, hash))
      else {
        await rm(asideOf(folder, hash))
        count += 1
        bytes += size
      }
    }
  }
  await sweepRemains(folder, before)
  return { count, bytes }
}

/** Moves a file out of sight; undefined when it is gone, or was kept again since it was looked at. */
async function takeAside(folder: string, hash: string, before: Instant): Promise<number | undefined> {
  const [path, aside] = [pathOf(folder, hash), asideOf(folder, hash)]
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  )
  if (!moved) return undefined
  const { mtimeMs, size } = await stat(aside)
  if (mtimeMs < before) return size
  await rename(aside, path)
  return undefined
}

/** What a sweep that was killed has left aside. */
async function putBack(folder: string): Promise<void> {
  for (const prefix of await names(folder, prefixShape)) {
    for (const name of await names(join(folder, prefix), /^\.swept-[0-9a-f]{62}$/)) {
      const hash = `${prefix}${name.slice(asidePrefix.length)}`
      const isBack = (await keptAt(pathOf(folder, hash))) !== Number.POSITIVE_INFINITY
      if (isBack) await rm(asideOf(folder, hash))
      else await rename(asideOf(folder, hash), pathOf(folder, hash))
    }
  }
}

/** Previews of files that are gone, and what writers that were killed have left half written. */
async function sweepRemains(folder: string, before: Instant): Promise<void> {
  const previews = join(folder, previewsFolder)
  for (const room of [folder, previews]) {
    for (const prefix of await names(room, prefixShape)) {
      for (const name of await names(join(room, prefix), /^\.[0-9a-f-]{36}$/)) {
        const path = join(room, prefix, name)
        if ((await keptAt(path)) < before) await rm(path, { force: true })
      }
    }
  }
  for (const prefix of await names(previews, prefixShape)) {
    for (const name of await names(join(previews, prefix), /^[0-9a-f]{62}-\d+\.png$/)) {
      const original = join(folder, prefix, name.slice(0, 62))
      if ((await keptAt(original)) === Number.POSITIVE_INFINITY)
        await rm(join(previews, prefix, name), { force: true })
    }
  }
}

/** Those of these hashes that no row of the book names, as it is now. */
async function unnamed(database: string, hashes: readonly string[]): Promise<string[]> {
  if (hashes.length === 0) return []
  const session = await openSession(database, 'read')
  try {
    const { tables } = await presentSchema(session)
    const naming = tables.filter(({ columns }) => columns.includes('content_hash'))
    return await filter(hashes, async (hash) => {
      for (const { name, columns } of naming) if (await isNamed(session, name, columns, hash)) return false
      return true
    })
  } finally {
    await session.close()
  }
}

async function isNamed(
  session: Session,
  table: string,
  columns: readonly string[],
  hash: string,
): Promise<boolean> {
  // Keys and indexes begin with the organization, so it is gone through organization by organization.
  const from = columns.includes('organization_id')
    ? `organizations o join ${quoted(table)} t on t.organization_id = o.id`
    : `${quoted(table)} t`
  const rows = await session.rows(`select 1 from ${from} where t.content_hash = ? limit 1`, [hash])
  return rows.length > 0
}

/** When a file was last kept, in milliseconds; infinity when it is not there. */
async function keptAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.POSITIVE_INFINITY,
  )
}

function pathOf(folder: string, hash: string): string {
  return join(folder, hash.slice(0, 2), hash.slice(2))
}

function asideOf(folder: string, hash: string): string {
  return join(folder, hash.slice(0, 2), `${asidePrefix}${hash.slice(2)}`)
}

async function filter<T>(items: readonly T[], wanted: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept: T[] = []
  for (const item of items) if (await wanted(item)) kept.push(item)
  return kept
}

async function* portions(hashes: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let held: string[] = []
  for await (const hash of hashes) {
    held.push(hash)
    if (held.length < atOnce) continue
    yield held
    held = []
  }
  if (held.length > 0) yield held
}
