// Lists and single reads of any resource: from stamps to rendered fragments, with related data, page by page.

import Type from 'typebox'
import { reach } from '../core/access.ts'
import type { Actor } from '../core/actor.ts'
import type { Kept, Stamp } from '../core/entity.ts'
import type { ReadableNoun } from '../core/reading.ts'
import { cursorBehind, type ReadingQuery } from '../core/reading.ts'
import { maxLength, readCursor, spellCursor } from './cursor.ts'
import type { Draft } from './filters.ts'
import { idsOf } from './look.ts'
import type { Answer, Call } from './operation.ts'
import { count, oneOf, type Parameters, someOf, type Values, yesOrNo } from './parameters.ts'
import type { Relation, Resource } from './resource.ts'

/** Items of one page. */
const defaultLimit = 50
const maxLimit = 200

/** The parameters of a resource's list. */
export function listParameters(resource: Resource): Parameters {
  const sorts = Object.keys(resource.sorts).flatMap((name) => [name, `-${name}`])
  return {
    ...resource.filters,
    sort: oneOf(sorts),
    limit: count(1, maxLimit),
    cursor: {
      schema: Type.String({ maxLength }),
      about: 'The `next_cursor` of the page before.',
      read: (text) => text,
    },
    deleted: oneOf(['without', 'with', 'only'] as const),
    total: { ...yesOrNo, about: 'true: `total` tells how many there are in all pages.' },
    ...withParameter(resource),
  }
}

/** The parameters of reading one. */
export function readParametersOf(resource: Resource): Parameters {
  return {
    deleted: { ...oneOf(['without', 'with'] as const), about: 'with: one that was deleted is answered too.' },
    ...withParameter(resource),
  }
}

function withParameter({ relations }: Resource): Parameters {
  const names = Object.keys(relations)
  return names.length === 0 ? {} : { with: someOf(names) }
}

/** Whether what is shown with these relations changes with nothing but this organization. */
export function isLasting({ relations }: Resource, query: Values): boolean {
  return wanted(query).every((name) => relations[name]?.lasting)
}

/** `GET /things`. */
export async function listThings(resource: Resource, call: Call): Promise<Answer> {
  const { core, actor, query } = call
  const { noun } = resource
  const limit = (query.limit as number | undefined) ?? defaultLimit
  const order = (query.sort as string | undefined) ?? resource.order
  const draft: Draft = { limit: limit + 1, descending: order.startsWith('-') }
  const sort = resource.sorts[order.replace(/^-/, '')] ?? 'id'
  if (sort !== 'id') draft.sort = sort
  if (query.deleted !== undefined) draft.deleted = query.deleted
  for (const [name, { set }] of Object.entries(resource.filters)) {
    if (query[name] !== undefined) set(query[name], draft, actor)
  }
  if (query.cursor !== undefined) draft.after = readCursor(query.cursor as string, order)
  const stamps = await core.reading.stamps(actor, noun, asQuery(draft))
  const page = stamps.length > limit ? stamps.slice(0, limit) : stamps
  const items = await render(resource, call, page)
  const last = stamps.length > limit ? page.at(-1) : undefined
  const cursor = last === undefined ? null : await cursorAt(resource, call, last, sort, order)
  const total = query.total === true ? await core.reading.count(actor, noun, asQuery(counted(draft))) : null
  const tail = total === null ? '' : `,"total":${total}`
  const head = `"has_more":${last !== undefined},"next_cursor":${JSON.stringify(cursor)}`
  return { status: 200, body: `{"object":"list","data":[${items.join(',')}],${head}${tail}}` }
}

/** The items alone, for those who answer a few known ones. Entities that are gone meanwhile are left out. */
export async function render(
  resource: Resource,
  call: Pick<Call, 'core' | 'actor' | 'query' | 'views'>,
  stamps: readonly Stamp[],
): Promise<readonly string[]> {
  const { core, actor, query } = call
  const relations = wanted(query)
  for (const name of relations) resource.relations[name]?.check(core, actor)
  let texts: ReadonlyMap<number, string> = new Map()
  const load = async (ids: readonly number[]): Promise<readonly Kept[]> => {
    const entities: readonly Kept[] = await core.reading.byIds(actor, resource.noun, ids)
    const shown = await show(resource, call, entities)
    texts = new Map([...shown].map(([id, wire]) => [id, JSON.stringify(wire)]))
    return entities
  }
  const way = `${resource.noun} ${relations.join()} ${veil(actor)}`
  const view = isLasting(resource, query) && actor.change === undefined ? call.views.of(way) : undefined
  if (view !== undefined) {
    return view.render(stamps, actor.referencesRevision, load, ({ id }) => texts.get(id) ?? '')
  }
  await load(stamps.map(({ id }) => id))
  return stamps.flatMap(({ id }) => texts.get(id) ?? [])
}

/** Entities as they are answered, by id, related data in them. */
export async function show(
  resource: Resource,
  { core, actor, query }: Pick<Call, 'core' | 'actor' | 'query'>,
  entities: readonly Kept[],
): Promise<Map<number, Record<string, unknown>>> {
  const related = (await resource.load?.(core, actor, entities)) ?? {}
  const inlined: [string, Relation<Kept>, ReadonlyMap<number, object>][] = []
  for (const name of wanted(query)) {
    const relation = resource.relations[name]
    if (relation === undefined) continue
    inlined.push([name, relation, await relation.load(core, actor, idsOf(entities.map(relation.id)))])
  }
  const look = { actor, related }
  return new Map(
    entities.map((entity) => {
      const wire = resource.present(entity, look)
      for (const [name, relation, known] of inlined) wire[name] = known.get(relation.id(entity) ?? 0) ?? null
      return [entity.id, wire]
    }),
  )
}

/** Relations asked for, in one order, so that the same ones in another are the same way of showing. */
function wanted(query: Values): readonly string[] {
  return [...((query.with as readonly string[] | undefined) ?? [])].sort()
}

// Readers who see the same fields share fragments.
function veil(actor: Actor): string {
  const permissions = ['rates.read', 'costs.read', 'budgets.read'] as const
  return permissions.map((permission) => (reach(actor, permission) === undefined ? '-' : '+')).join('')
}

async function cursorAt(
  { noun }: Resource,
  { core, actor }: Call,
  last: Stamp,
  sort: string,
  order: string,
): Promise<string | null> {
  if (sort === 'id') return spellCursor({ value: last.id, id: last.id }, order)
  const [entity] = await core.reading.byIds(actor, noun, [last.id])
  return entity === undefined ? null : spellCursor(cursorBehind(entity, sort), order)
}

function counted({ after: _after, limit: _limit, sort: _sort, ...draft }: Draft): Draft {
  return draft
}

// A draft is put together by filters of the noun's own table.
function asQuery(draft: Draft): ReadingQuery<ReadableNoun> {
  return draft as ReadingQuery<ReadableNoun>
}
