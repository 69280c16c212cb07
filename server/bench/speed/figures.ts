// What is asked of the measuring processes, what they answer, and the few statistics over that.

/** One request of a scenario. */
export type LoadRequest = { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: string }

export type LoadJob = {
  /** The server, without a path. */
  readonly url: string
  /** Its process, for the processor time it takes. */
  readonly pid: number
  readonly headers: Readonly<Record<string, string>>
  readonly requests: readonly LoadRequest[]
  /** Connections at the same time; default 32. */
  readonly connections?: number
  /** Load before the measurement, which does not count. */
  readonly warmSeconds: number
  readonly seconds: number
}

export type LoadResult = {
  /** Successful answers a second. */
  readonly rate: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Processor time of the server for one answer, all its threads together. */
  readonly serverMicros: number
  /** Share of one processor that the load generator needed; near 1 it is what limits the rate. */
  readonly loadBusy: number
  /** Other answers by status, and failed connections. */
  readonly refusals: Readonly<Record<string, number>>
}

export type RawJob = {
  readonly seconds: number
  /** Where a new database may be made, or where the book is. */
  readonly folder: string
  readonly rowBytes: number
  readonly organizationId: number
  readonly reports: readonly number[]
}

/** The middle value; of an even number, the lower of the two in the middle. NaN of nothing. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN
}

/** At most `count` of the values, spread evenly over all of them. */
export function spread<T>(values: readonly T[], count: number): T[] {
  if (values.length <= count) return [...values]
  return Array.from({ length: count }, (_, index) => values[Math.floor((index * values.length) / count)] as T)
}
