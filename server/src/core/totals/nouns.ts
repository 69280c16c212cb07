// What totals are asked for and what they answer.

import type { TimeZone } from '../day.ts'
import type { Currency } from '../money.ts'

/** Periods of the calendar. A week begins on Monday, as in ISO 8601. */
export const periods = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Period = (typeof periods)[number]

const ofBoth = ['client', 'project', 'activity', 'person', 'tag', 'billable', 'billed', ...periods] as const

/** What totals of time can be grouped by. */
export const timeDimensions = ofBoth
export type TimeDimension = (typeof timeDimensions)[number]

/** What totals of expenses can be grouped by. */
export const expenseDimensions = [...ofBoth, 'category', 'currency', 'report'] as const
export type ExpenseDimension = (typeof expenseDimensions)[number]

/** Dimensions of one request at most: more make a list of entries, not totals. */
export const maxDimensions = 3

/** Groups of one answer at most: more are not read by anyone, and make an answer of megabytes. */
export const maxGroups = 10_000

/** Years that a grouping by the calendar reaches over at most: as many as books are kept for. */
export const maxCalendarYears = 10

/**
 * What a group has in common: an id or null (`client`, `project`, `activity`, `person`, `tag`, `category`, `report`),
 * true or false (`billable`, `billed`), a code (`currency`), or the name of a period: `2026-05-20`, `2026-W21`,
 * `2026-05`, `2026-Q2`, `2026`.
 */
export type GroupKey<D extends ExpenseDimension> = { readonly [K in D]?: number | string | boolean | null }

/** Money of one currency in minor units: all of it, and what of it is billable and billed. */
export type MoneyTotal = {
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly billableMinor: bigint
  readonly billedMinor: bigint
}

export type TimeTotal = {
  readonly key: GroupKey<TimeDimension>
  /** Finished entries. */
  readonly count: number
  readonly seconds: number
  /** What of `seconds` is billable, and what is billed. */
  readonly billableSeconds: number
  readonly billedSeconds: number
  /** What the time is worth where its rate is known, by currency; null when the role does not see rates. */
  readonly money: readonly MoneyTotal[] | null
  /** What of `seconds` has no known rate and so is not in `money`; null when the role does not see rates. */
  readonly unpricedSeconds: number | null
}

export type TimeTotals = {
  /** In ascending order of their keys, dimension by dimension; what has none comes last. */
  readonly groups: readonly TimeTotal[]
  /** Every entry once, also when entries with several tags are in several groups. */
  readonly whole: TimeTotal
  /** Entries that still run; they are in no sum. */
  readonly running: number
  /** Where the days begin and end. */
  readonly zone: TimeZone
}

export type ExpenseTotal = {
  readonly key: GroupKey<ExpenseDimension>
  readonly count: number
  /** By currency, as it was spent. */
  readonly money: readonly MoneyTotal[]
  /** In the organization's currency, each expense at its own pinned rate. */
  readonly baseAmountMinor: bigint
}

export type ExpenseTotals = {
  /** In ascending order of their keys, dimension by dimension; what has none comes last. */
  readonly groups: readonly ExpenseTotal[]
  /** Every expense once, also when expenses with several tags are in several groups. */
  readonly whole: ExpenseTotal
}
