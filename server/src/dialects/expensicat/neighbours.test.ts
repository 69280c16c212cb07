// What stands beside the time entries: projects, customers, recurring invoices, categories, members, the organization.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import {
  type Client,
  refused,
  signedIn,
  testKeys,
  type Wire,
  type WirePage,
} from '../../../test/expensicat-door.ts'
import { createTestBook, forEachEngine, noon, type TestBook } from '../../../test/harness.ts'
import { createIds } from './ids.ts'
import { idPurpose } from './index.ts'

const testIds = createIds(testKeys.derive(idPurpose))

const api = '/api/v1'
const nowhere = '01890a5d-ac96-7b7c-8f00-000000000000'
const at = new Date(noon).toISOString()

forEachEngine('The neighbours at the Expensicat door', (engine) => {
  let book: TestBook
  let owner: Client
  let member: Client
  let stranger: Client
  before(async () => {
    book = await createTestBook(engine)
    owner = await signedIn(book, 'owner')
    member = await signedIn(book, 'member')
    stranger = await signedIn(book, 'owner', 'b')
  })

  const idOf = (noun: Parameters<typeof testIds.present>[0], id: number) =>
    testIds.present(noun, book.organizations.a, id)
  const own = () => idOf('organization', book.organizations.a)
  const made = async <T = Wire>(path: string, body: object) => {
    const reply = await owner.post(api + path, body)
    assert.equal(reply.status, 201, reply.text)
    return reply.json<{ data: T & { id: string } }>().data
  }
  const got = async (path: string, by: Client = owner) => {
    const reply = await by.get(api + path)
    assert.equal(reply.status, 200, reply.text)
    return reply.json<{ data: Wire }>().data
  }
  const changed = async (path: string, body: object) => {
    const reply = await owner.patch(api + path, body)
    assert.equal(reply.status, 200, reply.text)
    return reply.json<{ data: Wire }>().data
  }

  describe('Projects', () => {
    test('are made, read, changed and deleted; the rate is a text as it was typed', async () => {
      const customer = await made('/customers', { name: 'Acme', email: 'bills@acme.example' })
      const project = await made('/projects', {
        name: 'Rockets',
        customer_id: customer.id,
        hourly_rate: '92.50',
        currency: 'EUR',
      })
      assert.deepEqual(project, {
        id: project.id,
        organization_id: own(),
        name: 'Rockets',
        customer_id: customer.id,
        hourly_rate: '92.50',
        currency: 'EUR',
        active: true,
        created_at: at,
        updated_at: at,
        customer: { id: customer.id, name: 'Acme', email: 'bills@acme.example' },
      })
      const path = `/projects/${project.id}`
      assert.deepEqual(await got(path), project)
      const second = await changed(path, { hourly_rate: 100.1, active: false, customer_id: null })
      assert.deepEqual(
        [second.hourly_rate, second.active, second.customer_id, second.customer],
        ['100.1', false, null, null],
      )
      assert.equal((await changed(path, { hourly_rate: null })).hourly_rate, null)
      assert.equal((await owner.delete(api + path)).status, 204)
      for (const method of ['GET', 'PATCH', 'DELETE']) {
        assert.equal(
          refused(await owner.send(method, api + path, method === 'GET' ? undefined : {})),
          '404 NOT_FOUND',
        )
      }
    })

    test('are listed newest first, by name, page by page', async () => {
      for (const name of ['Alpha one', 'Beta', 'ALPHA two']) await made('/projects', { name })
      const list = async (query: string) => (await owner.get(`${api}/projects?${query}`)).json<WirePage>()
      const { data } = await list('q=alpha')
      assert.deepEqual(
        data.map(({ name }) => name),
        ['ALPHA two', 'Alpha one'],
      )
      const first = await list('q=alpha&limit=1')
      assert.deepEqual([first.data[0]?.name, first.meta.count], ['ALPHA two', 1])
      const second = await list(`q=alpha&limit=1&cursor=${first.meta.next_cursor}`)
      assert.deepEqual([second.data[0]?.name, second.meta], ['Alpha one', { count: 1, next_cursor: null }])
    })

    test('have the currency they are billed in, and take no other', async () => {
      const project = await made('/projects', { name: 'Plain', currency: null })
      assert.equal(project.currency, 'EUR')
      await book.unchanged(async () => {
        for (const currency of ['USD', 'euro', '', '€']) {
          const reply = await owner.post(`${api}/projects`, { name: 'X', currency })
          assert.equal(refused(reply), '400 VALIDATION_ERROR currency')
          assert.equal(
            refused(await owner.patch(`${api}/projects/${project.id}`, { currency })),
            '400 VALIDATION_ERROR currency',
          )
        }
      })
      assert.equal((await changed(`/projects/${project.id}`, { currency: 'eur' })).currency, 'EUR')
    })

    const wrong: readonly [object, string][] = [
      [{}, '400 VALIDATION_ERROR name'],
      [{ name: ' ' }, '400 VALIDATION_ERROR name'],
      [{ name: 5 }, '400 VALIDATION_ERROR name'],
      [{ name: 'x'.repeat(201) }, '400 VALIDATION_ERROR name'],
      [{ name: 'X', hourly_rate: 'much' }, '400 VALIDATION_ERROR hourly_rate'],
      [{ name: 'X', hourly_rate: -1 }, '400 VALIDATION_ERROR hourly_rate'],
      [{ name: 'X', hourly_rate: true }, '400 VALIDATION_ERROR hourly_rate'],
      [{ name: 'X', hourly_rate: { rawJSON: '5' } }, '400 VALIDATION_ERROR hourly_rate'],
      [{ name: 'X', active: 1 }, '400 VALIDATION_ERROR active'],
      [{ name: 'X', customer_id: 'acme' }, '400 VALIDATION_ERROR customer_id'],
      [{ name: 'X', customer_id: nowhere }, '404 NOT_FOUND'],
    ]
    for (const [body, refusal] of wrong) {
      test(`with ${JSON.stringify(body).slice(0, 50)} are refused: ${refusal}`, () =>
        book.unchanged(async () => assert.equal(refused(await owner.post(`${api}/projects`, body)), refusal)))
    }

    test('are read by members, without their rates, and changed by managers and above', async () => {
      const project = await made('/projects', { name: 'Rated', hourly_rate: 80 })
      assert.equal((await got(`/projects/${project.id}`, member)).hourly_rate, null)
      await book.unchanged(async () => {
        assert.equal(refused(await member.post(`${api}/projects`, { name: 'X' })), '403 FORBIDDEN')
        assert.equal(refused(await member.delete(`${api}/projects/${project.id}`)), '403 FORBIDDEN')
        assert.equal(refused(await stranger.delete(`${api}/projects/${project.id}`)), '404 NOT_FOUND')
      })
    })
  })

  describe('Customers', () => {
    const whole = {
      name: 'Café Zürich',
      email: 'office@zurich.example',
      phone: '+41 44 555 01 02',
      website: 'https://zurich.example',
      contact_person: 'Urs Frei',
      address_line1: 'Bahnhofstrasse 1',
      address_line2: '2. Stock',
      country: 'Switzerland',
      city: 'Zürich',
      state: 'ZH',
      postal_code: '8001',
      tax_id: 'CHE-1',
      notes: 'Two copies.',
    }

    test('are made with their name alone, or with everything', async () => {
      const plain = await made('/customers', { name: 'Plain' })
      const { id, organization_id, name, created_at, updated_at, ...rest } = plain
      assert.deepEqual([organization_id, name, created_at, updated_at], [own(), 'Plain', at, at])
      assert.equal(id.length, 36)
      assert.ok(Object.values(rest).every((value) => value === null))
      const full = await made('/customers', whole)
      const expected = {
        id: full.id,
        organization_id: own(),
        ...whole,
        created_at: at,
        updated_at: at,
        country_code: 'CH',
      }
      assert.deepEqual(full, expected)
      assert.equal(JSON.stringify(full), JSON.stringify(expected), 'The keys stand in their order.')
      assert.deepEqual(await got(`/customers/${full.id}`), full)
    })

    test('know countries by code and by name, and keep what is no country as typed', async () => {
      const { id } = await made('/customers', { name: 'Traveller', country_code: 'nl' })
      const country = async (body: object) => {
        const { country, country_code } = await changed(`/customers/${id}`, body)
        return [country, country_code]
      }
      assert.deepEqual(await country({}), ['Netherlands', 'NL'])
      assert.deepEqual(await country({ country: 'Österreich' }), ['Österreich', null])
      assert.deepEqual(await country({ phone: '1' }), ['Österreich', null])
      assert.deepEqual(await country({ country: 'austria' }), ['Austria', 'AT'])
      assert.deepEqual(await country({ country_code: 'JP', country: 'Nippon' }), ['Japan', 'JP'])
      assert.deepEqual(await country({ country: null }), [null, null])
      const listed = (await owner.get(`${api}/customers?q=traveller`)).json<WirePage>().data[0]
      assert.equal(listed?.country, null)
    })

    test('are changed field by field, emptied with null, and deleted', async () => {
      const { id } = await made('/customers', whole)
      const after = await changed(`/customers/${id}`, { email: null, city: 'Bern' })
      assert.deepEqual([after.email, after.city, after.phone], [null, 'Bern', whole.phone])
      assert.equal((await owner.delete(`${api}/customers/${id}`)).status, 204)
      assert.equal(refused(await owner.delete(`${api}/customers/${id}`)), '404 NOT_FOUND')
    })

    const wrong: readonly [object, string][] = [
      [{}, 'name'],
      [{ name: null }, 'name'],
      [{ name: 'X', email: 5 }, 'email'],
      [{ name: 'X', notes: ['a'] }, 'notes'],
      [{ name: 'X', country_code: 'XXX' }, 'country_code'],
      [{ name: 'X', country_code: 'ZZ' }, 'country_code'],
      [{ name: 'X', tax_id: 'x'.repeat(201) }, 'tax_id'],
      [{ name: 'X', contact_person: 'x'.repeat(201) }, 'contact_person'],
    ]
    for (const [body, path] of wrong) {
      test(`with ${JSON.stringify(body).slice(0, 50)} are refused at ${path}`, () =>
        book.unchanged(async () => {
          const reply = await owner.post(`${api}/customers`, body)
          assert.equal(refused(reply), `400 VALIDATION_ERROR ${path}`)
          assert.ok(!reply.text.includes('contactPerson') && !reply.text.includes('taxNumber'))
        }))
    }
  })

  describe('Recurring invoices', () => {
    test('are made and listed by customer and state', async () => {
      const customer = await made('/customers', { name: 'Monthly', email: 'm@monthly.example' })
      const other = await made('/customers', { name: 'Other' })
      const body = {
        customer_id: customer.id,
        frequency: 'monthly',
        start_date: '2026-06-01',
        items: [{ name: 'Hosting', description: 'Small server', quantity: 1.5, price: 29.9 }],
      }
      const invoice = await made('/recurring-invoices', body)
      assert.deepEqual(invoice, {
        id: invoice.id,
        organization_id: own(),
        ...body,
        end_date: null,
        max_invoices: null,
        notes: null,
        auto_send: false,
        invoices_generated: 0,
        status: 'active',
        next_generation_date: '2026-06-01',
        last_generated_date: null,
        created_by: idOf('person', book.actorOf('owner').personId),
        created_at: at,
        updated_at: at,
        customer: { id: customer.id, name: 'Monthly', email: 'm@monthly.example' },
      })
      await made('/recurring-invoices', {
        ...body,
        customer_id: other.id,
        end_date: '2027-06-01',
        max_invoices: 12,
        notes: 'By post.',
        auto_send: true,
      })
      const list = async (query: string) =>
        (await owner.get(`${api}/recurring-invoices?${query}`)).json<WirePage>().data
      assert.equal((await list('')).length, 2)
      assert.deepEqual(await list(`customer_id=${customer.id}`), [invoice])
      assert.equal((await list('status=active')).length, 2)
      assert.equal((await list('status=paused')).length, 0)
      assert.equal((await list(`customer_id=${nowhere}`)).length, 0)
      assert.equal(
        refused(await owner.get(`${api}/recurring-invoices?status=late`)),
        '400 VALIDATION_ERROR status',
      )
      assert.equal(refused(await member.get(`${api}/recurring-invoices`)), '403 FORBIDDEN')
    })

    test('that are wrong are refused where they are wrong', async () => {
      const customer = await made('/customers', { name: 'Strict' })
      const good = {
        customer_id: customer.id,
        frequency: 'weekly',
        start_date: '2026-06-01',
        items: [{ name: 'A', description: '', quantity: 1, price: 1 }],
      }
      const wrong: readonly [object, string][] = [
        [{ customer_id: undefined }, '400 VALIDATION_ERROR customer_id'],
        [{ customer_id: nowhere }, '404 NOT_FOUND'],
        [{ frequency: 'daily' }, '400 VALIDATION_ERROR frequency'],
        [{ start_date: '2026-06-31' }, '400 VALIDATION_ERROR start_date'],
        [{ end_date: '2026-05-31' }, '400 VALIDATION_ERROR end_date'],
        [{ items: [] }, '400 VALIDATION_ERROR items'],
        [{ items: {} }, '400 VALIDATION_ERROR items'],
        [{ items: ['A'] }, '400 VALIDATION_ERROR items'],
        [{ items: [{ name: 'A', quantity: 1 }] }, '400 VALIDATION_ERROR items.0.price'],
        [{ items: [good.items[0], { ...good.items[0], name: 5 }] }, '400 VALIDATION_ERROR items.1.name'],
        [{ items: [{ ...good.items[0], name: 'x'.repeat(1001) }] }, '400 VALIDATION_ERROR items.0.name'],
        [{ max_invoices: 0 }, '400 VALIDATION_ERROR max_invoices'],
        [{ max_invoices: 1.5 }, '400 VALIDATION_ERROR max_invoices'],
        [{ auto_send: 'yes' }, '400 VALIDATION_ERROR auto_send'],
      ]
      await book.unchanged(async () => {
        for (const [more, refusal] of wrong) {
          const reply = await owner.post(`${api}/recurring-invoices`, { ...good, ...more })
          assert.equal(refused(reply), refusal, JSON.stringify(more))
        }
        assert.equal(refused(await member.post(`${api}/recurring-invoices`, good)), '403 FORBIDDEN')
      })
    })
  })

  describe('Categories', () => {
    test('are made, read and listed whole, without paging', async () => {
      const travel = await made('/categories', { name: 'Travel & Rest', color: '#00ff00' })
      assert.deepEqual([travel.name, travel.color, travel.slug], ['Travel & Rest', '#00ff00', 'travel-rest'])
      const named = await made('/categories', { name: 'Meals', slug: 'food' })
      assert.deepEqual([named.color, named.slug, named.description], [null, 'food', null])
      assert.deepEqual(await got(`/categories/${named.id}`), named)
      const reply = await owner.get(`${api}/categories?limit=1`)
      assert.deepEqual(reply.json(), { data: [travel, named] })
    })

    test('of one name exist once', () =>
      book.unchanged(async () => {
        const reply = await owner.post(`${api}/categories`, { name: 'MEALS' })
        assert.equal(refused(reply), '400 VALIDATION_ERROR name')
        assert.equal(refused(await member.post(`${api}/categories`, { name: 'New' })), '403 FORBIDDEN')
        assert.equal(
          refused(await owner.post(`${api}/categories`, { name: 'N', color: 5 })),
          '400 VALIDATION_ERROR color',
        )
        assert.equal(refused(await owner.get(`${api}/categories/${nowhere}`)), '404 NOT_FOUND')
      }))
  })

  describe('Members', () => {
    const list = async (query = '', by: Client = owner) =>
      (await by.get(`${api}/members${query}`)).json<
        WirePage<{ id: string; role: string; user: { id: string; full_name: string } }>
      >()
    const userOf = (role: Parameters<TestBook['actorOf']>[0]) => idOf('person', book.actorOf(role).personId)

    test('are listed with one of three roles, newest first, by role and page by page', async () => {
      const { data, meta } = await list()
      assert.equal(meta.count, 6)
      assert.deepEqual(
        data.map(({ role, user }) => `${user.full_name}: ${role}`),
        [
          'guest of A: member',
          'accountant of A: member',
          'member of A: member',
          'manager of A: member',
          'admin of A: admin',
          'owner of A: owner',
        ],
      )
      assert.deepEqual(data[4], {
        id: data[4]?.id,
        role: 'admin',
        user: { id: userOf('admin'), email: 'admin@a.example', full_name: 'admin of A', avatar_url: null },
      })
      assert.deepEqual(
        (await list('?role=owner')).data.map(({ user }) => user.id),
        [userOf('owner')],
      )
      assert.equal((await list('?role=member')).meta.count, 4)
      const first = await list('?role=member&limit=3')
      const second = await list(`?role=member&limit=3&cursor=${first.meta.next_cursor}`)
      assert.deepEqual([first.meta.count, second.meta], [3, { count: 1, next_cursor: null }])
      assert.equal(refused(await owner.get(`${api}/members?role=manager`)), '400 VALIDATION_ERROR role')
      const guest = await signedIn(book, 'guest')
      assert.deepEqual(
        (await list('', guest)).data.map(({ user }) => user.id),
        [userOf('guest')],
      )
    })

    test('get another role, and keep a finer one of ours when it is shown as that already', async () => {
      const user = userOf('accountant')
      await book.unchanged(async () => {
        for (const body of [{ role: 'member' }, {}]) {
          assert.equal((await changed(`/members/${user}`, body)).role, 'member')
        }
      })
      assert.equal((await changed(`/members/${user}`, { role: 'admin' })).role, 'admin')
      assert.equal((await changed(`/members/${user}`, { role: 'member' })).role, 'member')
      await book.unchanged(async () => {
        for (const role of ['owner', 'manager', 'ADMIN', 5, null]) {
          assert.equal(
            refused(await owner.patch(`${api}/members/${user}`, { role })),
            '400 VALIDATION_ERROR role',
          )
        }
        assert.equal(
          refused(await owner.patch(`${api}/members/${nowhere}`, { role: 'admin' })),
          '404 NOT_FOUND',
        )
        assert.equal(
          refused(await member.patch(`${api}/members/${user}`, { role: 'admin' })),
          '403 FORBIDDEN',
        )
        assert.equal(
          refused(await owner.patch(`${api}/members/${userOf('owner')}`, { role: 'member' })),
          '409 CONFLICT',
        )
      })
    })

    test('leave, and then their tokens are worth nothing', async () => {
      const guest = await signedIn(book, 'guest')
      assert.equal((await guest.get(`${api}/organizations/current`)).status, 200)
      assert.equal((await owner.delete(`${api}/members/${userOf('guest')}`)).status, 204)
      assert.equal(refused(await guest.get(`${api}/organizations/current`)), '401 UNAUTHORIZED')
      assert.equal(refused(await owner.delete(`${api}/members/${userOf('guest')}`)), '404 NOT_FOUND')
      assert.equal((await list()).meta.count, 5)
    })
  })

  describe('The organization', () => {
    test('is the one of the token, and can be renamed by its owner', async () => {
      const path = '/organizations/current'
      const before = await got(path, member)
      assert.deepEqual(before, {
        id: own(),
        name: 'A',
        slug: 'a',
        logo: null,
        base_currency: 'EUR',
        avatar_url: null,
        created_at: at,
      })
      assert.deepEqual(await changed(path, { name: 'A & Sons', logo: null, base_currency: 'USD' }), {
        ...before,
        name: 'A & Sons',
        slug: 'a-sons',
      })
      assert.equal((await got(path)).name, 'A & Sons')
      await book.unchanged(async () => {
        assert.equal(
          refused(await owner.patch(api + path, { logo: 'https://x.example/a.png' })),
          '400 VALIDATION_ERROR logo',
        )
        assert.equal(refused(await owner.patch(api + path, { name: '' })), '400 VALIDATION_ERROR name')
        assert.equal(refused(await member.patch(api + path, { name: 'Mine' })), '403 FORBIDDEN')
      })
    })
  })
})
