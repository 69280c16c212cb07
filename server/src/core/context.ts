// What every feature of the core is made from.

import { type Permission, require as requirePermission } from './access.ts'
import type { Actor } from './actor.ts'
import type { Count } from './counting.ts'
import type { Entities, Noun, Owned } from './entity.ts'
import { forbidden, invalid, notFound } from './errors.ts'
import { maxPageSize } from './page.ts'
import type { Clock, Files, Printer, Reader, Secrets, Store } from './ports.ts'
import type { ListedNoun, Queries } from './queries.ts'
import type { Change, Write } from './writing.ts'

export type Context = {
  readonly store: Store
  readonly write: Write
  readonly clock: Clock
  readonly secrets: Secrets
  readonly files: Files
  readonly printer: Printer
  readonly count: Count
}

/** What to read with: the open change when the actor is inside one, else the store. */
export function reader(context: Pick<Context, 'store'>, actor: Actor): Reader {
  return actor.change?.tx ?? context.store
}

// A number that no person has: a list limited to it is empty.
const nobody = 0

/**
 * The person whose data a list is limited to; undefined when the actor reads everybody's. Someone else's data that
 * the actor may not read are nobody's, never the actor's own instead.
 */
export function limitTo(actor: Actor, permission: Permission, asked: number | undefined): number | undefined {
  if (requirePermission(actor, permission) === 'all') return asked
  return asked === undefined || asked === actor.personId ? actor.personId : nobody
}

/** A query that names neither organization nor page: the verb adds the first and answers everything. */
export type Unpaged<N extends ListedNoun> = Omit<
  Queries[N],
  'organizationId' | 'sort' | 'descending' | 'after' | 'limit'
>

/** Every entity that a query matches, read page by page, by id. */
export async function listAll<N extends ListedNoun>(
  from: Reader,
  noun: N,
  query: Omit<Queries[N], 'sort' | 'descending' | 'after' | 'limit'>,
): Promise<Entities[N][]> {
  const found: Entities[N][] = []
  let page: Entities[N][]
  do {
    const after = found.at(-1)?.id ?? 0
    page = await from.list(noun, { ...query, after: { value: after, id: after } } as unknown as Queries[N])
    found.push(...page)
  } while (page.length === maxPageSize)
  return found
}

/**
 * The live entity, when the actor may read its person's data; else `not_found`, so that nothing tells it exists.
 * With `deleted`, tombstones are answered too.
 */
export async function readOwn<N extends Noun>(
  from: Reader,
  actor: Actor,
  permission: Permission,
  noun: N,
  id: number,
  deleted = false,
): Promise<Entities[N]> {
  const far = requirePermission(actor, permission)
  const [entity] = await from.byId(noun, actor.organizationId, [id])
  const hidden = entity === undefined || (entity.deletedAt !== null && !deleted)
  if (hidden || (far === 'own' && personOf(entity) !== actor.personId)) throw notFound(noun.replace('_', ' '))
  return entity
}

/** The live entity for changing: `not_found` when it may not be read, `forbidden` when only reading is allowed. */
export async function readToChange<N extends Noun>(
  change: Change,
  actor: Actor,
  permissions: { read: Permission; write: Permission },
  noun: N,
  id: number,
  deleted = false,
): Promise<Entities[N]> {
  const entity = await readOwn(change.tx, actor, permissions.read, noun, id, deleted)
  const far = requirePermission(actor, permissions.write)
  if (far === 'own' && personOf(entity) !== actor.personId) throw forbidden('This belongs to someone else.')
  return entity
}

/** Checks that a reference in an input points to a live entity of the organization. Null and undefined pass. */
export async function checkReference(
  change: Change,
  organizationId: number,
  noun: Noun,
  path: string,
  id: number | null | undefined,
): Promise<void> {
  if (id === null || id === undefined) return
  const isLive = await change.remember(noun, `live ${id}`, async () => {
    const [entity] = await change.tx.byId(noun, organizationId, [id])
    return entity !== undefined && entity.deletedAt === null
  })
  if (!isLive) {
    throw invalid(path, 'unknown_reference', `There is no such ${noun.replace('_', ' ')}.`)
  }
}

/** Checks that a person is a live member of the organization. */
export async function checkMember(change: Change, organizationId: number, path: string, personId: number) {
  const [member] = await change.tx.list('membership', { organizationId, personId, limit: 1 })
  if (member === undefined) throw invalid(path, 'unknown_reference', 'There is no such person.')
}

function personOf(entity: object): unknown {
  return (entity as Owned & { personId?: number }).personId
}
