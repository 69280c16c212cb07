// One request as the handlers see it, and what they answer.

import type { Actor } from '../../core/actor.ts'
import type { Instant } from '../../core/day.ts'
import type { KeptFile } from '../../core/expenses/receipts.ts'
import type { Core } from '../../core/index.ts'
import type { FilePart } from '../../http/multipart.ts'
import type { Pairs } from '../../http/pairs.ts'
import type { Format, WireObject } from './wire.ts'

export type Call = {
  readonly core: Core
  readonly actor: Actor
  readonly now: Instant
  /** Address of the door, without a slash at the end. */
  readonly door: string
  readonly query: Pairs
  readonly format: Format
  readonly files: readonly FilePart[]
  /** What became of the file that came along. */
  readonly kept: KeptFile | undefined
  /** From where it comes. */
  readonly address: string
  /** The session it is made in, if any. */
  readonly session: string | undefined
}

/** An answer before it is spelled; the plugin writes it. With a `location` something was created, at that id. */
export type Answer =
  | { readonly whole: WireObject }
  | { readonly resource: string; readonly items: readonly string[]; readonly location?: string }
  | { readonly resource: string; readonly pages: AsyncGenerator<readonly string[]> }
