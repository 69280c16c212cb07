// The OpenAPI 3.1 document, from the tables that also validate and present.

import { readFileSync } from 'node:fs'
import type { Operation } from '../operation.ts'
import { operations } from '../operations/index.ts'
import { titles } from '../problem.ts'
import { components, type Json, referring } from './components.ts'

/** Answers to the examples, as a test has got them from the demo book. */
export const exampleAnswers: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(new URL('golden/examples.json', import.meta.url), 'utf8'),
)

const about =
  'Everything Daybook can do, for programs. JSON in UTF-8; money and decimals are exact texts, instants RFC 3339 in UTC, ids whole numbers. Lists are walked by `cursor`. Fields and parameters that are not known are refused by name.'

let made: Json | undefined

/** The document; made at the first call. */
export function openApiDocument(): Json {
  made ??= {
    openapi: '3.1.0',
    info: { title: 'Daybook', version: '1', description: about, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { password: [] }, { session: [] }],
    tags: [...new Set(operations.map(({ group }) => group))].map((name) => ({ name })),
    paths: paths(),
    components: { schemas: components(), securitySchemes, responses, headers },
  }
  return made
}

const securitySchemes: Json = {
  token: { type: 'http', scheme: 'bearer', description: 'An API token.' },
  password: { type: 'http', scheme: 'basic', description: 'E-mail address or username, and password.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'daybook',
    description:
      'The session of the web app; `__Host-daybook` under https. Writes need the header X-Requested-With, or come from our own pages.',
  },
}

const responses: Json = Object.fromEntries(
  Object.entries(titles).map(([status, description]) => [
    status,
    {
      description,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]),
)

const headers: Json = {
  ETag: { description: 'The entity as it stands.', schema: { type: 'string' } },
  Location: { description: 'Where the new entity is.', schema: { type: 'string' } },
  'RateLimit-Remaining': {
    description: 'Requests left until `RateLimit-Reset` seconds from now.',
    schema: { type: 'integer' },
  },
}

function paths(): Json {
  const found: Record<string, Record<string, Json>> = {}
  for (const operation of operations) {
    const path = found[operation.path] ?? {}
    path[operation.method.toLowerCase()] = described(operation)
    found[operation.path] = path
  }
  return found
}

function described(operation: Operation): Json {
  const { name, group, summary, about: description, open, example } = operation
  return {
    operationId: name,
    tags: [group],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(open === undefined ? {} : { security: [] }),
    ...withParameters(operation),
    ...withBody(operation, example.body),
    responses: {
      [operation.status]: success(operation),
      ...Object.fromEntries(
        refusals(operation).map((status) => [status, { $ref: `#/components/responses/${status}` }]),
      ),
    },
  }
}

function withParameters({ path, query = {}, method, alone, open, conditional }: Operation): Json {
  const parameters: Json[] = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: /id$/.test(name ?? '') ? { type: 'integer', minimum: 1 } : { type: 'string' },
    })),
    ...Object.entries(query).map(([name, { schema, about: description, required }]) => ({
      name,
      in: 'query',
      description,
      ...(required ? { required } : {}),
      schema: referring(schema),
      ...((schema as { type?: string }).type === 'array' ? { style: 'form', explode: false } : {}),
    })),
    ...(method === 'GET' || alone || open ? [] : [idempotencyKey]),
    ...(conditional ? [ifMatch] : []),
  ]
  return parameters.length === 0 ? {} : { parameters }
}

const idempotencyKey: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Visible ASCII, at most 200 characters. The same key with the same request gives the first answer again, with `Idempotency-Replayed: true`.',
  schema: { type: 'string', maxLength: 200 },
}

const ifMatch: Json = {
  name: 'If-Match',
  in: 'header',
  description: 'The `ETag` that was read: a 412 when somebody else has changed it since.',
  schema: { type: 'string' },
}

function withBody({ body, bodyOptional, takesFile }: Operation, example: unknown): Json {
  const binary = { type: 'string', format: 'binary' }
  if (takesFile) {
    const form = { type: 'object', properties: { file: binary }, required: ['file'] }
    const content = {
      'application/octet-stream': { schema: binary },
      'multipart/form-data': { schema: form },
    }
    return { requestBody: { required: true, content } }
  }
  if (body === undefined) return {}
  const content = { 'application/json': { schema: referring(body), example } }
  return { requestBody: { required: bodyOptional !== true, content } }
}

function success({ name, status, answer, answerType, method }: Operation): Json {
  const description = status === 201 ? 'Made.' : status === 204 ? 'Done.' : 'As asked for.'
  const told = status === 201 ? ['Location', 'ETag'] : method === 'GET' ? ['ETag'] : []
  const known = [...told, 'RateLimit-Remaining'].map((header) => [
    header,
    { $ref: `#/components/headers/${header}` },
  ])
  const content =
    answer !== undefined
      ? { 'application/json': { schema: referring(answer), example: exampleAnswers[name] } }
      : answerType !== undefined
        ? { [answerType]: { schema: { type: 'string', format: 'binary' } } }
        : undefined
  return { description, headers: Object.fromEntries(known), ...(content === undefined ? {} : { content }) }
}

/** What an operation may refuse with, beside being unreachable. */
function refusals({ path, method, body, takesFile, conditional, open, alone }: Operation): number[] {
  const writes = method !== 'GET'
  return [
    400,
    ...(open === undefined ? [401, 403] : []),
    ...(path.includes('{') ? [404] : []),
    ...(writes && !alone ? [409] : []),
    ...(conditional ? [412] : []),
    ...(body === undefined && !takesFile ? [] : [413, 415]),
    ...(writes ? [422] : []),
    ...(writes && open === undefined && !alone ? [423] : []),
    429,
    503,
  ]
}
