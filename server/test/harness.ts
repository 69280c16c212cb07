// Shared set-up of the tests: both database engines, and a small book with two organizations that have someone in
// every role. Each suite makes databases of its own and drops them. Without the PostgreSQL of the test run, in
// DAYBOOK_TEST_POSTGRES, the tests for it fail; they are never skipped.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe } from 'node:test'
import type { Actor } from '../src/core/actor.ts'
import { type Instant, timeZone } from '../src/core/day.ts'
import { DomainError, type ErrorKind, type ErrorReason, type IssueCode } from '../src/core/errors.ts'
import type { BookEvent } from '../src/core/events.ts'
import { type Core, createCore } from '../src/core/index.ts'
import { currency } from '../src/core/money.ts'
import { type Role, roles } from '../src/core/people/nouns.ts'
import type { Files, PinnedId, Secrets, Store } from '../src/core/ports.ts'
import { printer } from '../src/outside/documents/index.ts'
import { createDiskFiles } from '../src/outside/files.ts'
import { createOneTimeCodes } from '../src/outside/one-time-codes.ts'
import { openStore } from '../src/store/index.ts'
import { type FreshDatabase, freshDatabase } from './fresh-database.ts'

/** Where a suite's databases come from. */
export type TestEngine = {
  readonly kind: 'sqlite' | 'postgres'
  /** A folder of the suite's own, removed at its end. */
  readonly folder: string
  /** The address of a new, empty database: a file for SQLite, so that readers and the writer differ. */
  freshAddress(): Promise<string>
  /** Something to close before the databases go. */
  closing<T extends { close(): Promise<void> }>(open: T): T
}

/** Runs a suite once on SQLite and once on PostgreSQL. */
export function forEachEngine(name: string, suite: (engine: TestEngine) => void): void {
  for (const kind of ['sqlite', 'postgres'] as const) {
    describe(`${name}, on ${kind}`, () => suite(createTestEngine(kind)))
  }
}

