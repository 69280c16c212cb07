// Receipt files on disk, each under the hash of its bytes.

import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DomainError } from '../core/errors.ts'
import type { Files } from '../core/ports.ts'
import { createPreviews } from './previews.ts'

/** Where previews lie, beside the 256 folders of the files: they can be made again, so no backup needs them. */
export const previewsFolder = 'previews'

/**
 * Keeps files below `folder`, as `ab/cdef…`: 256 folders stay small into the millions.
 * A file is written aside, synced and renamed, so that it is there whole or not at all.
 */
export function createDiskFiles(folder: string): Files {
  function pathOf(contentHash: string): string {
    if (!/^[0-9a-f]{64}$/.test(contentHash)) throw new RangeError('Not a content hash.')
    return join(folder, contentHash.slice(0, 2), contentHash.slice(2))
  }

  async function get(contentHash: string): Promise<Uint8Array> {
    const bytes = await readFile(pathOf(contentHash)).catch(() => undefined)
    if (bytes === undefined) throw new Error(`The file ${contentHash} is missing.`)
    if (digest(bytes) !== contentHash) throw new Error(`The file ${contentHash} is damaged.`)
    return bytes
  }

  return {
    get,
    ...createPreviews(get, join(folder, previewsFolder)),

    async put(bytes) {
      const contentHash = digest(bytes)
      const path = pathOf(contentHash)
      const present = await readFile(path).catch(() => undefined)
      // A damaged copy is replaced by the good bytes at hand, and so is one that was swept away just now.
      const good = present !== undefined && digest(present) === contentHash
      if (good && (await renew(path))) return contentHash
      try {
        await writeDurably(path, bytes)
      } catch (error) {
        throw unavailable(error)
      }
      return contentHash
    },

    async mediaTypeOf(bytes) {
      // Loaded with the first file: a server that has seen none does without its ten megabytes.
      const { fileTypeFromBuffer } = await import('file-type')
      const found = await fileTypeFromBuffer(bytes).catch(() => undefined)
      return found?.mime ?? null
    },
  }
}

/** Makes a file as young as one just written, so that it is not swept before a row names it; false when it is gone. */
async function renew(path: string): Promise<boolean> {
  const now = new Date()
  return utimes(path, now, now).then(
    () => true,
    () => false,
  )
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path)
  const made = await mkdir(folder, { recursive: true })
  const aside = join(folder, `.${randomUUID()}`)
  try {
    await sync(aside, 'wx', (file) => file.writeFile(bytes))
    await rename(aside, path)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
  // The names themselves must survive a power cut too: that of the file, and those of new folders.
  await sync(folder, 'r')
  if (made !== undefined) await sync(dirname(folder), 'r')
}

async function sync(
  path: string,
  flags: string,
  work: (file: Awaited<ReturnType<typeof open>>) => Promise<void> = async () => {},
): Promise<void> {
  const file = await open(path, flags)
  try {
    await work(file)
    await file.sync()
  } finally {
    await file.close()
  }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function unavailable(error: unknown): DomainError {
  const failure = new DomainError('unavailable', 'store_unavailable', 'Files cannot be kept at the moment.')
  failure.cause = error
  return failure
}
