// Verbs on clients, projects, activities, categories and tags: one set, with the rules of each noun beside it.

import { require as requirePermission, visible } from '../access.ts'
import type { Actor } from '../actor.ts'
import { type Context, checkReference, listAll, reader, readToChange, type Unpaged } from '../context.ts'
import type { Entities } from '../entity.ts'
import { invalid } from '../errors.ts'
import { maxAmountMinor } from '../money.ts'
import type { Queries } from '../queries.ts'
import { fold, maxTextLength, name, text } from '../text.ts'
import type { Change, Fresh } from '../writing.ts'
import { maxCategoryName, maxTagName, maxTags } from './nouns.ts'

type CatalogueNoun = 'client' | 'project' | 'activity' | 'category' | 'tag'
type Fields<N extends CatalogueNoun> = Omit<Fresh<N>, 'organizationId'>

/** What a caller gives: the name is required, everything else has a default. */
export type CatalogueInput<N extends CatalogueNoun> = Partial<Fields<N>> & { readonly name: string }

const defaults: { readonly [N in CatalogueNoun]: Omit<Fields<N>, 'name'> } = {
  client: {
    number: '',
    currency: null,
    contactPerson: '',
    email: '',
    phone: '',
    website: '',
    addressLine1: '',
    addressLine2: '',
    postalCode: '',
    city: '',
    region: '',
    country: '',
    taxNumber: '',
    comment: '',
    color: '',
    billable: true,
    state: 'active',
  },
  project: {
    clientId: null,
    code: '',
    comment: '',
    color: '',
    billable: true,
    hourlyRate: null,
    budgetMinor: null,
    budgetSeconds: null,
    startsOn: null,
    endsOn: null,
    state: 'active',
  },
  activity: {
    projectId: null,
    code: '',
    comment: '',
    color: '',
    billable: true,
    hourlyRate: null,
    state: 'active',
  },
  category: { unit: null, unitPrice: null, comment: '', color: '', state: 'active' },
  tag: { color: '', state: 'active' },
}

// Names of these are unique in an organization, letter case aside: people type them instead of picking an id.
const uniqueNames: ReadonlySet<CatalogueNoun> = new Set<CatalogueNoun>(['category', 'tag'])

const maxNames: { readonly [N in CatalogueNoun]: number } = {
  client: 200,
  project: 200,
  activity: 200,
  category: maxCategoryName,
  tag: maxTagName,
}

const permissions = { read: 'catalogue.read', write: 'catalogue.write' } as const

export type Catalogue = ReturnType<typeof createCatalogue>

/** The verbs of each noun of the catalogue. Reading is for every role; changing for managers and above. */
export function createCatalogue(context: Context) {
  return {
    clients: createNoun(context, 'client'),
    projects: createNoun(context, 'project'),
    activities: createNoun(context, 'activity'),
    categories: createNoun(context, 'category'),
    tags: createNoun(context, 'tag'),
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
        const fields = await check(change, actor.organizationId, noun, input, id)
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
        await checkName(change, actor.organizationId, noun, before.name, id)
        return visible(actor, noun, await change.restore(noun, before))
      })
    },

    /** All matching entities by id. */
    async list(actor: Actor, query: Unpaged<N>): Promise<Entity[]> {
      requirePermission(actor, 'catalogue.read')
      const scoped = { ...query, organizationId: actor.organizationId } as unknown as Queries[N]
      const entities = await listAll(reader(context, actor), noun, scoped)
      return entities.map((entity) => visible(actor, noun, entity))
    },
  }
}

/** Keeps a new entity of the catalogue inside an open change. The caller has checked the permission. */
export async function addWithin<N extends CatalogueNoun>(
  change: Change,
  organizationId: number,
  noun: N,
  input: CatalogueInput<N>,
): Promise<Entities[N]> {
  const fields = await check(change, organizationId, noun, input, undefined)
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
  const known = await change.tx.byName(noun, organizationId, trimmed)
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

async function check<N extends CatalogueNoun>(
  change: Change,
  organizationId: number,
  noun: N,
  input: Partial<CatalogueInput<N>>,
  id: number | undefined,
): Promise<Partial<Fields<N>>> {
  const fields: Record<string, unknown> = { ...input }
  for (const [field, value] of Object.entries(fields)) {
    if (typeof value !== 'string') continue
    const limit = field === 'comment' ? maxTextLength : maxNames[noun]
    fields[field] = field === 'name' ? name(field, value, limit) : text(field, value, limit)
  }
  checkNumbers(input as unknown as Partial<Entities['project']>)
  if (typeof fields.name === 'string') await checkName(change, organizationId, noun, fields.name, id)
  await checkReference(change, organizationId, 'client', 'clientId', numberOrNull(fields.clientId))
  await checkReference(change, organizationId, 'project', 'projectId', numberOrNull(fields.projectId))
  return fields as Partial<Fields<N>>
}

function checkNumbers({ budgetMinor, budgetSeconds }: Partial<Entities['project']>): void {
  if (budgetMinor !== undefined && budgetMinor !== null) {
    if (budgetMinor < 0n || budgetMinor > maxAmountMinor) {
      throw invalid('budgetMinor', 'range', `A budget is 0 to ${maxAmountMinor} minor units.`)
    }
  }
  if (budgetSeconds !== undefined && budgetSeconds !== null) {
    if (!Number.isSafeInteger(budgetSeconds) || budgetSeconds < 0) {
      throw invalid('budgetSeconds', 'range', 'A budget has whole seconds, none or more.')
    }
  }
}

async function checkName(
  change: Change,
  organizationId: number,
  noun: CatalogueNoun,
  wanted: string,
  id: number | undefined,
): Promise<void> {
  if (!uniqueNames.has(noun)) return
  const known = await change.tx.list(noun, { organizationId, names: [wanted], limit: 2 })
  if (known.some((entity) => entity.id !== id && fold(entity.name) === fold(wanted))) {
    throw invalid('name', 'taken', `There is a ${noun} of this name already.`)
  }
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
