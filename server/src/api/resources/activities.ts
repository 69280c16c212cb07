// Activities: kinds of work, inside one project or across all.

import type { Activity } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import { clientBehind, currencyOf, loadPayers, rate } from '../currencies.ts'
import { choice, flag, keptFields, prose, reference, words } from '../fields.ts'
import { equals, keptFilters } from '../filters.ts'
import { ids, names, oneOf } from '../parameters.ts'
import { relationTo, resource } from '../resource.ts'
import { states } from './clients.ts'
import { projects } from './projects.ts'

type Input = CatalogueInput<'activity'>

/** Activities. */
export const activities = resource({
  noun: 'activity',
  object: 'activity',
  type: 'Activity',
  types: 'Activities',
  path: 'activities',
  one: 'an activity',
  many: 'Activities',
  about: 'A kind of work: of one project, or with `project_id` null of all.',
  fields: {
    project_id: reference('projectId'),
    name: words('name', { required: true }),
    code: words('code'),
    comment: prose('comment'),
    color: words('color'),
    billable: flag('billable'),
    hourly_rate: rate('hourlyRate', 'Price of an hour.', (activity: Activity, look) =>
      currencyOf(look, clientBehind(look, activity)),
    ),
    state: choice('state', states),
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    project_id: equals(ids, 'projectIds'),
    name: equals(names, 'names'),
    state: equals(oneOf(states), 'state'),
  },
  sorts: { id: 'id' },
  order: 'id',
  relations: { project: relationTo(projects, (activity: Activity) => activity.projectId) },
  load: loadPayers,
  verbs: {
    add: (core, actor, given) => core.activities.add(actor, given as Input),
    update: (core, actor, id, given) => core.activities.update(actor, id, given as Partial<Input>),
    remove: (core, actor, id) => core.activities.remove(actor, id),
    restore: (core, actor, id) => core.activities.restore(actor, id),
  },
  examples: {
    create: { name: 'Proofreading', billable: true, hourly_rate: { amount: '60.00' } },
    update: { code: 'PROOF' },
  },
})
