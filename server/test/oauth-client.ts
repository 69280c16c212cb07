// A small OAuth client with its browser, and two doors to try it on: one that keeps to OAuth 2.1, and one of the older,
// looser kind. Both answer `/me` with who their Bearer token stands for.

import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '../src/core/actor.ts'
import { DomainError } from '../src/core/errors.ts'
import type { Core } from '../src/core/index.ts'
import type { ApplicationInput } from '../src/core/people/applications.ts'
import { outOfBand } from '../src/core/people/applications.ts'
import type { Keys } from '../src/core/ports.ts'
import { createAnswers } from '../src/http/answers.ts'
import type { DoorDefinition, Server } from '../src/http/door.ts'
import { createFragments } from '../src/http/fragments.ts'
import {
  applicationTerms,
  createBearer,
  mountMetadata,
  mountOAuth,
  type OAuthDescription,
  readBearer,
} from '../src/http/oauth/index.ts'
import { createServer, logFailure } from '../src/http/server.ts'
import { createKeys } from '../src/outside/keys.ts'
import { password } from './harness.ts'

const hour = 60 * 60
const day = 24 * hour

/** Codes once, PKCE, rotating refresh tokens, revocation, session tokens. */
export const strict: OAuthDescription = {
  door: 'expensicat',
  prefix: '/strict',
  service: 'Strict',
  paths: {
    authorize: '/oauth2/authorize',
    token: '/oauth2/token',
    revoke: '/oauth2/revoke',
    signIn: '/sign-in',
    signOut: '/sign-out',
  },
  scopes: {
    'entries:read': { words: 'See time entries', core: ['time:read', 'catalogue:read'] },
    'entries:write': { words: 'Change time entries', core: ['time:read', 'time:write'] },
    'banking:read': { words: 'See the bank <b>', core: [] },
  },
  defaultScopes: ['entries:read'],
  lifetimeSeconds: { code: 600, access: hour, refresh: 30 * day },
  pkce: 'required',
  rotates: true,
  tokenForm: 'base64url',
  outOfBand: false,
  tokenInQuery: false,
}

/** Secrets, tokens without end, codes on a page, parameters wherever they are put. */
export const lenient: OAuthDescription = {
  door: 'moneybird',
  prefix: '/lenient',
  service: 'Lenient',
  paths: { authorize: '/oauth/authorize', token: '/oauth/token' },
  scopes: {
    sales_invoices: { words: 'Sales invoices', core: ['catalogue:read'] },
    time_entries: { words: 'Time entries', core: ['time:read', 'time:write'] },
  },
  defaultScopes: ['sales_invoices'],
  lifetimeSeconds: { code: 600, access: null, refresh: null },
  pkce: 'optional',
  rotates: false,
  tokenForm: 'hex',
  outOfBand: true,
  tokenInQuery: true,
  presentTokens: ({ accessToken, refreshToken, scope, createdAt }) => ({
    access_token: accessToken,
    token_type: 'bearer',
    refresh_token: refreshToken,
    scope,
    created_at: createdAt,
  }),
}

function doorOf(description: OAuthDescription): DoorDefinition {
  return {
    name: description.door,
    prefix: description.prefix,
    applications: applicationTerms(description),
    atRoot: (server, tools) => mountMetadata(server, tools, description),
    register(server, tools) {
      // As real doors do: what OAuth reads is none of it.
      server.addContentTypeParser('*', { parseAs: 'buffer' }, async (_: unknown, body: Buffer) => body)
      mountOAuth(server, tools, description)
      const bearer = createBearer(tools, description)
      server.setErrorHandler((error: Error, request, reply) => {
        if (!(error instanceof DomainError))
          return reply.code(logFailure(error, request)).send({ broken: true })
        const status = { unauthenticated: 401, invalid: 400, limit: 429 }[error.kind as string] ?? 403
        return reply.code(status).send({ refused: error.reason })
      })
      server.get('/me', async (request, reply) => {
        const arrival = { door: description.door, requestId: request.id, address: request.ip }
        const actor = await bearer(readBearer(request.headers.authorization) ?? '', arrival)
        if (actor === undefined) return reply.code(401).send({})
        const { personId, organizationId, role, scopes, grantedScopes } = actor
        return {
          personId,
          organizationId,
          role,
          scopes: scopes === null ? null : [...scopes],
          granted: grantedScopes === undefined ? null : [...grantedScopes],
        }
      })
    },
  }
}

