// The HTTP server that all doors share: limits, request ids, logs, host names, health.

import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { DomainError } from '../core/errors.ts'
import type { DoorDefinition, DoorTools, Server } from './door.ts'
import { createMetrics, type Metrics } from './metrics.ts'

export type ServerOptions = DoorTools & {
  readonly doors: readonly DoorDefinition[]
  /** Host names that lead straight to a door, lower case. */
  readonly hosts: ReadonlyMap<string, string>
  /** Where log lines go; undefined keeps quiet. */
  readonly log?: { readonly level: string; readonly stream: { write(line: string): void } }
  /** Opens `/metrics` to others than this machine. */
  readonly metricsToken?: string
  /** Static pages of the web app. */
  readonly pages: (server: Server) => void
}

/** Bytes of a body that is no upload: a bulk write of a thousand rows fits. */
export const maxBodyBytes = 2 * 1024 * 1024

/** How long a client may take to send a request. Slower ones are cut off. */
const requestMs = 60_000

/** How long an idle connection is kept: longer than the idle time of usual reverse proxies. */
const keepAliveMs = 75_000

/** Makes the server with every door mounted. It does not listen yet. */
export function createServer(options: ServerOptions): Server {
  const { doors, core } = options
  const metrics = createMetrics()
  const server: Server = Fastify({
    bodyLimit: maxBodyBytes,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
    requestIdLogLabel: 'requestId',
    logger: options.log ?? false,
    // One line per request is written below, with the door and without the address's query.
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (error, _, reply) => refuseAddress(error, reply as FastifyReply),
    rewriteUrl: (request) => rewrite(request.headers.host, request.url ?? '/', doors, options.hosts),
    routerOptions: {
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      // Doors read the raw query by their own grammar.
      querystringParser: () => ({}),
    },
  })
  server.decorateRequest('door', undefined)
  server.decorateRequest('personId', undefined)
  server.removeAllContentTypeParsers()
  server.addHook('onResponse', (request, reply, done) => {
    note(request, reply, metrics)
    done()
  })
  // Answers are about someone's money: no shared cache keeps them, no browser guesses their type.
  server.addHook('onRequest', (_, reply, done) => {
    reply.header('x-content-type-options', 'nosniff')
    reply.header('cache-control', 'no-store')
    done()
  })
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = logFailure(error, request)
    reply
      .code(status)
      .type('text/plain; charset=utf-8')
      .send(status < 500 ? 'Bad Request' : 'Internal Server Error')
  })
  server.setNotFoundHandler((_, reply) => {
    reply.code(404).type('text/plain; charset=utf-8').send('Not Found')
  })
  addHealth(server, core, metrics, options.metricsToken)
  for (const door of doors) {
    server.register(
      async (scope: Server) => {
        scope.addHook('onRequest', (request, _, done) => {
          request.door = door.name
          done()
        })
        door.register(scope, options)
      },
      { prefix: door.prefix },
    )
  }
  server.register(async (scope: Server) => options.pages(scope))
  return server
}

/**
 * The status of a failure that is no refusal of the core, and a log line when it is a bug. What the framework refuses,
 * such as a body that is too large, carries a status below 500.
 */
export function logFailure(error: Error & { statusCode?: number }, request: FastifyRequest): number {
  const status = error.statusCode ?? 500
  if (error instanceof DomainError || (status >= 400 && status < 500)) return status
  request.log.error({ err: error, door: request.door, route: request.routeOptions.url }, 'request failed')
  return 500
}

/** An address that cannot be decoded, or a part of it that is too long, leads to no door. */
function refuseAddress({ statusCode = 400 }: FastifyError, reply: FastifyReply): void {
  reply.code(statusCode).type('text/plain; charset=utf-8').send('Bad Request')
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Name of the door the request came through. */
    door: string | undefined
    /** Who asks, once known; for the log. */
    personId: number | undefined
  }
}

function rewrite(
  host: string | undefined,
  url: string,
  doors: readonly DoorDefinition[],
  hosts: ReadonlyMap<string, string>,
): string {
  if (hosts.size === 0 || host === undefined) return url
  const name = hosts.get(host.toLowerCase().replace(/:\d+$/, ''))
  const door = name === undefined ? undefined : doors.find((candidate) => candidate.name === name)
  return door === undefined ? url : door.prefix + url
}

function note(request: FastifyRequest, reply: FastifyReply, metrics: Metrics): void {
  const { door = 'server', method } = request
  const route = request.routeOptions.url ?? 'unknown'
  const seconds = reply.elapsedTime / 1000
  metrics.observe({ door, method, route, status: reply.statusCode }, seconds)
  const { personId } = request
  const ms = Math.round(reply.elapsedTime)
  request.log.info(
    { requestId: request.id, door, method, route, personId, status: reply.statusCode, ms },
    'request',
  )
}

function addHealth(
  server: Server,
  core: DoorTools['core'],
  metrics: Metrics,
  token: string | undefined,
): void {
  server.get('/healthz', async () => ({ status: 'ok' }))
  server.get('/readyz', async (_, reply) => {
    try {
      await core.ready()
      return { status: 'ok' }
    } catch {
      reply.code(503)
      return { status: 'unavailable' }
    }
  })
  server.get('/metrics', async (request, reply) => {
    // The peer of the connection, not what a header says of it.
    const local = /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '')
    const known = token !== undefined && request.headers.authorization === `Bearer ${token}`
    if (!(known || (local && token === undefined))) {
      reply.code(404).type('text/plain; charset=utf-8')
      return 'Not Found'
    }
    reply.type(metrics.contentType)
    return metrics.text()
  })
}
