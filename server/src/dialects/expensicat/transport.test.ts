// What clients do with HTTP: both bases, slashes at the end, empty bodies with a type, methods that are not there.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { type Client, refused, signedIn, type WirePage } from '../../../test/expensicat-door.ts'
import { createTestBook, createTestEngine, type TestBook } from '../../../test/harness.ts'
import { bases, refused as refusedPaths, routes } from './routes.ts'

describe('Requests to the Expensicat door', () => {
  const engine = createTestEngine('sqlite')
  let book: TestBook
  let owner: Client
  let id: string
  before(async () => {
    book = await createTestBook(engine)
    owner = await signedIn(book, 'owner')
    const body = { start_time: '2026-03-02T09:00:00Z', description: 'Work' }
    id = (await owner.post('/v1/time-entries', body)).json<{ data: { id: string } }>().data.id
  })

  for (const base of bases) {
    test(`are answered below ${base}, with and without a slash at the end`, async () => {
      for (const slash of ['', '/']) {
        assert.equal((await owner.get(`${base}/time-entries${slash}`)).status, 200)
        assert.equal((await owner.get(`${base}/time-entries/${id}${slash}`)).status, 200)
        assert.equal((await owner.get(`${base}/time-entries${slash}?limit=1`)).status, 200)
      }
    })
  }

  test('are answered the same below both bases', async () => {
    const [first, second] = [await owner.get('/api/v1/time-entries'), await owner.get('/v1/time-entries')]
    assert.equal(first.text, second.text)
  })

  test('are led here by a host name too', async () => {
    const reply = await owner.get('', { host: 'cat.example' })
    assert.equal(refused(reply), '404 NOT_FOUND')
  })

  test('may say that an empty body is JSON', async () => {
    const type = { 'content-type': 'application/json' }
    assert.equal((await owner.send('GET', '/v1/time-entries', '', type)).status, 200)
    assert.equal((await owner.send('PATCH', `/v1/time-entries/${id}`, '', type)).status, 200)
    const body = { start_time: '2026-03-02T09:00:00Z', description: 'Gone' }
    const gone = (await owner.post('/v1/time-entries', body)).json<{ data: { id: string } }>().data.id
    assert.equal((await owner.send('DELETE', `/v1/time-entries/${gone}`, '', type)).status, 204)
  })

  test('may carry a body where none is read', async () => {
    assert.equal((await owner.send('GET', '/v1/time-entries', '{broken')).status, 200)
  })

  test('may call their JSON something else, as curl does', async () => {
    const body = JSON.stringify({ start_time: '2026-03-02T09:00:00Z', description: 'By curl' })
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'application/json; charset=utf-8',
    ]) {
      const reply = await owner.send('POST', '/v1/time-entries', body, { 'content-type': type })
      assert.equal(reply.status, 201, reply.text)
    }
  })

  test('for the head of a list get it, and change nothing', () =>
    book.unchanged(async () => {
      const { status, headers } = await owner.send('HEAD', '/v1/time-entries')
      assert.equal(status, 200)
      assert.equal(headers['content-type'], 'application/json; charset=utf-8')
    }))

  test('by a method that a path has not are not found', () =>
    book.unchanged(async () => {
      for (const { path, methods } of routes) {
        for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
          if (method in methods) continue
          const reply = await owner.send(method, `/v1${path.replace(':id', id)}`, {})
          assert.equal(refused(reply), '404 NOT_FOUND', `${method} ${path}`)
        }
      }
    }))

  test('for what is not kept here, or is nothing at all, are not found, whoever asks', async () => {
    const unknown = [
      '',
      '/',
      '/api',
      '/api/v1',
      '/v1',
      '/v2/time-entries',
      '/v1/time-entries/a/b',
      '/v1/inbox',
    ]
    const all = [...unknown, ...bases.flatMap((base) => refusedPaths.map((path) => base + path))]
    for (const path of all) {
      for (const by of [owner, owner.as()]) {
        for (const method of ['GET', 'POST', 'DELETE']) {
          assert.equal(refused(await by.send(method, path)), '404 NOT_FOUND', path)
        }
      }
    }
  })

  test('that are the same find the same answer until something happens, and then the new one', async () => {
    const list = async () => (await owner.get('/v1/time-entries?q=changing')).json<WirePage>().data
    assert.deepEqual([await list(), await list()], [[], []])
    await owner.patch(`/v1/time-entries/${id}`, { description: 'Changing' })
    assert.equal((await list()).length, 1)
    await owner.patch(`/v1/time-entries/${id}`, { description: 'Changing again' })
    assert.equal((await list())[0]?.description, 'Changing again')
    await owner.delete(`/v1/time-entries/${id}`)
    assert.deepEqual(await list(), [])
  })

  test('are never answered to be kept by others', async () => {
    const { headers } = await owner.get('/v1/time-entries')
    assert.equal(headers['cache-control'], 'no-store')
    assert.equal(headers.vary, 'Authorization')
    assert.equal(headers['x-content-type-options'], 'nosniff')
  })
})
