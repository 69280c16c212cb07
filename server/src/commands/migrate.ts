// `migrate`: brings the schema up to date. Every start does the same.

import type { Command } from './command.ts'
import { withBook } from './open.ts'

/** Opens the book once, which migrates it. */
export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Brings the database up to date. Every start does the same.',
  options: {},
  run: (input) =>
    withBook(input, async (_, { database }) => {
      const engine = /^postgres/.test(database) ? 'postgres' : 'sqlite'
      input.print('The database is up to date.', { engine, upToDate: true })
      return 0
    }),
}
