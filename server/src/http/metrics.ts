// Counters for Prometheus.

import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

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

/** Makes the metrics of one server: request durations by door, route and status, and the process's own. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'daybook_request_seconds',
    help: 'Duration of requests.',
    labelNames: ['door', 'method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  return {
    observe: (labels, seconds) => requests.observe({ ...labels }, seconds),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
