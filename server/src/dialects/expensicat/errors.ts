// Our failures as Expensicat words them: an envelope with a code, a message and details.

import type { DomainError, Issue, IssueCode } from '../../core/errors.ts'
import { contentType } from './wire.ts'

/** An answer that refuses. */
export type Refusal = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The codes of the envelope. Only `NOT_FOUND` is documented; the others follow its style. */
type Code =
  | 'VALIDATION_ERROR'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'PAYLOAD_TOO_LARGE'
  | 'RATE_LIMITED'
  | 'INTERNAL_ERROR'
  | 'UNAVAILABLE'

function refusal(
  status: number,
  code: Code,
  message: string,
  more: { readonly details?: object; readonly headers?: Readonly<Record<string, string>> } = {},
): Refusal {
  const { details, headers = {} } = more
  return {
    status,
    headers: { 'content-type': contentType, ...headers },
    body: JSON.stringify({ error: { code, message, ...(details === undefined ? {} : { details }) } }),
  }
}

/** Nothing is there, or nothing that this caller may know of. */
export const notFoundRefusal = refusal(404, 'NOT_FOUND', 'Resource not found')

/** What goes out for a bug: never its text. */
export const bug = refusal(500, 'INTERNAL_ERROR', 'Something went wrong')

/** A request that cannot be read at all. */
export const unreadable = refusal(400, 'VALIDATION_ERROR', 'The request cannot be read')

export const tooLarge = refusal(413, 'PAYLOAD_TOO_LARGE', 'The request is too large')

/** No token at all, or another scheme. */
export const challenge = refusal(401, 'UNAUTHORIZED', 'Authentication required', {
  headers: { 'www-authenticate': 'Bearer' },
})

/** A token that is wrong, expired or revoked. */
export const badToken = refusal(401, 'UNAUTHORIZED', 'Invalid or expired token', {
  headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
})

/** The application was not allowed this. The scope is named for it, as RFC 6750 has it. */
export function missingScope(scope: string): Refusal {
  return refusal(403, 'FORBIDDEN', `This needs the scope ${scope}`, {
    headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
  })
}

/** What is wrong with which fields. */
function invalid(message: string, issues: readonly Issue[]): Refusal {
  const details = {
    issues: issues.map(({ path, code, message }) => {
      const theirs = theirPath(path)
      return { path: theirs, message: theirMessage(path, message), code: codes[code] }
    }),
  }
  const [first] = issues
  return refusal(400, 'VALIDATION_ERROR', first === undefined ? message : theirMessage(first.path, message), {
    details,
  })
}

const codes: Readonly<Record<IssueCode, string>> = {
  required: 'required',
  type: 'invalid_type',
  format: 'invalid_format',
  range: 'out_of_range',
  too_long: 'too_long',
  too_many: 'too_many',
  unknown_field: 'unknown_field',
  unknown_value: 'invalid_value',
  unknown_reference: 'not_found',
  taken: 'taken',
  order: 'out_of_order',
}

/** Fields that have another name here, word by word of a path; the rest is spelled with underscores. */
const names: Readonly<Record<string, string>> = {
  startedAt: 'start_time',
  endedAt: 'end_time',
  // A break cannot be set here: only a new end can make it longer than the entry.
  breakSeconds: 'end_time',
  clientId: 'customer_id',
  text: 'q',
  taxNumber: 'tax_id',
  region: 'state',
  comment: 'notes',
  startsOn: 'start_date',
  endsOn: 'end_date',
  lines: 'items',
  title: 'name',
  unitPrice: 'price',
}

function theirPath(path: string): string {
  return path
    .split('.')
    .map((word) =>
      Object.hasOwn(names, word)
        ? names[word]
        : word.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    )
    .join('.')
}

// A message of the core may open with the path it is about.
function theirMessage(path: string, message: string): string {
  return message.startsWith(`${path} `) ? theirPath(path) + message.slice(path.length) : message
}

/** Every failure of the core in Expensicat's form. */
export function presentError(error: DomainError): Refusal {
  switch (error.kind) {
    case 'unauthenticated':
      // Only signing in with a password ends here: tokens are refused before the core is asked for anything.
      return refusal(401, 'UNAUTHORIZED', error.message, { headers: { 'www-authenticate': 'Bearer' } })
    case 'forbidden':
      return refusal(403, 'FORBIDDEN', error.message)
    case 'not_found':
      return notFoundRefusal
    case 'invalid':
      // A project or customer that is named and is not there is a missing thing.
      return error.issues.some((issue) => issue.code === 'unknown_reference')
        ? notFoundRefusal
        : invalid(error.message, error.issues)
    case 'conflict':
    case 'locked':
      return refusal(409, 'CONFLICT', error.message)
    case 'limit':
      return error.retryAfterSeconds === undefined
        ? tooLarge
        : refusal(429, 'RATE_LIMITED', 'Too many requests', {
            headers: { 'retry-after': String(error.retryAfterSeconds) },
          })
    case 'unavailable':
      return refusal(503, 'UNAVAILABLE', 'The service is unavailable', { headers: { 'retry-after': '1' } })
  }
}
