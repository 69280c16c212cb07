// What happened to single entities, for doors that show it beside them.

import type { Actor } from './actor.ts'
import { type Context, reader } from './context.ts'
import { invalid } from './errors.ts'
import type { BookEvent } from './events.ts'
import type { SubjectNoun } from './notes/nouns.ts'
import { readableSubjects } from './notes/verbs.ts'
import { maxIds } from './page.ts'
import { seenEvent } from './seen.ts'

/** Events of one entity that are answered at most: its newest ones. */
export const maxHistory = 100

/** Makes the verb that reads the history of entities. */
export function createHistory(context: Context) {
  /**
   * The events of these entities, by id, each list in the order in which they happened; at most the newest `maxHistory` of
   * each. Whoever may read an entity may read its history, with the same fields hidden. Entities that the actor may not
   * read, and those without events, are absent.
   */
  return async function history<N extends SubjectNoun>(
    actor: Actor,
    noun: N,
    ids: readonly number[],
  ): Promise<ReadonlyMap<number, readonly BookEvent[]>> {
    if (ids.length > maxIds) throw invalid('ids', 'too_many', `At most ${maxIds} ids.`)
    const from = reader(context, actor)
    const readable = (await readableSubjects(from, actor, noun, ids)).map(({ id }) => id)
    const found = new Map<number, BookEvent[]>()
    for (const event of await from.eventsOf(actor.organizationId, noun, readable, maxHistory)) {
      const known = found.get(event.entityId)
      const seen = seenEvent(actor, event)
      if (known === undefined) found.set(event.entityId, [seen])
      else known.push(seen)
    }
    return found
  }
}
