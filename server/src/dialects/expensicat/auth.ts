// A Bearer token to our actor.

import type { Actor } from '../../core/actor.ts'
import type { Core } from '../../core/index.ts'
import { badToken, challenge, type Refusal } from './errors.ts'

/** The person behind a request, or why there is nobody. API tokens of every door are good here. */
export async function authenticate(
  core: Core,
  request: {
    readonly id: string
    readonly ip: string
    readonly headers: { readonly authorization?: string | undefined }
  },
): Promise<Actor | Refusal> {
  const [, token] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? []
  if (token === undefined) return challenge
  const arrival = { door: 'expensicat', requestId: request.id, address: request.ip } as const
  return (await core.signIn.bySecret(token, arrival, 'token')) ?? badToken
}
