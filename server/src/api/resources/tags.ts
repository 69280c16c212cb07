// Tags: free labels.

import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import { choice, keptFields, words } from '../fields.ts'
import { catalogueSorts, equals, keptFilters } from '../filters.ts'
import { names, oneId, oneOf, search } from '../parameters.ts'
import { resource } from '../resource.ts'
import { states } from './clients.ts'

type Input = CatalogueInput<'tag'>

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
  verbs: {
    add: (core, actor, given) => core.tags.add(actor, given as Input),
    update: (core, actor, id, given) => core.tags.update(actor, id, given as Partial<Input>),
    remove: (core, actor, id) => core.tags.remove(actor, id),
    restore: (core, actor, id) => core.tags.restore(actor, id),
  },
  examples: { create: { name: 'night shift', color: '#1f5f4a' }, update: { color: '#7fd1b0' } },
})
