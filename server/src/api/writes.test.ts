// Writes: once under a key, refused when somebody was faster, in bulk all or none; timers.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, password, type TestBook } from '../../test/harness.ts'
import { callNative, type Native, type Wire } from '../../test/native-door.ts'

forEachEngine('Writes of the native API', (engine) => {
  let book: TestBook
  let owner: Native

  before(async () => {
    book = await createTestBook(engine)
    owner = callNative(book, 'owner')
    await owner.expect(201, owner.post('/clients', { name: 'Ada', currency: 'USD' }))
    await owner.expect(201, owner.post('/projects', { name: 'Engine', client_id: 1 }))
  })

  const lunch = { category: 'Lunch', spent_at: '2026-05-20', amount: { amount: '34.50' } }

  describe('Under an idempotency key', () => {
    test('a request takes effect once, and its answer comes again', async () => {
      const key = { 'idempotency-key': 'lunch-1' }
      const first = await owner.post('/expenses', lunch, key)
      assert.equal(first.status, 201)
      assert.equal(first.headers['idempotency-replayed'], undefined)
      await book.unchanged(async () => {
        const again = await owner.post('/expenses', lunch, key)
        assert.equal(again.headers['idempotency-replayed'], 'true')
        assert.deepEqual(
          [again.status, again.text, again.headers.location, again.headers.etag],
          [201, first.text, first.headers.location, first.headers.etag],
        )
      })
    })

    test('another request is refused', () =>
      book.unchanged(async () => {
        const reply = await owner.post(
          '/expenses',
          { ...lunch, description: 'x' },
          { 'idempotency-key': 'lunch-1' },
        )
        assert.deepEqual([reply.status, reply.json<Wire>().code], [422, 'idempotency_key_reused'])
        const elsewhere = await owner.post('/tags', { name: 'x' }, { 'idempotency-key': 'lunch-1' })
        assert.equal(elsewhere.status, 422)
      }))

    test('a failure is not kept, so that it may be mended', async () => {
      const key = { 'idempotency-key': 'mended' }
      assert.equal((await owner.post('/projects', { name: 'x', client_id: 999999 }, key)).status, 422)
      assert.equal((await owner.post('/projects', { name: 'x', client_id: 1 }, key)).status, 201)
    })

    test('many at the same time take effect once', async () => {
      const before = (await book.log()).length
      const key = { 'idempotency-key': 'at once'.replace(' ', '-') }
      const replies = await Promise.all(
        Array.from({ length: 20 }, () => owner.post('/tags', { name: 'once' }, key)),
      )
      assert.deepEqual([...new Set(replies.map(({ status }) => status))].sort(), [201, 409])
      assert.equal((await book.log()).length, before + 1)
    })

    test('a deletion and a bulk write come again too', async () => {
      const { id } = await owner.expect(201, owner.post('/tags', { name: 'to go' }))
      const key = { 'idempotency-key': 'gone' }
      for (const replayed of [undefined, 'true']) {
        const reply = await owner.delete(`/tags/${id}`, key)
        assert.deepEqual(
          [reply.status, reply.text, reply.headers['idempotency-replayed']],
          [204, '', replayed],
        )
      }
    })

    test('the secret of a token is shown once, and kept nowhere', async () => {
      const key = { 'idempotency-key': 'token' }
      const body = { name: 'x', scopes: ['*'] }
      const first = await owner.expect(201, owner.post('/tokens', body, key))
      assert.match(first.secret, /^[0-9a-f]{32}$/)
      const again = await owner.expect(201, owner.post('/tokens', body, key))
      assert.deepEqual(again, { ...first, secret: null })
    })

    test('a password that was changed is changed once', async () => {
      const admin = callNative(book, 'admin')
      const body = { current_password: password, new_password: 'another password' }
      const key = { 'idempotency-key': 'password' }
      assert.equal((await admin.post('/me/password', body, key)).status, 204)
      const later = { caller: admin.caller.as('admin@a.example', 'another password') }
      const again = await later.caller.send(
        'POST',
        '/me/password',
        { bytes: JSON.stringify(body), type: 'application/json' },
        key,
      )
      assert.deepEqual([again.status, again.headers['idempotency-replayed']], [204, 'true'])
    })

    for (const key of ['', 'with blank', 'ä', 'x'.repeat(201)]) {
      test(`the key ${JSON.stringify(key.slice(0, 10))} is refused`, async () => {
        const reply = await owner.post('/tags', { name: 'keyed' }, { 'idempotency-key': key })
        assert.equal(reply.status, 422)
        assert.equal(reply.json<Wire>().errors[0].in, 'header')
      })
    }
  })

  describe('With a condition', () => {
    test('a change that somebody else was faster with is refused', async () => {
      const made = await owner.post('/projects', { name: 'Race' })
      const path = `/projects/${made.json<Wire>().id}`
      const { etag = '' } = made.headers
      const mine = await owner.patch(path, { name: 'Mine' }, { 'if-match': etag })
      assert.equal(mine.status, 200)
      await book.unchanged(async () => {
        for (const stale of [etag, `W/${etag}`, '"0"', '"x"', 'x', '']) {
          const reply = await owner.patch(path, { name: 'Theirs' }, { 'if-match': stale })
          assert.deepEqual([reply.status, reply.json<Wire>().code], [412, 'revision_changed'], stale)
          assert.equal((await owner.delete(path, { 'if-match': stale })).status, 412)
        }
      })
      const { etag: fresh = '' } = (await owner.get(path)).headers
      assert.equal((await owner.patch(path, { name: 'a' }, { 'if-match': `"9", ${fresh}` })).status, 200)
      assert.equal((await owner.delete(path, { 'if-match': '*' })).status, 204)
      assert.equal((await owner.patch(path, { name: 'b' }, { 'if-match': '*' })).status, 404)
    })

    test('people and the organization are kept from lost updates too', async () => {
      const { etag = '' } = (await owner.get('/people/1')).headers
      assert.equal((await owner.patch('/people/1', { name: 'One' }, { 'if-match': etag })).status, 200)
      assert.equal((await owner.patch('/people/1', { name: 'Two' }, { 'if-match': etag })).status, 412)
      const organization = (await owner.get('/organization')).headers.etag ?? ''
      assert.equal(
        (await owner.patch('/organization', { city: 'X' }, { 'if-match': organization })).status,
        200,
      )
      assert.equal(
        (await owner.patch('/organization', { city: 'Y' }, { 'if-match': organization })).status,
        412,
      )
    })
  })

  describe('In bulk', () => {
    test('all of it takes effect, and is answered row by row', async () => {
      const { id } = await owner.expect(201, owner.post('/tags', { name: 'bulk 0' }))
      const reply = await owner.expect(
        200,
        owner.post('/tags/bulk', {
          operations: [
            { action: 'create', data: { name: 'bulk 1' } },
            { action: 'update', id, data: { color: '#fff' }, revision: 1 },
            { action: 'delete', id },
          ],
        }),
      )
      assert.deepEqual(
        reply.data.map(({ action, id: each, data }: Wire) => [action, each === id, data?.name ?? null]),
        [
          ['create', false, 'bulk 1'],
          ['update', true, 'bulk 0'],
          ['delete', true, null],
        ],
      )
      assert.equal((await owner.get(`/tags/${id}`)).status, 404)
    })

    const fails: [what: string, row: object, status: number, path: string][] = [
      ['a wrong field', { action: 'create', data: { name: 'x', id: 1 } }, 422, '/operations/2/data/id'],
      [
        'a name that is taken',
        { action: 'create', data: { name: 'Fine 1' } },
        422,
        '/operations/2/data/name',
      ],
      ['an unknown action', { action: 'upsert', data: { name: 'x' } }, 422, '/operations/2/action'],
      ['an unknown id', { action: 'update', id: 999999, data: {} }, 404, '/operations/2'],
      ['a stale revision', { action: 'update', id: 1, data: {}, revision: 9 }, 412, '/operations/2'],
      ['nothing', {}, 422, '/operations/2/action'],
    ]
    for (const [what, row, status, path] of fails) {
      test(`${what} in one row undoes all of them, and is told by its index`, () =>
        book.unchanged(async () => {
          const fine = [1, 2].map((i) => ({ action: 'create', data: { name: `Fine ${i}` } }))
          const reply = await owner.post('/tags/bulk', { operations: [...fine, row] })
          assert.equal(reply.status, status, reply.text)
          assert.equal(reply.json<Wire>().errors[0].path, path)
        }))
    }

    test('money in a wrong currency is told by its index as well', () =>
      book.unchanged(async () => {
        const data = { name: 'x', client_id: 1, hourly_rate: { amount: '1', currency: 'EUR' } }
        const reply = await owner.post('/projects/bulk', { operations: [{ action: 'create', data }] })
        assert.equal(reply.status, 422, reply.text)
        assert.equal(reply.json<Wire>().errors[0].path, '/operations/0/data/hourly_rate/currency')
      }))

    test('a thousand rows are taken, one more is not', async () => {
      const rows = Array.from({ length: 1001 }, (_, i) => ({
        action: 'create',
        data: { ...lunch, description: `${i}` },
      }))
      const reply = await owner.expect(200, owner.post('/expenses/bulk', { operations: rows.slice(1) }))
      assert.equal(reply.data.length, 1000)
      assert.equal(new Set(reply.data.map(({ id }: Wire) => id)).size, 1000)
      await book.unchanged(async () => {
        for (const operations of [rows, []]) {
          assert.equal((await owner.post('/expenses/bulk', { operations })).status, 422)
        }
      })
    })
  })

  describe('Timers', () => {
    test('start, run alone, stop and go on', async () => {
      const first = await owner.expect(
        201,
        owner.post('/time-entries/start', { project_id: 1, tags: ['a'], description: 'Gears' }),
      )
      assert.deepEqual([first.ended_at, first.duration_seconds], [null, null])
      book.clock.advance(90_500)
      const second = await owner.expect(201, owner.post('/time-entries/start', { alone: true }))
      const { data } = await owner.expect(200, owner.get('/time-entries/running'))
      assert.deepEqual(
        data.map(({ id }: Wire) => id),
        [second.id],
      )
      const stopped = await owner.expect(200, owner.get(`/time-entries/${first.id}`))
      assert.equal(stopped.duration_seconds, 90)
      await owner.expect(200, owner.post(`/time-entries/${second.id}/stop`))
      await book.unchanged(() => owner.expect(200, owner.post(`/time-entries/${second.id}/stop`)))
      const third = await owner.expect(201, owner.post(`/time-entries/${first.id}/continue`))
      assert.deepEqual([third.description, third.project_id, third.tags], ['Gears', 1, ['a']])
      await owner.expect(200, owner.post(`/time-entries/${third.id}/stop`))
    })

    test('end after they start', async () => {
      const reply = await owner.post('/time-entries', {
        started_at: '2026-05-20T12:00:00+02:00',
        ended_at: '2026-05-20T09:59:59Z',
      })
      assert.equal(reply.status, 422)
      assert.equal(reply.json<Wire>().errors[0].path, '/ended_at')
    })
  })

  test('What is closed is locked', async () => {
    const report = await owner.expect(201, owner.post('/expense-reports', { name: 'Trip' }))
    const expense = await owner.expect(201, owner.post('/expenses', { ...lunch, report_id: report.id }))
    await owner.expect(200, owner.patch(`/expense-reports/${report.id}`, { state: 'submitted' }))
    await book.unchanged(async () => {
      assert.equal((await owner.patch(`/expenses/${expense.id}`, { description: 'x' })).status, 423)
      assert.equal((await owner.delete(`/expenses/${expense.id}`)).status, 423)
    })
  })

  test('An invoice is drafted, sent, paid, and stays as it is', async () => {
    const draft = await owner.expect(
      201,
      owner.post('/invoices', {
        client_id: 1,
        taxes: [{ name: 'VAT', percent: '21' }],
        lines: [
          { title: 'Design', quantity: '1.5', unit_price: { amount: '99.99' } },
          { title: 'Print', unit_price: { amount: '10.00', currency: 'USD' }, taxes: [] },
        ],
      }),
    )
    assert.deepEqual([draft.total, draft.currency], [{ amount: '191.49', currency: 'USD' }, 'USD'])
    const edited = { lines: [{ ...idOf(draft.lines[0]), description: 'More words' }, idOf(draft.lines[1])] }
    const changed = await owner.expect(200, owner.patch(`/invoices/${draft.id}`, edited))
    assert.equal(changed.lines[0].description, 'More words')
    assert.ok(changed.revision > draft.revision, 'a changed line is a changed invoice')
    const sent = await owner.expect(200, owner.post(`/invoices/${draft.id}/send`))
    assert.deepEqual([sent.state, typeof sent.number], ['sent', 'string'])
    assert.equal((await owner.patch(`/invoices/${draft.id}`, { title: 'x' })).status, 423)
    const half = { invoice_id: draft.id, amount: { amount: '100.00' } }
    await owner.expect(201, owner.post('/payments', half))
    assert.equal((await owner.post('/payments', half)).status, 422, 'more than what is unpaid')
    assert.equal(
      (await owner.post('/payments', { ...half, amount: { amount: '1', currency: 'EUR' } })).status,
      422,
    )
    await owner.expect(201, owner.post('/payments', { ...half, amount: { amount: '91.49' } }))
    assert.equal((await owner.expect(200, owner.get(`/invoices/${draft.id}`))).state, 'paid')
    const wrong = { client_id: 1, lines: [{ title: 'x', unit_price: { amount: '1', currency: 'EUR' } }] }
    const reply = await owner.post('/invoices', wrong)
    assert.equal(reply.json<Wire>().errors[0].path, '/lines/0/unit_price/currency')
  })

  test('A quick line is shown as it is understood, and recorded as shown', async () => {
    await book.unchanged(async () => {
      const preview = await owner.expect(
        200,
        owner.post('/quick-entry/preview', { text: 'lunch 34.50 with jack #cash' }),
      )
      assert.deepEqual(preview.expense.amount, { amount: '34.50', currency: 'EUR' })
      assert.deepEqual(
        preview.spans.map(({ means, text }: Wire) => `${means}: ${text}`),
        ['type: lunch', 'quantity: 34.50', 'note: with jack', 'tag: #cash'],
      )
      const none = await owner.expect(200, owner.post('/quick-entry/preview', { text: 'nothing at all' }))
      assert.deepEqual([none.error, none.expense], ['no amount', null])
    })
    const expense = await owner.expect(
      201,
      owner.post('/quick-entry', { text: 'lunch 34.50 with jack #cash' }),
    )
    assert.deepEqual([expense.amount.amount, expense.tags], ['34.50', ['cash']])
    assert.equal((await owner.post('/quick-entry', { text: 'nothing at all' })).status, 422)
  })

  test('Notes, to-dos and properties hang on what one may change', async () => {
    const subject = { subject_type: 'project', subject_id: 1 }
    const todo = await owner.expect(201, owner.post('/notes', { ...subject, body: 'Call', todo: true }))
    const done = await owner.expect(200, owner.post(`/notes/${todo.id}/complete`))
    assert.equal(typeof done.completed_at, 'string')
    assert.equal((await owner.expect(200, owner.post(`/notes/${todo.id}/reopen`))).completed_at, null)
    await owner.expect(200, owner.put('/properties', { ...subject, name: 'centre', value: 'K' }))
    const { data } = await owner.expect(200, owner.get('/properties?subject_type=project&subject_id=1'))
    assert.deepEqual(data, [
      { object: 'property', ...subject, space: 'organization', name: 'centre', value: 'K' },
    ])
    const member = callNative(book, 'member')
    await book.unchanged(async () => {
      assert.equal((await member.post('/notes', { ...subject, body: 'x' })).status, 403)
      assert.equal((await member.put('/properties', { ...subject, name: 'centre', value: null })).status, 403)
    })
    await owner.expect(200, owner.put('/properties', { ...subject, name: 'centre', value: null }))
    assert.equal(
      (await owner.expect(200, owner.get('/properties?subject_type=project&subject_id=1'))).data.length,
      0,
    )
  })
})

function idOf({ id }: { readonly id: number }): { readonly id: number } {
  return { id }
}
