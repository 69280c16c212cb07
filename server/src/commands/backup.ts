// `backup`: a copy of the whole book in a folder, taken while the server runs.

import { systemClock } from '../outside/clock.ts'
import { daybookVersion, folderOf, placeOf } from './backup/place.ts'
import type { Command } from './command.ts'

/** Copies every row, as of one moment, and every receipt file. Exit code 1 when a file could not be copied. */
export const backup: Command = {
  name: 'backup',
  summary: 'Copies the whole book into a new folder, also while the server runs.',
  arguments: ['FOLDER'],
  options: {},
  async run(input) {
    const folder = folderOf(input)
    const { database, files } = placeOf(input)
    const order = { database, files, folder, version: daybookVersion(), madeAt: systemClock() }
    // Loaded by who needs it: a server that serves does without.
    const { writeBackup } = await import('./backup/write.ts')
    const { manifest, problems } = await writeBackup(order)
    const { madeAt, tables, stateHash } = manifest
    const { count, bytes } = manifest.files
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    const lines = [
      ...problems.map(({ where, message }) => `${where}: ${message}`),
      `${rows} rows and ${count} files are in ${folder}.`,
      ...(problems.length === 0
        ? []
        : ['Some files are not: they are named above, and everything else is there.']),
      `State hash: ${stateHash}`,
    ]
    const ok = problems.length === 0
    input.print(lines.join('\n'), { ok, folder, madeAt, rows, files: { count, bytes }, problems, stateHash })
    return ok ? 0 : 1
  },
}
