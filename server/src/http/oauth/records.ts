// The library's storage over our own: every model's records under digests, tied to the credential of their consent.

import type { Adapter, AdapterPayload } from 'oidc-provider'
import { outOfBand } from '../../core/people/applications.ts'
import type { CredentialKey } from '../../core/people/grants.ts'
import type { ApplicationFacts } from '../../core/ports.ts'
import type { DoorTools } from '../door.ts'
import type { OAuthDescription } from './description.ts'

/** Stands for never where the library wants a number of seconds: a hundred years. */
export const neverSeconds = 100 * 365 * 24 * 60 * 60

/** How an account is named: the credential that a consent has made. It stands for the person in one organization. */
export function accountOf({ organizationId, credentialId }: CredentialKey): string {
  return `${organizationId}.${credentialId}`
}

/** Reads the name of an account; null for anything else. */
export function parseAccount(account: unknown): CredentialKey | null {
  const [, organizationId, credentialId] = /^(\d{1,16})\.(\d{1,16})$/.exec(String(account ?? '')) ?? []
  if (organizationId === undefined || credentialId === undefined) return null
  return { organizationId: Number(organizationId), credentialId: Number(credentialId) }
}

/** Makes the storage of one model. `refuseUsed` makes the error for a lost race. */
export function createRecords(
  model: string,
  description: OAuthDescription,
  { core, clock }: Pick<DoorTools, 'core' | 'clock'>,
  refuseUsed: () => Error,
): Adapter {
  const { door } = description
  const { grants } = core
  // Nobody stays signed in: each application is let in with a password.
  const kept = model !== 'Session'

  async function find(secret: string): Promise<AdapterPayload | undefined> {
    if (model === 'Client') return clientOf(description, await grants.application(door, secret))
    const record = kept ? await grants.find(door, model, secret) : undefined
    if (record === undefined) return undefined
    const payload = JSON.parse(record.payload) as AdapterPayload
    const used = record.usedAt === null ? {} : { consumed: Math.floor(record.usedAt / 1000) }
    return { ...payload, jti: secret, ...used }
  }

  return {
    find,
    async upsert(secret, { jti: _, ...payload }, expiresIn = neverSeconds) {
      if (!kept) return
      await grants.keep({
        door,
        kind: model,
        secret,
        grant: model === 'Grant' ? secret : (payload.grantId ?? null),
        credential: parseAccount(payload.accountId),
        scope: payload.scope ?? '',
        payload: JSON.stringify(payload),
        expiresAt: expiresIn >= neverSeconds ? null : clock() + expiresIn * 1000,
      })
    },
    async consume(secret) {
      if (await grants.use(door, model, secret)) return
      const record = await find(secret)
      if (record?.grantId !== undefined) await end(record.grantId, parseAccount(record.accountId))
      throw refuseUsed()
    },
    async destroy(secret) {
      if (!kept) return
      if (model !== 'Grant') return grants.drop(door, model, secret)
      const grant = await find(secret)
      await end(secret, parseAccount(grant?.accountId))
    },
    // The consent itself is destroyed with them, and all that came from it.
    revokeByGrantId: async () => {},
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
  }

  function end(grant: string, credential: CredentialKey | null): Promise<void> {
    return grants.end(grant, credential, { door, requestId: '' })
  }
}

/** An application in the library's words; its secret stays a digest. */
function clientOf(
  description: OAuthDescription,
  facts: ApplicationFacts | undefined,
): AdapterPayload | undefined {
  if (facts === undefined) return undefined
  const { identifier, name, redirectUris, scopes, confidential } = facts.application
  const allowed = redirectUris.filter((uri) => description.outOfBand || uri !== outOfBand)
  const known = scopes.filter((scope) => Object.hasOwn(description.scopes, scope))
  if (allowed.length === 0 || known.length === 0) return undefined
  return {
    client_id: identifier,
    client_name: name,
    application_type: allowed.every((uri) => /^https?:/.test(uri)) ? 'web' : 'native',
    redirect_uris: allowed,
    scope: known.join(' '),
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    ...(confidential
      ? { client_secret: facts.secretDigest ?? '', token_endpoint_auth_method: 'client_secret_post' }
      : { token_endpoint_auth_method: 'none' }),
  } as AdapterPayload
}
