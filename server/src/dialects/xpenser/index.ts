// The Xpenser door: route table, credentials, parsers and the one place that writes answers.

import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../core/errors.ts'
import type { Expense } from '../../core/expenses/nouns.ts'
import type { AnswerText } from '../../http/answers.ts'
import type { DoorDefinition, DoorTools, Server } from '../../http/door.ts'
import type { View } from '../../http/fragments.ts'
import { first, queryOf, readPairs } from '../../http/pairs.ts'
import { logFailure } from '../../http/server.ts'
import { authenticate } from './auth.ts'
import { addBodyReaders, bodyOf } from './body.ts'
import type { Answer, Call, Handler } from './call.ts'
import {
  badRequest,
  bug,
  methodNotAllowed,
  notFoundRefusal,
  presentError,
  type Refusal,
  unknownFormat,
} from './errors.ts'
import { createExpense, deleteExpense, listExpenses, readExpense, updateExpense } from './expenses.ts'
import { parseId } from './ids.ts'
import { listTags, listTypes, readTag, readUser } from './names.ts'
import { createSimple, listSerialised } from './older.ts'
import { createReceipt, deleteReceipt, parseImage, readReceipt } from './receipts.ts'
import { createReport, deleteReport, listReports, readReport, updateReport } from './reports.ts'
import { type Format, formats } from './wire.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Every path with the handler of each method; what is missing is answered 405. README lists the same. */
export const routes: readonly {
  readonly path: string
  readonly methods: { readonly [M in Method]?: Handler }
}[] = [
  { path: '/api/v1.0/expenses', methods: { GET: listExpenses } },
  // A published sample and a Ruby client have a stray blank here.
  { path: '/api/v1.0/ expenses', methods: { GET: listExpenses } },
  { path: '/api/v1.0/expense', methods: { POST: createExpense } },
  {
    path: '/api/v1.0/expense/:id',
    methods: {
      GET: readExpense,
      POST: unlessDelete(updateExpense, deleteExpense),
      PUT: updateExpense,
      DELETE: deleteExpense,
    },
  },
  { path: '/api/v1.0/reports', methods: { GET: listReports } },
  { path: '/api/v1.0/report', methods: { POST: createReport } },
  {
    path: '/api/v1.0/report/:id',
    methods: {
      GET: readReport,
      POST: unlessDelete(updateReport, deleteReport),
      PUT: updateReport,
      DELETE: deleteReport,
    },
  },
  { path: '/api/v1.0/tags', methods: { GET: listTags } },
  { path: '/api/v1.0/tag/:id', methods: { GET: readTag } },
  { path: '/api/v1.0/receipt', methods: { POST: createReceipt } },
  {
    path: '/api/v1.0/receipt/:id',
    methods: { GET: readReceipt, POST: unlessDelete(undefined, deleteReceipt), DELETE: deleteReceipt },
  },
  { path: '/api/v1.0/types', methods: { GET: listTypes } },
  { path: '/api/v1.0/user', methods: { GET: readUser } },
  { path: '/api/simple', methods: { GET: createSimple, POST: createSimple } },
  { path: '/api/expenses', methods: { GET: listSerialised } },
]

/** Reads whose answer depends on nothing but the organization: it stays true while nothing in that happens. */
const lasting: ReadonlySet<Handler> = new Set([listExpenses, readExpense])

/** Paths of the original that are answered, but not served: OAuth 1.0a needs consumer keys handed out by hand. */
export const refused: readonly string[] = [
  '/api/oauth/expenses',
  '/oauth/request_token',
  '/oauth/authorize',
  '/oauth/access_token',
]

/** Where the files of receipts lie, as clients put it together. */
export const mediaPath = '/static/xpenser/media/Receipts/:folder/:image'

/** Xpenser's API v1.0 and what remains of the older one. */
export const xpenser: DoorDefinition = {
  name: 'xpenser',
  prefix: '/xpenser',
  register(server, tools) {
    addBodyReaders(server, tools.core)
    const views = new Map([...formats.values()].map((format) => [format, tools.fragments.view<Expense>()]))
    for (const { path, methods } of routes) addRoute(server, tools, views, path, methods)
    for (const path of refused) server.all(path, async (_, reply) => refuse(reply, notFoundRefusal))
    addMedia(server, tools)
    server.setNotFoundHandler((_, reply) => refuse(reply, notFoundRefusal))
    server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const status = logFailure(error, request)
      if (error instanceof DomainError) return refuse(reply, presentError(error))
      if (status === 413) return refuse(reply, { status, headers: {}, body: 'Request Entity Too Large' })
      return refuse(reply, status < 500 ? badRequest('the request cannot be read') : bug)
    })
  },
}

