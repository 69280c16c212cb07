// Bulk writes: up to a thousand creations, changes and deletions of one noun, all of them or none.

import Type, { type TSchema } from 'typebox'
import type { Kept } from '../core/entity.ts'
import { show } from './listing.ts'
import { type Answer, type Call, json } from './operation.ts'
import { type Flaw, Refusal, unprocessable } from './problem.ts'
import type { Resource } from './resource.ts'
import { documentedAs, flawsOf } from './validate.ts'
import { id } from './wire.ts'
import { addThing, changeThing, checkCurrencies, checkRevision, worded } from './writing.ts'

/** Rows of one bulk write: they share one transaction, and others wait for it. */
const maxRows = 1000

/** Flaws told of one bulk write. */
const maxFlaws = 50

type Row =
  | { readonly action: 'create'; readonly data: object }
  | { readonly action: 'update'; readonly id: number; readonly data: object; readonly revision?: number }
  | { readonly action: 'delete'; readonly id: number; readonly revision?: number }

const revision = Type.Optional(
  Type.Integer({ minimum: 1, description: 'Refused as a whole when the row has another revision by now.' }),
)

/** The schemas of the rows, by action. */
export function rowSchemas(resource: Resource): Readonly<Record<Row['action'], TSchema>> {
  const strict = { additionalProperties: false }
  return {
    create: Type.Object({ action: Type.Literal('create'), data: resource.create }, strict),
    update: Type.Object({ action: Type.Literal('update'), id, revision, data: resource.update }, strict),
    delete: Type.Object({ action: Type.Literal('delete'), id, revision }, strict),
  }
}

/**
 * The body. Its rows are checked one by one by their action, so that each mistake is told at its place; `rows` is what the
 * OpenAPI document shows of them.
 */
export function bulkFrame(rows: Readonly<Record<Row['action'], TSchema>>): TSchema {
  const frame = Type.Object(
    { operations: Type.Array(Type.Unknown(), { minItems: 1, maxItems: maxRows }) },
    { additionalProperties: false },
  )
  documentedAs.set(frame, {
    ...frame,
    properties: {
      operations: { type: 'array', minItems: 1, maxItems: maxRows, items: { anyOf: Object.values(rows) } },
    },
  })
  return frame
}

/** The answer: one result per row, in the order sent. */
export function bulkAnswer(resource: Resource): TSchema {
  const strict = { additionalProperties: false }
  const result = Type.Object(
    {
      action: Type.Enum(['create', 'update', 'delete']),
      id,
      data: Type.Union([resource.schema, Type.Null()]),
    },
    strict,
  )
  return Type.Object({ object: Type.Literal('bulk'), data: Type.Array(result) }, strict)
}

/** Makes `POST /things/bulk`. */
export function bulkWrite(resource: Resource, schemas: Readonly<Record<Row['action'], TSchema>>) {
  return async (call: Call): Promise<Answer> => {
    const { operations } = call.body as { operations: readonly unknown[] }
    checkRows(operations, schemas)
    const rows = operations as readonly Row[]
    const results: { row: Row; id: number; entity: Kept | undefined }[] = []
    for (const [index, row] of rows.entries()) {
      const below = `/operations/${index}${row.action === 'delete' ? '' : '/data'}`
      const body = row.action === 'delete' ? undefined : row.data
      const entity = await told(`/operations/${index}`, () =>
        worded(body, () => runRow(resource, call, row), below),
      )
      results.push({ row, id: entity?.id ?? (row as { id: number }).id, entity })
    }
    const entities = results.flatMap(({ entity }) => entity ?? [])
    const shown = await show(resource, { ...call, query: {} }, entities)
    const data = results.map(({ row, id, entity }, index) => {
      const wire = entity === undefined ? null : (shown.get(id) ?? null)
      if (row.action !== 'delete' && wire !== null) {
        checkCurrencies(resource, row.data, wire, `operations.${index}.data.`)
      }
      return { action: row.action, id, data: wire }
    })
    return json({ object: 'bulk', data })
  }
}

/** A refusal that names no place is one of the whole row. */
async function told<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal) || error.flaws.length > 0) throw error
    const { status, code, message, headers } = error
    throw new Refusal(status, code, message, { headers, flaws: [{ in: 'body', path, code, message }] })
  }
}

function checkRows(operations: readonly unknown[], schemas: Readonly<Record<Row['action'], TSchema>>): void {
  const flaws: Flaw[] = []
  for (const [index, row] of operations.entries()) {
    const action = (row as { action?: unknown } | null)?.action
    const path = `/operations/${index}`
    if (typeof action !== 'string' || !Object.hasOwn(schemas, action)) {
      const message = 'An operation has the action create, update or delete.'
      flaws.push({ in: 'body', path: `${path}/action`, code: 'unknown_value', message })
    } else flaws.push(...flawsOf(schemas[action as Row['action']], row, path))
    if (flaws.length >= maxFlaws) break
  }
  if (flaws.length > 0) throw unprocessable(flaws)
}

async function runRow(resource: Resource, call: Call, row: Row): Promise<Kept | undefined> {
  if (row.action === 'create') return addThing(resource, call, row.data)
  const { revision } = row
  await checkRevision(resource, call, row.id, revision === undefined ? undefined : `"${revision}"`)
  if (row.action === 'update') return changeThing(resource, call, row.id, row.data)
  await resource.verbs.remove?.(call.core, call.actor, row.id)
  return undefined
}
