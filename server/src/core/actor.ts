// Who asks: a person in an organization, through a door, with scopes.

import type { TimeZone } from './day.ts'
import type { Organization, Role } from './people/nouns.ts'
import type { Change } from './writing.ts'

/** The ways into the book. */
export const doors = ['native', 'kimai', 'xpenser', 'expensicat', 'paymo', 'moneybird', 'command'] as const
export type Door = (typeof doors)[number]

/** The caller of a verb. Read anew for every request, so that a revoked right is gone with the next one. */
export type Actor = {
  readonly personId: number
  readonly organizationId: number
  readonly role: Role
  /** Null: everything the role allows. */
  readonly scopes: ReadonlySet<string> | null
  readonly door: Door
  readonly requestId: string
  readonly organization: Organization
  /** The person's own zone, or the organization's. */
  readonly timeZone: TimeZone
  /** Grows when anything is renamed that others show by name; part of every cached fragment's key. */
  readonly referencesRevision: number
  /** Grows when categories come, go or change. */
  readonly categoriesRevision: number
  /** Number of the organization's last event when the actor was read: while it stands, nothing in it has changed. */
  readonly sequence: number
  /** What the person allowed the application that asks, in the words of its door. Absent for other credentials. */
  readonly grantedScopes?: ReadonlySet<string>
  /** True at doors of services that know one person only: even an owner reaches no other one's data there. */
  readonly personal?: boolean
  /** Set inside `once`: verbs join this transaction instead of opening their own. */
  readonly change?: Change
}
