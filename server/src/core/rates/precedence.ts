// Which rate counts for an entry: one pure function.

import type { LocalDate } from '../day.ts'
import type { Decimal } from '../decimal.ts'
import type { Rate } from './nouns.ts'

/** What a rate is looked for: the entry with the rates of its own, and those kept on what it belongs to. */
export type Rated = {
  readonly clientId: number | null
  readonly projectId: number | null
  readonly activityId: number | null
  readonly personId: number
  /** The day of the work. */
  readonly on: LocalDate
  readonly own: { readonly hourly: Decimal | null; readonly fixed: Decimal | null }
  readonly activityHourly: Decimal | null
  readonly projectHourly: Decimal | null
  readonly personHourly: Decimal | null
  readonly personCost: Decimal | null
}

/** What counts: per hour, or with `fixed` for the whole entry. `cost` is what it costs the organization, where known. */
export type FoundRate = { readonly amount: Decimal; readonly fixed: boolean; readonly cost: Decimal | null }

// From the most special to the most general; a person's own goes before everybody's.
const levels = ['activityId', 'projectId', 'clientId'] as const

/**
 * The rate of an entry: its own fixed one, its own hourly one, then those of its activity, its project, its client and
 * its person, in this order; of several of the same kind the more special one, then the later one. Undefined: none.
 */
export function rateFor(entry: Rated, rates: readonly Rate[]): FoundRate | undefined {
  const fitting = rates.filter((rate) => fits(rate, entry)).sort(bySpecialty)
  const cost = fitting.find((rate) => rate.costAmount !== null)?.costAmount ?? entry.personCost
  if (entry.own.fixed !== null) return { amount: entry.own.fixed, fixed: true, cost }
  if (entry.own.hourly !== null) return { amount: entry.own.hourly, fixed: false, cost }
  const first = fitting[0]
  const kept = [
    { level: 3, amount: entry.activityHourly },
    { level: 2, amount: entry.projectHourly },
    { level: 0, amount: entry.personHourly },
  ].find(({ amount }) => amount !== null)
  // One that is kept on the thing itself counts like a rate of it for everybody: a table of rates knows better.
  if (first !== undefined && (kept === undefined || levelOf(first) >= kept.level)) {
    return { amount: first.amount, fixed: first.fixed, cost }
  }
  return kept?.amount == null ? undefined : { amount: kept.amount, fixed: false, cost }
}

function fits(rate: Rate, entry: Rated): boolean {
  if (rate.validFrom !== null && rate.validFrom > entry.on) return false
  if (rate.personId !== null && rate.personId !== entry.personId) return false
  return levels.every((level) => rate[level] === null || rate[level] === entry[level])
}

function levelOf(rate: Rate): number {
  const at = levels.findIndex((level) => rate[level] !== null)
  return at < 0 ? 0 : levels.length - at
}

function bySpecialty(a: Rate, b: Rate): number {
  return (
    levelOf(b) - levelOf(a) ||
    Number(b.personId !== null) - Number(a.personId !== null) ||
    countOf(b) - countOf(a) ||
    (b.validFrom ?? '').localeCompare(a.validFrom ?? '') ||
    b.id - a.id
  )
}

function countOf(rate: Rate): number {
  return levels.filter((level) => rate[level] !== null).length
}
