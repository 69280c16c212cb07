// Makes names durable: a file that was renamed or made is there after a power cut only when its folder is on disk.

import { open } from 'node:fs/promises'

/** Resolves when the names in the folder are on disk. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
