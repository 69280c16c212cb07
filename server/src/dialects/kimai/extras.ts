// What entities carry beside the book's own fields: configured custom fields, and values only Kimai knows.

import type { CustomField } from '../../core/catalogue/nouns.ts'
import { invalid, notFound } from '../../core/errors.ts'
import type { SubjectNoun } from '../../core/notes/nouns.ts'
import { maxIds } from '../../core/page.ts'
import type { Call, Desk } from './call.ts'
import type { Wire } from './wire.ts'

/** Space of the properties that nobody but this door reads. */
const space = 'kimai'

/** Space of the values of custom fields, which every door shares. */
const shared = 'organization'

/** The values beside one entity. */
export type Extras = {
  /** A value of Kimai's own; null when there is none. */
  readonly own: (name: string) => string | null
  /** The custom fields that have a value, as the wire shows them. */
  readonly meta: readonly Wire[]
}

export type ExtrasOf = (id: number) => Extras

const none: Extras = { own: () => null, meta: [] }

/** The custom fields that are configured for a noun. */
export function customFields({ core, actor }: Desk, noun: SubjectNoun): Promise<CustomField[]> {
  return core.customFields.list(actor, { subjectNoun: noun, state: 'active' })
}

/** Runs a read for as many ids as it takes at once. */
export async function inPortions<T>(
  ids: readonly number[],
  read: (ids: readonly number[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const unique = [...new Set(ids)]
  const found: T[] = []
  for (let start = 0; start < unique.length; start += maxIds) {
    found.push(...(await read(unique.slice(start, start + maxIds))))
  }
  return found
}

/** Loads the values beside these entities, which must be readable. */
export async function loadExtras(desk: Desk, noun: SubjectNoun, ids: readonly number[]): Promise<ExtrasOf> {
  const { core, actor } = desk
  const fields = ids.length === 0 ? [] : await customFields(desk, noun)
  const entry = noun === 'expense' || noun === 'time_entry' || noun === 'invoice'
  // These carry nothing of Kimai's own, so without custom fields there is nothing to read.
  if (ids.length === 0 || (entry && fields.length === 0)) return () => none
  const names = new Set(fields.map((field) => field.name))
  const found = new Map<number, { own: Map<string, string | null>; meta: Wire[] }>()
  for (const property of await inPortions(ids, (some) => core.notes.properties(actor, noun, some))) {
    const { subjectId, name, value } = property
    const extras = found.get(subjectId) ?? { own: new Map<string, string | null>(), meta: [] as Wire[] }
    found.set(subjectId, extras)
    if (property.space === space) extras.own.set(name, value)
    else if (property.space === shared && names.has(name)) extras.meta.push({ name, value })
  }
  return (id) => {
    const extras = found.get(id)
    return extras === undefined ? none : { own: (name) => extras.own.get(name) ?? null, meta: extras.meta }
  }
}

/** Keeps values of Kimai's own; empty ones are taken away, undefined ones stay as they are. */
export async function keepOwn(
  { core, actor }: Desk,
  noun: SubjectNoun,
  id: number,
  values: Readonly<Record<string, string | null | undefined>>,
): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue
    await core.notes.setProperty(actor, { noun, id }, space, name, value === '' ? null : value)
  }
}

/** Sets one custom field. Throws `not_found` when no such field is configured. */
async function setMeta(desk: Desk, noun: SubjectNoun, id: number, name: string, value: string) {
  const fields = await customFields(desk, noun)
  if (!fields.some((field) => field.name === name)) throw notFound('custom field')
  await desk.core.notes.setProperty(desk.actor, { noun, id }, shared, name, value)
}

/** `PATCH …/meta` with `name` and `value`. Throws `invalid` when either is missing. */
export async function keepMeta({ body }: Call, desk: Desk, noun: SubjectNoun, id: number): Promise<void> {
  await keepPair(body, desk, noun, id)
}

/** `PATCH …/custom-fields` with a list of pairs. */
export async function keepMetaList({ body }: Call, desk: Desk, noun: SubjectNoun, id: number): Promise<void> {
  if (!Array.isArray(body)) throw invalid('', 'type', 'This is a list of names and values.')
  for (const pair of body) await keepPair(pair, desk, noun, id)
}

async function keepPair(pair: unknown, desk: Desk, noun: SubjectNoun, id: number): Promise<void> {
  const given = pair instanceof Map ? pair : new Map<string, unknown>()
  const name = given.get('name')
  const value = given.get('value') === false ? '0' : given.get('value')
  if (typeof name !== 'string' || name === '' || typeof value !== 'string') {
    throw invalid('name', 'required', 'A custom field has a name and a value.')
  }
  await setMeta(desk, noun, id, name, value)
}

/** Copies the custom fields of one entity to another of the same noun. */
export async function copyMeta(desk: Desk, noun: SubjectNoun, from: number, to: number): Promise<void> {
  const { core, actor } = desk
  for (const { name, value } of await core.notes.properties(actor, noun, [from], shared)) {
    await core.notes.setProperty(actor, { noun, id: to }, shared, name, value)
  }
}
