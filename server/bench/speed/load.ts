// Puts load on a server and measures it; a process of its own, so that it never shares an event loop with a server.

import { readFileSync } from 'node:fs'
import { createHistogram } from 'node:perf_hooks'
import autocannon from 'autocannon'
import { readJob } from '../processes.ts'
import type { LoadJob, LoadResult } from './figures.ts'

/** Kernel ticks of processor time in a second, on every Linux. */
const ticksPerSecond = 100

const job = await readJob<LoadJob>()

/** Connections of one run, each with one request in flight. */
const { connections = 32 } = job
if (job.warmSeconds > 0) await run(job.warmSeconds)
process.stdout.write(`${JSON.stringify(await run(job.seconds))}\n`)

/** One run. Each connection goes round its own share of the requests, so that no entry is asked for by all at once. */
async function run(seconds: number): Promise<LoadResult> {
  const latencies = createHistogram()
  let answered = 0
  const refusals: Record<string, number> = {}
  let client = 0
  const busyBefore = processorSeconds(job.pid)
  const ownBefore = process.cpuUsage()
  const startedAt = performance.now()
  const options: autocannon.Options = {
    url: job.url,
    connections,
    duration: seconds,
    timeout: 30,
    setupClient(connection) {
      connection.setRequests(shareOf(client))
      client += 1
    },
  }
  const ended = Promise.withResolvers<autocannon.Result>()
  const running = autocannon(options, (error, result) =>
    error ? ended.reject(error) : ended.resolve(result),
  )
  running.on('response', (_, status, __, responseMs) => {
    if (status >= 200 && status < 300) {
      answered += 1
      latencies.record(Math.max(1, Math.round(responseMs * 1000)))
    } else refusals[status] = (refusals[status] ?? 0) + 1
  })
  const { errors } = await ended.promise
  const elapsed = (performance.now() - startedAt) / 1000
  const own = process.cpuUsage(ownBefore)
  if (errors > 0) refusals.connection = errors
  return {
    rate: answered / elapsed,
    p50Ms: latencies.percentile(50) / 1000,
    p99Ms: latencies.percentile(99) / 1000,
    serverMicros: ((processorSeconds(job.pid) - busyBefore) * 1e6) / Math.max(1, answered),
    loadBusy: (own.user + own.system) / 1e6 / elapsed,
    refusals,
  }
}

function shareOf(client: number) {
  const { requests } = job
  const share = requests.filter((_, index) => index % connections === client % connections)
  return (share.length === 0 ? requests : share).map((request) => ({ ...request, headers: job.headers }))
}

/** Processor time a process has used, from Linux's own books; 0 elsewhere. */
function processorSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  } catch {
    return 0
  }
}