export type OAuthBook = { readonly core: Core; readonly clock: { readonly now: number } }

/** Where the test server says it is reached. */
export const publicUrl = 'http://book.example'

/** A server with both doors; `strict.example` leads straight to the first. */
export function serveOAuth(book: OAuthBook, keys: Keys = createKeys(), url = publicUrl): Server {
  return createServer({
    core: book.core,
    clock: () => book.clock.now,
    keys,
    fragments: createFragments(1000),
    answers: createAnswers(1000),
    publicUrl: url,
    log: { level: 'error', stream: process.stderr },
    hosts: new Map([['strict.example', 'expensicat']]),
    doors: [strict, lenient].map(doorOf),
    pages: () => undefined,
  })
}

export type Page = {
  readonly status: number
  readonly text: string
  readonly location: string | undefined
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  json<T = Record<string, unknown>>(): T
}

export type Browser = ReturnType<typeof createBrowser>

/** A browser: it keeps cookies by their path and sends forms. It follows nothing by itself. */
export function createBrowser(server: Server, host = 'book.example') {
  const jar = new Map<string, { value: string; path: string }>()

  async function go(
    method: 'GET' | 'POST' | 'HEAD',
    url: string,
    form?: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Page> {
    const path = url.replace(/\?.*/, '')
    const cookie = [...jar]
      .filter(([, kept]) => path.startsWith(kept.path))
      .map(([name, kept]) => `${name}=${kept.value}`)
      .join('; ')
    const response = await server.inject({
      method,
      url,
      headers: {
        host,
        ...(cookie === '' ? {} : { cookie }),
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(form === undefined ? {} : { payload: new URLSearchParams(form).toString() }),
    })
    assert.notEqual(response.statusCode, 500, `${method} ${url} met a bug: ${response.payload}`)
    for (const line of [response.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const [, cookiePath = '/'] = /; path=([^;]+)/i.exec(line) ?? []
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name)
      else jar.set(name, { value, path: cookiePath })
    }
    return {
      status: response.statusCode,
      text: response.payload,
      location: response.headers.location as string | undefined,
      headers: response.headers,
      json: () => JSON.parse(response.payload),
    }
  }

  return {
    jar,
    get: (url: string, headers?: Readonly<Record<string, string>>) => go('GET', url, undefined, headers),
    head: (url: string) => go('HEAD', url),
    post: (url: string, form: Readonly<Record<string, string>>) => go('POST', url, form),
  }
}

/** An application as its users' clients know it. */
export type Client = {
  readonly id: string
  readonly secret: string | null
  readonly description: OAuthDescription
  readonly applicationId: number
}

/** Registers an application, by default a public one of the strict door with one address. */
export async function register(
  book: OAuthBook,
  actor: Actor,
  input: Partial<ApplicationInput> = {},
): Promise<Client> {
  const description = input.door === 'moneybird' ? lenient : strict
  const { application, secret } = await book.core.applications.register(actor, {
    name: 'Timer & Sons',
    door: description.door,
    redirectUris: ['https://app.example/done'],
    scopes: Object.keys(description.scopes),
    confidential: description === lenient,
    ...input,
  })
  return { id: application.identifier, secret, description, applicationId: application.id }
}

export type Flow = { readonly query: Readonly<Record<string, string>>; readonly verifier: string }

/** What an application sends people with. */
export function flowOf(client: Client, more: Readonly<Record<string, string | undefined>> = {}): Flow {
  const verifier = randomBytes(32).toString('base64url')
  const all = {
    client_id: client.id,
    redirect_uri: 'https://app.example/done',
    response_type: 'code',
    scope: client.description.defaultScopes.join(' '),
    state: 'a state & more',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  }
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { query: Object.fromEntries(given), verifier }
}

/** Where the flow begins. `base` is what stands in front of the door's paths. */
export function authorizeUrl(client: Client, flow: Flow, base = client.description.prefix): string {
  return `${base}${client.description.paths.authorize}?${new URLSearchParams(flow.query)}`
}

/** The hidden fields, and the chosen radio, of a page's form. */
export function fieldsOf(page: Page): Record<string, string> {
  const fields = [...page.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)]
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]))
}

