// The endpoints applications talk to: authorize, token, revoke, and the document that describes them.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { outOfBand } from '../../core/people/applications.ts'
import type { DoorTools } from '../door.ts'
import type { OAuthDescription, Tokens } from './description.ts'
import { type Exchange, exchangeOf, type LibraryAnswer, type Question } from './exchange.ts'
import { codePage, refusalPage, sendPage } from './pages.ts'
import { formOf, type Parameters, readBoth, readQuery } from './parameters.ts'
import type { Opened } from './provider.ts'
import { tellOver } from './sign-in-pages.ts'

/** Parameters of the authorize endpoint that count. Others, such as those of OpenID, are nothing here. */
const authorizeParameters: ReadonlySet<string> = new Set([
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
])

/** Characters of an authorize request's query at most: it is kept until the sign-in is over. */
const maxQuery = 8000

/** Cookie of the library's own sign-in, which we do not use: nobody stays signed in. */
const unusedCookie = /^daybook_session(?:\.sig)?=/

/** Makes the handlers. */
export function createEndpoints(
  description: OAuthDescription,
  { clock, publicUrl }: Pick<DoorTools, 'clock' | 'publicUrl'>,
  open: () => Promise<Opened>,
) {
  const { prefix, paths } = description
  const standardScope = ['scope', description.defaultScopes.join(' ')] as const

  /** The library's view of a request; its cookies too, unless left out. */
  function question(request: FastifyRequest, url: string, more: Partial<Question> = {}): Question {
    return { method: 'GET', url, base: baseOf(request, publicUrl, prefix), publicUrl, ...more }
  }

  function exchange(request: FastifyRequest): Exchange {
    return exchangeOf(question(request, paths.authorize, { cookie: cookiesOf(request) }))
  }

  async function authorize(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const query = readQuery(request.url)
    if (query === 'unreadable' || request.url.length > maxQuery) {
      return sendPage(
        reply,
        400,
        refusalPage('This request cannot be read', 'Something is wrong with its address.'),
      )
    }
    const pairs = query.filter(([name]) => authorizeParameters.has(name))
    const known = (value: string) => Object.hasOwn(description.scopes, value)
    const words = (value: string) => [...new Set(value.split(' '))].filter((word) => word !== '')
    const unknown = pairs
      .filter(([name]) => name === 'scope')
      .flatMap(([, value]) => words(value).filter((word) => !known(word)))
    const asked = pairs.filter(([name, value]) => name !== 'scope' || words(value).length > 0)
    const said = asked.some(([name]) => name === 'scope') ? asked : [...asked, standardScope]
    // Blanks too many are passed over. The library passes over scopes that it does not know, too, but refuses what could
    // be no scope at all.
    const spelled = (value: string) => (unknown.length > 0 ? '"' : words(value).join(' '))
    const checked = said.map(([name, value]) => [name, name === 'scope' ? spelled(value) : value] as const)
    const { ask } = await open()
    // Without cookies: whatever else this browser has under way is not mixed up with it.
    const answer = await ask(question(request, `${paths.authorize}?${formOf(checked)}`))
    return relay(reply, unknown.length === 0 ? answer : named(answer, unknown))
  }

  async function resume(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { uid } = request.params as { uid: string }
    if (!/^[\w-]{1,100}$/.test(uid)) return tellOver(reply)
    const { ask } = await open()
    return relay(
      reply,
      await ask(question(request, `${paths.authorize}/${uid}`, { cookie: cookiesOf(request) })),
    )
  }

  async function token(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const body = request.body as Parameters | undefined
    const query: Parameters = description.tokenInQuery ? readQuery(request.url) : []
    const answer = await post(request, paths.token, readBoth(body ?? [], query))
    if (answer.status !== 200) return refuse(reply, answer)
    const said = JSON.parse(answer.body) as Spelled
    const { presentTokens = presentAsStandard, lifetimeSeconds } = description
    const tokens: Tokens = {
      accessToken: said.access_token,
      refreshToken: said.refresh_token,
      scope: said.scope ?? '',
      expiresInSeconds: lifetimeSeconds.access === null ? undefined : said.expires_in,
      createdAt: Math.floor(clock() / 1000),
    }
    return sendJson(reply, 200, JSON.stringify(presentTokens(tokens)))
  }

  async function revoke(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const body = (request.body as Parameters | undefined) ?? []
    const answer = await post(request, paths.revoke ?? '', body)
    return answer.status === 200 ? reply.code(200).send('') : refuse(reply, answer)
  }

  async function post(request: FastifyRequest, url: string, said: Parameters): Promise<LibraryAnswer> {
    if (said === 'unreadable') {
      const body = JSON.stringify({ error: 'invalid_request', error_description: 'the body cannot be read' })
      return { status: 400, location: undefined, cookies: [], challenge: undefined, body }
    }
    const { authorization } = request.headers
    const { ask } = await open()
    return ask(question(request, url, { method: 'POST', authorization, form: formOf(said) }))
  }

  /** What RFC 8414 has clients look for. */
  function metadata(): object {
    const at = (path: string) => `${publicUrl}${prefix}${path}`
    return {
      issuer: `${publicUrl}${prefix}`,
      authorization_endpoint: at(paths.authorize),
      token_endpoint: at(paths.token),
      ...(paths.revoke === undefined ? {} : { revocation_endpoint: at(paths.revoke) }),
      scopes_supported: Object.keys(description.scopes),
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'client_secret_basic'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    }
  }

  return { authorize, resume, token, revoke, metadata, exchange }
}

