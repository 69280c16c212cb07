// Input that nobody means well with: refused in the door's own words or kept as the text it is. Nothing else changes.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { exchange, listen } from '../../../test/door-client.ts'
import { type Client, refused, signedIn, testKeys, type WirePage } from '../../../test/expensicat-door.ts'
import { createTestBook, createTestEngine, forEachEngine, type TestBook } from '../../../test/harness.ts'
import { createApp } from '../../app.ts'

const path = '/api/v1/time-entries'
const whole = { start_time: '2026-03-02T09:00:00Z', end_time: '2026-03-02T10:00:00Z', description: 'Work' }

forEachEngine('Hostile input at the Expensicat door', (engine) => {
  let book: TestBook
  let owner: Client
  let id: string
  before(async () => {
    book = await createTestBook(engine)
    owner = await signedIn(book, 'owner')
    id = (await owner.post(path, whole)).json<{ data: { id: string } }>().data.id
  })

  const deep = 100_000
  const unreadable: readonly [what: string, body: string][] = [
    ['half an object', '{"start_time"'],
    ['an array', '[]'],
    ['an array of objects', '[{"description": "x"}]'],
    ['a text', '"{}"'],
    ['a number', '5'],
    ['null', 'null'],
    ['a form', 'description=x&start_time=2026-03-02'],
    ['XML', '<entry/>'],
    ['NaN', '{"description": NaN}'],
    ['comments', '{/* */}'],
    ['something behind it', '{} x'],
    ['arrays without end', '['.repeat(deep)],
    ['a hundred thousand levels', `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`],
  ]
  for (const [what, body] of unreadable) {
    test(`A body that is ${what} is refused`, () =>
      book.unchanged(async () => {
        for (const [method, address] of [
          ['POST', path],
          ['PATCH', `${path}/${id}`],
          ['POST', '/api/v1/customers'],
          ['POST', '/api/v1/recurring-invoices'],
          ['PATCH', '/api/v1/organizations/current'],
        ] as const) {
          const reply = await owner.send(method, address, body)
          assert.equal(refused(reply), '400 VALIDATION_ERROR body', `${method} ${address}`)
        }
      }))
  }

  test('A body beyond the limit is refused', () =>
    book.unchanged(async () => {
      const reply = await owner.send('POST', path, 'x'.repeat(3 * 1024 * 1024))
      assert.equal(refused(reply), '413 PAYLOAD_TOO_LARGE')
    }))

  const texts: readonly [what: string, text: string][] = [
    ['markup', '<script>alert(1)</script><img src=x onerror=y>'],
    ['templates', '{{7*7}} $\u007b7*7} <%= 7*7 %> #{7*7} {% include "x" %}'],
    ['a formula', '=HYPERLINK("http://x.example")'],
    ['SQL', "'; drop table time_entries; --"],
    ['bidirectional overrides', 'a\u202eb\u2066c'],
    ['emoji and zero widths', '👨‍👩‍👧‍👦 a\u200bb'],
    ['composed and decomposed letters', 'é e\u0301'],
    ['controls', 'a\u0001\t\r\nb\u007f'],
    ['line separators', 'a\u2028b\u2029c'],
    ['what looks like the end of the answer', '"}],"meta":{"count":0,"next_cursor":null}}'],
    ['blanks', '   '],
  ]
  for (const [what, text] of texts) {
    test(`A description with ${what} stays as it is`, async () => {
      const made = (await owner.post(path, { ...whole, description: text })).json<{ data: { id: string } }>()
      const read = await owner.get(`${path}/${made.data.id}`)
      assert.equal(read.json<{ data: { description: string } }>().data.description, text)
      const listed = (await owner.get(`${path}?limit=100`)).json<
        WirePage<{ id: string; description: string }>
      >()
      assert.equal(listed.data.find((entry) => entry.id === made.data.id)?.description, text)
      assert.equal((await owner.delete(`${path}/${made.data.id}`)).status, 204)
    })
  }

  for (const [what, json] of [
    ['NUL', '"a\\u0000b"'],
    ['a lone high surrogate', '"\\ud800"'],
    ['a lone low surrogate', '"\\udfff x"'],
  ] as const) {
    test(`A text with ${what} cannot be kept and is refused where it stands`, () =>
      book.unchanged(async () => {
        const start = `"start_time": "2026-03-02T09:00:00Z"`
        assert.equal(
          refused(await owner.send('POST', path, `{${start}, "description": ${json}}`)),
          '400 VALIDATION_ERROR description',
        )
        for (const [address, field] of [
          ['/api/v1/customers', 'name'],
          ['/api/v1/projects', 'name'],
          ['/api/v1/categories', 'name'],
        ] as const) {
          const reply = await owner.send('POST', address, `{"${field}": ${json}}`)
          assert.equal(refused(reply), `400 VALIDATION_ERROR ${field}`)
        }
        const customer = `{"name": "X", "country": ${json}}`
        assert.equal((await owner.send('POST', '/api/v1/customers', customer)).status, 400)
        const category = `{"name": "X", "slug": ${json}}`
        assert.equal((await owner.send('POST', '/api/v1/categories', category)).status, 400)
      }))
  }

  const numbers = [
    '1e400',
    '-1e400',
    '1e-400',
    '9'.repeat(40),
    `1${'0'.repeat(1_000_000)}`,
    '"1_000"',
    '"0x10"',
    '"NaN"',
  ]
  for (const number of numbers) {
    test(`A rate of ${number.slice(0, 30)} is refused`, () =>
      book.unchanged(async () => {
        const reply = await owner.send('POST', '/api/v1/projects', `{"name": "X", "hourly_rate": ${number}}`)
        assert.equal(refused(reply), '400 VALIDATION_ERROR hourly_rate')
      }))
  }

  test('Numbers keep their digits, however many a floating point number would lose', async () => {
    for (const [sent, kept] of [
      ['0.1', '0.1'],
      ['1.005', '1.005'],
      ['92.50', '92.50'],
      ['123456789.123456789', '123456789.123456789'],
      ['-0', '0'],
      ['1e2', '100'],
    ]) {
      const reply = await owner.send('POST', '/api/v1/projects', `{"name": "Exact", "hourly_rate": ${sent}}`)
      assert.equal(reply.json<{ data: { hourly_rate: string } }>().data.hourly_rate, kept)
    }
  })

  test('The last of a repeated key counts, and keys of every object’s family mean nothing', async () => {
    const body = `{"start_time": "2020-01-01T00:00:00Z", "start_time": "2026-03-02T09:00:00Z", "description": "",
      "__proto__": {"billable": false}, "constructor": {"prototype": {"billable": false}}, "toString": 1}`
    const { data } = (await owner.send('POST', path, body)).json<{ data: Record<string, unknown> }>()
    assert.deepEqual([data.start_time, data.billable], ['2026-03-02T09:00:00.000Z', true])
    assert.equal(({} as { billable?: boolean }).billable, undefined)
    const inherited = await owner.send(
      'POST',
      path,
      '{"__proto__": {"start_time": "2026-03-02T09:00:00Z", "description": ""}}',
    )
    assert.equal(refused(inherited), '400 VALIDATION_ERROR start_time')
  })

  test('A list of ten thousand broken lines is refused without an answer of a megabyte', () =>
    book.unchanged(async () => {
      const reply = await owner.post('/api/v1/recurring-invoices', { items: Array(10_000).fill({}) })
      assert.equal(reply.status, 400)
      assert.ok(reply.text.length < 20_000)
      const more = await owner.post('/api/v1/recurring-invoices', { items: Array(10_001).fill({}) })
      assert.match(more.text, /at most 10000 items/)
    }))

  const queries = [
    ['%', 200],
    ['q=%', 200],
    ['q=%ff', 400],
    ['q=%00', 200],
    ['q=%ed%a0%80', 400],
    [`q=${'%25'.repeat(900)}`, 200],
    [`${'a=1&'.repeat(1001)}`, 400],
    ['start_date[]=2026-01-01', 200],
    ['limit[gte]=1', 200],
    ['order_by=id;drop%20table', 200],
  ] as const
  for (const [query, status] of queries) {
    test(`A query of ${query.slice(0, 30)} is answered with ${status}`, () =>
      book.unchanged(async () => assert.equal((await owner.get(`${path}?${query}`)).status, status)))
  }

  test('Stopping from two devices at once stops once, and both are told the same', async () => {
    const running = (await owner.post(path, { ...whole, end_time: null })).json<{ data: { id: string } }>()
      .data
    const stop = () => owner.patch(`${path}/${running.id}`, { end_time: '2026-03-02T12:00:00Z' })
    const replies = await Promise.all([stop(), stop(), stop()])
    for (const reply of replies) assert.equal(reply.status, 200, reply.text)
    assert.equal(new Set(replies.map(({ text }) => text)).size, 1)
    const events = (await book.log()).filter(({ action }) => action === 'stopped')
    assert.equal(events.length, 1)
  })

  test('Deleting at once with a change leaves a tombstone, and never half of either', async () => {
    const entry = (await owner.post(path, whole)).json<{ data: { id: string } }>().data
    const [gone, changed] = await Promise.all([
      owner.delete(`${path}/${entry.id}`),
      owner.patch(`${path}/${entry.id}`, { description: 'Changed' }),
    ])
    assert.equal(gone.status, 204)
    assert.ok([200, 404].includes(changed.status))
    assert.equal((await owner.get(`${path}/${entry.id}`)).status, 404)
  })
})

