// Organizations, people, their memberships and their credentials.

import type { Door } from '../actor.ts'
import type { TimeZone } from '../day.ts'
import type { Decimal } from '../decimal.ts'
import type { Kept, Owned } from '../entity.ts'
import type { Currency } from '../money.ts'

/** Owner of one book. */
export type Organization = Kept & {
  readonly name: string
  /** Own currency: expenses in others are converted into it. */
  readonly currency: Currency
  readonly timeZone: TimeZone
  readonly distanceUnit: 'mi' | 'km'
  /** Own currency per distance unit; null when distances have no price. */
  readonly distanceRate: Decimal | null
  /** Own currency per hour of an expense counted in time; null when it has no price. */
  readonly hourlyRate: Decimal | null
  /** How `10/2` is read. */
  readonly dateOrder: 'month-day' | 'day-month'
  /** What stands on invoices; texts are empty rather than null. */
  readonly email: string
  readonly phone: string
  readonly website: string
  readonly addressLine1: string
  readonly addressLine2: string
  readonly postalCode: string
  readonly city: string
  readonly region: string
  /** ISO 3166 two letters, or empty. */
  readonly country: string
  readonly taxNumber: string
  /** How invoices are numbered: `{yyyy}`, `{yy}`, `{mm}` and `{dd}` are of the date, `{n}`, `{nn}`… count. */
  readonly invoicePattern: string
  /** Days from the date of an invoice to its due date. */
  readonly invoiceDueDays: number
}

/** Someone who signs in; a member of one or more organizations. */
export type Person = Kept & {
  readonly email: string
  readonly username: string
  readonly name: string
  /** Null: the organization's zone. */
  readonly timeZone: TimeZone | null
}

/** From all rights to few. */
export const roles = ['owner', 'admin', 'manager', 'member', 'accountant', 'guest'] as const
export type Role = (typeof roles)[number]

/** A person's place in an organization. */
export type Membership = Owned & {
  readonly personId: number
  readonly role: Role
  readonly hourlyRate: Decimal | null
  readonly costRate: Decimal | null
}

/**
 * What stands for a person in an organization: an API token or a session, of whose secret only the digest is kept, or
 * an application that the person has let in, whose tokens hang on it and end with it.
 */
export type Credential = Owned & {
  readonly personId: number
  readonly kind: CredentialKind
  /** Which application; null for the other kinds. */
  readonly applicationId: number | null
  readonly name: string
  /** What it may do; `*` is all its person may do. */
  readonly scopes: readonly string[]
  readonly expiresAt: number | null
}

/** All kinds of credentials. */
export const credentialKinds = ['token', 'session', 'application'] as const
export type CredentialKind = (typeof credentialKinds)[number]

/** A program of others that people may let in: it is sent their consent as a code and trades it for tokens. */
export type Application = Owned & {
  readonly name: string
  /** Public name that it shows, 32 lower-case hexadecimal characters. */
  readonly identifier: string
  /** The one door it comes through. */
  readonly door: Door
  /** Where people may be sent back to, compared character by character. */
  readonly redirectUris: readonly string[]
  /** What it may ask for, in the words of its door. */
  readonly scopes: readonly string[]
  /** Whether it has a secret. One that runs on people's own machines cannot keep any. */
  readonly confidential: boolean
  /** Whose members may let it in: those of its organization, or everybody of this server into any of theirs. */
  readonly reach: 'organization' | 'server'
}
