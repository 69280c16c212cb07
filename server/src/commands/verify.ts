// `verify`: checks that the book is whole, and says what is not.

import { placeOf } from './backup/place.ts'
import { storedFiles } from './backup/stored-files.ts'
import type { Command } from './command.ts'

/** Checks rows, events, references and files; changes nothing. Exit code 1 when something is wrong. */
export const verify: Command = {
  name: 'verify',
  summary: 'Checks rows, events, references and files of the whole book.',
  options: {},
  async run(input) {
    // Loaded by who needs it: a server that serves does without.
    const { checkBook } = await import('../store/check/index.ts')
    const { openSession } = await import('../store/session.ts')
    const { database, files, filesFolder } = placeOf(input)
    const session = await openSession(database, 'read')
    try {
      const room = { files, stored: storedFiles(filesFolder) }
      const { problems, stateHash, counts } = await checkBook(session, room)
      const { organizations, events, entities, rows, files: named, unnamedFiles } = counts
      const more = counts.problems - problems.length
      const lines = [
        `Checked: ${organizations} organizations, ${entities} entities, ${events} events, ${named} files; ${rows} rows in all.`,
        ...(unnamedFiles === 0 ? [] : [`${unnamedFiles} files belong to nothing. They do no harm.`]),
        ...problems.map(({ what, where, message }) => `${what}: ${where}: ${message}`),
        ...(more === 0 ? [] : [`And ${more} more.`]),
        counts.problems === 0 ? 'Nothing is wrong.' : `${counts.problems} problems.`,
        ...(stateHash === undefined ? [] : [`State hash: ${stateHash}`]),
      ]
      const ok = counts.problems === 0
      input.print(lines.join('\n'), { ok, problems, stateHash: stateHash ?? null, counts })
      return ok ? 0 : 1
    } finally {
      await session.close()
    }
  },
}
