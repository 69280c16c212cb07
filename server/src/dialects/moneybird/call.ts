// One request as the handlers see it, and what they answer.

import type { Actor } from '../../core/actor.ts'
import type { Instant, LocalDate } from '../../core/day.ts'
import type { Core } from '../../core/index.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import type { View } from '../../http/fragments.ts'
import { first, type Pairs } from '../../http/pairs.ts'
import type { Attributes } from './body.ts'
import { type Refusal, Refused, referenceNotFound } from './errors.ts'
import { parseId } from './ids.ts'
import type { Page } from './pages.ts'
import type { WireObject } from './wire.ts'

export type Call = {
  readonly core: Core
  readonly actor: Actor
  /**
   * The same person, unlimited by the token, for the names that stand inside what the token does reach: an entry shows its
   * contact, its user and its project to a token for time entries alone. What the role hides stays hidden.
   */
  readonly names: Actor
  readonly now: Instant
  /** In the administration's zone. */
  readonly today: LocalDate
  /** Parts of the path by name. */
  readonly params: Readonly<Record<string, string>>
  /** Of the path; 0 where it has none, or none that can be read. */
  readonly id: number
  readonly query: Pairs
  readonly body: Attributes
  /** Where the server is for everyone, without a slash at its end. */
  readonly publicUrl: string
  /** The address of another page of this list, as its caller reached it. */
  readonly pageUrl: (page: number) => string
  /** A number that stays the same while nothing happens in the organization, counted once for all pages that tell it. */
  readonly remember: (what: string, count: () => Promise<number>) => Promise<number>
  /** Rendered entries, by what of them shows. */
  readonly entryView: (what: string) => View<TimeEntry>
}

/** One page of a list. The items are JSON texts. */
export type Listed = {
  readonly items: readonly string[]
  readonly page: Page
  readonly total: number
}

/** What a handler answers; the plugin writes it. */
export type Answer =
  | { readonly item: WireObject | string; readonly created?: true }
  | { readonly list: readonly WireObject[] }
  | Listed
  | 'empty'
  | Refusal

export type Handler = (call: Call) => Promise<Answer>

/** A parameter of the query; an empty one counts as not given. */
export function parameter({ query }: Call, name: string): string | undefined {
  return first(query, name) || undefined
}

/** A flag of the query. */
export function flagParameter(call: Call, name: string): boolean {
  const value = parameter(call, name)
  return value === 'true' || value === '1'
}

/** The live entity that a filter or an attribute names, by any reader that throws `not_found`; else a 404 that says so. */
export async function known<T>(
  name: string,
  id: number | undefined,
  read: (id: number) => Promise<T>,
): Promise<T> {
  try {
    return await read(id ?? 0)
  } catch (error) {
    if (error instanceof Error && 'kind' in error && error.kind === 'not_found') {
      throw new Refused(referenceNotFound(name))
    }
    throw error
  }
}

/** The id in a text, as far as it is one; nothing has 0. */
export function idIn(text: string | undefined): number {
  return (text === undefined ? undefined : parseId(text)) ?? 0
}
