// The secret key of this installation: made at the first start, kept in the data folder, and never anywhere else.

import { hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Keys } from '../core/ports.ts'

/** Bytes of the key. */
const size = 32

/** Only the owner of the process reads it. */
const mode = 0o600

/** Name of the file in the data folder. */
export const keyFile = 'secret.key'

/** Keys for every purpose from one secret. Without one, keys that nobody will ever see again. */
export function createKeys(secret: Uint8Array = randomBytes(size)): Keys {
  return {
    derive: (purpose) => new Uint8Array(hkdfSync('sha256', secret, '', `daybook ${purpose}`, size)),
  }
}

/**
 * The keys of the installation whose data folder this is. Of several processes that start at the same moment on a fresh
 * folder, one makes the key and all use it. Throws when the file is damaged: a new one would silently end all sessions.
 */
export function openKeys(folder: string): Keys {
  const path = join(folder, keyFile)
  const secret = read(path) ?? make(path)
  if (secret.length !== size)
    throw new Error(`${path} is damaged: it must hold ${size} bytes in hexadecimal.`)
  return createKeys(secret)
}

function read(path: string): Uint8Array | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  // A copy of the folder may have come with the rights of everyone.
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, mode)
  return /^[0-9a-f]*$/.test(text) ? Buffer.from(text, 'hex') : Buffer.alloc(0)
}

/** Written whole under another name first, so that nobody ever reads half of it. */
function make(path: string): Uint8Array {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, `${randomBytes(size).toString('hex')}\n`, { mode, flag: 'wx', flush: true })
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return read(path) ?? Buffer.alloc(0)
}
