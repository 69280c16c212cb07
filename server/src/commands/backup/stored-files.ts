// Which receipt files lie in the folder of a book.

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Content hashes of all files of the folder, ascending. Anything else that lies there is passed over. */
export async function* storedFiles(folder: string): AsyncGenerator<string> {
  for (const prefix of await names(folder, prefixShape)) {
    for (const name of await names(join(folder, prefix), /^[0-9a-f]{62}$/)) yield `${prefix}${name}`
  }
}

/** Names of the folders that files and previews are spread over. */
export const prefixShape = /^[0-9a-f]{2}$/

/** What lies in a folder under a name of that shape, ascending; nothing when there is no such folder. */
export async function names(folder: string, wanted: RegExp): Promise<string[]> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return found.filter((name) => wanted.test(name)).sort()
}
