// Our failures as Xpenser answers them: plain text, whatever the format.

import type { DomainError } from '../../core/errors.ts'

/** An answer whose body is plain text. */
export type Refusal = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What goes out for a bug: never its text. */
export const bug: Refusal = { status: 500, headers: {}, body: 'Internal Server Error' }

export const methodNotAllowed = (allow: string): Refusal => ({ status: 405, headers: { allow }, body: '' })

export const notFoundRefusal: Refusal = { status: 404, headers: {}, body: 'Not Found' }

/** No or wrong credentials. Clients of old send none at first and wait for this challenge. */
export const challenge: Refusal = {
  status: 401,
  headers: { 'www-authenticate': 'Basic realm="API"' },
  body: 'Authorization Required',
}

/** The words of a 400; the reason is optional and safe to show. */
export function badRequest(reason: string): Refusal {
  return { status: 400, headers: {}, body: `Bad Request: ${reason}` }
}

/** A format that is not spoken, worded as the original did. */
export function unknownFormat(format: string): Refusal {
  return { status: 400, headers: {}, body: `Invalid output format specified '${format}'.` }
}

/** Every failure of the core in Xpenser's form. */
export function presentError(error: DomainError): Refusal {
  switch (error.kind) {
    case 'unauthenticated':
      return challenge
    case 'forbidden':
      return { status: 403, headers: {}, body: 'Forbidden' }
    case 'not_found':
      return notFoundRefusal
    case 'invalid':
      // A report that is not there is a missing thing, also when it is named in a field.
      return error.issues.some((issue) => issue.path === 'reportId')
        ? notFoundRefusal
        : badRequest(inTheirWords(error.message))
    case 'locked':
      return badRequest(error.message)
    case 'conflict':
      return error.reason === 'default_report'
        ? badRequest(error.message)
        : { status: 409, headers: {}, body: `Conflict: ${error.message}` }
    case 'limit':
      return error.retryAfterSeconds === undefined
        ? { status: 413, headers: {}, body: error.message }
        : throttled(error.retryAfterSeconds)
    case 'unavailable':
      return { status: 503, headers: { 'retry-after': '1' }, body: 'Service Unavailable' }
  }
}

// A message opens with the field it is about, named as the core names it.
const fieldNames: Readonly<Record<string, string>> = {
  category: 'type',
  categoryName: 'type',
  description: 'notes',
  text: 'notes',
  anyTagName: 'tags',
}

function inTheirWords(message: string): string {
  return message.replace(/^\w+(?= (?:must|holds) )/, (field) => fieldNames[field] ?? field)
}

function throttled(seconds: number): Refusal {
  const headers = { 'retry-after': String(seconds) }
  return { status: 503, headers, body: `Throttled, wait ${seconds} seconds.` }
}
