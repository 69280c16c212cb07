// Repeats one synchronous piece of work and measures it.

import { createHistogram } from 'node:perf_hooks'
import type { LoadResult } from './figures.ts'

/** Runs the work for so many seconds, after a tenth of that which does not count. */
export function repeat(seconds: number, work: () => unknown): LoadResult {
  const warmUntil = performance.now() + seconds * 100
  while (performance.now() < warmUntil) work()
  const latencies = createHistogram()
  const busyBefore = process.cpuUsage()
  const startedAt = performance.now()
  let done = 0
  let now = startedAt
  while (now - startedAt < seconds * 1000) {
    work()
    const after = performance.now()
    latencies.record(Math.max(1, Math.round((after - now) * 1000)))
    now = after
    done += 1
  }
  const busy = process.cpuUsage(busyBefore)
  return {
    rate: done / ((now - startedAt) / 1000),
    p50Ms: latencies.percentile(50) / 1000,
    p99Ms: latencies.percentile(99) / 1000,
    serverMicros: (busy.user + busy.system) / done,
    loadBusy: 0,
    refusals: {},
  }
}
