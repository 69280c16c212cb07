// From tokens that are borne instead of a password to an actor: sessions named by a signed token, and access tokens.

import type { Actor } from '../actor.ts'
import type { Context } from '../context.ts'
import type { Instant } from '../day.ts'
import type { Standing } from '../ports.ts'
import { actorOf } from './acting.ts'
import type { Arrival } from './sign-in.ts'

/** Sessions known to be alive at most; then it starts over. */
const maxAlive = 10_000

/** What a signed session token tells. */
export type SessionClaim = {
  readonly personId: number
  readonly organizationId: number
  readonly credentialId: number
}

/** The part of sign-in that doors with Bearer tokens use. */
export function createBearers({ store, secrets, clock }: Context) {
  // Ending a session is an event of its organization, and a new password shows in the standing. So a session that lived
  // when nothing had happened since is alive, and no row has to be read to know.
  const alive = new Map<
    number,
    { readonly sequence: number; readonly passwordRevision: number; until: Instant }
  >()

  async function livesOn(claim: SessionClaim, standing: Standing): Promise<boolean> {
    const { sequence, passwordRevision } = standing
    const known = alive.get(claim.credentialId)
    const same = known?.sequence === sequence && known.passwordRevision === passwordRevision
    if (same && known.until > clock()) return true
    alive.delete(claim.credentialId)
    const found = await store.people.session(claim.organizationId, claim.credentialId)
    if (found?.personId !== claim.personId) return false
    const until = found.expiresAt ?? Number.POSITIVE_INFINITY
    if (until <= clock()) return false
    if (alive.size >= maxAlive) alive.clear()
    alive.set(claim.credentialId, { sequence, passwordRevision, until })
    return true
  }

  return {
    /** The actor behind a session that a signed token names; undefined once it has ended. */
    async bySession(claim: SessionClaim, arrival: Arrival): Promise<Actor | undefined> {
      const standing = await store.people.standing(claim.personId, claim.organizationId)
      if (standing === undefined || !(await livesOn(claim, standing))) return undefined
      return actorOf(standing, null, arrival)
    },

    /**
     * The actor behind an access token of the door, with the scopes that what was granted stands for. Undefined for a
     * token of another door, and for one that has ended with its time, its consent, its application or its person.
     */
    async byAccessToken(
      token: string,
      arrival: Arrival,
      scopesOf: (granted: readonly string[]) => readonly string[],
    ): Promise<Actor | undefined> {
      const found = await store.grants.byAccessToken(arrival.door, secrets.digest(token))
      if (found === undefined || (found.expiresAt !== null && found.expiresAt <= clock())) return undefined
      const granted = found.scope.split(' ').filter((scope) => scope !== '')
      // Never everything: an application has what was allowed to it, and `*` is nobody's to give.
      const scopes = scopesOf(granted).filter((scope) => scope !== '*')
      return { ...actorOf(found, scopes, arrival), grantedScopes: new Set(granted) }
    },
  }
}
