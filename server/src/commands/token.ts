// `token add`, `token list` and `token revoke`.

import { scopes as knownScopes } from '../core/access.ts'
import type { Input } from './command.ts'
import { type Command, needed, UsageError } from './command.ts'
import { actAs, ownerOf, withBook } from './open.ts'

const organization = { value: 'ID', help: 'Id or name. Needed when there are several.' }
const person = { value: 'LOGIN', help: 'E-mail address or username.', required: true }

/** Makes an API token of a person. It is printed once and never again. */
export const tokenAdd: Command = {
  name: 'token add',
  summary: 'Makes an API token for a person.',
  options: {
    organization,
    person,
    name: { value: 'TEXT', help: 'What it is for. Default: command line.' },
    scopes: {
      value: 'LIST',
      help: `Separated by commas: * or some of ${knownScopes.join(', ')}. Default: *.`,
    },
    'expires-in-days': { value: 'N', help: 'Default: never.' },
  },
  run: (input) =>
    withBook(input, async (book) => {
      const actor = await memberOf(book, input)
      const days = input.values['expires-in-days']
      if (days !== undefined && !/^[1-9]\d{0,4}$/.test(days))
        throw new UsageError('--expires-in-days is a number.')
      const expiresAt = days === undefined ? null : book.clock() + Number(days) * 86_400_000
      const { credential, secret } = await book.core.signIn.issueToken(actor, {
        name: input.values.name ?? 'command line',
        scopes: (input.values.scopes ?? '*').split(',').map((scope) => scope.trim()),
        expiresAt,
      })
      input.print(`Token ${credential.id}: ${secret}`, {
        id: credential.id,
        token: secret,
        scopes: credential.scopes,
        expiresAt,
      })
      return 0
    }),
}

/** Lists the tokens and sessions of a person. */
export const tokenList: Command = {
  name: 'token list',
  summary: "Lists a person's tokens and sessions.",
  options: { organization, person },
  run: (input) =>
    withBook(input, async (book) => {
      const actor = await memberOf(book, input)
      const found = await book.core.signIn.listCredentials(actor, actor.personId)
      const tokens = found.map(({ id, kind, name, scopes, expiresAt, createdAt }) => ({
        id,
        kind,
        name,
        scopes,
        expiresAt,
        createdAt,
      }))
      input.print(
        tokens.map(({ id, kind, name, scopes }) => `${id}  ${kind}  ${name}  ${scopes.join(',')}`).join('\n'),
        tokens,
      )
      return 0
    }),
}

/** Ends a token or session. */
export const tokenRevoke: Command = {
  name: 'token revoke',
  summary: 'Ends a token or session at once.',
  options: { organization, person, id: { value: 'N', help: 'Its number, as listed.', required: true } },
  run: (input) =>
    withBook(input, async (book) => {
      const actor = await memberOf(book, input)
      const id = Number(needed(input, 'id'))
      if (!Number.isSafeInteger(id)) throw new UsageError('--id is a number.')
      await book.core.signIn.revokeCredential(actor, id)
      input.print(`Token ${id} has ended.`, { id })
      return 0
    }),
}

async function memberOf(book: Parameters<typeof ownerOf>[0], input: Input) {
  const organizationId = (await ownerOf(book, input.values.organization)).organizationId
  return actAs(book, needed(input, 'person').toLowerCase(), organizationId)
}
