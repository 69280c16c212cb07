// Idempotency: one effect and one answer per key, also when a thousand requests come at once or the work fails.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { createTestBook, forEachEngine, refusal, type TestBook } from '../../test/harness.ts'
import { printer } from '../outside/documents/index.ts'
import type { Actor } from './actor.ts'
import type { Answer } from './once.ts'

forEachEngine('A request with a key', (engine) => {
  let book: TestBook
  before(async () => {
    book = await createTestBook(engine)
  })
  const owner = () => book.actorOf('owner')
  const request = (key: string, fingerprint = 'POST /tags {}') => ({ key, fingerprint })

  /** The work of a door: a verb, and its answer. */
  const adding =
    (name: string, status = 201) =>
    async (actor: Actor): Promise<Answer> => {
      const tag = await book.core.tags.add(actor, { name })
      return {
        status,
        headers: { location: `/tags/${tag.id}`, 'x-odd': 'é "\' \\ 😀' },
        body: JSON.stringify(tag),
      }
    }
  const answerOf = ({ status, headers, body }: Answer) => ({ status, headers, body })
  const named = async (name: string) => (await book.core.tags.list(owner(), { names: [name] })).length

  test('takes effect once, and the same request gets the first answer again', async () => {
    const first = await book.core.once(owner(), request('one'), adding('once'))
    let ran = false
    await book.unchanged(async () => {
      const again = await book.core.once(owner(), request('one'), async () => {
        ran = true
        return { status: 500, headers: {}, body: '' }
      })
      assert.deepEqual(answerOf(again), answerOf(first))
    })
    assert.deepEqual([ran, await named('once')], [false, 1])
  })

  test('is refused when the key was used with another request', async () => {
    await book.core.once(owner(), request('two'), adding('two'))
    await book.unchanged(() =>
      assert.rejects(
        book.core.once(owner(), request('two', 'POST /tags {"other":1}'), adding('three')),
        refusal('invalid', { reason: 'idempotency_key_reused' }),
      ),
    )
  })

  test('is another one for another person and in another organization', async () => {
    await book.core.once(owner(), request('shared'), adding('shared by owner'))
    await book.core.once(book.actorOf('manager'), request('shared'), adding('shared by manager'))
    await book.core.once(book.actorOf('owner', 'b'), request('shared'), adding('shared by owner'))
    assert.deepEqual([await named('shared by owner'), await named('shared by manager')], [1, 1])
  })

  test('is a conflict while the first is running', async () => {
    const inside = Promise.withResolvers<void>()
    const held = Promise.withResolvers<void>()
    const first = book.core.once(owner(), request('slow'), async (actor) => {
      inside.resolve()
      await held.promise
      return adding('slow')(actor)
    })
    await inside.promise
    await assert.rejects(
      book.core.once(owner(), request('slow'), adding('slow')),
      refusal('conflict', { reason: 'idempotency_in_flight' }),
    )
    held.resolve()
    const answer = await first
    assert.deepEqual(
      answerOf(await book.core.once(owner(), request('slow'), adding('slow'))),
      answerOf(answer),
    )
  })

  test('has one effect when a thousand come at once', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 1000 }, () => book.core.once(owner(), request('crowd'), adding('crowd'))),
    )
    for (const result of results) {
      if (result.status === 'rejected')
        refusal('conflict', { reason: 'idempotency_in_flight' })(result.reason)
    }
    assert.ok(results.some((result) => result.status === 'fulfilled'))
    assert.equal(await named('crowd'), 1)
  })

  test('has one effect when several servers get it at once', async () => {
    const { createCore } = await import('./index.ts')
    const { openStore } = await import('../store/index.ts')
    const servers = await Promise.all(
      Array.from({ length: engine.kind === 'postgres' ? 4 : 1 }, async () => {
        const store = engine.closing(await openStore(book.address))
        return createCore({
          store,
          clock: () => book.clock.now,
          secrets: book.secrets,
          files: book.files,
          printer,
        })
      }),
    )
    const answers = await Promise.all(
      servers.map((core) =>
        core.once(owner(), request('servers'), async (actor) => {
          const tag = await core.tags.add(actor, { name: 'servers' })
          return { status: 201, headers: {}, body: `${tag.id}` }
        }),
      ),
    )
    assert.equal(new Set(answers.map((answer) => answer.body)).size, 1)
    assert.equal(await named('servers'), 1)
  })

  test('that fails keeps neither effect nor key: it may be tried again', async () => {
    await book.unchanged(() =>
      assert.rejects(
        book.core.once(owner(), request('failing'), async (actor) => {
          await adding('half done')(actor)
          throw new Error('The door has a bug.')
        }),
        /has a bug/,
      ),
    )
    assert.equal(await named('half done'), 0)
    await book.core.once(owner(), request('failing', 'another request'), adding('done'))
    assert.equal(await named('done'), 1)
  })

  test('joins all verbs of its work into one change, in one order', async () => {
    const length = (await book.log()).length
    await book.core.once(owner(), request('several'), async (actor) => {
      const client = await book.core.clients.add(actor, { name: 'Client' })
      const project = await book.core.projects.add(actor, { name: 'Project', clientId: client.id })
      const entry = await book.core.time.start(actor, { projectId: project.id })
      // A verb sees what the ones before it wrote.
      assert.deepEqual(await book.core.time.read(actor, entry.id), entry)
      return { status: 201, headers: {}, body: `${entry.id}` }
    })
    const events = (await book.log()).slice(length)
    assert.deepEqual(
      events.map((event) => [event.noun, event.action]),
      [
        ['client', 'created'],
        ['project', 'created'],
        ['time_entry', 'started'],
      ],
    )
  })

  for (const key of ['', ' ', 'a b', 'é', 'a\u0000', 'line\n', 'x'.repeat(201)]) {
    test(`is refused with the key ${JSON.stringify(key.slice(0, 10))} of ${key.length} characters`, async () => {
      await book.unchanged(() =>
        assert.rejects(
          book.core.once(owner(), request(key), adding('odd')),
          refusal('invalid', { path: 'Idempotency-Key', code: 'format' }),
        ),
      )
    })
  }

  test('accepts keys of up to 200 visible characters', async () => {
    for (const key of ['x'.repeat(200), `!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~`, '__proto__']) {
      assert.equal((await book.core.once(owner(), request(key), adding(`key ${key.length}`))).status, 201)
    }
  })
})
