// What a door tells about its OAuth: paths, scopes with words, lifetimes, and how its answers are spelled.

import type { Door } from '../../core/actor.ts'

/** A scope in the words of its door. */
export type ScopeTerms = {
  /** What people read before they allow it, such as `See your time entries`. */
  readonly words: string
  /** Scopes of the core that it stands for; none where it opens nothing yet. */
  readonly core: readonly string[]
}

/** Tokens as they are handed to an application. */
export type Tokens = {
  readonly accessToken: string
  readonly refreshToken: string | undefined
  /** Separated by blanks. */
  readonly scope: string
  /** Undefined for a token that does not expire. */
  readonly expiresInSeconds: number | undefined
  /** Unix seconds. */
  readonly createdAt: number
}

/** A session token as it is handed to somebody who gave a password. */
export type SessionToken = { readonly token: string; readonly expiresInSeconds: number }

/** All that the authorization server has to know of a door. Paths are below its prefix. */
export type OAuthDescription = {
  readonly door: Door
  readonly prefix: string
  /** Name of the service, for pages. */
  readonly service: string
  readonly paths: {
    readonly authorize: string
    readonly token: string
    /** Absent where the service has none. */
    readonly revoke?: string
    /** Where a password is traded for a session token; absent where the service has no such tokens. */
    readonly signIn?: string
    /** Where a session token is ended. */
    readonly signOut?: string
  }
  readonly scopes: Readonly<Record<string, ScopeTerms>>
  /** What is meant by an application that asks for nothing. */
  readonly defaultScopes: readonly string[]
  /** Null: without end. */
  readonly lifetimeSeconds: {
    readonly code: number
    readonly access: number | null
    readonly refresh: number | null
  }
  readonly pkce: 'required' | 'optional'
  /** Whether a refresh token counts once; one used again then ends all that came from the same consent. */
  readonly rotates: boolean
  /** Codes and tokens as 64 hexadecimal characters, or as 43 of Base64url. */
  readonly tokenForm: 'hex' | 'base64url'
  /** Whether `urn:ietf:wg:oauth:2.0:oob` shows the code on a page. */
  readonly outOfBand: boolean
  /** Whether clients send the parameters of the token endpoint in its query too. */
  readonly tokenInQuery: boolean
  /** Default: as RFC 6749 has it. */
  readonly presentTokens?: (tokens: Tokens) => object
  /** Default: `{ token, token_type, expires_in }`. */
  readonly presentSession?: (session: SessionToken) => object
  /** How an organization is named at sign-in; undefined when it cannot be read. Default: by its number. */
  readonly parseOrganization?: (text: string) => number | undefined
}

/** The scopes of the core that granted scopes stand for. Unknown ones stand for nothing. */
export function coreScopesOf(description: OAuthDescription, granted: readonly string[]): readonly string[] {
  const { scopes } = description
  return [
    ...new Set(granted.flatMap((scope) => (Object.hasOwn(scopes, scope) ? (scopes[scope]?.core ?? []) : []))),
  ]
}
