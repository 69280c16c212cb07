// The operations that every resource has: list, read, create, change, delete, restore, bulk.

import Type, { type TSchema } from 'typebox'
import { notFound } from '../core/errors.ts'
import { bulkAnswer, bulkFrame, bulkWrite, rowSchemas } from './bulk.ts'
import { tagOf } from './entity-tag.ts'
import { isLasting, listParameters, listThings, readParametersOf, render } from './listing.ts'
import type { Answer, Call, Operation } from './operation.ts'
import type { Values } from './parameters.ts'
import type { Resource } from './resource.ts'
import { createThing, deleteThing, restoreThing, updateThing } from './writing.ts'

/** A page of things. */
export function listOf(schema: TSchema): TSchema {
  return Type.Object(
    {
      object: Type.Literal('list'),
      data: Type.Array(schema),
      has_more: Type.Boolean(),
      next_cursor: Type.Union([Type.String(), Type.Null()]),
      total: Type.Optional(Type.Integer({ minimum: 0 })),
    },
    { additionalProperties: false },
  )
}

/** The operations of a resource: those whose verbs its noun has. */
export function operationsOf(resource: Resource): Operation[] {
  const { verbs } = resource
  return [
    ...reads(resource),
    ...(verbs.add === undefined ? [] : [creation(resource)]),
    ...(verbs.update === undefined ? [] : [change(resource)]),
    ...(verbs.remove === undefined ? [] : [deletion(resource)]),
    ...(verbs.restore === undefined ? [] : [restoration(resource)]),
    ...(verbs.add === undefined ? [] : [bulk(resource)]),
  ]
}

function reads(resource: Resource): Operation[] {
  const { path, many, one, type, types, schema, about } = resource
  const lasting = (query: Values) => isLasting(resource, query)
  return [
    {
      name: `list${types}`,
      method: 'GET',
      path: `/${path}`,
      group: many,
      summary: `List ${many.toLowerCase()}`,
      about,
      query: listParameters(resource),
      status: 200,
      answer: listOf(schema),
      lasting,
      example: { query: 'limit=2' },
      run: (call) => listThings(resource, call),
    },
    {
      name: `read${type}`,
      method: 'GET',
      path: `/${path}/{id}`,
      group: many,
      summary: `Read ${one}`,
      query: readParametersOf(resource),
      status: 200,
      answer: schema,
      lasting,
      example: { ids: { id: 1 } },
      run: (call) => readThing(resource, call),
    },
  ]
}

async function readThing(resource: Resource, call: Call): Promise<Answer> {
  const { core, actor, ids, query } = call
  const id = ids.id ?? 0
  const deleted = query.deleted === 'with' ? 'with' : 'without'
  const [stamp] = await core.reading.stamps(actor, resource.noun, { ids: [id], deleted, limit: 1 })
  const [body] = stamp === undefined ? [] : await render(resource, call, [stamp])
  if (stamp === undefined || body === undefined) throw notFound(resource.noun.replace('_', ' '))
  return { status: 200, headers: { etag: tagOf(stamp.revision, actor) }, body }
}

function creation(resource: Resource): Operation {
  const { path, many, one, type, create, schema, examples } = resource
  return {
    name: `create${type}`,
    method: 'POST',
    path: `/${path}`,
    group: many,
    summary: `Create ${one}`,
    body: create,
    status: 201,
    answer: schema,
    example: { body: examples.create },
    run: (call) => createThing(resource, call),
  }
}

function change(resource: Resource): Operation {
  const { path, many, one, type, update, schema, examples } = resource
  return {
    name: `update${type}`,
    method: 'PATCH',
    path: `/${path}/{id}`,
    group: many,
    summary: `Change ${one}`,
    about: 'What is not sent stays as it is.',
    body: update,
    status: 200,
    answer: schema,
    conditional: true,
    example: { ids: { id: 1 }, body: examples.update },
    run: (call) => updateThing(resource, call),
  }
}

function deletion(resource: Resource): Operation {
  const { path, many, one, type, verbs } = resource
  return {
    name: `delete${type}`,
    method: 'DELETE',
    path: `/${path}/{id}`,
    group: many,
    summary: `Delete ${one}`,
    about:
      verbs.restore === undefined ? 'Repeats are harmless.' : 'It can be restored. Repeats are harmless.',
    status: 204,
    conditional: true,
    example: { ids: { id: 1 } },
    run: (call) => deleteThing(resource, call),
  }
}

function restoration(resource: Resource): Operation {
  const { path, many, one, type, schema } = resource
  return {
    name: `restore${type}`,
    method: 'POST',
    path: `/${path}/{id}/restore`,
    group: many,
    summary: `Restore ${one}`,
    about: 'Brings back what was deleted. What is not deleted is answered as it is.',
    status: 200,
    answer: schema,
    example: { ids: { id: 1 } },
    run: (call) => restoreThing(resource, call),
  }
}

function bulk(resource: Resource): Operation {
  const { path, many, types, examples } = resource
  const rows = rowSchemas(resource)
  return {
    name: `bulkWrite${types}`,
    method: 'POST',
    path: `/${path}/bulk`,
    group: many,
    summary: `Write many ${many.toLowerCase()} at once`,
    about:
      'Up to 1,000 operations in one transaction: all of them take effect, or none. Mistakes are told by the index of their operation.',
    body: bulkFrame(rows),
    status: 200,
    answer: bulkAnswer(resource),
    example: {
      body: {
        operations: [
          { action: 'create', data: examples.create },
          { action: 'update', id: 1, data: examples.update },
        ],
      },
    },
    run: bulkWrite(resource, rows),
  }
}
