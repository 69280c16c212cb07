// Every path with ids of every kind, by every method, for every role: nothing of others is found, nothing changes by it.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, type TestBook } from '../../../test/harness.ts'
import { callMoneybird, enter, type Moneybird } from '../../../test/moneybird-client.ts'
import { type Role, roles } from '../../core/people/nouns.ts'
import { routes } from './routes.ts'

const methods = ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS'] as const

/** What an organization has one of, by the first part of the path and then by the name in it. */
type Things = Readonly<Record<string, string>>

/** No ids of anything, and not ids at all. As they stand in an address. */
const nothing = [
  '999999',
  '0',
  '-1',
  String(2 ** 53),
  String(2 ** 63),
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
  '1;2',
  '*',
  'null',
  '1%00',
  "1'%20or%201=1",
  '__proto__',
  'constructor.json',
]

/** Bodies that would do something if the id were one's own. */
const bodies: Readonly<Record<string, object>> = {
  notes: { note: { note: 'x' } },
  payments: { payment: { price: 1, payment_date: '2026-05-20' } },
  contact_people: { contact_person: { firstname: 'x', lastname: 'x' } },
  time_entries: { time_entry: { description: 'x' } },
  projects: { project: { name: 'x' } },
  contacts: { contact: { company_name: 'x' } },
  sales_invoices: { sales_invoice: { reference: 'x' } },
  products: { product: { title: 'x' } },
  ledger_accounts: { ledger_account: { name: 'x' } },
}

