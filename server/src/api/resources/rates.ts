// Rates: what an hour of work is worth, and what it costs, for whom and since when.

import type { Rate } from '../../core/rates/nouns.ts'
import type { RateInput } from '../../core/rates/verbs.ts'
import { clientBehind, currencyOf, loadPayers, rate } from '../currencies.ts'
import { day, flag, keptFields, reference } from '../fields.ts'
import { equals, keptFilters } from '../filters.ts'
import { ids } from '../parameters.ts'
import { toPerson } from '../people.ts'
import { relationTo, resource } from '../resource.ts'
import { money, moneyInput } from '../wire.ts'
import { activities } from './activities.ts'
import { clients } from './clients.ts'
import { projects } from './projects.ts'

const amount = rate('amount', 'Per hour; with `fixed`, per entry.', (found: Rate, look) =>
  currencyOf(look, clientBehind(look, found)),
)

/** Rates. */
export const rates = resource({
  noun: 'rate',
  object: 'rate',
  type: 'Rate',
  types: 'Rates',
  path: 'rates',
  one: 'a rate',
  many: 'Rates',
  about:
    'What work is worth for everything that all its references fit; null fits everything. The most particular rate counts. What work costs is for owners, admins and accountants.',
  fields: {
    client_id: reference('clientId'),
    project_id: reference('projectId'),
    activity_id: reference('activityId'),
    person_id: reference('personId'),
    amount: { ...amount, out: money, in: moneyInput, required: true },
    cost_amount: rate('costAmount', 'What it costs the organization; null: not known.', (found: Rate, look) =>
      currencyOf(look, clientBehind(look, found)),
    ),
    fixed: flag('fixed'),
    valid_from: day('validFrom', { about: 'The first day it counts on; null: since ever.' }),
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    client_id: equals(ids, 'clientIds'),
    project_id: equals(ids, 'projectIds'),
    activity_id: equals(ids, 'activityIds'),
    person_id: equals(ids, 'personIds'),
  },
  sorts: { id: 'id' },
  order: 'id',
  relations: {
    client: relationTo(clients, (found: Rate) => found.clientId),
    project: relationTo(projects, (found: Rate) => found.projectId),
    activity: relationTo(activities, (found: Rate) => found.activityId),
    person: toPerson((found: Rate) => found.personId),
  },
  load: loadPayers,
  verbs: {
    add: (core, actor, given) => core.rates.add(actor, given as unknown as RateInput),
    update: (core, actor, id, given) => core.rates.update(actor, id, given as Partial<RateInput>),
    remove: (core, actor, id) => core.rates.remove(actor, id),
    restore: (core, actor, id) => core.rates.restore(actor, id),
  },
  examples: {
    create: { project_id: 1, amount: { amount: '110.00' }, valid_from: '2026-07-01' },
    update: { amount: { amount: '115.00' } },
  },
})
