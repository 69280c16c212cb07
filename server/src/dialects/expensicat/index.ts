// The Expensicat door: its parser, its routes and the one place that writes answers.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { reach } from '../../core/access.ts'
import type { Actor } from '../../core/actor.ts'
import { DomainError } from '../../core/errors.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import type { DoorDefinition, DoorTools, Server } from '../../http/door.ts'
import type { View } from '../../http/fragments.ts'
import {
  applicationTerms,
  type Bearer,
  createBearer,
  mountMetadata,
  mountOAuth,
} from '../../http/oauth/index.ts'
import { queryOf, readPairs } from '../../http/pairs.ts'
import { logFailure } from '../../http/server.ts'
import { authenticate } from './auth.ts'
import type { Answer, Call } from './call.ts'
import {
  bug,
  missingScope,
  notFoundRefusal,
  presentError,
  type Refusal,
  tooLarge,
  unreadable,
} from './errors.ts'
import { createIds, type Ids } from './ids.ts'
import { describeOAuth } from './oauth.ts'
import { bases, type Method, type Route, refused, routes } from './routes.ts'
import { mayUse } from './scopes.ts'
import { contentType } from './wire.ts'

/** What the ids of this door are made with. Another purpose would give everything another id. */
export const idPurpose = 'expensicat ids'

/** Expensicat's API. */
export const expensicat: DoorDefinition = {
  name: 'expensicat',
  prefix: '/expensicat',
  applications: applicationTerms(describeOAuth(() => undefined)),
  atRoot(server, tools) {
    mountMetadata(server, tools, describeOAuth(idsOf(tools).parseOrganization))
  },
  register(server, tools) {
    const ids = idsOf(tools)
    const description = describeOAuth(ids.parseOrganization)
    mountOAuth(server, tools, description)
    const door: Door = {
      ...tools,
      ids,
      bearer: createBearer(tools, description),
      viewOf: createViews(() => tools.fragments.view<TimeEntry>()),
    }
    // Bodies are read by those who need them: wrappers send a type, and something or nothing, with every request.
    server.addContentTypeParser('*', { parseAs: 'buffer' }, async (_: unknown, body: Buffer) => body)
    for (const base of bases) {
      for (const route of routes) addRoute(server, door, base, route)
      for (const path of refused) server.all(base + path, async (_, reply) => refuse(reply, notFoundRefusal))
    }
    server.setNotFoundHandler((_, reply) => refuse(reply, notFoundRefusal))
    server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const status = logFailure(error, request)
      if (error instanceof DomainError) return refuse(reply, presentError(error))
      if (status === 413) return refuse(reply, tooLarge)
      return refuse(reply, status < 500 ? unreadable : bug)
    })
  },
}

type Door = DoorTools & {
  readonly ids: Ids
  readonly bearer: Bearer
  readonly viewOf: (actor: Actor) => View<TimeEntry>
}

function idsOf({ keys }: DoorTools): Ids {
  return createIds(keys.derive(idPurpose))
}

/** Whoever sees other fields gets another view: rates and invoices are not for everyone. */
function createViews(create: () => View<TimeEntry>): Door['viewOf'] {
  const views = [create(), create(), create(), create()] as const
  return (actor) => {
    const rates = reach(actor, 'rates.read') !== undefined
    const invoices = reach(actor, 'invoice.read') !== undefined
    return rates ? (invoices ? views[3] : views[2]) : invoices ? views[1] : views[0]
  }
}

function addRoute(server: Server, door: Door, base: string, route: Route): void {
  server.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: base + route.path,
    exposeHeadRoute: false,
    async handler(request, reply) {
      reply.header('vary', 'Authorization')
      const actor = await authenticate(door.bearer, request)
      if ('status' in actor) return refuse(reply, actor)
      request.personId = actor.personId
      // HEAD asks for the head of a GET.
      const method = request.method === 'HEAD' ? 'GET' : request.method
      const handler = route.methods[method as Method]
      if (handler === undefined) return refuse(reply, notFoundRefusal)
      const scope = method === 'GET' ? route.read : route.write
      if (!mayUse(actor, scope)) return refuse(reply, missingScope(scope))
      // Every read depends on nothing but the organization, so its answer holds while nothing happens there.
      const known = method === 'GET' ? door.answers.find(actor, request.url) : undefined
      if (known !== undefined) return send(reply, known)
      const call = callOf(request, door, actor)
      if (call === undefined) return refuse(reply, unreadable)
      const answer = await handler(call)
      if (method === 'GET' && answer !== 'empty') {
        door.answers.keep(actor, request.url, { text: answer.text, contentType })
      }
      return send(reply, answer)
    },
  })
}

function callOf(request: FastifyRequest, { core, ids, viewOf }: Door, actor: Actor): Call | undefined {
  const query = readPairs(queryOf(request.url))
  if (query === undefined) return undefined
  const { id = '' } = request.params as { id?: string }
  const bytes = (request.body as Uint8Array | undefined) ?? new Uint8Array()
  return { core, actor, ids, id, query, bytes, entryView: viewOf(actor) }
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  if (answer === 'empty') return reply.code(204).send()
  return reply
    .code(answer.created === true ? 201 : 200)
    .header('content-type', contentType)
    .send(answer.text)
}

function refuse(reply: FastifyReply, { status, headers, body }: Refusal): FastifyReply {
  return reply.code(status).headers(headers).send(body)
}
