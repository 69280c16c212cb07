// Tags, types and the account itself.

import { notFound } from '../../core/errors.ts'
import type { Answer, Call } from './call.ts'

/** `GET tags/`: the tags of the account by id, with exactly two keys: a client takes any other key for the name. */
export async function listTags(call: Call): Promise<Answer> {
  const tags = await call.core.tags.list(call.actor, { usedByPersonId: call.actor.personId })
  return { items: tags.map(({ name, id }) => call.format.item({ name, id })) }
}

/** `GET tag/{id}`: one of the same list. */
export async function readTag(call: Call): Promise<Answer> {
  const [tag] = await call.core.tags.list(call.actor, { usedByPersonId: call.actor.personId, ids: [call.id] })
  if (tag === undefined) throw notFound('tag')
  return { item: call.format.item({ name: tag.name, id: tag.id }) }
}

/** `GET types/`: the types that the account has used. */
export async function listTypes(call: Call): Promise<Answer> {
  const types = await call.core.categories.list(call.actor, { usedByPersonId: call.actor.personId })
  return { items: types.map(({ name, id }) => call.format.item({ name, id })) }
}

/** `GET user/`: who signs in. */
export async function readUser(call: Call): Promise<Answer> {
  const { id, username, email } = await call.core.organizations.readSelf(call.actor)
  return { item: call.format.item({ id, username, email }) }
}
