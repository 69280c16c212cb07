// Events of the log as an actor may see them.

import { visible } from './access.ts'
import type { Actor } from './actor.ts'
import type { Entities, Noun } from './entity.ts'
import type { BookEvent } from './events.ts'

/** The event with its entities as they are typed, amounts as integers, and without the fields that the role does not see. */
export function seenEvent(actor: Actor, event: BookEvent): BookEvent {
  const { noun, before, after } = event
  return {
    ...event,
    before: before && visible(actor, noun, revived(before)),
    after: after && visible(actor, noun, revived(after)),
  }
}

// The log holds amounts as plain numbers, which JSON carries exactly.
function revived<N extends Noun>(kept: object): Entities[N] {
  const entity: Record<string, unknown> = { ...kept }
  for (const [field, value] of Object.entries(entity)) {
    if (field.endsWith('Minor') && typeof value === 'number') entity[field] = BigInt(value)
  }
  return entity as unknown as Entities[N]
}
