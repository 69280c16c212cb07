// The body of a request as a tree, whatever its type: JSON, or forms with names in brackets.

import type { FastifyRequest } from 'fastify'
import type { Server } from '../../http/door.ts'
import { readMultipart } from '../../http/multipart.ts'
import { readPairs } from '../../http/pairs.ts'
import { nest } from './brackets.ts'

/** A value of a body. Numbers of JSON are kept as the text they were sent as. */
export type Value = null | string | boolean | readonly Value[] | Attributes

/** Named values. Objects without a prototype, so that no name means more than it says. */
export type Attributes = { readonly [name: string]: Value }

/** What is wrong with a body that cannot be read. */
export type BodyProblem = 'broken' | 'too_large'

/** Lists and objects inside each other at most. */
const maxDepth = 20

const none: Attributes = Object.freeze(Object.create(null))

// Nothing here takes a file; what comes as parts is read for its fields.
const partLimits = { maxFileBytes: 0, maxFiles: 0, maxFieldBytes: 100_000 }

/** Registers the readers of bodies. Every one answers a tree, or tells what is wrong. */
export function addBodyReaders(server: Server): void {
  const bytes = { parseAs: 'buffer' } as const
  server.addContentTypeParser('multipart/form-data', async (request: FastifyRequest) => {
    const form = await readMultipart(request.raw, request.headers, partLimits)
    return typeof form === 'string' ? form : (nest(form.pairs) ?? 'broken')
  })
  server.addContentTypeParser('application/x-www-form-urlencoded', bytes, async (_: unknown, body: Buffer) =>
    readForm(body),
  )
  // Some clients name no type, or a wrong one: JSON is what they mean.
  server.addContentTypeParser('*', bytes, async (_: unknown, body: Buffer) => readJson(body))
}

/** The tree that a parser left, or what is wrong with it. A request without a body is an empty one. */
export function bodyOf({ body }: Pick<FastifyRequest, 'body'>): Attributes | BodyProblem {
  return (body as Attributes | BodyProblem | undefined | null) ?? none
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

function readForm(bytes: Buffer): Attributes | BodyProblem {
  const text = decode(bytes)
  const pairs = text === undefined ? undefined : readPairs(text.trim())
  return (pairs && nest(pairs)) ?? 'broken'
}

/** Clients of three languages send the type of JSON with nothing behind it: on stop, on GET and on DELETE. */
function readJson(bytes: Buffer): Attributes | BodyProblem {
  const text = decode(bytes)
  if (text === undefined) return 'broken'
  if (text.trim() === '') return none
  try {
    const value: unknown = JSON.parse(text, (_, field, context?: { source?: string }) =>
      typeof field === 'number' ? (context?.source ?? String(field)) : field,
    )
    const tree = copy(value, 0)
    return isObject(tree) ? tree : 'broken'
  } catch {
    return 'broken'
  }
}

/** The same without prototypes. Throws RangeError when it is too deep. */
function copy(value: unknown, depth: number): Value {
  if (depth > maxDepth) throw new RangeError('The body is too deep.')
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1))
  const fields: Record<string, Value> = Object.create(null)
  for (const [name, field] of Object.entries(value as object)) fields[name] = copy(field, depth + 1)
  return fields
}

/** Whether a value has named values in it. */
export function isObject(value: Value | undefined): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * A list, which may come as an object with the places as names: a PHP client sends every list so. Undefined for anything
 * else.
 */
export function listOf(value: Value | undefined): readonly Value[] | undefined {
  if (Array.isArray(value)) return value
  if (!isObject(value)) return undefined
  const places = Object.keys(value)
  if (!places.every((place) => /^\d{1,9}$/.test(place))) return undefined
  return places.sort((a, b) => Number(a) - Number(b)).map((place) => value[place] ?? null)
}
