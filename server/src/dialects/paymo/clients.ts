// The client resource.

import type { Client } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import type { Call } from './call.ts'
import { removeClient } from './cascade.ts'
import { fields } from './fields.ts'
import { fieldsOf, given, type Input, missing } from './input.ts'
import { ownFields } from './properties.ts'
import { children, type Filter, noList, type Resource, type Row, relations } from './resource.ts'
import { datetime } from './wire.ts'

const own = ownFields('client', { fax: ['text', ''], due_interval: ['integer', null] })

/** The client resource. Logos are not kept: the keys of an image are absent, as without one. */
export const clients: Resource = {
  name: 'clients',
  fields: [
    'id',
    'name',
    'address',
    'city',
    'postal_code',
    'country',
    'state',
    'phone',
    'fax',
    'email',
    'website',
    'active',
    'fiscal_information',
    'due_interval',
    'additional_privileges',
    'created_on',
    'updated_on',
  ],
  extras: ['image', 'image_thumb_large', 'image_thumb_medium', 'image_thumb_small'],
  relations: relations({
    clientcontacts: children('clientcontacts', 'client_id'),
    projects: children('projects', 'client_id'),
    invoices: children('invoices', 'client_id'),
    expenses: children('expenses', 'client_id'),
    recurringprofiles: noList,
    estimates: noList,
  }),
  filters: fields.clients,
  sorts: { id: 'id', name: 'name', created_on: 'createdAt', updated_on: 'updatedAt' },
  lasting: true,
  page: readClients,
  async create(call, input) {
    const name = fieldsOf(input).text('name')
    if (!name) throw missing('name')
    const client = await call.core.clients.add(call.actor, { ...parseClient(input), name })
    await own.write(call, client.id, input)
    return client.id
  },
  async update(call, id, input) {
    await call.core.clients.update(call.actor, id, parseClient(input))
    await own.write(call, id, input)
  },
  remove: removeClient,
}

async function readClients(call: Call, filter: Filter): Promise<Row[]> {
  const { core, actor } = call
  const found = await core.clients.page(actor, filter as Parameters<typeof core.clients.page>[1])
  const more = await own.read(
    call,
    found.map(({ id }) => id),
  )
  return found.map((client) => ({
    id: client.id,
    revision: client.revision,
    object: { ...more(client.id), ...presentClient(client), additional_privileges: [] },
  }))
}

function presentClient(client: Client) {
  return {
    id: client.id,
    name: client.name,
    address: client.addressLine1,
    city: client.city,
    state: client.region,
    postal_code: client.postalCode,
    country: client.country,
    phone: client.phone,
    email: client.email,
    website: client.website,
    fiscal_information: client.taxNumber,
    active: client.state === 'active',
    created_on: datetime(client.createdAt),
    updated_on: datetime(client.updatedAt),
  }
}

function parseClient(input: Input): Partial<CatalogueInput<'client'>> {
  const read = fieldsOf(input)
  const active = read.flag('active')
  return given({
    name: read.text('name'),
    addressLine1: read.text('address'),
    city: read.text('city'),
    region: read.text('state'),
    postalCode: read.text('postal_code'),
    country: read.text('country'),
    phone: read.text('phone'),
    email: read.text('email'),
    website: read.text('website'),
    taxNumber: read.text('fiscal_information'),
    state: active === undefined ? undefined : active ? ('active' as const) : ('archived' as const),
  })
}
