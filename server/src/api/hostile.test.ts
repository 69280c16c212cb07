// Bad input at every operation: a clear problem that names the place, or a text kept as text; nothing changed.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates that must stay text.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, createTestEngine, forEachEngine, type TestBook } from '../../test/harness.ts'
import { callNative, type Native, type Wire } from '../../test/native-door.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations/index.ts'
import { resources } from './resources/index.ts'

type Shape = {
  readonly type?: string
  readonly anyOf?: readonly Shape[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
}

const writes = operations.filter(({ body, open }) => body !== undefined && open === undefined)
const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`

/** Bodies that no operation can take: what is wrong, the bytes, their type, and the status. */
const broken: readonly (readonly [what: string, bytes: string | Uint8Array, type: string, status: number])[] =
  [
    ['no JSON', '{"name":', 'application/json', 400],
    ['a trailing comma', '{"name":"x",}', 'application/json', 400],
    ['two values', '{} {}', 'application/json', 400],
    ['NaN', '{"name":NaN}', 'application/json', 400],
    ['a hexadecimal number', '{"id":0x10}', 'application/json', 400],
    ['depth', deep, 'application/json', 400],
    ['depth in objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, 'application/json', 400],
    ['a name twice', '{"name":"a","name":"b"}', 'application/json', 400],
    ['a name twice, spelled apart', '{"name":"a","n\\u0061me":"b"}', 'application/json', 400],
    ['a name twice below', '{"name":{"x":1,"x":2}}', 'application/json', 400],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'application/json', 400],
    ['nothing but blanks', '   ', 'application/json', 400],
    ['a list', '[]', 'application/json', 422],
    ['a text', '"name"', 'application/json', 422],
    ['null', 'null', 'application/json', 422],
    ['a form', 'name=x', 'application/x-www-form-urlencoded', 415],
    ['XML', '<name>x</name>', 'text/xml', 415],
    ['another charset', '{}', 'application/json; charset=utf-16', 415],
    ['a prototype', '{"__proto__":{"role":"owner"}}', 'application/json', 422],
    ['a constructor', '{"constructor":{"prototype":{"role":"owner"}}}', 'application/json', 422],
  ]

/** Fields that nobody sets. */
const privileged = [
  'id',
  'object',
  'organization_id',
  'organizationId',
  'tenant_id',
  'revision',
  'created_at',
  'updated_at',
  'deleted_at',
  'billed',
  'billed_at',
  'invoiced',
  'approved_by',
  'total',
  'role_override',
  'public_key',
]

describe('Bad bodies at the native API', () => {
  const engine = createTestEngine('sqlite')
  let book: TestBook
  let owner: Native

  before(async () => {
    book = await createTestBook(engine)
    owner = callNative(book, 'owner')
  })

  const send = (operation: Operation, bytes: string | Uint8Array, type: string) =>
    owner.caller.send(operation.method, operation.path.replace('{id}', '1'), { bytes, type })

  for (const operation of writes) {
    test(`${operation.name} refuses what it cannot read`, () =>
      book.unchanged(async () => {
        for (const [what, bytes, type, status] of broken) {
          const reply = await send(operation, bytes, type)
          const empty = what === 'nothing but blanks' && operation.bodyOptional
          if (!empty) assert.equal(reply.status, status, `${what}: ${reply.text.slice(0, 300)}`)
        }
      }))

    test(`${operation.name} refuses fields that nobody sets, by name`, () =>
      book.unchanged(async () => {
        const { properties = {} } = operation.body as unknown as Shape
        for (const name of privileged.filter((field) => !Object.hasOwn(properties, field))) {
          const body = { ...(operation.example.body as object), [name]: 1 }
          const reply = await send(operation, JSON.stringify(body), 'application/json')
          assert.equal(reply.status, 422, `${name}: ${reply.text.slice(0, 300)}`)
          const { errors } = reply.json<Wire>()
          assert.ok(
            errors.some((flaw: Wire) => flaw.path === `/${name}` && flaw.code === 'unknown_field'),
            reply.text,
          )
        }
      }))

    test(`${operation.name} refuses values of a wrong type at their place`, () =>
      book.unchanged(async () => {
        const { properties = {} } = operation.body as unknown as Shape
        for (const [name, shape] of Object.entries(properties)) {
          for (const text of wrongFor(shape)) {
            const { [name]: _, ...rest } = operation.example.body as Record<string, unknown>
            const body = `{"${name}":${text}${Object.keys(rest).length === 0 ? '' : `,${JSON.stringify(rest).slice(1, -1)}`}}`
            const reply = await send(operation, body, 'application/json')
            assert.equal(reply.status, 422, `${name}: ${text}: ${reply.text.slice(0, 300)}`)
            const { errors } = reply.json<Wire>()
            const told = errors.some((flaw: Wire) => flaw.in === 'body' && flaw.path.startsWith(`/${name}`))
            assert.ok(told, `${name}: ${text}: ${reply.text}`)
          }
        }
      }))
  }

  test('A body of more than two megabytes is refused', async () => {
    const reply = await owner.post('/tags', { name: 'x'.repeat(2 * 1024 * 1024) })
    assert.equal(reply.status, 413)
  })

  test('Every flaw is told at once', async () => {
    const reply = await owner.post('/expenses', { amount: 34.5, spent_at: 7, wrong: 1, tags: ['', 3] })
    const told = reply.json<Wire>().errors.map(({ path, code }: Wire) => `${path} ${code}`)
    assert.deepEqual(told.sort(), [
      '/amount type',
      '/spent_at type',
      '/tags/0 required',
      '/tags/1 type',
      '/wrong unknown_field',
    ])
  })

  for (const [what, text] of [
    ['an exponent', '1e5'],
    ['a float with noise', '0.1000000000000000055511151231257827'],
    ['a sign', '+5'],
    ['a separator', '1,000'],
    ['an underscore', '1_000'],
    ['another script', '١٢'],
    ['nothing', ''],
    ['an infinity', 'Infinity'],
    ['too much', '9'.repeat(24)],
  ]) {
    test(`An amount with ${what} is refused`, () =>
      book.unchanged(async () => {
        const reply = await owner.post('/expenses', {
          category: 'Lunch',
          spent_at: '2026-05-20',
          amount: { amount: text },
        })
        assert.equal(reply.status, 422, reply.text)
      }))
  }

  for (const instant of [
    '2026-05-20',
    '2026-05-20T12:00:00',
    '2026-02-30T12:00:00Z',
    '2016-12-31T23:59:60Z',
    '2026-05-20 12:00:00Z',
    '0000-01-01T00:00:00Z',
    '10000-01-01T00:00:00Z',
    '2026-05-20T25:00:00Z',
    '2026-05-20T12:00:00+99:99',
    'now',
  ]) {
    test(`The instant ${instant} is refused`, () =>
      book.unchanged(async () => {
        const reply = await owner.post('/time-entries', { started_at: instant })
        assert.equal(reply.status, 422, reply.text)
        assert.equal(reply.json<Wire>().errors[0].path, '/started_at')
      }))
  }
})

/** JSON that this kind of field never is. */
function wrongFor(shape: Shape): string[] {
  const kinds = new Set((shape.anyOf ?? [shape]).map(({ type }) => type))
  if (kinds.has('integer')) return ['1e400', '-1e400', '1.5', '"1"', '{}', '[]', 'true', String(2 ** 53 + 2)]
  if (kinds.has('string')) return ['1', '{}', '[]', 'true']
  if (kinds.has('boolean')) return ['"true"', '1', '{}', '[]']
  if (kinds.has('array')) return ['"1"', '1', '{}', '{"length":1}']
  if (kinds.has('object')) return ['34.5', '"34.50"', '[]', '{"__proto__":1}']
  return ['{}', '[]', '1e400']
}

const markup = [
  '{{7*7}} ${7*7} <%= 7*7 %> #{7*7} {% include "x" %}',
  '<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>',
  '[x](javascript:alert(1)) ![x](http://169.254.169.254/) data:text/html,x',
  "Robert'); DROP TABLE expenses;-- \\ % _",
  'e\u0301 \u00e9 \u200b\u202e\u2066 👩‍👩‍👧‍👦 =1+1 @SUM(A1)',
]

forEachEngine('Texts at the native API', (engine) => {
  let book: TestBook
  let owner: Native

  before(async () => {
    book = await createTestBook(engine)
    owner = callNative(book, 'owner')
    await owner.expect(201, owner.post('/clients', { name: 'Ada' }))
  })

  test('Markup, templates and odd letters are kept as they are', async () => {
    for (const text of markup) {
      const { id } = await owner.expect(
        201,
        owner.post('/clients', { name: text, comment: text, city: text }),
      )
      const read = await owner.expect(200, owner.get(`/clients/${id}`))
      assert.deepEqual([read.name, read.comment, read.city], [text, text, text])
      const found = await owner.expect(200, owner.get(`/clients?search=${encodeURIComponent(text)}`))
      assert.deepEqual(
        found.data.map((each: Wire) => each.id),
        [id],
      )
    }
  })

  for (const [what, text] of [
    ['NUL', 'a\u0000b'],
    ['a lone surrogate', 'a\ud800b'],
  ] as const) {
    test(`A text with ${what} is refused, wherever it stands`, () =>
      book.unchanged(async () => {
        const sent = JSON.stringify(text)
        for (const [path, body] of [
          ['/clients', `{"name":${sent}}`],
          ['/clients', `{"name":"x","comment":${sent}}`],
          ['/tags', `{"name":${sent}}`],
          ['/expenses', `{"category":${sent},"spent_at":"2026-05-20","amount":{"amount":"1"}}`],
          ['/expenses', `{"category":"x","tags":[${sent}],"spent_at":"2026-05-20","amount":{"amount":"1"}}`],
          ['/time-entries', `{"started_at":"2026-05-20T12:00:00Z","description":${sent}}`],
          ['/notes', `{"subject_type":"client","subject_id":1,"body":${sent}}`],
          ['/webhooks', `{"url":"https://x.example","events":[${sent}]}`],
          ['/invoices', `{"client_id":1,"lines":[{"title":${sent}}]}`],
        ]) {
          const reply = await owner.caller.send('POST', path ?? '', {
            bytes: body ?? '',
            type: 'application/json',
          })
          assert.equal(reply.status, 422, `${path} ${body}: ${reply.text}`)
        }
      }))
  }

  const queries = [
    "'",
    '%',
    '_',
    '\\',
    '%00',
    '%ED%A0%80',
    "1' or '1'='1",
    '../../etc/passwd',
    '{{7*7}}',
    '%F0%9F%92%A9',
  ]

  for (const { path, filters } of resources) {
    test(`Every filter of ${path} takes or refuses odd texts, and never breaks`, () =>
      book.unchanged(async () => {
        for (const name of [...Object.keys(filters), 'sort', 'cursor', 'limit', 'deleted', 'with', 'total']) {
          for (const text of [...queries, 'a'.repeat(3000), ',', Array(1002).fill('1').join(',')]) {
            const value = text.includes('%') && /%[0-9A-F]{2}/.test(text) ? text : encodeURIComponent(text)
            const reply = await owner.get(`/${path}?${name}=${value}`)
            assert.ok([200, 400].includes(reply.status), `${name}=${text}: ${reply.status} ${reply.text}`)
            if (reply.status === 400) continue
            assert.equal(
              ['search', 'name', 'tag', 'category', 'number', 'reference', 'identifier'].includes(name),
              true,
              `${name}=${text}`,
            )
          }
        }
      }))
  }

  for (const [query, path] of [
    ['surprise=1', '/surprise'],
    ['limit=1&limit=2', '/limit'],
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['limit=1e1', '/limit'],
    ['limit[]=1', '/limit[]'],
    ['sort=name;drop', '/sort'],
    ['sort=hourly_rate', '/sort'],
    ['with=secrets', '/with'],
    ['deleted=maybe', '/deleted'],
    ['cursor=abc', '/cursor'],
    ['cursor=', '/cursor'],
    ['client_id=', '/client_id'],
    ['client_id=1,x', '/client_id'],
    ['id=9007199254740993', '/id'],
    ['__proto__=1', '/__proto__'],
    ['created_at_from=yesterday', '/created_at_from'],
  ] as const) {
    test(`The query ${query} is refused by name`, async () => {
      const reply = await owner.get(`/projects?${query}`)
      assert.equal(reply.status, 400, reply.text)
      const [flaw] = reply.json<Wire>().errors
      assert.deepEqual([flaw.in, flaw.path], ['query', path])
    })
  }

  test('A parameter on an operation that has none is refused', async () => {
    for (const [method, path] of [
      ['POST', '/clients?dry_run=1'],
      ['PATCH', '/clients/1?x'],
      ['DELETE', '/clients/1?force=true'],
      ['GET', '/me?x=1'],
    ] as const) {
      const body = method === 'GET' || method === 'DELETE' ? undefined : { name: 'x' }
      const sent = body && { bytes: JSON.stringify(body), type: 'application/json' }
      assert.equal((await owner.caller.send(method, path, sent)).status, 400, path)
    }
  })

  test('Methods that an address does not take are answered with those it takes', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const reply = await owner.caller.send(method, '/clients')
      assert.deepEqual([reply.status, reply.headers.allow], [405, 'GET, POST, HEAD, OPTIONS'])
    }
    const override = await owner.caller.send('POST', '/clients/1', undefined, {
      'x-http-method-override': 'DELETE',
    })
    assert.equal(override.status, 405)
  })

  test('Reading by HEAD or OPTIONS changes nothing', () =>
    book.unchanged(async () => {
      for (const { path } of operations) {
        for (const method of ['HEAD', 'OPTIONS']) {
          const reply = await owner.caller.send(method, path.replace('{id}', '1'))
          assert.ok(reply.status < 500 && reply.text === '', `${method} ${path}`)
        }
      }
    }))

  test('An address that does not exist is a problem too', async () => {
    for (const path of ['/nothing', '/clients/1/nothing', '/..%2f..%2fetc']) {
      const reply = await owner.get(path)
      assert.equal(reply.status, 404, path)
    }
  })
})
