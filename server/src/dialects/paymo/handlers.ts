// The handlers that all resources share: list, read, create, update, delete.

import type { Stamp } from '../../core/entity.ts'
import { notFound } from '../../core/errors.ts'
import { maxPageSize } from '../../core/page.ts'
import type { View } from '../../http/fragments.ts'
import type { Answer, Call } from './call.ts'
import { badRequest, Refused } from './errors.ts'
import type { Selection } from './include.ts'
import type { Input } from './input.ts'
import { createWalk, fill, filterOf, pagesOf, type Question } from './lists.ts'
import { parseQuestion, parseSelection } from './question.ts'
import type { Resource, Row } from './resource.ts'
import { resources } from './resources.ts'
import type { Condition } from './where.ts'

/** Rendered objects of resources as they are shown by default; none where they are not kept. */
export type Views = ReadonlyMap<string, View<Row>>

/** `GET /{resource}`. Everything that matches, whatever its number: long lists are sent page by page. */
export async function list(call: Call, resource: Resource, views: Views): Promise<Answer> {
  const { question, selection } = parseQuestion(resource, call.query)
  const pages = itemPages(call, resource, question, selection, views)
  const { value: items = [], done } = await pages.next()
  // A page that is not full is the last one.
  if (done === true || items.length < maxPageSize) return { resource: resource.name, items }
  return { resource: resource.name, pages: following(items, pages) }
}

/** `GET /{resource}/{id}`, also for `me`. */
export async function read(call: Call, resource: Resource, id: number): Promise<Answer> {
  const { question, selection } = parseQuestion(resource, call.query)
  const { order: _, offset: __, limit: ___, ...asked } = question
  const items: string[] = []
  for await (const rows of pagesOf(call, resource, { ...asked, ids: [id] })) {
    items.push(...(await spell(call, resource, rows, selection, question.conditions)))
  }
  if (items.length === 0) throw notFound(resource.name.replace(/s$/, ''))
  return { resource: resource.name, items }
}

/** `POST /{resource}`: one object, or a list of them, all or none. */
export async function create(call: Call, resource: Resource, inputs: readonly Input[]): Promise<Answer> {
  const make = resource.create
  if (make === undefined) throw new Refused({ status: 405, message: 'Method not allowed.' })
  if (inputs.length > 1 && resource.alone === true) throw new Refused(badRequest('One at a time.'))
  const selection = parseSelection(resource, call.query)
  const ready = await withFile(call, resource)
  const made = await within(ready, resource, async (inside) => {
    const made: (number | Row)[] = []
    for (const input of inputs) made.push(await make(inside, input))
    return made
  })
  const items: string[] = []
  let location = ''
  for (const one of made) {
    const rows = typeof one === 'number' ? await rowsOf(call, resource, one) : [one]
    location ||= String(rows[0]?.id ?? '')
    items.push(...(await spell(call, resource, rows, selection, [])))
  }
  return { resource: resource.name, items, location }
}

/** `PUT` and `POST /{resource}/{id}`: the fields that are given; the others stay. */
export async function update(call: Call, resource: Resource, id: number, input: Input): Promise<Answer> {
  const change = resource.update
  if (change === undefined) throw new Refused({ status: 405, message: 'Method not allowed.' })
  const selection = parseSelection(resource, call.query)
  const ready = await withFile(call, resource)
  await within(ready, resource, (inside) => change(inside, id, input))
  const rows = await rowsOf(call, resource, id)
  return { resource: resource.name, items: await spell(call, resource, rows, selection, []) }
}

/** `DELETE /{resource}/{id}`. One that is not there is not found, also the second time. */
export async function remove(call: Call, resource: Resource, id: number): Promise<Answer> {
  const take = resource.remove
  if (take === undefined) throw new Refused({ status: 405, message: 'Method not allowed.' })
  await within(call, resource, async (inside) => {
    if ((await rowsOf(inside, resource, id)).length === 0) throw notFound(resource.name.replace(/s$/, ''))
    await take(inside, id)
  })
  // Strict clients read an object, and fail on nothing as well as on a list.
  return { whole: {} }
}

async function* following(
  first: readonly string[],
  rest: AsyncGenerator<readonly string[]>,
): AsyncGenerator<readonly string[]> {
  yield first
  yield* rest
}

function within<T>(call: Call, resource: Resource, work: (call: Call) => Promise<T>): Promise<T> {
  if (resource.alone === true) return work(call)
  return call.core.together(call.actor, (actor) => work({ ...call, actor }))
}

/** The call with its file kept: that must be done before the transaction. */
async function withFile(call: Call, resource: Resource): Promise<Call> {
  return { ...call, kept: await resource.keepFile?.(call) }
}

async function rowsOf(call: Call, resource: Resource, id: number): Promise<readonly Row[]> {
  const rows = await resource.page(call, { ids: [id], limit: 1 })
  return rows.filter((row) => row.id === id)
}

async function spell(
  call: Call,
  resource: Resource,
  rows: readonly Row[],
  selection: Selection,
  conditions: readonly Condition[],
): Promise<string[]> {
  const objects = await fill(call, resources, resource, rows, selection, conditions)
  return objects.map((object) => call.format.item(resource.name, object))
}

async function* itemPages(
  call: Call,
  resource: Resource,
  question: Question,
  selection: Selection,
  views: Views,
): AsyncGenerator<readonly string[]> {
  const view = views.get(resource.name)
  const plain = selection.fields === resource.fields && selection.relations.size === 0
  if (view === undefined || resource.stamps === undefined || !plain || call.format.name !== 'json') {
    for await (const rows of pagesOf(call, resource, question)) {
      yield await spell(call, resource, rows, selection, question.conditions)
    }
    return
  }
  const filter = await filterOf(call, resource, question)
  const walk = createWalk(question)
  for (let next = walk.first(); next !== undefined; ) {
    const stamps: readonly Stamp[] = await resource.stamps(call, { ...filter, ...next })
    yield await render(call, resource, view, stamps)
    next = walk.after(stamps, next)
  }
}

function render(
  call: Call,
  resource: Resource,
  view: View<Row>,
  stamps: readonly Stamp[],
): Promise<readonly string[]> {
  return view.render(
    stamps,
    call.actor.referencesRevision,
    (ids) => resource.page(call, { ids, limit: ids.length }),
    ({ object }) => {
      const shown = Object.fromEntries(resource.fields.map((field) => [field, object[field]]))
      return call.format.item(resource.name, shown)
    },
  )
}
