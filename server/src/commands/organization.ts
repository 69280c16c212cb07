// `organization add` and `organization list`.

import { randomBytes } from 'node:crypto'
import { parseTimeZone } from '../core/day.ts'
import { parseCurrency } from '../core/money.ts'
import { type Command, needed, UsageError } from './command.ts'
import { withBook } from './open.ts'

/** Makes an organization with its owner. Without a password one is made up and printed once. */
export const organizationAdd: Command = {
  name: 'organization add',
  summary: 'Makes an organization with its owner.',
  options: {
    name: { value: 'TEXT', help: 'Its name.', required: true },
    currency: { value: 'CODE', help: 'ISO 4217 code, such as EUR.', required: true },
    'time-zone': { value: 'ZONE', help: 'IANA name, such as Europe/Amsterdam. Default: UTC.' },
    email: { value: 'ADDRESS', help: 'E-mail address of the owner.', required: true },
    person: { value: 'TEXT', help: 'Name of the owner. Default: the e-mail address.' },
    password: { value: 'TEXT', help: 'Password of the owner. Default: made up and printed.' },
  },
  run: (input) =>
    withBook(input, async ({ core }) => {
      const currency = parseCurrency(needed(input, 'currency'))
      if (currency === undefined) throw new UsageError('--currency is no ISO 4217 code in use.')
      const timeZone = parseTimeZone(input.values['time-zone'] ?? 'UTC')
      if (timeZone === undefined) throw new UsageError('--time-zone is no IANA time zone.')
      const email = needed(input, 'email')
      const password = input.values.password ?? newPassword()
      const made = await core.organizations.foundOrganization(
        { name: needed(input, 'name'), currency, timeZone },
        { email, name: input.values.person ?? email, password },
      )
      const { id, name } = made.organization
      const { person } = made.owner
      const shown = input.values.password === undefined ? { password } : {}
      input.print(
        `Organization ${id} "${name}" with owner ${person.email}.${shown.password ? ` Password: ${shown.password}` : ''}`,
        { id, name, currency, timeZone, owner: { id: person.id, email: person.email, ...shown } },
      )
      return 0
    }),
}

/** Lists the organizations of the book. */
export const organizationList: Command = {
  name: 'organization list',
  summary: 'Lists the organizations.',
  options: {},
  run: (input) =>
    withBook(input, async ({ store }) => {
      const organizations = (await store.people.organizations()).map(({ id, name, currency, timeZone }) => ({
        id,
        name,
        currency,
        timeZone,
      }))
      const lines = organizations.map(
        (entry) => `${entry.id}  ${entry.name}  ${entry.currency}  ${entry.timeZone}`,
      )
      input.print(lines.join('\n'), organizations)
      return 0
    }),
}

/** A password nobody has to think of: 96 random bits. */
export function newPassword(): string {
  return randomBytes(12).toString('base64url')
}
