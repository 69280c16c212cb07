// A Bearer token to our actor: an API token, a session token, or the access token of an application.

import type { Actor } from '../../core/actor.ts'
import { type Bearer, readBearer } from '../../http/oauth/index.ts'
import { badToken, challenge, type Refusal } from './errors.ts'

/** The person behind a request, or why there is nobody. */
export async function authenticate(
  bearer: Bearer,
  request: {
    readonly id: string
    readonly ip: string
    readonly headers: { readonly authorization?: string | undefined }
  },
): Promise<Actor | Refusal> {
  const token = readBearer(request.headers.authorization)
  if (token === undefined) return challenge
  const arrival = { door: 'expensicat', requestId: request.id, address: request.ip } as const
  return (await bearer(token, arrival)) ?? badToken
}
