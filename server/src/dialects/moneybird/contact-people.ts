// The people of a contact: read, create, update, delete.

import type { Actor } from '../../core/actor.ts'
import type { Contact } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import { notFound } from '../../core/errors.ts'
import type { Answer, Call } from './call.ts'
import { blank, Refused, validation } from './errors.ts'
import { textOf, wrapped } from './fields.ts'
import { idOrNone } from './ids.ts'
import { presentId, presentInstant, presentVersion, type WireObject } from './wire.ts'

/** A person of a contact. */
export function presentPerson(person: Contact): WireObject {
  return {
    id: presentId(person.id),
    contact_id: presentId(person.clientId),
    administration_id: presentId(person.organizationId),
    firstname: person.firstName,
    lastname: person.lastName,
    phone: person.phone,
    email: person.email,
    department: person.department,
    created_at: presentInstant(person.createdAt),
    updated_at: presentInstant(person.updatedAt),
    version: presentVersion(person.updatedAt),
  }
}

/** `GET contacts/{id}/contact_people/{person}`. */
export async function readPerson(call: Call): Promise<Answer> {
  return { item: presentPerson(await personOf(call, call.actor)) }
}

/** `POST contacts/{id}/contact_people`. */
export async function createPerson(call: Call): Promise<Answer> {
  const fields = parsePerson(call)
  const missing = (['firstname', 'lastname'] as const).filter(
    (name) => !{ firstname: fields.firstName, lastname: fields.lastName }[name],
  )
  if (missing.length > 0) throw new Refused(validation(missing.map(blank)))
  const person = await call.core.together(call.actor, async (actor) => {
    const { id: clientId } = await call.core.clients.read(actor, call.id)
    return call.core.contacts.add(actor, { ...fields, clientId })
  })
  return { item: presentPerson(person), created: true }
}

/** `PATCH contacts/{id}/contact_people/{person}`: the given attributes only. */
export async function updatePerson(call: Call): Promise<Answer> {
  const fields = parsePerson(call)
  const person = await call.core.together(call.actor, async (actor) => {
    const { id } = await personOf(call, actor)
    return call.core.contacts.update(actor, id, fields)
  })
  return { item: presentPerson(person) }
}

/** `DELETE contacts/{id}/contact_people/{person}`. */
export async function deletePerson(call: Call): Promise<Answer> {
  await call.core.together(call.actor, async (actor) => {
    const { id } = await personOf(call, actor)
    await call.core.contacts.remove(actor, id)
  })
  return 'empty'
}

/** The person of the path, when it belongs to the contact of the path. */
async function personOf({ core, id, params }: Call, actor: Actor): Promise<Contact> {
  const person = await core.contacts.read(actor, idOrNone(params.person))
  if (person.clientId !== id) throw notFound('contact')
  return person
}

const fields = {
  firstname: 'firstName',
  lastname: 'lastName',
  phone: 'phone',
  email: 'email',
  department: 'department',
} as const satisfies Readonly<Record<string, keyof CatalogueInput<'contact'>>>

function parsePerson({ body }: Call): Omit<Partial<CatalogueInput<'contact'>>, 'clientId'> {
  const attributes = wrapped(body, 'contact_person')
  const found: Record<string, string> = {}
  for (const [name, field] of Object.entries(fields)) {
    const text = textOf(attributes, name)
    if (text !== undefined) found[field] = text.trim()
  }
  return found
}
