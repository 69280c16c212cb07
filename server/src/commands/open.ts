// Opening the book for a command, and acting in it on behalf of someone.

import { type Book, doors, openBook, type Replacements } from '../app.ts'
import { type Config, readConfig } from '../config.ts'
import type { Actor } from '../core/actor.ts'
import type { Input } from './command.ts'
import { UsageError } from './command.ts'

/** Reads the configuration, opens the book, and closes it whatever happens. */
export async function withBook<T>(
  input: Pick<Input, 'env'>,
  work: (book: Book, config: Config) => Promise<T>,
  replacements: Replacements = {},
): Promise<T> {
  const config = readConfig(
    input.env,
    doors.map((door) => door.name),
  )
  const book = await openBook(config, replacements)
  try {
    return await work(book, config)
  } finally {
    await book.close()
  }
}

/** Whoever sits at the command line owns the machine, so commands act with the rights of an owner. */
export async function ownerOf(book: Book, wanted: string | undefined): Promise<Actor> {
  const organizations = await book.store.people.organizations()
  const found = organizations.filter(
    ({ id, name }) => wanted === undefined || String(id) === wanted || name === wanted,
  )
  const [organization] = found
  if (organization === undefined) {
    throw new UsageError(
      wanted === undefined ? 'The book has no organization yet.' : `No organization ${wanted}.`,
    )
  }
  if (found.length > 1) throw new UsageError('Several organizations: name one with --organization.')
  const organizationId = organization.id
  const members = await book.store.list('membership', { organizationId })
  const owner = members.find((member) => member.role === 'owner')
  const [person] =
    owner === undefined ? [] : await book.store.byId('person', organizationId, [owner.personId])
  if (person === undefined) throw new UsageError('The organization has no owner.')
  return actAs(book, person.email, organizationId)
}

/** Someone by e-mail or username, through the command line. */
export function actAs(book: Book, login: string, organizationId: number | null): Promise<Actor> {
  return book.core.signIn.byLogin(login, organizationId, { door: 'command', requestId: '', address: '' })
}
