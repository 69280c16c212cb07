// The files of the checkout that belong to the project: all that .gitignore does not leave out.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, matchesGlob } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Source, source } from './source.ts'

/** The checkout these rules are part of. */
export const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))

/** Reads every text file of the project. Git itself is not asked: an unpacked archive keeps the same rules. */
export function readProject(folder: string): Source[] {
  const globs = readFileSync(join(folder, '.gitignore'), 'utf8').split('\n').filter(Boolean).flatMap(globsOf)
  return filesBelow(folder, '', ['.git', ...globs]).flatMap((path) => {
    const text = read(join(folder, path))
    return text === undefined || text.includes('\0') ? [] : [source(path, text)]
  })
}

/** Undefined for what has gone since the folder was listed, such as an editor's own file. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function filesBelow(folder: string, path: string, ignored: readonly string[]): string[] {
  const entries = readdirSync(join(folder, path), { withFileTypes: true })
  return entries.flatMap((entry) => {
    const name = path === '' ? entry.name : `${path}/${entry.name}`
    if (ignored.some((glob) => matchesGlob(name, glob))) return []
    if (entry.isDirectory()) return filesBelow(folder, name, ignored)
    return entry.isFile() ? [name] : []
  })
}

/** A line of .gitignore: from the root when a slash is in it, else at any depth. */
function globsOf(line: string): string[] {
  const name = line.replace(/\/$/, '')
  return name.includes('/') ? [name.replace(/^\//, '')] : [name, `**/${name}`]
}
