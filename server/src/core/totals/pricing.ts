// What a sum of time is worth. Which rate applies is decided here, outside of the store and one time for all totals.

import { type Decimal, divide, scaleOf, unitsOf } from '../decimal.ts'
import { type Currency, exponentOf } from '../money.ts'
import type { Organization } from '../people/nouns.ts'
import type { SumField, SumKey } from '../ports.ts'

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

/** The rate that an entry has of its own, in the organization's currency. */
export function ownRates({ currency }: Pick<Organization, 'currency'>): Pricing {
  return {
    apart: ['hourlyRate'],
    rateOf(valueIn) {
      const perHour = valueIn('hourlyRate')
      return typeof perHour === 'string' ? { perHour: perHour as Decimal, currency } : null
    },
  }
}

/** Whole seconds at a rate, in minor units, rounded once, half away from zero. */
export function worth(seconds: bigint, { perHour, currency }: Rate): bigint {
  const scale = scaleOf(perHour)
  const units = unitsOf(perHour, scale) * seconds * 10n ** BigInt(exponentOf(currency))
  return divide(units, 3600n * 10n ** BigInt(scale), 'half-away-from-zero')
}
