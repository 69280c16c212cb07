// Time entries: work with a start, an end and breaks.

import type { Instant, TimeZone } from '../day.ts'
import type { Decimal } from '../decimal.ts'
import type { Owned } from '../entity.ts'

/** Work of one person. While it runs, `endedAt` and `durationSeconds` are null. */
export type TimeEntry = Owned & {
  readonly personId: number
  readonly clientId: number | null
  readonly projectId: number | null
  readonly activityId: number | null
  /** Whole seconds. */
  readonly startedAt: Instant
  /** Whole seconds; not before `startedAt`. */
  readonly endedAt: Instant | null
  /** The zone it was entered in. */
  readonly timeZone: TimeZone
  /** False: only the day and the duration are meant, the time of day is not. */
  readonly timed: boolean
  readonly breakSeconds: number
  /** `endedAt - startedAt - breakSeconds`; null while running. */
  readonly durationSeconds: number | null
  readonly description: string
  readonly billable: boolean
  readonly billed: boolean
  /** The invoice that bills it, and where known the line of it. */
  readonly invoiceId: number | null
  readonly invoiceLineId: number | null
  /** Overrides the rates of activity, project, client and person when set. */
  readonly hourlyRate: Decimal | null
  /** What the entry costs whatever it lasts; goes before every hourly rate. */
  readonly fixedRate: Decimal | null
  /** In the order they were given. */
  readonly tagIds: readonly number[]
}
