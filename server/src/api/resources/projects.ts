// Projects: a client's jobs, with rate and budget.

import type { Project } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import { budgeted, budgetFields } from '../budgets.ts'
import { currencyOf, loadPayers, rate } from '../currencies.ts'
import { choice, day, flag, type Given, idList, keptFields, prose, reference, words } from '../fields.ts'
import { catalogueSorts, equals, keptFilters } from '../filters.ts'
import type { Look } from '../look.ts'
import { ids, names, oneOf, search } from '../parameters.ts'
import { relationTo, resource } from '../resource.ts'
import { clients, states } from './clients.ts'

type Input = CatalogueInput<'project'>

const currency = (project: Project, look: Look) => currencyOf(look, project.clientId)

/** Projects. */
export const projects = resource({
  noun: 'project',
  object: 'project',
  type: 'Project',
  types: 'Projects',
  path: 'projects',
  one: 'a project',
  many: 'Projects',
  about:
    "A client's job, or without a client the organization's own. Rates and budgets are in the client's currency, and null for those who may not see them.",
  fields: {
    client_id: reference('clientId'),
    name: words('name', { required: true }),
    code: words('code'),
    comment: prose('comment'),
    color: words('color'),
    billable: flag('billable'),
    hourly_rate: rate('hourlyRate', 'Price of an hour.', currency),
    ...budgetFields(currency),
    starts_on: day('startsOn'),
    ends_on: day('endsOn'),
    member_ids: idList('memberIds', 'People who work on it.'),
    manager_ids: idList('managerIds', 'Those of them who run it.'),
    state: choice('state', states),
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    client_id: equals(ids, 'clientIds'),
    name: equals(names, 'names'),
    search: equals(search, 'text', 'A text in the name, letter case aside.'),
    state: equals(oneOf(states), 'state'),
  },
  sorts: catalogueSorts,
  order: 'id',
  relations: { client: relationTo(clients, (project: Project) => project.clientId) },
  load: loadPayers,
  verbs: {
    add: async (core, actor, given) =>
      core.projects.add(actor, (await budgeted(core, actor, given, given)) as unknown as Input),
    async update(core, actor, id, given) {
      const before: Given = 'budget' in given ? { ...(await core.reading.read(actor, 'project', id)) } : {}
      return core.projects.update(actor, id, await budgeted(core, actor, given, { ...before, ...given }))
    },
    remove: (core, actor, id) => core.projects.remove(actor, id),
    restore: (core, actor, id) => core.projects.restore(actor, id),
  },
  examples: {
    create: {
      client_id: 1,
      name: 'Autumn catalogue',
      hourly_rate: { amount: '95.00', currency: 'EUR' },
      budget: { amount: '12000.00', currency: 'EUR' },
      starts_on: '2026-09-01',
    },
    update: { ends_on: '2026-12-18', budget_seconds: 432000 },
  },
})
