// Letting applications in, and what the authorization server remembers between two requests.

import type { Door } from '../actor.ts'
import type { Context } from '../context.ts'
import type { Instant } from '../day.ts'
import { DomainError, forbidden } from '../errors.ts'
import type { ApplicationFacts, GrantRecord, Place } from '../ports.ts'
import type { Application, Credential } from './nouns.ts'
import type { Arrival, Identity } from './sign-in.ts'

/** A record as the authorization server hands it over: found by a secret, of which the digest is kept. */
export type RecordInput = Pick<GrantRecord, 'door' | 'kind' | 'scope' | 'payload' | 'expiresAt'> & {
  readonly secret: string
  readonly grant: string | null
  /** The credential that everything of a consent hangs on. */
  readonly credential: CredentialKey | null
}

/** A credential and its organization. */
export type CredentialKey = { readonly organizationId: number; readonly credentialId: number }

/** A consent: who lets which application into which organization. */
export type Consent = {
  readonly identity: Identity
  readonly application: Application
  readonly organizationId: number
  /** Scopes of the core, for those who look through their credentials. */
  readonly scopes: readonly string[]
}

/** Tokens without end from one consent at most: more than a program has processes. The oldest go. */
const maxEndless = 50

export type Grants = ReturnType<typeof createGrants>

/** Verbs of the authorization server. Secrets are kept as digests only. */
export function createGrants(context: Context) {
  const { store, write, secrets, clock } = context

  /** Expired records go when new ones come, so that they never pile up. */
  const isSwept = (kind: string) => kind === 'Interaction'

  return {
    /** A live application of that door by its public name. */
    async application(door: Door, identifier: string): Promise<ApplicationFacts | undefined> {
      if (!/^[0-9a-f]{32}$/.test(identifier)) return undefined
      const found = await store.grants.application(identifier)
      return found?.application.door === door ? found : undefined
    },

    /** Whether the application has this secret. */
    isSecret: (facts: Pick<ApplicationFacts, 'secretDigest'>, secret: string): boolean =>
      // Digests may be compared as they are: nobody can aim at one.
      facts.secretDigest !== null && facts.secretDigest === secrets.digest(secret),

    /** The organizations into which the person may let the application. */
    async places({ personId }: Identity, application: Application): Promise<Place[]> {
      const places = await store.people.places(personId)
      return places.filter((place) => admits(application, place.organization.id))
    },

    /** Lets the application in. Throws `forbidden` when the person may not, or the application has gone meanwhile. */
    allow(consent: Consent, arrival: Arrival): Promise<Credential> {
      const { identity, organizationId, scopes } = consent
      const { personId } = identity
      const author = { organizationId, personId, door: arrival.door, requestId: arrival.requestId }
      return write(author, async (change) => {
        const standing = await change.tx.people.standing(personId, organizationId)
        const found = await change.tx.grants.application(consent.application.identifier)
        const application = found?.application
        if (application === undefined || !admits(application, organizationId)) {
          throw forbidden('This application is not let in here.')
        }
        if (standing?.passwordRevision !== identity.passwordRevision) {
          throw new DomainError('unauthenticated', 'credentials_expired', 'Sign in again.')
        }
        return change.add('credential', {
          organizationId,
          personId,
          kind: 'application',
          applicationId: application.id,
          name: application.name,
          scopes: [...new Set(scopes)],
          expiresAt: null,
        })
      })
    },

    /** Keeps a record; durable when the promise resolves. */
    async keep({ secret, grant, credential, ...rest }: RecordInput): Promise<void> {
      const { organizationId, credentialId } = credential ?? { organizationId: null, credentialId: null }
      await store.write(null, async (tx) => {
        if (isSwept(rest.kind)) await tx.dropExpiredRecords(clock())
        await tx.keepRecord({
          ...rest,
          digest: secrets.digest(secret),
          grantDigest: grant === null ? null : secrets.digest(grant),
          organizationId,
          credentialId,
          createdAt: clock(),
          usedAt: null,
        })
        // Clients that think tokens expire refresh them for good, and leave the old ones behind.
        if (grant !== null && rest.expiresAt === null) {
          await tx.dropOldRecords(rest.kind, secrets.digest(grant), maxEndless)
        }
      })
    },

    /** The record behind a secret; undefined once it has expired, or its credential, person or application is gone. */
    async find(door: Door, kind: string, secret: string): Promise<GrantRecord | undefined> {
      const record = await store.grants.record(door, kind, secrets.digest(secret))
      if (record === undefined || isOver(record.expiresAt)) return undefined
      const { organizationId, credentialId } = record
      if (organizationId === null || credentialId === null) return record
      return (await store.grants.lives(organizationId, credentialId)) ? record : undefined
    },

    /** Whether what a consent hangs on still lives. */
    lives: ({ organizationId, credentialId }: CredentialKey): Promise<boolean> =>
      store.grants.lives(organizationId, credentialId),

    /** Uses up a code or token that counts once; false when somebody was faster. */
    use: (door: Door, kind: string, secret: string): Promise<boolean> =>
      store.write(null, (tx) => tx.useRecord(door, kind, secrets.digest(secret), clock())),

    drop: (door: Door, kind: string, secret: string): Promise<void> =>
      store.write(null, (tx) => tx.dropRecord(door, kind, secrets.digest(secret))),

    /** Ends a consent: its codes and tokens, and the credential they hang on. Ending it again changes nothing. */
    async end(
      grant: string,
      credential: CredentialKey | null,
      arrival: Omit<Arrival, 'address'>,
    ): Promise<void> {
      await store.write(null, (tx) => tx.dropRecordsOf({ grantDigest: secrets.digest(grant) }))
      if (credential === null) return
      const { organizationId, credentialId } = credential
      await write({ ...arrival, organizationId, personId: null }, async (change) => {
        const [before] = await change.tx.byId('credential', organizationId, [credentialId])
        if (before?.kind === 'application') await change.remove('credential', before)
      })
    },
  }

  function isOver(expiresAt: Instant | null): boolean {
    return expiresAt !== null && expiresAt <= clock()
  }
}

function admits(application: Application, organizationId: number): boolean {
  return application.reach === 'server' || application.organizationId === organizationId
}
