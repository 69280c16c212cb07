// Tags: free labels.

import { choice, keptFields, words } from '../fields.ts'
import { catalogueSorts, equals, keptFilters } from '../filters.ts'
import { names, oneId, oneOf, search } from '../parameters.ts'
import { catalogueVerbs, resource } from '../resource.ts'
import { states } from './clients.ts'

/** Tags. */
export const tags = resource({
  noun: 'tag',
  object: 'tag',
  type: 'Tag',
  types: 'Tags',
  path: 'tags',
  one: 'a tag',
  many: 'Tags',
  about: 'A free label. Names are unique, letter case aside; naming a new one on an entry makes it.',
  fields: {
    name: words('name', { required: true }),
    color: words('color'),
    state: choice('state', states),
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    name: equals(names, 'names'),
    search: equals(search, 'text', 'A text in the name, letter case aside.'),
    state: equals(oneOf(states), 'state'),
    used_by_person_id: equals(oneId, 'usedByPersonId', 'Those on expenses of this person.'),
  },
  sorts: catalogueSorts,
  order: 'id',
  relations: {},
  verbs: catalogueVerbs(({ tags }) => tags),
  examples: { create: { name: 'night shift', color: '#1f5f4a' }, update: { color: '#7fd1b0' } },
})
