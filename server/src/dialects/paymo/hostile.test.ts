// Anything at all in any field of any resource: it is refused or kept as it is, and never a bug of ours.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { type Caller, callBook, readable } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import { resources } from './resources.ts'

type Thing = Readonly<Record<string, unknown>> & { readonly id: number }

/** Values as they stand in JSON. */
const values = [
  'null',
  'true',
  '[]',
  '{}',
  '[[[]]]',
  '[{"a":1}]',
  '{"a":{"b":[1]}}',
  '""',
  '" "',
  '"x"',
  '-1',
  '0',
  '-0',
  '1.5',
  '1e400',
  '1e-400',
  '9007199254740993',
  '123456789012345678901234567890123456789',
  '"NaN"',
  '"1e9"',
  '"\\u0000"',
  '"\\ud800"',
  '"2026-02-30"',
  '"0000-01-01"',
  '"9999-12-31"',
  '"9999-12-31T23:59:59Z"',
  '"0001-01-01T00:00:00+23:59"',
  '99999999999',
  `"${'a'.repeat(30_000)}"`,
  `[${Array.from({ length: 1500 }, (_, i) => i + 1)}]`,
  `"${'%'.repeat(50)}"`,
  '"<script>alert(1)</script>"',
  '"=1+1"',
]

const inputs = [
  'items',
  'tags',
  'duration',
  'where',
  'secret',
  'password',
  'tasks_order',
  'tasklists_order',
  'file',
  'status',
  'invoice_format',
  'default_currency',
]

forEachEngine('Hostile fields at the Paymo door', (engine) => {
  let book: TestBook
  let owner: Caller
  // All pairs of a field and a value are some twenty thousand: each run of the suite looks at a part of them, the same one.
  const everyth = engine.kind === 'sqlite' ? 13 : 41
  let count = 0
  let valid: Readonly<Record<string, Record<string, unknown>>>
  before(async () => {
    book = await createTestBook(engine)
    owner = callBook(book, '/paymo/api', [readable]).as('owner@a.example', password)
    const add = async (path: string, body: object) => {
      const reply = await owner.post(path, { bytes: JSON.stringify(body), type: 'application/json' })
      return Object.values(reply.json<Record<string, Thing[]>>())[0]?.[0]?.id ?? 0
    }
    const client_id = await add('/clients', { name: 'c' })
    const project_id = await add('/projects', { name: 'p', client_id })
    const task_id = await add('/tasks', { name: 't', project_id })
    const invoice_id = await add('/invoices', {
      client_id,
      currency: 'EUR',
      items: [{ item: 'x', price_unit: 1e6 }],
    })
    valid = {
      expenses: { client_id, amount: 1, currency: 'EUR' },
      clients: { name: 'x' },
      clientcontacts: { client_id, name: 'x' },
      projects: { name: 'x', client_id },
      tasklists: { name: 'x', project_id },
      tasks: { name: 'x', project_id },
      entries: { task_id, date: '2026-05-01', duration: 60 },
      invoices: { client_id, currency: 'EUR' },
      invoicepayments: { invoice_id, amount: 0.01 },
      reports: { type: 'temp', date_interval: 'today' },
      hooks: { target_url: 'https://x.example', event: '*' },
    }
  })

  for (const [name, { fields, extras, create, update }] of resources) {
    if (create === undefined || name === 'users') continue
    test(`of ${name}, new and changed, are refused or kept`, async () => {
      const made = await owner.post(`/${name}`, {
        bytes: JSON.stringify(valid[name]),
        type: 'application/json',
      })
      assert.equal(made.status, 201, made.text)
      const { id } = (Object.values(made.json<Record<string, Thing[]>>())[0] ?? [])[0] ?? { id: 0 }
      for (const field of [...fields, ...extras, ...inputs]) {
        for (const value of values) {
          count += 1
          if (count % everyth !== 0) continue
          const { [field]: _, ...rest } = valid[name] ?? {}
          const text = JSON.stringify(rest)
          const bytes = `${text.slice(0, -1)}${text === '{}' ? '' : ','}"${field}":${value}}`
          // Fifty reports and a hundred hooks are the most: these are changed only.
          const path = name === 'hooks' || name === 'reports' ? undefined : `/${name}`
          for (const [method, address] of [
            ['POST', path],
            ['PUT', update && id ? `/${name}/${id}` : undefined],
          ] as const) {
            if (address === undefined) continue
            const body = method === 'PUT' ? `{"${field}":${value}}` : bytes
            const reply = await owner.send(method, address, { bytes: body, type: 'application/json' })
            const call = `${method} ${address} ${body.slice(0, 150)}: ${reply.status}`
            assert.ok([200, 201, 400, 409].includes(reply.status), call)
            if (reply.status >= 400) assert.deepEqual(Object.keys(reply.json<object>()), ['message'], call)
          }
        }
      }
      assert.equal((await owner.get(`/${name}?page=0&page_size=5`)).status, 200)
      assert.equal((await owner.get(`/${name}?page=0&page_size=5&format=xml`)).status, 200)
    })
  }

  test('of the company are refused or kept', async () => {
    const { company } = (await owner.get('/company')).json<{ company: Record<string, unknown> }>()
    for (const field of Object.keys(company)) {
      for (const value of values) {
        count += 1
        if (count % everyth !== 0) continue
        const reply = await owner.send('PUT', '/company', {
          bytes: `{"${field}":${value}}`,
          type: 'application/json',
        })
        assert.ok([200, 400, 409].includes(reply.status), `${field} ${value.slice(0, 50)}: ${reply.status}`)
      }
    }
  })
})
