// Verbs on clients, projects, activities and everything else of the catalogue: one set for all nouns.

import { hiddenFields, require as requirePermission, visible } from '../access.ts'
import type { Actor } from '../actor.ts'
import {
  type Context,
  checkReference,
  listAll,
  reader,
  readOwn,
  readToChange,
  type Unpaged,
} from '../context.ts'
import type { Entities } from '../entity.ts'
import { forbidden, invalid } from '../errors.ts'
import { maxIds } from '../page.ts'
import type { Queries } from '../queries.ts'
import { checkSearch, fold, name } from '../text.ts'
import { checkWhere, type Where, type WhereNoun } from '../where.ts'
import type { Change, Fresh } from '../writing.ts'
import { type CatalogueInput, type CatalogueNoun, defaults, type Fields, maxNames } from './defaults.ts'
import { maxTags } from './nouns.ts'
import { checkFields } from './rules.ts'

export type { CatalogueInput } from './defaults.ts'

const permissions = { read: 'catalogue.read', write: 'catalogue.write' } as const

export type Catalogue = ReturnType<typeof createCatalogue>

/** The verbs of each noun of the catalogue. Reading is for every role; changing for managers and above. */
export function createCatalogue(context: Context) {
  return {
    clients: createNoun(context, 'client'),
    contacts: createNoun(context, 'contact'),
    projects: createNoun(context, 'project'),
    taskLists: createNoun(context, 'task_list'),
    activities: createNoun(context, 'activity'),
    categories: createNoun(context, 'category'),
    tags: createNoun(context, 'tag'),
    taxRates: createNoun(context, 'tax_rate'),
    products: createNoun(context, 'product'),
    ledgerAccounts: createNoun(context, 'ledger_account'),
    teams: createNoun(context, 'team'),
    customFields: createNoun(context, 'custom_field'),
  }
}

function createNoun<N extends CatalogueNoun>(context: Context, noun: N) {
  type Entity = Entities[N]
  const { write } = context

  return {
    add(actor: Actor, input: CatalogueInput<N>): Promise<Entity> {
      requirePermission(actor, 'catalogue.write')
      return write(actor, async (change) =>
        visible(actor, noun, await addWithin(change, actor.organizationId, noun, input)),
      )
    },

    update(actor: Actor, id: number, input: Partial<CatalogueInput<N>>): Promise<Entity> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, noun, id)
        const fields = await checkFields(change, actor.organizationId, noun, kept(actor, noun, input), before)
        return visible(actor, noun, await change.alter(noun, before, fields as Partial<Fresh<N>>))
      })
    },

    remove(actor: Actor, id: number): Promise<void> {
      return write(actor, async (change) => {
        await change.remove(noun, await readToChange(change, actor, permissions, noun, id, true))
      })
    },

    restore(actor: Actor, id: number): Promise<Entity> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, noun, id, true)
        if (before.deletedAt === null) return visible(actor, noun, before)
        await checkFields(change, actor.organizationId, noun, unique(before), before)
        return visible(actor, noun, await change.restore(noun, before))
      })
    },

    /** One live entity; `deleted` answers tombstones too. */
    async read(actor: Actor, id: number, deleted = false): Promise<Entity> {
      const from = reader(context, actor)
      return visible(actor, noun, await readOwn(from, actor, 'catalogue.read', noun, id, deleted))
    },

    /** The entities of these ids, tombstones included: entries show what is gone by its name. */
    async byIds(actor: Actor, ids: readonly number[]): Promise<Entity[]> {
      requirePermission(actor, 'catalogue.read')
      if (ids.length > maxIds) throw invalid('ids', 'too_many', `At most ${maxIds} ids.`)
      const found = await reader(context, actor).byId(noun, actor.organizationId, ids)
      return found.map((entity) => visible(actor, noun, entity))
    },

    /** One page of matching entities. */
    async page(actor: Actor, query: Omit<Queries[N], 'organizationId'>): Promise<Entity[]> {
      const scoped = scope(actor, noun, query)
      const entities = await reader(context, actor).list(noun, scoped)
      return entities.map((entity) => visible(actor, noun, entity))
    },

    async count(actor: Actor, query: Omit<Queries[N], 'organizationId'>): Promise<number> {
      const scoped = scope(actor, noun, query)
      return context.count(actor, noun, scoped)
    },

    /** All matching entities by id. */
    async list(actor: Actor, query: Unpaged<N>): Promise<Entity[]> {
      const scoped = scope(actor, noun, query)
      const entities = await listAll(reader(context, actor), noun, scoped)
      return entities.map((entity) => visible(actor, noun, entity))
    },
  }
}

