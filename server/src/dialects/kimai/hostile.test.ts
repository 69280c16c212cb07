// Texts and numbers meant to do harm, at the Kimai door: kept as they are or refused, and never taken for anything else.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { forEachEngine } from '../../../test/harness.ts'
import { createKimaiBook, type KimaiBook, type KimaiClient } from '../../../test/kimai-client.ts'

const texts = [
  '{{7*7}} $\u007b7*7} <%= 7*7 %> #{7*7} {% include "x" %}',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  "'; drop table expenses; --",
  '=cmd|calc!A1',
  '\u202egnp.exe\u200b',
  '👩‍👩‍👧 e\u0301 ﬁ',
  '%_\\%',
  'a\tb\nc\r\nd',
  '../../etc/passwd',
  '/slash/',
]

forEachEngine('Hostile input at the Kimai door', (engine) => {
  let kimai: KimaiBook
  let owner: KimaiClient
  let least: Record<string, unknown>
  before(async () => {
    kimai = await createKimaiBook(engine)
    owner = kimai.as('owner')
    const { project, category } = kimai.things
    least = { begin: '2026-05-20T10:00:00', project, expenseCategory: category }
  })

  for (const text of texts) {
    test(`the text ${JSON.stringify(text).slice(0, 40)} stays itself`, async () => {
      const { id } = await owner.made('POST', '/api/expenses', { ...least, description: text })
      assert.equal(
        (await owner.made<{ description: string }>('GET', `/api/expenses/${id}`)).description,
        text,
      )
      const word = encodeURIComponent(text.split(/\s/)[0] ?? '')
      const found = await owner.made<{ id: number }[]>('GET', `/api/expenses?size=500&term=${word}`)
      assert.ok(found.some((expense) => expense.id === id) || /^!|:/.test(text), text)
      const customer = await owner.made<{ company: string }>('POST', '/api/customers', {
        name: 'Bad',
        company: text,
      })
      assert.equal(customer.company, text)
    })
  }

  describe('money', () => {
    for (const [cost, multiplier, total] of [
      ['0.1', '0.2', '0.02'],
      ['1.005', '1', '1.01'],
      ['-1.005', '1', '-1.01'],
      ['0.005', '1', '0.01'],
      ['1e-9', '1000000000', '1.0'],
      ['0', '0', '0.0'],
      ['9999999999999', '1', '9999999999999.0'],
    ] as const) {
      test(`${multiplier} × ${cost} is ${total}`, async () => {
        const reply = await owner.send('POST', '/api/expenses', { ...least, cost, multiplier })
        assert.match(reply.text, new RegExp(`"total":${total.replace('.', '\\.')},`), reply.text)
      })
    }

    for (const [cost, multiplier] of [
      ['9999999999999999', '1'],
      ['1e15', '1e15'],
      ['9'.repeat(31), '1'],
      ['NaN', '1'],
      ['1', 'Infinity'],
      ['0x10', '1'],
      ['1_000', '1'],
      ['1,000.00', '1'],
    ] as const) {
      test(`${multiplier} × ${cost} is refused`, () =>
        kimai.book.unchanged(async () => {
          const reply = await owner.send('POST', '/api/expenses', { ...least, cost, multiplier })
          assert.equal(reply.status, 400, reply.text)
        }))
    }
  })

  describe('fields that are nobody’s to set', () => {
    for (const name of [
      'id',
      'organizationId',
      'personId',
      'total',
      'invoiceId',
      'createdAt',
      'role',
      'constructor',
      'rate',
    ]) {
      test(name, () =>
        kimai.book.unchanged(async () => {
          for (const path of ['/api/expenses', '/api/timesheets', '/api/customers']) {
            const reply = await owner.send('POST', path, { ...least, name: 'Ab', [name]: 1 })
            assert.equal(reply.status, 400)
          }
        }),
      )
    }
  })

  describe('queries', () => {
    for (const query of [
      `orderBy=${encodeURIComponent('begin; drop table expenses')}`,
      'orderBy=__proto__',
      'orderBy=constructor',
      'order=DESC--',
      `projects[]=${encodeURIComponent('1 or 1=1')}`,
      `begin=${encodeURIComponent("2026-05-20T10:00:00' or 1=1")}`,
      `term=${'x'.repeat(1001)}`,
      `term=${'a%20'.repeat(21)}`,
      `${'projects[]=1&'.repeat(1001)}`,
      'term=%ff',
    ]) {
      test(`${query.slice(0, 50)} is refused`, async () => {
        assert.equal((await owner.get(`/api/expenses?${query}`)).status, 400)
      })
    }

    for (const path of [
      'expenses?term=a%00b',
      'expenses?term=%00:b',
      'expenses?term=a:%00',
      'timesheets?tags[]=%00',
      'timesheets?term=!%00',
      'tags/find?name=%00',
      'customers?term=%00',
      'users?term=%00',
      'expenses?term=%ED%A0%80',
    ]) {
      test(`${path} finds nothing, or is refused`, async () => {
        const reply = await owner.get(`/api/${path}`)
        assert.ok(reply.status === 400 || (reply.status === 200 && reply.text === '[]') || path.includes('!'))
      })
    }

    test('a custom field or tag of such a name is refused', () =>
      kimai.book.unchanged(async () => {
        const { customer } = kimai.things
        for (const name of ['a\u0000b', '\ud800']) {
          const field = { name, value: name }
          const reply = await owner.send('PATCH', `/api/customers/${customer}/meta`, field)
          assert.ok([400, 404].includes(reply.status))
          assert.equal((await owner.send('POST', '/api/tags', { name: `${name}xy` })).status, 400)
          assert.equal((await owner.send('PATCH', `/api/customers/${customer}`, { fax: name })).status, 400)
        }
      }))

    test('a thousand ids are looked for', async () => {
      const many = Array.from({ length: 990 }, (_, index) => index + 1).join(',')
      assert.equal((await owner.get(`/api/expenses?projects=${many}`)).status, 200)
      assert.equal((await owner.get(`/api/expenses?projects=${many},${many}`)).status, 400)
    })
  })

  describe('times', () => {
    for (const [begin, end, status] of [
      ['2026-10-25T02:30:00', '2026-10-25T03:30:00', 200],
      ['2026-03-29T02:30:00', '2026-03-29T03:30:00', 200],
      ['0001-01-03T00:00:00', '0001-01-03T01:00:00', 200],
      ['9999-12-30T00:00:00', '9999-12-30T01:00:00', 200],
      ['0001-01-01T00:00:00', '0001-01-01T01:00:00', 400],
      ['9999-12-31T23:00:00', '9999-12-31T23:59:00', 400],
      ['2026-05-20T10:00:00', '2026-05-20T10:00:00', 200],
      ['2026-05-20T10:00:00', '2028-05-20T10:00:00', 400],
      ['2026-06-30T23:59:60', '2026-07-01T00:10:00', 400],
    ] as const) {
      test(`from ${begin} to ${end}: ${status}`, async () => {
        const { project, activity } = kimai.things
        const reply = await owner.send('POST', '/api/timesheets', { project, activity, begin, end })
        assert.equal(reply.status, status, reply.text)
      })
    }
  })

  test('two timers started at once leave one running', async () => {
    const { project, activity } = kimai.things
    await Promise.all(
      Array.from({ length: 8 }, () => owner.made('POST', '/api/timesheets', { project, activity })),
    )
    assert.equal((await owner.made<unknown[]>('GET', '/api/timesheets/active')).length, 1)
  })

  test('an expense exported twice at once and deleted meanwhile is one thing or the other', async () => {
    const { id } = await owner.made('POST', '/api/expenses', least)
    const member = kimai.as('admin')
    const replies = await Promise.all([
      owner.send('PATCH', `/api/expenses/${id}`, { exported: true }),
      member.send('DELETE', `/api/expenses/${id}`),
      owner.send('PATCH', `/api/expenses/${id}`, { description: 'x' }),
    ])
    assert.equal(replies[1]?.status, 204)
    assert.equal((await owner.get(`/api/expenses/${id}`)).status, 404)
  })
})
