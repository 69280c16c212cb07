// The one write path: a transaction that keeps state, revisions and events in step.

import type { Actor } from './actor.ts'
import type { Instant } from './day.ts'
import type { Entities, Kept, Noun, Owned } from './entity.ts'
import { DomainError, notFound } from './errors.ts'
import type { EventAction, NewEvent } from './events.ts'
import type { Clock, PinnedId, Store, Transaction } from './ports.ts'

/** The fields of an entity that its creator decides. */
export type Fresh<N extends Noun> = Omit<Entities[N], keyof Owned> & {
  readonly [K in keyof Entities[N] & 'organizationId']: number
}

/** An open write. Everything a verb does to the book goes through these few functions. */
export type Change = {
  readonly tx: Transaction
  /** The one instant of the whole change. */
  readonly at: Instant
  /** Keeps a new entity and says that it was created, or started. */
  add<N extends Noun>(noun: N, fields: Fresh<N>, action?: EventAction): Promise<Entities[N]>
  /** Keeps changed fields under the next revision. Without a difference nothing happens and nothing is said. */
  alter<N extends Noun>(
    noun: N,
    before: Entities[N],
    fields: Partial<Fresh<N>>,
    action?: EventAction,
  ): Promise<Entities[N]>
  /** Leaves a tombstone. Removing it again changes nothing. */
  remove<N extends Noun>(noun: N, before: Entities[N]): Promise<void>
  /** Brings a tombstone back. */
  restore<N extends Noun>(noun: N, before: Entities[N]): Promise<Entities[N]>
  /**
   * The next revision of an entity whose parts changed, such as an expense that got a receipt. One that this change has
   * made or changed already has a revision that nobody has seen: it stays.
   */
  touch<N extends Noun>(noun: N, before: Entities[N]): Promise<Entities[N]>
  /** The live entity, or `not_found`. */
  read<N extends Noun>(noun: N, id: number): Promise<Entities[N]>
  /**
   * Reads something of that noun once in this change, which in a bulk write is asked for a thousand times. What the change
   * itself does to the noun makes it read anew.
   */
  remember<T>(noun: Noun, key: string, read: () => Promise<T>): Promise<T>
}

/** Who is named in the events of a change. */
export type Author = Pick<Actor, 'door' | 'requestId'> & {
  readonly personId: number | null
  readonly organizationId: number
}

/** Opens a change for the author, or joins the one the actor is already in. */
export type Write = <T>(
  author: Author & { change?: Change },
  work: (change: Change) => Promise<T>,
) => Promise<T>

// Things that other entities show by name. A change to one of them may make rendered fragments stale.
const referenced: ReadonlySet<Noun> = new Set<Noun>([
  'organization',
  'person',
  'client',
  'project',
  'activity',
  'category',
  'tag',
  'contact',
  'task_list',
  'team',
  'invoice',
  'membership',
])

/** Makes the write path over a store and a clock. `tell` is called after each commit that has made events. */
export function createWrite(
  store: Store,
  clock: Clock,
  pinnedId?: PinnedId,
  tell?: (organizationId: number) => void,
): Write {
  return async (author, work) => {
    if (author.change !== undefined) return work(author.change)
    let said = false
    const answer = await store.write(author.organizationId, async (tx) => {
      const events: NewEvent[] = []
      const touched = new Set<'references' | 'categories'>()
      const result = await work(open(tx, clock(), author, events, touched, pinnedId))
      for (const what of touched) await tx.touch(author.organizationId, what)
      await touchElsewhere(tx, author.organizationId, events)
      if (events.length > 0) await tx.append(author.organizationId, events)
      said = events.length > 0
      return result
    })
    if (said) tell?.(author.organizationId)
    return answer
  }
}

/** A person who changes is shown by name in every organization they belong to, whichever of them it happened in. */
async function touchElsewhere(tx: Transaction, here: number, events: readonly NewEvent[]): Promise<void> {
  const people = events.filter(({ noun, before }) => noun === 'person' && before !== null)
  for (const personId of new Set(people.map(({ entityId }) => entityId))) {
    for (const { organization } of await tx.people.places(personId)) {
      if (organization.id !== here) await tx.touch(organization.id, 'references')
    }
  }
}

