// The change feed: what happened since a number of the organization's log, and being told when something happens.

import { may, type Permission, reach, require as requirePermission } from './access.ts'
import type { Actor } from './actor.ts'
import type { Context } from './context.ts'
import type { Noun } from './entity.ts'
import type { BookEvent } from './events.ts'
import { maxPageSize } from './page.ts'
import { readPermissions } from './reading.ts'
import { seenEvent } from './seen.ts'

/** A part of the log, as its reader may see it. */
export type ChangePage = {
  readonly events: readonly BookEvent[]
  /** Where to go on: the number of the last event looked at, those that are hidden from the reader included. */
  readonly last: number
  /** Whether the log may go on behind it. */
  readonly more: boolean
}

/** Who is told that an organization has new events. */
export type Notices = {
  /** Something of the organization has been committed by this process. */
  readonly tell: (organizationId: number) => void
  /** Calls the listener after every commit; answers how to end that. */
  readonly watch: (organizationId: number, listener: () => void) => () => void
}

/** Makes the notices of a process. They carry no content: whoever is told reads the log with rights of their own. */
export function createNotices(): Notices {
  const listeners = new Map<number, Set<() => void>>()
  return {
    tell(organizationId) {
      for (const listener of [...(listeners.get(organizationId) ?? [])]) listener()
    },
    watch(organizationId, listener) {
      const known = listeners.get(organizationId) ?? new Set()
      listeners.set(organizationId, known)
      known.add(listener)
      return () => {
        known.delete(listener)
        if (known.size === 0 && listeners.get(organizationId) === known) listeners.delete(organizationId)
      }
    },
  }
}

export type Changes = ReturnType<typeof createChanges>

/** Verbs on the change feed. Reading it is for those who may read the log. */
export function createChanges(context: Context, notices: Notices) {
  return {
    /** The events above a sequence number, ascending, at most `limit` of them looked at. Tombstones are events too. */
    async since(actor: Actor, after: number, limit: number): Promise<ChangePage> {
      requirePermission(actor, 'events.read')
      const size = Math.min(limit, maxPageSize)
      const events = await context.store.events(actor.organizationId, after, size)
      return {
        events: events.filter((event) => mayKnow(actor, event)).map((event) => asSeen(actor, event)),
        last: events.at(-1)?.sequence ?? after,
        more: events.length === size,
      }
    },

    /** Calls the listener when this process has committed events of the actor's organization; answers how to end it. */
    watch(actor: Actor, listener: () => void): () => void {
      requirePermission(actor, 'events.read')
      return notices.watch(actor.organizationId, listener)
    },
  }
}

// Somebody's tokens, sessions and subscriptions are theirs, and their owner's and admins'.
const personal: { readonly [N in Noun]?: Permission } = {
  credential: 'credential.read',
  webhook: 'webhook.read',
}

/** What seeing the entity itself takes, for nouns that are not read by themselves. */
const others: { readonly [N in Noun]?: Permission } = {
  ...personal,
  organization: 'organization.read',
  application: 'application.read',
  person: 'people.read',
  membership: 'people.read',
  receipt: 'expense.read',
  invoice_line: 'invoice.read',
}

function mayKnow(actor: Actor, { noun, before, after }: BookEvent): boolean {
  const permission = personal[noun]
  if (permission === undefined) return true
  const { personId } = (after ?? before ?? {}) as { personId?: number }
  return personId !== undefined && may(actor, permission, personId)
}

/** With the entities, as far as this actor may read them; without that right it tells that something happened only. */
function asSeen(actor: Actor, event: BookEvent): BookEvent {
  const { noun, before, after } = event
  const permission = permissionFor(noun, after ?? before)
  if (permission === undefined || reach(actor, permission) === undefined) {
    return { ...event, before: null, after: null }
  }
  return seenEvent(actor, event)
}

/** Notes and properties follow what they hang on. */
function permissionFor(noun: Noun, entity: object | null): Permission | undefined {
  const { subjectNoun } = (entity ?? {}) as { subjectNoun?: Noun }
  const asked = noun === 'note' || noun === 'property' ? subjectNoun : noun
  if (asked === undefined) return undefined
  return (readPermissions as { readonly [N in Noun]?: Permission })[asked] ?? others[asked]
}
