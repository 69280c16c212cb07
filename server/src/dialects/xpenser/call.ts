// One request as the handlers see it, and what they answer.

import type { Actor } from '../../core/actor.ts'
import type { Instant } from '../../core/day.ts'
import type { Expense } from '../../core/expenses/nouns.ts'
import type { Core } from '../../core/index.ts'
import type { View } from '../../http/fragments.ts'
import type { FilePart } from '../../http/multipart.ts'
import type { Pairs } from '../../http/pairs.ts'
import type { Refusal } from './errors.ts'
import type { Format } from './wire.ts'

export type Call = {
  readonly core: Core
  readonly actor: Actor
  readonly now: Instant
  /** Of the path; 0 where the path has none. */
  readonly id: number
  readonly query: Pairs
  /** Of the body, in whatever form it came. */
  readonly form: Pairs
  readonly files: readonly FilePart[]
  readonly format: Format
  /** Rendered expenses in this format. */
  readonly expenseView: View<Expense>
}

/** Rendered items, a refusal, or nothing at all. The plugin writes it. */
export type Answer =
  | { readonly item: string }
  | { readonly items: readonly string[] }
  | { readonly pages: AsyncGenerator<readonly string[]> }
  | 'empty'
  | Refusal

export type Handler = (call: Call) => Promise<Answer>
