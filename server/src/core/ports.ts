// What the core asks of the world: a store, a clock, secrets and files. Each is an interface; `app.ts` supplies them.

import type { Door } from './actor.ts'
import type { Instant } from './day.ts'
import type { ExpensesDocument, InvoiceDocument } from './documents/nouns.ts'
import type { Entities, Noun, Stamp } from './entity.ts'
import type { BookEvent, NewEvent } from './events.ts'
import type { Paging } from './page.ts'
import type { Application, CredentialKind, Membership, Organization, Person } from './people/nouns.ts'
import type { ListedNoun, Queries } from './queries.ts'

/** Answers the present instant. */
export type Clock = () => Instant

/** A number that a new entity must get, for those that bring their numbers along; undefined: the next free one. */
export type PinnedId = (noun: Noun) => number | undefined

/** Reading the book. Everything is scoped by the organization given, except people and organizations themselves. */
export type Reader = {
  /** Entities with these ids, tombstones included, in no particular order; unknown ids are left out. */
  byId<N extends Noun>(noun: N, organizationId: number, ids: readonly number[]): Promise<Entities[N][]>
  /** The live category or tag of that name, letter case aside. */
  byName<N extends 'category' | 'tag'>(
    noun: N,
    organizationId: number,
    name: string,
  ): Promise<Entities[N] | undefined>
  /** One page of entities. */
  list<N extends ListedNoun>(noun: N, query: Queries[N]): Promise<Entities[N][]>
  /** One page of stamps: the same rows as `list`, read from an index alone where there is one. */
  stamps<N extends ListedNoun>(noun: N, query: Queries[N]): Promise<Stamp[]>
  /** How many rows the query matches, pages aside. */
  count<N extends ListedNoun>(noun: N, query: Queries[N]): Promise<number>
  /** The organization's events with a sequence above `after`, ascending. */
  events(organizationId: number, after: number, limit: number): Promise<BookEvent[]>
  /** The newest `limit` events of each of these entities, ascending. */
  eventsOf(organizationId: number, noun: Noun, ids: readonly number[], limit: number): Promise<BookEvent[]>
  people: PeopleReader
  sums: SumReader
  grants: GrantReader
}

/** What can be summed. */
export type SummedNoun = 'time_entry' | 'expense'

type SharedSumField = 'clientId' | 'projectId' | 'activityId' | 'personId' | 'tagId' | 'billable' | 'billed'

/** Fields whose values keep sums apart. With `tagId`, an entry is in the sum of each of its tags, or of null. */
export type SumField<N extends SummedNoun> =
  | SharedSumField
  | (N extends 'time_entry' ? 'hourlyRate' | 'fixedRate' : 'categoryId' | 'reportId' | 'currency')

export type SumKey = string | number | null

/** The query's own range of `startedAt` or `spentAt` is left out: `bounds` stand for it. */
export type SumRequest<N extends SummedNoun> = {
  readonly query: Omit<Queries[N], 'startedAt' | 'spentAt' | keyof Paging<'id'>>
  readonly by: readonly SumField<N>[]
  /** Ascending: instants, or wall-clock times in seconds. Piece `i` is from `bounds[i]` up to `bounds[i + 1]`. */
  readonly bounds: readonly number[]
  /** Sums at most; when there are more, one more than this is answered. */
  readonly limit: number
}

export type Sum = {
  /** Which piece between two bounds. */
  readonly piece: number
  /** In the order of `by`; flags are 1 and 0. */
  readonly keys: readonly SumKey[]
  readonly count: number
  /** Of time: seconds in all, billable, billed. Of expenses: minor units in all, billable, billed, and in the own currency. */
  readonly amounts: readonly bigint[]
}

/**
 * Sums over live entries, of time over finished ones. However many they are, other reads do not wait for it, except
 * inside a transaction.
 */
export type SumReader = {
  /** The first and the last start or date among what the query matches; undefined when it matches nothing. */
  ends<N extends SummedNoun>(
    noun: N,
    query: Omit<Queries[N], keyof Paging<'id'>>,
  ): Promise<{ readonly first: number; readonly last: number } | undefined>
  /** How many time entries that the query matches still run. */
  running(query: Omit<Queries['time_entry'], 'running' | keyof Paging<'id'>>): Promise<number>
  /** One sum for each piece and each combination of values, in no particular order; none for those without entries. */
  of<N extends SummedNoun>(noun: N, request: SumRequest<N>): Promise<Sum[]>
}

