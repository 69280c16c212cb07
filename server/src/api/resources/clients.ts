// Clients: who is billed.

import type { Client } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import type { Currency } from '../../core/money.ts'
import { budgeted, budgetFields } from '../budgets.ts'
import { choice, flag, type Given, keptFields, prose, words } from '../fields.ts'
import { catalogueSorts, equals, keptFilters } from '../filters.ts'
import { names, oneOf, search } from '../parameters.ts'
import { resource } from '../resource.ts'
import { countryText, currencyCode, nullable, readCurrency } from '../wire.ts'

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
      in: countryText,
    },
    tax_number: words('taxNumber'),
    comment: prose('comment'),
    color: words('color'),
    billable: flag('billable'),
    ...budgetFields((client: Client, { actor }) => client.currency ?? actor.organization.currency),
    state: choice('state', states),
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    name: equals(names, 'names'),
    search: equals(search, 'text', 'A text in the name, letter case aside.'),
    state: equals(oneOf(states), 'state'),
  },
  sorts: catalogueSorts,
  order: 'id',
  relations: {},
  verbs: {
    add: async (core, actor, given) =>
      core.clients.add(actor, (await budgeted(core, actor, given, ownOf(given))) as Input),
    async update(core, actor, id, given) {
      const before: Given = 'budget' in given ? { ...(await core.reading.read(actor, 'client', id)) } : {}
      const fields = await budgeted(core, actor, given, ownOf({ ...before, ...given }))
      return core.clients.update(actor, id, fields as Partial<Input>)
    },
    remove: (core, actor, id) => core.clients.remove(actor, id),
    restore: (core, actor, id) => core.clients.restore(actor, id),
  },
  examples: {
    create: {
      name: 'Lighthouse Books',
      email: 'office@lighthouse.example',
      city: 'Rotterdam',
      country: 'NL',
    },
    update: { phone: '+31 10 555 0100' },
  },
})

/** A client's budget is in its own currency. */
function ownOf({ currency }: Given): { readonly currency: Currency | null } {
  return { currency: (currency as Currency | null | undefined) ?? null }
}
