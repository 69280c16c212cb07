// Writing one thing of any resource: create, change, delete, restore.

import type { Kept } from '../core/entity.ts'
import { DomainError } from '../core/errors.ts'
import { checkMatch, tagOf } from './entity-tag.ts'
import { show } from './listing.ts'
import { type Answer, type Call, done } from './operation.ts'
import { refusalOf } from './problem.ts'
import type { Resource } from './resource.ts'
import { type WireMoney, wrong } from './wire.ts'

/** `POST /things`. */
export function createThing(resource: Resource, call: Call): Promise<Answer> {
  return worded(call.body, async () => {
    const entity = await addThing(resource, call, call.body)
    const location = `${call.tools.publicUrl}/api/v1/${resource.path}/${entity.id}`
    return answerThing(resource, call, entity, 201, { location })
  })
}

/** `PATCH /things/{id}`: what is not sent stays. */
export function updateThing(resource: Resource, call: Call): Promise<Answer> {
  return worded(call.body, async () => {
    const id = call.ids.id ?? 0
    await checkRevision(resource, call, id, call.ifMatch)
    return answerThing(resource, call, await changeThing(resource, call, id, call.body), 200)
  })
}

/** `DELETE /things/{id}`. Repeats are harmless. */
export async function deleteThing(resource: Resource, call: Call): Promise<Answer> {
  const id = call.ids.id ?? 0
  await checkRevision(resource, call, id, call.ifMatch)
  await resource.verbs.remove?.(call.core, call.actor, id)
  return done
}

/** `POST /things/{id}/restore`. What is not deleted is answered as it is. */
export async function restoreThing(resource: Resource, call: Call): Promise<Answer> {
  const { core, actor, ids } = call
  const entity = await resource.verbs.restore?.(core, actor, ids.id ?? 0)
  if (entity === undefined) throw new Error(`${resource.path} cannot be restored.`)
  return answerThing(resource, call, entity, 200)
}

/** A new entity from a body that is valid. */
export async function addThing(resource: Resource, { core, actor }: Call, body: unknown): Promise<Kept> {
  const entity = await resource.verbs.add?.(core, actor, resource.take(body, { actor, related: {} }))
  if (entity === undefined) throw new Error(`${resource.path} cannot be added.`)
  return entity
}

/** A changed entity from a body that is valid. */
export async function changeThing(
  resource: Resource,
  { core, actor }: Call,
  id: number,
  body: unknown,
): Promise<Kept> {
  const entity = await resource.verbs.update?.(core, actor, id, resource.take(body, { actor, related: {} }))
  if (entity === undefined) throw new Error(`${resource.path} cannot be changed.`)
  return entity
}

/** Throws a 412 when the condition of a write does not hold, or `not_found` when there is nothing to hold it against. */
export async function checkRevision(
  { noun }: Resource,
  { core, actor }: Call,
  id: number,
  ifMatch: string | undefined,
): Promise<void> {
  if (ifMatch === undefined) return
  checkMatch(ifMatch, (await core.reading.read(actor, noun, id)).revision)
}

/** An entity that a verb has just answered, as the answer of an operation. */
export async function answerThing(
  resource: Resource,
  call: Call,
  entity: Kept,
  status: number,
  headers: Answer['headers'] = {},
): Promise<Answer> {
  const wire = (await show(resource, call, [entity])).get(entity.id) ?? {}
  checkCurrencies(resource, call.body, wire)
  const etag = tagOf(entity.revision, call.actor)
  return { status, headers: { ...headers, etag }, body: JSON.stringify(wire) }
}

/**
 * Throws `invalid` when money was sent in another currency than the one that applies. Which one that is, often follows
 * from other fields, so it is compared with what came of it, while the transaction is still open.
 */
export function checkCurrencies(
  { moneyFields }: Pick<Resource, 'moneyFields'>,
  body: unknown,
  wire: Readonly<Record<string, unknown>>,
  below = '',
): void {
  for (const name of moneyFields) {
    const sent = (body as Record<string, Partial<WireMoney> | null> | undefined)?.[name]?.currency
    const applies = (wire[name] as WireMoney | null | undefined)?.currency
    if (sent === undefined || applies === undefined || sent === applies) continue
    throw wrong(`${below}${name}.currency`, 'unknown_value', `The currency here is ${applies}.`)
  }
}

/** Runs a write and words its refusals by the body that was sent. */
export async function worded<T>(body: unknown, work: () => Promise<T>, below = ''): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof DomainError ? refusalOf(error, body, below) : error
  }
}
