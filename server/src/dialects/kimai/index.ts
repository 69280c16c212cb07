// The Kimai door: credentials, parsers, and the one place that writes answers.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../core/actor.ts'
import { DomainError } from '../../core/errors.ts'
import type { Expense } from '../../core/expenses/nouns.ts'
import type { DoorDefinition, DoorTools, Server } from '../../http/door.ts'
import type { View } from '../../http/fragments.ts'
import { queryOf, readPairs } from '../../http/pairs.ts'
import { logFailure } from '../../http/server.ts'
import { authenticate } from './auth.ts'
import { readBody } from './body.ts'
import type { Call, Handler } from './call.ts'
import { type Answer, contentType, failure, presentError } from './errors.ts'
import { type Method, type Route, refused, routes } from './routes.ts'

/** Kimai's API with the Expenses plugin, for clients of all its generations. */
export const kimai: DoorDefinition = {
  name: 'kimai',
  prefix: '/kimai',
  register(server, tools) {
    server.addContentTypeParser('*', { parseAs: 'buffer' }, async (_: unknown, bytes: Buffer) => bytes)
    server.addHook('onRequest', (request, reply, done) => {
      allowOrigin(request, reply)
      done()
    })
    const expenseView = tools.fragments.view<Expense>()
    for (const route of routes) addRoute(server, tools, route, expenseView)
    for (const path of refused) server.all(path, async (_, reply) => send(reply, failure(404)))
    server.setNotFoundHandler((request, reply) =>
      send(reply, request.method === 'OPTIONS' ? preflight : failure(404)),
    )
    server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const status = logFailure(error, request)
      if (error instanceof DomainError) return send(reply, presentError(error))
      return send(reply, failure(status === 413 ? 413 : status < 500 ? 400 : 500))
    })
  },
}

/** What a browser asks before a request from another origin. */
const preflight: Answer = {
  status: 204,
  headers: {
    'access-control-allow-methods': 'GET, OPTIONS, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': 'Content-Type, Authorization, X-AUTH-USER, X-AUTH-TOKEN',
    'access-control-max-age': '3600',
  },
  body: '',
}

function addRoute(server: Server, tools: DoorTools, route: Route, expenseView: View<Expense>): void {
  const { path, methods, noun } = route
  const allow = Object.keys(methods).join(', ')
  server.route({
    method: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'],
    url: path,
    exposeHeadRoute: false,
    async handler(request, reply) {
      if (request.method === 'OPTIONS') return send(reply, preflight)
      const asked = request.method === 'HEAD' ? 'GET' : request.method
      const handler = methods[asked as Method]
      if (handler === undefined) return send(reply, failure(405, { allow }))
      const actor = await authenticate(tools.core, request)
      if ('status' in actor) return send(reply, actor)
      request.personId = actor.personId
      const known = asked === 'GET' ? tools.answers.find(actor, request.url) : undefined
      if (known !== undefined) {
        return send(reply, { status: 200, headers: known.headers ?? {}, body: known.text })
      }
      const call = callOf(request, tools, actor, expenseView)
      if ('status' in call) return send(reply, call)
      const answer = await answerOf(handler, call, noun)
      if (answer.lasting && answer.status === 200 && typeof answer.body === 'string') {
        const { headers, body: text } = answer
        tools.answers.keep(actor, request.url, { text, contentType, headers })
      }
      return send(reply, answer)
    },
  })
}

/** A record of somebody else in the organization is forbidden here, where other doors do not know it at all. */
async function answerOf(handler: Handler, call: Call, noun: Route['noun']): Promise<Answer> {
  const { core, actor, id } = call
  try {
    return await handler(call)
  } catch (error) {
    const missing = error instanceof DomainError && error.kind === 'not_found'
    if (missing && noun !== undefined && !(await readable(core, actor, noun, id))) return failure(403)
    throw error
  }
}

/** Whether the number leads to nothing that is kept from this caller. */
async function readable(
  core: DoorTools['core'],
  actor: Actor,
  noun: NonNullable<Route['noun']>,
  id: number,
): Promise<boolean> {
  if (!(await core.holds(actor, noun, id))) return true
  const own =
    noun === 'expense'
      ? (await core.expenses.byIds(actor, [id])).expenses
      : await core.time.byIds(actor, [id])
  return own.length > 0
}

function callOf(
  request: FastifyRequest,
  { core, clock }: DoorTools,
  actor: Actor,
  expenseView: View<Expense>,
): Call | Answer {
  const { id: first, other: second } = request.params as { id?: string; other?: string }
  const [id, other] = [parseId(first), parseId(second)]
  if (id === undefined || other === undefined) return failure(404)
  const query = readPairs(queryOf(request.url))
  const body = readBody(request.body as Buffer | undefined, request.headers['content-type'])
  if (query === undefined || body === undefined) return failure(400)
  return { core, actor, now: clock(), id, other, query, body, expenseView }
}

/** A number of the path; 0 where the path has none. Undefined: no id of anything. */
function parseId(text: string | undefined): number | undefined {
  if (text === undefined) return 0
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
}

/** Pages of any origin may call; they see the headers of paging. */
function allowOrigin(request: FastifyRequest, reply: FastifyReply): void {
  if (request.headers.origin === undefined) return
  reply.header('access-control-allow-origin', '*')
  reply.header('access-control-expose-headers', 'X-Page, X-Total-Count, X-Total-Pages, X-Per-Page')
}

function send(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  if (body.length === 0) return reply.code(status).headers(headers).send()
  // Bytes, because the framework adds a charset to the type of a text.
  return reply
    .code(status)
    .headers({ 'content-type': contentType, ...headers })
    .send(Buffer.from(body))
}
