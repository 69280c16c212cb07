// What attackers and broken clients send: a clear refusal, or the text kept as text; nothing else changes.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, createTestEngine, type TestBook } from '../../../test/harness.ts'
import { callMoneybird, enter, type Moneybird } from '../../../test/moneybird-client.ts'

describe('Hostile input at the Moneybird door', () => {
  const engine = createTestEngine('sqlite')
  let book: TestBook
  let owner: Moneybird
  let userId: string

  before(async () => {
    book = await createTestBook(engine)
    owner = await enter(book, callMoneybird(book), book.actorOf('owner'))
    userId = String(book.actorOf('owner').personId)
  })

  const times = { started_at: '2026-05-20T09:00:00Z', ended_at: '2026-05-20T10:00:00Z' }
  const entry = (more: object) => ({ time_entry: { user_id: userId, description: 'x', ...times, ...more } })
  const raw = (
    bytes: string | Uint8Array,
    type: string | undefined = 'application/json',
    path = '/time_entries',
  ) => owner.send('POST', `/${owner.administration}${path}`, { bytes, type })

  const texts = [
    `{{7*7}} ${'$'}{7*7} <%= 7*7 %> #{7*7}`,
    '<script>alert(1)</script><img src=x onerror=alert(1)>',
    "'; drop table time_entries; --",
    '=cmd|/c calc!A1',
    '\u202egnp.exe',
    'e\u0301 \u00e9 👩‍👩‍👧 \u200b',
    '\\u0000invoice 1',
    '"\\u0000invoice 1"',
    '../../etc/passwd',
    '%s%n%x',
    'a\r\nSet-Cookie: x=1',
    ' '.repeat(10) + 'x',
  ]
  for (const text of texts) {
    test(`keeps ${JSON.stringify(text).slice(0, 40)} as it is`, async () => {
      const made = await owner.post('/time_entries', entry({ description: text }))
      assert.equal(made.status, 201, made.text)
      const { id, description } = made.json<{ id: string; description: string }>()
      assert.equal(description, text)
      const list = (await owner.get('/time_entries?per_page=100')).json<
        { id: string; description: string }[]
      >()
      assert.equal(list.find((one) => one.id === id)?.description, text)
      const found = (await owner.get(`/time_entries?query=${encodeURIComponent(text)}`)).json<
        { id: string }[]
      >()
      assert.ok(found.some((one) => one.id === id))
      const contact = await owner.post('/contacts', { contact: { company_name: `N ${text}` } })
      assert.equal(contact.json<{ company_name: string }>().company_name, `N ${text}`.trim())
    })
  }

  test('refuses texts that cannot be kept', () =>
    book.unchanged(async () => {
      for (const text of ['a\u0000b', '\ud800', 'x'.repeat(20_001)]) {
        const reply = await raw(JSON.stringify(entry({ description: text })))
        assert.equal(reply.status, 422)
        assert.deepEqual(Object.keys(reply.json<{ error: object }>().error), ['description'])
      }
    }))

  test('privileged and inherited names have no effect', async () => {
    const spelled = `{"time_entry":{"user_id":"${userId}","description":"x","started_at":"${times.started_at}",
      "ended_at":"${times.ended_at}","__proto__":{"billable":false},"constructor":{"x":1},"id":"1","billed":true,
      "administration_id":"2","organizationId":2,"created_at":"1999-01-01T00:00:00Z","hourlyRate":"1","version":9}}`
    const made = (await raw(spelled)).json<Record<string, unknown>>()
    assert.deepEqual(
      [made.billable, made.administration_id, made.sales_invoice_id],
      [true, owner.administration, null],
    )
    const stored = await book.core.time.read(book.actorOf('owner'), Number(made.id))
    assert.deepEqual([stored.billed, stored.hourlyRate], [false, null])
    assert.equal(({} as Record<string, unknown>).billable, undefined)
  })

  const deep = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth)
  const bodies: [what: string, bytes: string | Uint8Array, type?: string][] = [
    ['broken JSON', '{"time_entry":'],
    ['no object', '[]'],
    ['a number', '1'],
    ['null', 'null'],
    ['a text', '"x"'],
    ['deep lists', `{"time_entry":${deep('[', ']', 100_000)}}`],
    ['deep objects', '{"a":'.repeat(1000) + '1' + '}'.repeat(1000)],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['trailing garbage', '{} {}'],
    ['NaN', '{"time_entry":{"user_id":NaN}}'],
    ['an octal number', '{"time_entry":{"user_id":01}}'],
    ['a name that is both', 'a=1&a[b]=2', 'application/x-www-form-urlencoded'],
    ['deep brackets', `a${'[b]'.repeat(50)}=1`, 'application/x-www-form-urlencoded'],
    ['too many fields', Array(1002).fill('a[]=1').join('&'), 'application/x-www-form-urlencoded'],
    ['a form that is no UTF-8', 'a=%FF', 'application/x-www-form-urlencoded'],
    ['broken parts', 'nonsense', 'multipart/form-data; boundary=x'],
    ['parts without a boundary', 'nonsense', 'multipart/form-data'],
  ]
  for (const [what, bytes, type] of bodies) {
    test(`${what} cannot be read`, () =>
      book.unchanged(async () => {
        const reply = await raw(bytes, type)
        assert.equal(reply.status, 400, reply.text)
        assert.equal(typeof reply.json<{ error: string }>().error, 'string')
      }))
  }

  test('a body that is too large is refused', () =>
    book.unchanged(async () => {
      assert.equal((await raw(`{"a":"${'x'.repeat(3_000_000)}"}`)).status, 413)
    }))

  const wrongs: [attributes: object, status: number][] = [
    [{ user_id: { id: 1 } }, 404],
    [{ user_id: true }, 404],
    [{ user_id: '1 or 1=1' }, 404],
    [{ user_id: 1e21 }, 404],
    [{ contact_id: [1] }, 404],
    [{ contact_id: -1 }, 404],
    [{ contact_id: 1.5 }, 404],
    [{ contact_id: 2 ** 53 }, 404],
    [{ started_at: 5 }, 422],
    [{ started_at: [] }, 422],
    [{ started_at: { $gt: '' } }, 422],
    [{ started_at: '9999-12-31T23:59:59Z', ended_at: '9999-12-31T23:59:59Z' }, 422],
    [{ started_at: '2024-01-01', ended_at: '2026-01-01' }, 422],
    [{ description: ['x'] }, 422],
    [{ description: { a: 1 } }, 422],
    [{ billable: 'maybe' }, 422],
    [{ billable: [] }, 422],
    [{ paused_duration: -60 }, 422],
    [{ paused_duration: '1e2' }, 422],
    [{ paused_duration: 1e21 }, 422],
    [{ paused_duration: [] }, 422],
  ]
  for (const [attributes, status] of wrongs) {
    test(`${JSON.stringify(attributes)} is refused`, () =>
      book.unchanged(async () => {
        const reply = await owner.post('/time_entries', entry(attributes))
        assert.equal(reply.status, status, reply.text)
      }))
  }

  test('the last of two keys of one name counts', async () => {
    const text = JSON.stringify(entry({})).replace('"description":"x"', '"description":"a","description":"b"')
    assert.equal((await raw(text)).json<{ description: string }>().description, 'b')
  })

  const addresses: [path: string, statuses: readonly number[]][] = [
    ['/time_entries?query=%FF', [400]],
    ['/time_entries?query=%00', [200]],
    [`/time_entries?query=${'x'.repeat(1001)}`, [400]],
    [`/time_entries?${'a=1&'.repeat(1100)}`, [400]],
    ['/time_entries?page=1e3', [400]],
    ['/time_entries?page=-1', [400]],
    ['/time_entries?page=999999999999999', [200]],
    ['/time_entries?page=9999999999999999999', [400]],
    ['/time_entries?page=1&page=2', [200]],
    ['/time_entries?filter[state]=open', [200]],
    ['/time_entries?filter=state:open%00', [400]],
    ['/time_entries.json.json', [404]],
    ['/time_entries.JSON', [404]],
    ['/TIME_ENTRIES', [404]],
    ['/time_entries;x=1', [404]],
    ['/sales_invoices/find_by_reference/%00', [404]],
    [`/sales_invoices/find_by_reference/${'x'.repeat(90)}`, [404]],
    ['/contacts/customer_id/%25', [404]],
    ['/products/identifier/__proto__', [404]],
    [`/contacts?query=${'x'.repeat(1001)}`, [400]],
  ]
  for (const [path, statuses] of addresses) {
    test(`GET ${path.slice(0, 60)} is ${statuses.join(' or ')}`, async () => {
      const reply = await owner.get(path)
      assert.ok(statuses.includes(reply.status), `${reply.status} ${reply.text.slice(0, 200)}`)
    })
  }

  test('HEAD tells what GET tells, and no GET writes', () =>
    book.unchanged(async () => {
      const head = await owner.send('HEAD', `/${owner.administration}/time_entries`)
      const whole = await owner.get('/time_entries')
      assert.equal(head.status, 200)
      assert.equal(head.headers['content-length'], whole.headers['content-length'])
    }))

  test('a host that is none does not get into links', async () => {
    await owner.post('/time_entries', entry({}))
    await owner.post('/time_entries', entry({}))
    const door = callMoneybird(book)
    const { secret } = await book.core.signIn.issueToken(book.actorOf('owner'), { name: 'x', scopes: ['*'] })
    const reply = await door.get(`/${owner.administration}/time_entries?per_page=1&x=%3E%22<b>`, {
      authorization: `Bearer ${secret}`,
      host: 'evil.example/">;x',
    })
    assert.match(String(reply.headers.link), /^<http:\/\/127\.0\.0\.1\/moneybird/)
    assert.ok(!/[<>"]/.test(/^<([^>]*)>/.exec(String(reply.headers.link))?.[1] ?? '<'))
  })
})
