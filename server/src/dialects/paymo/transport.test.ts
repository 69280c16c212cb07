// Bodies, formats, headers, credentials and refusals of the Paymo door.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import {
  appOver,
  basic,
  type Caller,
  callBook,
  exchange,
  listen,
  readable,
  upload,
} from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import { readXml } from '../../../test/xml.ts'
import { fromPairs } from './body.ts'
import { parseNumber } from './input.ts'
import { readXmlInput } from './xml-input.ts'

type Thing = Readonly<Record<string, unknown>> & { readonly id: number }

const json = (value: unknown) => ({ bytes: JSON.stringify(value), type: 'application/json' })

forEachEngine('The Paymo door', (engine) => {
  let book: TestBook
  let nobody: Caller
  let owner: Caller
  let clientId: number
  let key: string
  before(async () => {
    book = await createTestBook(engine)
    nobody = callBook(book, '/paymo/api', [readable])
    owner = nobody.as('owner@a.example', password)
    clientId = (await book.core.clients.add(book.actorOf('owner'), { name: 'Acme & <Sons>' })).id
    key = (await book.core.signIn.issueToken(book.actorOf('owner'), { name: 'key', scopes: ['*'] })).secret
  })

  describe('takes a body', () => {
    const expected = {
      amount: 29.95,
      currency: 'USD',
      notes: 'Hosting & more',
      tags: ['a', 'b'],
      invoiced: true,
    }
    const fields = () => ({
      client_id: String(clientId),
      amount: '29.95',
      currency: 'USD',
      notes: 'Hosting & more',
    })
    const text = () => JSON.stringify({ ...fields(), tags: ['a', 'b'], invoiced: 1 })
    const form = (tags: string) => `${new URLSearchParams({ ...fields(), invoiced: 'true' })}&${tags}`
    const xml = () =>
      `<?xml version="1.0"?><request><client_id>${clientId}</client_id><amount>29.95</amount><currency>USD</currency>` +
      '<notes>Hosting &amp; <![CDATA[more]]></notes><tags><tag>a</tag><tag>b</tag></tags><invoiced>true</invoiced></request>'
    const parts = () => [
      ...Object.entries(fields()).map(([name, value]) => ({ name, value })),
      { name: 'tags[]', value: 'a' },
      { name: 'tags[]', value: 'b' },
      { name: 'invoiced', value: '1' },
    ]
    const bodies: readonly [string, () => Parameters<Caller['post']>[1]][] = [
      ['in JSON', () => ({ bytes: text(), type: 'application/json' })],
      ['in JSON with a charset', () => ({ bytes: text(), type: 'application/json;charset=utf-8' })],
      ['in JSON that does not say so', () => ({ bytes: text(), type: undefined })],
      ['in JSON said to be something else', () => ({ bytes: text(), type: 'text/plain' })],
      ['as a form', () => ({ bytes: form('tags[]=a&tags[]=b'), type: 'application/x-www-form-urlencoded' })],
      [
        'as a form with numbered lists',
        () => ({ bytes: form('tags[0]=a&tags[1]=b'), type: 'application/x-www-form-urlencoded' }),
      ],
      [
        'as a form with repeated names',
        () => ({ bytes: form('tags=a&tags=b'), type: 'application/x-www-form-urlencoded' }),
      ],
      [
        'as a form with one list',
        () => ({ bytes: form('tags=a,b'), type: 'application/x-www-form-urlencoded' }),
      ],
      ['in parts without a file', () => upload(...parts())],
      ['in XML', () => ({ bytes: xml(), type: 'text/xml' })],
      ['in XML by its other name', () => ({ bytes: xml(), type: 'application/xml; charset=utf-8' })],
    ]
    for (const [how, body] of bodies) {
      test(how, async () => {
        const reply = await owner.post('/expenses', body())
        assert.equal(reply.status, 201, reply.text)
        const [made] = reply.json<{ expenses: Thing[] }>().expenses
        assert.deepEqual({ ...made, ...expected }, made)
      })
    }

    test('in the parameters of the address, as a client of old does', async () => {
      const reply = await owner.send('POST', `/expenses?${form('tags=a,b')}&include=amount`)
      assert.deepEqual([reply.status, reply.json()], [201, { expenses: [{ amount: 29.95 }] }])
    })

    test('with lines of an invoice in a form', async () => {
      const body = `client_id=${clientId}&currency=EUR&items[0][item]=a&items[0][price_unit]=2.5&items[1][item]=b&items[1][price_unit]=1`
      const reply = await owner.post('/invoices', body)
      assert.equal(reply.json<{ invoices: Thing[] }>().invoices[0]?.total, 3.5)
    })

    for (const [what, body] of Object.entries({
      'cut JSON': { bytes: '{"a":', type: 'application/json' },
      'JSON that is no object': { bytes: '5', type: 'application/json' },
      'JSON of lists in lists': { bytes: '[[1]]', type: 'application/json' },
      'JSON a hundred thousand deep': { bytes: '{"a":'.repeat(100_000), type: 'application/json' },
      'bytes that are no text': { bytes: Buffer.from([0x7b, 0xff, 0x7d]), type: 'application/json' },
      'a form that is no text': {
        bytes: Buffer.from([0x61, 0x3d, 0xff]),
        type: 'application/x-www-form-urlencoded',
      },
      'XML that does not end': { bytes: '<request><a>', type: 'text/xml' },
      'XML with a type of document': {
        bytes: '<!DOCTYPE r [<!ENTITY x "y">]><r><a>&x;</a></r>',
        type: 'text/xml',
      },
      'XML with an unknown entity': { bytes: '<r><notes>&x;</notes></r>', type: 'text/xml' },
      'broken parts': { bytes: '--x\r\nno', type: 'multipart/form-data; boundary=x' },
      'parts without a boundary': { bytes: 'x', type: 'multipart/form-data' },
    })) {
      test(`but no ${what}`, () =>
        book.unchanged(async () => {
          const reply = await owner.post('/expenses', body)
          assert.equal(reply.status, 400)
          assert.equal(reply.headers['content-type'], 'application/json')
          assert.equal(typeof reply.json<{ message: string }>().message, 'string')
        }))
    }

    test('but none that is too large', async () => {
      const bytes = `{"notes":"${'x'.repeat(3_000_000)}"}`
      const reply = await owner.post('/expenses', { bytes, type: 'application/json' })
      assert.equal(reply.status, 413)
      assert.deepEqual(Object.keys(reply.json<object>()), ['message'])
    })
  })

  describe('answers', () => {
    test('in JSON whatever is not asked for, in XML when it is', async () => {
      const path = `/clients/${clientId}`
      for (const accept of [undefined, '*/*', 'application/json', 'text/html', '']) {
        const reply = await owner.get(path, accept === undefined ? {} : { accept })
        assert.equal(reply.headers['content-type'], 'application/json')
      }
      for (const accept of ['text/xml', 'application/xml', 'text/xml, */*;q=0.1']) {
        const reply = await owner.get(path, { accept })
        assert.match(String(reply.headers['content-type']), /^text\/xml/)
      }
      assert.match(String((await owner.get(`${path}?format=xml`)).headers['content-type']), /^text\/xml/)
      const json = await owner.get(`${path}?format=json`, { accept: 'text/xml' })
      assert.equal(json.headers['content-type'], 'application/json')
    })

    test('in XML what it answers in JSON: a list of elements named after one of them', async () => {
      await owner.post(
        '/expenses',
        json({ client_id: clientId, amount: 5, currency: 'USD', tags: ['x', 'y'] }),
      )
      const root = readXml(
        (
          await owner.get('/expenses?include=id,project_id,tags,client.name&order=id desc', {
            accept: 'text/xml',
          })
        ).text,
      )
      assert.equal(root.name, 'response')
      const [list] = root.children
      assert.equal(list?.name, 'expenses')
      const [first] = list?.children ?? []
      assert.equal(first?.name, 'expense')
      const field = (name: string) => first?.children.find((child) => child.name === name)
      assert.deepEqual([field('project_id')?.text, field('project_id')?.children], ['', []])
      assert.deepEqual(
        field('tags')?.children.map(({ name, text }) => `${name} ${text}`),
        ['tag x', 'tag y'],
      )
      assert.equal(field('client')?.children[0]?.text, 'Acme & <Sons>')
      const empty = readXml((await owner.get('/entries?format=xml')).text)
      assert.equal(empty.children[0]?.name, 'entries')
    })

    test('with the pace and for pages of others, on refusals too', async () => {
      for (const reply of [
        await owner.get('/expenses'),
        await nobody.get('/expenses'),
        await owner.get('/nothing'),
      ]) {
        for (const header of ['x-ratelimit-decay-period', 'x-ratelimit-limit', 'x-ratelimit-remaining']) {
          assert.match(String(reply.headers[header]), /^\d+$/)
        }
        assert.equal(reply.headers['access-control-allow-origin'], '*')
      }
      for (const path of ['/expenses', '/nothing']) {
        const reply = await nobody.send('OPTIONS', path, undefined, { origin: 'https://x.example' })
        assert.equal(reply.status, 204)
        assert.match(String(reply.headers['access-control-allow-headers']), /X-Session/)
      }
    })

    test('with small letters in the names of these headers, as one client needs them', async () => {
      const app = appOver({ core: book.core, clock: () => book.clock.now })
      const port = await listen(app)
      try {
        const answer = await exchange(
          port,
          `GET /paymo/api/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: ${basic('owner@a.example', password)}\r\n\r\n`,
        )
        assert.match(answer, /^HTTP\/1\.1 200/)
        for (const header of ['decay-period', 'limit', 'remaining']) {
          assert.ok(answer.includes(`\r\nx-ratelimit-${header}: `), answer)
        }
      } finally {
        await app.close()
      }
    })

    test('nothing on paths and methods it does not know, in its own form', async () => {
      for (const path of ['/nothing', '/expenses/1/2', '/', '/../xpenser', '/expenses;x']) {
        const reply = await owner.get(path)
        assert.equal(reply.status, 404, path)
        assert.deepEqual(Object.keys(reply.json<object>()), ['message'], path)
      }
      for (const [method, path] of [
        ['PATCH', '/expenses'],
        ['DELETE', '/expenses'],
        ['PUT', '/expenses'],
        ['POST', '/invoiceitems'],
        ['DELETE', '/company'],
      ] as const) {
        const reply = await owner.send(method, path)
        assert.equal(reply.status, 405, `${method} ${path}`)
        assert.deepEqual(Object.keys(reply.json<object>()), ['message'])
      }
    })
  })

  describe('knows its callers', () => {
    test('by password, by API key with any password, and by key as password', async () => {
      for (const [user, secret] of [
        ['owner@a.example', password],
        [key, 'X'],
        [key, ''],
        [key, 'random'],
        ['owner@a.example', key],
      ] as const) {
        const reply = await nobody.as(user, secret).get('/me?include=email')
        assert.deepEqual([reply.status, reply.text], [200, '{"users":[{"email":"owner@a.example"}]}'])
      }
    })

    test('and nobody else', async () => {
      for (const caller of [
        nobody,
        nobody.as('owner@a.example', 'wrong'),
        nobody.as('0'.repeat(32), 'X'),
        nobody.as(key.slice(1), 'X'),
      ]) {
        const reply = await caller.get('/expenses')
        assert.equal(reply.status, 401)
        assert.deepEqual(Object.keys(reply.json<object>()), ['message'])
        assert.match(String(reply.headers['www-authenticate']), /^Basic /)
      }
      assert.equal((await nobody.get('/me', { authorization: `Bearer ${key}` })).status, 401)
      assert.equal((await nobody.get('/me', { 'x-session': key })).status, 401)
      const file = { name: 'file', value: Buffer.alloc(100_000), fileName: 'a.png' }
      assert.equal((await nobody.post('/expenses', upload(file))).status, 401)
    })

    test('and lets nobody guess for long', async () => {
      const guess = (i: number) => nobody.as('guest@a.example', `wrong ${i}`).get('/me')
      let reply = await guess(0)
      for (let i = 1; i < 30 && reply.status === 401; i += 1) reply = await guess(i)
      assert.deepEqual([reply.status, reply.json()], [429, { message: 'Too Many Requests' }])
      assert.match(String(reply.headers['retry-after']), /^\d+$/)
    })

    test('by a session, which shows itself and ends', async () => {
      assert.equal((await owner.get('/sessions')).text, '{"sessions":[]}')
      const made = await owner.post('/sessions', json({}))
      assert.equal(made.status, 201)
      const [session] = made.json<{
        sessions: { id: string; expires_on: string; ip: string; user_id: number }[]
      }>().sessions
      assert.match(session?.id ?? '', /^[0-9a-f]{32}$/)
      assert.deepEqual(
        [session?.expires_on, session?.user_id],
        ['2026-06-19T12:00:00Z', book.actorOf('owner').personId],
      )
      assert.equal(made.headers.location, `http://127.0.0.1/paymo/api/sessions/${session?.id}`)
      const own = { 'x-session': session?.id ?? '' }
      assert.equal((await nobody.get('/me?include=email', own)).status, 200)
      assert.deepEqual((await nobody.get('/sessions', own)).json(), made.json())
      assert.deepEqual((await owner.get(`/sessions/${session?.id}`)).json(), made.json())
      const other = nobody.as('member@a.example', password)
      assert.equal((await other.get(`/sessions/${session?.id}`)).status, 404)
      assert.equal((await other.send('DELETE', `/sessions/${session?.id}`)).status, 404)
      assert.equal((await owner.get(`/sessions/${'0'.repeat(32)}`)).status, 404)
      assert.equal((await nobody.send('DELETE', `/sessions/${session?.id}`, undefined, own)).text, '{}')
      assert.equal((await nobody.get('/me', own)).status, 401)
    })
  })

  describe('prints', () => {
    test('expenses and invoices, and opens an invoice to whoever has its link', async () => {
      const door = callBook(book, '')
      const expense = (
        await owner.post('/expenses', json({ client_id: clientId, amount: 5, currency: 'EUR' }))
      ).json<{ expenses: Thing[] }>().expenses[0]
      for (const path of [`/expenses/${expense?.id}?format=pdf`, '/expenses?format=pdf&where=currency=EUR']) {
        const reply = await owner.get(path)
        assert.deepEqual([reply.status, reply.headers['content-type']], [200, 'application/pdf'], path)
        assert.equal(reply.text.slice(0, 5), '%PDF-')
      }
      const items = [{ item: '<b>Work</b>', price_unit: 10 }]
      const made = await owner.post('/invoices', json({ client_id: clientId, currency: 'EUR', items }))
      const invoice = made.json<{ invoices: Thing[] }>().invoices[0]
      const local = (link: unknown) => String(link).replace('http://127.0.0.1', '')
      assert.equal(
        (await owner.get(`/invoices/${invoice?.id}?format=pdf`)).headers['content-type'],
        'application/pdf',
      )
      // A draft is nobody's business.
      assert.equal((await door.get(local(invoice?.permalink))).status, 404)
      await owner.send('PUT', `/invoices/${invoice?.id}`, json({ status: 'sent' }))
      const page = await door.get(local(invoice?.permalink))
      assert.deepEqual([page.status, page.headers['content-type']], [200, 'text/html; charset=utf-8'])
      assert.ok(page.text.includes('&lt;b&gt;Work') && page.text.includes('10.00 EUR'))
      assert.equal(
        (await owner.get(`/invoices/${invoice?.id}?include=status`)).text,
        '{"invoices":[{"status":"viewed"}]}',
      )
      assert.equal((await door.get(local(invoice?.pdf_link))).headers['content-type'], 'application/pdf')
      for (const wrong of ['f'.repeat(32), 'x', '']) {
        const reply = await door.get(local(invoice?.permalink).replace(/token=[^&]*/, `token=${wrong}`))
        assert.equal(reply.status, 404, wrong)
      }
      for (const path of [
        '/clients?format=pdf',
        '/expenses/999999?format=pdf',
        '/invoices/abc?format=pdf',
        '/reports/1?format=xlsx',
      ]) {
        assert.equal((await owner.get(path)).status, 404, path)
      }
    })
  })
})

