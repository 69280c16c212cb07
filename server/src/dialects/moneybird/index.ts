// The Moneybird door: paths, tokens, parsers, and the one place that writes answers.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../core/actor.ts'
import { dayOf, type LocalDate, localOf } from '../../core/day.ts'
import { DomainError } from '../../core/errors.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import type { AnswerText } from '../../http/answers.ts'
import type { DoorDefinition, DoorTools, Server } from '../../http/door.ts'
import type { View } from '../../http/fragments.ts'
import { applicationTerms, mountOAuth } from '../../http/oauth/index.ts'
import { queryOf, readPairs } from '../../http/pairs.ts'
import { logFailure } from '../../http/server.ts'
import { type Authenticate, createAuthenticate } from './auth.ts'
import { addBodyReaders, bodyOf } from './body.ts'
import type { Answer, Call } from './call.ts'
import {
  administrationNotFound,
  bug,
  formatNotSupported,
  methodNotAllowed,
  presentError,
  type Refusal,
  Refused,
  recordNotFound,
  tokenInvalid,
  tooLarge,
  unreadable,
} from './errors.ts'
import { idOrNone } from './ids.ts'
import { oauth } from './oauth.ts'
import { pageAddress, pageHeaders } from './pages.ts'
import { administrations, lasting, type Method, type Route, routes } from './routes.ts'
import { hasAccess, noAccess } from './scopes.ts'
import { contentType } from './wire.ts'

/** Where everything lies below the door. */
export const base = '/api/v2'

/** Moneybird's API, version 2. */
export const moneybird: DoorDefinition = {
  name: 'moneybird',
  prefix: oauth.prefix,
  applications: applicationTerms(oauth),
  register(server, tools) {
    mountOAuth(server, tools, oauth)
    addBodyReaders(server)
    const views = new Map<string, View<TimeEntry>>()
    const entryView = (what: string) => {
      const view = views.get(what) ?? tools.fragments.view<TimeEntry>()
      views.set(what, view)
      return view
    }
    const authenticate = createAuthenticate(tools)
    const door = { ...tools, authenticate, entryView, publicHost: new URL(tools.publicUrl).host }
    addRoute(server, door, base, administrations)
    for (const route of routes) addRoute(server, door, `${base}/:administration`, route)
    // Whoever asks for something unknown learns whether the token is good first, as there.
    server.setNotFoundHandler(async (request, reply) => {
      const actor = await authenticate(request)
      return write(reply, actor === undefined ? tokenInvalid : administrationNotFound)
    })
    server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) =>
      fail(error, request, reply, tools),
    )
  },
}

type Door = DoorTools &
  Pick<Call, 'entryView'> & { readonly authenticate: Authenticate; readonly publicHost: string }

/** A route as its handler needs it, worked out once. */
type Place = Route & {
  /** The format in the address, where the address has a fixed end. */
  readonly format: string
  /** Whether the address ends in a part with a name, which takes the format along. */
  readonly open: boolean
  readonly lacking: Refusal | undefined
}

