// Archives in the plain tar format (POSIX ustar): written one file after the other, and read again without unpacking.
// What is read must be spelled exactly as it is written here, so that links, devices, owners, paths that lead elsewhere
// and sizes that lie are no cases of their own.

import { type FileHandle, open } from 'node:fs/promises'
import { DomainError } from '../../core/errors.ts'
import { damaged } from '../backup/manifest.ts'

const block = 512

/** Bytes of one file in it at most: what eleven octal digits can say. */
const maxBytes = 8 ** 11 - 1

/** Bytes read at a time of files that are read in pieces. */
const pieceBytes = 64 * 1024

/** Two empty blocks end an archive. */
const end = Buffer.alloc(2 * block)

export type TarWriter = {
  /** Adds a file that `work` writes in pieces. Names have at most 100 characters of ASCII. */
  readonly add: (
    name: string,
    work: (write: (piece: string | Uint8Array) => Promise<void>) => Promise<void>,
  ) => Promise<void>
  /** Ends the archive; it is on disk when this resolves. */
  readonly end: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Makes an archive at a path where nothing is yet, for the eyes of its owner only. */
export async function createTar(path: string): Promise<TarWriter> {
  const file = await open(path, 'wx', 0o600)
  let at = 0

  async function write(piece: string | Uint8Array): Promise<void> {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
    for (let done = 0; done < bytes.length; ) {
      done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten
    }
    at += bytes.length
  }

  return {
    async add(name, work) {
      const start = at
      // Its size is known when it is written; the head is filled in then.
      at += block
      await work(write)
      const size = at - start - block
      if (size > maxBytes) throw new DomainError('limit', 'too_large', `${name} is too large for an archive.`)
      await write(Buffer.alloc(padding(size)))
      await file.write(headOf(name, size), 0, block, start)
    },
    async end() {
      await write(end)
      await file.sync()
    },
    close: () => file.close(),
  }
}

export type TarReader = {
  /** The names of all files in it, in their order, with their sizes. */
  readonly files: ReadonlyMap<string, number>
  /** The bytes of a file. Throws `invalid` when there is no such file, or one with more bytes than expected. */
  readonly read: (name: string, maxBytes: number) => Promise<Buffer>
  /** The same in pieces, whatever its size. */
  readonly pieces: (name: string) => AsyncIterable<Buffer>
  readonly close: () => Promise<void>
}

/**
 * Opens an archive and goes through its heads. Throws `not_found` where there is none, `invalid` for anything that
 * `createTar` would not have written.
 */
export async function openTar(path: string): Promise<TarReader> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    throw new DomainError('not_found', 'no_such_entity', `There is no file ${path}.`)
  })
  try {
    const places = await placesIn(file)
    const placeOf = (name: string): Place => {
      const place = places.get(name)
      if (place === undefined) throw damaged(`${name} is missing in the archive.`)
      return place
    }
    return {
      files: new Map([...places].map(([name, { size }]) => [name, size])),
      async read(name, most) {
        const { start, size } = placeOf(name)
        if (size > most) throw damaged(`${name} is too large.`)
        return readFully(file, start, size)
      },
      pieces(name) {
        const { start, size } = placeOf(name)
        return piecesOf(file, start, size)
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

type Place = { readonly start: number; readonly size: number }

async function placesIn(file: FileHandle): Promise<Map<string, Place>> {
  const stat = await file.stat()
  if (!stat.isFile()) throw damaged('It is no archive.')
  const places = new Map<string, Place>()
  let at = 0
  for (;;) {
    const head = await readFully(file, at, block)
    if (head.equals(end.subarray(0, block))) break
    const { name, size } = parseHead(head, at)
    if (places.has(name)) throw damaged(`${name} is twice in the archive.`)
    places.set(name, { start: at + block, size })
    at += block + size + padding(size)
    if (at > stat.size) throw cutOff()
    const behind = await readFully(file, at - padding(size), padding(size))
    if (behind.some((byte) => byte !== 0)) throw strange()
  }
  const rest = await readFully(file, at, end.length)
  if (!rest.equals(end)) throw cutOff()
  if (at + end.length !== stat.size) throw damaged('There is something behind the end of the archive.')
  return places
}

function parseHead(head: Buffer, at: number): { name: string; size: number } {
  const name = head.toString('latin1', 0, 100).replace(/\0.*$/s, '')
  const size = Number.parseInt(head.toString('latin1', 124, 135), 8)
  const wellSpelled = isName(name) && size >= 0 && headOf(name, size).equals(head)
  if (wellSpelled) return { name, size }
  throw at === 0 ? damaged('It is no archive.') : strange()
}

function strange(): DomainError {
  return damaged('The archive holds something that no export has put there.')
}

/** The block before a file. Everything that could differ from machine to machine is zero. */
function headOf(name: string, size: number): Buffer {
  if (!isName(name)) throw new RangeError(`${name} cannot be a name in an archive.`)
  const head = Buffer.alloc(block)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  head.write(name, 0, 'latin1')
  head.write(`${octal(0o600, 7)}${octal(0, 7)}${octal(0, 7)}${octal(size, 11)}${octal(0, 11)}`, 100, 'latin1')
  // The sum counts its own eight bytes as blanks.
  head.write('        0', 148, 'latin1')
  head.write('ustar\x0000', 257, 'latin1')
  const sum = head.reduce((total, byte) => total + byte, 0)
  head.write(`${octal(sum, 6)} `, 148, 'latin1')
  return head
}

// A closed alphabet, in which no name leads out of a folder, is a folder, or shows as another one.
function isName(name: string): boolean {
  return name.length <= 100 && /^[a-z0-9_]+(?:[/.][a-z0-9_]+)*$/.test(name)
}

function padding(size: number): number {
  return (block - (size % block)) % block
}

async function readFully(file: FileHandle, start: number, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size)
  for (let done = 0; done < size; ) {
    const { bytesRead } = await file.read(bytes, done, size - done, start + done)
    if (bytesRead === 0) throw cutOff()
    done += bytesRead
  }
  return bytes
}

function cutOff(): DomainError {
  return damaged('The archive is cut off.')
}

async function* piecesOf(file: FileHandle, start: number, size: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < size; done += pieceBytes) {
    yield await readFully(file, start + done, Math.min(pieceBytes, size - done))
  }
}
