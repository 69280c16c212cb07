// Reading any resource: filter, order and pages of its rows, with everything that `include` puts inside.

import { addDays, dayOf, localOf } from '../../core/day.ts'
import { DomainError } from '../../core/errors.ts'
import { exponentOf } from '../../core/money.ts'
import { maxOffset, maxPageSize } from '../../core/page.ts'
import type { Where } from '../../core/where.ts'
import type { Call } from './call.ts'
import { badRequest, Refused } from './errors.ts'
import { type Asker, translate } from './filters.ts'
import type { Selection } from './include.ts'
import { matchRows } from './matching.ts'
import type { Filter, Relation, Resource, Resources, Row } from './resource.ts'
import type { Condition } from './where.ts'
import type { WireObject, WireValue } from './wire.ts'

/** Objects inside the objects of one page at most: relations that lead in circles multiply. */
const maxIncluded = 100_000

/** Days of which there is little, compared with everything. */
const recentDays = 92

/** Which rows, in which order; without a limit all of them. */
export type Question = {
  readonly ids?: readonly number[]
  readonly conditions: readonly Condition[]
  readonly order?: { readonly sort: string; readonly field: string; readonly descending: boolean }
  readonly offset?: number
  readonly limit?: number
}

/** Conditions on the rows themselves; the others are on what is included. */
function own(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.filter(({ path }) => path.length === 1)
}

/** Conditions on what a relation includes, as that resource reads them. */
function inside(conditions: readonly Condition[], relation: string): Condition[] {
  return conditions.flatMap(({ path: [first, ...path], op, values }) =>
    first === relation && path.length > 0 ? [{ path, op, values }] : [],
  )
}

/** The part of a core query that says which rows. */
export async function filterOf(call: Call, resource: Resource, question: Question): Promise<Filter> {
  const { ids, conditions, order } = question
  const asked = own(conditions)
  const where =
    resource.filters === undefined
      ? undefined
      : translate(resource.filters, asked, await askerOf(call, resource, asked))
  return {
    ...(ids === undefined ? {} : { ids }),
    ...(where === undefined ? {} : { where }),
    ...(order === undefined ? {} : { sort: order.sort, descending: order.descending }),
  }
}

async function askerOf(
  { core, actor, now }: Call,
  resource: Resource,
  asked: readonly Condition[],
): Promise<Asker> {
  const { personId, timeZone, organization } = actor
  const named = (name: string) => asked.filter(({ path }) => path[0] === name)
  const mine = resource.name === 'tasks' && named('mytasks').length > 0
  const where: Where = { field: 'memberIds', op: 'has any', values: [personId] }
  const projects = mine ? await core.projects.page(actor, { where }) : []
  const exponent = exponentOf(organization.currency)
  const recent = addDays(dayOf(localOf(now, timeZone)), -recentDays)
  return { personId, timeZone, recent, exponent, projectIds: projects.map(({ id }) => id) }
}

/** The rows of a question, a page of the core at a time. */
export async function* pagesOf(
  call: Call,
  resource: Resource,
  question: Question,
): AsyncGenerator<readonly Row[]> {
  const filter = await filterOf(call, resource, question)
  if (resource.filters === undefined) {
    yield matchRows(
      await resource.page(call, filter),
      own(question.conditions),
      question,
      call.actor.timeZone,
    )
    return
  }
  const walk = createWalk(question)
  for (let next = walk.first(); next !== undefined; ) {
    const rows = await resource.page(call, { ...filter, ...next })
    yield rows
    next = walk.after(rows, next)
  }
}

/** How a list is walked: by id where nothing else is asked for, else by counting. */
export function createWalk({ order, offset = 0, limit }: Question) {
  const end = limit === undefined ? Number.POSITIVE_INFINITY : offset + limit
  const byId = order === undefined && limit === undefined
  type Step = Pick<Filter, 'after' | 'offset' | 'limit'>

  function step(from: number): Step | undefined {
    if (from >= end || from > maxOffset) return undefined
    return { offset: from, limit: Math.min(maxPageSize, end - from) }
  }

  return {
    first: (): Step | undefined => (byId ? { limit: maxPageSize } : step(offset)),
    after(
      rows: readonly { readonly id: number }[],
      { offset: from = 0, limit: size = 0 }: Step,
    ): Step | undefined {
      const last = rows.at(-1)
      if (last === undefined || rows.length < size) return undefined
      return byId ? { limit: maxPageSize, after: { value: last.id, id: last.id } } : step(from + rows.length)
    },
  }
}