/** One refusal for each failure; what is unknown is a bug. */
function fail(
  error: Error & { statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
  { clock }: DoorTools,
): FastifyReply {
  if (error instanceof Refused) return write(reply, error.refusal)
  const status = logFailure(error, request)
  if (error instanceof DomainError) {
    return write(reply, presentError(error, { lacking: undefined, missing: recordNotFound, now: clock() }))
  }
  return write(reply, status === 413 ? tooLarge : status < 500 ? unreadable : bug)
}

/** Registers a path without a format, with `.json`, and with `.xml`, which is refused. */
function addRoute(server: Server, door: Door, prefix: string, route: Route): void {
  const open = /:\w+$/.test(route.path)
  const lacking = noAccess(route.access)
  for (const format of open ? [''] : ['', '.json', '.xml']) {
    const place = { ...route, format, open, lacking }
    server.route({
      method: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'],
      url: `${prefix}${route.path}${format}`,
      exposeHeadRoute: false,
      handler: (request, reply) => handle(door, place, request, reply),
    })
  }
}

async function handle(
  door: Door,
  place: Place,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { clock, answers } = door
  const { lacking, methods, access, missing } = place
  const actor = await door.authenticate(request)
  reply.header('vary', 'Authorization')
  if (actor === undefined) return write(reply, tokenInvalid)
  request.personId = actor.personId
  const { params, xml } = paramsOf(request, place)
  if (xml) return write(reply, formatNotSupported)
  const own = params.administration === undefined || params.administration === String(actor.organizationId)
  if (!own) return write(reply, administrationNotFound)
  const method = methodOf(request)
  const handler = methods[method]
  if (handler === undefined) return write(reply, methodNotAllowed(Object.keys(methods).join(', ')))
  if (lacking !== undefined && !hasAccess(actor, access)) return write(reply, lacking)
  const now = clock()
  const today = dayOf(localOf(now, actor.organization.timeZone))
  const origin = originOf(request, door)
  const keeps = lasting.has(handler) && request.body == null
  // Answers tell the day in states and periods, and the address in links.
  const key = keeps ? `${today} ${origin}${request.originalUrl}` : ''
  const kept = keeps ? answers.find(actor, key) : undefined
  if (kept !== undefined) return send(reply, 200, kept)
  try {
    const call = callOf(door, request, actor, { params, now, today, origin })
    const answer = 'status' in call ? call : await handler(call)
    return respond(reply, answer, call, (text) => {
      if (keeps) answers.keep(actor, key, text)
    })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    logFailure(error, request)
    return write(reply, presentError(error, { lacking, missing: missing?.[method] ?? recordNotFound, now }))
  }
}

/** PUT does what PATCH does, HEAD what GET does: no GET here writes. */
function methodOf({ method }: FastifyRequest): Method {
  return (method === 'PUT' ? 'PATCH' : method === 'HEAD' ? 'GET' : method) as Method
}

/** The parts of the path, the format taken off the last of them where it is there. */
function paramsOf({ params: found }: FastifyRequest, { format, open }: Place) {
  const params = found as Readonly<Record<string, string>>
  const last = open ? Object.keys(params).at(-1) : undefined
  if (last === undefined) return { params, xml: format === '.xml' }
  const [, stem = '', ending] = /^(.*?)(\.json|\.xml)?$/s.exec(params[last] ?? '') ?? []
  return { params: { ...params, [last]: stem }, xml: ending === '.xml' }
}

function callOf(
  { core, publicUrl, entryView, answers }: Door,
  request: FastifyRequest,
  actor: Actor,
  { params, now, today, origin }: { params: Call['params']; now: number; today: LocalDate; origin: string },
): Call | Refusal {
  const query = readPairs(queryOf(request.url))
  const body = bodyOf(request)
  if (query === undefined || body === 'broken') return unreadable
  if (body === 'too_large') return tooLarge
  // As the caller wrote it, before a host name was turned into a door.
  const address = request.originalUrl
  return {
    core,
    actor,
    names: { ...actor, scopes: null },
    now,
    today,
    params,
    id: idOrNone(params.id),
    query,
    body,
    publicUrl,
    pageUrl: (page) => pageAddress(origin, address, page),
    remember: (what, count) => remember(answers, actor, what, count),
    entryView,
  }
}

async function remember(
  answers: DoorTools['answers'],
  actor: Actor,
  what: string,
  count: () => Promise<number>,
): Promise<number> {
  const known = answers.find(actor, what)
  if (known !== undefined) return Number(known.text)
  const found = await count()
  answers.keep(actor, what, { text: String(found), contentType })
  return found
}

/**
 * Where the caller reached the server: the public address when the host is that one, which knows the scheme in front of a
 * proxy; else the host that was named.
 */
function originOf({ host, protocol }: FastifyRequest, { publicUrl, publicHost }: Door): string {
  if (host === publicHost || !host || !/^[\w.:[\]-]{1,255}$/.test(host)) return publicUrl
  return `${protocol}://${host}`
}

/** Spells an answer; what may be kept of it goes to `keep`. */
function respond(
  reply: FastifyReply,
  answer: Answer,
  call: Call | Refusal,
  keep: (text: AnswerText) => void,
): FastifyReply {
  if (answer === 'empty') return reply.code(204).send()
  if ('status' in answer) return write(reply, answer)
  if ('item' in answer) {
    const text = typeof answer.item === 'string' ? answer.item : JSON.stringify(answer.item)
    const spelled = { text, contentType }
    if (!answer.created) keep(spelled)
    return send(reply, answer.created ? 201 : 200, spelled)
  }
  if ('list' in answer) return send(reply, 200, { text: JSON.stringify(answer.list), contentType })
  const headers = 'status' in call ? {} : pageHeaders(answer.page, answer.total, call.pageUrl)
  const spelled = { text: `[${answer.items.join(',')}]`, contentType, headers }
  keep(spelled)
  return send(reply, 200, spelled)
}

// Bytes, because the framework adds a charset to the type of a text.
function send(reply: FastifyReply, status: number, { text, headers = {} }: AnswerText): FastifyReply {
  return reply.code(status).headers(headers).header('content-type', contentType).send(Buffer.from(text))
}

function write(reply: FastifyReply, { status, body, headers = {} }: Refusal): FastifyReply {
  return send(reply, status, { text: body, contentType, headers })
}
