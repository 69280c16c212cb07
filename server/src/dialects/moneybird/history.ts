// Events as entities show them: what happened, who did it, and what was changed into what.

import type { TimeZone } from '../../core/day.ts'
import type { BookEvent } from '../../core/events.ts'
import type { Note } from '../../core/notes/nouns.ts'
import { presentId, presentInstant, presentLocalInstant, type WireObject, type WireValue } from './wire.ts'

/** Nouns that show their events. */
export type ShownNoun = 'time_entry' | 'client' | 'invoice'

/** What the events of a noun are called there, and the attributes whose changes are told. */
type Words = {
  readonly created: string
  readonly updated: string
  readonly destroyed: string
  /** Our field, and theirs with the way it is spelled. */
  readonly attributes: Readonly<Record<string, readonly [name: string, spelling: Spelling]>>
}
type Spelling = 'text' | 'id' | 'instant' | 'plain'

const words: { readonly [N in ShownNoun]: Words } = {
  time_entry: {
    created: 'time_entry_created',
    updated: 'time_entry_updated',
    destroyed: 'time_entry_destroyed',
    attributes: {
      startedAt: ['started_at', 'instant'],
      endedAt: ['ended_at', 'instant'],
      description: ['description', 'text'],
      breakSeconds: ['paused_duration', 'plain'],
      billable: ['billable', 'plain'],
      clientId: ['contact_id', 'id'],
      projectId: ['project_id', 'id'],
      invoiceId: ['sales_invoice_id', 'id'],
      updatedAt: ['updated_at', 'instant'],
    },
  },
  client: {
    created: 'contact_created',
    updated: 'contact_changed',
    destroyed: 'contact_destroyed',
    attributes: {},
  },
  invoice: {
    created: 'sales_invoice_created',
    updated: 'sales_invoice_updated',
    destroyed: 'sales_invoice_destroyed',
    attributes: {},
  },
}

/**
 * The events of one entity, oldest first, those of its notes among them. What the book notes by itself, such as a new
 * revision for a note, is no event there. What nobody did is told of the person that the entity belongs to.
 */
export function presentHistory(
  noun: ShownNoun,
  events: readonly BookEvent[],
  notes: readonly Note[],
  { organizationId, personId, zone }: { organizationId: number; personId: number; zone: TimeZone },
): WireObject[] {
  const own = events.flatMap((event) => {
    const found = tell(noun, event, zone)
    return found === undefined ? [] : [{ event, at: event.at, by: event.personId ?? personId, ...found }]
  })
  const { updated } = words[noun]
  // One request is one event: what is made, sent or billed is not also changed.
  const named = new Set(own.filter(({ action }) => action !== updated).map(({ event }) => requestOf(event)))
  const told = [
    ...own.filter(({ action, event }) => action !== updated || !named.has(requestOf(event))),
    ...notes.map((note) => ({
      at: note.createdAt,
      by: note.personId,
      action: note.todo ? 'todo_created' : 'note_created',
      link: null,
      data: {},
    })),
  ]
  return told
    .sort((a, b) => a.at - b.at)
    .map(({ at, by, action, link, data }) => ({
      administration_id: presentId(organizationId),
      user_id: presentId(by),
      action,
      link_entity_id: presentId(link),
      link_entity_type: link === null ? null : 'SalesInvoice',
      data,
      created_at: presentInstant(at),
      updated_at: presentInstant(at),
    }))
}

function requestOf({ at, requestId }: BookEvent): string {
  return `${at} ${requestId}`
}

type Told = { readonly action: string; readonly link: number | null; readonly data: WireObject }

function tell(noun: ShownNoun, event: BookEvent, zone: TimeZone): Told | undefined {
  const { created, updated, destroyed } = words[noun]
  const { before, after } = event
  if (before === null) return { action: created, link: null, data: {} }
  if (event.action === 'deleted') return { action: destroyed, link: null, data: {} }
  const [old, present] = [before, after ?? {}] as [Fields, Fields]
  const special = specialAction(noun, old, present)
  if (special !== undefined) return { action: special, link: linkOf(noun, present), data: {} }
  if (!Object.keys(present).some((field) => !kept.has(field) && differs(old[field], present[field])))
    return undefined
  return { action: updated, link: null, data: changes(noun, old, present, zone) }
}

type Fields = Readonly<Record<string, unknown>>

// Fields that every change moves.
const kept: ReadonlySet<string> = new Set(['revision', 'updatedAt'])

function differs(a: unknown, b: unknown): boolean {
  return typeof a === 'object' && typeof b === 'object' ? JSON.stringify(a) !== JSON.stringify(b) : a !== b
}

function specialAction(noun: ShownNoun, old: Fields, present: Fields): string | undefined {
  if (noun === 'time_entry') {
    return old.invoiceId === null && present.invoiceId !== null
      ? 'time_entry_sales_invoice_created'
      : undefined
  }
  if (old.state === present.state) return undefined
  if (noun === 'client') return present.state === 'archived' ? 'contact_archived' : 'contact_activated'
  const states: Readonly<Record<string, string>> = { sent: 'open', viewed: 'open', void: 'uncollectible' }
  return `sales_invoice_state_changed_to_${states[String(present.state)] ?? String(present.state)}`
}

function linkOf(noun: ShownNoun, present: Fields): number | null {
  return noun === 'time_entry' && typeof present.invoiceId === 'number' ? present.invoiceId : null
}

/** What was and what is, of each attribute that has changed. */
function changes(noun: ShownNoun, old: Fields, present: Fields, zone: TimeZone): WireObject {
  const data: Record<string, WireValue> = {}
  for (const [field, [name, spelling]] of Object.entries(words[noun].attributes)) {
    if (!differs(old[field], present[field])) continue
    data[name] = [spell(old[field], spelling, zone), spell(present[field], spelling, zone)]
  }
  return data
}

function spell(value: unknown, spelling: Spelling, zone: TimeZone): WireValue {
  if (value === null || value === undefined) return null
  if (spelling === 'instant') return presentLocalInstant(Number(value), zone)
  if (spelling === 'plain') return value as number | boolean
  return String(value)
}
