// OAuth 2 for doors. In its `register` a door calls `mountOAuth(server, tools, description)` for the endpoints and pages,
// and `createBearer(tools, description)` for the function that turns a Bearer token into an actor; in `atRoot` it may
// call `mountMetadata`. None of the routes asks for the door's own credentials.

import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../core/actor.ts'
import type { Arrival } from '../../core/people/sign-in.ts'
import type { ApplicationTerms, DoorTools, Server } from '../door.ts'
import { logFailure } from '../server.ts'
import { coreScopesOf, type OAuthDescription } from './description.ts'
import { createEndpoints, sendJson } from './endpoints.ts'
import { refusalPage, sendPage } from './pages.ts'
import { maxBodyBytes, readBody } from './parameters.ts'
import { openProvider, pagePath } from './provider.ts'
import { createSigner } from './session-tokens.ts'
import { createSessions } from './sessions.ts'
import { createSignInPages } from './sign-in-pages.ts'

export type { OAuthDescription, ScopeTerms, SessionToken, Tokens } from './description.ts'
export { readBearer } from './sessions.ts'

/** Below the address of a server or door: the document that describes its OAuth. */
const metadataPath = '/.well-known/oauth-authorization-server'

/** The actor behind a Bearer token, or undefined. */
export type Bearer = (token: string, arrival: Arrival) => Promise<Actor | undefined>

/**
 * Makes the function that knows every Bearer token of a door: an API token, a session token where the door has them, or
 * an access token. That of an application has the core's scopes for what was granted, and `grantedScopes` in the words
 * of the door. Undefined for whatever has ended, and for tokens of other doors.
 */
export function createBearer(tools: DoorTools, description: OAuthDescription): Bearer {
  const { core } = tools
  const sessions = createSessions(description, tools, createSigner(tools, description.door))
  const hasSessions = description.paths.signIn !== undefined
  const scopesOf = (granted: readonly string[]) => coreScopesOf(description, granted)
  return async (token, arrival) => {
    if (/^[0-9a-f]{32}$/.test(token)) return core.signIn.bySecret(token, arrival, 'token')
    if (token.includes('.')) return hasSessions ? sessions.actorOf(token, arrival) : undefined
    return core.signIn.byAccessToken(token, arrival, scopesOf)
  }
}

/** What may be registered for a door, for its definition. */
export function applicationTerms({ scopes, outOfBand }: OAuthDescription): ApplicationTerms {
  return { scopes: Object.keys(scopes), outOfBand }
}

/**
 * Adds the endpoints and pages to a door's server, in scopes of their own: they read bodies and word failures as OAuth
 * has it. What goes wrong at a sign-in by password is thrown as `DomainError`, for the door to word.
 */
export function mountOAuth(server: Server, tools: DoorTools, description: OAuthDescription): void {
  const { paths } = description
  const open = once(() => openProvider(description, tools))
  const signer = createSigner(tools, description.door)
  const endpoints = createEndpoints(description, tools, open)
  const pages = createSignInPages(description, tools, signer, open, endpoints.exchange)
  const sessions = createSessions(description, tools, signer)
  // A HEAD would begin a sign-in that nobody sees.
  const get = { exposeHeadRoute: false }

  server.register(async (scope: Server) => {
    readBodies(scope)
    scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const status = logFailure(error, request)
      const words = status < 500 ? 'The request cannot be read.' : 'Something went wrong. Try again later.'
      return sendPage(reply, status, refusalPage('This does not work', words))
    })
    scope.get(paths.authorize, get, endpoints.authorize)
    scope.get(`${paths.authorize}/:uid`, get, endpoints.resume)
    scope.get(`${paths.authorize}/${pagePath}/:uid`, get, pages.show)
    scope.post(`${paths.authorize}/${pagePath}/:uid`, pages.take)
  })
  server.register(async (scope: Server) => {
    readBodies(scope)
    scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const status = logFailure(error, request)
      return sendJson(
        reply,
        status,
        JSON.stringify({ error: status < 500 ? 'invalid_request' : 'server_error' }),
      )
    })
    scope.post(paths.token, endpoints.token)
    if (paths.revoke !== undefined) scope.post(paths.revoke, endpoints.revoke)
    scope.get(metadataPath, async (_, reply) => sendJson(reply, 200, JSON.stringify(endpoints.metadata())))
  })
  server.register(async (scope: Server) => {
    readBodies(scope)
    if (paths.signIn !== undefined) scope.post(paths.signIn, sessions.begin)
    if (paths.signOut !== undefined) scope.post(paths.signOut, sessions.end)
  })
}

/**
 * Adds the description of a door's OAuth where RFC 8414 has clients look for it: at the root of the server, with the
 * door's prefix behind. For `atRoot` of the door.
 */
export function mountMetadata(server: Server, tools: DoorTools, description: OAuthDescription): void {
  const { metadata } = createEndpoints(description, tools, () => openProvider(description, tools))
  server.get(`${metadataPath}${description.prefix}`, async (_, reply) =>
    sendJson(reply, 200, JSON.stringify(metadata())),
  )
}

function readBodies(scope: Server): void {
  scope.removeAllContentTypeParsers()
  const limits = { parseAs: 'buffer', bodyLimit: maxBodyBytes } as const
  scope.addContentTypeParser('*', limits, async (request: FastifyRequest, body: Buffer) =>
    readBody(request.headers['content-type'], body),
  )
}

/** Does something once, and again only after it has failed. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  return () => {
    running ??= work().catch((error) => {
      running = undefined
      throw error
    })
    return running
  }
}
