// From credentials to an actor, and the verbs on tokens, sessions and passwords.

import { scopes as knownScopes, require as requirePermission } from '../access.ts'
import type { Actor, Door } from '../actor.ts'
import { type Context, limitTo, listAll, reader } from '../context.ts'
import type { Instant } from '../day.ts'
import { DomainError, forbidden, invalid, notFound } from '../errors.ts'
import type { CredentialFacts, Standing } from '../ports.ts'
import { fold, name } from '../text.ts'
import { actorOf } from './acting.ts'
import { createBearers } from './bearers.ts'
import type { Credential } from './nouns.ts'
import { checkPassword, type PasswordHash } from './organizations.ts'
import type { OwnPasswords } from './own-password.ts'
import type { Throttle } from './throttle.ts'
import type { TwoFactor } from './two-factor.ts'

/** How long a verified password is remembered, so that argon2 does not run on every request. */
const rememberMs = 5 * 60 * 1000

/** Remembered passwords at most; the oldest go first. */
const maxRemembered = 10_000

/** How long a session lives. */
export const sessionMs = 30 * 24 * 60 * 60 * 1000

/** Through which door and in which request someone signs in, and from where. */
export type Arrival = { readonly door: Door; readonly requestId: string; readonly address: string }

export type TokenInput = {
  readonly name: string
  readonly scopes: readonly string[]
  readonly expiresAt?: Instant | null
}

/** Who has just given name and password, before there is an organization. */
export type Identity = { readonly personId: number; readonly passwordRevision: number }

type Verified = { readonly personId: number; readonly passwordRevision: number; readonly until: Instant }

/** What sign-in shares with the other verbs on passwords. */
export type Guards = {
  readonly throttle: Throttle
  readonly ownPasswords: Pick<OwnPasswords, 'check'>
  readonly twoFactor: Pick<TwoFactor, 'check'>
}

export type SignIn = ReturnType<typeof createSignIn>

