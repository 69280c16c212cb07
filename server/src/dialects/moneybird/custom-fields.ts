// Custom fields: what the organization keeps on its contacts and invoices beside everything else.

import type { Actor } from '../../core/actor.ts'
import type { CustomField } from '../../core/catalogue/nouns.ts'
import type { Core } from '../../core/index.ts'
import type { Attributes } from './body.ts'
import type { Answer, Call } from './call.ts'
import { Refused, referenceNotFound } from './errors.ts'
import { referenceOf, rowsOf, textOf } from './fields.ts'
import { presentId, type WireObject } from './wire.ts'

/** The nouns whose custom fields show at this door, and what they are called there. */
const sources = { client: 'contact', invoice: 'sales_invoice' } as const
type Noun = keyof typeof sources

/** The space of the properties that custom fields name. */
const space = 'organization'

/** `GET custom_fields`. */
export async function listCustomFields({ core, actor }: Call): Promise<Answer> {
  const fields = await core.customFields.list(actor, { state: 'active' })
  return {
    list: fields.flatMap((field) => {
      const source = Object.entries(sources).find(([noun]) => noun === field.subjectNoun)?.[1]
      if (source === undefined) return []
      const { id, organizationId } = field
      return [
        { id: presentId(id), administration_id: presentId(organizationId), name: titleOf(field), source },
      ]
    }),
  }
}

/** The values of custom fields, by entity, each with the id and the title of its field. */
export async function loadCustomFields(
  core: Core,
  actor: Actor,
  noun: Noun,
  ids: readonly number[],
): Promise<ReadonlyMap<number, readonly WireObject[]>> {
  const found = new Map<number, WireObject[]>()
  if (ids.length === 0) return found
  const fields = await core.customFields.list(unlimited(actor), { subjectNoun: noun })
  if (fields.length === 0) return found
  for (const property of await core.notes.properties(actor, noun, ids, space)) {
    const field = fields.find(({ name }) => name === property.name)
    if (field === undefined || property.value === null) continue
    const value = { id: presentId(field.id), name: titleOf(field), value: property.value }
    found.set(property.subjectId, [...(found.get(property.subjectId) ?? []), value])
  }
  return found
}

/** A value that an entity is to have; null takes it away. */
export type CustomValue = { readonly name: string; readonly value: string | null }

/** Reads `custom_fields_attributes`: rows of `id` and `value`. Refuses ids that are no custom fields of the noun. */
export async function parseCustomFields(
  core: Core,
  actor: Actor,
  noun: Noun,
  attributes: Attributes,
): Promise<CustomValue[]> {
  const rows = rowsOf(attributes, 'custom_fields_attributes')
  if (rows === undefined) return []
  const fields = await core.customFields.list(unlimited(actor), { subjectNoun: noun })
  return rows.map((row) => {
    const id = referenceOf(row, 'id')
    const field = fields.find((one) => one.id === id)
    if (field === undefined) throw new Refused(referenceNotFound('custom_fields_attributes'))
    return { name: field.name, value: textOf(row, 'value') || null }
  })
}

/** Sets the values on an entity. */
export async function setCustomFields(
  core: Core,
  actor: Actor,
  subject: { readonly noun: Noun; readonly id: number },
  values: readonly CustomValue[],
): Promise<void> {
  for (const { name, value } of values) await core.notes.setProperty(actor, subject, space, name, value)
}

function titleOf({ label, name }: CustomField): string {
  return label || name
}

// Which fields there are is no secret of the settings for whoever reaches what they are on.
function unlimited(actor: Actor): Actor {
  return { ...actor, scopes: null }
}
