// `npm run bench`: how fast the server is, beside the limit of this machine measured in the same run. It measures and
// shows; being below a mark is no failure. Options: see `usage`.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runJob } from './processes.ts'
import { startServer } from './server-process.ts'
import type { LoadResult, RawJob } from './speed/figures.ts'
import { type FilledBook, fillBook } from './speed/filled-book.ts'
import { type Effort, measure, type Row, type Subject } from './speed/measure.ts'
import { scenarios } from './speed/scenarios.ts'
import { type Figures, showFigures } from './speed/show.ts'
import { measureFirstStart, measureSecondStart, memoryOf } from './speed/starts.ts'
import type { TotalsJob, TotalsRow } from './speed/totals.ts'

const usage = `Usage: npm run bench -- [options]

  --sizes LIST    Thousands of entries of the books, smallest first. Default: 10,1000.
  --seconds N     Of each single measurement. Default: 5.
  --repeats N     How often each is repeated; the median counts. Default: 3.
  --only TEXT     Only scenarios whose name has this text in it.
  --dir FOLDER    Where the books lie; its file system is what is measured. Default: the system's temporary folder.
  --cache FOLDER  Keeps filled books there for the next run.
  --log LEVEL     DAYBOOK_LOG of the server. Default: what the server has by default.
  --json          Prints the figures as JSON.
`

type Plan = {
  readonly sizes: readonly number[]
  readonly seconds: number
  readonly repeats: number
  readonly only: string
  readonly dir: string
  readonly cache: string | undefined
  readonly log: string | undefined
  readonly json: boolean
}

function readPlan(args: string[]): Plan | undefined {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  try {
    const { values } = parseArgs({
      args,
      options: {
        ...{ sizes: text, seconds: text, repeats: text, only: text, dir: text, cache: text, log: text },
        json: flag,
        help: flag,
      },
    })
    const sizes = (values.sizes ?? '10,1000').split(',').map(Number)
    const seconds = Number(values.seconds ?? '5')
    const repeats = Number(values.repeats ?? '3')
    const fits = sizes.every((size) => Number.isInteger(size) && size >= 1 && size <= 10_000)
    if (values.help || !fits || !(seconds > 0 && seconds <= 600)) return undefined
    if (!(Number.isInteger(repeats) && repeats >= 1 && repeats <= 100)) return undefined
    const { only = '', dir = tmpdir(), cache, log, json = false } = values
    return { sizes: sizes.sort((a, b) => a - b), seconds, repeats, only, dir, cache, log, json }
  } catch {
    return undefined
  }
}

/** Runs the whole plan in a folder of its own. */
async function run(plan: Plan, folder: string): Promise<Figures> {
  const firstStartMs = await measureFirstStart(folder)
  const books: FilledBook[] = []
  for (const size of plan.sizes) {
    say(`a book of ${size} thousand entries`)
    books.push(await fillBook(size, join(folder, `book-${size}`), plan.cache))
  }
  const secondStartMs: number[] = []
  for (const book of books) secondStartMs.push(await measureSecondStart(book))
  const effort: Effort = { seconds: plan.seconds, repeats: plan.repeats, folder }
  const rawReads: LoadResult[] = []
  for (const book of books) rawReads.push(await readRaw(book, plan.seconds))

  const subjects: Subject[] = []
  const env: Record<string, string> = plan.log === undefined ? {} : { DAYBOOK_LOG: plan.log }
  for (const book of books) {
    const logFile = join(folder, `server-${book.size}.log`)
    subjects.push({ book, server: await startServer({ data: book.folder, logFile, env }) })
  }
  const rows: Row[] = []
  const failures: string[] = []
  for (const scenario of scenarios.filter(({ name }) => name.includes(plan.only))) {
    say(scenario.name)
    try {
      rows.push(...(await measure(scenario, subjects, effort)))
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error))
    }
  }
  const facts = subjects.map(({ book, server }, index) => {
    const { resident, peak } = memoryOf(server.pid)
    return {
      size: book.size,
      fillRate: (book.size * 1000) / book.fillSeconds,
      secondStartMs: secondStartMs[index] ?? Number.NaN,
      residentBytes: resident,
      peakBytes: peak,
      rawReadRate: rawReads[index]?.rate ?? Number.NaN,
    }
  })
  for (const { server } of subjects) await server.stop()
  const totals: TotalsRow[] = []
  for (const size of 'totals'.includes(plan.only) ? plan.sizes : []) {
    say(`totals of ${size} thousand entries`)
    totals.push(...(await measureTotals(size, plan, folder)))
  }
  return { seconds: plan.seconds, repeats: plan.repeats, firstStartMs, books: facts, rows, totals, failures }
}

function measureTotals(size: number, { repeats }: Plan, around: string): Promise<TotalsRow[]> {
  const folder = join(around, `totals-${size}`)
  mkdirSync(folder)
  // Filling takes a tenth of a second for a thousand of each, at worst ten times that.
  const job: TotalsJob = { folder, size, repeats: Math.max(repeats, 3) }
  return runJob<TotalsRow[]>('server/bench/speed/totals.ts', job, 60_000 + size * 1000)
}

function readRaw({ folder, reports, organizationId, rowBytes }: FilledBook, seconds: number) {
  const job: RawJob = { seconds, folder, reports, organizationId, rowBytes }
  return runJob<LoadResult>('server/bench/speed/raw-reads.ts', job, seconds * 2000 + 30_000)
}

function say(step: string): void {
  process.stderr.write(`bench: ${step}\n`)
}

const plan = readPlan(process.argv.slice(2))
if (plan === undefined) {
  process.stderr.write(usage)
  process.exitCode = process.argv.includes('--help') ? 0 : 2
} else {
  mkdirSync(plan.dir, { recursive: true })
  const folder = mkdtempSync(join(plan.dir, 'daybook-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  const figures = await run(plan, folder)
  process.stdout.write(plan.json ? `${JSON.stringify(figures, null, 2)}\n` : showFigures(figures))
  if (figures.failures.length > 0) process.exitCode = 1
}
