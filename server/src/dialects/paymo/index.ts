// The Paymo door: route table, credentials, parsers and the one place that writes answers.

import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { DocumentFile } from '../../core/documents/nouns.ts'
import { DomainError } from '../../core/errors.ts'
import type { AnswerText } from '../../http/answers.ts'
import type { DoorDefinition, DoorTools, Server } from '../../http/door.ts'
import { first, type Pairs, queryOf, readPairs } from '../../http/pairs.ts'
import { logFailure } from '../../http/server.ts'
import { authenticate, sessionOf } from './auth.ts'
import { addBodyReaders, type Body, bodyOf, fromPairs } from './body.ts'
import type { Answer, Call } from './call.ts'
import { isDocument, openInvoice, printDocument } from './documents.ts'
import {
  badRequest,
  bug,
  contentType,
  presentError,
  presentMessage,
  type Refusal,
  Refused,
  tooLarge,
  unknownResource,
  unreadableBody,
} from './errors.ts'
import type { Views } from './handlers.ts'
import { parseId } from './ids.ts'
import type { Input } from './input.ts'
import { assetPath, parseAsset, parseSize, thumbnailPath } from './receipts.ts'
import type { Row } from './resource.ts'
import { resources } from './resources.ts'
import { absentRoutes, type Method, type Route, routes } from './routes.ts'
import { type Format, formats } from './wire.ts'

/** Seconds and requests of the limit that every answer tells. Nobody is slowed down; clients pace themselves by it. */
const pace = { 'x-ratelimit-decay-period': '5', 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '99' }

/** Programs in browsers call the service from their own pages. */
const crossOrigin = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': Object.keys({ location: '', ...pace }).join(', '),
}

const preflight = {
  'access-control-allow-methods': 'GET, POST, PUT, DELETE',
  'access-control-allow-headers': 'Authorization, X-Session, Content-Type, Accept',
  'access-control-max-age': '86400',
}

/** Parameters that are never fields of a body. */
const parameters: ReadonlySet<string> = new Set([
  'where',
  'include',
  'partial_include',
  'order',
  'page',
  'page_size',
  'format',
])

/** Paymo's API. */
export const paymo: DoorDefinition = {
  name: 'paymo',
  prefix: '/paymo',
  register(server, tools) {
    const known = async (request: FastifyRequest) => !('status' in (await authenticate(tools.core, request)))
    addBodyReaders(server, known)
    server.addHook('onRequest', (_, reply, done) => {
      reply.headers({ ...pace, ...crossOrigin })
      done()
    })
    const views: Views = new Map(
      [...resources.values()].flatMap(({ name, stamps }) =>
        stamps === undefined ? [] : [[name, tools.fragments.view<Row>()]],
      ),
    )
    for (const route of [...routes, ...absentRoutes]) addRoute(server, tools, views, route)
    addAssets(server, tools)
    server.setNotFoundHandler((request, reply) =>
      request.method === 'OPTIONS'
        ? reply.code(204).headers(preflight).send()
        : refuse(reply, unknownResource),
    )
    server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      if (error instanceof Refused) return refuse(reply, error.refusal)
      const status = logFailure(error, request)
      if (error instanceof DomainError) return refuse(reply, presentError(error))
      if (status === 413) return refuse(reply, tooLarge)
      return refuse(reply, status < 500 ? unreadableBody : bug)
    })
  },
}

function addRoute(server: Server, tools: DoorTools, views: Views, route: Route): void {
  const allow = [...Object.keys(route.methods), 'OPTIONS'].join(', ')
  server.route({
    method: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'],
    url: route.path,
    exposeHeadRoute: false,
    async handler(request, reply) {
      if (request.method === 'OPTIONS')
        return reply
          .code(204)
          .headers({ allow, ...preflight })
          .send()
      const link = linkOf(request, route)
      if (link !== undefined) return sendDocument(reply, await openInvoice(tools.core, request.id, link))
      const actor = await authenticate(tools.core, request)
      if ('status' in actor) return refuse(reply, actor)
      request.personId = actor.personId
      const handler = route.methods[(request.method === 'HEAD' ? 'GET' : request.method) as Method]
      if (handler === undefined) {
        return refuse(reply, { status: 405, message: 'Method not allowed.', headers: { allow } })
      }
      const query = readPairs(queryOf(request.url))
      if (query === undefined) return refuse(reply, badRequest('The request cannot be read.'))
      const format = formatOf(query, request.headers.accept)
      const keeps = route.lasting && handler === route.methods.GET && !route.path.endsWith('/me')
      const key = `${format.name} ${tools.publicUrl} ${request.url}`
      const kept = keeps ? tools.answers.find(actor, key) : undefined
      if (kept !== undefined) return send(reply, 200, kept)
      const body = bodyOf(request)
      if (body === 'broken') return refuse(reply, unreadableBody)
      if (body === 'too_large') return refuse(reply, tooLarge)
      const call = callOf(request, tools, actor, query, format, body)
      const { id = '' } = request.params as { id?: string }
      const wanted = first(query, 'format') ?? ''
      const reads = request.method === 'GET' || request.method === 'HEAD'
      if (reads && isDocument(wanted)) {
        return sendDocument(reply, await printDocument(call, route.path, parseId(id) ?? 0, wanted))
      }
      const answer = await handler({ call, id, views, inputs: inputsOf(request.method, body, query) })
      const status = 'location' in answer ? 201 : 200
      if ('location' in answer)
        reply.header('location', `${call.door}${route.path.replace(/^\/?/, '/')}/${answer.location}`)
      const outgoing = spell(format, answer)
      if (keeps && 'text' in outgoing) tools.answers.keep(actor, key, outgoing)
      return send(reply, status, outgoing)
    },
  })
}

