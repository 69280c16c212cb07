// How many a query matches, counted once while nothing in the organization happens: doors that count pages ask with each.

import type { Actor } from './actor.ts'
import type { Reader } from './ports.ts'
import type { ListedNoun, Queries } from './queries.ts'

/** Counts remembered at most; the oldest go first. */
const maxRemembered = 2000

/** Counts what a query matches, pages aside. */
export type Count = <N extends ListedNoun>(actor: Actor, noun: N, query: Queries[N]) => Promise<number>

/**
 * Makes the counting over what reads. A count is never stale: every change makes an event, and a remembered one is found
 * only by an actor who was read at the same last event as the one before. Inside an open change it is always counted.
 */
export function createCounting(readerOf: (actor: Actor) => Reader): Count {
  const remembered = new Map<string, { readonly sequence: number; readonly count: number }>()
  return async (actor, noun, query) => {
    if (actor.change !== undefined) return readerOf(actor).count(noun, query)
    const key = `${noun} ${JSON.stringify(unpaged(query), (_, value) => (typeof value === 'bigint' ? `${value}n` : value))}`
    const known = remembered.get(key)
    if (known?.sequence === actor.sequence) return known.count
    const count = await readerOf(actor).count(noun, query)
    remembered.delete(key)
    remembered.set(key, { sequence: actor.sequence, count })
    for (const oldest of remembered.keys()) {
      if (remembered.size <= maxRemembered) break
      remembered.delete(oldest)
    }
    return count
  }
}

function unpaged(query: object): object {
  const { sort, descending, after, offset, limit, ...asked } = query as Readonly<Record<string, unknown>>
  return asked
}
