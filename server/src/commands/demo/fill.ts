// Fills an empty book with the demo world: the same one each time, down to the last byte. Its secrets are known to
// everyone, so it is for trying things out and never for a server with anything else in it.

import { DomainError } from '../../core/errors.ts'
import type { Files, Store } from '../../core/ports.ts'
import { createSecrets } from '../../outside/secrets.ts'
import { fillBulk } from './bulk.ts'
import { foundHarbour } from './harbour.ts'
import { writeInvoices } from './invoices.ts'
import { fillLedger } from './ledger.ts'
import { planNotes } from './notes.ts'
import { foundPacific, planPacificWork, planSamples, utc } from './pacific.ts'
import { createRandom } from './random.ts'
import { planReports } from './reports.ts'
import { createStage, type Props, type Stage } from './stage.ts'
import { type DemoSummary, summarize } from './summary.ts'
import { createTimeline } from './timeline.ts'
import { accountBegins } from './xpenser-samples.ts'
import { planBilling, planYear } from './year.ts'

export type DemoOptions = {
  readonly store: Store
  readonly files: Files
  /** Adds so many thousand expenses for benchmarks; a whole number, default 0. */
  readonly size?: number
  /** Address of the server, without a path. */
  readonly publicUrl: string
}

const studioBegins = utc('2025-11-17 07:30:00')
const curtain = utc('2026-11-19 19:30:00')

/**
 * Fills the book and tells who is in it. The world is kept whole or not at all; the extra entries of `size` follow in
 * portions. Throws `conflict` (`already_exists`) when the book has an organization, RangeError for an impossible size.
 */
export async function fillDemo({ store, files, size = 0, publicUrl }: DemoOptions): Promise<DemoSummary> {
  if (!Number.isSafeInteger(size) || size < 0)
    throw new RangeError('The size is a whole number of thousands.')
  const props: Props = { files, secrets: createSecrets(createRandom(1).bytes) }
  const { harbour, pacific } = await store.write(null, async (tx) => {
    if ((await tx.people.organizations()).length > 0) {
      throw new DomainError(
        'conflict',
        'already_exists',
        'The book is not empty: the demo needs one of its own.',
      )
    }
    return playWorld(createStage(tx, props, studioBegins))
  })
  if (size > 0) {
    const [spender, worker] = [pacific.actor('user'), harbour.actor('tom')]
    await fillBulk(store, props, { size, start: curtain, spender, worker })
  }
  return summarize(publicUrl, harbour, pacific)
}

async function playWorld(stage: Stage) {
  const harbour = await foundHarbour(stage)
  stage.moveTo(utc(accountBegins))
  const pacific = await foundPacific(stage)
  // The samples come first: they bring their numbers along, and everything else is numbered behind them.
  const past = createTimeline()
  planSamples(past, stage, pacific)
  await past.play(stage)
  const year = createTimeline()
  planYear(year, stage, harbour)
  planBilling(year, stage, harbour)
  planReports(year, stage, harbour)
  planNotes(year, stage, harbour)
  planPacificWork(year, stage, pacific)
  await year.play(stage)
  stage.moveTo(curtain + 60_000)
  await writeInvoices(stage, harbour, await fillLedger(stage, harbour))
  return { harbour, pacific }
}