/** A permanent link of an invoice: it opens without credentials, by its token. */
function linkOf(request: FastifyRequest, { path }: Route) {
  if (path !== '/api/invoices/:id' || request.method !== 'GET') return undefined
  const query = readPairs(queryOf(request.url)) ?? []
  const [token, format] = [first(query, 'token'), first(query, 'format')]
  if (token === undefined || (format !== 'html' && format !== 'pdf')) return undefined
  return { id: (request.params as { id: string }).id, token, format }
}

function sendDocument(reply: FastifyReply, found: DocumentFile | { readonly page: string }): FastifyReply {
  reply.code(200).header('content-security-policy', "default-src 'none'; sandbox")
  if ('page' in found) return reply.type('text/html; charset=utf-8').send(found.page)
  reply.header('content-disposition', `inline; filename="${found.fileName}"`)
  return reply.type(found.mediaType).send(Buffer.from(found.bytes))
}

function callOf(
  request: FastifyRequest,
  { core, clock, publicUrl }: DoorTools,
  actor: Call['actor'],
  query: Pairs,
  format: Format,
  body: Body,
): Call {
  return {
    core,
    actor,
    now: clock(),
    door: `${publicUrl}/paymo`,
    query,
    format,
    files: body.files,
    kept: undefined,
    address: request.ip,
    session: sessionOf(request),
  }
}

/** What a request gives to write: its body, or, as one client of old does it, the parameters of its address. */
function inputsOf(method: string, body: Body, query: Pairs): readonly Input[] {
  if (body.inputs.length > 0 || body.isList) return body.inputs
  if (method !== 'POST' && method !== 'PUT') return []
  const input = fromPairs(query.filter(([name]) => !parameters.has(name)))
  return input === undefined ? [] : [input]
}

/** `format` goes before `Accept`; what is neither asks for JSON. */
function formatOf(query: Pairs, accept: string | undefined): Format {
  const wanted = first(query, 'format')
  if (wanted === 'xml') return formats.xml
  if (wanted === 'json') return formats.json
  return /^\s*(?:text|application)\/xml\b/i.test(accept ?? '') ? formats.xml : formats.json
}

type Outgoing = AnswerText | { readonly stream: AsyncGenerator<string>; readonly contentType: string }

function spell(format: Format, answer: Answer): Outgoing {
  const { contentType: type, open, between, close } = format
  if ('whole' in answer) return { text: format.whole(answer.whole), contentType: type }
  const { resource } = answer
  if ('items' in answer) {
    return { text: open(resource) + answer.items.join(between) + close(resource), contentType: type }
  }
  return { stream: stream(answer.pages), contentType: type }

  async function* stream(pages: AsyncGenerator<readonly string[]>): AsyncGenerator<string> {
    yield open(resource)
    let started = false
    for await (const items of pages) {
      if (items.length === 0) continue
      yield (started ? between : '') + items.join(between)
      started = true
    }
    yield close(resource)
  }
}

function send(reply: FastifyReply, status: number, answer: Outgoing): FastifyReply {
  reply.code(status).header('content-type', answer.contentType)
  // Bytes, because the framework adds a charset to the type of a text.
  return reply.send('text' in answer ? Buffer.from(answer.text) : Readable.from(answer.stream))
}

function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  reply
    .code(refusal.status)
    .headers(refusal.headers ?? {})
    .header('content-type', contentType)
  return reply.send(Buffer.from(presentMessage(refusal)))
}

/** Receipts and their thumbnails, at addresses that only those know who were shown them. */
function addAssets(server: Server, { core }: DoorTools): void {
  for (const path of [assetPath, thumbnailPath]) {
    server.get(path, async (request, reply) => {
      const { file, company, size: text } = request.params as { file: string; company: string; size?: string }
      const publicKey = parseAsset(file)
      const size = text === undefined ? undefined : parseSize(text)
      if (publicKey === undefined || (text !== undefined && size === undefined)) {
        return refuse(reply, unknownResource)
      }
      const found =
        size === undefined
          ? await core.receipts.open(publicKey)
          : await core.receipts.thumbnailByKey(publicKey, size)
      if (String(found.receipt.organizationId) !== company) return refuse(reply, unknownResource)
      return reply
        .header('cache-control', 'private')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .type(size === undefined ? found.receipt.mediaType : 'image/png')
        .send(found.bytes)
    })
  }
}
