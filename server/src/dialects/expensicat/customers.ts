// The customer resource: list, create, read, update, delete.

import type { Actor } from '../../core/actor.ts'
import type { Client } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import { invalid, notFound } from '../../core/errors.ts'
import type { Answer, Call } from './call.ts'
import { countryCode, countryName } from './countries.ts'
import { cutPage, pageQuery, presentCursor } from './cursors.ts'
import { type Fields, readFields } from './fields.ts'
import type { Ids } from './ids.ts'
import { parameter } from './query.ts'
import { presentInstant, presentOne, presentPage, presentText } from './wire.ts'

/** Texts of a customer that are a field of the book each. */
const texts = {
  email: 'email',
  phone: 'phone',
  website: 'website',
  contact_person: 'contactPerson',
  address_line1: 'addressLine1',
  address_line2: 'addressLine2',
  city: 'city',
  state: 'region',
  postal_code: 'postalCode',
  tax_id: 'taxNumber',
  notes: 'comment',
} as const satisfies Readonly<Record<string, keyof Client>>

/** What this door alone remembers: a country by a name that is no country's, as it was typed. */
const typedCountry = 'country'

function presentCustomer(client: Client, typed: string | undefined, ids: Ids) {
  const text = (field: keyof typeof texts) => presentText(client[texts[field]])
  return {
    id: ids.present('client', client.organizationId, client.id),
    organization_id: ids.present('organization', client.organizationId, client.organizationId),
    name: client.name,
    email: text('email'),
    phone: text('phone'),
    website: text('website'),
    contact_person: text('contact_person'),
    address_line1: text('address_line1'),
    address_line2: text('address_line2'),
    country: client.country === '' ? (typed ?? null) : (countryName(client.country) ?? client.country),
    city: text('city'),
    state: text('state'),
    postal_code: text('postal_code'),
    tax_id: text('tax_id'),
    notes: text('notes'),
    created_at: presentInstant(client.createdAt),
    updated_at: presentInstant(client.updatedAt),
    country_code: presentText(client.country),
  }
}

/** `GET customers`: the newest first. */
export async function listCustomers(call: Call): Promise<Answer> {
  const { core, actor } = call
  const page = pageQuery(call, 'client')
  const text = parameter(call.query, 'q')
  const query = text === undefined ? page : { ...page, text }
  const { items, last } = cutPage(await core.clients.page(actor, query), page)
  const next = last === undefined ? null : presentCursor(call, 'client', { value: last.id, id: last.id })
  return { text: presentPage(await present(call, actor, items), next) }
}

/** `GET customers/{id}`. */
export async function readCustomer(call: Call): Promise<Answer> {
  const client = await call.core.clients.read(call.actor, customerId(call))
  return one(await present(call, call.actor, [client]))
}

/** `POST customers`. */
export async function createCustomer(call: Call): Promise<Answer> {
  const { core } = call
  const fields = readFields(call.bytes)
  fields.require('name')
  const { name = '', ...input } = parseInput(fields)
  const country = parseCountry(fields)
  const items = await core.together(call.actor, async (actor) => {
    const client = await core.clients.add(actor, { name, ...input, ...country.fields })
    if (country.typed) await remember(call, actor, client.id, country.typed)
    return present(call, actor, [client])
  })
  return { ...one(items), created: true }
}

/** `PATCH customers/{id}`: any of the fields; the others stay. */
export async function updateCustomer(call: Call): Promise<Answer> {
  const { core } = call
  const id = customerId(call)
  const fields = readFields(call.bytes)
  const input = parseInput(fields)
  const country = parseCountry(fields)
  const items = await core.together(call.actor, async (actor) => {
    const client = await core.clients.update(actor, id, { ...input, ...country.fields })
    if (country.typed !== undefined) await remember(call, actor, id, country.typed)
    return present(call, actor, [client])
  })
  return one(items)
}

/** `DELETE customers/{id}`. Projects and entries go on showing it by its name. */
export async function deleteCustomer(call: Call): Promise<Answer> {
  const { core } = call
  const id = customerId(call)
  await core.together(call.actor, async (actor) => {
    await core.clients.read(actor, id)
    await core.clients.remove(actor, id)
  })
  return 'empty'
}

function customerId({ ids, actor, id }: Call): number {
  const number = ids.parse('client', actor.organizationId, id)
  if (number === undefined) throw notFound('customer')
  return number
}

function parseInput(fields: Fields): Partial<CatalogueInput<'client'>> {
  const input: { -readonly [K in 'name' | (typeof texts)[keyof typeof texts]]?: string } = {}
  const name = fields.text('name')
  if (name !== undefined) input.name = name
  for (const [theirs, ours] of Object.entries(texts)) {
    const value = fields.orNull(theirs, fields.text)
    if (value !== undefined) input[ours] = value ?? ''
  }
  fields.check()
  return input
}

/**
 * The country, by its code before its name. `typed` is what to remember as it stands, null to forget it, undefined to leave
 * it. Throws `invalid` for a code that is none.
 */
function parseCountry(fields: Fields): { fields: { country?: string }; typed?: string | null } {
  const code = fields.orNull('country_code', fields.text)
  const name = fields.orNull('country', fields.text)
  fields.check()
  if (code) {
    const country = code.length === 2 ? countryCode(code) : undefined
    if (country === undefined) {
      throw invalid('country_code', 'unknown_value', 'country_code must be a country of ISO 3166.')
    }
    return { fields: { country }, typed: null }
  }
  if (name) {
    const country = countryCode(name)
    return country === undefined
      ? { fields: { country: '' }, typed: name }
      : { fields: { country }, typed: null }
  }
  return code === undefined && name === undefined ? { fields: {} } : { fields: { country: '' }, typed: null }
}

function remember({ core }: Call, actor: Actor, id: number, typed: string | null): Promise<void> {
  return core.notes.setProperty(actor, { noun: 'client', id }, 'expensicat', typedCountry, typed)
}

async function present({ core, ids }: Call, actor: Actor, clients: readonly Client[]): Promise<string[]> {
  const wanted = clients.filter(({ country }) => country === '').map(({ id }) => id)
  const known = wanted.length === 0 ? [] : await core.notes.properties(actor, 'client', wanted, 'expensicat')
  const typed = new Map(
    known
      .filter(({ name }) => name === typedCountry)
      .map(({ subjectId, value }) => [subjectId, value ?? undefined]),
  )
  return clients.map((client) => JSON.stringify(presentCustomer(client, typed.get(client.id), ids)))
}

function one([item = '']: readonly string[]): { text: string } {
  return { text: presentOne(item) }
}