/** What the library says of tokens. */
type Spelled = {
  readonly access_token: string
  readonly refresh_token?: string
  readonly scope?: string
  readonly expires_in: number
}

/** The form of RFC 6749. */
function presentAsStandard(tokens: Tokens): object {
  return {
    access_token: tokens.accessToken,
    token_type: 'Bearer',
    expires_in: tokens.expiresInSeconds,
    refresh_token: tokens.refreshToken,
    scope: tokens.scope,
  }
}

/** Sends JSON exactly so typed: some clients compare the header as a whole. */
export function sendJson(reply: FastifyReply, status: number, json: string): FastifyReply {
  return reply
    .code(status)
    .header('content-type', 'application/json')
    .header('pragma', 'no-cache')
    .send(Buffer.from(json))
}

/** A refusal of the library, in the form of RFC 6749. */
function refuse(reply: FastifyReply, { status, body, challenge }: LibraryAnswer): FastifyReply {
  if (challenge !== undefined) reply.header('www-authenticate', challenge)
  return sendJson(reply, status, body)
}

/** The refusal of unknown scopes, with their names as far as a description may hold them. */
function named(answer: LibraryAnswer, unknown: readonly string[]): LibraryAnswer {
  const names = unknown.join(' ').replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?')
  const words = new URLSearchParams({ error_description: `unknown scope ${names.slice(0, 200)}` })
  return {
    ...answer,
    location: answer.location?.replace(/(?<=[?&])error_description=[^&]*/, () => `${words}`),
  }
}

/** Sends on what the library answers to a browser: a way to go, a code to show, or a refusal. */
function relay(reply: FastifyReply, { status, location, cookies, body }: LibraryAnswer): FastifyReply {
  const kept = cookies.filter((cookie) => !unusedCookie.test(cookie))
  if (kept.length > 0) reply.header('set-cookie', kept)
  if (location === undefined) {
    const said = JSON.parse(body) as { readonly error?: string; readonly error_description?: string }
    const words = `The application sent you here with a request that cannot be granted: ${said.error_description ?? said.error ?? 'unknown reason'}.`
    return sendPage(reply, status, refusalPage('This does not work', words))
  }
  if (location.startsWith(`${outOfBand}?`)) {
    const said = new URLSearchParams(location.slice(outOfBand.length))
    const code = said.get('code')
    if (code !== null) return sendPage(reply, 200, codePage(code))
    const words = 'The application was not let in. You may close this page.'
    return sendPage(reply, 200, refusalPage('Not allowed', words))
  }
  // What is relayed answers a GET; 302 is what the published descriptions of these services say.
  return reply.code(302).header('location', location).header('referrer-policy', 'no-referrer').send()
}

function cookiesOf({ headers }: FastifyRequest): string | undefined {
  const parts = (headers.cookie ?? '').split(/;\s*/).filter((part) => !unusedCookie.test(part))
  return parts.join('; ') || undefined
}

/** What the client sees in front of the door's paths: nothing where a host name leads straight to the door. */
function baseOf(request: FastifyRequest, publicUrl: string, prefix: string): string {
  const throughPrefix = request.originalUrl.replace(/^\/+/, '/').startsWith(`${prefix}/`)
  return throughPrefix ? new URL(publicUrl).pathname.replace(/\/$/, '') + prefix : ''
}
