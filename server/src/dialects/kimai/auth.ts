// Bearer tokens and the older pair of headers to our actor.

import type { Actor } from '../../core/actor.ts'
import type { Core } from '../../core/index.ts'
import { type Answer, failure, invalidToken, refusedPair } from './errors.ts'

type Asked = {
  readonly id: string
  readonly ip: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** The person behind a request, or the answer to someone unknown. Clients of all generations come at any time. */
export async function authenticate(core: Core, request: Asked): Promise<Actor | Answer> {
  const arrival = { door: 'kimai', requestId: request.id, address: request.ip } as const
  const { authorization } = request.headers
  if (typeof authorization === 'string' && authorization.startsWith('Bearer ')) {
    return (await core.signIn.bySecret(authorization.slice(7), arrival, 'token')) ?? invalidToken
  }
  const user = request.headers['x-auth-user']
  const token = request.headers['x-auth-token']
  if (typeof user !== 'string' || typeof token !== 'string') return failure(401)
  if (user === '') return refusedPair('Authentication required, missing user header: X-AUTH-USER')
  if (token === '') return refusedPair('Authentication required, missing token header: X-AUTH-TOKEN')
  // Headers arrive as single bytes; what was typed is UTF-8.
  return core.signIn.byPassword(utf8(user), utf8(token), arrival)
}

function utf8(header: string): string {
  const text = Buffer.from(header, 'latin1').toString('utf8')
  return text.includes('\ufffd') ? header : text
}