forEachEngine('Ids at the Moneybird door', (engine) => {
  let book: TestBook
  let strangers: Things
  let own: Things
  const people = new Map<Role, Moneybird>()

  async function things(by: Moneybird, personId: number): Promise<Things> {
    const made = async (path: string, body: object): Promise<string> => {
      const reply = await by.post(path, body)
      assert.equal(reply.status, 201, reply.text)
      return reply.json<{ id: string }>().id
    }
    const contact = await made('/contacts', { contact: { company_name: 'C', customer_id: 'NR' } })
    const times = { started_at: '2026-05-20T09:00:00Z', ended_at: '2026-05-20T10:00:00Z' }
    const entry = await made('/time_entries', {
      time_entry: { user_id: personId, description: 'd', contact_id: contact, ...times },
    })
    const invoice = await made('/sales_invoices', {
      sales_invoice: { contact_id: contact, reference: 'REF', details_attributes: [{ price: 5 }] },
    })
    return {
      time_entries: entry,
      contacts: contact,
      sales_invoices: invoice,
      projects: await made('/projects', { project: { name: 'P' } }),
      products: await made('/products', { product: { title: 'P', price: 1, identifier: 'ID' } }),
      ledger_accounts: await made('/ledger_accounts', {
        ledger_account: { name: 'L', account_type: 'revenue' },
      }),
      webhooks: await made('/webhooks', { url: 'https://x.example' }),
      identities: by.administration,
      person: await made(`/contacts/${contact}/contact_people`, {
        contact_person: { firstname: 'f', lastname: 'l' },
      }),
      payment: await made(`/sales_invoices/${invoice}/payments`, {
        payment: { price: 1, payment_date: '2026-05-20' },
      }),
      'time_entries note': await made(`/time_entries/${entry}/notes`, { note: { note: 'n' } }),
      'contacts note': await made(`/contacts/${contact}/notes`, { note: { note: 'n' } }),
      'sales_invoices note': await made(`/sales_invoices/${invoice}/notes`, { note: { note: 'n' } }),
    }
  }

  before(async () => {
    book = await createTestBook(engine)
    const door = callMoneybird(book)
    for (const role of roles) {
      if (role === 'guest') continue
      people.set(role, await enter(book, door, book.actorOf(role)))
    }
    const stranger = await enter(book, door, book.actorOf('owner', 'b'))
    strangers = await things(stranger, book.actorOf('owner', 'b').personId)
    own = await things(as('owner'), book.actorOf('owner').personId)
  })

  const as = (role: Role): Moneybird => {
    const someone = people.get(role)
    return someone ?? assert.fail(role)
  }
  const first = (path: string) => path.split('/')[1] ?? ''
  /** The path with an id in each place; `last` is the one that is asked with. */
  const filled = (path: string, ids: Things, last?: string): string => {
    const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
    return names.reduce((text, name, i) => {
      const known = name === 'id' ? ids[first(path)] : (ids[name] ?? ids[`${first(path)} ${name}`])
      return text.replace(`:${name}`, last !== undefined && i === names.length - 1 ? last : (known ?? '0'))
    }, path)
  }
  const bodyFor = (path: string) =>
    bodies[path.split('/').findLast((part) => part !== '' && !part.startsWith(':')) ?? ''] ?? {}
  const send = (
    who: Moneybird,
    method: string,
    route: string,
    path: string,
    administration = who.administration,
  ) =>
    who.send(
      method,
      `/${administration}${path}`,
      method === 'POST' || method === 'PATCH' || method === 'PUT'
        ? { bytes: JSON.stringify(bodyFor(route)), type: 'application/json' }
        : undefined,
    )

  for (const { path, methods: known } of routes.filter((route) => route.path.includes(':'))) {
    describe(path, () => {
      for (const method of methods) {
        const asked = method === 'PUT' ? 'PATCH' : method === 'HEAD' ? 'GET' : method
        test(`${method} of what is not one's own is ${asked in known ? 'refused' : 405}, and changes nothing`, () =>
          book.unchanged(async () => {
            const foreign = strangers[first(path)] === undefined ? [] : [filled(path, strangers)]
            const addresses = [...foreign, ...nothing.map((id) => filled(path, own, id))]
            for (const address of addresses.filter((one) => one !== filled(path, own))) {
              const reply = await send(as('owner'), method, path, address)
              // Notes on what is not there are a bad request, in the published words.
              const expected = !(asked in known) ? [405] : /notes$/.test(path) ? [400] : [404]
              assert.ok(
                expected.includes(reply.status),
                `${method} ${address}: ${reply.status} ${reply.text}`,
              )
            }
          }))

        test(`${method} below another administration finds nothing, and changes nothing`, () =>
          book.unchanged(async () => {
            for (const administration of [String(book.organizations.b), '0', '999', 'x', '1%2F..']) {
              const reply = await send(as('owner'), method, path, filled(path, own), administration)
              assert.equal(reply.status, 404, `${method} ${administration} ${path}`)
              if (method !== 'HEAD') assert.deepEqual(reply.json(), { error: 'record not found' })
            }
          }))
      }
    })
  }

  describe('What a role may not do is 401 or not found, and changes nothing:', () => {
    for (const role of ['member', 'accountant'] as const) {
      for (const { path, methods: known } of routes) {
        for (const method of Object.keys(known).filter((one) => one !== 'GET')) {
          // Synchronization reads with POST.
          if (/synchronization$/.test(path) || path.startsWith('/webhooks')) continue
          test(`${role}: ${method} ${path}`, () =>
            book.unchanged(async () => {
              const reply = await send(as(role), method, path, filled(path, own))
              assert.ok([400, 401, 404, 422].includes(reply.status), `${reply.status} ${reply.text}`)
            }))
        }
      }
    }
  })

  test('colleagues without the right do not find each other’s entries', async () => {
    const member = as('member')
    assert.equal((await member.get(`/time_entries/${own.time_entries}`)).status, 404)
    assert.deepEqual((await member.get('/time_entries?filter=state:all')).json(), [])
    assert.equal((await as('manager').get(`/time_entries/${own.time_entries}`)).status, 200)
    assert.equal((await as('accountant').get(`/time_entries/${own.time_entries}`)).status, 200)
    assert.equal((await member.get('/sales_invoices')).status, 401)
    assert.equal((await member.get(`/sales_invoices/${own.sales_invoices}`)).status, 401)
  })

  test('ids of others in attributes find nothing, and change nothing', () =>
    book.unchanged(async () => {
      const owner = as('owner')
      const times = { description: 'x', started_at: '2026-05-20T09:00:00Z', ended_at: '2026-05-20T10:00:00Z' }
      const user_id = book.actorOf('owner').personId
      for (const [path, body] of [
        ['/time_entries', { time_entry: { ...times, user_id, contact_id: strangers.contacts } }],
        ['/time_entries', { time_entry: { ...times, user_id, project_id: strangers.projects } }],
        ['/time_entries', { time_entry: { ...times, user_id: book.actorOf('owner', 'b').personId } }],
        ['/time_entries', { time_entry: { ...times, user_id, sales_invoice_id: strangers.sales_invoices } }],
        ['/sales_invoices', { sales_invoice: { contact_id: strangers.contacts } }],
        [
          '/sales_invoices',
          { sales_invoice: { contact_id: own.contacts, time_entry_ids: [strangers.time_entries] } },
        ],
        [
          `/time_entries/${own.time_entries}/notes`,
          { note: { note: 'x', assignee_id: book.actorOf('owner', 'b').personId } },
        ],
      ] as const) {
        const reply = await owner.post(path, body)
        assert.equal(reply.status, 404, `${path} ${JSON.stringify(body)}: ${reply.text}`)
      }
      const found = await owner.post('/contacts/synchronization', { ids: [strangers.contacts] })
      assert.deepEqual(found.json(), [])
      const invoices = await owner.post('/sales_invoices/synchronization', {
        ids: [strangers.sales_invoices],
      })
      assert.deepEqual(invoices.json(), [])
    }))

  test('of one’s own can all be deleted in the end', async () => {
    const owner = as('owner')
    for (const path of [
      `/time_entries/${own.time_entries}/notes/${own['time_entries note']}`,
      `/time_entries/${own.time_entries}`,
      `/sales_invoices/${own.sales_invoices}/payments/${own.payment}`,
      `/sales_invoices/${own.sales_invoices}`,
      `/contacts/${own.contacts}`,
      `/projects/${own.projects}`,
      `/products/${own.products}`,
      `/ledger_accounts/${own.ledger_accounts}`,
      `/webhooks/${own.webhooks}`,
    ]) {
      const reply = await owner.remove(path)
      assert.equal(reply.status, 204, `${path} ${reply.text}`)
      assert.equal((await owner.remove(path)).status, 404, path)
    }
  })
})
