// Calls to the native API, typed by its document: one function for each operation.

import { type Operations, operations, type Problem } from './operations.ts'

type Name = keyof Operations

/** What may be said beside what an operation takes. */
export type Manner = {
  /** The write takes effect once, however often it is sent. */
  readonly idempotencyKey?: string
  /** The `ETag` that was read: the write is refused when somebody else has changed the entity since. */
  readonly ifMatch?: string
  readonly signal?: AbortSignal
}

/** An operation as a function. What it takes may be left out where nothing is needed. */
export type Call<N extends Name> =
  Record<never, never> extends Operations[N]['takes']
    ? (taken?: Operations[N]['takes'], manner?: Manner) => Promise<Operations[N]['answers']>
    : (taken: Operations[N]['takes'], manner?: Manner) => Promise<Operations[N]['answers']>

export type Client = { readonly [N in Name]: Call<N> }

/** How the client reaches the server. */
export type Way = {
  /** Address of the API, without a slash at the end. */
  readonly base: string
  /** Without one the browser's session counts. */
  readonly token?: string
  readonly fetch?: (address: string, init: RequestInit) => Promise<Response>
}

/** A refusal of the server. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** Makes a client. Its calls reject with a `ProblemError` when the server refuses. */
export function createClient(way: Way): Client {
  const calls = Object.entries(operations).map(([name, [method, path]]) => [
    name,
    (taken: Taken = {}, manner: Manner = {}) => call(way, method, path, taken, manner),
  ])
  return Object.fromEntries(calls) as Client
}

type Taken = {
  readonly path?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

async function call(
  { base, token, fetch: send = fetch }: Way,
  method: string,
  path: string,
  { path: names = {}, query = {}, body }: Taken,
  { idempotencyKey, ifMatch, signal }: Manner,
): Promise<unknown> {
  const isRaw = body instanceof Blob || body instanceof FormData
  const headers = new Headers({ 'x-requested-with': 'daybook' })
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
  if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey)
  if (ifMatch !== undefined) headers.set('if-match', ifMatch)
  if (body !== undefined && !isRaw) headers.set('content-type', 'application/json')
  const target = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names[name] ?? ''))
  const answer = await send(base + target + queryText(query), {
    method,
    headers,
    ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  })
  if (!answer.ok) throw new ProblemError((await answer.json()) as Problem)
  if (answer.status === 204) return undefined
  const isJson = answer.headers.get('content-type')?.startsWith('application/json')
  return isJson ? answer.json() : answer.blob()
}

function queryText(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : String(value)]],
  )
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}
