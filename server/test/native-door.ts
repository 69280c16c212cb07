// Calls to the native API as its clients make them: JSON bodies, a token, and answers read as JSON.

import assert from 'node:assert/strict'
import type { Role } from '../src/core/people/nouns.ts'
import { type Caller, callBook, type Headers, type Law, type Reply } from './door-client.ts'
import { password, type TestBook } from './harness.ts'

/** Whatever a JSON answer holds. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of every shape, and assert what they find.
export type Wire = any

/** Answers of this door are JSON or problems, with what both always have. */
export const nativeLaw: Law = ({ status, headers, text }, call) => {
  const type = headers['content-type'] ?? ''
  assert.equal(headers['x-content-type-options'], 'nosniff', call)
  if (status < 400) return
  assert.equal(type, 'application/problem+json', `${call}: ${status} ${text.slice(0, 200)}`)
  if (text === '') return
  const problem = JSON.parse(text) as Wire
  assert.equal(problem.status, status, call)
  for (const name of ['type', 'title', 'code', 'detail']) assert.equal(typeof problem[name], 'string', call)
  for (const flaw of problem.errors ?? [])
    assert.deepEqual(Object.keys(flaw), ['in', 'path', 'code', 'message'])
  if (status === 401) assert.ok(headers['www-authenticate'], call)
  if (status === 405) assert.ok(headers.allow, call)
  if (status === 429 || status === 503) assert.ok(headers['retry-after'], call)
}

export type Native = {
  readonly caller: Caller
  get(path: string, headers?: Headers): Promise<Reply>
  post(path: string, body?: unknown, headers?: Headers): Promise<Reply>
  put(path: string, body?: unknown, headers?: Headers): Promise<Reply>
  patch(path: string, body?: unknown, headers?: Headers): Promise<Reply>
  delete(path: string, headers?: Headers): Promise<Reply>
  /** The JSON of an answer with that status. */
  expect(status: number, reply: Promise<Reply>): Promise<Wire>
}

/** The native API over a test book, as someone of that role. */
export function callNative(book: TestBook, role: Role | undefined, organization: 'a' | 'b' = 'a'): Native {
  const nobody = callBook(book, '/api/v1', [nativeLaw])
  return nativeOver(role === undefined ? nobody : nobody.as(`${role}@${organization}.example`, password))
}

/** The native API over any caller. */
export function nativeOver(caller: Caller): Native {
  const send = (method: string) => (path: string, body?: unknown, headers?: Headers) =>
    caller.send(
      method,
      path,
      body === undefined ? undefined : { bytes: JSON.stringify(body), type: 'application/json' },
      headers,
    )
  return {
    caller,
    get: (path, headers) => caller.get(path, headers),
    post: send('POST'),
    put: send('PUT'),
    patch: send('PATCH'),
    delete: (path, headers) => caller.send('DELETE', path, undefined, headers),
    async expect(status, reply) {
      const { status: found, text } = await reply
      assert.equal(found, status, text.slice(0, 1000))
      return text === '' ? undefined : JSON.parse(text)
    },
  }
}
