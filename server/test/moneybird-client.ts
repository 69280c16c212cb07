// Calls to the Moneybird door as its clients make them.

import assert from 'node:assert/strict'
import type { Actor } from '../src/core/actor.ts'
import { type Body, type Caller, callBook, type Law, type Reply, readable } from './door-client.ts'
import type { TestBook } from './harness.ts'

/** Someone with a token, below one administration. Paths begin behind it, such as `/time_entries`. */
export type Moneybird = {
  readonly get: (path: string) => Promise<Reply>
  readonly post: (path: string, body: unknown) => Promise<Reply>
  readonly patch: (path: string, body?: unknown) => Promise<Reply>
  readonly remove: (path: string) => Promise<Reply>
  /** Anything under any method; the path begins behind `/api/v2`. */
  readonly send: (method: string, path: string, body?: Body) => Promise<Reply>
  /** The administration that paths begin behind. */
  readonly administration: string
}

/** Every answer with a body is JSON of exactly this type; every refusal has an error. */
const spoken: Law = ({ status, headers, text }, call) => {
  if (status === 204) {
    assert.equal(text, '', call)
    return
  }
  assert.equal(headers['content-type'], 'application/json', call)
  if (status < 400 || text === '' || status === 429) return
  const { error } = JSON.parse(text) as { error?: unknown }
  assert.ok(typeof error === 'string' || (typeof error === 'object' && error !== null), `${call}: ${text}`)
}

/** The door over a book, for whoever names a token. */
export function callMoneybird(book: Pick<TestBook, 'core' | 'clock'>): Caller {
  return callBook(book, '/moneybird/api/v2', [readable, spoken])
}

/** A new token of a person, with these scopes of ours. */
export async function tokenOf(book: TestBook, actor: Actor, ...scopes: string[]): Promise<string> {
  const input = { name: 'test', scopes: scopes.length === 0 ? ['*'] : scopes }
  return (await book.core.signIn.issueToken(actor, input)).secret
}

/** Someone at the door, by a new token with these scopes. */
export async function enter(
  book: TestBook,
  door: Caller,
  actor: Actor,
  ...scopes: string[]
): Promise<Moneybird> {
  return withToken(door, String(actor.organizationId), await tokenOf(book, actor, ...scopes))
}

/** Someone at the door by a token. */
export function withToken(door: Caller, administration: string, token: string): Moneybird {
  const headers = { authorization: `Bearer ${token}` }
  const json = (value: unknown): Body | undefined =>
    value === undefined ? undefined : { bytes: JSON.stringify(value), type: 'application/json' }
  const send: Moneybird['send'] = (method, path, body) => door.send(method, path, body, headers)
  const at = (path: string) => `/${administration}${path}`
  return {
    administration,
    send,
    get: (path) => send('GET', at(path)),
    post: (path, body) => send('POST', at(path), json(body)),
    patch: (path, body) => send('PATCH', at(path), json(body)),
    remove: (path) => send('DELETE', at(path)),
  }
}
