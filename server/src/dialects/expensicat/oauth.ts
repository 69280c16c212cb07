// What the authorization server has to know of this door: OAuth 2 with PKCE, and session tokens for a password.

import type { OAuthDescription } from '../../http/oauth/index.ts'
import { scopes } from './scopes.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/**
 * The documented paths and the lifetimes of the software they are known from. Where a token is revoked and a password
 * traded for a session token is nowhere documented; these are the places beside them. `parseOrganization` reads the UUID
 * of an organization that is named at sign-in.
 */
export function describeOAuth(parseOrganization: (text: string) => number | undefined): OAuthDescription {
  return {
    door: 'expensicat',
    prefix: '/expensicat',
    service: 'Expensicat',
    paths: {
      authorize: '/api/auth/oauth2/authorize',
      token: '/api/auth/oauth2/token',
      revoke: '/api/auth/oauth2/revoke',
      signIn: '/api/auth/sign-in',
      signOut: '/api/auth/sign-out',
    },
    scopes,
    // Nothing is said of applications that ask for nothing: they may see, not change.
    defaultScopes: ['entries:read'],
    lifetimeSeconds: { code: 10 * minute, access: hour, refresh: 30 * day },
    pkce: 'required',
    rotates: true,
    tokenForm: 'base64url',
    outOfBand: false,
    tokenInQuery: false,
    parseOrganization,
  }
}
