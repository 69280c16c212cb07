// One request as the handlers see it, and what they answer.

import type { Actor } from '../../core/actor.ts'
import type { Core } from '../../core/index.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import type { View } from '../../http/fragments.ts'
import type { Ids } from './ids.ts'
import type { Query } from './query.ts'

export type Call = {
  readonly core: Core
  readonly actor: Actor
  readonly ids: Ids
  /** The last part of the path as it stands there; empty where the path has none. */
  readonly id: string
  readonly query: Query
  /** The bytes of the body, which only those that need it read. */
  readonly bytes: Uint8Array
  /** Entries as lists show them, rendered for someone who sees the same fields. */
  readonly entryView: View<TimeEntry>
}

/** The text of an answer, with 201 where something was created; or nothing at all. The plugin writes it. */
export type Answer = { readonly text: string; readonly created?: boolean } | 'empty'

export type Handler = (call: Call) => Promise<Answer>