/** Where sign-in starts: these reads know no organization yet. */
export type PeopleReader = {
  /** A live person by e-mail or username, in any letter case, with the password hash. */
  byLogin(login: string): Promise<LoginFacts | undefined>
  /** A live membership with all that an actor needs; the first one when no organization is named. */
  standing(personId: number, organizationId: number | null): Promise<Standing | undefined>
  membershipCount(personId: number): Promise<number>
  /** Live memberships of a person with their organizations, the oldest first. */
  places(personId: number): Promise<Place[]>
  /** The person of a live session, unless a new password has ended it. */
  session(organizationId: number, credentialId: number): Promise<SessionFacts | undefined>
  /** The standing behind a token or session, found by the digest of its secret. */
  byDigest(digest: string): Promise<(Standing & CredentialFacts) | undefined>
  /** Organizations of the server; none on an empty book. */
  organizations(): Promise<Organization[]>
  /** A receipt's owner by its public key, for addresses that carry no credential. */
  receiptByPublicKey(publicKey: string): Promise<Entities['receipt'] | undefined>
  /** An invoice by its public key, for addresses that carry no credential. */
  invoiceByPublicKey(publicKey: string): Promise<Entities['invoice'] | undefined>
  /** The second factor of a person, confirmed or still being set up. */
  secondFactor(personId: number): Promise<SecondFactor | undefined>
  /** A server-wide setting, such as the digest of the set-up link. */
  setting(name: string): Promise<string | null>
}

/** What sign-in needs of a person. */
export type LoginFacts = {
  readonly person: Person
  readonly passwordHash: string | null
  readonly passwordRevision: number
}

/** A shared secret for one-time codes. It counts from when a code has shown that the person has it too. */
export type SecondFactor = {
  readonly secret: string
  readonly confirmedAt: Instant | null
  /** How many recovery codes are left. */
  readonly recoveryCodes: number
}

/** A person's place, read in one query. */
export type Standing = {
  readonly organization: Organization
  readonly person: Person
  readonly membership: Membership
  /** Changes with every new password; cached verifications are bound to it. */
  readonly passwordRevision: number
  /** Whether a password alone is not enough. */
  readonly secondFactor: boolean
  readonly referencesRevision: number
  readonly categoriesRevision: number
  /** Number of the organization's last event. */
  readonly sequence: number
}

/** What a credential adds to a standing. */
export type CredentialFacts = {
  readonly credentialId: number
  readonly kind: CredentialKind
  readonly scopes: readonly string[]
  readonly expiresAt: Instant | null
}

/** Where someone is a member. */
export type Place = { readonly organization: Organization; readonly membership: Membership }

export type SessionFacts = { readonly personId: number; readonly expiresAt: Instant | null }

/** Reads of the authorization server. What hangs on a credential is found only while that lives and its person is there. */
export type GrantReader = {
  /** A live application by its public name, with the digest of its secret. */
  application(identifier: string): Promise<ApplicationFacts | undefined>
  record(door: Door, kind: string, digest: string): Promise<GrantRecord | undefined>
  /** Whether the credential of an application lives, and its person and the application are there. */
  lives(organizationId: number, credentialId: number): Promise<boolean>
  /** The standing behind an access token of that door. */
  byAccessToken(door: Door, digest: string): Promise<(Standing & AccessFacts) | undefined>
}

export type ApplicationFacts = { readonly application: Application; readonly secretDigest: string | null }

/** What an access token adds to a standing. */
export type AccessFacts = { readonly scope: string; readonly expiresAt: Instant | null }

/** What the authorization server remembers between two requests: a sign-in under way, a consent, a code, a token. */
export type GrantRecord = {
  readonly door: Door
  readonly kind: string
  /** Of the secret it is found by. */
  readonly digest: string
  /** Of the consent it came from. */
  readonly grantDigest: string | null
  readonly organizationId: number | null
  readonly credentialId: number | null
  /** What was allowed, in words of the door separated by blanks. */
  readonly scope: string
  /** JSON, without the secret. */
  readonly payload: string
  readonly createdAt: Instant
  readonly expiresAt: Instant | null
  /** When a code or token that counts once was used. */
  readonly usedAt: Instant | null
}

/** Writes of the authorization server. */
export type GrantWriter = {
  setApplicationSecret(applicationId: number, organizationId: number, digest: string): Promise<void>
  /** Keeps a record, in place of an earlier one of the same digest. */
  keepRecord(record: GrantRecord): Promise<void>
  /** Marks it as used; of many that try at once, one is answered true. */
  useRecord(door: Door, kind: string, digest: string, at: Instant): Promise<boolean>
  dropRecord(door: Door, kind: string, digest: string): Promise<void>
  /** Drops everything that came from a consent, or hangs on a credential. */
  dropRecordsOf(
    what: { grantDigest: string } | { organizationId: number; credentialId: number },
  ): Promise<void>
  dropExpiredRecords(before: Instant): Promise<void>
  /** Drops the oldest of a kind that came from a consent, down to so many. */
  dropOldRecords(kind: string, grantDigest: string, atMost: number): Promise<void>
}

type Opened = Reader & SecondFactorWriter & GrantWriter

