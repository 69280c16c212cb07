// The server around the doors: health, host names, the doors that are not there yet, refusals of the server itself.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Book, createApp, openBook } from './app.ts'

const folder = mkdtempSync(join(tmpdir(), 'daybook-app-'))
let book: Book
let app: ReturnType<typeof createApp>

before(async () => {
  book = await openBook({ data: folder, database: join(folder, 'daybook.db'), files: join(folder, 'files') })
  const hosts = new Map([['expenses.example.com', 'xpenser']])
  app = createApp(book, { publicUrl: 'http://127.0.0.1', hosts })
  await app.listen({ port: 0, host: '127.0.0.1' })
})

after(async () => {
  await app.close()
  await book.close()
  rmSync(folder, { recursive: true, force: true })
})

test('The process tells that it lives and that its store answers.', async () => {
  assert.equal((await app.inject('/healthz')).statusCode, 200)
  assert.equal((await app.inject('/readyz')).statusCode, 200)
})

test('Metrics are for this machine, and count by door and route.', async () => {
  await app.inject('/xpenser/api/v1.0/user/')
  const local = await app.inject({ url: '/metrics', remoteAddress: '127.0.0.1' })
  assert.equal(local.statusCode, 200)
  assert.match(local.body, /daybook_request_seconds_count\{[^}]*door="xpenser"[^}]*\} 1/)
  const remote = await app.inject({ url: '/metrics', remoteAddress: '203.0.113.9' })
  assert.equal(remote.statusCode, 404)
  const forged = await app.inject({
    url: '/metrics',
    remoteAddress: '203.0.113.9',
    headers: { 'x-forwarded-for': '127.0.0.1' },
  })
  assert.equal(forged.statusCode, 404)
})

test('A host name can lead straight to a door.', async () => {
  const answer = await app.inject({ url: '/api/v1.0/user/', headers: { host: 'Expenses.Example.com:4000' } })
  assert.equal(answer.statusCode, 401)
  assert.equal(answer.headers['www-authenticate'], 'Basic realm="API"')
  assert.equal((await app.inject('/api/v1.0/user/')).statusCode, 404)
})

test('Unknown paths outside of every door are plain 404s.', async () => {
  assert.equal((await app.inject('/nothing')).statusCode, 404)
  assert.equal((await app.inject('/xpenser-not')).statusCode, 404)
})

/** Sends bytes as they are and reads what comes until the connection ends or an answer's head is whole. */
function raw(text: string): Promise<string> {
  const { port } = app.server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk) => {
      answer += chunk
      if (answer.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

const hostile: [string, string][] = [
  [
    'two lengths that differ',
    'POST /xpenser/api/v1.0/expense/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabc',
  ],
  [
    'a length and chunks at once',
    'POST /xpenser/api/v1.0/expense/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['a head of a megabyte', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(1_000_000)}\r\n\r\n`],
  ['no HTTP at all', '\u0016\u0003\u0001\r\n\r\n'],
  ['a raw blank in the path', 'GET /xpenser/api/v1.0/ expenses/ HTTP/1.1\r\nHost: x\r\n\r\n'],
]

for (const [name, text] of hostile) {
  test(`A request with ${name} is refused.`, async () => {
    const answer = await raw(text)
    assert.match(answer, /^HTTP\/1\.1 4\d\d /)
    assert.equal((await app.inject('/healthz')).statusCode, 200)
  })
}

test('Failed sign-ins count by the address that a trusted proxy tells, and by no other.', async () => {
  const trusting = createApp(book, {
    publicUrl: 'http://127.0.0.1',
    hosts: new Map(),
    trustedProxies: ['10.0.0.1'],
  })
  const guess = (remoteAddress: string, forwarded: string) =>
    trusting.inject({
      url: '/xpenser/api/v1.0/user/',
      remoteAddress,
      headers: { authorization: `Basic ${btoa('somebody:guess')}`, 'x-forwarded-for': forwarded },
    })
  for (let i = 0; i < 10; i += 1) assert.equal((await guess('10.0.0.1', '192.0.2.1')).statusCode, 401)
  assert.equal((await guess('10.0.0.1', '192.0.2.1')).statusCode, 503)
  assert.equal((await guess('10.0.0.1', '192.0.2.2')).statusCode, 401, 'another client of the proxy')
  assert.equal(
    (await guess('203.0.113.5', '192.0.2.1')).statusCode,
    401,
    'a forged header counts for the sender',
  )
  await trusting.close()
})

test('A path cannot leave its door by dots.', async () => {
  for (const url of [
    '/xpenser/%2e%2e/healthz',
    '/xpenser/../healthz',
    '/xpenser/..%2fhealthz',
    '/../etc/passwd',
  ]) {
    assert.match(await raw(`GET ${url} HTTP/1.1\r\nHost: x\r\n\r\n`), /^HTTP\/1\.1 404 /, url)
  }
})
