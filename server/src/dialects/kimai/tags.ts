// The tag resource.

import type { Tag } from '../../core/catalogue/nouns.ts'
import { maxTagName } from '../../core/catalogue/nouns.ts'
import { fold } from '../../core/text.ts'
import { all } from '../../http/pairs.ts'
import type { Call } from './call.ts'
import { presentColor, type WireObject } from './entities.ts'
import { type Answer, empty, ok } from './errors.ts'
import { color, flag, required, shaped } from './fields.ts'
import { blank, type Form, submit } from './form.ts'
import { one } from './query.ts'

const fields = {
  // A comma would split it in the lists that clients send.
  name: required(shaped(maxTagName, /^[^,]{2,}$/, 'A tag has 2 to 50 characters and no comma.')),
  color,
  visible: flag,
}

const form: Form<typeof fields> = { fields }

function presentTag(tag: Tag): WireObject {
  return { id: tag.id, name: tag.name, ...presentColor(tag.color), visible: tag.state === 'active' }
}

async function findTags({ core, actor }: Call, name: string | undefined): Promise<Tag[]> {
  const tags = await core.tags.list(actor, { state: 'active', ...(name === undefined ? {} : { text: name }) })
  return tags.sort((a, b) => (fold(a.name) < fold(b.name) ? -1 : 1))
}

/** `GET /api/tags`: names alone, as old clients know it. */
export async function listTagNames(call: Call): Promise<Answer> {
  const tags = await findTags(call, one(call.query, 'name'))
  return { ...ok(tags.map((tag) => tag.name)), lasting: true }
}

/** `GET /api/tags/find`: nothing without `name`, everything with an empty one. */
export async function findTagsByName(call: Call): Promise<Answer> {
  const name = all(call.query, 'name').at(-1)
  const tags = name === undefined ? [] : await findTags(call, name || undefined)
  return { ...ok(tags.map(presentTag)), lasting: true }
}

/** `POST /api/tags`. An absent flag is a no here, as forms of old were. */
export function createTag(call: Call): Promise<Answer> {
  return submit(call, form, 'create', async ({ name, visible, color: chosen = '' }) => {
    if (name === undefined) throw blank('name')
    const state = visible === true ? 'active' : 'archived'
    return ok(presentTag(await call.core.tags.add(call.actor, { name, color: chosen, state })))
  })
}

/** `DELETE /api/tags/{id}`. */
export async function deleteTag({ core, actor, id }: Call): Promise<Answer> {
  await core.tags.read(actor, id)
  await core.tags.remove(actor, id)
  return empty
}
