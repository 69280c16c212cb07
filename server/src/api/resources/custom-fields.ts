// Custom fields: named values that the organization wants on every entity of a noun.

import { subjectNouns } from '../../core/notes/nouns.ts'
import { choice, keptFields, prose, words } from '../fields.ts'
import { catalogueSorts, equals, keptFilters } from '../filters.ts'
import { names, oneOf, search } from '../parameters.ts'
import { catalogueVerbs, resource } from '../resource.ts'
import { states } from './clients.ts'

/** Custom fields. */
export const customFields = resource({
  noun: 'custom_field',
  object: 'custom_field',
  type: 'CustomField',
  types: 'CustomFields',
  path: 'custom-fields',
  one: 'a custom field',
  many: 'Custom fields',
  about:
    'A named value that the organization wants to keep on every entity of a kind. The values are properties of the space `organization`.',
  fields: {
    subject_type: {
      ...choice('subjectNoun', subjectNouns, { required: true, about: 'What has this field.' }),
      fixed: true,
    },
    name: words('name', { required: true }),
    label: words('label'),
    comment: prose('comment'),
    color: words('color'),
    state: choice('state', states),
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    subject_type: equals(oneOf(subjectNouns), 'subjectNoun'),
    name: equals(names, 'names'),
    search: equals(search, 'text', 'A text in the name, letter case aside.'),
    state: equals(oneOf(states), 'state'),
  },
  sorts: catalogueSorts,
  order: 'id',
  relations: {},
  verbs: catalogueVerbs(({ customFields }) => customFields),
  examples: {
    create: { subject_type: 'project', name: 'cost_centre', label: 'Cost centre' },
    update: { label: 'Cost centre of the client' },
  },
})
