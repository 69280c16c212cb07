// The one face of the core: every door gets this object and nothing else.

import type { Actor } from './actor.ts'
import { createCatalogue } from './catalogue/verbs.ts'
import { createChanges, createNotices } from './changes.ts'
import { type Context, reader } from './context.ts'
import { createCounting } from './counting.ts'
import { createDocuments } from './documents/verbs.ts'
import type { Noun } from './entity.ts'
import { createQuickEntries } from './expenses/quick-entry.ts'
import { createReceipts } from './expenses/receipts.ts'
import { createReports } from './expenses/reports.ts'
import { createExpenses } from './expenses/verbs.ts'
import { createHistory } from './history.ts'
import { createRecurringInvoices } from './invoices/recurring.ts'
import { createInvoices } from './invoices/verbs.ts'
import { createNotes } from './notes/verbs.ts'
import { createOnce } from './once.ts'
import { createApplications } from './people/applications.ts'
import { createGrants } from './people/grants.ts'
import { createOrganizations } from './people/organizations.ts'
import { createOwnPasswords } from './people/own-password.ts'
import { createReset } from './people/reset.ts'
import { createSetUp } from './people/set-up.ts'
import { createSignIn } from './people/sign-in.ts'
import { createThrottle } from './people/throttle.ts'
import { createTwoFactor } from './people/two-factor.ts'
import type { Clock, Files, PinnedId, Printer, Secrets, Store } from './ports.ts'
import { createRates } from './rates/verbs.ts'
import { createReading } from './reading.ts'
import { createTime } from './time/verbs.ts'
import { createTotals } from './totals/verbs.ts'
import { createWebhooks } from './webhooks/verbs.ts'
import { createWrite } from './writing.ts'

export type World = {
  readonly store: Store
  readonly clock: Clock
  readonly secrets: Secrets
  readonly files: Files
  readonly printer: Printer
  /** For demos and imports, which bring their numbers along. */
  readonly pinnedId?: PinnedId
}

export type Core = ReturnType<typeof createCore>

/** Makes the business over its ports. */
export function createCore(world: World) {
  const { store, clock, secrets, files, printer, pinnedId } = world
  const notices = createNotices()
  const write = createWrite(store, clock, pinnedId, notices.tell)
  const count = createCounting((actor) => reader({ store }, actor))
  const context: Context = { store, clock, secrets, files, printer, write, count }
  const organizations = createOrganizations(context)
  const throttle = createThrottle(clock)
  const ownPasswords = createOwnPasswords(context, throttle)
  const twoFactor = createTwoFactor(context, throttle, ownPasswords)
  return {
    organizations,
    setUp: createSetUp(context, organizations),
    signIn: createSignIn(context, { throttle, ownPasswords, twoFactor }),
    twoFactor,
    resetPerson: createReset(context),
    applications: createApplications(context),
    grants: createGrants(context),
    ...createCatalogue(context),
    expenses: createExpenses(context),
    quickEntries: createQuickEntries(context),
    receipts: createReceipts(context),
    reports: createReports(context),
    time: createTime(context),
    totals: createTotals(context),
    notes: createNotes(context),
    rates: createRates(context),
    invoices: createInvoices(context),
    recurringInvoices: createRecurringInvoices(context),
    documents: createDocuments(context),
    webhooks: createWebhooks(context),
    once: createOnce(context),
    history: createHistory(context),
    reading: createReading(context),
    changes: createChanges(context, notices),

    /** Runs several verbs in one transaction: all of them take effect, or none. They get the actor passed in. */
    together<T>(actor: Actor, work: (actor: Actor) => Promise<T>): Promise<T> {
      return context.write(actor, (change) => work({ ...actor, change }))
    },

    /**
     * Whether the organization has a live entity of this number, whoever may see it: for doors whose service tells what
     * is not yours from what is not there.
     */
    async holds(actor: Actor, noun: Noun, id: number): Promise<boolean> {
      const [entity] = await reader(context, actor).byId(noun, actor.organizationId, [id])
      return entity !== undefined && entity.deletedAt === null
    },

    /** Whether the store answers. */
    async ready(): Promise<void> {
      await store.people.organizations()
    },
  }
}
