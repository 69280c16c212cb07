// Our failures as Moneybird words them: a text with symbols, or texts and codes for each attribute.

import type { Instant } from '../../core/day.ts'
import type { DomainError, Issue, IssueCode } from '../../core/errors.ts'
import type { WireObject } from './wire.ts'

/** An answer that is a refusal. The body is JSON text. */
export type Refusal = {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One wrong attribute: what to read, and what to compare with. */
export type Wrong = { readonly attribute: string; readonly text: string; readonly code: string }

/** A refusal on its way out of a handler; what was begun is undone. */
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super('refused')
    this.refusal = refusal
  }
}

/** A text, and where there is one a symbol for each field it is about. */
export function symbolic(status: number, error: string, symbols?: Readonly<Record<string, string>>): Refusal {
  return { status, body: JSON.stringify(symbols === undefined ? { error } : { error, symbolic: symbols }) }
}

/** A 422: the texts and the codes of every wrong attribute. */
export function validation(wrongs: readonly Wrong[]): Refusal {
  const error: Record<string, string[]> = {}
  const details: Record<string, { error: string }[]> = {}
  for (const { attribute, text, code } of wrongs) {
    error[attribute] = [...(error[attribute] ?? []), text]
    details[attribute] = [...(details[attribute] ?? []), { error: code }]
  }
  return { status: 422, body: JSON.stringify({ error, details } satisfies WireObject) }
}

/** An attribute that must be there and is not. */
export function blank(attribute: string): Wrong {
  return { attribute, text: "can't be blank", code: 'blank' }
}

/** An attribute that cannot be read. */
export function invalidAttribute(attribute: string): Wrong {
  return { attribute, text: 'is invalid', code: 'invalid' }
}

/** No, an unknown or a revoked token. */
export const tokenInvalid = symbolic(401, 'token is invalid', { request: 'invalid_grant' })

/** The record of the path is not there. */
export const recordNotFound = symbolic(404, 'record not found', { id: 'not_found' })

/** An administration that does not exist, or that the token does not belong to; also an unknown path. */
export const administrationNotFound = symbolic(404, 'record not found')

/** What goes out for a bug: never its text. */
export const bug = symbolic(500, 'internal server error')

/** What cannot be read as JSON or as a form. */
export const unreadable = symbolic(400, 'request is invalid')

/** XML is not spoken: its layout was never published, and no client of this version asks for it. */
export const formatNotSupported = symbolic(406, 'format not supported')

/** A body that is too large. */
export const tooLarge = symbolic(413, 'request is too large')

/** A method that the path does not have. */
export function methodNotAllowed(allow: string): Refusal {
  return { ...symbolic(405, 'method not allowed'), headers: { allow } }
}

/** The record that an attribute or a filter names is not there. */
export function referenceNotFound(attribute: string): Refusal {
  return symbolic(404, 'record not found', { [attribute]: 'not_found' })
}

/** The record of the path is not there, as the newer resources say it. */
export function modelNotFound(model: string): Refusal {
  return symbolic(404, `Record not found for model name: ${model}`)
}

/** What a failure needs to know of where it happened. */
export type Place = {
  /** What the token or the user lacks, as `No access to …` words it; none: nobody lacks anything. */
  readonly lacking: Refusal | undefined
  /** What is said when the record of the path is not there. */
  readonly missing: Refusal
  readonly now: Instant
}

/** Every failure of the core in Moneybird's form. */
export function presentError(error: DomainError, { lacking, missing, now }: Place): Refusal {
  switch (error.kind) {
    case 'unauthenticated':
      return tokenInvalid
    case 'forbidden':
      return lacking ?? symbolic(403, 'forbidden')
    case 'not_found':
      return missing
    case 'invalid':
      return presentIssues(error.issues)
    case 'locked':
      return validation([{ attribute: 'base', text: error.message, code: error.reason }])
    case 'conflict':
      return symbolic(409, error.message)
    case 'limit':
      return error.retryAfterSeconds === undefined ? tooLarge : throttled(error.retryAfterSeconds, now)
    case 'unavailable':
      return { ...symbolic(503, 'service unavailable'), headers: { 'retry-after': '1' } }
  }
}

// Both headers are instants: clients compute the difference to their own clock.
function throttled(seconds: number, now: Instant): Refusal {
  const until = String(Math.ceil(now / 1000) + seconds)
  const headers = { 'retry-after': until, 'ratelimit-reset': until, 'ratelimit-remaining': String(seconds) }
  return { status: 429, body: '"Retry later"', headers }
}

/** Our names of fields as theirs. */
const attributes: Readonly<Record<string, string>> = {
  clientId: 'contact_id',
  personId: 'user_id',
  breakSeconds: 'paused_duration',
  body: 'note',
  unitPrice: 'price',
  quantity: 'amount',
  // Of a payment; nothing else here calls its amount so.
  amount: 'price',
  paidOn: 'payment_date',
  issuedOn: 'invoice_date',
  dueOn: 'first_due_interval',
  lines: 'details',
  discountPercent: 'discount',
  timeEntryIds: 'time_entry_ids',
  number: 'customer_id',
  events: 'enabled_events',
  budgetSeconds: 'budget',
  comment: 'description',
  postalCode: 'zipcode',
  addressLine1: 'address1',
  addressLine2: 'address2',
}

/** What our codes are called there. */
const words: Readonly<Record<IssueCode, readonly [text: string, code: string]>> = {
  required: ["can't be blank", 'blank'],
  type: ['is invalid', 'invalid'],
  format: ['is invalid', 'invalid'],
  range: ['is invalid', 'invalid'],
  too_long: ['is too long', 'too_long'],
  too_many: ['is too long', 'too_long'],
  unknown_field: ['is invalid', 'invalid'],
  unknown_value: ['is not included in the list', 'inclusion'],
  unknown_reference: ['is invalid', 'invalid'],
  taken: ['has already been taken', 'taken'],
  order: ['is invalid', 'invalid'],
}

function presentIssues(issues: readonly Issue[]): Refusal {
  const [first] = issues
  if (first?.code === 'unknown_reference') return referenceNotFound(attributeOf(first.path))
  // What is looked for is no attribute of anything.
  if (first?.path === 'text' || first?.path === 'where') return symbolic(400, 'query is invalid')
  return validation(
    issues.map(({ path, code }) => {
      const [text, word] = words[code]
      return { attribute: attributeOf(path), text, code: word }
    }),
  )
}

function attributeOf(path: string): string {
  const own = (name: string) =>
    attributes[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return path
    .split('.')
    .filter((part) => !/^\d+$/.test(part))
    .map(own)
    .join('.')
}
