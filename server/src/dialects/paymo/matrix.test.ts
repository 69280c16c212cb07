// Every route by everybody, with every kind of id: what one may not see is not there, and nothing of it changes.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { type Caller, callBook, readable } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import { type Role, roles } from '../../core/people/nouns.ts'
import { resources } from './resources.ts'
import { routes } from './routes.ts'

type Thing = Readonly<Record<string, unknown>> & { readonly id: number | string }

const json = (value: unknown) => ({ bytes: JSON.stringify(value), type: 'application/json' })

/** Names that must not be found in any answer to somebody of another organization. */
const secret = 'Zanzibar'

/** No ids of anything, and not ids at all. As they stand in an address. */
const nothing = [
  '999999',
  '0',
  '-1',
  String(2 ** 53),
  '9'.repeat(30),
  'abc',
  '1e3',
  '%201',
  '+1',
  '01',
  '1.0',
  '0x1',
  '%EF%BC%91',
  '1,2',
  'null',
  '1%00',
  "1'",
  '1%20or%201=1',
  '__proto__',
  'constructor',
]

// What the roles may read at all; the rest is 403, without a look at any id.
const hiddenFrom: Readonly<Record<string, readonly Role[]>> = {
  invoices: ['member', 'guest'],
  invoiceitems: ['member', 'guest'],
  invoicepayments: ['member', 'guest'],
  hooks: ['guest'],
}

