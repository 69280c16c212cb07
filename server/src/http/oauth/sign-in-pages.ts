// The steps of letting an application in: name and password, then consent, then back with a code or a refusal.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../core/errors.ts'
import type { Application } from '../../core/people/nouns.ts'
import type { Identity } from '../../core/people/sign-in.ts'
import type { DoorTools } from '../door.ts'
import { first, type Pairs } from '../pairs.ts'
import { coreScopesOf, type OAuthDescription } from './description.ts'
import type { Exchange } from './exchange.ts'
import { consentPage, refusalPage, type Subject, sendPage, signInPage } from './pages.ts'
import type { Parameters } from './parameters.ts'
import { interactionSeconds, type Opened } from './provider.ts'
import { accountOf } from './records.ts'
import type { Signer } from './session-tokens.ts'

/** One sign-in under way, as its browser comes back to it. */
type Visit = {
  readonly uid: string
  readonly application: Application
  readonly subject: Subject
  /** What is asked for; the library has checked that the application may. */
  readonly scopes: readonly string[]
  /** Ends it with a result, and sends the browser on. */
  readonly finish: (result: object) => Promise<FastifyReply>
}

/** Makes the handlers of the page. `exchange` makes the library's view of a request. */
export function createSignInPages(
  description: OAuthDescription,
  { core }: Pick<DoorTools, 'core'>,
  signer: Signer,
  open: () => Promise<Opened>,
  exchange: (request: FastifyRequest) => Exchange,
) {
  const { door, service } = description

  /** What the browser's cookie says is under way; undefined when it is over, or belongs to another browser. */
  async function visitOf(request: FastifyRequest, reply: FastifyReply): Promise<Visit | undefined> {
    const { provider } = await open()
    const { request: asked, response } = exchange(request)
    const interaction = await provider.interactionDetails(asked, response).catch((error: Error) => {
      if (error.name === 'SessionNotFound') return undefined
      throw error
    })
    const { uid } = request.params as { uid: string }
    if (interaction?.uid !== uid) return undefined
    const { client_id: identifier, redirect_uri: redirectUri, scope } = interaction.params
    const application = (await core.grants.application(door, String(identifier)))?.application
    if (application === undefined) return undefined
    return {
      uid,
      application,
      subject: { applicationName: application.name, service, redirectUri: String(redirectUri) },
      scopes: [...new Set(String(scope).split(' '))].filter((each) => each !== ''),
      async finish(result) {
        const next = new URL(await provider.interactionResult(asked, response, result as never))
        return reply.code(303).header('location', next.pathname).send()
      },
    }
  }

  /** Shows the page that asks for the password. */
  async function show(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const visit = await visitOf(request, reply)
    if (visit === undefined) return tellOver(reply)
    return askPassword(reply, visit, '', 200)
  }

  /** Takes what was typed or chosen. */
  async function take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const visit = await visitOf(request, reply)
    if (visit === undefined) return tellOver(reply)
    const body = request.body as Parameters | undefined
    const form = body === 'unreadable' ? [] : (body ?? [])
    switch (first(form, 'action')) {
      case 'deny':
        return visit.finish({ error: 'access_denied', error_description: 'It was denied.' })
      case 'allow':
        return allow(request, reply, visit, form)
      default:
        return signIn(request, reply, visit, form)
    }
  }

  async function signIn(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
    form: Pairs,
  ): Promise<FastifyReply> {
    const login = first(form, 'login') ?? ''
    try {
      const password = first(form, 'password') ?? ''
      const identity = await core.signIn.identify(login, password, request.ip, first(form, 'code'))
      request.personId = identity.personId
      return await askConsent(request, reply, visit, identity)
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error
      if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds)
      const status = error.kind === 'limit' ? 429 : 403
      // The password was right: only now may anybody know that there is a second factor.
      const withCode = error.reason === 'second_factor_required' || error.reason === 'second_factor_wrong'
      return askPassword(reply, visit, login, status, error.message, withCode)
    }
  }

  async function askConsent(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
    identity: Identity,
  ): Promise<FastifyReply> {
    const places = await core.grants.places(identity, visit.application)
    const [place] = places
    const arrival = { door, requestId: request.id, address: request.ip }
    const actor = place && (await core.signIn.within(identity, place.membership.organizationId, arrival))
    if (actor === undefined) {
      return askPassword(reply, visit, '', 403, 'This application is not let in where you work.')
    }
    const { name, email } = await core.organizations.readSelf(actor)
    const ticket = await signer.signTicket(identity, visit.uid, interactionSeconds)
    const wants = visit.scopes.map((scope) => description.scopes[scope]?.words ?? scope)
    const choices = places.map(({ organization }) => ({ id: organization.id, name: organization.name }))
    const html = consentPage(visit.subject, { name, email }, wants, choices, ticket)
    return sendPage(reply, 200, html, visit.subject.redirectUri)
  }

  async function allow(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
    form: Pairs,
  ): Promise<FastifyReply> {
    // Nobody can send this form for somebody else: the ticket is for who gave the password, in this sign-in alone.
    const identity = await signer.readTicket(first(form, 'ticket') ?? '', visit.uid)
    if (identity === undefined) return askPassword(reply, visit, '', 403, 'Sign in first.')
    request.personId = identity.personId
    const { provider } = await open()
    const { application, scopes } = visit
    try {
      const { id, organizationId } = await core.grants.allow(
        {
          identity,
          application,
          organizationId: numberOf(first(form, 'organization')),
          scopes: coreScopesOf(description, scopes),
        },
        { door, requestId: request.id, address: request.ip },
      )
      const accountId = accountOf({ organizationId, credentialId: id })
      const grant = new provider.Grant({ accountId, clientId: application.identifier })
      grant.addOIDCScope(scopes.join(' '))
      return await visit.finish({
        login: { accountId, remember: false },
        consent: { grantId: await grant.save() },
      })
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error
      return askPassword(reply, visit, '', 403, error.message)
    }
  }

  function askPassword(
    reply: FastifyReply,
    { subject }: Visit,
    login: string,
    status: number,
    refusal?: string,
    withCode = false,
  ) {
    return sendPage(reply, status, signInPage(subject, login, refusal, withCode), subject.redirectUri)
  }

  return { show, take }
}

/** Says that there is nothing under way here. */
export function tellOver(reply: FastifyReply): FastifyReply {
  const words = 'Go back to the application and start again.'
  return sendPage(reply, 400, refusalPage('This sign-in is over', words))
}

// A number that no organization has.
function numberOf(text: string | undefined): number {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : 0
}
