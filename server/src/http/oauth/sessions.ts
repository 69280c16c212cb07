// Session tokens: traded for a password, sent as a Bearer, ended at will.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../core/actor.ts'
import { DomainError, invalid } from '../../core/errors.ts'
import { type Arrival, sessionMs } from '../../core/people/sign-in.ts'
import type { DoorTools } from '../door.ts'
import { first } from '../pairs.ts'
import type { OAuthDescription, SessionToken } from './description.ts'
import { sendJson } from './endpoints.ts'
import type { Parameters } from './parameters.ts'
import type { Signer } from './session-tokens.ts'

/** The secret of `Authorization: Bearer …`, whatever the case of the scheme; undefined for anything else. */
export function readBearer(header: string | undefined): string | undefined {
  const [, token] = /^bearer +(\S{1,2000}) *$/i.exec(header ?? '') ?? []
  return token
}

/** Makes the handlers. They throw `DomainError`, for the door to word. */
export function createSessions(
  description: OAuthDescription,
  { core }: Pick<DoorTools, 'core'>,
  signer: Signer,
) {
  const { door, presentSession = presentAsStandard, parseOrganization = parseNumber } = description

  return {
    /** Begins a session of who gives name and password; the organization is the one asked for, or the first one. */
    async begin(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
      const said = request.body as Parameters | undefined
      if (said === undefined || said === 'unreadable')
        throw invalid('body', 'format', 'The body cannot be read.')
      const login = first(said, 'email') ?? first(said, 'username') ?? ''
      const organization = first(said, 'organization_id')
      const organizationId = organization === undefined ? null : parseOrganization(organization)
      const password = first(said, 'password') ?? ''
      const identity = await core.signIn.identify(login, password, request.ip, first(said, 'code'))
      const actor =
        organizationId === undefined
          ? undefined
          : await core.signIn.within(identity, organizationId, arrivalOf(request))
      if (actor === undefined) {
        throw new DomainError('unauthenticated', 'credentials_wrong', 'The name or the password is wrong.')
      }
      request.personId = actor.personId
      const { credential } = await core.signIn.startSession(actor, `${description.service} session`)
      const expiresInSeconds = sessionMs / 1000
      const { personId } = actor
      const claim = { personId, organizationId: actor.organizationId, credentialId: credential.id }
      const token = await signer.signSession(claim, expiresInSeconds)
      return sendJson(reply, 200, JSON.stringify(presentSession({ token, expiresInSeconds })))
    },

    /** Ends the session whose token is sent; the next request with it fails. */
    async end(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
      const claim = await signer.readSession(readBearer(request.headers.authorization) ?? '')
      const actor = claim && (await core.signIn.bySession(claim, arrivalOf(request)))
      if (claim === undefined || actor === undefined) {
        throw new DomainError('unauthenticated', 'credentials_wrong', 'There is no such session.')
      }
      await core.signIn.revokeCredential(actor, claim.credentialId)
      return reply.code(204).send()
    },

    /** The actor behind a session token; undefined for anything else. */
    async actorOf(token: string, arrival: Arrival): Promise<Actor | undefined> {
      const claim = await signer.readSession(token)
      return claim && core.signIn.bySession(claim, arrival)
    },
  }

  function arrivalOf(request: FastifyRequest): Arrival {
    return { door, requestId: request.id, address: request.ip }
  }
}

function presentAsStandard({ token, expiresInSeconds }: SessionToken): object {
  return { token, token_type: 'Bearer', expires_in: expiresInSeconds }
}

function parseNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