/** Sign-in, tokens and sessions. It remembers verified passwords for a short time, by digest only. */
export function createSignIn(context: Context, { throttle, ownPasswords, twoFactor }: Guards) {
  const { store, write, secrets, clock } = context
  const running = new Map<string, Promise<Verified | undefined>>()
  const remembered = new Map<string, Verified>()

  /** Verifies a password once for all requests that carry it at the same time. */
  function verify(key: string, login: string, password: string): Promise<Verified | undefined> {
    const started = running.get(key)
    if (started !== undefined) return started
    const verifying = verifyPassword(login, password)
      .then((result) => {
        if (result !== undefined) remember(key, result)
        return result
      })
      .finally(() => running.delete(key))
    running.set(key, verifying)
    return verifying
  }

  function remember(key: string, result: Verified): void {
    remembered.set(key, result)
    for (const oldest of remembered.keys()) {
      if (remembered.size <= maxRemembered) break
      remembered.delete(oldest)
    }
  }

  async function verifyPassword(login: string, password: string): Promise<Verified | undefined> {
    const found = await store.people.byLogin(login)
    const matches = await secrets.verifyPassword(found?.passwordHash ?? null, password)
    if (!found || !matches) return undefined
    return {
      personId: found.person.id,
      passwordRevision: found.passwordRevision,
      until: clock() + rememberMs,
    }
  }

  async function standingByPassword(
    key: string,
    login: string,
    password: string,
  ): Promise<Standing | undefined> {
    const known = remembered.get(key)
    if (known !== undefined && known.until > clock()) {
      const standing = await store.people.standing(known.personId, null)
      if (standing?.passwordRevision === known.passwordRevision) return standing
    }
    // Never seen, too old, or the password has changed since.
    remembered.delete(key)
    const again = await verify(key, login, password)
    return again && store.people.standing(again.personId, null)
  }

  /** What is behind a token or session secret that still counts, or undefined. */
  async function findSecret(secret: string): Promise<(Standing & CredentialFacts) | undefined> {
    if (!/^[0-9a-f]{32}$/.test(secret)) return undefined
    const found = await store.people.byDigest(secrets.digest(secret))
    const expired = found !== undefined && found.expiresAt !== null && found.expiresAt <= clock()
    return expired ? undefined : found
  }

  /** The standing behind a password and, where one is set up, a code; throws `unauthenticated`, or `limit` after many failures. */
  async function standingOf(
    folded: string,
    password: string,
    address: string,
    code: string | undefined,
  ): Promise<Standing> {
    const key = secrets.digest(`${folded}\n${password}`)
    const known = remembered.has(key)
    if (!known) throttle.check(folded, address)
    const standing = await standingByPassword(key, folded, password)
    // Asked again, because many guesses may have been let in before the first of them had failed.
    if (!known) checkAgain(key, folded, address)
    if (standing === undefined) {
      throttle.failed(folded, address)
      throw new DomainError('unauthenticated', 'credentials_wrong', 'The name or the password is wrong.')
    }
    if (standing.secondFactor) await checkCode(standing.person.id, code, folded, address)
    if (!known) throttle.succeeded(folded, address)
    return standing
  }

  /** The actor behind a token or session secret, or undefined. */
  async function bySecret(
    secret: string,
    arrival: Arrival,
    kind?: 'token' | 'session',
  ): Promise<Actor | undefined> {
    const found = await findSecret(secret)
    if (found === undefined || (kind !== undefined && found.kind !== kind)) return undefined
    return actorOf(found, found.scopes, arrival)
  }

  function checkAgain(key: string, login: string, address: string): void {
    try {
      throttle.check(login, address)
    } catch (error) {
      remembered.delete(key)
      throw error
    }
  }

  /** The password was right: what is wrong with the code may be told. */
  async function checkCode(
    personId: number,
    code: string | undefined,
    login: string,
    address: string,
  ): Promise<void> {
    try {
      await twoFactor.check(personId, code)
    } catch (error) {
      if (code !== undefined) throttle.failed(login, address)
      throw error
    }
  }

  async function issue(
    actor: Actor,
    kind: 'token' | 'session',
    input: TokenInput,
  ): Promise<{ credential: Credential; secret: string }> {
    const secret = secrets.newToken()
    const credential = await write(actor, async (change) => {
      const { organizationId, personId } = actor
      const fields = {
        organizationId,
        personId,
        kind,
        applicationId: null,
        expiresAt: input.expiresAt ?? null,
      }
      const added = await change.add('credential', {
        ...fields,
        name: name('name', input.name),
        scopes: checkScopes(actor, input.scopes),
      })
      await change.tx.setCredentialDigest(added.id, organizationId, secrets.digest(secret))
      return added
    })
    return { credential, secret }
  }

  return {
    ...createBearers(context),
    bySecret,

    /**
     * The actor behind a login (e-mail or username) and a password; an API token of that person serves as password too.
     * Someone with a second factor needs its `code` too, unless the password is a token. Throws `unauthenticated`, after
     * the same time whether the login exists or not, or `limit` after many failures.
     */
    async byPassword(login: string, password: string, arrival: Arrival, code?: string): Promise<Actor> {
      const folded = fold(login)
      const token = await findSecret(password)
      if (token?.kind === 'token' && [token.person.email, token.person.username].includes(folded)) {
        return actorOf(token, token.scopes, arrival)
      }
      return actorOf(await standingOf(folded, password, arrival.address, code), null, arrival)
    },

    /**
     * Who gives this login and password, for pages that ask for the organization next. An API token is no password
     * here: it may allow less than what is about to be given out. Throws as `byPassword` does.
     */
    async identify(login: string, password: string, address: string, code?: string): Promise<Identity> {
      const { person, passwordRevision } = await standingOf(fold(login), password, address, code)
      return { personId: person.id, passwordRevision }
    },

    /** The actor of an identity in one of its organizations; undefined when the password has changed since. */
    async within(
      identity: Identity,
      organizationId: number | null,
      arrival: Arrival,
    ): Promise<Actor | undefined> {
      const standing = await store.people.standing(identity.personId, organizationId)
      const current = standing?.passwordRevision === identity.passwordRevision
      return standing === undefined || !current ? undefined : actorOf(standing, null, arrival)
    },

    /** The actor that the command line and first set-up use: a member by e-mail or username, without a password. */
    async byLogin(login: string, organizationId: number | null, arrival: Arrival): Promise<Actor> {
      const found = await store.people.byLogin(fold(login))
      const standing = found && (await store.people.standing(found.person.id, organizationId))
      if (standing === undefined) throw notFound('person')
      return actorOf(standing, null, arrival)
    },

    /** Makes a token of the actor's own. The secret is answered once and never again. */
    issueToken(actor: Actor, input: TokenInput) {
      requirePermission(actor, 'credential.write')
      checkExpiry(input.expiresAt ?? null)
      return issue(actor, 'token', input)
    },

    /** Begins a session of the actor's own. */
    startSession(actor: Actor, label: string) {
      return issue(actor, 'session', { name: label, scopes: ['*'], expiresAt: clock() + sessionMs })
    },

    /** Ends the session with this secret, the actor's own. One that has ended already is no failure. */
    async endSession(actor: Actor, secret: string): Promise<void> {
      const found = await findSecret(secret)
      if (found?.kind !== 'session' || found.person.id !== actor.personId) return
      await write({ ...actor, organizationId: found.organization.id }, async (change) => {
        await change.remove('credential', await change.read('credential', found.credentialId))
      })
    },

    listCredentials(actor: Actor, personId?: number): Promise<Credential[]> {
      const limited = limitTo(actor, 'credential.read', personId)
      const query = { organizationId: actor.organizationId, descending: true }
      return reader(context, actor).list(
        'credential',
        limited === undefined ? query : { ...query, personId: limited },
      )
    },

    /** The actor's own session behind a secret. Throws `not_found` for any other secret, those of others included. */
    async readSession(actor: Actor, secret: string): Promise<Credential> {
      const found = await findSecret(secret)
      const own =
        found?.kind === 'session' &&
        found.person.id === actor.personId &&
        found.organization.id === actor.organizationId
      if (!own) throw notFound('session')
      requirePermission(actor, 'credential.read')
      const [credential] = await reader(context, actor).byId('credential', actor.organizationId, [
        found.credentialId,
      ])
      if (credential === undefined || credential.deletedAt !== null) throw notFound('session')
      return credential
    },

    /** Ends a token or session at once: the next request with it fails. */
    revokeCredential(actor: Actor, id: number): Promise<void> {
      const far = requirePermission(actor, 'credential.write')
      return write(actor, async (change) => {
        const credential = await change.read('credential', id)
        if (far === 'own' && credential.personId !== actor.personId) throw notFound('credential')
        await change.remove('credential', credential)
        await change.tx.dropRecordsOf({ organizationId: actor.organizationId, credentialId: id })
      })
    },

    /**
     * Changes the actor's own password. All sessions end, in every organization; with `tokens`, all tokens too. Throws
     * `forbidden` when the current one is wrong, `limit` after many wrong ones.
     */
    async changePassword(
      actor: Actor,
      current: string,
      next: string,
      options: { tokens: boolean },
    ): Promise<void> {
      await setPassword(actor, await nextPassword(actor, current, next), options)
    },

    nextPassword,
    setPassword,
  }

  /**
   * The first half of changing the actor's own password: checks the present one and hashes the new one. It takes its
   * time, so it belongs before a change is opened. Throws `forbidden` when the present one is wrong,
   * `limit` after many wrong ones.
   */
  async function nextPassword(actor: Actor, current: string, next: string): Promise<PasswordHash> {
    requirePermission(actor, 'profile.write')
    await ownPasswords.check(actor, current)
    return (await secrets.hashPassword(checkPassword(next))) as PasswordHash
  }

  /** The second half: keeps the new password and ends what `changePassword` promises to end. */
  async function setPassword(
    actor: Actor,
    hash: PasswordHash,
    options: { readonly tokens: boolean },
  ): Promise<void> {
    requirePermission(actor, 'profile.write')
    await write(actor, async (change) => {
      await change.tx.setPassword(actor.personId, hash, change.at)
      const query = { organizationId: actor.organizationId, personId: actor.personId }
      for (const credential of await listAll(change.tx, 'credential', query)) {
        if (credential.kind === 'session' || options.tokens) await change.remove('credential', credential)
      }
      if (options.tokens) await change.tx.endTokens(actor.personId)
    })
  }
}

// Whole milliseconds, up to the year 9999. One in the past is of no use, but no harm either.
function checkExpiry(expiresAt: Instant | null): void {
  if (expiresAt === null) return
  if (!Number.isSafeInteger(expiresAt) || expiresAt < 0 || expiresAt >= Date.UTC(10_000, 0)) {
    throw invalid('expiresAt', 'range', 'The expiry is no time in the years 1970 to 9999.')
  }
}

function checkScopes(actor: Actor, wanted: readonly string[]): readonly string[] {
  if (wanted.length === 0) throw invalid('scopes', 'required', 'A token needs at least one scope.')
  for (const scope of wanted) {
    if (scope !== '*' && !knownScopes.includes(scope)) {
      throw invalid('scopes', 'unknown_value', `Scopes are * and ${knownScopes.join(', ')}.`)
    }
    // A token cannot make a stronger one.
    if (actor.scopes !== null && !actor.scopes.has(scope)) throw forbidden('The scope is beyond your own.')
  }
  return [...new Set(wanted)]
}
