// Projects: a client's jobs, with rate and budget.

import type { Actor } from '../../core/actor.ts'
import type { Project } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import { type Decimal, scaleOf } from '../../core/decimal.ts'
import type { Core } from '../../core/index.ts'
import { type Currency, exponentOf, toMinor } from '../../core/money.ts'
import { currencyOf, loadPayers, rate } from '../currencies.ts'
import { choice, day, flag, type Given, keptFields, prose, reference, seconds, words } from '../fields.ts'
import { equals, keptFilters } from '../filters.ts'
import { mapOf } from '../look.ts'
import { ids, names, oneOf } from '../parameters.ts'
import { relationTo, resource } from '../resource.ts'
import { money, moneyInput, nullable, presentMinor, readDecimal, type WireMoney, wrong } from '../wire.ts'
import { clients, states } from './clients.ts'

type Input = CatalogueInput<'project'>

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
    hourly_rate: rate('hourlyRate', 'Price of an hour.', (project: Project, look) =>
      currencyOf(look, project.clientId),
    ),
    budget: {
      out: nullable(money),
      in: nullable(moneyInput),
      money: true,
      show: ({ budgetMinor, clientId }, look) =>
        budgetMinor === null ? null : presentMinor(budgetMinor, currencyOf(look, clientId)),
      take(value, given) {
        given.budget = value === null ? null : readDecimal('budget', (value as WireMoney).amount)
      },
    },
    budget_seconds: seconds('budgetSeconds'),
    starts_on: day('startsOn'),
    ends_on: day('endsOn'),
    state: choice('state', states),
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    client_id: equals(ids, 'clientIds'),
    name: equals(names, 'names'),
    state: equals(oneOf(states), 'state'),
  },
  sorts: { id: 'id' },
  order: 'id',
  relations: { client: relationTo(clients, (project: Project) => project.clientId) },
  load: loadPayers,
  verbs: {
    add: async (core, actor, given) =>
      core.projects.add(actor, (await budgeted(core, actor, given, null)) as Input),
    async update(core, actor, id, given) {
      const clientId = 'budget' in given ? (await core.reading.read(actor, 'project', id)).clientId : null
      return core.projects.update(actor, id, await budgeted(core, actor, given, clientId))
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

/** The budget in minor units of the currency that the project then has. */
async function budgeted(
  core: Core,
  actor: Actor,
  { budget, ...given }: Given,
  present: number | null,
): Promise<Given> {
  if (budget === undefined) return given
  if (budget === null) return { ...given, budgetMinor: null }
  const clientId = given.clientId === undefined ? present : (given.clientId as number | null)
  const payers = await core.reading.named(actor, 'client', clientId === null ? [] : [clientId])
  const currency = currencyOf({ actor, related: { client: mapOf(payers) } }, clientId)
  return { ...given, budgetMinor: wholeMinor(budget as Decimal, currency) }
}

function wholeMinor(amount: Decimal, currency: Currency): bigint {
  if (scaleOf(amount) > exponentOf(currency)) {
    throw wrong('budget.amount', 'format', `An amount of ${currency} has ${exponentOf(currency)} decimals.`)
  }
  return toMinor(amount, currency, 'half-away-from-zero')
}
