// Credentials to our actor: a token as Bearer, a name and password as Basic, or the session cookie of the web app.

import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../core/actor.ts'
import type { Core } from '../core/index.ts'
import { readBasic } from '../http/credentials.ts'
import { challenge, Refusal } from './problem.ts'

/** What is needed of a request. */
type Asking = Pick<FastifyRequest, 'id' | 'ip' | 'method'> & { readonly headers: FastifyRequest['headers'] }

/** Requests that only read; all others of a session must show that they come from our own pages. */
const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The name of the session cookie. The prefix keeps other hosts of the domain from setting it, where it may be used. */
export function cookieName(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-daybook' : 'daybook'
}

/** The cookie that begins a session, or with an empty secret ends it. */
export function sessionCookie(publicUrl: string, secret: string, maxAgeSeconds: number): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
  return `${cookieName(publicUrl)}=${secret}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`
}

/** The secret in the session cookie. One that is there twice was put there by somebody else, and counts as none. */
export function sessionSecret(headers: Asking['headers'], publicUrl: string): string | undefined {
  const { cookie } = headers
  if (cookie === undefined || cookie.length > 8000) return undefined
  const name = `${cookieName(publicUrl)}=`
  const found = cookie.split(';').flatMap((part) => {
    const text = part.trim()
    return text.startsWith(name) ? [text.slice(name.length)] : []
  })
  return found.length === 1 && found[0] !== '' ? found[0] : undefined
}

/** Who a request's rate is counted for, without asking the book: the credential, else the address. */
export function callerOf({ headers, ip }: Pick<Asking, 'headers' | 'ip'>, publicUrl: string): string {
  const credential = headers.authorization ?? sessionSecret(headers, publicUrl)
  if (credential === undefined) return ip
  return hash('sha256', credential.slice(0, 4000), 'base64')
}

/** The person behind a request. Throws a 401 without good credentials, a 403 for a write forged by another site. */
export async function authenticate(core: Core, request: Asking, publicUrl: string): Promise<Actor> {
  const { headers, id: requestId, ip: address } = request
  const arrival = { door: 'native', requestId, address } as const
  const { authorization } = headers
  if (authorization !== undefined) {
    const bearer = /^bearer +([0-9a-f]{32})$/i.exec(authorization)?.[1]
    if (bearer !== undefined) return (await core.signIn.bySecret(bearer, arrival, 'token')) ?? refuse()
    const basic = readBasic(authorization)
    return basic === undefined ? refuse() : core.signIn.byPassword(basic.user, basic.password, arrival)
  }
  const secret = sessionSecret(headers, publicUrl)
  if (secret === undefined) return refuse('Credentials are missing.', 'credentials_missing')
  const actor = (await core.signIn.bySecret(secret, arrival, 'session')) ?? refuse()
  if (!reading.has(request.method) && !isOwnPage(headers, publicUrl)) {
    throw new Refusal(403, 'forged_request', 'A session writes with the header X-Requested-With only.')
  }
  return actor
}

/** Whether a browser says, or a header that no form can send shows, that a request comes from our own pages. */
function isOwnPage(headers: Asking['headers'], publicUrl: string): boolean {
  if (headers['x-requested-with'] !== undefined) return true
  if (headers['sec-fetch-site'] !== undefined) return headers['sec-fetch-site'] === 'same-origin'
  return headers.origin !== undefined && headers.origin === originOf(publicUrl)
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined
}

function refuse(message = 'The credentials are wrong.', code = 'credentials_wrong'): never {
  throw new Refusal(401, code, message, { headers: challenge })
}
