// Synchronization: which versions there are, and the records of some ids.

import { listOf } from './body.ts'
import type { Call } from './call.ts'
import { Refused, symbolic } from './errors.ts'
import { parseId } from './ids.ts'
import { presentId, presentVersion, type WireObject } from './wire.ts'

/** Records that one request answers at most. */
const most = 100

/** Ids with their versions. */
export function presentStamps(
  entities: readonly { readonly id: number; readonly updatedAt: number }[],
): WireObject[] {
  return entities.map(({ id, updatedAt }) => ({ id: presentId(id), version: presentVersion(updatedAt) }))
}

/** Reads `ids`, the first hundred of them. What is no id is nobody's. */
export function parseSynchronization({ body }: Call): number[] {
  const { ids } = body
  if (ids === undefined || ids === null)
    throw new Refused(symbolic(400, 'Ids is required', { ids: 'required' }))
  const list = listOf(ids)
  if (list === undefined) throw new Refused(symbolic(400, "Ids isn't an array", { ids: 'array' }))
  return list.slice(0, most).flatMap((id) => (typeof id === 'string' ? (parseId(id) ?? []) : []))
}
