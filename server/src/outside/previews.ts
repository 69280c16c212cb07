// Small pictures of receipt files, made when they are first asked for and kept on disk.
// The files come from strangers: each picture has a limit of pixels, memory and time, and only few are made at once.

import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PreviewedFile, Previews } from '../core/ports.ts'
import { drawFirstPage } from './pdf-pages.ts'
import { drawImage, encodePixels } from './pictures.ts'
import { createQueue } from './queue.ts'

/** Pictures made at the same time at most: each may hold some hundred megabytes and a core. */
const maxAtOnce = 2

/** Files remembered of which no picture can be made, so that each is tried once and not at every request. */
const maxHopeless = 10_000

// How every whole PNG ends. What a power cut left half written is made again.
const end = Buffer.from('0000000049454e44ae426082', 'hex')

/** Makes the previews of the files that `read` answers, keeping them below `folder`, as `ab/cdef…-100.png`. */
export function createPreviews(read: (contentHash: string) => Promise<Uint8Array>, folder: string): Previews {
  const queue = createQueue(maxAtOnce)
  const running = new Map<string, Promise<Uint8Array | null>>()
  const hopeless = new Set<string>()

  async function make(file: PreviewedFile, longestSide: number, path: string): Promise<Uint8Array | null> {
    const kept = await readFile(path).catch(() => undefined)
    if (kept?.subarray(-end.length).equals(end)) return kept
    const made = await queue(async () => draw(await read(file.contentHash), file.mediaType, longestSide))
    if (made === null) remember(file.contentHash)
    // A full disk is no reason to show nothing.
    else await keep(path, made).catch(() => {})
    return made
  }

  function remember(contentHash: string): void {
    hopeless.add(contentHash)
    for (const oldest of hopeless) {
      if (hopeless.size <= maxHopeless) break
      hopeless.delete(oldest)
    }
  }

  return {
    preview(file, longestSide) {
      const { contentHash } = file
      if (hopeless.has(contentHash)) return Promise.resolve(null)
      const path = join(folder, contentHash.slice(0, 2), `${contentHash.slice(2)}-${longestSide}.png`)
      const started = running.get(path)
      if (started !== undefined) return started
      const making = make(file, longestSide, path).finally(() => running.delete(path))
      running.set(path, making)
      return making
    },
  }
}

async function draw(bytes: Uint8Array, mediaType: string, longestSide: number): Promise<Uint8Array | null> {
  if (mediaType !== 'application/pdf') return drawImage(bytes, longestSide)
  const pixels = await drawFirstPage(bytes, longestSide)
  return pixels && encodePixels(pixels)
}

async function keep(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const aside = join(folder, `.${randomUUID()}`)
  try {
    await writeFile(aside, bytes, { flag: 'wx', mode: 0o600 })
    await rename(aside, path)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
}
