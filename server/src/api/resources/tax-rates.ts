// Tax rates, as they are put on invoices.

import { choice, exact, keptFields, prose, words } from '../fields.ts'
import { catalogueSorts, equals, keptFilters } from '../filters.ts'
import { names, oneOf, search } from '../parameters.ts'
import { catalogueVerbs, resource } from '../resource.ts'
import { countryText } from '../wire.ts'
import { states } from './clients.ts'

/** Tax rates. */
export const taxRates = resource({
  noun: 'tax_rate',
  object: 'tax_rate',
  type: 'TaxRate',
  types: 'TaxRates',
  path: 'tax-rates',
  one: 'a tax rate',
  many: 'Tax rates',
  about: 'A tax as it is put on invoices. `21` means 21 %.',
  fields: {
    name: words('name', { required: true }),
    percent: exact('percent', { required: true, about: '`21` means 21 %.' }),
    country: { ...words('country', { about: 'ISO 3166, two letters, or empty.' }), in: countryText },
    comment: prose('comment'),
    color: words('color'),
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
  verbs: catalogueVerbs(({ taxRates }) => taxRates),
  examples: {
    create: { name: 'VAT 9 %', percent: '9', country: 'NL' },
    update: { comment: 'Books and food.' },
  },
})
