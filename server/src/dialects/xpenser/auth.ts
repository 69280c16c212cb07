// HTTP Basic to our actor. The password may also be an API token.

import type { Actor } from '../../core/actor.ts'
import type { Core } from '../../core/index.ts'
import { readBasic } from '../../http/credentials.ts'
import { challenge, type Refusal } from './errors.ts'

/** The person behind a request, or the challenge. An Xpenser account is one person: others' data is out of reach. */
export async function authenticate(
  core: Core,
  request: {
    readonly id: string
    readonly ip: string
    readonly headers: { readonly authorization?: string | undefined }
  },
): Promise<Actor | Refusal> {
  const basic = readBasic(request.headers.authorization)
  if (basic === undefined) return challenge
  const arrival = { door: 'xpenser', requestId: request.id, address: request.ip } as const
  const actor = await core.signIn.byPassword(basic.user, basic.password, arrival)
  return { ...actor, personal: true }
}
