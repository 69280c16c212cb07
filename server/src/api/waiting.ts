// Requests that wait for something to happen in an organization: told by this process at once, and asking the log
// themselves every second for what other processes have done.

import type { Actor } from '../core/actor.ts'
import type { Core } from '../core/index.ts'
import { Refusal } from './problem.ts'

/** How often a waiting request looks for changes of other processes. */
export const lookEveryMs = 1000

/** Requests that may wait at the same time: each holds a connection. */
const maxWaiting = 1000

/** One request's place among those that wait. */
export type Place = {
  /** Resolves when something may have happened, or it is time to look, or all is over. */
  readonly next: () => Promise<void>
  /** True when the client has gone, the server stops, or the time is up. */
  readonly isOver: () => boolean
  /** Gives the place up. */
  readonly leave: () => void
}

export type Waiting = {
  /** Takes a place. Without `limitMs` it lasts as long as the connection. Throws a 503 when all are taken. */
  readonly enter: (
    core: Core,
    actor: Actor,
    onClose: (listener: () => void) => void,
    limitMs?: number,
  ) => Place
  /** Ends all waiting, for a server that stops. */
  readonly endAll: () => void
}

/** Makes the waiting room of a server. */
export function createWaiting(): Waiting {
  const ends = new Set<() => void>()
  return {
    enter(core, actor, onClose, limitMs) {
      if (ends.size >= maxWaiting) {
        const headers = { 'retry-after': '5' }
        throw new Refusal(503, 'too_many_waiting', 'Too many requests are waiting.', { headers })
      }
      let over = false
      let happened = false
      let wake = () => {}
      const notice = () => {
        happened = true
        wake()
      }
      const end = () => {
        over = true
        wake()
      }
      const forget = core.changes.watch(actor, notice)
      const look = setInterval(notice, lookEveryMs)
      const limit = limitMs === undefined ? undefined : setTimeout(end, limitMs)
      ends.add(end)
      onClose(end)
      return {
        async next() {
          if (!over && !happened) {
            const { promise, resolve } = Promise.withResolvers<void>()
            wake = resolve
            await promise
          }
          happened = false
        },
        isOver: () => over,
        leave() {
          forget()
          clearInterval(look)
          clearTimeout(limit)
          ends.delete(end)
        },
      }
    },
    endAll() {
      for (const end of ends) end()
    },
  }
}
