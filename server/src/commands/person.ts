// `person add`, `person list` and `person reset`.

import { parseTimeZone } from '../core/day.ts'
import { type Role, roles } from '../core/people/nouns.ts'
import { type Command, needed, UsageError } from './command.ts'
import { actAs, ownerOf, withBook } from './open.ts'
import { newPassword } from './organization.ts'

const organization = { value: 'ID', help: 'Id or name. Needed when there are several.' }

/** Adds a member to an organization. */
export const personAdd: Command = {
  name: 'person add',
  summary: 'Adds a person to an organization.',
  options: {
    organization,
    email: { value: 'ADDRESS', help: 'E-mail address.', required: true },
    name: { value: 'TEXT', help: 'Name. Default: the e-mail address.' },
    username: { value: 'TEXT', help: 'Another name to sign in with. Default: the e-mail address.' },
    role: { value: 'ROLE', help: `One of ${roles.join(', ')}. Default: member.` },
    password: { value: 'TEXT', help: 'Password. Default: made up and printed.' },
    'time-zone': { value: 'ZONE', help: "IANA name. Default: the organization's." },
  },
  run: (input) =>
    withBook(input, async (book) => {
      const { role = 'member', username } = input.values
      if (!roles.includes(role as Role)) throw new UsageError(`--role is one of ${roles.join(', ')}.`)
      const zone = input.values['time-zone']
      const timeZone = zone === undefined ? null : parseTimeZone(zone)
      if (timeZone === undefined) throw new UsageError('--time-zone is no IANA time zone.')
      const owner = await ownerOf(book, input.values.organization)
      const email = needed(input, 'email')
      const password = input.values.password ?? newPassword()
      const { person, membership, isNew } = await book.core.organizations.addMember(owner, {
        email,
        name: input.values.name ?? email,
        password,
        role: role as Role,
        timeZone,
        ...(username === undefined ? {} : { username }),
      })
      const shown = input.values.password === undefined && isNew ? { password } : {}
      const { id } = person
      input.print(
        `Person ${id} ${person.email} as ${membership.role}.${shown.password ? ` Password: ${shown.password}` : ''}`,
        {
          id,
          email: person.email,
          username: person.username,
          name: person.name,
          role: membership.role,
          organizationId: owner.organizationId,
          ...shown,
        },
      )
      return 0
    }),
}

/** Lets someone in again who lost the password or the second factor. */
export const personReset: Command = {
  name: 'person reset',
  summary: 'Gives a person a new password, takes the second factor away and ends all sessions.',
  options: {
    organization,
    email: { value: 'ADDRESS', help: 'E-mail address or username.', required: true },
    password: { value: 'TEXT', help: 'Password. Default: made up and printed.' },
  },
  run: (input) =>
    withBook(input, async (book) => {
      const owner = await ownerOf(book, input.values.organization)
      const { personId } = await actAs(book, needed(input, 'email'), owner.organizationId)
      const password = input.values.password ?? newPassword()
      await book.core.resetPerson(owner, personId, password)
      const shown = input.values.password === undefined ? { password } : {}
      const words = shown.password ? ` Password: ${shown.password}` : ''
      input.print(`Person ${personId} can come in again.${words}`, { id: personId, ...shown })
      return 0
    }),
}

/** Lists the members of an organization. */
export const personList: Command = {
  name: 'person list',
  summary: 'Lists the people of an organization.',
  options: { organization },
  run: (input) =>
    withBook(input, async (book) => {
      const owner = await ownerOf(book, input.values.organization)
      const people = (await book.core.organizations.listMembers(owner)).map(({ person, membership }) => ({
        id: person.id,
        email: person.email,
        username: person.username,
        name: person.name,
        role: membership.role,
      }))
      const lines = people.map(({ id, email, name, role }) => `${id}  ${email}  ${name}  ${role}`)
      input.print(lines.join('\n'), people)
      return 0
    }),
}