describe('Names of form fields', () => {
  test('make lists and objects, and nothing but these', () => {
    const input = fromPairs([
      ['a[b][]', '1'],
      ['a[b][]', '2'],
      ['__proto__[x]', '1'],
      ['c', '1'],
      ['c[d]', '2'],
      ['[e]', '3'],
      ['f[', '4'],
    ])
    assert.deepEqual(JSON.parse(JSON.stringify(input)), {
      a: { b: { 0: '1', 1: '2' } },
      ['__proto__']: { x: '1' },
      c: { d: '2' },
      '[e]': '3',
      'f[': '4',
    })
    assert.equal(fromPairs([['a[b][c][d][e][f]', '1']]), undefined)
    assert.equal(({} as { x?: string }).x, undefined)
  })
})

describe('Numbers', () => {
  for (const [text, expected] of [
    ['1', '1'],
    ['1.50', '1.50'],
    ['-.5', '-0.5'],
    ['+3', '3'],
    ['1e2', '100'],
    ['1.5e1', '15'],
    ['15e-1', '1.5'],
    ['1.5E-3', '0.0015'],
    ['1e400', undefined],
    ['1e31', undefined],
    ['', undefined],
    ['.', undefined],
    ['e5', undefined],
    ['NaN', undefined],
    ['Infinity', undefined],
    ['0x10', undefined],
    ['1_000', undefined],
    ['1,5', undefined],
    ['9'.repeat(40), undefined],
  ] as const) {
    test(`${JSON.stringify(text)} is ${expected ?? 'none'}`, () => assert.equal(parseNumber(text), expected))
  }
})

describe('XML', () => {
  for (const [text, expected] of [
    ['<request><a>1</a><b/></request>', { a: '1', b: '' }],
    ['<r><a>1</a><a>2</a></r>', { a: ['1', '2'] }],
    ['<r a="b"><a x="y">&lt;&#65;&#x42;</a></r>', { a: '<AB' }],
    ['\ufeff<?xml version="1.0"?><!-- c --><r><a><b>1</b></a></r>', { a: { b: '1' } }],
    ['<r/>', {}],
    ['', undefined],
    ['x', undefined],
    ['<r></s>', undefined],
    ['<r></r><r></r>', undefined],
    ['<r>&#xffffff;</r>', undefined],
    ['<r>&</r>', undefined],
    ['<a>'.repeat(11) + '</a>'.repeat(11), undefined],
  ] as const) {
    test(`${JSON.stringify(text.slice(0, 40))} is ${expected === undefined ? 'none' : JSON.stringify(expected)}`, () => {
      const input = readXmlInput(text)
      assert.deepEqual(input === undefined ? undefined : JSON.parse(JSON.stringify(input)), expected)
    })
  }
})
