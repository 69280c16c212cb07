// The attributes of a contact as they are given, and what they make of a client and its properties.

import type { Actor } from '../../core/actor.ts'
import type { Client } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import type { Core } from '../../core/index.ts'
import type { Attributes } from './body.ts'
import { propertyFlags, propertyNames } from './contact.ts'
import { type ContactNames, fullName, type Named, namesOf, space } from './contact-names.ts'
import { type CustomValue, parseCustomFields, setCustomFields } from './custom-fields.ts'
import { Refused, validation } from './errors.ts'
import { flagOf, textOf } from './fields.ts'

const fields = {
  address1: 'addressLine1',
  address2: 'addressLine2',
  zipcode: 'postalCode',
  city: 'city',
  phone: 'phone',
  country: 'country',
  tax_number: 'taxNumber',
  send_invoices_to_email: 'email',
} as const satisfies Readonly<Record<string, keyof Client>>

/** What attributes read that nobody has set. */
const unset: Readonly<Record<string, string>> = { delivery_method: 'Email', sepa_sequence_type: 'RCUR' }

/** What a body makes of a contact. */
export type GivenContact = {
  readonly client: Partial<CatalogueInput<'client'>> & { readonly name: string }
  /** Given properties; null takes one away. */
  readonly properties: ReadonlyMap<string, string | null>
  readonly custom: readonly CustomValue[]
}

/**
 * Reads the attributes of a contact that is new, or that is there with these properties. `email` and `attention` are
 * mirrors and read-only there; they count where nothing else is given, since people write them. An empty text takes an
 * attribute away. Refuses a contact without any name.
 */
export async function parseContact(
  core: Core,
  actor: Actor,
  attributes: Attributes,
  before?: { readonly client: Client; readonly properties: ContactNames },
): Promise<GivenContact> {
  const names = parseNames(attributes, before)
  const client: Record<string, string> = {}
  for (const [name, field] of Object.entries(fields)) {
    const text = textOf(attributes, name)
    if (text !== undefined) client[field] = text.trim()
  }
  const email = textOf(attributes, 'email')
  if (email !== undefined && client.email === undefined && before === undefined) client.email = email.trim()
  const properties = new Map<string, string | null>()
  for (const name of propertyNames) {
    const text = textOf(attributes, name)
    if (text !== undefined) properties.set(name, text === '' || text === unset[name] ? null : text)
  }
  for (const name of propertyFlags) {
    const flag = flagOf(attributes, name)
    if (flag !== undefined) properties.set(name, flag ? 'true' : null)
  }
  properties.set('firstname', names.first || null).set('lastname', names.last || null)
  const contactPerson = fullName(names.first, names.last)
  return {
    client: { ...client, name: names.company || contactPerson, contactPerson },
    properties,
    custom: await parseCustomFields(core, actor, 'client', attributes),
  }
}

function parseNames(
  attributes: Attributes,
  before: { readonly client: Client; readonly properties: ContactNames } | undefined,
): Named {
  const known =
    before === undefined ? { company: '', first: '', last: '' } : namesOf(before.client, before.properties)
  const names = {
    company: textOf(attributes, 'company_name')?.trim() ?? known.company,
    first: textOf(attributes, 'firstname')?.trim() ?? known.first,
    last: textOf(attributes, 'lastname')?.trim() ?? known.last,
  }
  if (names.company || names.first || names.last) return names
  throw new Refused(
    validation(
      ['company_name', 'firstname', 'lastname'].map((attribute) => ({
        attribute,
        text: 'is required',
        code: 'is required',
      })),
    ),
  )
}

/** Sets the properties and custom fields of a contact that is there. */
export async function setProperties(
  core: Core,
  actor: Actor,
  id: number,
  { properties, custom }: GivenContact,
): Promise<void> {
  const subject = { noun: 'client', id } as const
  for (const [name, value] of properties) await core.notes.setProperty(actor, subject, space, name, value)
  await setCustomFields(core, actor, subject, custom)
}
