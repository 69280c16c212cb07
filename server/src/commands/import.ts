// `import`: fills an empty book with the organization of an archive, whichever engine either of them is on.

import { pathOf, placeOf } from './backup/place.ts'
import type { Command } from './command.ts'

/** Checks an archive, fills the empty book with it and compares the state. Exit code 1 when files were missing in it. */
export const importCommand: Command = {
  name: 'import',
  summary: 'Fills an empty book with the organization of an archive that `export` made.',
  arguments: ['FILE'],
  options: {},
  async run(input) {
    const path = pathOf(input, 'Name the file of the archive.')
    const { data, database, files } = placeOf(input)
    // Loaded by who needs it: a server that serves does without.
    const { readArchive } = await import('./archive/read.ts')
    const { manifest, migrated } = await readArchive({ path, data, database, files })
    const { organization, secrets, stateHash, tables } = manifest
    const { count, bytes, missing } = manifest.files
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    const problems = missing.map((hash) => ({
      what: 'file',
      where: hash,
      message: `The file ${hash} was missing or damaged when the archive was made.`,
    }))
    const lines = [
      ...problems.map(({ message }) => message),
      `${organization.name}: ${rows} rows and ${count} files are imported.`,
      ...(secrets ? [] : ['Nobody has a password yet: `daybook person reset` gives one.']),
      `State hash: ${stateHash}`,
      ...(migrated.length === 0 ? [] : [`Then brought up to date: ${migrated.join(', ')}.`]),
    ]
    const ok = problems.length === 0
    const about = { organization, secrets }
    input.print(lines.join('\n'), {
      ok,
      ...about,
      rows,
      files: { count, bytes },
      problems,
      migrated,
      stateHash,
    })
    return ok ? 0 : 1
  },
}
