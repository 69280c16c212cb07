// Reading any noun that can be listed, the same way for all: pages, stamps, single entities. Doors of our own making use
// it; the permission of each noun is in one table.

import { type Permission, type Reach, require as requirePermission, visible } from './access.ts'
import type { Actor, Door } from './actor.ts'
import { type Context, limitTo, listAll, reader, readOwn } from './context.ts'
import { type LocalDateTime, localSeconds } from './day.ts'
import type { Entities, Stamp } from './entity.ts'
import { invalid, notFound } from './errors.ts'
import type { Receipt } from './expenses/nouns.ts'
import { type Cursor, maxIds } from './page.ts'
import type { Person } from './people/nouns.ts'
import type { ListedNoun, Queries } from './queries.ts'
import { checkSearch, fold } from './text.ts'

/** What reading each noun needs. Those that belong to a person are limited to one's own where the role says so. */
export const readPermissions = {
  client: 'catalogue.read',
  contact: 'catalogue.read',
  project: 'catalogue.read',
  task_list: 'catalogue.read',
  activity: 'catalogue.read',
  category: 'catalogue.read',
  tag: 'catalogue.read',
  team: 'catalogue.read',
  tax_rate: 'catalogue.read',
  product: 'catalogue.read',
  ledger_account: 'catalogue.read',
  custom_field: 'catalogue.read',
  rate: 'rates.read',
  expense: 'expense.read',
  expense_report: 'expense.read',
  time_entry: 'time.read',
  invoice: 'invoice.read',
  payment: 'invoice.read',
  recurring_invoice: 'invoice.read',
  webhook: 'webhook.read',
} as const satisfies { readonly [N in ListedNoun]?: Permission }

/** Nouns that can be read by themselves. What hangs on others, such as notes, is read through those. */
export type ReadableNoun = keyof typeof readPermissions & ListedNoun

/** A query without the organization, which the verb adds. */
export type ReadingQuery<N extends ReadableNoun> = Omit<Queries[N], 'organizationId'>

export type Reading = ReturnType<typeof createReading>

/** Makes the verbs of reading. */
export function createReading(context: Context) {
  function scoped<N extends ReadableNoun>(actor: Actor, noun: N, query: ReadingQuery<N>): Queries[N] {
    const { personId: asked, text } = query as { personId?: number; text?: string }
    const personId = limitTo(actor, readPermissions[noun], asked)
    checkSearch('text', text)
    const { organizationId, door } = actor
    const limited = {
      ...query,
      organizationId,
      ...(personId === undefined ? {} : { personId }),
      // Subscriptions speak the words of the door they were made through, and show there only.
      ...(noun === 'webhook' ? { door } : {}),
    }
    return limited as unknown as Queries[N]
  }

  return {
    /** How far the actor reads this noun. Throws `forbidden` when not at all. */
    check(actor: Actor, noun: ReadableNoun): Reach {
      return requirePermission(actor, readPermissions[noun])
    },

    /** One page of stamps. What the actor may not read is left out. */
    async stamps<N extends ReadableNoun>(actor: Actor, noun: N, query: ReadingQuery<N>): Promise<Stamp[]> {
      return reader(context, actor).stamps(noun, scoped(actor, noun, query))
    },

    /** One page of entities. What the actor may not read is left out. */
    async list<N extends ReadableNoun>(
      actor: Actor,
      noun: N,
      query: ReadingQuery<N>,
    ): Promise<Entities[N][]> {
      const entities = await reader(context, actor).list(noun, scoped(actor, noun, query))
      return entities.map((entity) => visible(actor, noun, entity))
    },

    /** How many the query matches, pages aside. */
    async count<N extends ReadableNoun>(actor: Actor, noun: N, query: ReadingQuery<N>): Promise<number> {
      return context.count(actor, noun, scoped(actor, noun, query))
    },

    /** The entities of these ids that the actor may read, tombstones included, in no particular order. */
    async byIds<N extends ReadableNoun>(
      actor: Actor,
      noun: N,
      ids: readonly number[],
    ): Promise<Entities[N][]> {
      if (ids.length > maxIds) throw invalid('ids', 'too_many', `At most ${maxIds} ids.`)
      const far = requirePermission(actor, readPermissions[noun])
      if (ids.length === 0) return []
      const found = await reader(context, actor).byId(noun, actor.organizationId, ids)
      return found
        .filter((entity) => far === 'all' || (entity as { personId?: number }).personId === actor.personId)
        .filter((entity) => noun !== 'webhook' || (entity as { door?: Door }).door === actor.door)
        .map((entity) => visible(actor, noun, entity))
    },

    /**
     * What entities that were just answered refer to, for the names and currencies they are shown with. This needs no
     * permission of its own: whoever sees an expense sees the names of its tags.
     */
    async named<N extends 'tag' | 'client' | 'project'>(
      actor: Actor,
      noun: N,
      ids: readonly number[],
    ): Promise<Entities[N][]> {
      if (ids.length === 0) return []
      return reader(context, actor).byId(noun, actor.organizationId, ids)
    },

    /** Throws `forbidden` for those who may know nobody. */
    checkPeople(actor: Actor): Reach {
      return requirePermission(actor, 'people.read')
    },

    /** The people that entities just answered belong to; those that the actor may not know are left out. */
    async peopleOf(actor: Actor, ids: readonly number[]): Promise<Person[]> {
      const far = requirePermission(actor, 'people.read')
      const wanted = far === 'all' ? ids : ids.filter((id) => id === actor.personId)
      if (wanted.length === 0) return []
      return reader(context, actor).byId('person', actor.organizationId, wanted)
    },

    /** The receipts behind expenses that were just answered, oldest first. */
    async receiptsOf(actor: Actor, expenseIds: readonly number[]): Promise<Receipt[]> {
      if (expenseIds.length === 0) return []
      return listAll(reader(context, actor), 'receipt', {
        organizationId: actor.organizationId,
        expenseIds,
      })
    },

    /** One entity, or `not_found`; with `deleted`, a tombstone too. */
    async read<N extends ReadableNoun>(
      actor: Actor,
      noun: N,
      id: number,
      deleted = false,
    ): Promise<Entities[N]> {
      const entity = await readOwn(reader(context, actor), actor, readPermissions[noun], noun, id, deleted)
      if (noun === 'webhook' && (entity as { door?: Door }).door !== actor.door) throw notFound('webhook')
      return visible(actor, noun, entity)
    },
  }
}

/** Where the next page starts: behind this entity in that order. Names sort as they are compared. */
export function cursorBehind(entity: Stamp, sort: string | undefined): Cursor {
  const value = (entity as unknown as Readonly<Record<string, unknown>>)[sort ?? 'id']
  const { id } = entity
  if (sort === 'name') return { id, value: fold(String(value)) }
  if (typeof value === 'string') return { id, value: localSeconds(value as LocalDateTime) }
  return { id, value: Number(value) }
}
