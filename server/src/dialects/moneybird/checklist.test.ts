// What running the real clients has taught: each of these breaks one of them when it is not so.

import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, beforeEach, describe, test } from 'node:test'
import { appOver, type Caller, listen } from '../../../test/door-client.ts'
import { createTestBook, createTestEngine, noon, type TestBook } from '../../../test/harness.ts'
import { callMoneybird, enter, type Moneybird, tokenOf } from '../../../test/moneybird-client.ts'
import { createApp } from '../../app.ts'
import { DomainError } from '../../core/errors.ts'
import type { Server } from '../../http/door.ts'
import { presentError } from './errors.ts'

describe('The checklist of real clients', () => {
  const engine = createTestEngine('sqlite')
  let book: TestBook
  let door: Caller
  let owner: Moneybird
  let token: string
  let server: Server
  let port: number
  let ids: { user: string; contact: string; entry: string; invoice: string }

  before(async () => {
    book = await createTestBook(engine)
    door = callMoneybird(book)
    owner = await enter(book, door, book.actorOf('owner'))
    token = await tokenOf(book, book.actorOf('owner'))
    server = appOver({ core: book.core, clock: () => book.clock.now })
    port = await listen(server)
    const contact = (await owner.post('/contacts', { contact: { company_name: 'Acme' } })).json<{
      id: string
    }>()
    const user = String(book.actorOf('owner').personId)
    const entry = (
      await owner.post('/time_entries', {
        time_entry: {
          user_id: user,
          description: 'Work',
          started_at: '2026-05-20T09:00:00Z',
          ended_at: '2026-05-20T10:00:00Z',
        },
      })
    ).json<{ id: string }>()
    const invoice = (
      await owner.post('/sales_invoices', { sales_invoice: { contact_id: contact.id } })
    ).json<{ id: string }>()
    ids = { user, contact: contact.id, entry: entry.id, invoice: invoice.id }
  })
  after(() => server.close())
  beforeEach(() => {
    book.clock.now = noon
  })

  /** A request over the wire, with exactly these headers. */
  function wire(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
    return new Promise((resolve, reject) => {
      const sent = request(
        { port, host: '127.0.0.1', method, path: `/moneybird/api/v2${path}`, headers },
        (response) => {
          let text = ''
          response.on('data', (chunk) => {
            text += chunk
          })
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
          )
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })
  }

  test('1. the type of answers is application/json and nothing else', async () => {
    const authorization = { authorization: `Bearer ${token}` }
    for (const [path, status] of [
      [`/${owner.administration}/time_entries.json`, 200],
      [`/${owner.administration}/time_entries/9999999.json`, 404],
      ['/administrations.json', 200],
    ] as const) {
      const reply = await wire('GET', path, authorization)
      assert.equal(reply.status, status)
      assert.equal(reply.headers['content-type'], 'application/json')
    }
    assert.equal((await wire('GET', '/administrations', {})).headers['content-type'], 'application/json')
  })

  test('2. empty JSON bodies are accepted on PATCH, DELETE and GET', async () => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const at = `/${owner.administration}/time_entries`
    assert.equal((await wire('PATCH', `${at}/${ids.entry}/stop.json`, headers)).status, 200)
    assert.equal(
      (await wire('PATCH', `${at}/${ids.entry}/stop.json`, { ...headers, 'content-length': '0' })).status,
      200,
    )
    assert.equal((await wire('GET', `${at}.json`, headers)).status, 200)
    const note = (await owner.post(`/time_entries/${ids.entry}/notes`, { note: { note: 'x' } })).json<{
      id: string
    }>()
    assert.equal((await wire('DELETE', `${at}/${ids.entry}/notes/${note.id}.json`, headers)).status, 204)
  })

  test('3. the format is optional, double slashes and ?& are accepted, and so is bearer', async () => {
    const a = owner.administration
    for (const path of [
      `/${a}/time_entries`,
      `/${a}/time_entries.json`,
      `/${a}/time_entries/`,
      `//${a}/time_entries.json?&page=1&per_page=50&filter=filter=state:open,period:this_year`,
      `/${a}//time_entries/${ids.entry}.json`,
      `/${a}/time_entries/${ids.entry}`,
    ]) {
      for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
        const reply = await wire('GET', path, { authorization: `${scheme} ${token}` })
        assert.equal(reply.status, 200, path)
        assert.ok(reply.text.includes(`"id":"${ids.entry}"`), path)
      }
    }
  })

  test('4. ids are texts, below 2^53, and numbers are accepted', async () => {
    const walk = (value: unknown, key: string): void => {
      if (Array.isArray(value)) for (const item of value) walk(item, key)
      else if (typeof value === 'object' && value !== null) {
        for (const [name, field] of Object.entries(value)) walk(field, name)
      } else if (/(?:^|_)id$/.test(key) && key !== 'draft_id' && value !== null) {
        assert.equal(typeof value, 'string', key)
        if (/^\d+$/.test(String(value))) assert.ok(Number.isSafeInteger(Number(value)), key)
      }
    }
    for (const path of [
      '/time_entries',
      '/contacts',
      '/sales_invoices',
      '/projects',
      '/users',
      '/workflows',
      '/document_styles',
      '/identities',
      '/products',
      '/ledger_accounts',
      '/tax_rates',
      '/webhooks',
      '/custom_fields',
    ]) {
      walk((await owner.get(path)).json(), '')
    }
    walk((await owner.send('GET', '/administrations')).json(), '')
    const time_entry = {
      user_id: Number(ids.user),
      contact_id: Number(ids.contact),
      description: 'x',
      started_at: '2026-05-20T09:00:00Z',
      ended_at: '2026-05-20T10:00:00Z',
    }
    assert.equal((await owner.post('/time_entries', { time_entry })).status, 201)
  })

  test('5. unknown and read-only attributes are ignored, lists may be objects, forms are read', async () => {
    const whole = (await owner.get(`/contacts/${ids.contact}`)).json<object>()
    await book.unchanged(async () => {
      assert.equal((await owner.patch(`/contacts/${ids.contact}`, { contact: whole })).status, 200)
    })
    const form = [
      `sales_invoice[contact_id]=${ids.contact}`,
      'sales_invoice[details_attributes][1][description]=Two',
      'sales_invoice[details_attributes][1][price]=10,95',
      'sales_invoice[details_attributes][0][description]=One',
      'sales_invoice[details_attributes][0][price]=5',
      `sales_invoice[time_entry_ids][]=${ids.entry}`,
    ].join('&')
    const type = 'application/x-www-form-urlencoded'
    const reply = await owner.send('POST', `/${owner.administration}/sales_invoices`, {
      bytes: form.replaceAll('[', '%5B').replaceAll(']', '%5D'),
      type,
    })
    assert.equal(reply.status, 201, reply.text)
    const invoice = reply.json<{
      details: { description: string; price: string }[]
      time_entries: object[]
    }>()
    assert.deepEqual(
      invoice.details.map(({ description, price }) => [description, price]),
      [
        ['One', '5.0'],
        ['Two', '10.95'],
      ],
    )
    assert.equal(invoice.time_entries.length, 1)
    for (const ids of [{ 0: '1', 1: 'x' }, ['1']]) {
      assert.equal((await owner.post('/contacts/synchronization', { ids })).status, 200)
    }
  })

  test('6. running entries are never listed unless they are asked for', async () => {
    const time_entry = { user_id: ids.user, description: 'runs', started_at: '2026-05-20T11:00:00Z' }
    await owner.post('/time_entries', { time_entry })
    for (const query of ['', '?filter=state:all', '?filter=day:2026-05-20', '?query=runs']) {
      const entries = (await owner.get(`/time_entries${query}`)).json<{ ended_at: string | null }[]>()
      assert.ok(
        entries.every(({ ended_at }) => ended_at !== null),
        query,
      )
    }
    const shown = (await owner.get('/time_entries?filter=include_active:true')).json<
      { ended_at: string | null }[]
    >()
    assert.equal(shown.filter(({ ended_at }) => ended_at === null).length, 1)
  })

  test('7. any filter takes the default period away', async () => {
    const time_entry = {
      user_id: ids.user,
      description: 'old',
      started_at: '2024-05-20T11:00:00Z',
      ended_at: '2024-05-20T12:00:00Z',
    }
    await owner.post('/time_entries', { time_entry })
    const names = async (query: string) =>
      (await owner.get(`/time_entries${query}`))
        .json<{ description: string }[]>()
        .map((one) => one.description)
    assert.ok(!(await names('')).includes('old'))
    assert.ok((await names('?filter=state:open')).includes('old'))
  })

  test('8. times end in .000Z, whatever form they came in', async () => {
    for (const started_at of [
      '2026-05-20T09:00:00.123Z',
      '2026-05-20 09:00:00 UTC',
      '2026-05-20 11:00:00 +02:00',
    ]) {
      const time_entry = { user_id: ids.user, description: 'x', started_at, ended_at: '2026-05-20T10:00:00Z' }
      const entry = (await owner.post('/time_entries', { time_entry })).json<{ started_at: string }>()
      assert.equal(entry.started_at, '2026-05-20T09:00:00.000Z')
    }
  })

  test('9. links are absolute, next before prev, with all parameters, beside the total', async () => {
    const total = (await owner.get('/time_entries?filter=state:all')).headers['x-total-count']
    const path = `/${owner.administration}/time_entries.json`
    const first = `${path}?&filter=state:all&per_page=2&whatever=%C3%A9`
    const at = async (address: string) => {
      const reply = await wire('GET', address, { authorization: `Bearer ${token}`, host: 'books.example:81' })
      assert.equal(reply.headers['x-total-count'], total)
      return String(reply.headers.link)
    }
    const page = (number: number, rel: string) =>
      `<http://books.example:81/moneybird/api/v2${path}?filter=state:all&per_page=2&whatever=%C3%A9&page=${number}>; rel="${rel}"`
    assert.equal(await at(first), page(2, 'next'))
    assert.equal(await at(`${first}&page=2`), `${page(3, 'next')}, ${page(1, 'prev')}`)
    const last = Math.ceil(Number(total) / 2)
    assert.equal(await at(`${first}&page=${last}`), page(last - 1, 'prev'))
    const beyond = await wire('GET', `${first}&page=${last + 5}`, { authorization: `Bearer ${token}` })
    assert.equal(beyond.text, '[]')
    const single = await wire('GET', `${path}?filter=state:all&per_page=100`, {
      authorization: `Bearer ${token}`,
    })
    assert.equal(single.headers.link, undefined)
  })

  test('9. links keep to the address that was used: a host of its own, a proxy, the public one', async () => {
    const options = { hosts: new Map([['bird.example', 'moneybird']]), trustedProxies: ['loopback'] }
    const app = createApp(
      { core: book.core, clock: () => book.clock.now },
      { ...options, publicUrl: 'https://books.example/daybook' },
    )
    const path = `/api/v2/${owner.administration}/time_entries?per_page=1&filter=state:all`
    const link = async (url: string, headers: Record<string, string>) => {
      const reply = await app.inject({ url, headers: { authorization: `Bearer ${token}`, ...headers } })
      return /^<([^?]*)\?/.exec(String(reply.headers.link))?.[1]
    }
    const at = path.replace(/\?.*/, '')
    assert.equal(await link(path, { host: 'bird.example' }), `http://bird.example${at}`)
    const forwarded = { host: 'x', 'x-forwarded-host': 'out.example', 'x-forwarded-proto': 'https' }
    assert.equal(await link(`/moneybird${path}`, forwarded), `https://out.example/moneybird${at}`)
    assert.equal(
      await link(`/moneybird${path}`, { host: 'books.example' }),
      `https://books.example/daybook/moneybird${at}`,
    )
    await app.close()
  })

  test('9. a page can be followed to the end, each entry once', async () => {
    let next: string | undefined = `/${owner.administration}/time_entries?filter=state:all&per_page=2`
    const seen: string[] = []
    while (next !== undefined) {
      const reply = await wire('GET', next, { authorization: `Bearer ${token}` })
      seen.push(...(JSON.parse(reply.text) as { id: string }[]).map(({ id }) => id))
      next = /api\/v2([^>]*)>; rel="next"/.exec(String(reply.headers.link ?? ''))?.[1]
    }
    assert.equal(new Set(seen).size, seen.length)
    const total = (await owner.get('/time_entries?filter=state:all')).headers['x-total-count']
    assert.equal(String(seen.length), total)
  })

  test('10. lists are always there', async () => {
    const [contact] = (await owner.get('/contacts')).json<Record<string, unknown>[]>()
    for (const name of ['notes', 'custom_fields', 'contact_people', 'events']) {
      assert.ok(Array.isArray(contact?.[name]), name)
    }
    const invoice = (await owner.get(`/sales_invoices/${ids.invoice}`)).json<Record<string, unknown>>()
    for (const name of [
      'details',
      'payments',
      'custom_fields',
      'notes',
      'attachments',
      'events',
      'tax_totals',
      'time_entries',
    ]) {
      assert.ok(Array.isArray(invoice[name]), name)
    }
    const nested = invoice.contact as Record<string, unknown>
    assert.deepEqual(
      [nested.notes, nested.custom_fields, nested.contact_people, 'events' in nested],
      [[], [], [], false],
    )
  })

  test('11. a missing permission is 401 with the documented text', async () => {
    const only = await enter(book, door, book.actorOf('owner'), 'time:read', 'time:write')
    const none = await enter(book, door, book.actorOf('owner'), 'events:read')
    const says = async (who: Moneybird, path: string, error: string) => {
      const reply = await who.get(path)
      assert.equal(reply.status, 401)
      assert.deepEqual(reply.json(), { error })
    }
    assert.equal((await only.get('/time_entries')).status, 200)
    assert.equal((await only.send('GET', '/administrations')).status, 200)
    await says(only, '/sales_invoices', 'No access to sales_invoices')
    await says(only, '/users', 'No access to settings')
    await says(only, '/contacts', 'No access to estimates, sales_invoices, documents, bank or settings')
    await says(only, '/ledger_accounts', 'No access to settings, sales_invoices, documents or estimates')
    await says(none, '/time_entries', 'No access to time_entries')
    const unknown = await door.get(`/${owner.administration}/time_entries`, {
      authorization: `Bearer ${'0'.repeat(32)}`,
    })
    assert.equal(unknown.status, 401)
    assert.deepEqual(unknown.json(), { error: 'token is invalid', symbolic: { request: 'invalid_grant' } })
    assert.equal((await door.get(`/${owner.administration}/time_entries`)).status, 401)
    assert.equal((await door.as('owner@a.example', 'x').get('/administrations')).status, 401)
  })

  test('12. Retry-After and RateLimit-Reset are instants', () => {
    const error = new DomainError('limit', 'too_many_attempts', 'x', { retryAfterSeconds: 30 })
    const place = { lacking: undefined, missing: { status: 404, body: '' }, now: noon }
    const { status, headers, body } = presentError(error, place)
    assert.deepEqual([status, body], [429, '"Retry later"'])
    assert.equal(headers?.['retry-after'], String(noon / 1000 + 30))
    assert.equal(headers?.['ratelimit-reset'], headers?.['retry-after'])
  })
})
