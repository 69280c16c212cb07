// `application add`, `application list`, `application secret` and `application remove`.

import { doors } from '../app.ts'
import type { Actor } from '../core/actor.ts'
import { type ApplicationInput, outOfBand } from '../core/people/applications.ts'
import type { Application } from '../core/people/nouns.ts'
import type { DoorDefinition } from '../http/door.ts'
import { type Command, type Input, needed, UsageError } from './command.ts'
import { ownerOf, withBook } from './open.ts'

const organization = { value: 'ID', help: 'Id or name. Needed when there are several.' }
const id = { value: 'N', help: 'Its number, as listed.', required: true }

/** Registers an application of one of these doors. Its secret is printed once and never again. */
export function applicationAddAmong(known: readonly DoorDefinition[]): Command {
  return {
    name: 'application add',
    summary: 'Registers an application that people may let in by OAuth.',
    options: {
      organization,
      name: { value: 'TEXT', help: 'As people read it before they allow it.', required: true },
      door: { value: 'NAME', help: 'The door it comes through.', required: true },
      'redirect-uris': {
        value: 'LIST',
        help: 'Separated by blanks: where people are sent back to. `oob` shows the code on a page.',
        required: true,
      },
      scopes: { value: 'LIST', help: 'Separated by commas. Default: all that the door knows.' },
      public: { help: 'It runs on the machines of people and keeps no secret.' },
      'whole-server': {
        help: 'Everybody may let it into any organization of theirs. Default: into this one only.',
      },
    },
    run: (input) =>
      withBook(input, async (book) => {
        const actor = await ownerOf(book, input.values.organization)
        const { application, secret } = await book.core.applications.register(actor, read(input, known))
        tell(input, application, secret)
        return 0
      }),
  }
}

/** `application add` for the doors of this server. */
export const applicationAdd = applicationAddAmong(doors)

function read(input: Input, known: readonly DoorDefinition[]): ApplicationInput {
  const door = known.find((candidate) => candidate.name === needed(input, 'door'))
  const terms = door?.applications
  if (door === undefined || terms === undefined) throw new UsageError(doorsWithApplications(known))
  const scopes = listed(input.values.scopes, ',') ?? terms.scopes
  const unknown = scopes.filter((scope) => !terms.scopes.includes(scope))
  if (unknown.length > 0) {
    throw new UsageError(`--scopes: ${unknown.join(', ')} is not among ${terms.scopes.join(', ')}.`)
  }
  const addresses = listed(needed(input, 'redirect-uris'), /\s+/) ?? []
  const redirectUris = addresses.map((address) => (address === 'oob' ? outOfBand : address))
  if (redirectUris.includes(outOfBand) && !terms.outOfBand) {
    throw new UsageError(`--redirect-uris: the door ${door.name} shows no codes on a page.`)
  }
  return {
    name: needed(input, 'name'),
    door: door.name as Actor['door'],
    redirectUris,
    scopes,
    confidential: !input.flags.has('public'),
    reach: input.flags.has('whole-server') ? 'server' : 'organization',
  }
}

/** Lists the applications of an organization. */
export const applicationList: Command = {
  name: 'application list',
  summary: 'Lists the applications that people may let in.',
  options: { organization },
  run: (input) =>
    withBook(input, async (book) => {
      const found = await book.core.applications.list(await ownerOf(book, input.values.organization))
      const lines = found.map(({ id: number, name, door, identifier }) =>
        [number, door, identifier, name].join('  '),
      )
      input.print(lines.join('\n'), found.map(present))
      return 0
    }),
}

/** Gives an application another secret. */
export const applicationSecret: Command = {
  name: 'application secret',
  summary: 'Gives an application another secret; the old one ends at once.',
  options: { organization, id },
  run: (input) =>
    withBook(input, async (book) => {
      const actor = await ownerOf(book, input.values.organization)
      const { application, secret } = await book.core.applications.renewSecret(actor, numberOf(input))
      tell(input, application, secret)
      return 0
    }),
}

/** Takes an application away. */
export const applicationRemove: Command = {
  name: 'application remove',
  summary: 'Takes an application away; all of its tokens end at once.',
  options: { organization, id },
  run: (input) =>
    withBook(input, async (book) => {
      const actor = await ownerOf(book, input.values.organization)
      const number = numberOf(input)
      await book.core.applications.remove(actor, number)
      input.print(`Application ${number} is gone.`, { id: number })
      return 0
    }),
}

function tell(input: Input, application: Application, secret: string | null): void {
  const { id: number, identifier } = application
  const lines = [`Application ${number}`, `client id      ${identifier}`]
  if (secret !== null) lines.push(`client secret  ${secret}`)
  input.print(lines.join('\n'), { ...present(application), clientSecret: secret })
}

function present(application: Application): object {
  const { id: number, name, door, identifier, redirectUris, scopes, confidential, reach } = application
  return { id: number, name, door, clientId: identifier, redirectUris, scopes, confidential, reach }
}

function numberOf(input: Input): number {
  const number = Number(needed(input, 'id'))
  if (!Number.isSafeInteger(number)) throw new UsageError('--id is a number.')
  return number
}

function listed(text: string | undefined, separator: string | RegExp): string[] | undefined {
  return text
    ?.split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function doorsWithApplications(known: readonly DoorDefinition[]): string {
  const names = known.filter((door) => door.applications !== undefined).map((door) => door.name)
  return names.length === 0 ? 'No door lets applications in yet.' : `--door is one of ${names.join(', ')}.`
}