function open(
  tx: Transaction,
  at: Instant,
  author: Author,
  events: NewEvent[],
  touched: Set<'references' | 'categories'>,
  pinnedId: PinnedId | undefined,
): Change {
  const { organizationId, personId, door, requestId } = author
  const moved = new Set<string>()
  const remembered = new Map<Noun, Map<string, unknown>>()

  function say<N extends Noun>(
    noun: N,
    action: EventAction,
    before: Entities[N] | null,
    after: Entities[N] | null,
  ): void {
    const entityId = (after ?? before)?.id ?? 0
    events.push({ at, personId, door, requestId, noun, entityId, action, before, after })
    moved.add(`${noun} ${entityId}`)
    remembered.delete(noun)
    if (before !== null && referenced.has(noun)) touched.add('references')
    if (noun === 'category') touched.add('categories')
    // A new one shows values that were kept before under its name.
    if (noun === 'custom_field') touched.add('references')
  }

  async function replace<N extends Noun>(
    noun: N,
    before: Entities[N],
    fields: Partial<Entities[N]>,
    action: EventAction,
  ): Promise<Entities[N]> {
    // A clock set back must not make `updatedAt` run backwards: synchronising readers would miss the change.
    const kept = { revision: before.revision + 1, updatedAt: Math.max(at, before.updatedAt) }
    const after: Entities[N] = { ...before, ...fields, ...kept }
    if (!(await tx.update(noun, after))) {
      throw new DomainError('conflict', 'revision_changed', 'It was changed by someone else meanwhile.')
    }
    say(noun, action, before, after)
    return after
  }

  async function newId(noun: Noun): Promise<number> {
    // A new organization is its own owner: its number was taken before its transaction could be opened.
    if (noun === 'organization') return organizationId
    const pinned = pinnedId?.(noun)
    if (pinned === undefined) return tx.nextId(noun)
    await tx.reserveId(noun, pinned)
    return pinned
  }

  return {
    tx,
    at,
    async add(noun, fields, action = 'created') {
      const id = await newId(noun)
      const kept: Kept = { id, revision: 1, createdAt: at, updatedAt: at, deletedAt: null }
      const entity = { ...fields, ...kept } as unknown as Entities[typeof noun]
      await tx.insert(noun, entity)
      say(noun, action, null, entity)
      return entity
    },
    async alter(noun, before, fields, action = 'updated') {
      const given = Object.entries(fields).filter(([, value]) => value !== undefined)
      if (given.every(([name, value]) => same(before[name as keyof typeof before], value))) return before
      return replace(noun, before, Object.fromEntries(given) as Partial<typeof before>, action)
    },
    async remove(noun, before) {
      if (before.deletedAt !== null) return
      const tombstone: Partial<Kept> = { deletedAt: at }
      await replace(noun, before, tombstone as Partial<typeof before>, 'deleted')
    },
    restore(noun, before) {
      const alive: Partial<Kept> = { deletedAt: null }
      return replace(noun, before, alive as Partial<typeof before>, 'restored')
    },
    async touch(noun, before) {
      return moved.has(`${noun} ${before.id}`) ? before : replace(noun, before, {}, 'updated')
    },
    async read(noun, id) {
      const [entity] = await tx.byId(noun, organizationId, [id])
      if (entity === undefined || entity.deletedAt !== null) throw notFound(noun.replace('_', ' '))
      return entity
    },
    async remember<T>(noun: Noun, key: string, read: () => Promise<T>): Promise<T> {
      const known = remembered.get(noun)
      if (known?.has(key)) return known.get(key) as T
      const found = await read()
      // Reading may have made something of the noun, and forgotten what was known of it.
      const kept = remembered.get(noun) ?? new Map<string, unknown>()
      remembered.set(noun, kept.set(key, found))
      return found
    },
  }
}

function same(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b
  return a.length === b.length && a.every((item, i) => item === b[i] || sameText(item, b[i]))
}

// Items of lists are ids, texts, or objects of these, made in one place with their fields in one order.
function sameText(a: unknown, b: unknown): boolean {
  return typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b)
}
