// `export`: everything of one organization in one file, taken while the server runs.

import { daybookVersion, pathOf, placeOf } from './backup/place.ts'
import type { Command } from './command.ts'

/** Writes the archive. Exit code 1 when a receipt file could not be read. */
export const exportCommand: Command = {
  name: 'export',
  summary: 'Writes everything of one organization into a new tar file, also while the server runs.',
  arguments: ['FILE'],
  options: {
    organization: { value: 'ID', help: 'Id or name. Needed when there are several.' },
    secrets: { help: 'With password hashes and digests of tokens, so that everybody comes in as before.' },
  },
  async run(input) {
    const path = pathOf(input, 'Name the file of the archive.')
    const { database, files } = placeOf(input)
    const { organization } = input.values
    const secrets = input.flags.has('secrets')
    // Loaded by who needs it: a server that serves does without.
    const { writeArchive } = await import('./archive/write.ts')
    const order = { database, files, organization, secrets, path, version: daybookVersion() }
    const { manifest, problems } = await writeArchive(order)
    const { tables, stateHash } = manifest
    const { count, bytes } = manifest.files
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    const lines = [
      ...problems.map(({ where, message }) => `${where}: ${message}`),
      `${manifest.organization.name}: ${rows} rows and ${count} files are in ${path}.`,
      ...(problems.length === 0
        ? []
        : ['Some files are not: they are named above, and everything else is there.']),
      `State hash: ${stateHash}`,
    ]
    const ok = problems.length === 0
    const about = { organization: manifest.organization, secrets }
    input.print(lines.join('\n'), { ok, path, ...about, rows, files: { count, bytes }, problems, stateHash })
    return ok ? 0 : 1
  },
}
