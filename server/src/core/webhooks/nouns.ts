// Webhooks: who wants to be told about events, and where.

import type { Door } from '../actor.ts'
import type { Owned } from '../entity.ts'

/** One subscription. Its secret is kept beside it and never shown again. */
export type Webhook = Owned & {
  /** Whose rights decide what it tells. */
  readonly personId: number
  /** Whose words it speaks. */
  readonly door: Door
  readonly url: string
  /** Names of events as that door spells them; none: whatever that door takes it for. */
  readonly events: readonly string[]
  /** A condition in that door's words, or empty. */
  readonly filter: string
  /** Tells receivers which subscription a message belongs to. */
  readonly token: string
  readonly state: 'active' | 'paused'
  /** What the target answered last; null before the first delivery. */
  readonly lastStatus: number | null
  /** Number of the last event it was told, or stood at when it began. */
  readonly lastSequence: number
}
