// Teams: people and what they work on together.

import { choice, idList, keptFields, prose, words } from '../fields.ts'
import { catalogueSorts, equals, keptFilters } from '../filters.ts'
import { names, oneOf, search } from '../parameters.ts'
import { catalogueVerbs, resource } from '../resource.ts'
import { states } from './clients.ts'

/** Teams. */
export const teams = resource({
  noun: 'team',
  object: 'team',
  type: 'Team',
  types: 'Teams',
  path: 'teams',
  one: 'a team',
  many: 'Teams',
  about: 'People and what they work on together. Leads are members too.',
  fields: {
    name: words('name', { required: true }),
    member_ids: idList('memberIds'),
    lead_ids: idList('leadIds', 'Those of the members who lead it.'),
    client_ids: idList('clientIds'),
    project_ids: idList('projectIds'),
    activity_ids: idList('activityIds'),
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
  verbs: catalogueVerbs(({ teams }) => teams),
  examples: {
    create: { name: 'Night shift', member_ids: [1], lead_ids: [1] },
    update: { project_ids: [1] },
  },
})