/** An engine for the surrounding suite; everything it made is gone after the suite. */
export function createTestEngine(kind: TestEngine['kind']): TestEngine {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-test-'))
  const opened: { close(): Promise<void> }[] = []
  const databases: FreshDatabase[] = []
  let count = 0
  after(async () => {
    for (const each of opened) await each.close()
    for (const database of databases) await database.drop()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    kind,
    folder,
    async freshAddress() {
      count += 1
      if (kind === 'sqlite') return join(folder, `book-${count}.db`)
      const database = await freshDatabase()
      databases.push(database)
      return database.url
    },
    closing(open) {
      opened.push(open)
      return open
    },
  }
}

/** A clock that stands still until it is told otherwise. */
export type TestClock = { now: Instant; advance(milliseconds: number): void }

/** When the clock of a test book stands at first. */
export const noon = Date.parse('2026-05-20T12:00:00Z')

/** Secrets without chance or cost: tokens and keys count up, and a password's hash is its digest. */
export function createTestSecrets(): Secrets {
  let count = 0
  const next = () => {
    count += 1
    return count.toString(16).padStart(32, '0')
  }
  const digest = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex')
  return {
    ...createOneTimeCodes((size) => createHash('shake256', { outputLength: size }).update(next()).digest()),
    newToken: next,
    newKey: () => next().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    digest,
    hashPassword: async (password) => `fake ${digest(password)}`,
    verifyPassword: async (hash, password) => hash === `fake ${digest(password)}`,
  }
}

/** Everybody's password in a test book. */
export const password = 'correct horse'

export type TestBook = {
  readonly engine: TestEngine
  readonly address: string
  readonly store: Store
  readonly core: Core
  readonly clock: TestClock
  readonly secrets: Secrets
  readonly files: Files
  /** The organizations: A in euros and Amsterdam, B in dollars and New York. */
  readonly organizations: { readonly a: number; readonly b: number }
  /** Someone of that role, as they came in when the book was made. Their address is `role@a.example`. */
  actorOf(role: Role, organization?: 'a' | 'b'): Actor
  /** The same person again, as the next request would find them. */
  again(actor: Actor): Promise<Actor>
  /** The whole log of an organization. */
  log(organization?: 'a' | 'b'): Promise<BookEvent[]>
  /** Runs something that must not change the book. */
  unchanged(work: () => Promise<unknown>): Promise<void>
}

/** Makes a book on a fresh database of the engine. `more` replaces ports. */
export async function createTestBook(
  engine: TestEngine,
  more: { secrets?: Secrets; pinnedId?: PinnedId } = {},
): Promise<TestBook> {
  const address = await engine.freshAddress()
  const store = engine.closing(await openStore(address))
  const clock: TestClock = {
    now: noon,
    advance(milliseconds) {
      this.now += milliseconds
    },
  }
  const secrets = more.secrets ?? createTestSecrets()
  const files = createDiskFiles(mkdtempSync(join(engine.folder, 'files-')))
  const { pinnedId } = more
  const ports = { store, clock: () => clock.now, secrets, files, printer }
  const core = createCore(pinnedId === undefined ? ports : { ...ports, pinnedId })
  const actors = new Map<string, Actor>()

  const arrival = (request: string) => ({ door: 'native', requestId: request, address: '127.0.0.1' }) as const

  async function found(letter: 'a' | 'b', code: string, zone: string): Promise<number> {
    const person = (role: Role) => ({
      email: `${role}@${letter}.example`,
      name: `${role} of ${letter.toUpperCase()}`,
      password,
    })
    const { organization } = await core.organizations.foundOrganization(
      { name: letter.toUpperCase(), currency: currency(code), timeZone: timeZone(zone) },
      person('owner'),
    )
    for (const role of roles) {
      const owner = actors.get(`owner ${letter}`)
      if (owner !== undefined) await core.organizations.addMember(owner, { ...person(role), role })
      const actor = await core.signIn.byLogin(
        `${role}@${letter}.example`,
        organization.id,
        arrival(`request of ${role}`),
      )
      actors.set(`${role} ${letter}`, actor)
    }
    return organization.id
  }

  const organizations = {
    a: await found('a', 'EUR', 'Europe/Amsterdam'),
    b: await found('b', 'USD', 'America/New_York'),
  }

  async function log(organization: 'a' | 'b' = 'a'): Promise<BookEvent[]> {
    const events: BookEvent[] = []
    let page: BookEvent[]
    do {
      page = await store.events(organizations[organization], events.at(-1)?.sequence ?? 0, 1000)
      events.push(...page)
    } while (page.length > 0)
    return events
  }

  return {
    engine,
    address,
    store,
    core,
    clock,
    secrets,
    files,
    organizations,
    log,
    actorOf(role, organization = 'a') {
      const actor = actors.get(`${role} ${organization}`)
      if (actor === undefined) throw new Error(`Nobody is ${role} of ${organization}.`)
      return actor
    },
    async again(actor) {
      const [person] = await store.byId('person', actor.organizationId, [actor.personId])
      return core.signIn.byLogin(person?.email ?? '', actor.organizationId, arrival(actor.requestId))
    },
    async unchanged(work) {
      const length = async () => [(await log('a')).length, (await log('b')).length]
      const before = await length()
      await work()
      assert.deepEqual(await length(), before, 'The book has changed.')
    },
  }
}

/** For `assert.rejects`: a refusal of this kind, and where given of this reason and with this issue. */
export function refusal(
  kind: ErrorKind,
  more: { reason?: ErrorReason; path?: string; code?: IssueCode } = {},
): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof DomainError, `Not a refusal but ${String(error)}`)
    const issue = more.path === undefined && more.code === undefined ? undefined : error.issues[0]
    assert.deepEqual(
      {
        kind: error.kind,
        ...(more.reason === undefined ? {} : { reason: error.reason }),
        ...(more.path === undefined ? {} : { path: issue?.path }),
        ...(more.code === undefined ? {} : { code: issue?.code }),
      },
      { kind, ...more },
    )
    return true
  }
}

/** The same actor with a token of these scopes. */
export function withScopes(actor: Actor, ...scopes: string[]): Actor {
  return { ...actor, scopes: new Set(scopes) }
}
