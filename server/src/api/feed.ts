// Events as this door tells them: what happened to which entity, as it is shown elsewhere, and what was before.

import type { Actor } from '../core/actor.ts'
import type { Entities, Kept, Noun } from '../core/entity.ts'
import type { BookEvent } from '../core/events.ts'
import type { Receipt } from '../core/expenses/nouns.ts'
import type { Core } from '../core/index.ts'
import type { Note, Property } from '../core/notes/nouns.ts'
import type { Look } from './look.ts'
import { presentApplication } from './operations/applications.ts'
import { presentNote, presentProperty } from './operations/notes.ts'
import { organization } from './operations/people.ts'
import { presentReceipt } from './operations/receipts.ts'
import type { Resource } from './resource.ts'
import { resources } from './resources/index.ts'
import { presentInstant } from './wire.ts'

const byNoun = new Map<Noun, Resource>(resources.map((each) => [each.noun, each]))

type Show = (entity: never, look: Look) => object

/** Nouns that are no resources, as far as they are shown. */
const others: { readonly [N in Noun]?: Show } = {
  note: (note: Note) => presentNote(note),
  property: (property: Property) => ({ ...presentProperty(property), id: property.id }),
  receipt: (receipt: Receipt) => presentReceipt(receipt),
  organization: (found: Entities['organization'], look) => organization.present(found, look),
  person: ({ id, name, email }: Entities['person']) => ({ object: 'person', id, name, email }),
  membership: ({ id, personId, role }: Entities['membership']) => ({
    object: 'membership',
    id,
    person_id: personId,
    role,
  }),
  credential: ({ id, personId, kind, name }: Entities['credential']) => ({
    object: kind === 'application' ? 'consent' : kind,
    id,
    person_id: personId,
    name,
  }),
  application: (found: Entities['application']) => presentApplication(found),
  invoice_line: ({ id, invoiceId }: Entities['invoice_line']) => ({
    object: 'invoice_line',
    id,
    invoice_id: invoiceId,
  }),
}

/** Events as they are sent, in their order. */
export async function presentEvents(
  core: Core,
  actor: Actor,
  events: readonly BookEvent[],
): Promise<object[]> {
  const looks = new Map<Noun, Look>()
  for (const noun of new Set(events.map((event) => event.noun))) {
    looks.set(noun, { actor, related: await relatedTo(core, actor, noun, events) })
  }
  return events.map((event) => {
    const look = looks.get(event.noun) ?? { actor, related: {} }
    const after = shownAs(event.noun, event.after, look)
    const before = shownAs(event.noun, event.before, look)
    return {
      object: 'change',
      sequence: event.sequence,
      type: `${event.noun}.${event.action}`,
      noun: event.noun,
      id: event.entityId,
      action: event.action,
      at: presentInstant(event.at),
      person_id: event.personId,
      door: event.door,
      request_id: event.requestId,
      data: after,
      previous: before === null || after === null ? null : differing(before, after),
    }
  })
}

async function relatedTo(core: Core, actor: Actor, noun: Noun, events: readonly BookEvent[]) {
  const entities = events.flatMap((event) => (event.noun === noun ? [event.before, event.after] : []))
  const known = entities.filter((entity) => entity !== null) as unknown as Kept[]
  return known.length === 0 ? {} : ((await byNoun.get(noun)?.load?.(core, actor, known)) ?? {})
}

function shownAs(noun: Noun, entity: object | null, look: Look): Record<string, unknown> | null {
  if (entity === null) return null
  const own = byNoun.get(noun)
  if (own !== undefined) return own.present(entity as Kept, look)
  return (others[noun]?.(entity as never, look) ?? { object: noun }) as Record<string, unknown>
}

/** The earlier values of what differs. */
function differing(before: Record<string, unknown>, after: Record<string, unknown>): object {
  return Object.fromEntries(
    Object.entries(before).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(after[name])),
  )
}
