// What happened: the append-only log that audit, synchronisation, the change feed and webhooks read.

import type { Door } from './actor.ts'
import type { Instant } from './day.ts'
import type { Noun } from './entity.ts'

/** What a change did to its entity. */
export type EventAction = 'created' | 'updated' | 'deleted' | 'restored' | 'started' | 'stopped'

/** An event before it has its number. `before` and `after` are the whole entity; null where there was or is none. */
export type NewEvent = {
  readonly at: Instant
  /** Null for what the server or the command line does by itself. */
  readonly personId: number | null
  readonly door: Door
  readonly requestId: string
  readonly noun: Noun
  readonly entityId: number
  readonly action: EventAction
  readonly before: object | null
  readonly after: object | null
}

/** An event of the log. `sequence` is gap-free and increasing within its organization. */
export type BookEvent = NewEvent & { readonly organizationId: number; readonly sequence: number }
