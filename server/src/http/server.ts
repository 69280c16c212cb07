// The HTTP server that all doors share: limits, request ids, logs, host names, health.

import { randomBytes } from 'node:crypto'
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
  /** Whose `X-Forwarded-For` is believed; nobody's when empty. Throttling counts by the address it tells. */
  readonly trustedProxies?: readonly string[]
  /** Opens `/metrics` to others than this machine. */
  readonly metricsToken?: string
  /** Static pages of the web app. */
  readonly pages: (server: Server) => void
}

/** Log levels at which every request has its line. */
const toldAbout: ReadonlySet<string> = new Set(['trace', 'debug', 'info'])

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
    trustProxy: options.trustedProxies?.length ? [...options.trustedProxies] : false,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    forceCloseConnections: 'idle',
    genReqId: createRequestIds(),
    logger: options.log ?? false,
    // One line per request is written by `note`, with the door and without the address's query. The request id is in
    // it, so that no request needs a logger of its own.
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (logger) => logger,
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
    note(request, reply, metrics, options.log, options.clock())
    done()
  })
  server.addHook('onSend', leaveTogether)
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
    door.atRoot?.(server, options)
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
 * Answers to reads of one turn of the event loop leave together. Clients that had gone to sleep are then woken once for
 * many answers; waking them costs the server more than most of its own work. Nothing waits longer than the turn.
 */
function leaveTogether(
  request: FastifyRequest,
  _: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void {
  if (request.method !== 'GET') done(null, payload)
  else setImmediate(done, null, payload)
}

/** Request ids: unlike those of any other start of the server, and cheap. */
function createRequestIds(): () => string {
  const start = randomBytes(6).toString('hex')
  let count = 0
  return () => {
    count += 1
    return `${start}-${count}`
  }
}

/**
 * The HTTP status of a failure that the framework refuses, such as a body that is too large; else 500. Writes a log line
 * when it is a bug, or when the store cannot work, which its keeper has to know.
 */
export function logFailure(error: Error & { statusCode?: number }, request: FastifyRequest): number {
  const { statusCode: status = 500 } = error
  if (status >= 400 && status < 500) return status
  if (!(error instanceof DomainError) || error.kind === 'unavailable') {
    const { id: requestId, door, routeOptions } = request
    request.log.error({ err: error, requestId, door, route: routeOptions.url }, 'request failed')
  }
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

function note(
  request: FastifyRequest,
  reply: FastifyReply,
  metrics: Metrics,
  log: ServerOptions['log'],
  now: number,
): void {
  const { door = 'server', method, id, personId = null } = request
  const { url: route = 'unknown' } = request.routeOptions
  const { statusCode: status, elapsedTime } = reply
  metrics.observe({ door, method, route, status }, elapsedTime / 1000)
  if (log === undefined || !toldAbout.has(log.level)) return
  // Written out, since every value is a number or of our own making: through the logger it would cost ten times that.
  const what = `"door":"${door}","method":"${method}","route":"${route}","personId":${personId}`
  const how = `"status":${status},"ms":${Math.round(elapsedTime)}`
  log.stream.write(`{"level":30,"time":${now},"requestId":"${id}",${what},${how},"msg":"request"}\n`)
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
