// Calls to the Kimai door as its clients make them, of either generation; and a small book to make them on.

import assert from 'node:assert/strict'
import type { Caller, Headers, Law, Reply } from './door-client.ts'
import { callBook, readable } from './door-client.ts'
import { createTestBook, password, type TestBook, type TestEngine } from './harness.ts'

/** One account at the door. Bodies are sent as JSON. */
export type KimaiClient = {
  get(path: string): Promise<Reply>
  send(method: string, path: string, body?: unknown, headers?: Headers): Promise<Reply>
  /** Sends what must succeed and answers its body. */
  made<T = { readonly id: number }>(method: string, path: string, body?: unknown): Promise<T>
}

/** Answers are JSON of exactly that type, or empty. */
export const jsonOrNothing: Law = ({ headers, text }, call) => {
  // A HEAD tells the type of what it does not send.
  if (call.startsWith('HEAD ')) return
  assert.equal(headers['content-type'], text === '' ? undefined : 'application/json', call)
}

/** Every refusal has the two keys, or is one of the few that have not. */
export const kimaiRefusals: Law = ({ status, text }, call) => {
  if (status < 400 || text === '') return
  const body = JSON.parse(text) as { code?: unknown; message?: unknown }
  assert.equal(typeof body.message, 'string', call)
  if (body.code !== undefined) assert.equal(Number(body.code), status, call)
}

/** An account that signs its calls with these headers. */
export function kimaiClient(caller: Caller, own: Headers): KimaiClient {
  const send: KimaiClient['send'] = (method, path, body, headers = {}) =>
    caller.send(
      method,
      path,
      body === undefined ? undefined : { bytes: JSON.stringify(body), type: 'application/json' },
      { ...own, ...headers },
    )
  return {
    send,
    get: (path) => send('GET', path),
    async made<T>(method: string, path: string, body?: unknown) {
      const reply = await send(method, path, body)
      assert.ok(reply.status < 300, `${method} ${path} answered ${reply.status} ${reply.text}`)
      return reply.json<T>()
    },
  }
}

export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` })
export const pair = (user: string, token: string): Headers => ({
  'x-auth-user': user,
  'x-auth-token': token,
})

/** A test book with the Kimai door before it. */
export type KimaiBook = {
  readonly book: TestBook
  readonly door: Caller
  /** Someone of that role, signed in by the older pair of headers. */
  as(role: string, organization?: 'a' | 'b'): KimaiClient
  /** A customer with a project, an activity of it, a global activity and a category. */
  readonly things: {
    readonly customer: number
    readonly project: number
    readonly activity: number
    readonly global: number
    readonly category: number
  }
}

/** Makes the book and what entries need. */
export async function createKimaiBook(engine: TestEngine): Promise<KimaiBook> {
  const book = await createTestBook(engine)
  const door = callBook(book, '/kimai', [readable, jsonOrNothing, kimaiRefusals])
  const as = (role: string, organization: 'a' | 'b' = 'a') =>
    kimaiClient(door, pair(`${role}@${organization}.example`, password))
  const owner = as('owner')
  const customer = (await owner.made('POST', '/api/customers', { name: 'Acme', currency: 'EUR' })).id
  const project = (await owner.made('POST', '/api/projects', { name: 'Bridge', customer })).id
  const activity = (await owner.made('POST', '/api/activities', { name: 'Welding', project })).id
  const global = (await owner.made('POST', '/api/activities', { name: 'Meeting' })).id
  const category = (await book.core.categories.add(book.actorOf('owner'), { name: 'Train' })).id
  return { book, door, as, things: { customer, project, activity, global, category } }
}

/** What an answer of 400 says: sentences of the whole form, and by field. */
export function wrongIn(reply: Reply): Record<string, string[]> {
  assert.equal(reply.status, 400, reply.text)
  const body = reply.json<{
    message: string
    errors?: { errors?: string[]; children: Record<string, { errors?: string[] }> }
  }>()
  assert.equal(body.message, 'Validation Failed', reply.text)
  const fields = Object.entries(body.errors?.children ?? {}).flatMap(([name, { errors }]) =>
    errors === undefined ? [] : [[name, errors] as const],
  )
  return Object.fromEntries([
    ...(body.errors?.errors === undefined ? [] : [['', body.errors.errors] as const]),
    ...fields,
  ])
}
