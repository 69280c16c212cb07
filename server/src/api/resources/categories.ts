// Categories: kinds of expenses, which may carry a unit and a price for it.

import { type Category, units } from '../../core/catalogue/nouns.ts'
import { ownCurrency, rate } from '../currencies.ts'
import { choice, choiceOrNull, keptFields, prose, words } from '../fields.ts'
import { catalogueSorts, equals, keptFilters } from '../filters.ts'
import { names, oneId, oneOf, search } from '../parameters.ts'
import { catalogueVerbs, resource } from '../resource.ts'
import { states } from './clients.ts'

/** Categories. */
export const categories = resource({
  noun: 'category',
  object: 'category',
  type: 'Category',
  types: 'Categories',
  path: 'categories',
  one: 'a category',
  many: 'Categories',
  about: 'A kind of expense. Names are unique, letter case aside: people type them.',
  fields: {
    name: words('name', { required: true }),
    unit: choiceOrNull('unit', units),
    unit_price: rate('unitPrice', "Price of one unit, in the organization's currency.", (_: Category, look) =>
      ownCurrency(_, look),
    ),
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
    used_by_person_id: equals(oneId, 'usedByPersonId', 'Those that expenses of this person have.'),
  },
  sorts: catalogueSorts,
  order: 'id',
  relations: {},
  verbs: catalogueVerbs(({ categories }) => categories),
  examples: {
    create: { name: 'Bicycle', unit: 'km', unit_price: { amount: '0.23', currency: 'EUR' } },
    update: { comment: 'To clients, not to work.' },
  },
})
