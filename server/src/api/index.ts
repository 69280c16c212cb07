// The native door: routes from the table of operations, credentials, limits, and the one place that writes refusals.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { DoorDefinition, DoorTools, Server } from '../http/door.ts'
import { createRateLimiter, type RateLimiter } from '../http/rate-limit.ts'
import { logFailure } from '../http/server.ts'
import { authenticate, callerOf } from './auth.ts'
import { addBodyReaders } from './body.ts'
import { addOpenApi } from './openapi/serve.ts'
import { type Method, type Operation, operations } from './operations/index.ts'
import { asRefusal, nothingThere, Refusal, sendProblem, unreadable } from './problem.ts'
import { answer, answerAnyone, type Setting } from './run.ts'
import { createViews } from './views.ts'
import { createWaiting } from './waiting.ts'

/** Requests of one caller in a minute: far above any person or well-made program, and a stop for one that runs wild. */
const requestsPerMinute = 1_200_000

/** The native API. */
export const native: DoorDefinition = {
  name: 'native',
  prefix: '/api/v1',
  register(server, tools) {
    addBodyReaders(server)
    const waiting = createWaiting()
    const setting: Setting = { tools, views: createViews(tools.fragments), waiting }
    // Those who wait for changes would keep a server that stops from stopping.
    server.addHook('preClose', (done) => {
      waiting.endAll()
      done()
    })
    const limiter = createRateLimiter(tools.clock, requestsPerMinute)
    for (const [path, methods] of routesOf(operations)) addRoute(server, setting, limiter, path, methods)
    addOpenApi(server)
    server.setNotFoundHandler((_, reply) => sendProblem(reply, nothingThere()))
    server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) =>
      sendProblem(reply, asRefusal(error) ?? unexpected(error, request)),
    )
  },
}

/** The operations of each path, in the framework's spelling of it. */
export function routesOf(all: readonly Operation[]): ReadonlyMap<string, ReadonlyMap<Method, Operation>> {
  const routes = new Map<string, Map<Method, Operation>>()
  for (const operation of all) {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1')
    const methods = routes.get(path) ?? new Map<Method, Operation>()
    if (methods.has(operation.method)) throw new Error(`${operation.method} ${path} is there twice.`)
    routes.set(path, methods.set(operation.method, operation))
  }
  return routes
}

function addRoute(
  server: Server,
  setting: Setting,
  limiter: RateLimiter,
  path: string,
  methods: ReadonlyMap<Method, Operation>,
): void {
  const allow = [...methods.keys(), ...(methods.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
  server.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: path,
    exposeHeadRoute: false,
    async handler(request, reply) {
      if (request.method === 'OPTIONS') return reply.code(204).header('allow', allow).send()
      const asked = request.method === 'HEAD' ? 'GET' : request.method
      const operation = methods.get(asked as Method)
      if (operation === undefined) {
        throw new Refusal(405, 'method_not_allowed', `This takes ${allow}.`, { headers: { allow } })
      }
      reply.header('vary', 'Authorization, Cookie')
      limit(setting.tools, limiter, request, reply)
      if (operation.open !== undefined) return answerAnyone(setting, operation, request, reply)
      const actor = await authenticate(setting.tools.core, request, setting.tools.publicUrl)
      request.personId = actor.personId
      return answer(setting, operation, request, reply, actor)
    },
  })
}

function limit(
  { publicUrl }: DoorTools,
  limiter: RateLimiter,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { limit: most, remaining, resetSeconds, allowed } = limiter(callerOf(request, publicUrl))
  reply.header('ratelimit-limit', most)
  reply.header('ratelimit-remaining', remaining)
  reply.header('ratelimit-reset', resetSeconds)
  if (allowed) return
  const headers = { 'retry-after': String(resetSeconds) }
  throw new Refusal(429, 'too_many_requests', 'Too many requests.', { headers })
}

function unexpected(error: Error & { statusCode?: number }, request: FastifyRequest): Refusal {
  const status = logFailure(error, request)
  if (status === 413) return new Refusal(413, 'too_large', 'The body is too large.')
  if (status === 415) return new Refusal(415, 'unsupported_type', 'The type of the body is not known here.')
  if (status < 500) return unreadable('The request cannot be read.')
  return new Refusal(500, 'internal_error', 'Something went wrong.')
}
