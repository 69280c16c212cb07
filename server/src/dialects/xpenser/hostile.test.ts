// Input that nobody means well with: refused in the door's own words or kept as the text it is. Nothing else changes.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  appOver,
  type Body,
  basic,
  type Caller,
  callDoor,
  exchange,
  listen,
  plainRefusals,
  readable,
  upload,
} from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import { readXml } from '../../../test/xml.ts'
import { drawReceipt } from '../../commands/demo/receipts.ts'
import type { Server } from '../../http/door.ts'

type Wire = {
  id: number
  notes: string
  type: string
  amount: string
  status: number
  created: string
  report_id: number
  tags: { name: string }[]
  receipt?: { image: string }
}

const slip = { shop: 'Harbor Grill', day: '2009-10-02', items: ['lunch'], total: 'USD 34.50', number: '7' }
const jpeg = drawReceipt('a.jpg', slip).bytes

const json = (text: string): Body => ({ bytes: text, type: 'application/json' })
const deep = 100_000

/** Bodies that no expense can be made or changed from. */
const unreadable: readonly [what: string, body: Body][] = [
  ['a NUL in notes', 'type=a&amount=3&notes=%00'],
  ['a NUL in a type', 'type=a%00b&amount=3'],
  ['a NUL in tags', 'type=a&amount=3&tags=a+b%00'],
  ['a NUL in an amount', 'type=a&amount=3%00'],
  ['a lone surrogate by percent signs', 'type=a&amount=3&notes=%ED%A0%80'],
  ['a lone surrogate in JSON', json('{"type": "a", "amount": 3, "notes": "\\ud800"}')],
  ['a lone surrogate in the name of a JSON key', json('{"type": "\\udfff", "amount": 3}')],
  ['bytes that are no UTF-8 by percent signs', 'type=a&amount=3&notes=%FF%FE'],
  ['an overlong form of a slash', 'type=a&amount=3&notes=%C0%AF'],
  [
    'bytes that are no UTF-8',
    { bytes: Buffer.from('type=a&amount=3&notes=\xff', 'latin1'), type: 'text/plain' },
  ],
  [
    'Latin-1 that says so',
    {
      bytes: Buffer.from('type=a&amount=3&notes=caf\xe9', 'latin1'),
      type: 'application/x-www-form-urlencoded; charset=iso-8859-1',
    },
  ],
  [
    'JSON that is UTF-16',
    { bytes: Buffer.from('{"type": "a", "amount": 3}', 'utf16le'), type: 'application/json; charset=utf-16' },
  ],
  ['1e400', 'type=a&amount=1e400'],
  ['1e400 in JSON', json('{"type": "a", "amount": 1e400}')],
  ['1e2 in JSON', json('{"type": "a", "amount": 1e2}')],
  ['NaN', 'type=a&amount=NaN'],
  ['NaN in JSON', json('{"type": "a", "amount": NaN}')],
  ['Infinity', 'type=a&amount=-Infinity'],
  ['a hexadecimal amount', 'type=a&amount=0x10'],
  ['an amount with an underscore', 'type=a&amount=1_000'],
  ['digits of another script', 'type=a&amount=%D9%A3'],
  ['an amount of a quadrillion', 'type=a&amount=100000000000000000'],
  ['an amount of 2^63 cents', 'type=a&amount=92233720368547758.07'],
  ['an amount of a hundred digits', `type=a&amount=${'9'.repeat(100)}`],
  ['an entered number of a hundred digits', `type=a&amount=3&rawamount=${'9'.repeat(100)}`],
  ['an entered number that no price can lead from', 'type=a&amount=3&rawamount=0'],
  ['an amount that is true', json('{"type": "a", "amount": true}')],
  ['an amount that is an object', json('{"type": "a", "amount": {"$gt": 0}}')],
  ['a type that is a list of objects', json('{"type": [{"a": 1}], "amount": 3}')],
  ['tags that are lists of lists', json('{"type": "a", "amount": 3, "tags": [["a"]]}')],
  ['tags with null among them', json('{"type": "a", "amount": 3, "tags": ["a", null]}')],
  ['JSON that is no object', json('["type", "a"]')],
  ['JSON that is a text', json('"q=lunch 12"')],
  ['JSON that is null', json('null')],
  ['JSON that ends too early', json('{"type": "a", "amount": 3')],
  ['JSON with something behind it', json('{"type": "a", "amount": 3}}')],
  ['JSON with a comment', json('{"type": "a", /* */ "amount": 3}')],
  ['lists in lists in lists', json('['.repeat(deep) + ']'.repeat(deep))],
  ['objects in objects in objects', json(`${'{"type":'.repeat(deep)}1${'}'.repeat(deep)}`)],
  ['tags in lists in lists', json(`{"type":"a","amount":3,"tags":${'['.repeat(deep)}${']'.repeat(deep)}}`)],
  ['a prototype that is an object', json('{"type": "a", "amount": 3, "__proto__": {"amount": 4}}')],
  ['a type of a megabyte', `type=${'x'.repeat(1_000_000)}&amount=3`],
  ['notes of a megabyte', `type=a&amount=3&notes=${'x'.repeat(1_000_000)}`],
  ['a tag of a megabyte', `type=a&amount=3&tags=${'x'.repeat(1_000_000)}`],
  ['ten thousand tags', `type=a&amount=3&tags=${'x+y'.repeat(10_000)}`],
  ['65 tags', `type=a&amount=3&tags=${Array.from({ length: 65 }, (_, i) => `t${i}`).join('+')}`],
  ['ten thousand fields', `type=a&amount=3${'&a=1'.repeat(10_000)}`],
  ['a blank type', 'type=+++&amount=3'],
  ['a day that is none', 'type=a&amount=3&date=2009-02-29'],
  ['the year 0', 'type=a&amount=3&date=0000-01-01'],
  ['the year 10000', 'type=a&amount=3&date=10000-01-01'],
  ['a leap second', 'type=a&amount=3&date=2016-12-31+23:59:60'],
  ['a date with a zone', 'type=a&amount=3&date=2016-12-31T23:59:00Z'],
  ['a date that is code', "type=a&amount=3&date='+or+1=1"],
  ['a form with parts but no border', { bytes: 'x', type: 'multipart/form-data' }],
  [
    'a form with parts that never ends',
    {
      bytes: '--a\r\nContent-Disposition: form-data; name="type"\r\n\r\nx',
      type: 'multipart/form-data; boundary=a',
    },
  ],
  [
    'a form with parts without heads',
    { bytes: '--a\r\n\r\nx\r\n--a--', type: 'multipart/form-data; boundary=b' },
  ],
  [
    'a form with two hundred and more parts',
    upload(...Array.from({ length: 250 }, () => ({ name: 'type', value: 'a' }))),
  ],
  [
    'a part of a megabyte',
    upload({ name: 'type', value: 'x'.repeat(1_000_000) }, { name: 'amount', value: '3' }),
  ],
  [
    'a part that is no UTF-8',
    upload(
      { name: 'type', value: 'a' },
      { name: 'amount', value: '3' },
      { name: 'notes', value: Buffer.from('ff', 'hex') },
    ),
  ],
  ['a body beyond all limits', `type=a&amount=3&notes=${'x'.repeat(3_000_000)}`],
]

