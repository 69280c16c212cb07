// From a standing to an actor.

import type { Actor } from '../actor.ts'
import type { Standing } from '../ports.ts'
import type { Arrival } from './sign-in.ts'

/** Who asks, with these scopes of the core; null and `*` are everything the role allows. */
export function actorOf(standing: Standing, scopes: readonly string[] | null, arrival: Arrival): Actor {
  const { organization, person, membership } = standing
  return {
    personId: person.id,
    organizationId: organization.id,
    role: membership.role,
    scopes: scopes === null || scopes.includes('*') ? null : new Set(scopes),
    door: arrival.door,
    requestId: arrival.requestId,
    organization,
    timeZone: person.timeZone ?? organization.timeZone,
    referencesRevision: standing.referencesRevision,
    categoriesRevision: standing.categoriesRevision,
    sequence: standing.sequence,
  }
}