/** A write transaction. Reads inside see its own writes; other writers of the organization wait. */
export type Transaction = Opened & {
  nextId(noun: Noun): Promise<number>
  /** Makes sure that `nextId` never answers this number. */
  reserveId(noun: Noun, id: number): Promise<void>
  insert<N extends Noun>(noun: N, entity: Entities[N]): Promise<void>
  /** Replaces the row of the previous revision; answers false when that revision is gone. */
  update<N extends Noun>(noun: N, entity: Entities[N]): Promise<boolean>
  /** Appends to the organization's log, giving gap-free numbers. */
  append(organizationId: number, events: readonly NewEvent[]): Promise<void>
  /** Tells that something others show by name has changed, or that there are other categories than before. */
  touch(organizationId: number, what: 'references' | 'categories'): Promise<void>
  setPassword(personId: number, hash: string, at: Instant): Promise<void>
  /** Makes every token of the person worthless, those of applications too, whatever the organization. */
  endTokens(personId: number): Promise<void>
  setCredentialDigest(credentialId: number, organizationId: number, digest: string): Promise<void>
  /** The next number of a series of the organization, 1 the first time; without gaps, since it is part of the transaction. */
  nextInSeries(organizationId: number, series: string): Promise<number>
  setWebhookSecret(organizationId: number, webhookId: number, secret: string | null): Promise<void>
  setSetting(name: string, value: string | null): Promise<void>
  /** Takes the setting away if it has this value; of many that try at once, one is answered true. */
  takeSetting(name: string, value: string): Promise<boolean>
  savedAnswer(organizationId: number, personId: number, key: string): Promise<SavedAnswer | undefined>
  saveAnswer(organizationId: number, personId: number, key: string, answer: SavedAnswer): Promise<void>
}

/** Writing second factors. Of many that try the same at once, one is answered true. */
export type SecondFactorWriter = {
  /** Keeps a secret that is to be confirmed, in place of an earlier one; false when one is confirmed already. */
  beginSecondFactor(personId: number, secret: string): Promise<boolean>
  /** Makes this secret count; false when it is not the one to be confirmed. `step` is used up. */
  confirmSecondFactor(personId: number, secret: string, step: number, at: Instant): Promise<boolean>
  /** Replaces all recovery codes. */
  setRecoveryCodes(personId: number, digests: readonly string[]): Promise<void>
  removeSecondFactor(personId: number): Promise<void>
  /** Uses up all codes up to this time step; false when they are used up already. */
  takeStep(personId: number, step: number): Promise<boolean>
  /** Uses up a recovery code; false when there is none of this digest. */
  takeRecoveryCode(personId: number, digest: string): Promise<boolean>
}

/** The first answer to a request with an idempotency key. */
export type SavedAnswer = {
  /** Digest of the request; the same key with another one is refused. */
  readonly fingerprint: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly at: Instant
}

export type Store = Reader & {
  /**
   * Runs `work` in one transaction and answers after it is on disk. Whatever it throws undoes all of it, and only it.
   * `organizationId` is whose log it may append to; null while an organization is being made.
   * `work` must not wait for anything but the transaction.
   */
  write<T>(organizationId: number | null, work: (tx: Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Codes that an authenticator app shows, each good for a short time. */
export type OneTimeCodes = {
  /** A fresh secret in base32, and the address by which an app takes it in. */
  newOneTimeSecret(account: string): Promise<{ readonly secret: string; readonly address: string }>
  /** The time step that a code of six digits belongs to, around that instant; null for a wrong one. Steps count up. */
  oneTimeStep(secret: string, code: string, at: Instant): Promise<number | null>
}

/** Random secrets and one-way digests. */
export type Secrets = OneTimeCodes & {
  /** 32 lower-case hexadecimal characters. */
  newToken(): string
  /** A random UUID. */
  newKey(): string
  /** One-way digest of a high-entropy secret or of any bytes, 64 hexadecimal characters. */
  digest(text: string | Uint8Array): string
  hashPassword(password: string): Promise<string>
  /** Takes as long for an absent hash as for a wrong password. */
  verifyPassword(hash: string | null, password: string): Promise<boolean>
}

/** The secret keys of this installation. They never leave it, and no backup holds them. */
export type Keys = {
  /** 32 bytes for one purpose, the same at every start; they tell nothing of those for another. */
  derive(purpose: string): Uint8Array
}

/** Receipt files, addressed by the hash of their bytes. Putting the same bytes twice keeps one copy. */
export type Files = Previews & {
  /** Durable when the promise resolves. Answers the SHA-256 of the bytes. */
  put(bytes: Uint8Array): Promise<string>
  /** Throws when the file is missing or damaged. */
  get(contentHash: string): Promise<Uint8Array>
  /** Decides the media type from the bytes; null when nothing is recognised. */
  mediaTypeOf(bytes: Uint8Array): Promise<string | null>
}

/** Puts documents on paper, as PDF. The same content makes the same bytes. */
export type Printer = {
  invoice(document: InvoiceDocument): Promise<Uint8Array>
  expenses(document: ExpensesDocument): Promise<Uint8Array>
}

/** Small pictures of files. What was made once is kept, and made again when it is lost. */
export type Previews = {
  /**
   * A PNG of an image, or of the first page of a PDF, turned upright and without any metadata: its longer side has
   * `longestSide` pixels, or fewer when the image has. Null when none can be made: the file is broken, encrypted, too
   * large, or of a kind that is not drawn. Throws when the file is missing or damaged.
   */
  preview(file: PreviewedFile, longestSide: number): Promise<Uint8Array | null>
}

/** What a preview is made of. */
export type PreviewedFile = { readonly contentHash: string; readonly mediaType: string }
