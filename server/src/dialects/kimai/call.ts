// One request as the handlers see it.

import type { Actor } from '../../core/actor.ts'
import type { Instant } from '../../core/day.ts'
import type { Expense } from '../../core/expenses/nouns.ts'
import type { Core } from '../../core/index.ts'
import type { View } from '../../http/fragments.ts'
import type { Pairs } from '../../http/pairs.ts'
import type { Given } from './body.ts'
import type { Answer } from './errors.ts'

/** Who asks, and of what. Inside a transaction the actor is another one. */
export type Desk = { readonly core: Core; readonly actor: Actor; readonly now: Instant }

export type Call = Desk & {
  /** First number of the path; 0 where the path has none. */
  readonly id: number
  /** Second number of the path. */
  readonly other: number
  readonly query: Pairs
  readonly body: Given
  /** Rendered expenses. */
  readonly expenseView: View<Expense>
}

export type Handler = (call: Call) => Promise<Answer>

/** Runs the work with a desk whose verbs are one transaction: all of them take effect, or none. */
export function together<T>(desk: Desk, work: (desk: Desk) => Promise<T>): Promise<T> {
  const { core, now } = desk
  return core.together(desk.actor, (actor) => work({ core, now, actor }))
}
