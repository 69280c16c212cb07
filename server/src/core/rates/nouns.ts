// Rates: what an hour of work is worth, and what it costs, for whom and since when.

import type { LocalDate } from '../day.ts'
import type { Decimal } from '../decimal.ts'
import type { Owned } from '../entity.ts'

/** A rate for everything that all its references fit; null fits everything. In the client's currency. */
export type Rate = Owned & {
  readonly clientId: number | null
  readonly projectId: number | null
  readonly activityId: number | null
  readonly personId: number | null
  /** Per hour; with `fixed`, per entry. */
  readonly amount: Decimal
  /** What it costs the organization; null: not known. */
  readonly costAmount: Decimal | null
  readonly fixed: boolean
  /** The first day it counts on; null: since ever. */
  readonly validFrom: LocalDate | null
}
