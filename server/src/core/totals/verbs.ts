// Verbs on totals: hours and money, grouped, for the same filters as the lists.

import { reach } from '../access.ts'
import type { Actor } from '../actor.ts'
import { type Context, limitTo, listAll, reader } from '../context.ts'
import type { TimeZone } from '../day.ts'
import { type ExpenseFilter, expensesInReach } from '../expenses/verbs.ts'
import type { Currency } from '../money.ts'
import type { Paging } from '../page.ts'
import type { Reader, Sum, SummedNoun } from '../ports.ts'
import type { Queries } from '../queries.ts'
import { checkSearch } from '../text.ts'
import type { TimeEntryFilter } from '../time/verbs.ts'
import { checkWhere } from '../where.ts'
import { type Collected, checkDimensions, collect, inSeconds, instants, wallClock } from './collect.ts'
import { expenseTotal, grouped, timeTotal } from './groups.ts'
import {
  type ExpenseDimension,
  type ExpenseTotals,
  expenseDimensions,
  type GroupKey,
  type TimeDimension,
  type TimeTotals,
  timeDimensions,
} from './nouns.ts'
import { type Pricing, pricingOf, type RateTable } from './pricing.ts'

/** The filter of the list, without its page. Tombstones are never counted. */
export type TimeTotalsInput = {
  readonly filter?: Omit<TimeEntryFilter, keyof Paging<'id'>>
  /** At most `maxDimensions`; none answers one group of everything. */
  readonly by?: readonly TimeDimension[]
  /** Where days begin and end; default: the actor's. */
  readonly zone?: TimeZone
}

export type ExpenseTotalsInput = {
  readonly filter?: Omit<ExpenseFilter, keyof Paging<'id'>>
  /** At most `maxDimensions`; none answers one group of everything. */
  readonly by?: readonly ExpenseDimension[]
}

export type Totals = ReturnType<typeof createTotals>

/**
 * Verbs on totals. Members total their own, managers and above everybody's. `invalid` is thrown for `by` with unknown or
 * too many dimensions, for more than `maxGroups` groups, and where the calendar would reach over more than
 * `maxCalendarYears`.
 */
export function createTotals(context: Context) {
  /** Undefined for those who see no rates. */
  async function pricingFor(actor: Actor): Promise<Pricing | undefined> {
    if (reach(actor, 'rates.read') === undefined) return undefined
    return pricingOf(actor.organization, await rateTable(reader(context, actor), actor.organizationId))
  }

  return {
    /**
     * Totals of time. An entry counts where it starts: one over midnight belongs to the day before, as a whole. Worth
     * is rounded once for each sum of one group and one rate.
     */
    async time(actor: Actor, input: TimeTotalsInput = {}): Promise<TimeTotals> {
      const { filter = {}, zone = actor.timeZone } = input
      const by = checkDimensions(input.by ?? [], timeDimensions)
      const { sums: from } = reader(context, actor)
      const { running, ...query } = timeInReach(actor, filter)
      const pricing = await pricingFor(actor)
      const totals = createAnswer(by, async (dimensions: readonly TimeDimension[]) => {
        if (running === true) return nothing
        const range = query.startedAt ?? {}
        const apart = pricing?.apart ?? []
        const noun = 'time_entry'
        return collect(from, { noun, query, range, axis: instants(zone), by: dimensions, apart })
      })
      const { groups, whole } = await totals((key, sums, { valueIn }) =>
        timeTotal(key, sums, pricing && ((sum) => pricing.rateOf((field) => valueIn(sum, field)))),
      )
      const count = running === false ? 0 : await from.running(query)
      return { groups, whole, running: count, zone }
    },

    /** Totals of expenses, by the wall-clock time at which money was spent. */
    async expenses(actor: Actor, input: ExpenseTotalsInput = {}): Promise<ExpenseTotals> {
      const by = checkDimensions(input.by ?? [], expenseDimensions)
      const query = await expensesInReach(context, actor, unpaged(input.filter ?? {}))
      const { sums: from } = reader(context, actor)
      const totals = createAnswer(by, (dimensions: readonly ExpenseDimension[]) => {
        const range = inSeconds(query.spentAt ?? {})
        return collect(from, {
          noun: 'expense',
          query,
          range,
          axis: wallClock,
          by: dimensions,
          apart: ['currency'],
        })
      })
      return totals((key, sums, { valueIn }) =>
        expenseTotal(key, sums, (sum) => valueIn(sum, 'currency') as Currency),
      )
    },
  }
}

/** Everything that a rate may be kept on, of the organization. */
async function rateTable(from: Reader, organizationId: number): Promise<RateTable> {
  const where = { field: 'hourlyRate', op: 'not null' } as const
  return {
    rates: await listAll(from, 'rate', { organizationId }),
    memberships: await listAll(from, 'membership', { organizationId, deleted: 'with' }),
    projects: await listAll(from, 'project', { organizationId, where, deleted: 'with' }),
    activities: await listAll(from, 'activity', { organizationId, where, deleted: 'with' }),
    clients: await listAll(from, 'client', {
      organizationId,
      where: { field: 'currency', op: 'not null' },
      deleted: 'with',
    }),
  }
}

const nothing: Collected<'time_entry'> = { sums: [], readers: [], valueIn: () => null }

/** Collects and totals: the groups, and the whole of them. */
function createAnswer<N extends SummedNoun, D extends ExpenseDimension>(
  by: readonly D[],
  ask: (by: readonly D[]) => Promise<Collected<N>>,
) {
  return async <T>(total: (key: GroupKey<D>, sums: readonly Sum[], from: Collected<N>) => T) => {
    const found = await ask(by)
    // Entries with several tags are in several sums, so the whole is no sum of these.
    const all = (by as readonly ExpenseDimension[]).includes('tag') ? await ask([]) : found
    return {
      groups: grouped(found.sums, by, found.readers, (key, sums) => total(key, sums, found)),
      whole: total({}, all.sums, all),
    }
  }
}

function timeInReach(actor: Actor, filter: NonNullable<TimeTotalsInput['filter']>): Queries['time_entry'] {
  const personId = limitTo(actor, 'time.read', filter.personId)
  checkSearch('text', filter.text)
  if (filter.where !== undefined) checkWhere('where', 'time_entry', filter.where)
  const query = { ...unpaged(filter), organizationId: actor.organizationId }
  return personId === undefined ? query : { ...query, personId }
}

// A filter that was made for a list may come with its page, and with tombstones.
function unpaged<Q extends object>(filter: Q): Omit<Q, keyof Paging<'id'>> {
  const {
    sort: _,
    descending: __,
    after: ___,
    limit: ____,
    deleted: _____,
    offset: ______,
    ...rest
  } = filter as Q & Paging<'id'>
  return rest
}
