// The list of expenses: every filter in every spelling, every sort, pages and their headers, and whose rows are shown.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { forEachEngine } from '../../../test/harness.ts'
import { createKimaiBook, type KimaiBook, type KimaiClient } from '../../../test/kimai-client.ts'

type Row = { readonly id: number; readonly description: string; readonly user: number }

forEachEngine('The list of expenses at the Kimai door', (engine) => {
  let kimai: KimaiBook
  let owner: KimaiClient
  let other: { customer: number; project: number }

  before(async () => {
    kimai = await createKimaiBook(engine)
    owner = kimai.as('owner')
    const { project, category, activity } = kimai.things
    const customer = (await owner.made('POST', '/api/customers', { name: 'Zeta' })).id
    const second = (await owner.made('POST', '/api/projects', { name: 'Tower', customer })).id
    other = { customer, project: second }
    const hotel = await kimai.book.core.categories.add(kimai.book.actorOf('owner'), { name: 'Hotel' })
    const rows: readonly [by: string, more: Record<string, unknown>][] = [
      ['owner', { description: 'alpha one', begin: '2026-05-01T10:00:00', cost: 9, multiplier: 1 }],
      [
        'owner',
        { description: 'beta two', begin: '2026-05-02T10:00:00', cost: 10, multiplier: 3, project: second },
      ],
      [
        'member',
        {
          description: 'gamma 50% off',
          begin: '2026-05-03T10:00:00',
          cost: 2,
          multiplier: 2,
          billableMode: 'no',
        },
      ],
      [
        'manager',
        {
          description: 'delta two',
          begin: '2026-05-04T10:00:00',
          cost: 100,
          multiplier: 0.5,
          expenseCategory: hotel.id,
          activity,
        },
      ],
    ]
    for (const [by, more] of rows) {
      await kimai.as(by).made('POST', '/api/expenses', { project, expenseCategory: category, ...more })
    }
    const [delta] = await owner.made<Row[]>('GET', '/api/expenses?size=1')
    await owner.made('PATCH', `/api/expenses/${delta?.id}`, { exported: true })
  })

  const names = async (query: string, by = owner) =>
    (await by.made<Row[]>('GET', `/api/expenses?${query}`))
      .map((row) => row.description.split(' ')[0])
      .join(' ')

  const personOf = (role: 'owner' | 'member' | 'manager') => kimai.book.actorOf(role).personId

  describe('filters', () => {
    const all = 'delta gamma beta alpha'
    const cases: readonly (readonly [string, () => string, string])[] = [
      ['nothing', () => '', all],
      [
        'empty values, as the Go client sends them',
        () => 'begin=&end=&exported=&order=&orderBy=&page=&refundable=&size=&term=',
        all,
      ],
      ['a begin', () => 'begin=2026-05-02T10:00:00', 'delta gamma beta'],
      ['an end, which is inside', () => 'end=2026-05-02T10:00:00', 'beta alpha'],
      ['both', () => 'begin=2026-05-02T00:00:00&end=2026-05-03T23:59:59', 'gamma beta'],
      ['refundable', () => 'refundable=1', 'delta beta alpha'],
      ['not refundable', () => 'refundable=0', 'gamma'],
      ['exported', () => 'exported=1', 'delta'],
      ['not exported', () => 'exported=0', 'gamma beta alpha'],
      ['a word', () => 'term=TWO', 'delta beta'],
      ['two words', () => 'term=two+beta', 'beta'],
      ['a word that is not there', () => 'term=!two', 'gamma alpha'],
      ['a wildcard, which means itself', () => 'term=50%25', 'gamma'],
      ['a lonely colon', () => 'term=two:', ''],
      [
        'users in brackets',
        () => `users[]=${personOf('member')}&users%5B%5D=${personOf('manager')}`,
        'delta gamma',
      ],
      ['users with an index', () => `users[0]=${personOf('member')}`, 'gamma'],
      ['users with a comma', () => `users=${personOf('member')},${personOf('manager')}`, 'delta gamma'],
      ['users repeated', () => `users=${personOf('member')}&users=${personOf('manager')}`, 'delta gamma'],
      ['projects', () => `projects[]=${other.project}`, 'beta'],
      ['customers', () => `customers[]=${other.customer}`, 'beta'],
      ['activities', () => `activities[]=${kimai.things.activity}`, 'delta'],
      ['an id of nothing', () => 'projects[]=999999', ''],
      ['an unknown parameter', () => 'nonsense=1', all],
    ]
    for (const [sentence, query, expected] of cases) {
      test(`by ${sentence}`, async () => assert.equal(await names(query()), expected))
    }
  })

  describe('sorts', () => {
    for (const [by, order, expected] of [
      ['begin', 'ASC', 'alpha beta gamma delta'],
      ['end', 'DESC', 'delta gamma beta alpha'],
      ['duration', 'ASC', 'alpha beta gamma delta'],
      ['total', 'ASC', 'gamma alpha beta delta'],
      ['cost', 'ASC', 'gamma alpha beta delta'],
      ['multiplier', 'DESC', 'beta gamma alpha delta'],
      ['description', 'ASC', 'alpha beta delta gamma'],
      ['category', 'ASC', 'delta alpha beta gamma'],
      ['customer', 'DESC', 'beta delta gamma alpha'],
      ['project', 'DESC', 'beta delta gamma alpha'],
      ['activity', 'DESC', 'delta gamma beta alpha'],
      ['user', 'ASC', 'delta gamma alpha beta'],
      ['exported', 'DESC', 'delta gamma beta alpha'],
      ['refundable', 'ASC', 'gamma alpha beta delta'],
    ] as const) {
      test(`by ${by} ${order}`, async () =>
        assert.equal(await names(`orderBy=${by}&order=${order}`), expected))
    }
  })

  describe('pages', () => {
    for (const [query, expected, headers] of [
      ['', 'delta gamma beta alpha', ['1', '4', '1', '50']],
      ['size=3', 'delta gamma beta', ['1', '4', '2', '3']],
      ['size=3&page=2', 'alpha', ['2', '4', '2', '3']],
      ['size=0&page=0', 'delta gamma beta alpha', ['1', '4', '1', '50']],
      ['size=100000', 'delta gamma beta alpha', ['1', '4', '1', '500']],
      ['term=nowhere', '', ['1', '0', '1', '50']],
    ] as const) {
      test(`with ${query || 'nothing asked'} tell where they are`, async () => {
        const reply = await owner.get(`/api/expenses?${query}`)
        assert.equal(await names(query), expected)
        const told = ['x-page', 'x-total-count', 'x-total-pages', 'x-per-page'].map(
          (name) => reply.headers[name],
        )
        assert.deepEqual(told, headers)
        // The second answer is one that was kept, and it tells the same.
        const again = await owner.get(`/api/expenses?${query}`)
        assert.deepEqual([again.text, again.headers['x-total-count']], [reply.text, headers[1]])
      })
    }

    for (const query of ['page=2', 'size=3&page=3', 'page=999999999&size=500', 'term=nowhere&page=2']) {
      test(`beyond the last one, as with ${query}, are not there`, async () => {
        assert.equal((await owner.get(`/api/expenses?${query}`)).status, 404)
      })
    }
  })

  describe('refuses', () => {
    for (const query of [
      'begin=2026-05-02',
      'begin=2026-05-02T10:00',
      'begin=2026-05-02T10:00:00Z',
      'end=soon',
      'refundable=2',
      'exported=yes',
      'orderBy=id',
      'orderBy=spent_at',
      'order=asc',
      'order=ASC;drop',
      'page=-1',
      'page=x',
      'size=1e3',
      'size=-1',
      'projects[]=x',
      'users=1,x',
      'customers[]=-1',
      `term=${'a+'.repeat(30)}`,
    ]) {
      test(query.slice(0, 60), async () => {
        const reply = await owner.get(`/api/expenses?${query}`)
        assert.deepEqual([reply.status, reply.text], [400, '{"code":400,"message":"Bad Request"}'])
      })
    }
  })

  describe('shows', () => {
    for (const [role, expected] of [
      ['owner', 'delta gamma beta alpha'],
      ['admin', 'delta gamma beta alpha'],
      ['manager', 'delta gamma beta alpha'],
      ['accountant', 'delta gamma beta alpha'],
      ['member', 'gamma'],
      ['guest', ''],
    ] as const) {
      test(`to ${role} what the role reaches`, async () => {
        assert.equal(await names('', kimai.as(role)), expected)
      })
    }

    test('a member nothing of others by asking for them', async () => {
      assert.equal(await names(`users[]=${personOf('owner')}`, kimai.as('member')), '')
      assert.equal(
        await names(`users[]=${personOf('owner')}&users[]=${personOf('member')}`, kimai.as('member')),
        'gamma',
      )
    })

    test('another organization nothing', async () => {
      assert.equal(await names('', kimai.as('owner', 'b')), '')
      assert.equal(await names(`projects[]=${kimai.things.project}`, kimai.as('owner', 'b')), '')
    })

    test('categories to those who keep them', async () => {
      const categories = await owner.made<{ name: string; visible: boolean }[]>(
        'GET',
        '/api/expenses/categories',
      )
      assert.deepEqual(
        categories.map(({ name, visible }) => [name, visible]),
        [
          ['Train', true],
          ['Hotel', true],
        ],
      )
      assert.equal((await kimai.as('member').get('/api/expenses/categories')).status, 403)
    })

    test('a renamed category at once', async () => {
      const { core } = kimai.book
      const actor = kimai.book.actorOf('owner')
      await owner.get('/api/expenses')
      await core.categories.update(actor, kimai.things.category, { name: 'Railway' })
      const [first] = await owner.made<{ category: { name: string } }[]>('GET', '/api/expenses?order=ASC')
      assert.equal(first?.category.name, 'Railway')
    })
  })
})
