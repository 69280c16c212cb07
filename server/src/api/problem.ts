// Problem details, RFC 9457: every refusal of this door, and how the core's failures become one.

import type { FastifyReply } from 'fastify'
import { DomainError, type ErrorKind } from '../core/errors.ts'

/** Where in a request something is wrong. */
export type Place = 'body' | 'query' | 'path' | 'header'

/** One wrong thing. `path` is a JSON pointer into its place: `/operations/3/amount` of the body, `/limit` of the query. */
export type Flaw = {
  readonly in: Place
  readonly path: string
  readonly code: string
  readonly message: string
}

/** A refusal as it will be answered. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly flaws: readonly Flaw[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: string,
    detail: string,
    more: { readonly flaws?: readonly Flaw[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.flaws = more.flaws ?? []
    this.headers = more.headers ?? {}
  }
}

/** Titles by status; the docs page explains each of them at `#problem-<status>`. */
export const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  423: 'Locked',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** The request cannot be read at all; with flaws, which parts of it. */
export function unreadable(detail: string, flaws: readonly Flaw[] = []): Refusal {
  return new Refusal(400, 'unreadable', detail, { flaws })
}

/** What was sent is understood and wrong. */
export function unprocessable(flaws: readonly Flaw[]): Refusal {
  return new Refusal(422, 'wrong_input', flaws[0]?.message ?? 'The input is wrong.', { flaws })
}

/** Nothing is there, or nothing that the caller may know of. */
export function nothingThere(what = 'resource'): Refusal {
  return new Refusal(404, 'no_such_entity', `There is no such ${what}.`)
}

const statuses: Readonly<Record<ErrorKind, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  invalid: 422,
  conflict: 409,
  locked: 423,
  limit: 429,
  unavailable: 503,
}

/** Seconds after which a client may try again when nothing better is known. */
const retrySeconds = 5

/**
 * A failure of the core as a refusal. `body` is what was sent: a path of the core is spelled as the body's field, such as
 * `categoryId` as `/category_id`. `below` is put before the paths, for the rows of a bulk write.
 */
export function refusalOf(error: DomainError, body?: unknown, below = ''): Refusal {
  const { kind, reason, message, issues } = error
  const flaws = issues.map((issue): Flaw => {
    const { path, code, message: words } = issue
    if (path === 'Idempotency-Key') return { in: 'header', path: `/${path}`, code, message: words }
    return { in: 'body', path: below + pointer(path, body), code, message: words }
  })
  const status = reason === 'revision_changed' ? 412 : reason === 'too_large' ? 413 : (statuses[kind] ?? 500)
  const waits = status === 429 || status === 503
  const headers: Record<string, string> = {
    ...(status === 401 ? challenge : {}),
    ...(waits ? { 'retry-after': String(Math.ceil(error.retryAfterSeconds ?? retrySeconds)) } : {}),
  }
  return new Refusal(status, reason, message, { flaws, headers })
}

/** What a caller without good credentials is told. Basic works too, but naming it would open a browser's own dialog. */
export const challenge = { 'www-authenticate': 'Bearer realm="Daybook"' }

/** Answers a refusal. */
export function sendProblem(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, code, message, flaws, headers } = refusal
  const problem = {
    type: `/api/docs#problem-${status}`,
    title: titles[status] ?? 'Error',
    status,
    code,
    detail: message,
    ...(flaws.length === 0 ? {} : { errors: flaws }),
  }
  return reply
    .code(status)
    .headers(headers)
    .header('content-type', 'application/problem+json')
    .send(Buffer.from(JSON.stringify(problem)))
}

/** The core's name of a field as a JSON pointer into what was sent. */
function pointer(path: string, body: unknown): string {
  const names = path.split('.').map((part) => part.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
  const [first = ''] = names
  const sent = typeof body === 'object' && body !== null ? Object.keys(body) : []
  const spelled = sent.includes(first) || !sent.includes(`${first}_id`) ? first : `${first}_id`
  return `/${[spelled, ...names.slice(1)].join('/')}`
}

/** What a failure is to this door: a refusal, or undefined for a bug. */
export function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  return error instanceof DomainError ? refusalOf(error) : undefined
}