forEachEngine('Every route of the Paymo door', (engine) => {
  let book: TestBook
  let nobody: Caller
  const as = (role: Role, letter: 'a' | 'b' = 'a') => nobody.as(`${role}@${letter}.example`, password)
  /** One of each resource, of the owners of A and of B. */
  const ids: Record<'a' | 'b', Record<string, number | string>> = { a: {}, b: {} }

  before(async () => {
    book = await createTestBook(engine)
    nobody = callBook(book, '/paymo/api', [readable])
    for (const letter of ['a', 'b'] as const) await fillFor(letter)
  })

  async function fillFor(letter: 'a' | 'b'): Promise<void> {
    const owner = as('owner', letter)
    const made = ids[letter]
    const add = async (name: string, body: object) => {
      const reply = await owner.post(`/${name}`, json(body))
      assert.equal(reply.status, 201, reply.text)
      made[name] = Object.values(reply.json<Record<string, Thing[]>>())[0]?.[0]?.id ?? 0
      return made[name] as number
    }
    const name = `${secret} ${letter}`
    const client_id = await add('clients', { name })
    await add('clientcontacts', { client_id, name })
    const project_id = await add('projects', { client_id, name })
    await add('tasklists', { project_id, name })
    const task_id = await add('tasks', { project_id, name })
    await add('entries', { task_id, start_time: '2026-05-01T08:00:00Z', duration: 3600, description: name })
    const expense_id = await add('expenses', { client_id, currency: 'EUR', amount: 12, notes: name })
    const items = [{ item: name, expense_id, price_unit: 12 }]
    const invoice_id = await add('invoices', { client_id, currency: 'EUR', items })
    const line = await owner.get(`/invoiceitems?where=invoice_id=${invoice_id}`)
    made.invoiceitems = line.json<{ invoiceitems: Thing[] }>().invoiceitems[0]?.id ?? 0
    await add('invoicepayments', { invoice_id, amount: 5, notes: name })
    await add('reports', { type: 'static', name, date_interval: 'this_month' })
    await add('hooks', { target_url: 'https://x.example/', event: 'model.insert.Expense' })
    await add('sessions', {})
    made.users = book.actorOf('owner', letter).personId
  }

  const named = (path: string) => /^\/api\/(\w+)\/:id$/.exec(path)?.[1] ?? ''
  const own = (path: string) => path.replace(/^\/api/, '')

  for (const { path, methods } of routes.filter((route) => route.path.endsWith('/:id'))) {
    describe(path, () => {
      for (const role of roles) {
        test(`finds nothing of others for the ${role} of another organization, and changes nothing`, () =>
          book.unchanged(async () => {
            const caller = as(role, 'b')
            const foreign = String(ids.a[named(path)])
            // What is no id is no id for anybody.
            for (const id of role === 'owner' ? [foreign, ...nothing] : [foreign]) {
              for (const method of Object.keys(methods)) {
                // Only ids that are no one's here: the same number may be something of their own.
                if (id === foreign && id === String(ids.b[named(path)])) continue
                const address = own(path).replace(':id', id)
                const reply = await caller.send(
                  method,
                  address,
                  method === 'GET' ? undefined : json({ name: 'x' }),
                )
                const forbidden = reply.status === 403 && role !== 'owner' && role !== 'admin'
                assert.ok(
                  reply.status === 404 || forbidden,
                  `${method} ${address} for ${role}: ${reply.status}`,
                )
                assert.ok(!reply.text.includes(`${secret} a`))
              }
            }
          }))
      }

      test('is for those who sign in alone', () =>
        book.unchanged(async () => {
          for (const method of [...Object.keys(methods), 'HEAD', 'PATCH']) {
            const reply = await nobody.send(method, own(path).replace(':id', String(ids.a[named(path)])))
            assert.equal(reply.status, 401, method)
          }
        }))
    })
  }

  for (const [name, { relations }] of resources) {
    describe(`/api/${name}`, () => {
      test('lists nothing of another organization, by whatever filter', async () => {
        for (const role of roles) {
          const caller = as(role, 'b')
          const include = [...relations.keys()].join(',')
          for (const query of [
            '',
            `?include=*,${include}`,
            `?where=id=${ids.a[name]}`,
            `?where=id>0&order=id desc`,
          ]) {
            const reply = await caller.get(`/${name}${query}`)
            const expected = hiddenFrom[name]?.includes(role) === true ? 403 : 200
            assert.equal(reply.status, expected, `${role} ${query}: ${reply.text.slice(0, 200)}`)
            assert.ok(!reply.text.includes(`${secret} a`), `${role} ${query}`)
          }
        }
      })

      test('takes references to nothing of another organization', () =>
        book.unchanged(async () => {
          const caller = as('owner', 'b')
          const body: Record<string, unknown> = {
            name: 'x',
            amount: 1,
            currency: 'USD',
            date: '2026-05-01',
            duration: 60,
            ...Object.fromEntries(
              ['client', 'project', 'task', 'tasklist', 'user', 'invoice', 'expense'].map((noun) => [
                `${noun}_id`,
                ids.a[`${noun}s`],
              ]),
            ),
            users: [ids.a.users],
            managers: [ids.a.users],
            items: [{ item: 'x', expense_id: ids.a.expenses, entries: [ids.a.entries] }],
          }
          // These refer to nothing.
          if (['clients', 'reports', 'hooks', 'users'].includes(name)) return
          const isForeign = Object.keys(ids.a).some((noun) => ids.a[noun] !== ids.b[noun])
          assert.ok(isForeign)
          const reply = await caller.post(`/${name}`, json(body))
          assert.ok([400, 404, 405].includes(reply.status), `${reply.status} ${reply.text}`)
        }))

      test('lets nobody write who may not', () =>
        book.unchanged(async () => {
          const body = {
            name: 'x',
            client_id: ids.a.clients,
            project_id: ids.a.projects,
            currency: 'EUR',
            amount: 1,
            email: 'x@x.example',
            invoice_id: ids.a.invoices,
          }
          const guest = as('guest')
          // Reports and own sessions are everybody's.
          if (name === 'reports') return
          const reply = await guest.post(
            `/${name}`,
            json({
              ...body,
              task_id: ids.a.tasks,
              date: '2026-05-01',
              duration: 60,
              target_url: 'https://x.example',
              event: '*',
            }),
          )
          assert.ok([403, 405].includes(reply.status), `${reply.status} ${reply.text}`)
        }))
    })
  }

  test('GET and HEAD of everything change nothing', () =>
    book.unchanged(async () => {
      for (const { path } of routes) {
        for (const method of ['GET', 'HEAD']) {
          const reply = await as('owner').send(method, own(path).replace(':id', String(ids.a[named(path)])))
          assert.equal(reply.status, 200, `${method} ${path}`)
        }
      }
    }))

  test('an update that says nothing changes nothing', () =>
    book.unchanged(async () => {
      for (const { path, methods } of routes) {
        if (methods.PUT === undefined || named(path) === 'hooks' || named(path) === 'reports') continue
        const reply = await as('owner').send(
          'PUT',
          own(path).replace(':id', String(ids.a[named(path)])),
          json({}),
        )
        assert.equal(reply.status, 200, `${path} ${reply.text}`)
      }
    }))

  test('hostile text in any parameter is refused or finds nothing, and leaks nothing', () =>
    book.unchanged(async () => {
      const texts = [
        "1' or '1'='1",
        '1; drop table expenses',
        '%',
        '_',
        '\\',
        '"',
        '\ud800',
        '\u0000',
        '../../etc/passwd',
        'a'.repeat(5000),
        '1e400',
        'NaN',
        '-0',
        '[object Object]',
      ]
      for (const [name, { fields }] of resources) {
        for (const text of texts) {
          const value = encodeURIComponent(text.toWellFormed())
          for (const query of [
            `where=${fields[1]}="${value}"`,
            `where=id=${value}`,
            `where=${value}=1`,
            `include=${value}`,
            `order=${value}`,
            `page=${value}&page_size=5`,
          ]) {
            const reply = await as('owner').get(`/${name}?${query}`)
            assert.ok([200, 400].includes(reply.status), `${name} ${query}: ${reply.status}`)
            if (query.startsWith('where') && reply.status === 200) {
              assert.ok(!reply.text.includes(secret), `${name} ${query}`)
            }
          }
        }
      }
    }))
})