/** The objects of some rows as a selection shows them, with everything inside. */
export async function fill(
  call: Call,
  resources: Resources,
  resource: Resource,
  rows: readonly Row[],
  selection: Selection,
  conditions: readonly Condition[],
): Promise<WireObject[]> {
  const filled = await fillWithin(call, resources, resource, rows, selection, conditions)
  return filled.map(({ object }) => object)
}

/** An object, and how many objects it is with all inside it. */
type Filled = { readonly object: WireObject; readonly weight: number }

async function fillWithin(
  call: Call,
  resources: Resources,
  resource: Resource,
  rows: readonly Row[],
  { fields, relations }: Selection,
  conditions: readonly Condition[],
): Promise<Filled[]> {
  const objects = rows.map(({ object }) => pick(object, fields))
  const weights = rows.map(() => 1)
  for (const [name, inner] of relations) {
    const relation = resource.relations.get(name)
    if (relation === undefined) continue
    if (relation.kind === 'none') {
      if (relation.list) for (const object of objects) object[name] = []
      continue
    }
    const target = resources.get(relation.of)
    if (target === undefined) continue
    const asked = inside(conditions, name)
    const found = await related(call, target, relation, rows, asked)
    const nested = await fillWithin(call, resources, target, found, inner, asked)
    put({ name, relation, rows, objects, weights }, found, nested)
    if (weights.reduce((sum, weight) => sum + weight, 0) > maxIncluded) {
      throw new Refused(badRequest('That includes too much at once.'))
    }
  }
  return objects.map((object, i) => ({ object, weight: weights[i] ?? 1 }))
}

type Outer = {
  readonly name: string
  readonly relation: Exclude<Relation, { kind: 'none' }>
  readonly rows: readonly Row[]
  readonly objects: { [key: string]: WireValue | undefined }[]
  readonly weights: number[]
}

/** Puts what was found into the objects that it belongs to. */
function put(
  { name, relation, rows, objects, weights }: Outer,
  found: readonly Row[],
  nested: readonly Filled[],
): void {
  const byKey = new Map<number, Filled[]>()
  for (const [i, row] of found.entries()) {
    const key = relation.kind === 'parent' ? row.id : keyOf(row, relation.key)
    const item = nested[i]
    if (key === undefined || item === undefined) continue
    const known = byKey.get(key)
    if (known) known.push(item)
    else byKey.set(key, [item])
  }
  for (const [i, row] of rows.entries()) {
    const object = objects[i]
    const key = relation.kind === 'parent' ? keyOf(row, relation.key) : row.id
    const items = key === undefined ? [] : (byKey.get(key) ?? [])
    if (object === undefined) continue
    // A parent that is not there is left out: a strict client fails on null. Children are a list in any case.
    if (relation.kind === 'children') object[name] = items.map((item) => item.object)
    else if (items[0] !== undefined) object[name] = items[0].object
    weights[i] = items.reduce((sum, { weight }) => sum + weight, weights[i] ?? 1)
  }
}

async function related(
  call: Call,
  target: Resource,
  relation: Exclude<Relation, { kind: 'none' }>,
  rows: readonly Row[],
  conditions: readonly Condition[],
): Promise<Row[]> {
  const keys = rows.flatMap((row) => (relation.kind === 'parent' ? (keyOf(row, relation.key) ?? []) : row.id))
  const ids = [...new Set(keys)]
  if (ids.length === 0) return []
  const values = ids.map((id) => ({ text: String(id), quoted: false }))
  const question: Question =
    relation.kind === 'parent'
      ? { ids, conditions }
      : { conditions: [{ path: [relation.key], op: 'in', values }, ...conditions] }
  const found: Row[] = []
  try {
    for await (const page of pagesOf(call, target, question)) {
      found.push(...page)
      if (found.length > maxIncluded) throw new Refused(badRequest('That includes too much at once.'))
    }
  } catch (error) {
    // What a role does not get to see is left out of what it does.
    if (error instanceof DomainError && error.kind === 'forbidden') return []
    throw error
  }
  return found
}

function keyOf({ object }: Row, key: string): number | undefined {
  const value = object[key]
  return typeof value === 'number' && value > 0 ? value : undefined
}

function pick(object: WireObject, fields: readonly string[]): { [key: string]: WireValue | undefined } {
  const picked: { [key: string]: WireValue | undefined } = {}
  for (const field of fields) picked[field] = object[field]
  return picked
}