describe('Bytes on the wire of the Expensicat door', () => {
  const engine = createTestEngine('sqlite')
  let book: TestBook
  let app: ReturnType<typeof createApp>
  let port: number
  let token: string
  before(async () => {
    book = await createTestBook(engine)
    const { core } = book
    token = (await core.signIn.issueToken(book.actorOf('owner'), { name: 't', scopes: ['*'] })).secret
    const options = { publicUrl: 'http://127.0.0.1', hosts: new Map<string, string>() }
    app = createApp({ core, clock: () => book.clock.now, keys: testKeys }, options)
    port = await listen(app)
  })
  after(() => app.close())

  const head = (line: string, more = '') =>
    `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n${more}\r\n`

  test('that are no UTF-8 in a body are refused', () =>
    book.unchanged(async () => {
      const body = Buffer.from('{"start_time":"2026-03-02T09:00:00Z","description":"caf\xe9"}', 'latin1')
      const request = Buffer.concat([
        Buffer.from(
          head(
            `POST /expensicat${path}`,
            `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`,
          ),
        ),
        body,
      ])
      const answer = await exchange(port, request)
      assert.match(answer, /^HTTP\/1\.1 400 /)
      assert.match(answer, /"VALIDATION_ERROR"/)
    }))

  test('of a curl line are answered as in the sample', async () => {
    assert.match(await exchange(port, head(`GET /expensicat${path}`)), /^HTTP\/1\.1 200 OK[\s\S]*"data":\[\]/)
    assert.match(await exchange(port, head(`HEAD /expensicat${path}`)), /^HTTP\/1\.1 200 OK/)
  })

  test('with two Authorization headers mean the first', async () => {
    const answer = await exchange(port, head(`GET /expensicat${path}`, 'Authorization: Bearer x\r\n'))
    assert.match(answer, /^HTTP\/1\.1 200 OK/)
  })

  test('of a header that injects lines go nowhere', async () => {
    const answer = await exchange(port, head(`GET /expensicat/v1/time-entries?q=a%0d%0aSet-Cookie:%20x=1`))
    assert.doesNotMatch(answer, /Set-Cookie/i)
  })
})
