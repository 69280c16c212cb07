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
import type { Views } from './views.ts'

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

/**
 * The items alone, as texts. Fragments are kept of the entities without related data, behind the ids these have, and of the
 * related things apart; so they serve every combination of them. What is gone meanwhile is left out.
 */
export async function render(
  resource: Resource,
  call: Pick<Call, 'core' | 'actor' | 'query' | 'views'>,
  stamps: readonly Stamp[],
): Promise<readonly string[]> {
  const { core, actor, query, views } = call
  const relations = Object.entries(resource.relations)
  const asked = wanted(query)
  for (const name of asked) resource.relations[name]?.check(core, actor)
  const load = async (ids: readonly number[]): Promise<readonly Fragment[]> => {
    const entities: readonly Kept[] = await core.reading.byIds(actor, resource.noun, ids)
    const shown = await show(resource, { core, actor, query: {} }, entities)
    return entities.map((entity) => ({
      id: entity.id,
      revision: entity.revision,
      text: `${relations.map(([, { id }]) => id(entity) ?? '').join()}\n${JSON.stringify(shown.get(entity.id))}`,
    }))
  }
  const kept = await texts(views, `${resource.noun} ${veil(actor)}`, actor, stamps, load)
  const items = kept.filter((text) => text !== '').map((text) => cut(text))
  if (asked.length === 0) return items.map(([, json]) => json)
  const heads = items.map(([ids]) => ids.split(','))
  const joined: [string, number, ReadonlyMap<number, string>][] = []
  for (const [place, [name, relation]] of relations.entries()) {
    if (!asked.includes(name)) continue
    const ids = idsOf(heads.map((head) => Number(head[place]) || null))
    joined.push([name, place, await relatedTexts(call, relation, ids)])
  }
  return items.map(([, json], i) => {
    const parts = joined.map(
      ([name, place, known]) => `,"${name}":${known.get(Number(heads[i]?.[place])) ?? 'null'}`,
    )
    return `${json.slice(0, -1)}${parts.join('')}}`
  })
}

type Fragment = Stamp & { readonly text: string }

/** The texts of these stamps from a view of that name, or where views are of no use, made anew. */
async function texts(
  views: Views,
  way: string,
  actor: Actor,
  stamps: readonly Stamp[],
  load: (ids: readonly number[]) => Promise<readonly Fragment[]>,
): Promise<readonly string[]> {
  // What an open change has done is not to be kept: it may come to nothing.
  const view = actor.change === undefined ? views.of(way) : undefined
  if (view !== undefined) {
    return view.render(stamps, actor.referencesRevision, load, (fragment) => (fragment as Fragment).text)
  }
  const made = new Map((await load(stamps.map(({ id }) => id))).map(({ id, text }) => [id, text]))
  return stamps.map(({ id }) => made.get(id) ?? '')
}

/** Related things as texts, by id. Those that change with the references revision alone are kept under it. */
async function relatedTexts(
  { core, actor, views }: Pick<Call, 'core' | 'actor' | 'views'>,
  relation: Relation<Kept>,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const load = async (wanted: readonly number[]): Promise<readonly Fragment[]> => {
    const found = await relation.load(core, actor, wanted)
    return wanted.map((id) => ({ id, revision: 0, text: JSON.stringify(found.get(id) ?? null) }))
  }
  const stamps = ids.map((id) => ({ id, revision: 0 }))
  const found = relation.lasting
    ? await texts(views, `related ${relation.noun} ${veil(actor)}`, actor, stamps, load)
    : (await load(ids)).map(({ text }) => text)
  return new Map(ids.map((id, i) => [id, found[i] ?? 'null']))
}

function cut(text: string): readonly [ids: string, json: string] {
  const end = text.indexOf('\n')
  return [text.slice(0, end), text.slice(end + 1)]
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
