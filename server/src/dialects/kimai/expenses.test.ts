// Expenses as three generations of clients make, change, mark, copy and delete them.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { forEachEngine } from '../../../test/harness.ts'
import { createKimaiBook, type KimaiBook, type KimaiClient, wrongIn } from '../../../test/kimai-client.ts'
import { decimal } from '../../core/decimal.ts'
import { sentences } from './form.ts'

type Shown = {
  readonly id: number
  readonly activity: number | null
  readonly project: number | null
  readonly user: number
  readonly total: number
  readonly begin: string
  readonly category: { readonly id: number; readonly name: string }
  readonly description: string | null
  readonly cost: number
  readonly multiplier: number
  readonly exported: boolean
  readonly refundable: boolean
  readonly metaFields: readonly { name: string; value: string | null }[]
}

forEachEngine('Expenses at the Kimai door', (engine) => {
  let kimai: KimaiBook
  let owner: KimaiClient
  let member: KimaiClient
  let least: Record<string, unknown>

  before(async () => {
    kimai = await createKimaiBook(engine)
    owner = kimai.as('owner')
    member = kimai.as('member')
    const { project, category } = kimai.things
    least = { begin: '2026-05-20T10:00:00', project, expenseCategory: category }
  })

  const create = (by: KimaiClient, more: Record<string, unknown> = {}) =>
    by.made<Shown>('POST', '/api/expenses', { ...least, ...more })

  describe('made', () => {
    test('with the least fields have defaults', async () => {
      const { id, user, ...shown } = await create(owner)
      assert.ok(id > 0)
      assert.equal(user, kimai.book.actorOf('owner').personId)
      assert.deepEqual(shown, {
        activity: null,
        project: kimai.things.project,
        total: 0,
        begin: '2026-05-20T10:00:00+0200',
        category: { id: kimai.things.category, name: 'Train', visible: true, color: null },
        description: null,
        cost: 0,
        multiplier: 1,
        exported: false,
        refundable: true,
        metaFields: [],
      })
    })

    test('spell floats with a fraction and never a rounded one', async () => {
      const reply = await owner.send('POST', '/api/expenses', { ...least, cost: 0.38, multiplier: '30' })
      assert.match(reply.text, /"total":11\.4,.*"cost":0\.38,"multiplier":30\.0,/)
      const odd = await owner.send('POST', '/api/expenses', { ...least, cost: '0.1', multiplier: '3' })
      assert.match(odd.text, /"total":0\.3,/)
    })

    test('take the form of 1.x: a category as text, a customer to ignore, a flag', async () => {
      const shown = await create(owner, {
        expenseCategory: String(kimai.things.category),
        customer: '999999',
        refundable: false,
        multiplier: 2,
        cost: '4.50',
      })
      assert.deepEqual([shown.refundable, shown.total], [false, 9])
    })

    test('take the form of 2.x: the mode, the user, the mark', async () => {
      const { personId } = kimai.book.actorOf('member')
      const shown = await create(owner, { billableMode: 'no', user: personId, exported: true })
      assert.deepEqual([shown.refundable, shown.user, shown.exported], [false, personId, true])
    })

    test('take snake case, empty bodies of nothing, and forms', async () => {
      const snake = await owner.made<Shown>('POST', '/api/expenses', {
        begin: '2026-05-20 10:00',
        project: String(kimai.things.project),
        expense_category: kimai.things.category,
        billable_mode: 'yes',
      })
      assert.equal(snake.refundable, true)
      const form = new URLSearchParams({
        begin: '2026-05-20T10:00:00',
        project: String(kimai.things.project),
        expenseCategory: String(kimai.things.category),
        description: 'by form',
      })
      const reply = await kimai.door.post('/api/expenses', form.toString(), {
        'x-auth-user': 'owner@a.example',
        'x-auth-token': 'correct horse',
      })
      assert.equal(reply.json<Shown>().description, 'by form')
    })

    for (const [sent, shown] of [
      ['2026-11-20T11:59:17+00:00', '2026-11-20T12:59:17+0100'],
      ['2026-11-20T10:00:00.123456+00:00', '2026-11-20T11:00:00+0100'],
      ['2026-11-20T10:00:00.000Z', '2026-11-20T11:00:00+0100'],
      ['2026-07-01T10:00', '2026-07-01T10:00:00+0200'],
      // Skipped by daylight saving: kept as it was typed.
      ['2026-03-29T02:30:00', '2026-03-29T02:30:00+0100'],
    ] as const) {
      test(`at ${sent} are shown at ${shown}`, async () => {
        assert.equal((await create(owner, { begin: sent })).begin, shown)
      })
    }

    test('without a cost cost what the category says, in its unit', async () => {
      const mileage = await kimai.book.core.categories.add(kimai.book.actorOf('owner'), {
        name: 'Mileage',
        unit: 'km',
        unitPrice: decimal('0.23'),
      })
      const shown = await create(owner, { expenseCategory: mileage.id, multiplier: 100 })
      assert.deepEqual([shown.cost, shown.multiplier, shown.total], [0.23, 100, 23])
      const { expenses } = await kimai.book.core.expenses.read(kimai.book.actorOf('owner'), shown.id)
      assert.equal(expenses[0]?.unit, 'km')
    })

    test('are billable as their place is, unless told', async () => {
      const { customer } = kimai.things
      const internal = (
        await owner.made('POST', '/api/projects', { name: 'Internal', customer, billable: false })
      ).id
      assert.equal((await create(owner, { project: internal })).refundable, false)
      assert.equal((await create(owner, { project: internal, billableMode: 'auto' })).refundable, false)
      assert.equal((await create(owner, { project: internal, billableMode: 'yes' })).refundable, true)
    })

    test('are money of the customer', async () => {
      const customer = (await owner.made('POST', '/api/customers', { name: 'Tea', currency: 'JPY' })).id
      const project = (await owner.made('POST', '/api/projects', { name: 'House', customer })).id
      const shown = await create(owner, { project, cost: '1234.5', multiplier: '2' })
      assert.deepEqual([shown.cost, shown.total], [1234.5, 2469])
      const { expenses } = await kimai.book.core.expenses.read(kimai.book.actorOf('owner'), shown.id)
      assert.deepEqual([expenses[0]?.currency, expenses[0]?.clientId], ['JPY', customer])
    })

    test('may be negative', async () => {
      assert.equal((await create(owner, { cost: 10, multiplier: '-1.5' })).total, -15)
    })
  })

  describe('that are wrong', () => {
    const wrong: readonly (readonly [string, Record<string, unknown>, Record<string, readonly string[]>])[] =
      [
        ['no project', { project: undefined }, { project: [sentences.blank] }],
        ['an empty category', { expenseCategory: '' }, { expenseCategory: [sentences.blank] }],
        ['no begin', { begin: null }, { begin: [sentences.blank] }],
        ['a broken begin', { begin: 'soon' }, { begin: ['Please enter a valid date and time.'] }],
        [
          'an impossible day',
          { begin: '2026-02-30T10:00:00' },
          { begin: ['Please enter a valid date and time.'] },
        ],
        ['an unknown project', { project: 999_999 }, { project: [sentences.choice] }],
        ['a project that is no id', { project: 'x' }, { project: [sentences.choice] }],
        ['an unknown category', { expenseCategory: 999_999 }, { expenseCategory: [sentences.choice] }],
        ['an unknown activity', { activity: 999_999 }, { activity: [sentences.choice] }],
        ['an unknown user', { user: 999_999 }, { user: [sentences.choice] }],
        ['an unknown mode', { billableMode: 'maybe' }, { billableMode: [sentences.choice] }],
        [
          'a multiplier that is no number',
          { multiplier: 'many' },
          { multiplier: ['Please enter a number.'] },
        ],
        ['a list for a text', { description: ['a'] }, { description: [sentences.invalid] }],
        ['a field of no form', { total: 5 }, { '': [sentences.extra] }],
        ['a kept field', { id: 5 }, { '': [sentences.extra] }],
        [
          'all references at once',
          { project: 999_999, expenseCategory: 999_999, activity: 999_999, user: 999_999, total: 1 },
          {
            '': [sentences.extra],
            project: [sentences.choice],
            expenseCategory: [sentences.choice],
            activity: [sentences.choice],
            user: [sentences.choice],
          },
        ],
        [
          'two at once',
          { project: 'x', multiplier: '-' },
          { project: [sentences.choice], multiplier: ['Please enter a number.'] },
        ],
      ]
    for (const [sentence, more, expected] of wrong) {
      test(`in ${sentence} are refused by field, and nothing is kept`, () =>
        kimai.book.unchanged(async () => {
          const reply = await owner.send('POST', '/api/expenses', { ...least, ...more })
          assert.deepEqual(wrongIn(reply), expected)
        }))
    }

    test('are told with every field of the form', async () => {
      const { errors } = (await owner.send('POST', '/api/expenses', {})).json<{
        errors: { children: Record<string, unknown> }
      }>()
      assert.deepEqual(errors.children, {
        begin: { errors: [sentences.blank] },
        project: { errors: [sentences.blank] },
        expenseCategory: { errors: [sentences.blank] },
        multiplier: {},
        activity: {},
        customer: {},
        description: {},
        refundable: {},
        billableMode: {},
        cost: {},
        user: {},
        exported: {},
      })
    })

    test('in a field of both spellings are a bad request', async () => {
      const reply = await owner.send('POST', '/api/expenses', {
        ...least,
        billableMode: 'no',
        billable_mode: 'yes',
      })
      assert.deepEqual([reply.status, reply.text], [400, '{"code":400,"message":"Bad Request"}'])
    })

    test('at a hidden place are refused, and stay where they are', async () => {
      const { customer } = kimai.things
      const project = (await owner.made('POST', '/api/projects', { name: 'Closed', customer })).id
      const { id } = await create(owner, { project })
      await owner.made('PATCH', `/api/projects/${project}`, { visible: false })
      const reply = await owner.send('POST', '/api/expenses', { ...least, project })
      assert.deepEqual(wrongIn(reply), { project: [sentences.choice] })
      assert.equal((await owner.made<Shown>('PATCH', `/api/expenses/${id}`, { project })).project, project)
    })

    test('at an activity of another project are refused at the project', async () => {
      const { customer } = kimai.things
      const project = (await owner.made('POST', '/api/projects', { name: 'Tunnel', customer })).id
      const reply = await owner.send('POST', '/api/expenses', {
        ...least,
        project,
        activity: kimai.things.activity,
      })
      assert.deepEqual(Object.keys(wrongIn(reply)), ['project'])
    })
  })

  describe('changed', () => {
    test('in a subset keep the rest', async () => {
      const { id } = await create(owner, { cost: 5, multiplier: 2, description: 'before' })
      const shown = await owner.made<Shown>('PATCH', `/api/expenses/${id}`, { multiplier: 3 })
      assert.deepEqual([shown.total, shown.description, shown.cost], [15, 'before', 5])
      assert.deepEqual(await owner.made('GET', `/api/expenses/${id}`), shown)
    })

    test('with nothing stay as they are', () =>
      create(owner).then((shown) =>
        kimai.book.unchanged(async () => {
          assert.deepEqual(await owner.made('PATCH', `/api/expenses/${shown.id}`, {}), shown)
          assert.deepEqual(await owner.made('PATCH', `/api/expenses/${shown.id}`), shown)
        }),
      ))

    test('move to another project with its customer and currency', async () => {
      const customer = (await owner.made('POST', '/api/customers', { name: 'Dollar', currency: 'USD' })).id
      const project = (await owner.made('POST', '/api/projects', { name: 'Road', customer })).id
      const { id } = await create(owner, { cost: 5 })
      await owner.made('PATCH', `/api/expenses/${id}`, { project })
      const { expenses } = await kimai.book.core.expenses.read(kimai.book.actorOf('owner'), id)
      assert.deepEqual([expenses[0]?.currency, expenses[0]?.clientId], ['USD', customer])
    })

    test('keep their person', async () => {
      const { id } = await create(member)
      const { personId } = kimai.book.actorOf('owner')
      const reply = await owner.send('PATCH', `/api/expenses/${id}`, { user: personId })
      assert.deepEqual(wrongIn(reply), { user: [sentences.choice] })
    })

    test('cannot lose what is required', async () => {
      const { id } = await create(owner)
      const reply = await owner.send('PATCH', `/api/expenses/${id}`, { begin: '' })
      assert.deepEqual(wrongIn(reply), { begin: [sentences.blank] })
    })
  })

  describe('that are exported', () => {
    test('are closed to whoever recorded them and to team leads, and open to admins', async () => {
      const { id } = await create(member, { cost: 5 })
      await owner.made('PATCH', `/api/expenses/${id}`, { exported: true })
      await kimai.book.unchanged(async () => {
        for (const by of [member, kimai.as('manager')]) {
          assert.equal((await by.send('PATCH', `/api/expenses/${id}`, { description: 'x' })).status, 403)
          assert.equal((await by.send('DELETE', `/api/expenses/${id}`)).status, 403)
          assert.equal(
            (await by.send('PATCH', `/api/expenses/${id}/meta`, { name: 'a', value: 'b' })).status,
            403,
          )
        }
      })
      const admin = kimai.as('admin')
      const shown = await admin.made<Shown>('PATCH', `/api/expenses/${id}`, { cost: 6 })
      assert.deepEqual([shown.cost, shown.exported], [6, true])
      assert.equal(
        (await admin.made<Shown>('PATCH', `/api/expenses/${id}`, { exported: false })).exported,
        false,
      )
      await owner.made('PATCH', `/api/expenses/${id}`, { exported: true })
      assert.equal((await admin.send('DELETE', `/api/expenses/${id}`)).status, 204)
    })

    test('are not marked by those who lead nobody', async () => {
      const { id } = await create(member, { exported: false })
      for (const [method, path] of [
        ['POST', '/api/expenses'],
        ['PATCH', `/api/expenses/${id}`],
      ] as const) {
        const body = method === 'POST' ? { ...least, exported: true } : { exported: true }
        assert.deepEqual(wrongIn(await member.send(method, path, body)), { '': [sentences.extra] })
      }
    })

    test('on an invoice stay what was billed, whoever asks', async () => {
      const { id } = await create(owner, { cost: 50 })
      const { core } = kimai.book
      const actor = await kimai.book.again(kimai.book.actorOf('owner'))
      await core.invoices.add(actor, {
        clientId: kimai.things.customer,
        lines: [{ title: 'Train', quantity: decimal('1'), unitPrice: decimal('50'), expenseId: id }],
      })
      assert.equal((await owner.made<Shown>('GET', `/api/expenses/${id}`)).exported, true)
      assert.equal((await owner.send('PATCH', `/api/expenses/${id}`, { cost: 1 })).status, 403)
      assert.equal((await owner.send('PATCH', `/api/expenses/${id}`, { exported: false })).status, 403)
      assert.equal((await owner.send('DELETE', `/api/expenses/${id}`)).status, 403)
      const shown = await owner.made<Shown>('PATCH', `/api/expenses/${id}`, { description: 'words' })
      assert.equal(shown.description, 'words')
    })
  })

  describe('copied and deleted', () => {
    test('a copy is not exported and keeps the rest', async () => {
      const {
        id,
        exported: _,
        ...before
      } = await create(owner, { cost: 5, exported: true, description: 'a' })
      const {
        id: copied,
        exported,
        ...after
      } = await owner.made<Shown>('PATCH', `/api/expenses/${id}/duplicate`, {})
      assert.notEqual(copied, id)
      assert.equal(exported, false)
      assert.deepEqual(after, before)
    })

    test('a deletion answers no byte, and the second one 404', async () => {
      const { id } = await create(owner)
      const reply = await owner.send('DELETE', `/api/expenses/${id}`, {})
      assert.deepEqual([reply.status, reply.text], [204, ''])
      for (const method of ['GET', 'DELETE', 'PATCH']) {
        const again = await owner.send(method, `/api/expenses/${id}`)
        assert.deepEqual([again.status, again.text], [404, '{"code":404,"message":"Not Found"}'])
      }
    })
  })

  describe('with custom fields', () => {
    let id: number
    before(async () => {
      const actor = kimai.book.actorOf('owner')
      await kimai.book.core.customFields.add(actor, { subjectNoun: 'expense', name: 'location' })
      id = (await create(owner)).id
    })

    test('show a value that was set, at every read', async () => {
      const pairs = [{ name: 'location', value: 'Delft' }]
      const shown = await owner.made<Shown>('PATCH', `/api/expenses/${id}/meta`, pairs[0])
      assert.deepEqual(shown.metaFields, pairs)
      assert.deepEqual((await owner.made<Shown>('GET', `/api/expenses/${id}`)).metaFields, pairs)
      await owner.made('PATCH', `/api/expenses/${id}/meta`, { name: 'location', value: 'Leiden' })
      const again = await owner.made<Shown>('GET', `/api/expenses/${id}`)
      assert.deepEqual(again.metaFields, [{ name: 'location', value: 'Leiden' }])
      const copy = await owner.made<Shown>('PATCH', `/api/expenses/${id}/duplicate`)
      assert.deepEqual(copy.metaFields, again.metaFields)
    })

    for (const [sentence, body, status] of [
      ['without a name', { value: 'a' }, 400],
      ['without a value', { name: 'location' }, 400],
      ['with nothing', {}, 400],
      ['with a list', [], 400],
      ['of an unknown field', { name: 'colour', value: 'a' }, 404],
      ['of a property of a door', { name: 'kimai', value: 'a' }, 404],
    ] as const) {
      test(`refuse one ${sentence}`, () =>
        kimai.book.unchanged(async () => {
          const reply = await owner.send('PATCH', `/api/expenses/${id}/meta`, body)
          assert.equal(reply.status, status)
          assert.deepEqual(Object.keys(reply.json<object>()), ['code', 'message'])
        }))
    }

    test('that come, rest or come back show their values at once', async () => {
      const { core } = kimai.book
      const actor = kimai.book.actorOf('owner')
      const subject = { noun: 'expense', id } as const
      const shown = async () => {
        const { metaFields } = await owner.made<Shown>('GET', `/api/expenses/${id}`)
        return metaFields.map(({ name }) => name).join(' ')
      }
      await core.notes.setProperty(actor, subject, 'organization', 'later', '1')
      assert.equal(await shown(), 'location')
      const field = await core.customFields.add(actor, { subjectNoun: 'expense', name: 'later' })
      assert.equal(await shown(), 'location later')
      await core.customFields.update(actor, field.id, { state: 'archived' })
      assert.equal(await shown(), 'location')
      await core.customFields.update(actor, field.id, { state: 'active' })
      assert.equal(await shown(), 'location later')
      await core.customFields.remove(actor, field.id)
      assert.equal(await shown(), 'location')
    })

    test('are found by them', async () => {
      for (const [term, found] of [
        ['leiden', true],
        ['location:LEI', true],
        ['location:*', true],
        ['location:~', false],
        ['!location:*', false],
        ['location:delft', false],
        ['!leiden', false],
      ] as const) {
        const list = await owner.made<Shown[]>(
          'GET',
          `/api/expenses?size=500&term=${encodeURIComponent(term)}`,
        )
        assert.equal(
          list.some((each) => each.id === id),
          found,
          term,
        )
      }
    })
  })
})
