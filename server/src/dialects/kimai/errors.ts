// Answers as the door writes them, and how Kimai words each failure.

import type { DomainError } from '../../core/errors.ts'
import { spell, type Wire } from './wire.ts'

/** Type of every answer that is JSON. */
export const contentType = 'application/json'

/** An answer. An empty body is sent without a type. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  /** Depends on nothing but the organization, so it stays true while nothing in that happens. */
  readonly lasting?: true
}

const phrases = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const

/** Creations answer 200 like everything else; the one exception names its status. */
export function ok(value: Wire, status = 200): Answer {
  return { status, headers: {}, body: spell(value) }
}

/** What a deletion answers: not a single byte. */
export const empty: Answer = { status: 204, headers: {}, body: '' }

/** The status and its usual phrase; the reason itself stays inside. */
export function failure(
  status: keyof typeof phrases,
  headers: Readonly<Record<string, string>> = {},
  message: string = phrases[status],
): Answer {
  return { status, headers, body: spell({ code: status, message }) }
}

/** What is no longer there; the one failure whose own text goes out. */
export function gone(message: string): Answer {
  return { status: 410, headers: {}, body: spell({ code: 410, message }) }
}

/** A refused pair of headers: the one body without a code. */
export function refusedPair(message: string): Answer {
  return { status: 403, headers: {}, body: spell({ message }) }
}

/** An unknown or expired Bearer token: no body at all. */
export const invalidToken: Answer = {
  status: 401,
  headers: {
    'www-authenticate': 'Bearer error="invalid_token",error_description="Invalid credentials."',
  },
  body: '',
}

/** Every failure of the core outside of a form. */
export function presentError(error: DomainError): Answer {
  switch (error.kind) {
    case 'unauthenticated':
      return refusedPair('Invalid credentials')
    case 'forbidden':
    // What was exported or approved is closed, and Kimai knows that as a missing permission.
    case 'locked':
      return failure(403)
    case 'not_found':
      return failure(404)
    case 'invalid':
      return failure(400)
    case 'conflict':
      return failure(409)
    case 'limit':
      // Too many wrong guesses are a bad request here.
      return error.retryAfterSeconds === undefined
        ? failure(413)
        : failure(400, { 'retry-after': String(error.retryAfterSeconds) })
    case 'unavailable':
      return failure(503, { 'retry-after': '1' })
  }
}