/** Texts that mean something elsewhere. Here they are texts. */
const texts = [
  '{{7*7}}',
  '\u0024{7*7}',
  '<%= 7*7 %>',
  '#{7*7}',
  '{% include "/etc/passwd" %}',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  'javascript:alert(1)',
  '![a](http://169.254.169.254/latest)',
  '<iframe src="file:///etc/passwd">',
  ']]><!--',
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>&b;',
  '&lt;&amp;&#0;&#xFFFF;',
  "'; drop table expenses; --",
  "' or '1'='1",
  '%_\\',
  '=cmd|calc!A1',
  '__proto__',
  'constructor',
  'null',
  'e\u0301 is \u00e9',
  '\u200b\u2066rtl\u202e',
  '👨‍👩‍👧‍👦',
  'tab\there and a\nline\r\nbreak',
]

forEachEngine('Hostile input at the Xpenser door', (engine) => {
  let book: TestBook
  let app: Server
  let port: number
  let nobody: Caller
  let user: Caller
  let id: number
  before(async () => {
    book = await createTestBook(engine)
    app = appOver({ core: book.core, clock: () => book.clock.now })
    nobody = callDoor(app, '/xpenser', [plainRefusals, readable])
    user = nobody.as('owner@a.example', password)
    id = (await user.post('/api/v1.0/expense/', { q: 'lunch 12' })).json<Wire>().id
    port = await listen(app)
  })
  after(() => app.close())

  const authorization = basic('owner@a.example', password)

  describe('in a body is refused and changes nothing:', () => {
    for (const [what, body] of unreadable) {
      test(what, () =>
        book.unchanged(async () => {
          for (const path of ['/api/v1.0/expense/', `/api/v1.0/expense/${id}`]) {
            const reply = await user.post(path, body)
            assert.ok(
              reply.status === 400 || reply.status === 413,
              `${path}: ${reply.status} ${reply.text.slice(0, 300)}`,
            )
            assert.ok(reply.text.length < 200, 'The refusal is short.')
          }
        }),
      )
    }
  })

  describe('in a line is refused, or kept as text:', () => {
    for (const [what, q] of [
      ['a lone surrogate', '%ED%A0%80+12'],
      ['no UTF-8', 'lunch+12+%FF'],
      ['1e400', 'lunch+1e400'],
      ['an amount of a quadrillion', 'lunch+100000000000000000'],
      ['a hundred digits', `lunch+${'9'.repeat(100)}`],
      ['a megabyte', `lunch+12+${'x'.repeat(1_000_000)}`],
      ['65 tags', `lunch+12+${Array.from({ length: 65 }, (_, i) => `%23t${i}`).join('+')}`],
      ['a tag of a hundred characters', `lunch+12+%23${'x'.repeat(100)}`],
      ['a type of two hundred characters', `type:${'x'.repeat(200)}+12`],
    ]) {
      test(`${what} is refused`, () =>
        book.unchanged(async () => {
          assert.equal((await user.post('/api/v1.0/expense/', `q=${q}`)).status, 400)
          assert.equal((await user.post('/api/simple/', `q=${q}`)).status, 400)
          assert.equal((await user.get(`/api/simple/?q=${q?.slice(0, 3000)}`)).status, 400)
        }))
    }

    test('every text that means something elsewhere', async () => {
      for (const text of texts) {
        const reply = await user.post('/api/v1.0/expense/', {
          q: `lunch 12 note:"${text.replaceAll('"', '')}"`,
        })
        assert.equal(reply.status, 200, text)
        // Blanks of every kind are one blank in a line.
        assert.equal(reply.json<Wire>().notes, text.replaceAll('"', '').replace(/\s+/g, ' '))
      }
    })
  })

  test('as text comes back as that text, and escaped in XML', async () => {
    for (const text of texts) {
      const tag = text.replace(/\s+/g, '').slice(0, 50)
      const form = { type: text, amount: '3', notes: text, tags: tag }
      const made = (await user.post('/api/v1.0/expense/', form)).json<Wire>()
      assert.deepEqual([made.type, made.notes, made.tags[0]?.name], [text, text, tag])
      assert.deepEqual((await user.get(`/api/v1.0/expense/${made.id}`)).json(), made)
      const xml = readXml((await user.get(`/api/v1.0/expense/${made.id}?format=xml`)).text)
      assert.equal(xml.children.find(({ name }) => name === 'notes')?.text, text)
      assert.equal(xml.children.find(({ name }) => name === 'type')?.text, text)
      const report = (await user.post('/api/v1.0/report/', { name: text })).json<{ name: string }>()
      assert.equal(report.name, text)
    }
    for (const list of ['expenses/', 'reports/', 'tags/', 'types/']) {
      assert.equal((await user.get(`/api/v1.0/${list}?format=xml`)).status, 200)
    }
  })

  test('of control characters is kept, and cannot break the XML', async () => {
    const notes = 'bell \u0007 escape \u001b end \uffff'
    const made = (await user.post('/api/v1.0/expense/', { type: 'a', amount: '3', notes })).json<Wire>()
    assert.equal(made.notes, notes)
    const xml = readXml((await user.get(`/api/v1.0/expense/${made.id}?format=xml`)).text)
    const shown = xml.children.find(({ name }) => name === 'notes')?.text
    assert.equal(shown, 'bell \ufffd escape \ufffd end \ufffd')
  })

  test('in fields that only the server decides has no effect', async () => {
    const extra = {
      id: '1',
      pk: '1',
      user: '999',
      user_id: '999',
      person_id: '999',
      organization_id: '2',
      status: '-1',
      created: '2000-01-01 00:00:00',
      modified: '2000-01-01 00:00:00',
      report_id: '999',
      base_amount: '1',
      total: '1',
      rate: '9',
      quantity: '9',
      currency: 'JPY',
      invoiced: '1',
      billed: '1',
      approved_by: '1',
      role: 'owner',
      __proto__x: '1',
      constructor: 'x',
      'receipt[id]': '1',
    }
    const made = (await user.post('/api/v1.0/expense/', { ...extra, type: 'a', amount: '3' })).json<Wire>()
    assert.deepEqual([made.amount, made.status, made.id > 1], ['3', 1, true])
    assert.ok(made.created.startsWith('2026-05-20') && made.report_id !== 999)
    const page = await book.core.expenses.byIds(book.actorOf('owner'), [made.id])
    const [expense] = page.expenses
    assert.deepEqual(
      [expense?.personId, expense?.currency, expense?.billed, expense?.quantity],
      [book.actorOf('owner').personId, 'EUR', false, '1'],
    )
    await book.unchanged(async () => {
      assert.deepEqual((await user.post(`/api/v1.0/expense/${made.id}`, extra)).json(), made)
      const proto = json('{"__proto__": "x", "constructor": "y", "toString": "z"}')
      assert.deepEqual((await user.post(`/api/v1.0/expense/${made.id}`, proto)).json(), made)
    })
  })

  test('of repeated fields counts once: the first in a form, the last of equal keys in JSON', async () => {
    const form = await user.post('/api/v1.0/expense/', 'type=a&amount=3&amount=4&type=b&notes=x&notes[]=y')
    assert.deepEqual([form.json<Wire>().amount, form.json<Wire>().type], ['3', 'a'])
    const twice = await user.post('/api/v1.0/expense/', json('{"type": "a", "amount": 3, "amount": 4}'))
    assert.equal(twice.json<Wire>().amount, '4')
  })

  test('in UTF-16 has no field that is known, so it makes and changes nothing', () =>
    book.unchanged(async () => {
      const bytes = Buffer.from('type=a&amount=3', 'utf16le')
      const body = { bytes, type: 'application/x-www-form-urlencoded; charset=utf-16' }
      assert.equal((await user.post('/api/v1.0/expense/', body)).status, 400)
      assert.equal((await user.post(`/api/v1.0/expense/${id}`, body)).json<Wire>().amount, '12')
    }))

  test('of zero with a sign is zero', async () => {
    for (const body of ['type=a&amount=-0', json('{"type": "a", "amount": -0}'), 'q=a+-0.00']) {
      assert.match((await user.post('/api/v1.0/expense/', body)).json<Wire>().amount, /^0(\.00)?$/)
    }
  })

  test('in the name of a file makes no address of its own', async () => {
    const names = [
      '../../../etc/passwd.jpg',
      '..\\..\\windows\\win.ini.jpg',
      'C:\\CON.jpg',
      'a\u202egpj.exe',
      'a.jpg\u0000.html',
      '.htaccess',
      '-rf.jpg',
      'a.jpg; filename=b.html',
      '<script>.jpg',
      '%00.jpg',
      "'; drop table receipts; --.jpg",
      'a.'.repeat(400),
      'ü'.repeat(300),
      'x.jpg/',
      'a.tooLong',
      'a.j/g',
    ]
    for (const fileName of names) {
      const body = upload({ name: 'q', value: 'lunch 12' }, { name: 'image', value: jpeg, fileName })
      const reply = await user.post('/api/v1.0/expense/', body)
      if (reply.status === 400) continue
      const image = reply.json<Wire>().receipt?.image ?? ''
      assert.match(image, /^\d{1,2}\/[0-9a-f-]{36}\.[A-Za-z0-9]{1,5}$/, fileName)
      const file = await nobody.get(`/static/xpenser/media/Receipts/${image}`)
      assert.deepEqual([file.status, file.headers['content-type']], [200, 'image/jpeg'])
    }
  })

  test('in the head of a part adds no header and no second name', async () => {
    for (const fileName of [
      'a.jpg"\r\nX-Injected: 1\r\n',
      'a\r\n\r\n<script>',
      `${'n'.repeat(1_000_000)}.jpg`,
    ]) {
      const body = upload({ name: 'q', value: 'lunch 12' }, { name: 'image', value: jpeg, fileName })
      const reply = await user.post('/api/v1.0/expense/', body)
      assert.ok(reply.status < 500)
      assert.equal(reply.headers['x-injected'], undefined)
      if (reply.status === 200)
        assert.match(reply.json<Wire>().receipt?.image ?? '', /^\d{1,2}\/[0-9a-f-]{36}\.\w{1,5}$/)
    }
  })

  describe('in an address', () => {
    /** What the server says to an address exactly as spelled. */
    const raw = (target: string, more = '') =>
      exchange(
        port,
        `GET ${target} HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${authorization}\r\n${more}Connection: close\r\n\r\n`,
      )
    const media = '/xpenser/static/xpenser/media/Receipts/'

    test('finds no file outside', async () => {
      for (const path of [
        '../../../../../../etc/passwd',
        '14/../../../etc/passwd',
        '14/%2e%2e/%2e%2e/book-1.db',
        '14/%2e%2e%2f%2e%2e%2fbook-1.db',
        '14/..%5c..%5cbook-1.db',
        '14/%252e%252e%252fbook-1.db',
        '14/..;/book-1.db',
        '14//../../x',
        '%2e%2e/x.jpg',
        '14/.%00./x',
      ]) {
        const answer = await raw(media + path)
        assert.match(answer, /^HTTP\/1\.1 404 /, path)
        assert.ok(answer.endsWith('Not Found'))
      }
    })

    test('that cannot be decoded, or is too long, is refused in plain text', async () => {
      for (const path of ['%zz', '%', '%ff', '%ED%A0%80', 'x'.repeat(2000)]) {
        const answer = await raw(`/xpenser/api/v1.0/expense/${path}`)
        assert.match(answer, /^HTTP\/1\.1 4\d\d /, path)
        assert.match(answer, /content-type: text\/plain/i)
      }
    })

    test('does not lead to another one', async () => {
      for (const path of [
        `${id};a=b`,
        `${id}%2f`,
        `${id}%3faction=delete`,
        `${id}%23`,
        `./${id}/.`,
        `x/../${id}`,
      ]) {
        assert.doesNotMatch(await raw(`/xpenser/api/v1.0/expense/${path}`), /^HTTP\/1\.1 (?:2|3|5)/, path)
      }
    })

    test('takes a foreign host name and absolute form for what they are: names', async () => {
      for (const more of ['X-Forwarded-Host: evil.example\r\n', 'X-Original-URL: /healthz\r\n']) {
        assert.match(await raw('/xpenser/api/v1.0/user/', more), /"username":"owner@a\.example"/)
      }
    })
  })

  describe('on the wire', () => {
    const post = (...head: string[]) =>
      [
        'POST /xpenser/api/v1.0/expense/ HTTP/1.1',
        'Host: localhost',
        `Authorization: ${authorization}`,
        'Connection: close',
        ...head,
      ].join('\r\n')

    test('is no second request inside the first', () =>
      book.unchanged(async () => {
        const smuggled = 'POST /xpenser/api/v1.0/expense/ HTTP/1.1\r\nHost: x\r\n\r\nq=lunch+12'
        for (const request of [
          `${post('Content-Length: 4', 'Transfer-Encoding: chunked')}\r\n\r\n0\r\n\r\n${smuggled}`,
          `${post('Content-Length: 4', 'Content-Length: 5')}\r\n\r\nq=xx${smuggled}`,
          `${post('Transfer-Encoding: chunked, identity')}\r\n\r\n0\r\n\r\n${smuggled}`,
          `${post('Content-Length: -1')}\r\n\r\n${smuggled}`,
          `${post('Transfer-Encoding: chunked')}\r\n\r\nzz\r\n${smuggled}`,
        ]) {
          assert.doesNotMatch(await exchange(port, request), /^HTTP\/1\.1 (?:2|5)/)
        }
      }))

    test('is refused when its head is endless', () =>
      book.unchanged(async () => {
        const many = Array.from({ length: 10_000 }, (_, i) => `X-${i}: 1`)
        for (const head of [[`X: ${'x'.repeat(1_000_000)}`], many]) {
          const answer = await exchange(port, `${post(...head, 'Content-Length: 10')}\r\n\r\nq=lunch+12`)
          assert.doesNotMatch(answer, /^HTTP\/1\.1 (?:2|5)/)
        }
      }))

    test('is read whole when it comes in chunks', async () => {
      const request = `${post('Transfer-Encoding: chunked')}\r\n\r\n4\r\nq=lu\r\n6\r\nnch+12\r\n0\r\n\r\n`
      assert.match(await exchange(port, request), /^HTTP\/1\.1 200 .*"amount":"12"/s)
    })
  })
})
