// The failures a caller can cause or must handle. Anything else that is thrown is a bug.

/** What class of failure it is; each door maps it to its own status and body, exhaustively. */
export type ErrorKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'invalid'
  | 'conflict'
  | 'locked'
  | 'limit'
  | 'unavailable'

/** The closed list of precise reasons. A new refusal needs a word here. */
export type ErrorReason =
  | 'credentials_missing'
  | 'credentials_wrong'
  | 'credentials_expired'
  | 'second_factor_required'
  | 'second_factor_wrong'
  | 'scope_missing'
  | 'role_forbids'
  | 'no_such_entity'
  | 'no_preview'
  | 'wrong_input'
  | 'already_exists'
  | 'already_stopped'
  | 'still_referenced'
  | 'revision_changed'
  | 'idempotency_key_reused'
  | 'idempotency_in_flight'
  | 'report_closed'
  | 'default_report'
  | 'last_owner'
  | 'entry_billed'
  | 'invoice_issued'
  | 'invoice_paid'
  | 'too_many_attempts'
  | 'too_large'
  | 'set_up_already'
  | 'store_unavailable'

/** One wrong field: where it stands, a stable code, and a sentence safe to show. */
export type Issue = { readonly path: string; readonly code: IssueCode; readonly message: string }

export type IssueCode =
  | 'required'
  | 'type'
  | 'format'
  | 'range'
  | 'too_long'
  | 'too_many'
  | 'unknown_field'
  | 'unknown_value'
  | 'unknown_reference'
  | 'taken'
  | 'order'

/** A refusal. Its message is safe to show to the caller. */
export class DomainError extends Error {
  readonly kind: ErrorKind
  readonly reason: ErrorReason
  readonly issues: readonly Issue[]
  readonly retryAfterSeconds: number | undefined

  constructor(
    kind: ErrorKind,
    reason: ErrorReason,
    message: string,
    more: { issues?: readonly Issue[]; retryAfterSeconds?: number } = {},
  ) {
    super(message)
    this.name = 'DomainError'
    this.kind = kind
    this.reason = reason
    this.issues = more.issues ?? []
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}

/** The entity does not exist, or the caller may not know that it does. */
export function notFound(what: string): DomainError {
  return new DomainError('not_found', 'no_such_entity', `There is no such ${what}.`)
}

/** The input is wrong at one path. */
export function invalid(path: string, code: IssueCode, message: string): DomainError {
  return invalidAll([{ path, code, message }])
}

/** The input is wrong at every given path; there is at least one. */
export function invalidAll(issues: readonly Issue[]): DomainError {
  const first = issues[0]?.message ?? 'The input is wrong.'
  return new DomainError('invalid', 'wrong_input', first, { issues })
}

/** The caller is known, but the role does not allow this. */
export function forbidden(message: string): DomainError {
  return new DomainError('forbidden', 'role_forbids', message)
}
