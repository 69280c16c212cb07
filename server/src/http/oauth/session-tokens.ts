// Tokens that we sign ourselves: those of sessions, and the tickets between two pages.

import type { SessionClaim } from '../../core/people/bearers.ts'
import type { Identity } from '../../core/people/sign-in.ts'
import type { DoorTools } from '../door.ts'

/** Characters of a token at most. */
const maxLength = 2000

const algorithm = 'HS256'

export type Signer = ReturnType<typeof createSigner>

/**
 * Signs and reads for one door. Its key is its own, so that a token of one door is nothing at another, and a ticket is
 * no session.
 */
export function createSigner({ keys, clock }: Pick<DoorTools, 'keys' | 'clock'>, door: string) {
  const sessionKey = keys.derive(`${door} sessions`)
  const ticketKey = keys.derive(`${door} tickets`)

  async function sign(key: Uint8Array, claims: Record<string, number>, audience: string, seconds: number) {
    const { SignJWT } = await import('jose')
    const now = Math.floor(clock() / 1000)
    return new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(key)
  }

  /** The claims of a token that we have signed and that has not expired. */
  async function verify(key: Uint8Array, token: string, audience: string) {
    if (token.length > maxLength) return undefined
    const { jwtVerify } = await import('jose')
    try {
      const currentDate = new Date(clock())
      return (await jwtVerify(token, key, { algorithms: [algorithm], audience, currentDate })).payload
    } catch {
      return undefined
    }
  }

  return {
    signSession: ({ personId, organizationId, credentialId }: SessionClaim, seconds: number) =>
      sign(
        sessionKey,
        { person: personId, organization: organizationId, session: credentialId },
        door,
        seconds,
      ),

    /** Undefined for anything but a session token of this door that has not expired. */
    async readSession(token: string): Promise<SessionClaim | undefined> {
      const claims = await verify(sessionKey, token, door)
      if (claims === undefined) return undefined
      const { person, organization, session } = claims
      return {
        personId: Number(person),
        organizationId: Number(organization),
        credentialId: Number(session),
      }
    },

    /** Says that somebody has just given name and password, for the rest of one sign-in. */
    signTicket: ({ personId, passwordRevision }: Identity, uid: string, seconds: number) =>
      sign(ticketKey, { person: personId, revision: passwordRevision }, uid, seconds),

    /** Undefined for anything but a ticket of this very sign-in. */
    async readTicket(ticket: string, uid: string): Promise<Identity | undefined> {
      const claims = await verify(ticketKey, ticket, uid)
      return claims && { personId: Number(claims.person), passwordRevision: Number(claims.revision) }
    },
  }
}
