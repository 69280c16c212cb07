// `demo`: fills an empty book with the demo world.

import { type Command, UsageError } from './command.ts'
import { withBook } from './open.ts'

/** Thousands of additional entries at most: ten million. */
const maxSize = 10_000

/** Fills an empty book and prints who can sign in where. Its passwords are known to everyone: for trying out only. */
export const demo: Command = {
  name: 'demo',
  summary: 'Fills an empty book with the demo world, for trying out only.',
  options: { size: { value: 'N', help: 'N thousand more entries, for measuring.' } },
  run: (input) =>
    withBook(input, async ({ store, files }, config) => {
      const { size = '0' } = input.values
      if (!/^\d{1,5}$/.test(size) || Number(size) > maxSize)
        throw new UsageError(`--size is 0 to ${maxSize}.`)
      const publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`
      const { fillDemo } = await import('./demo/fill.ts')
      const summary = await fillDemo({ store, files, size: Number(size), publicUrl })
      const lines = summary.people.map(
        ({ email, username, password, role }) => `  ${role.padEnd(10)} ${email} (${username})  ${password}`,
      )
      const { user, password } = summary.doors.xpenser
      input.print(
        `The book is filled. People and their passwords:\n${lines.join('\n')}\n\nTry:\n  curl -u ${user}:${password} "${publicUrl}/xpenser/api/v1.0/expense/3831"`,
        summary,
      )
      return 0
    }),
}
