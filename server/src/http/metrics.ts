// Counters for Prometheus.

import { collectDefaultMetrics, type Metric, Registry } from 'prom-client'

/** What a request is counted under. Routes are patterns, so their number is bounded. */
export type Labels = {
  readonly door: string
  readonly method: string
  readonly route: string
  readonly status: number
}

export type Metrics = {
  readonly observe: (labels: Labels, seconds: number) => void
  readonly text: () => Promise<string>
  readonly contentType: string
}

/** Upper bounds of the duration buckets, in seconds. */
const bounds = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10]

type Series = { readonly labels: Labels; readonly buckets: number[]; sum: number; count: number }

const name = 'daybook_request_seconds'

/**
 * Makes the metrics of one server: request durations by door, route and status, and the process's own. Durations are
 * counted here and only written out through the library, which would look its labels up anew for every request.
 */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const series = new Map<string, Series>()
  const requests = {
    name,
    get: async () => ({
      name,
      help: 'Duration of requests.',
      type: 'histogram',
      aggregator: 'sum',
      values: [...series.values()].flatMap(samples),
    }),
    reset: () => series.clear(),
  }
  registry.registerMetric(requests as unknown as Metric)

  return {
    observe(labels, seconds) {
      const key = `${labels.status} ${labels.method} ${labels.door} ${labels.route}`
      let found = series.get(key)
      if (found === undefined) {
        found = { labels, buckets: bounds.map(() => 0), sum: 0, count: 0 }
        series.set(key, found)
      }
      found.sum += seconds
      found.count += 1
      const bucket = bounds.findIndex((bound) => seconds <= bound)
      if (bucket >= 0) found.buckets[bucket] = (found.buckets[bucket] ?? 0) + 1
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

/** The lines of one series: buckets add up, as Prometheus wants them. */
function samples({ labels, buckets, sum, count }: Series) {
  let below = 0
  return [
    ...buckets.map((inside, i) => {
      below += inside
      return { metricName: `${name}_bucket`, labels: { ...labels, le: bounds[i] ?? 0 }, value: below }
    }),
    { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ]
}
