// What a contact is called: a company, a person, or a person at a company. The book keeps one name and one person.

import type { Actor } from '../../core/actor.ts'
import type { Client } from '../../core/catalogue/nouns.ts'
import type { Core } from '../../core/index.ts'
import { presentId, type WireObject } from './wire.ts'

/** The space of the properties that only this door knows. */
export const space = 'moneybird'

/** Properties of one contact, by name. */
export type ContactNames = ReadonlyMap<string, string>

/** The properties of contacts, by contact. */
export async function loadNames(
  core: Core,
  actor: Actor,
  ids: readonly number[],
): Promise<ReadonlyMap<number, ContactNames>> {
  const found = new Map<number, Map<string, string>>()
  if (ids.length === 0) return found
  for (const { subjectId, name, value } of await core.notes.properties(actor, 'client', ids, space)) {
    if (value === null) continue
    const known = found.get(subjectId)
    if (known === undefined) found.set(subjectId, new Map([[name, value]]))
    else known.set(name, value)
  }
  return found
}

/** The three names of a contact. */
export type Named = { readonly company: string; readonly first: string; readonly last: string }

/**
 * The names of a client. First and last name are properties as long as they make up the contact person that other doors
 * see; else that one is taken apart at its first blank. A client that is called like its contact person is a private
 * person, without a company.
 */
export function namesOf({ name, contactPerson }: Client, properties: ContactNames): Named {
  const [first, last] = ['firstname', 'lastname'].map((key) => properties.get(key) ?? '') as [string, string]
  const company = name === contactPerson ? '' : name
  if (fullName(first, last) === contactPerson) return { company, first, last }
  const blank = contactPerson.indexOf(' ')
  return blank < 0
    ? { company, first: contactPerson, last: '' }
    : { company, first: contactPerson.slice(0, blank), last: contactPerson.slice(blank + 1).trim() }
}

/** First and last name as one. */
export function fullName(first: string, last: string): string {
  return `${first} ${last}`.trim()
}

/** The contact as it stands inside a time entry. */
export function presentNames(client: Client, properties: ContactNames): WireObject {
  const { company, first, last } = namesOf(client, properties)
  return {
    id: presentId(client.id),
    firstname: first === '' ? null : first,
    lastname: last === '' ? null : last,
    company_name: company === '' ? null : company,
  }
}
