// Calls to the Expensicat door as its clients make them: JSON bodies, a Bearer token, and the envelope of every answer.

import assert from 'node:assert/strict'
import { createApp } from '../src/app.ts'
import type { Role } from '../src/core/people/nouns.ts'
import { createKeys } from '../src/outside/keys.ts'
import { callDoor, type Headers, type Law, type Reply, readable } from './door-client.ts'
import type { TestBook } from './harness.ts'

/** The keys of the door under test, the same each time. */
export const testKeys = createKeys(Buffer.alloc(32, 7))

/** What stands in the envelope of a refusal. */
export type WireError = {
  readonly error: {
    readonly code: string
    readonly message: string
    readonly details?: { readonly issues: { path: string; message: string; code: string }[] }
  }
}

/** One thing or several, as answers hold them. */
export type Wire = Readonly<Record<string, unknown>>
export type WirePage<T = Wire> = { data: T[]; meta: { count: number; next_cursor: string | null } }

/** Every answer is JSON in one of two envelopes, or an empty 204. */
export const envelope: Law = ({ status, headers, text }, call) => {
  if (status === 204 || call.startsWith('HEAD ')) {
    assert.equal(text, '', call)
    return
  }
  assert.equal(headers['content-type'], 'application/json; charset=utf-8', call)
  const body = JSON.parse(text) as Record<string, unknown>
  if (status < 400) {
    assert.ok('data' in body, call)
    return
  }
  assert.deepEqual(Object.keys(body), ['error'], call)
  const { code, message, details, ...rest } = (body as WireError).error
  assert.match(code, /^[A-Z]+(_[A-Z]+)*$/, call)
  assert.ok(message.length > 0, call)
  assert.deepEqual(rest, {}, call)
  for (const issue of details?.issues ?? []) assert.deepEqual(Object.keys(issue), ['path', 'message', 'code'])
  if (status === 401) assert.match(headers['www-authenticate'] ?? '', /^Bearer/, call)
}

/** Sends requests to the door as one account. */
export type Client = {
  get(path: string, headers?: Headers): Promise<Reply>
  /** A body of any value, or a text that is sent as it stands. */
  send(method: string, path: string, body?: unknown, headers?: Headers): Promise<Reply>
  post(path: string, body?: unknown): Promise<Reply>
  patch(path: string, body?: unknown): Promise<Reply>
  delete(path: string): Promise<Reply>
  /** The same door with another token, or with none. */
  as(token?: string): Client
}

/** A caller of the door over a book; without a token it is nobody. */
export function callExpensicat(book: Parameters<typeof createApp>[0]): Client {
  const app = createApp(
    { ...book, keys: testKeys },
    { publicUrl: 'http://127.0.0.1', hosts: new Map([['cat.example', 'expensicat']]) },
  )
  const caller = callDoor(app, '/expensicat', [readable, envelope])
  return clientOf({})

  function clientOf(own: Headers): Client {
    const send: Client['send'] = (method, path, body, headers = {}) => {
      const bytes = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
      const wire = bytes === undefined ? undefined : { bytes, type: 'application/json' }
      return caller.send(method, path, wire, { ...own, ...headers })
    }
    return {
      send,
      get: (path, headers) => send('GET', path, undefined, headers),
      post: (path, body) => send('POST', path, body),
      patch: (path, body) => send('PATCH', path, body),
      delete: (path) => send('DELETE', path),
      as: (token) => clientOf(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    }
  }
}

/** The door over a test book as someone of that role, with a token of these scopes. */
export async function signedIn(
  book: TestBook,
  role: Role,
  organization: 'a' | 'b' = 'a',
  scopes: readonly string[] = ['*'],
): Promise<Client> {
  const actor = book.actorOf(role, organization)
  const { secret } = await book.core.signIn.issueToken(actor, { name: 'test', scopes })
  return callExpensicat({ core: book.core, clock: () => book.clock.now }).as(secret)
}

/** The code of a refusal, with its first wrong path where there is one. */
export function refused(reply: Reply): string {
  const { code, details } = reply.json<WireError>().error
  const path = details?.issues[0]?.path
  return `${reply.status} ${code}${path === undefined ? '' : ` ${path}`}`
}
