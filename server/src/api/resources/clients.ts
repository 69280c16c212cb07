// Clients: who is billed.

import Type from 'typebox'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import { choice, flag, keptFields, prose, words } from '../fields.ts'
import { equals, keptFilters } from '../filters.ts'
import { names, oneOf } from '../parameters.ts'
import { resource } from '../resource.ts'
import { currencyCode, nullable, readCurrency } from '../wire.ts'

type Input = CatalogueInput<'client'>

export const states = ['active', 'archived'] as const

/** Clients. */
export const clients = resource({
  noun: 'client',
  object: 'client',
  type: 'Client',
  types: 'Clients',
  path: 'clients',
  one: 'a client',
  many: 'Clients',
  about: 'Who is billed. Archived clients stay on what refers to them and are not offered for new work.',
  fields: {
    name: words('name', { required: true }),
    number: words('number'),
    currency: {
      out: nullable(currencyCode),
      in: nullable(currencyCode),
      about: "Null: the organization's currency.",
      show: (client) => client.currency,
      take(value, given) {
        given.currency = value === null ? null : readCurrency('currency', value as string)
      },
    },
    contact_person: words('contactPerson'),
    email: words('email'),
    phone: words('phone'),
    website: words('website'),
    address_line1: words('addressLine1'),
    address_line2: words('addressLine2'),
    postal_code: words('postalCode'),
    city: words('city'),
    region: words('region'),
    country: {
      ...words('country', { about: 'ISO 3166, two letters, or empty.' }),
      in: Type.String({ pattern: '^([A-Z]{2})?$' }),
    },
    tax_number: words('taxNumber'),
    comment: prose('comment'),
    color: words('color'),
    billable: flag('billable'),
    state: choice('state', states),
    ...keptFields,
  },
  filters: { ...keptFilters, name: equals(names, 'names'), state: equals(oneOf(states), 'state') },
  sorts: { id: 'id' },
  order: 'id',
  relations: {},
  verbs: {
    add: (core, actor, given) => core.clients.add(actor, given as Input),
    update: (core, actor, id, given) => core.clients.update(actor, id, given as Partial<Input>),
    remove: (core, actor, id) => core.clients.remove(actor, id),
    restore: (core, actor, id) => core.clients.restore(actor, id),
  },
  examples: {
    create: { name: 'Lighthouse Books', email: 'office@lighthouse.example', city: 'Rotterdam', country: 'NL' },
    update: { phone: '+31 10 555 0100' },
  },
})
