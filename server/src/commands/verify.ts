// `verify`: checks that the book is whole, and says what is not.

import { systemClock } from '../outside/clock.ts'
import { type Place, placeOf } from './backup/place.ts'
import { storedFiles } from './backup/stored-files.ts'
import type { Swept } from './backup/sweep.ts'
import type { Command } from './command.ts'

/**
 * Checks rows, events, references and files; changes nothing but what `--sweep` takes away. Exit code 1 when something
 * is wrong; then nothing is swept, since a damaged book may not know all its files.
 */
export const verify: Command = {
  name: 'verify',
  summary: 'Checks rows, events, references and files of the whole book.',
  options: { sweep: { help: 'Then take away files that belong to nothing and are older than a day.' } },
  async run(input) {
    // Loaded by who needs it: a server that serves does without.
    const { checkBook } = await import('../store/check/index.ts')
    const { openSession } = await import('../store/session.ts')
    const place = placeOf(input)
    const session = await openSession(place.database, 'read')
    try {
      const room = { files: place.files, stored: storedFiles(place.filesFolder) }
      const { problems, stateHash, counts } = await checkBook(session, room)
      const { organizations, events, entities, rows, files: named, unnamedFiles } = counts
      const more = counts.problems - problems.length
      const ok = counts.problems === 0
      const swept = ok && input.flags.has('sweep') ? await sweep(place) : undefined
      const lines = [
        `Checked: ${organizations} organizations, ${entities} entities, ${events} events, ${named} files; ${rows} rows in all.`,
        ...(unnamedFiles === 0 ? [] : [`${unnamedFiles} files belong to nothing. They do no harm.`]),
        ...(swept === undefined ? [] : [`${swept.count} of them are swept away: ${swept.bytes} bytes.`]),
        ...problems.map(({ what, where, message }) => `${what}: ${where}: ${message}`),
        ...(more === 0 ? [] : [`And ${more} more.`]),
        ok ? 'Nothing is wrong.' : `${counts.problems} problems.`,
        ...(stateHash === undefined ? [] : [`State hash: ${stateHash}`]),
      ]
      const result = { ok, problems, stateHash: stateHash ?? null, counts }
      input.print(lines.join('\n'), swept === undefined ? result : { ...result, swept })
      return ok ? 0 : 1
    } finally {
      await session.close()
    }
  },
}

// Longer than any upload takes from keeping its bytes to naming them in a row.
const dayMs = 24 * 60 * 60 * 1000

async function sweep({ database, filesFolder }: Place): Promise<Swept> {
  const { sweepFiles } = await import('./backup/sweep.ts')
  return sweepFiles({ database, folder: filesFolder, before: systemClock() - dayMs })
}
