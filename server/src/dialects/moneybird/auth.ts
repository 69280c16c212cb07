// A bearer token to our actor.

import type { Actor } from '../../core/actor.ts'
import type { Core } from '../../core/index.ts'

const shape = /^bearer +(\S{1,200}) *$/i

/** The person behind a request, or undefined. The n8n node writes `bearer` in lower case. */
export async function authenticate(
  core: Core,
  request: {
    readonly id: string
    readonly ip: string
    readonly headers: { readonly authorization?: string | undefined }
  },
): Promise<Actor | undefined> {
  const token = shape.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined) return undefined
  const arrival = { door: 'moneybird', requestId: request.id, address: request.ip } as const
  return core.signIn.bySecret(token, arrival, 'token')
}
