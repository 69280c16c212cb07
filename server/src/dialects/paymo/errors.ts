// Our failures as Paymo words them: an object with a message, whatever went wrong and whatever was asked for.

import type { DomainError } from '../../core/errors.ts'

/** Type of every refusal. A strict client fails on an error body that is not JSON. */
export const contentType = 'application/json'

/** A refusal as it goes out. */
export type Refusal = {
  readonly status: number
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A refusal that only this door knows, thrown wherever it is found. Its message is safe to show. */
export class Refused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.message)
    this.name = 'Refused'
    this.refusal = refusal
  }
}

/** What goes out for a bug: never its text. */
export const bug: Refusal = { status: 500, message: 'Internal error.' }

export const unknownResource: Refusal = { status: 404, message: 'Unknown resource.' }

export const unauthenticated: Refusal = {
  status: 401,
  message: 'Authentication failed.',
  headers: { 'www-authenticate': 'Basic realm="Paymo API"' },
}

/** The words of a 400. */
export function badRequest(message: string): Refusal {
  return { status: 400, message }
}

export const unreadableBody = badRequest('The request body cannot be read.')
export const tooLarge: Refusal = { status: 413, message: 'The request is too large.' }

/** A name in `where`, `include` or `order` that the resource does not have. */
export function unknownName(name: string): Refused {
  return new Refused(badRequest(`Unknown field or reference: ${name.slice(0, 100)}`))
}

/** The body of a refusal. */
export function presentMessage({ message }: Refusal): string {
  return JSON.stringify({ message })
}

/** Every failure of the core in Paymo's form. */
export function presentError(error: DomainError): Refusal {
  switch (error.kind) {
    case 'unauthenticated':
      return unauthenticated
    case 'forbidden':
      return { status: 403, message: error.message }
    case 'not_found':
      return { status: 404, message: error.message }
    case 'invalid':
    case 'locked':
      return badRequest(inTheirWords(error.message))
    case 'conflict':
      return { status: 409, message: error.message }
    case 'limit':
      return error.retryAfterSeconds === undefined
        ? { status: 413, message: error.message }
        : tooManyRequests(error.retryAfterSeconds)
    case 'unavailable':
      return { status: 503, message: 'Service unavailable.', headers: { 'retry-after': '1' } }
  }
}

// A message opens with the field it is about, named as the core names it.
const fieldNames: Readonly<Record<string, string>> = {
  comment: 'description',
  lastName: 'name',
  title: 'item',
  url: 'target_url',
  events: 'event',
  filter: 'where',
}

function inTheirWords(message: string): string {
  return message.replace(/^\w+(?= (?:must|holds) )/, (field) => fieldNames[field] ?? field)
}

function tooManyRequests(seconds: number): Refusal {
  return { status: 429, message: 'Too Many Requests', headers: { 'retry-after': String(seconds) } }
}
