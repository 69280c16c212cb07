// `restore`: fills an empty book with a backup, whichever engine either of them is on.

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { folderOf, placeOf } from './backup/place.ts'
import type { Command } from './command.ts'

/** Checks a backup, fills the empty book with it and compares the state. Exit code 1 when files were missing in it. */
export const restore: Command = {
  name: 'restore',
  summary: 'Fills an empty book with a backup.',
  arguments: ['FOLDER'],
  options: {},
  async run(input) {
    const folder = folderOf(input)
    const { data, database, files } = placeOf(input)
    // Loaded by who needs it: a server that serves does without.
    const { checkBackup, restoreBackup } = await import('./backup/read.ts')
    const checked = await checkBackup(folder)
    mkdirSync(data, { recursive: true, mode: 0o700 })
    if (!/^postgres/.test(database)) mkdirSync(dirname(database), { recursive: true })
    const { manifest, migrated } = await restoreBackup(checked, { database, files })
    const { madeAt, stateHash, tables } = manifest
    const { count, bytes, missing } = manifest.files
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    const problems = missing.map((hash) => ({
      what: 'file',
      where: hash,
      message: `The file ${hash} was missing or damaged when the backup was made.`,
    }))
    const lines = [
      ...problems.map(({ message }) => message),
      `${rows} rows and ${count} files are restored, as of ${madeAt}.`,
      `State hash: ${stateHash}`,
      ...(migrated.length === 0 ? [] : [`Then brought up to date: ${migrated.join(', ')}.`]),
    ]
    const ok = problems.length === 0
    const result = { ok, madeAt, rows, files: { count, bytes }, problems, migrated, stateHash }
    input.print(lines.join('\n'), result)
    return ok ? 0 : 1
  },
}