/** Goes to the sign-in page and answers its address. */
export async function begin(browser: Browser, client: Client, flow: Flow, base?: string): Promise<string> {
  const start = await browser.get(authorizeUrl(client, flow, base))
  assert.equal(start.status, 302, start.text)
  return start.location ?? ''
}

/** Signs in on the page; answers the consent page, or whatever came instead. */
export function signIn(browser: Browser, address: string, login: string, secret = password): Promise<Page> {
  return browser.post(address, { action: 'sign-in', login, password: secret })
}

/** Allows on the consent page and follows to the address of the application, or to the page with the code. */
export async function allow(
  browser: Browser,
  address: string,
  consent: Page,
  more: Readonly<Record<string, string>> = {},
): Promise<Page> {
  const sent = await browser.post(address, { action: 'allow', ...fieldsOf(consent), ...more })
  return sent.status === 303 ? browser.get(sent.location ?? '') : sent
}

/** The whole way of somebody in a browser; answers what stands in the address of the application. */
export async function letIn(
  browser: Browser,
  client: Client,
  flow: Flow,
  login: string,
): Promise<URLSearchParams> {
  const address = await begin(browser, client, flow)
  const consent = await signIn(browser, address, login)
  assert.equal(consent.status, 200, consent.text)
  const back = await allow(browser, address, consent)
  assert.equal(back.status, 302, back.text)
  return new URL(back.location ?? '').searchParams
}

/** Calls the token endpoint with a form. */
export function trade(
  browser: Browser,
  client: Client,
  form: Readonly<Record<string, string>>,
): Promise<Page> {
  const secret: Record<string, string> = client.secret === null ? {} : { client_secret: client.secret }
  const url = client.description.prefix + client.description.paths.token
  return browser.post(url, { client_id: client.id, ...secret, ...form })
}

/** Trades the code of a flow. */
export function tradeCode(browser: Browser, client: Client, flow: Flow, code: string): Promise<Page> {
  const { redirect_uri = '' } = flow.query
  return trade(browser, client, {
    grant_type: 'authorization_code',
    code,
    redirect_uri,
    code_verifier: flow.verifier,
  })
}

export type Pair = { readonly access_token: string; readonly refresh_token: string; readonly scope: string }

/** A client's tokens for somebody, by the whole way. */
export async function tokensFor(
  server: Server,
  client: Client,
  login: string,
  more: Readonly<Record<string, string | undefined>> = {},
): Promise<Pair> {
  const browser = createBrowser(server)
  const flow = flowOf(client, more)
  const back = await letIn(browser, client, flow, login)
  const answer = await tradeCode(browser, client, flow, back.get('code') ?? '')
  assert.equal(answer.status, 200, answer.text)
  return answer.json<Pair>()
}

/** Trades a refresh token. */
export function refresh(browser: Browser, client: Client, token: string): Promise<Page> {
  return trade(browser, client, { grant_type: 'refresh_token', refresh_token: token })
}

/** Whom a Bearer token stands for at a door; the status when for nobody. */
export async function whoIs(
  server: Server,
  description: OAuthDescription,
  token: string,
): Promise<Record<string, unknown> | number> {
  const headers = { authorization: `Bearer ${token}` }
  const response = await server.inject({ method: 'GET', url: `${description.prefix}/me`, headers })
  return response.statusCode === 200 ? response.json() : response.statusCode
}

/** Shows the code instead of sending it. */
export const shown = { redirect_uri: outOfBand }
