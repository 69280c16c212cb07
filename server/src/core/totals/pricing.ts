// What a sum of time is worth. Which rate applies is decided here, outside of the store and one time for all totals.

import type { Activity, Client, Project } from '../catalogue/nouns.ts'
import type { LocalDate } from '../day.ts'
import { type Decimal, divide, scaleOf, unitsOf } from '../decimal.ts'
import { type Currency, exponentOf } from '../money.ts'
import type { Membership, Organization } from '../people/nouns.ts'
import type { SumField, SumKey } from '../ports.ts'
import type { Rate as RateOfBook } from '../rates/nouns.ts'
import { rateFor } from '../rates/precedence.ts'

/** A price of one hour. */
export type Rate = { readonly perHour: Decimal; readonly currency: Currency }

/**
 * How time is priced. Entries that differ in one of the fields `apart` are never in one sum, so that `rateOf` can tell
 * the rate of a sum from the values these fields have in it; null when no rate is known.
 */
export type Pricing = {
  readonly apart: readonly SumField<'time_entry'>[]
  readonly rateOf: (valueIn: (field: SumField<'time_entry'>) => SumKey) => Rate | null
}

/** What rates are found among: all that are kept, wherever. */
export type RateTable = {
  readonly rates: readonly RateOfBook[]
  readonly memberships: readonly Pick<Membership, 'personId' | 'hourlyRate'>[]
  readonly projects: readonly Pick<Project, 'id' | 'hourlyRate'>[]
  readonly activities: readonly Pick<Activity, 'id' | 'hourlyRate'>[]
  readonly clients: readonly Pick<Client, 'id' | 'currency'>[]
}

/**
 * The rates that count, in the currency of the client or else of the organization. What a sum cannot tell has no rate: fixed
 * prices, and sums that rates of different days may apply to differently.
 */
export function pricingOf({ currency }: Pick<Organization, 'currency'>, table: RateTable): Pricing {
  const { rates, memberships, projects, activities, clients } = table
  const used = {
    clientId:
      rates.some((rate) => rate.clientId !== null) || clients.some((client) => client.currency !== null),
    projectId: rates.some((rate) => rate.projectId !== null) || projects.length > 0,
    activityId: rates.some((rate) => rate.activityId !== null) || activities.length > 0,
    personId:
      rates.some((rate) => rate.personId !== null) || memberships.some((one) => one.hourlyRate !== null),
  }
  const fields = (['clientId', 'projectId', 'activityId', 'personId'] as const).filter((field) => used[field])
  const days = [...new Set(['0001-01-01', ...rates.flatMap((rate) => rate.validFrom ?? [])])] as LocalDate[]
  const find = <T extends { readonly id: number }>(all: readonly T[], id: number | null) =>
    all.find((one) => one.id === id)

  return {
    apart: ['hourlyRate', 'fixedRate', ...fields],
    rateOf(valueIn) {
      if (valueIn('fixedRate') !== null) return null
      const id = (field: (typeof fields)[number]) => (used[field] ? (valueIn(field) as number | null) : null)
      const entry = {
        clientId: id('clientId'),
        projectId: id('projectId'),
        activityId: id('activityId'),
        personId: id('personId') ?? 0,
        own: { hourly: valueIn('hourlyRate') as Decimal | null, fixed: null },
        activityHourly: find(activities, id('activityId'))?.hourlyRate ?? null,
        projectHourly: find(projects, id('projectId'))?.hourlyRate ?? null,
        personHourly: memberships.find(({ personId }) => personId === id('personId'))?.hourlyRate ?? null,
        personCost: null,
      }
      const found = days.map((on) => rateFor({ ...entry, on }, rates))
      const [first] = found
      const same = found.every((rate) => rate?.amount === first?.amount && rate?.fixed === first?.fixed)
      if (first === undefined || first.fixed || !same) return null
      return { perHour: first.amount, currency: find(clients, entry.clientId)?.currency ?? currency }
    },
  }
}

/** Whole seconds at a rate, in minor units, rounded once, half away from zero. */
export function worth(seconds: bigint, { perHour, currency }: Rate): bigint {
  const scale = scaleOf(perHour)
  const units = unitsOf(perHour, scale) * seconds * 10n ** BigInt(exponentOf(currency))
  return divide(units, 3600n * 10n ** BigInt(scale), 'half-away-from-zero')
}
