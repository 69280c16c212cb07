// A bearer token to our actor: an API token, or one that an application was given.

import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../core/actor.ts'
import type { DoorTools } from '../../http/door.ts'
import { createBearer, readBearer } from '../../http/oauth/index.ts'
import { oauth } from './oauth.ts'

/** The person behind a request, or undefined. */
export type Authenticate = (
  request: Pick<FastifyRequest, 'id' | 'ip'> & {
    readonly headers: { readonly authorization?: string | undefined }
  },
) => Promise<Actor | undefined>

/** Makes the function that reads tokens. The n8n node writes `bearer` in lower case. */
export function createAuthenticate(tools: DoorTools): Authenticate {
  const bearer = createBearer(tools, oauth)
  return async (request) => {
    const token = readBearer(request.headers.authorization)
    if (token === undefined) return undefined
    return bearer(token, { door: 'moneybird', requestId: request.id, address: request.ip })
  }
}
