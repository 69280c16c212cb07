// Paymo's credentials to our actor: a session, an API key as the user of HTTP Basic, or e-mail address and password.

import type { Actor } from '../../core/actor.ts'
import type { Core } from '../../core/index.ts'
import { readBasic } from '../../http/credentials.ts'
import { type Refusal, unauthenticated } from './errors.ts'

/** What of a request tells who makes it. */
export type Credentials = {
  readonly id: string
  readonly ip: string
  readonly headers: {
    readonly authorization?: string | undefined
    readonly 'x-session'?: string | string[] | undefined
  }
}

/** The session that a request names, as sent. */
export function sessionOf({ headers }: Credentials): string | undefined {
  const found = headers['x-session']
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** The person behind a request, or the refusal. With an API key any password will do, also an empty one. */
export async function authenticate(core: Core, request: Credentials): Promise<Actor | Refusal> {
  const arrival = { door: 'paymo', requestId: request.id, address: request.ip } as const
  const session = sessionOf(request)
  if (session !== undefined) {
    return (await core.signIn.bySecret(session, arrival, 'session')) ?? unauthenticated
  }
  const basic = readBasic(request.headers.authorization)
  if (basic === undefined) return unauthenticated
  if (/^[0-9a-f]{32}$/.test(basic.user)) {
    return (await core.signIn.bySecret(basic.user, arrival, 'token')) ?? unauthenticated
  }
  return core.signIn.byPassword(basic.user, basic.password, arrival)
}
