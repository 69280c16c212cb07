// One request from its operation to its answer: query, body, idempotency, transaction, kept answers.

import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../core/actor.ts'
import { DomainError } from '../core/errors.ts'
import type { Answer as SavedAnswer } from '../core/once.ts'
import type { DoorTools } from '../http/door.ts'
import { queryOf, readPairs } from '../http/pairs.ts'
import { logFailure } from '../http/server.ts'
import { authenticate } from './auth.ts'
import { type Read, readBody } from './body.ts'
import { names } from './entity-tag.ts'
import type { Answer, Call, Operation } from './operation.ts'
import { type Parameters, readParameters, type Values } from './parameters.ts'
import { asRefusal, nothingThere, Refusal, refusalOf, unreadable } from './problem.ts'
import type { Views } from './views.ts'
import type { Waiting } from './waiting.ts'
import { parseId } from './wire.ts'

const jsonType = 'application/json; charset=utf-8'

/** What answering needs of the door. */
export type Setting = { readonly tools: DoorTools; readonly views: Views; readonly waiting: Waiting }

/** Runs an operation for somebody who is known, and sends its answer. */
export async function answer(
  setting: Setting,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
  actor: Actor,
): Promise<FastifyReply> {
  const { tools } = setting
  const { answers } = tools
  const query = readQuery(request, operation.query ?? {})
  const lasts = operation.lasting?.(query) === true
  const known = lasts ? answers.find(actor, request.url) : undefined
  if (known !== undefined) return sendText(request, reply, known.text, known.headers?.etag)
  const call = callOf(setting, request, reply, actor, query)
  if (operation.method === 'GET') {
    const found = await asked(() => operation.run(call, undefined))
    const etag = found.headers?.etag ?? (lasts ? `W/"${actor.personId}.${actor.sequence}"` : undefined)
    if (!lasts || typeof found.body !== 'string') return send(request, reply, found, operation)
    answers.keep(actor, request.url, {
      text: found.body,
      contentType: jsonType,
      ...(etag === undefined ? {} : { headers: { etag } }),
    })
    return sendText(request, reply, found.body, etag)
  }
  const read = await readBody(request, operation)
  return send(request, reply, await write(operation, { ...call, ...read }, request, read), operation)
}

/** Runs an operation that needs no credentials. */
export async function answerAnyone(
  setting: Setting,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const query = readQuery(request, operation.query ?? {})
  const read = operation.method === 'GET' ? undefined : await readBody(request, operation)
  const call = callOf(setting, request, reply, undefined as never, query)
  const { open } = operation
  if (open === undefined) throw new Error(`${operation.name} is not open.`)
  return send(request, reply, await open({ ...call, ...read, request }), operation)
}

/** Runs a read; what is wrong with it stands in its query. */
async function asked(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { status, code, message, flaws, headers } = refusalOf(error)
    throw new Refusal(status, code, message, {
      headers,
      flaws: flaws.map((flaw) => ({ ...flaw, in: 'query' as const })),
    })
  }
}

/** Runs a write in one transaction, together with its idempotency key where there is one. */
async function write(operation: Operation, call: Call, request: FastifyRequest, read: Read): Promise<Answer> {
  const { core, actor } = call
  if (operation.alone) return operation.run(call, await operation.prepare?.(call))
  const key = request.headers['idempotency-key']
  if (key === undefined) {
    const prepared = await operation.prepare?.(call)
    return core.together(actor, (within) => operation.run({ ...call, actor: within }, prepared))
  }
  if (typeof key !== 'string') throw unreadable('The idempotency key is given twice.')
  // What is prepared may fail for a repeated request that succeeded at first, such as one that changed the password.
  const prepared = await settle(operation.prepare?.(call))
  let ran: Answer | undefined
  const what = { method: request.method, url: request.url, digest: read.digest }
  const fingerprint = createHash('sha256').update(JSON.stringify(what)).digest('hex')
  const saved = await core.once(actor, { key, fingerprint }, async (within) => {
    ran = await operation.run({ ...call, actor: within }, prepared())
    return asSaved(operation.keptAs?.(ran) ?? ran)
  })
  if (ran !== undefined) return ran
  const headers = { ...saved.headers, 'idempotency-replayed': 'true' }
  return { status: saved.status, headers, ...(saved.body === '' ? {} : { body: saved.body }) }
}

async function settle(work: Promise<unknown> | undefined): Promise<() => unknown> {
  try {
    const value = await work
    return () => value
  } catch (error) {
    return () => {
      throw error
    }
  }
}

function asSaved({ status, headers = {}, body = '' }: Answer): SavedAnswer {
  const { 'set-cookie': _, ...kept } = headers
  return { status, headers: kept, body: typeof body === 'string' ? body : '' }
}

function readQuery(request: FastifyRequest, parameters: Parameters): Values {
  const pairs = readPairs(queryOf(request.url))
  if (pairs === undefined) throw unreadable('The query cannot be read.')
  return readParameters(pairs, parameters)
}

function callOf(
  { tools, views, waiting }: Setting,
  request: FastifyRequest,
  reply: FastifyReply,
  actor: Actor,
  query: Values,
): Call {
  const ids: Record<string, number> = {}
  for (const [name, text] of Object.entries(request.params as Record<string, string>)) {
    if (!name.endsWith('id')) continue
    const id = parseId(text)
    if (id === undefined) throw nothingThere()
    ids[name] = id
  }
  const { 'if-match': ifMatch } = request.headers
  const texts = request.params as Record<string, string>
  return {
    core: tools.core,
    actor,
    now: tools.clock(),
    ids,
    texts,
    query,
    body: undefined,
    upload: undefined,
    ifMatch,
    headers: request.headers,
    method: request.method,
    views,
    tools,
    waiting,
    onClose: (listener) => reply.raw.once('close', listener),
    again: () => authenticate(tools.core, request, tools.publicUrl),
    log: (error) => {
      if (asRefusal(error) === undefined) logFailure(error, request)
    },
  }
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, headers = {}, body, stream }: Answer,
  { answerType }: Operation,
): FastifyReply {
  const { etag } = headers
  if (status === 200 && isUnchanged(request, etag)) return reply.code(304).header('etag', etag).send()
  reply.code(status).headers(headers)
  if (stream !== undefined) return reply.send(stream)
  if (body === undefined) return reply.send()
  if (headers['content-type'] === undefined) {
    reply.header(
      'content-type',
      typeof body === 'string' ? jsonType : (answerType ?? 'application/octet-stream'),
    )
  }
  return reply.send(body)
}

function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
  etag: string | undefined,
): FastifyReply {
  if (etag !== undefined) reply.header('etag', etag)
  if (isUnchanged(request, etag)) return reply.code(304).send()
  return reply.code(200).header('content-type', jsonType).send(text)
}

function isUnchanged({ headers, method }: FastifyRequest, etag: string | undefined): boolean {
  return (
    (method === 'GET' || method === 'HEAD') && etag !== undefined && names(headers['if-none-match'], etag)
  )
}
