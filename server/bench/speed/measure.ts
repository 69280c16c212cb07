// Measures one scenario: its limit and every book by turns, several times, so that a noisy moment hits all of them.

import { endChild, runJob, startJob } from '../processes.ts'
import type { ServerProcess } from '../server-process.ts'
import { type LoadJob, type LoadResult, median, type RawJob } from './figures.ts'
import type { FilledBook } from './filled-book.ts'
import type { Scenario } from './scenarios.ts'

/** A book and the server over it. */
export type Subject = { readonly book: FilledBook; readonly server: ServerProcess }

export type Effort = {
  readonly seconds: number
  /** How often each measurement is repeated; the median counts. */
  readonly repeats: number
  /** A folder on the file system that is measured. */
  readonly folder: string
}

/** Medians over the repeats; ratio and growth are medians of what was measured side by side. */
export type Row = {
  readonly scenario: string
  readonly size: number
  readonly rate: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly serverMicros: number
  readonly loadBusy: number
  readonly answerBytes: number
  readonly limitRate: number
  readonly limitMicros: number
  /** Near 1 the limit is that of the load generator, so the server's real one is higher. */
  readonly limitLoadBusy: number
  readonly ratio: number
  readonly leastRatio: number | null
  /** Cost of a call here over its cost on the smallest book; null for that one itself. */
  readonly growth: number | null
  readonly mostGrowth: number | null
}

type Round = { readonly limit: LoadResult; readonly results: readonly LoadResult[] }

/** One row for each book, smallest first, as the subjects are given. Throws when any call is refused. */
export async function measure(
  scenario: Scenario,
  subjects: readonly Subject[],
  effort: Effort,
): Promise<Row[]> {
  const largest = subjects.at(-1)
  if (largest === undefined) return []
  const sample = await takeSample(scenario, largest)
  const limit = await openLimit(scenario, largest, sample, effort)
  const rounds: Round[] = []
  try {
    for (let round = 0; round < effort.repeats; round += 1) {
      // A process that has just started is slow at first; later rounds only need their connections back.
      const warmSeconds = Math.min(effort.seconds, round === 0 ? 2 : 0.5)
      const limitResult = await limit.run(warmSeconds)
      const results: LoadResult[] = []
      for (const subject of subjects) {
        subject.server.dropLog()
        results.push(await measureSubject(scenario, subject, { warmSeconds, seconds: effort.seconds }))
      }
      rounds.push({ limit: limitResult, results })
    }
  } finally {
    await limit.end()
  }
  return subjects.map((subject, index) => rowOf(scenario, subject.book, index, rounds, sample.bytes))
}

async function measureSubject(
  scenario: Scenario,
  { book, server }: Subject,
  times: Pick<LoadJob, 'warmSeconds' | 'seconds'>,
): Promise<LoadResult> {
  const { url, pid } = server
  const [headers, requests] = [scenario.headers(book), scenario.requests(book)]
  const { connections } = scenario
  const more = connections === undefined ? times : { ...times, connections }
  try {
    return await load(scenario.name, { url, pid, headers, requests, ...more })
  } catch (error) {
    const death = server.death()
    throw death === undefined ? error : new Error(`${scenario.name}: the server ended with ${death}`)
  }
}

function rowOf(
  scenario: Scenario,
  { size }: FilledBook,
  index: number,
  rounds: readonly Round[],
  answerBytes: number,
): Row {
  const of = (pick: (round: Round) => number | undefined) =>
    median(rounds.map((round) => pick(round) ?? Number.NaN))
  return {
    scenario: scenario.name,
    size,
    rate: of(({ results }) => results[index]?.rate),
    p50Ms: of(({ results }) => results[index]?.p50Ms),
    p99Ms: of(({ results }) => results[index]?.p99Ms),
    serverMicros: of(({ results }) => results[index]?.serverMicros),
    loadBusy: of(({ results }) => results[index]?.loadBusy),
    answerBytes,
    limitRate: of(({ limit }) => limit.rate),
    limitMicros: of(({ limit }) => limit.serverMicros),
    limitLoadBusy: of(({ limit }) => limit.loadBusy),
    ratio: of(({ limit, results }) => (results[index]?.rate ?? Number.NaN) / limit.rate),
    leastRatio: scenario.leastRatio ?? null,
    growth:
      index === 0
        ? null
        : of(({ results }) => (results[0]?.rate ?? Number.NaN) / (results[index]?.rate ?? 1)),
    mostGrowth: index === 0 ? null : (scenario.mostGrowth ?? null),
  }
}

type Sample = { readonly body: string; readonly contentType: string; readonly bytes: number }

/** The first request's answer, which is what the limit answers too. A write leaves one entry more behind. */
async function takeSample(scenario: Scenario, { book, server }: Subject): Promise<Sample> {
  const [request] = scenario.requests(book)
  if (request === undefined) throw new Error(`${scenario.name}: there is nothing to ask for.`)
  const { method, path, body: sent } = request
  const answer = await fetch(server.url + path, {
    method,
    headers: scenario.headers(book),
    body: sent ?? null,
  })
  const body = await answer.text()
  if (!answer.ok) throw new Error(`${scenario.name}: ${answer.status} ${body.slice(0, 200)}`)
  const contentType = answer.headers.get('content-type') ?? 'text/plain'
  return { body, contentType, bytes: Buffer.byteLength(body) }
}

type OpenLimit = {
  readonly run: (warmSeconds: number) => Promise<LoadResult>
  readonly end: () => Promise<void>
}

async function openLimit(
  scenario: Scenario,
  { book }: Subject,
  sample: Sample,
  { seconds, folder }: Effort,
): Promise<OpenLimit> {
  const { reports, organizationId, rowBytes } = book
  if (scenario.limit === 'one insert per fsync') {
    const job: RawJob = { seconds, folder, rowBytes, organizationId, reports }
    return {
      run: () => runJob('server/bench/speed/raw-inserts.ts', job, limitMs(seconds)),
      end: async () => {},
    }
  }
  const { child, answer } = await startJob<{ port: number }>(
    'server/bench/speed/bare-fastify.ts',
    sample,
    limitMs(0),
  )
  return {
    run: (warmSeconds) =>
      load(`limit of ${scenario.name}`, {
        url: `http://127.0.0.1:${answer.port}`,
        pid: child.pid ?? 0,
        headers: scenario.headers(book),
        requests: scenario.requests(book),
        warmSeconds,
        seconds,
      }),
    end: () => endChild(child, 'SIGTERM'),
  }
}

async function load(name: string, job: LoadJob): Promise<LoadResult> {
  const script = 'server/bench/speed/load.ts'
  const result = await runJob<LoadResult>(script, job, limitMs(job.seconds + job.warmSeconds))
  if (Object.keys(result.refusals).length > 0) {
    throw new Error(`${name}: not every call was answered: ${JSON.stringify(result.refusals)}`)
  }
  return result
}

/** Half a minute more than the work itself should take. */
function limitMs(seconds: number): number {
  return seconds * 1000 + 30_000
}