function addRoute(
  server: Server,
  tools: DoorTools,
  views: ReadonlyMap<Format, View<Expense>>,
  path: string,
  methods: { readonly [M in Method]?: Handler },
): void {
  const allow = Object.keys(methods).join(', ')
  server.route({
    method: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'],
    url: path,
    exposeHeadRoute: false,
    async handler(request, reply) {
      // HEAD asks for the head of a GET, except where a GET writes: then it must not.
      const asked = request.method === 'HEAD' && path !== '/api/simple' ? 'GET' : request.method
      const handler = methods[asked as Method]
      reply.header('vary', 'Authorization')
      const actor = await authenticate(tools.core, request)
      if ('status' in actor) return refuse(reply, actor)
      request.personId = actor.personId
      if (handler === undefined) return refuse(reply, methodNotAllowed(allow))
      const keeps = lasting.has(handler) && request.body === undefined
      const known = keeps ? tools.answers.find(actor, request.url) : undefined
      if (known !== undefined) return send(reply, known)
      const call = callOf(request, tools, views, actor)
      if ('status' in call) return refuse(reply, call)
      const answer = spell(call.format, await handler(call))
      if (keeps && 'text' in answer) tools.answers.keep(actor, request.url, answer)
      return send(reply, answer)
    },
  })
}

function callOf(
  request: FastifyRequest,
  { core, clock }: DoorTools,
  views: ReadonlyMap<Format, View<Expense>>,
  actor: Call['actor'],
): Call | Refusal {
  const query = readPairs(queryOf(request.url))
  const body = bodyOf(request)
  if (query === undefined || body === 'broken') return badRequest('the request cannot be read')
  if (body === 'too_large') return { status: 413, headers: {}, body: 'Request Entity Too Large' }
  const name = first(query, 'format') ?? first(body.pairs, 'format') ?? 'json'
  const format = formats.get(name)
  const expenseView = format && views.get(format)
  if (format === undefined || expenseView === undefined) return unknownFormat(name.slice(0, 40))
  const { id: text } = request.params as { id?: string }
  const id = text === undefined ? 0 : parseId(text)
  if (id === undefined) return notFoundRefusal
  return { core, actor, now: clock(), id, query, form: body.pairs, files: body.files, format, expenseView }
}

/** A POST to an item updates it, unless `action=delete` stands in the query or in the body. */
function unlessDelete(update: Handler | undefined, remove: Handler): Handler {
  return async (call) => {
    const action = first(call.query, 'action') ?? first(call.form, 'action')
    if (action === 'delete') return remove(call)
    if (action) return badRequest(`action '${action.slice(0, 40)}' is unknown`)
    return update === undefined ? badRequest('no action') : update(call)
  }
}

/** An answer as it goes out: a text, a stream of texts, or a refusal. */
type Outgoing =
  | AnswerText
  | Refusal
  | { readonly stream: AsyncGenerator<string>; readonly contentType: string }

const empty: Refusal = { status: 204, headers: {}, body: '' }

function spell({ contentType, one, list }: Format, answer: Answer): Outgoing {
  if (answer === 'empty') return empty
  if ('status' in answer) return answer
  if ('item' in answer) return { text: one(answer.item), contentType }
  const { open, before, after, between, close } = list
  const join = (items: readonly string[]) =>
    items.length === 0 ? '' : before + items.join(after + between + before) + after
  if ('items' in answer) return { text: open + join(answer.items) + close, contentType }
  return { stream: stream(answer.pages), contentType }

  async function* stream(pages: AsyncGenerator<readonly string[]>): AsyncGenerator<string> {
    yield open
    let started = false
    for await (const items of pages) {
      yield (started ? between : '') + join(items)
      started ||= items.length > 0
    }
    yield close
  }
}

function send(reply: FastifyReply, answer: Outgoing): FastifyReply {
  if ('status' in answer) return answer === empty ? reply.code(204).send() : refuse(reply, answer)
  reply.code(200).header('content-type', answer.contentType)
  return reply.send('text' in answer ? answer.text : Readable.from(answer.stream))
}

function refuse(reply: FastifyReply, { status, headers, body }: Refusal): FastifyReply {
  return reply.code(status).headers(headers).type('text/plain; charset=utf-8').send(body)
}

/** Receipt files. Clients ask for them without credentials, so the path alone opens them. */
function addMedia(server: Server, { core }: DoorTools): void {
  server.get(mediaPath, async (request, reply) => {
    const { image } = request.params as { image: string }
    const publicKey = parseImage(image)
    if (publicKey === undefined) return refuse(reply, notFoundRefusal)
    const { receipt, bytes } = await core.receipts.open(publicKey)
    return reply
      .header('cache-control', 'private')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .type(receipt.mediaType)
      .send(bytes)
  })
}
