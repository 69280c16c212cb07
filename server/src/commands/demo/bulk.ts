// Many more entries for benchmarks, through the same verbs as all others.

import type { Actor } from '../../core/actor.ts'
import type { Category } from '../../core/catalogue/nouns.ts'
import { fromLocalSeconds, type Instant, type LocalDateTime, localSeconds } from '../../core/day.ts'
import { fromUnits } from '../../core/decimal.ts'
import type { Store } from '../../core/ports.ts'
import { createRandom, type Random } from './random.ts'
import { createStage, type Props, type Stage } from './stage.ts'
import { sampleCategories, sampleTags } from './xpenser-samples.ts'

/** Expenses of one report. */
const perReport = 50

/** Reports kept in one transaction: few enough that the journal stays small, many enough that syncing costs little. */
const reportsAtOnce = 40

/** Time entries kept in one transaction. */
const entriesAtOnce = 2000

/** Wall-clock seconds between which everything happens, spread evenly and in order. */
const from = localSeconds('2000-01-01T00:00:00' as LocalDateTime)
const to = localSeconds('2024-12-31T00:00:00' as LocalDateTime)

const categoryNames = sampleCategories.filter(({ unit }) => unit === undefined).map(({ name }) => name)
const tags = sampleTags.map(({ name }) => name)
const words = ['with jack', 'client visit', 'airport', 'team', 'workshop', 'quarterly review', '']

export type Bulk = {
  /** Thousands of expenses; there are a tenth as many time entries. */
  readonly size: number
  /** Written down from this instant on, a millisecond apart. */
  readonly start: Instant
  /** Whose expenses, and whose time. */
  readonly spender: Actor
  readonly worker: Actor
}

/** Adds `size` thousand expenses in reports of fifty, and a hundred time entries for each thousand. */
export async function fillBulk(store: Store, props: Props, bulk: Bulk): Promise<void> {
  const random = createRandom(4000)
  const reports = (bulk.size * 1000) / perReport
  let now = bulk.start
  for (let first = 1; first <= reports; first += reportsAtOnce) {
    const last = Math.min(first + reportsAtOnce - 1, reports)
    now = await inOneGo(store, props, bulk.spender, now, async (stage, tick) => {
      const categories = await stage.core.categories.list(bulk.spender, { names: categoryNames })
      for (let number = first; number <= last; number += 1) {
        await addReport(stage, tick, bulk.spender, { number, reports, random, categories })
      }
    })
  }
  const entries = bulk.size * 100
  for (let first = 0; first < entries; first += entriesAtOnce) {
    const last = Math.min(first + entriesAtOnce, entries)
    now = await inOneGo(store, props, bulk.worker, now, async (stage, tick) => {
      for (let number = first; number < last; number += 1) {
        tick()
        const startedAt = (from + Math.floor(((to - from) * number) / entries)) * 1000
        const endedAt = startedAt + random.int(10, 300) * 60_000
        const description = random.pick(words)
        await stage.core.time.log(bulk.worker, { startedAt, endedAt, description })
      }
    })
  }
}

/** Runs the work in one transaction, with a clock that ticks on; answers what it shows at the end. */
async function inOneGo(
  store: Store,
  props: Props,
  actor: Actor,
  start: Instant,
  work: (stage: Stage, tick: () => void) => Promise<void>,
): Promise<Instant> {
  return store.write(actor.organizationId, async (tx) => {
    const stage = createStage(tx, props, start)
    let now = start
    await work(stage, () => {
      now += 1
      stage.moveTo(now)
    })
    return now
  })
}

type Portion = {
  readonly number: number
  readonly reports: number
  readonly random: Random
  readonly categories: readonly Category[]
}

async function addReport(
  { core }: Stage,
  tick: () => void,
  actor: Actor,
  { number, reports, random, categories }: Portion,
): Promise<void> {
  tick()
  const { id: reportId } = await core.reports.add(actor, { name: `Bench ${number}` })
  for (let index = 0; index < perReport; index += 1) {
    tick()
    const position = (number - 1) * perReport + index
    const spentAt = fromLocalSeconds(from + Math.floor(((to - from) * position) / (reports * perReport)))
    await core.expenses.record(actor, {
      reportId,
      category: { id: random.pick(categories).id },
      spentAt,
      description: random.pick(words),
      amount: fromUnits(BigInt(random.int(100, 50_000)), 2),
      tagNames: position % 3 === 0 ? [random.pick(tags)] : [],
    })
  }
}
