// The authorization library, set up for one door: loaded at the first use, since most processes never need it.

import { createPrivateKey, randomBytes } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type Provider from 'oidc-provider'
import type { Configuration } from 'oidc-provider'
import type { DoorTools } from '../door.ts'
import type { OAuthDescription } from './description.ts'
import { exchangeOf, type LibraryAnswer, type Question } from './exchange.ts'
import { createRecords, neverSeconds, parseAccount } from './records.ts'

/** How long somebody may take over the pages. */
export const interactionSeconds = 30 * 60

/** Below the address that applications send people to: the page that asks for the password. */
export const pagePath = 'sign-in'

/** The library, ready for one door. */
export type Opened = {
  readonly provider: Provider
  readonly ask: (question: Question) => Promise<LibraryAnswer>
}

type Library = typeof import('oidc-provider')

let loading: Promise<Library> | undefined

/** Loads the library once. While it loads, what it has to say about versions of Node.js is kept off the terminal. */
function load(): Promise<Library> {
  loading ??= (async () => {
    const { console: terminal } = globalThis
    const { warn } = terminal
    terminal.warn = (...words: unknown[]) => {
      if (!String(words[0]).includes('oidc-provider')) warn.apply(terminal, words)
    }
    try {
      return await import('oidc-provider')
    } finally {
      terminal.warn = warn
    }
  })()
  return loading
}

/** Opens the library for a door. */
export async function openProvider(description: OAuthDescription, tools: DoorTools): Promise<Opened> {
  const { Provider, errors, interactionPolicy } = await load()
  const { Check, Prompt } = interactionPolicy
  const always = new Check('always', 'Sign in and allow it', 'login_required', (ctx) => {
    const { result } = ctx.oidc
    return result?.login === undefined || result.consent === undefined
  })
  const refuseUsed = () => new errors.InvalidGrant('used already')
  const provider = new Provider(`${tools.publicUrl}${description.prefix}`, {
    ...configure(description, tools),
    adapter: (model) => createRecords(model, description, tools, refuseUsed),
    interactions: {
      policy: [new Prompt({ name: 'login' }, always)] as never,
      url: (ctx, interaction) =>
        `${new URL(ctx.oidc.urlFor('authorization')).pathname}/${pagePath}/${interaction.uid}`,
    },
  })
  provider.proxy = true
  shape(provider, description, tools)
  return { provider, ask: askOf(provider) }
}

function configure(description: OAuthDescription, { core, keys }: DoorTools): Configuration {
  const { lifetimeSeconds: seconds, paths, scopes } = description
  const purpose = (what: string) => Buffer.from(keys.derive(`${description.door} ${what}`))
  return {
    cookies: {
      keys: [purpose('cookies').toString('hex')],
      names: { session: 'daybook_session', interaction: 'daybook_sign_in', resume: 'daybook_resume' },
      short: { httpOnly: true, overwrite: true, sameSite: 'lax', signed: true },
      long: { httpOnly: true, overwrite: true, sameSite: 'lax', signed: true },
    },
    // It signs nothing, for it knows no ID tokens, but it wants a key.
    jwks: { keys: [signingKey(purpose('signatures'))] } as Configuration['jwks'] & object,
    clientDefaults: { id_token_signed_response_alg: 'EdDSA' },
    clientAuthMethods: ['client_secret_post', 'none'],
    enabledJWA: { idTokenSigningAlgValues: ['EdDSA'] },
    scopes: Object.keys(scopes),
    claims: {},
    responseTypes: ['code'],
    routes: {
      authorization: paths.authorize,
      token: paths.token,
      revocation: paths.revoke ?? '/revoke',
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      revocation: {
        enabled: paths.revoke !== undefined,
        allowedPolicy: (_, client, token) => token.clientId === client.clientId,
      },
    },
    pkce: { required: () => description.pkce === 'required' },
    rotateRefreshToken: description.rotates,
    issueRefreshToken: async () => true,
    revokeGrantPolicy: () => true,
    expiresWithSession: async () => false,
    allowOmittingSingleRegisteredRedirectUri: false,
    ttl: {
      AuthorizationCode: seconds.code,
      AccessToken: seconds.access ?? neverSeconds,
      RefreshToken: seconds.refresh ?? neverSeconds,
      Grant: neverSeconds,
      Interaction: interactionSeconds,
      Session: interactionSeconds,
    },
    findAccount: async (_, account) => {
      const credential = parseAccount(account)
      const lives = credential !== null && (await core.grants.lives(credential))
      return lives ? { accountId: account, claims: async () => ({ sub: account }) } : undefined
    },
    renderError: (ctx, out) => {
      ctx.type = 'json'
      ctx.body = out
    },
  }
}

/** What the library has no setting for. */
function shape(provider: Provider, { tokenForm }: OAuthDescription, { core }: DoorTools): void {
  for (const model of [provider.AccessToken, provider.RefreshToken, provider.AuthorizationCode]) {
    const prototype = model.prototype as object as { generateTokenId?: () => string }
    const { generateTokenId: original } = prototype
    prototype.generateTokenId = function spelled() {
      // The library notes on the token which form it has; that note is wanted, the spelling is ours.
      original?.call(this)
      return randomBytes(32).toString(tokenForm)
    }
  }
  Object.assign(provider.Client.prototype, {
    compareClientSecret(this: { readonly clientSecret?: string }, actual: string) {
      return core.grants.isSecret({ secretDigest: this.clientSecret ?? null }, actual)
    },
    // Every address counts as it was registered, those of this machine with their port.
    redirectUriAllowed(this: { readonly redirectUris: readonly string[] }, uri: string) {
      return this.redirectUris.includes(uri)
    },
  })
}

/** Answers through the library. What breaks inside it is thrown, so that it is logged as any other bug. */
function askOf(provider: Provider): Opened['ask'] {
  const broken = new WeakMap<IncomingMessage, Error>()
  provider.on('server_error', (ctx, error) => broken.set(ctx.req, error))
  // What goes wrong around its own handling of errors.
  const emitter: EventEmitter = provider
  emitter.on('error', (error: Error, ctx?: { readonly req: IncomingMessage }) => {
    if (ctx !== undefined) broken.set(ctx.req, error)
  })
  const handle = provider.callback()
  return async (question) => {
    const { request, response, answer } = exchangeOf(question)
    await handle(request, response)
    const error = broken.get(request)
    if (error !== undefined) throw error
    return answer()
  }
}

// An Ed25519 key from its 32 bytes: what stands before them in its usual form never changes.
const keyHead = Buffer.from('302e020100300506032b657004220420', 'hex')

function signingKey(seed: Uint8Array): object {
  const key = createPrivateKey({ key: Buffer.concat([keyHead, seed]), format: 'der', type: 'pkcs8' })
  return { ...key.export({ format: 'jwk' }), alg: 'EdDSA', use: 'sig' }
}
