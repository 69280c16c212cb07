// The change feed: in order, resumable, with deletions; as a list, as a list that waits, and as a stream.

import assert from 'node:assert/strict'
import { get, type IncomingMessage } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { appOver, basic, listen } from '../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../test/harness.ts'
import { callNative, type Native, type Wire } from '../../test/native-door.ts'
import { createCore } from '../core/index.ts'
import type { Server } from '../http/door.ts'
import { printer } from '../outside/documents/index.ts'
import { openStore } from '../store/index.ts'

forEachEngine('The change feed', (engine) => {
  let book: TestBook
  let owner: Native
  let server: Server
  let port: number
  const open: IncomingMessage[] = []

  before(async () => {
    book = await createTestBook(engine)
    owner = callNative(book, 'owner')
    server = appOver({ core: book.core, clock: () => book.clock.now })
    port = await listen(server)
  })

  after(async () => {
    for (const response of open) response.destroy()
    await server.close()
  })

  const last = async () => (await owner.expect(200, owner.get('/me'))) && (await book.log()).length

  /** A request over a real connection; its answer as it comes. */
  function ask(path: string, headers: Record<string, string> = {}, role = 'owner'): Promise<IncomingMessage> {
    const authorization = basic(`${role}@a.example`, password)
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const url = `http://127.0.0.1:${port}/api/v1${path}`
    get(url, { headers: { authorization, ...headers } }, (response) => {
      open.push(response)
      response.setEncoding('utf8')
      resolve(response)
    }).on('error', reject)
    return promise
  }

  async function textOf(response: IncomingMessage): Promise<string> {
    let text = ''
    for await (const part of response) text += part
    return text
  }

  /** Reads a stream until this many events have come. */
  async function eventsOf(response: IncomingMessage, count: number): Promise<Wire[]> {
    let text = ''
    for await (const part of response.iterator({ destroyOnReturn: false })) {
      text += part
      const found = text.match(/^data: .*$/gm) ?? []
      if (found.length >= count) return found.map((line) => JSON.parse(line.slice(6)))
    }
    assert.fail(`The stream ended after ${text}`)
  }

  test('tells everything in order, from any number on', async () => {
    const since = await last()
    const tag = await owner.expect(201, owner.post('/tags', { name: 'feed' }))
    await owner.expect(200, owner.patch(`/tags/${tag.id}`, { color: '#fff' }))
    await owner.delete(`/tags/${tag.id}`)
    await owner.expect(200, owner.post(`/tags/${tag.id}/restore`))
    const page = await owner.expect(200, owner.get(`/changes?since=${since}`))
    assert.deepEqual(
      page.data.map(({ sequence, type, id, previous }: Wire) => [
        sequence - since,
        type,
        id,
        previous?.color,
      ]),
      [
        [1, 'tag.created', tag.id, undefined],
        [2, 'tag.updated', tag.id, ''],
        [3, 'tag.deleted', tag.id, undefined],
        [4, 'tag.restored', tag.id, undefined],
      ],
    )
    assert.deepEqual(page.data[0].data, tag, 'as it was answered')
    assert.equal(typeof page.data[2].data.deleted_at, 'string')
    assert.deepEqual([page.has_more, page.next_since], [false, since + 4])

    const walked: Wire[] = []
    let at = since
    for (let more = true; more; ) {
      const part = await owner.expect(200, owner.get(`/changes?since=${at}&limit=1`))
      walked.push(...part.data)
      at = part.next_since
      more = part.has_more
    }
    assert.deepEqual(walked, page.data)
  })

  test('holds amounts, related names and rates as they are shown elsewhere', async () => {
    const since = await last()
    const lunch = { category: 'Lunch', spent_at: '2026-05-20', amount: { amount: '34.50' }, tags: ['a'] }
    const expense = await owner.expect(201, owner.post('/expenses', lunch))
    const budget = { name: 'x', budget: { amount: '100.00' } }
    const project = await owner.expect(201, owner.post('/projects', budget))
    const { data } = await owner.expect(200, owner.get(`/changes?since=${since}`))
    const of = (noun: string) => data.find((event: Wire) => event.noun === noun).data
    assert.deepEqual(of('expense'), expense)
    assert.deepEqual(of('project'), project)
  })

  test('is for those who may read the log', async () => {
    for (const role of ['manager', 'member', 'guest'] as const) {
      assert.equal((await callNative(book, role).get('/changes')).status, 403, role)
      const stream = await ask('/changes', { accept: 'text/event-stream' }, role)
      assert.equal(stream.statusCode, 403)
    }
  })

  test('keeps from readers what they may not see', async () => {
    const since = await last()
    await owner.expect(201, owner.post('/tokens', { name: 'secret plan', scopes: ['*'] }))
    await owner.expect(201, owner.post('/tags', { name: 'after' }))
    const accountant = callNative(book, 'accountant')
    const page = await accountant.expect(200, accountant.get(`/changes?since=${since}`))
    assert.deepEqual(
      page.data.map(({ type }: Wire) => type),
      ['tag.created'],
    )
    const token = await owner.expect(201, owner.post('/tokens', { name: 'feed', scopes: ['events:read'] }))
    const nobody = callNative(book, undefined)
    const bare = await nobody.expect(
      200,
      nobody.get(`/changes?since=${since}`, { authorization: `Bearer ${token.secret}` }),
    )
    const tag = bare.data.find((event: Wire) => event.noun === 'tag')
    assert.deepEqual([tag.type, tag.data], ['tag.created', null], 'that something happened, not what')
    assert.equal(JSON.stringify(page).includes('owner@b.example'), false)
    const other = callNative(book, 'owner', 'b')
    const foreign = await other.expect(200, other.get('/changes?since=0&limit=500'))
    assert.equal(JSON.stringify(foreign).includes('after'), false)
  })

  test('does not know numbers that are still to come', async () => {
    const ahead = (await last()) + 1
    const reply = await owner.get(`/changes?since=${ahead}`)
    assert.deepEqual([reply.status, reply.json<Wire>().code], [409, 'sequence_unknown'])
  })

  describe('for those who wait', () => {
    test('answers at once when there is something, and with nothing when the time is up', async () => {
      const since = await last()
      const empty = JSON.parse(await textOf(await ask(`/changes?since=${since}&wait=1`)))
      assert.deepEqual([empty.data, empty.next_since], [[], since])
      const known = JSON.parse(await textOf(await ask(`/changes?since=${since - 1}&wait=60`)))
      assert.equal(known.data.length, 1)
    })

    test('answers when something happens', async () => {
      const since = await last()
      const waiting = ask(`/changes?since=${since}&wait=60`)
      await owner.expect(201, owner.post('/tags', { name: 'at last' }))
      const { data } = JSON.parse(await textOf(await waiting))
      assert.deepEqual(
        data.map(({ type }: Wire) => type),
        ['tag.created'],
      )
    })

    test('sees what another process has done', async () => {
      const since = await last()
      const waiting = ask(`/changes?since=${since}&wait=60`)
      const store = engine.closing(await openStore(book.address))
      const other = createCore({ ...book, store, printer, clock: () => book.clock.now })
      await other.tags.add(book.actorOf('owner'), { name: 'from afar' })
      const { data } = JSON.parse(await textOf(await waiting))
      assert.equal(data[0].data.name, 'from afar')
    })
  })

  describe('as a stream', () => {
    test('tells what was and what comes, with numbers to resume from', async () => {
      const since = await last()
      await owner.expect(201, owner.post('/tags', { name: 'before' }))
      const stream = await ask(`/changes?since=${since}`, { accept: 'text/event-stream' })
      assert.equal(stream.headers['content-type'], 'text/event-stream; charset=utf-8')
      assert.equal((await eventsOf(stream, 1))[0].data.name, 'before')
      const coming = eventsOf(stream, 1)
      await owner.expect(201, owner.post('/tags', { name: 'behind' }))
      assert.equal((await coming)[0].data.name, 'behind')
      const resumed = await ask('/changes', {
        accept: 'text/event-stream',
        'last-event-id': String(since + 1),
      })
      const [first] = await eventsOf(resumed, 1)
      assert.deepEqual([first.sequence, first.data.name], [since + 2, 'behind'])
    })

    test('ends for those who lose the right to read', async () => {
      const stream = await ask('/changes', { accept: 'text/event-stream' }, 'accountant')
      await eventsOf(stream, 1)
      const { data } = await owner.expect(200, owner.get('/people?limit=200'))
      const accountant = data.find(({ role }: Wire) => role === 'accountant')
      const rest = textOf(stream)
      await owner.expect(200, owner.patch(`/people/${accountant.id}`, { role: 'guest' }))
      await owner.expect(201, owner.post('/tags', { name: 'too late' }))
      assert.equal((await rest).includes('too late'), false)
    })

    test('does not keep a server from stopping', async () => {
      const own = appOver({ core: book.core, clock: () => book.clock.now })
      const kept = port
      port = await listen(own)
      const stream = await ask('/changes', { accept: 'text/event-stream' })
      port = kept
      const ended = textOf(stream)
      await own.close()
      assert.match(await ended, /^retry: /)
    })
  })
})
