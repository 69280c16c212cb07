// Verbs on rates, and the rates that count for time entries.

import { reach, require as requirePermission, visible } from '../access.ts'
import type { Actor } from '../actor.ts'
import { checkPlacement } from '../catalogue/verbs.ts'
import { type Context, checkMember, listAll, reader, readToChange, type Unpaged } from '../context.ts'
import { dayOf, localOf } from '../day.ts'
import { compareDecimals, type Decimal, decimal, isNegative } from '../decimal.ts'
import { invalid } from '../errors.ts'
import type { TimeEntry } from '../time/nouns.ts'
import type { Change, Fresh } from '../writing.ts'
import type { Rate } from './nouns.ts'
import { type FoundRate, rateFor } from './precedence.ts'

export type RateInput = Partial<Omit<Fresh<'rate'>, 'organizationId' | 'amount'>> & {
  readonly amount: Decimal
}

export type Rates = ReturnType<typeof createRates>

const permissions = { read: 'rates.read', write: 'rates.write' } as const

const most = decimal('1000000000')

/** Verbs on rates. Managers and above; what work costs is for owners, admins and accountants. */
export function createRates(context: Context) {
  const { write } = context

  return {
    add(actor: Actor, input: RateInput): Promise<Rate> {
      requirePermission(actor, 'rates.write')
      return write(actor, async (change) => {
        await check(change, actor, input)
        const rate = await change.add('rate', {
          organizationId: actor.organizationId,
          clientId: input.clientId ?? null,
          projectId: input.projectId ?? null,
          activityId: input.activityId ?? null,
          personId: input.personId ?? null,
          amount: input.amount,
          costAmount: input.costAmount ?? null,
          fixed: input.fixed ?? false,
          validFrom: input.validFrom ?? null,
        })
        return visible(actor, 'rate', rate)
      })
    },

    update(actor: Actor, id: number, input: Partial<RateInput>): Promise<Rate> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'rate', id)
        await check(change, actor, input)
        return visible(actor, 'rate', await change.alter('rate', before, input))
      })
    },

    remove(actor: Actor, id: number): Promise<void> {
      return write(actor, async (change) => {
        await change.remove('rate', await readToChange(change, actor, permissions, 'rate', id, true))
      })
    },

    restore(actor: Actor, id: number): Promise<Rate> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'rate', id, true)
        return visible(
          actor,
          'rate',
          before.deletedAt === null ? before : await change.restore('rate', before),
        )
      })
    },

    /** All matching rates by id. */
    async list(actor: Actor, query: Unpaged<'rate'>): Promise<Rate[]> {
      requirePermission(actor, 'rates.read')
      const scoped = { ...query, organizationId: actor.organizationId }
      return (await listAll(reader(context, actor), 'rate', scoped)).map((rate) =>
        visible(actor, 'rate', rate),
      )
    },

    /**
     * The rate that counts for each of these entries, by id; entries without one are absent. Empty for those who may not
     * see rates; `cost` is null for those who may not see costs.
     */
    async ofEntries(actor: Actor, entries: readonly TimeEntry[]): Promise<ReadonlyMap<number, FoundRate>> {
      const found = new Map<number, FoundRate>()
      if (entries.length === 0 || reach(actor, 'rates.read') === undefined) return found
      const { organizationId } = actor
      const from = reader(context, actor)
      const idsOf = (field: 'activityId' | 'projectId') => entries.flatMap((entry) => entry[field] ?? [])
      const [rates, memberships] = [
        await listAll(from, 'rate', { organizationId }),
        await listAll(from, 'membership', { organizationId }),
      ]
      const activities = byId(await from.byId('activity', organizationId, idsOf('activityId')))
      const projects = byId(await from.byId('project', organizationId, idsOf('projectId')))
      const costs = reach(actor, 'costs.read') !== undefined
      for (const entry of entries) {
        const project = projects.get(entry.projectId ?? 0)
        const member = memberships.find(({ personId }) => personId === entry.personId)
        const rate = rateFor(
          {
            clientId: entry.clientId ?? project?.clientId ?? null,
            projectId: entry.projectId,
            activityId: entry.activityId,
            personId: entry.personId,
            on: dayOf(localOf(entry.startedAt, entry.timeZone)),
            own: { hourly: entry.hourlyRate, fixed: entry.fixedRate },
            activityHourly: activities.get(entry.activityId ?? 0)?.hourlyRate ?? null,
            projectHourly: project?.hourlyRate ?? null,
            personHourly: member?.hourlyRate ?? null,
            personCost: member?.costRate ?? null,
          },
          rates,
        )
        if (rate !== undefined) found.set(entry.id, costs ? rate : { ...rate, cost: null })
      }
      return found
    },
  }
}

async function check(change: Change, actor: Actor, input: Partial<RateInput>): Promise<void> {
  for (const field of ['amount', 'costAmount'] as const) {
    const value = input[field]
    if (value === undefined || value === null) continue
    if (isNegative(value) || compareDecimals(value, most) > 0) {
      throw invalid(field, 'range', `A rate is 0 to ${most}.`)
    }
  }
  await checkPlacement(change, actor.organizationId, input)
  const { personId } = input
  if (personId !== undefined && personId !== null) {
    await checkMember(change, actor.organizationId, 'personId', personId)
  }
}

function byId<T extends { readonly id: number }>(entities: readonly T[]): Map<number, T> {
  return new Map(entities.map((entity) => [entity.id, entity]))
}
