// Totals of a year over one person's book of time and expenses, with short reads going on meanwhile. The core in a
// process of its own; what HTTP adds is measured with the lists.

import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Actor } from '../../src/core/actor.ts'
import { fromLocalSeconds, type LocalDateTime, localSeconds, timeZone } from '../../src/core/day.ts'
import { decimal } from '../../src/core/decimal.ts'
import type { Expense } from '../../src/core/expenses/nouns.ts'
import { type Core, createCore } from '../../src/core/index.ts'
import { currency } from '../../src/core/money.ts'
import type { Store } from '../../src/core/ports.ts'
import type { TimeEntry } from '../../src/core/time/nouns.ts'
import { systemClock } from '../../src/outside/clock.ts'
import { printer } from '../../src/outside/documents/index.ts'
import { createDiskFiles } from '../../src/outside/files.ts'
import { createSecrets } from '../../src/outside/secrets.ts'
import { openStore } from '../../src/store/index.ts'
import { readJob } from '../processes.ts'
import { median } from './figures.ts'

export type TotalsJob = {
  /** An empty folder. */
  readonly folder: string
  /** Thousands of time entries, and of expenses. */
  readonly size: number
  /** Repetitions of each total at least; the median counts. */
  readonly repeats: number
}

export type TotalsRow = {
  readonly name: string
  readonly size: number
  readonly ms: number
  /** Of the short reads meanwhile, from the moment at which each was due. */
  readonly shortP99Ms: number
  readonly shortMostMs: number
}

/** Each total is repeated for so long at least: a few quick ones say nothing of the hundredth short read. */
const leastMs = 2000

/** Short reads are due this often. */
const shortEveryMs = 1

/** Entries in one transaction. */
const atOnce = 5000

const year = { from: localSeconds('2025-01-01T00:00:00' as LocalDateTime), seconds: 365 * 86_400 }
const kept = { revision: 1, createdAt: 0, updatedAt: 0, deletedAt: null }

const { folder, size, repeats } = await readJob<TotalsJob>()
const store = await openStore(join(folder, 'daybook.db'))
const files = createDiskFiles(join(folder, 'files'))
const core = createCore({ store, clock: systemClock, secrets: createSecrets(), files, printer })
const actor = await fill(store, core)
const rows: TotalsRow[] = []
const time = { startedAt: { from: year.from * 1000, to: (year.from + year.seconds) * 1000 } }
const spent = {
  spentAt: { from: fromLocalSeconds(year.from), to: fromLocalSeconds(year.from + year.seconds) },
}
const totals: [name: string, work: () => Promise<unknown>][] = [
  ['time of a year by month', () => core.totals.time(actor, { filter: time, by: ['month'] })],
  [
    'time of a year by project, month',
    () => core.totals.time(actor, { filter: time, by: ['project', 'month'] }),
  ],
  ['time of a year by week, person', () => core.totals.time(actor, { filter: time, by: ['week', 'person'] })],
  ['expenses of a year by category', () => core.totals.expenses(actor, { filter: spent, by: ['category'] })],
  [
    'expenses of a year by project, month',
    () => core.totals.expenses(actor, { filter: spent, by: ['project', 'month'] }),
  ],
]
for (const [name, work] of totals) rows.push(await measure(name, work))
await store.close()
process.stdout.write(`${JSON.stringify(rows)}\n`)

async function measure(name: string, work: () => Promise<unknown>): Promise<TotalsRow> {
  for (let warming = 0; warming < 3; warming += 1) await work()
  const begun = performance.now()
  const times: number[] = []
  const late: number[] = []
  while (times.length < repeats || performance.now() - begun < leastMs) {
    const startedAt = performance.now()
    let running = true
    const done = work().finally(() => {
      times.push(performance.now() - startedAt)
      running = false
    })
    while (running) {
      const due = performance.now() + shortEveryMs
      await wait(shortEveryMs)
      await core.time.list(actor, { sort: 'startedAt', descending: true, limit: 50 })
      late.push(performance.now() - due)
    }
    await done
  }
  late.sort((a, b) => a - b)
  const p99 = late[Math.floor(late.length * 0.99)] ?? Number.NaN
  return { name, size, ms: median(times), shortP99Ms: p99, shortMostMs: late.at(-1) ?? Number.NaN }
}

/** A year of entries by twenty people on two hundred projects, in an organization of which one person is real. */
async function fill(to: Store, { organizations, signIn }: Core): Promise<Actor> {
  const login = 'owner@bench.example'
  const person = { email: login, name: 'Owner', password: 'correct horse battery' }
  const of = { name: 'Bench', currency: currency('EUR'), timeZone: timeZone('Europe/Amsterdam') }
  const { organization } = await organizations.foundOrganization(of, person)
  const count = size * 1000
  for (let first = 1; first <= count; first += atOnce) {
    await to.write(organization.id, async (tx) => {
      for (let id = first; id < Math.min(first + atOnce, count + 1); id += 1) {
        const at = year.from + Math.floor((year.seconds * id) / (count + 1))
        await tx.insert('time_entry', entry(organization.id, id, at))
        await tx.insert('expense', expense(organization.id, id, at))
      }
    })
  }
  return signIn.byLogin(login, organization.id, { door: 'native', requestId: 'bench', address: '127.0.0.1' })
}

// Spread by steps that have no factor in common with how many there are.
function shared(organizationId: number, id: number) {
  return {
    ...{ ...kept, organizationId, id, timeZone: timeZone('Europe/Amsterdam'), activityId: null, tagIds: [] },
    ...{ personId: (id % 20) + 1, clientId: ((id * 7919) % 50) + 1, projectId: ((id * 7919) % 200) + 1 },
    ...{
      description: `Work on number ${id}`,
      billable: id % 4 > 0,
      billed: id % 3 === 0,
      invoiceId: null,
      invoiceLineId: null,
    },
  }
}

function entry(organizationId: number, id: number, at: number): TimeEntry {
  const durationSeconds = 900 + ((id * 37) % 7200)
  const times = {
    startedAt: at * 1000,
    endedAt: (at + durationSeconds) * 1000,
    breakSeconds: 0,
    durationSeconds,
  }
  return {
    ...shared(organizationId, id),
    ...times,
    timed: true,
    hourlyRate: id % 10 === 0 ? decimal('85.50') : null,
    fixedRate: null,
  }
}

function expense(organizationId: number, id: number, at: number): Expense {
  const minor = BigInt(100 + ((id * 37) % 50_000))
  return {
    ...{ ...shared(organizationId, id), reportId: Math.ceil(id / 50), categoryId: (id % 15) + 1 },
    ...{ spentAt: fromLocalSeconds(at), quantity: decimal('1'), unit: null, unitPrice: decimal('12.50') },
    ...{ currency: currency(id % 10 === 0 ? 'USD' : 'EUR'), amount: decimal('12.50'), amountMinor: minor },
    ...{ baseAmountMinor: minor, exchangeRate: null, exchangeSource: '', exchangeOn: null },
  }
}