/** The query in the actor's organization, checked. */
function scope<N extends CatalogueNoun>(actor: Actor, noun: N, query: object): Queries[N] {
  requirePermission(actor, 'catalogue.read')
  const { where, text } = query as { readonly where?: Where; readonly text?: string }
  checkSearch('text', text)
  if (where !== undefined) checkWhere('where', noun as WhereNoun, where)
  return { ...query, organizationId: actor.organizationId } as unknown as Queries[N]
}

/** Keeps a new entity of the catalogue inside an open change. The caller has checked the permission. */
export async function addWithin<N extends CatalogueNoun>(
  change: Change,
  organizationId: number,
  noun: N,
  input: CatalogueInput<N>,
): Promise<Entities[N]> {
  const fields = await checkFields(change, organizationId, noun, input as Partial<Fields<N>>, undefined)
  return change.add(noun, { organizationId, ...defaults[noun], ...fields } as unknown as Fresh<N>)
}

/**
 * The category or tag of that name, letter case aside; a new one with the name as typed when there is none.
 * Recording an expense may name new ones, so this asks for no permission of its own.
 */
export async function named<N extends 'category' | 'tag'>(
  change: Change,
  organizationId: number,
  noun: N,
  wanted: string,
  more: Partial<CatalogueInput<N>> = {},
): Promise<Entities[N]> {
  const path = noun === 'tag' ? 'tags' : 'category'
  const trimmed = name(path, wanted, maxNames[noun])
  const known = await change.remember(noun, `named ${fold(trimmed)}`, () =>
    change.tx.byName(noun, organizationId, trimmed),
  )
  return known ?? addWithin(change, organizationId, noun, { ...more, name: trimmed } as CatalogueInput<N>)
}

/** The ids of tags by name, in the order given, doubles dropped; unknown names become new tags. */
export async function tagIdsOf(
  change: Change,
  organizationId: number,
  names: readonly string[],
): Promise<number[]> {
  if (names.length > maxTags) throw invalid('tags', 'too_many', `At most ${maxTags} tags.`)
  const ids = new Set<number>()
  for (const tagName of names) ids.add((await named(change, organizationId, 'tag', tagName)).id)
  return [...ids]
}

/** Checks that the client, project and activity of an entry, where given, are live ones of the organization. */
export async function checkPlacement(
  change: Change,
  organizationId: number,
  fields: { clientId?: number | null; projectId?: number | null; activityId?: number | null },
): Promise<void> {
  await checkReference(change, organizationId, 'client', 'clientId', fields.clientId)
  await checkReference(change, organizationId, 'project', 'projectId', fields.projectId)
  await checkReference(change, organizationId, 'activity', 'activityId', fields.activityId)
}

// What a role does not see reads as null: sending that back must not wipe it out, and another value is not theirs to set.
function kept<N extends CatalogueNoun>(
  actor: Actor,
  noun: N,
  input: Partial<CatalogueInput<N>>,
): Partial<Fields<N>> {
  const hidden = hiddenFields(actor, noun).filter((field) => Object.hasOwn(input, field))
  if (hidden.length === 0) return input as Partial<Fields<N>>
  const given = Object.entries(input)
  if (given.some(([field, value]) => hidden.includes(field) && value !== null && value !== undefined)) {
    throw forbidden('Your role does not allow setting this.')
  }
  return Object.fromEntries(given.filter(([field]) => !hidden.includes(field))) as Partial<Fields<N>>
}

// What may be taken by another one while an entity is a tombstone.
function unique<N extends CatalogueNoun>(entity: Entities[N]): Partial<Fields<N>> {
  return ('name' in entity ? { name: entity.name } : {}) as unknown as Partial<Fields<N>>
}
