// Customers, projects and activities: made with little, shown as clients expect, listed, hidden, rated, commented.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { forEachEngine } from '../../../test/harness.ts'
import { createKimaiBook, type KimaiBook, type KimaiClient, wrongIn } from '../../../test/kimai-client.ts'
import { sentences } from './form.ts'

type Named = { readonly id: number; readonly name: string; readonly [key: string]: unknown }

forEachEngine('The catalogue at the Kimai door', (engine) => {
  let kimai: KimaiBook
  let owner: KimaiClient

  before(async () => {
    kimai = await createKimaiBook(engine)
    owner = kimai.as('owner')
  })

  const names = async (path: string, by = owner) =>
    (await by.made<Named[]>('GET', path)).map(({ name }) => name).join(' ')

  describe('customers', () => {
    test('need a name only', async () => {
      const { id, number, ...shown } = await owner.made<Named>('POST', '/api/customers', { name: 'Least' })
      assert.match(String(number), /^\d{4}$/)
      assert.deepEqual(shown, {
        name: 'Least',
        comment: null,
        visible: true,
        billable: true,
        company: null,
        country: '',
        language: null,
        currency: 'EUR',
        phone: null,
        fax: null,
        mobile: null,
        homepage: null,
        timezone: 'Europe/Amsterdam',
        color: null,
        'color-safe': '#d2d6de',
        metaFields: [],
        teams: [],
        budget: 0,
        timeBudget: 0,
        budgetType: null,
        contact: null,
        address: null,
        email: null,
        vatId: null,
        addressLine1: null,
        addressLine2: null,
        addressLine3: null,
        postCode: null,
        city: null,
        invoiceEmail: null,
        buyerReference: null,
      })
      assert.equal((await owner.made<Named>('GET', `/api/customers/${id}`)).name, 'Least')
    })

    test('keep every field that is sent', async () => {
      const sent = {
        name: 'Full',
        number: 'C-9',
        comment: '<b>bold</b> {{7*7}}',
        company: 'Full Ltd',
        vatId: 'NL1',
        contact: 'Jo',
        address: 'Here 1',
        addressLine1: 'a',
        addressLine2: 'b',
        addressLine3: 'c',
        postCode: '1234',
        city: 'Delft',
        country: 'NL',
        language: 'nl',
        currency: 'USD',
        timezone: 'Europe/Berlin',
        phone: '1',
        fax: '2',
        mobile: '3',
        email: 'a@b.example',
        invoiceEmail: 'c@d.example',
        homepage: 'https://full.example',
        buyerReference: 'BR',
        color: '#aabbcc',
        visible: false,
        billable: false,
        budget: 1234.5,
        budgetType: 'month',
      }
      const made = await owner.made<Named>('POST', '/api/customers', { ...sent, timeBudget: '1:30' })
      for (const [name, value] of Object.entries(sent)) assert.deepEqual(made[name], value, name)
      assert.equal(made.timeBudget, 5400)
      const emptied = await owner.made<Named>('PATCH', `/api/customers/${made.id}`, {
        fax: '',
        phone: null,
        company: 'X',
      })
      assert.deepEqual([emptied.fax, emptied.phone, emptied.company, emptied.mobile], [null, null, 'X', '3'])
    })

    for (const [body, expected] of [
      [{}, { name: [sentences.blank] }],
      [{ name: 'x' }, { name: ['This value is too short. It should have 2 characters or more.'] }],
      [
        { name: 'x'.repeat(151) },
        { name: ['This value is too long. It should have 150 characters or less.'] },
      ],
      [{ name: 'ab', currency: 'XXX' }, { currency: ['Please select a valid currency.'] }],
      [{ name: 'ab', country: 'nl' }, { country: ['Please select a valid country.'] }],
      [{ name: 'ab', timezone: '+01:00' }, { timezone: ['Please select a valid timezone.'] }],
      [{ name: 'ab', homepage: 'javascript:alert(1)' }, { homepage: ['This value is not a valid URL.'] }],
      [{ name: 'ab', email: 'nobody' }, { email: ['This value is not a valid email address.'] }],
      [{ name: 'ab', color: 'red' }, { color: ['The color is invalid.'] }],
      [{ name: 'ab', budget: -1 }, { budget: ['A budget is 0 to 1000000000000000 minor units.'] }],
      [{ name: 'ab', timeBudget: 'long' }, { timeBudget: ['Please enter a valid duration.'] }],
      [{ name: 'ab', teams: [999_999] }, { teams: [sentences.choice] }],
      [{ name: 'ab', organizationId: 2 }, { '': [sentences.extra] }],
    ] as const) {
      test(`with ${JSON.stringify(body).slice(0, 40)} are refused, and nothing is kept`, () =>
        kimai.book.unchanged(async () => {
          assert.deepEqual(wrongIn(await owner.send('POST', '/api/customers', body)), expected)
        }))
    }

    test('are joined to teams on creating only', async () => {
      const { personId } = kimai.book.actorOf('member')
      const team = await owner.made('POST', '/api/teams', { name: 'Blue', members: [{ user: personId }] })
      const made = await owner.made<Named>('POST', '/api/customers', { name: 'Teamed', teams: [team.id] })
      assert.deepEqual(made.teams, [{ id: team.id, name: 'Blue', color: null, 'color-safe': '#d2d6de' }])
      const reply = await owner.send('PATCH', `/api/customers/${made.id}`, { teams: [] })
      assert.deepEqual(wrongIn(reply), { '': [sentences.extra] })
      const gone = await owner.send('POST', `/api/customers/${made.id}/team`, {})
      assert.deepEqual(
        [gone.status, gone.json<{ message: string }>().message],
        [410, 'This endpoint was removed, use "POST /api/teams/" instead.'],
      )
    })

    test('go with their projects and activities, and leave what was worked', async () => {
      const customer = (await owner.made('POST', '/api/customers', { name: 'Leaving' })).id
      const project = (await owner.made('POST', '/api/projects', { name: 'Last', customer })).id
      const activity = (await owner.made('POST', '/api/activities', { name: 'Words', project })).id
      const entry = await owner.made('POST', '/api/timesheets', { project, activity })
      assert.equal((await owner.send('DELETE', `/api/customers/${customer}`)).status, 204)
      for (const path of [`customers/${customer}`, `projects/${project}`, `activities/${activity}`]) {
        assert.equal((await owner.get(`/api/${path}`)).status, 404, path)
      }
      const shown = await owner.made<{ project: number }>('GET', `/api/timesheets/${entry.id}`)
      assert.equal(shown.project, project)
    })
  })

  describe('lists', () => {
    let hidden: { customer: number; project: number }
    before(async () => {
      const customer = (
        await owner.made('POST', '/api/customers', { name: 'Hidden', visible: false, vatId: 'V1' })
      ).id
      const project = (await owner.made('POST', '/api/projects', { name: 'Below', customer })).id
      await owner.made('POST', '/api/activities', { name: 'Deep', project })
      hidden = { customer, project }
      const base = { customer: kimai.things.customer }
      await owner.made('POST', '/api/projects', {
        ...base,
        name: 'Past',
        start: '2020-01-01',
        end: '2020-12-31',
      })
      await owner.made('POST', '/api/projects', { ...base, name: 'Future', start: '2030-01-01T00:00:00' })
      await owner.made('POST', '/api/projects', { ...base, name: 'Shut', visible: false })
      await owner.made('POST', '/api/projects', {
        ...base,
        name: 'Strict',
        globalActivities: false,
        number: 'S-1',
      })
    })

    test('of customers show the visible ones, the others, or all', async () => {
      assert.doesNotMatch(await names('/api/customers'), /Hidden/)
      assert.match(await names('/api/customers?visible=2'), /Full.*Hidden/)
      assert.match(await names('/api/customers?visible=3&order=DESC'), /Least.*Hidden.*Full.*Acme/)
      assert.equal(await names('/api/customers?visible=3&term=hid'), 'Hidden')
      const [shown] = await owner.made<Named[]>('GET', '/api/customers?visible=3&term=V1&full=1')
      assert.deepEqual([shown?.name, shown?.vatId], ['Hidden', 'V1'])
      assert.ok(!('vatId' in ((await owner.made<Named[]>('GET', '/api/customers'))[0] ?? {})))
    })

    for (const [query, expected] of [
      ['', 'Bridge Strict'],
      ['ignoreDates=1', 'Bridge Future Past Strict'],
      ['start=2020-06-01&end=2020-06-30', 'Bridge Past Strict'],
      ['start=2020-06-01T00:00:00&end=2031-06-30T00:00:00', 'Bridge Future Past Strict'],
      ['visible=2', 'Shut'],
      ['visible=3', 'Below Bridge Shut Strict'],
      ['globalActivities=0', 'Strict'],
      ['globalActivities=1', 'Bridge'],
      ['term=s-1', 'Strict'],
      ['order=DESC', 'Strict Bridge'],
      ['orderBy=customer&visible=3&term=be', 'Below'],
      ['orderBy=id', 'Bridge Strict'],
    ] as const) {
      test(`of projects with ${query || 'nothing'} are "${expected}"`, async () => {
        assert.equal(
          await names(`/api/projects?customer=${kimai.things.customer},${hidden.customer}&${query}`),
          expected,
        )
      })
    }

    test('of activities show those of projects with the global ones', async () => {
      const { project } = kimai.things
      assert.equal(await names(`/api/activities?project=${project}`), 'Meeting Welding')
      assert.equal(await names(`/api/activities?projects[]=${project}&orderBy=id`), 'Welding Meeting')
      assert.equal(await names('/api/activities?globals=true'), 'Meeting')
      assert.equal(await names('/api/activities?visible=3'), 'Deep Meeting Welding')
      assert.equal(await names('/api/activities?project=999999'), 'Meeting')
    })

    for (const path of [
      'customers?visible=4',
      'customers?orderBy=number',
      'projects?start=soon',
      'projects?ignoreDates=maybe',
      'activities?globals=2',
      'activities?order=up',
    ]) {
      test(`refuse ${path}`, async () => assert.equal((await owner.get(`/api/${path}`)).status, 400))
    }

    test('show no budgets to those who may not see them; single ones are there and empty', async () => {
      const { customer } = kimai.things
      await owner.made('PATCH', `/api/customers/${customer}`, { budget: 100 })
      const member = kimai.as('member')
      const listed = (await member.made<Named[]>('GET', '/api/customers')).find(({ id }) => id === customer)
      assert.ok(listed !== undefined && !('budget' in listed))
      assert.equal((await member.made<Named>('GET', `/api/customers/${customer}`)).budget, 0)
      assert.equal((await owner.made<Named>('GET', `/api/customers/${customer}`)).budget, 100)
    })
  })

  describe('projects and activities', () => {
    test('need little and take their days in both forms', async () => {
      const { customer } = kimai.things
      const made = await owner.made<Named>('POST', '/api/projects', {
        name: 'Days',
        customer,
        start: '2026-01-01',
      })
      assert.deepEqual(
        [made.start, made.end, made.parentTitle, made.customer],
        ['2026-01-01', null, 'Acme', customer],
      )
      const changed = await owner.made<Named>('PATCH', `/api/projects/${made.id}`, {
        end: '2026-12-31T00:00:00',
        orderDate: '2026-02-01',
        orderNumber: 'O-1',
        globalActivities: false,
      })
      assert.deepEqual(
        [changed.end, changed.orderDate, changed.orderNumber, changed.globalActivities, changed.start],
        ['2026-12-31', '2026-02-01', 'O-1', false, '2026-01-01'],
      )
      const reply = await owner.send('PATCH', `/api/projects/${made.id}`, { end: '2025-01-01' })
      assert.deepEqual(Object.keys(wrongIn(reply)), ['end'])
    })

    test('refuse a parent that is not there', async () => {
      const project = await owner.send('POST', '/api/projects', { name: 'Nowhere', customer: 999_999 })
      assert.deepEqual(wrongIn(project), { customer: [sentences.choice] })
      const activity = await owner.send('POST', '/api/activities', { name: 'Nowhere', project: 999_999 })
      assert.deepEqual(wrongIn(activity), { project: [sentences.choice] })
    })

    test('a global activity stays global, another one moves', async () => {
      const { global, project, customer } = kimai.things
      const reply = await owner.send('PATCH', `/api/activities/${global}`, { project })
      assert.deepEqual(wrongIn(reply), { '': [sentences.extra] })
      const other = (await owner.made('POST', '/api/projects', { name: 'Other', customer })).id
      const moving = (await owner.made('POST', '/api/activities', { name: 'Mover', project })).id
      const moved = await owner.made<Named>('PATCH', `/api/activities/${moving}`, { project: other })
      assert.deepEqual([moved.project, moved.parentTitle], [other, 'Other'])
    })

    test('a project is copied with what belongs to it', async () => {
      const { customer } = kimai.things
      const project = (
        await owner.made('POST', '/api/projects', { name: 'Model', customer, orderNumber: 'O' })
      ).id
      const activity = (await owner.made('POST', '/api/activities', { name: 'Part', project })).id
      await owner.made('POST', `/api/projects/${project}/rates`, { rate: 80 })
      await owner.made('POST', `/api/activities/${activity}/rates`, { rate: 90, isFixed: true })
      const reply = await owner.send('POST', `/api/projects/${project}/duplicate`)
      assert.equal(reply.status, 201)
      const copy = reply.json<Named>()
      assert.deepEqual([copy.name, copy.orderNumber, copy.id === project], ['Model [COPY]', 'O', false])
      const rates = await owner.made<{ rate: number }[]>('GET', `/api/projects/${copy.id}/rates`)
      assert.deepEqual(
        rates.map(({ rate }) => rate),
        [80],
      )
      assert.match(await names(`/api/activities?project=${copy.id}`), /Part/)
    })
  })

  describe('rates', () => {
    test('are added, shown and taken away, each of its own thing', async () => {
      const { customer, project } = kimai.things
      const { personId } = kimai.book.actorOf('member')
      const sent = { rate: '80.50', internalRate: 40, isFixed: false, user: personId }
      const made = await owner.made<Record<string, unknown>>('POST', `/api/customers/${customer}/rates`, sent)
      assert.deepEqual([made.rate, made.internalRate, made.isFixed], [80.5, 40, false])
      assert.equal((made.user as { id: number }).id, personId)
      assert.deepEqual(await owner.made('GET', `/api/customers/${customer}/rates`), [made])
      assert.equal((await owner.send('DELETE', `/api/projects/${project}/rates/${made.id}`)).status, 404)
      assert.equal((await owner.send('DELETE', `/api/customers/${customer}/rates/${made.id}`)).status, 204)
      assert.deepEqual(await owner.made('GET', `/api/customers/${customer}/rates`), [])
    })

    test('are refused when wrong, and kept from those who may not see them', async () => {
      const path = `/api/activities/${kimai.things.activity}/rates`
      assert.deepEqual(wrongIn(await owner.send('POST', path, {})), { rate: [sentences.blank] })
      assert.deepEqual(Object.keys(wrongIn(await owner.send('POST', path, { rate: -1 }))), ['rate'])
      assert.deepEqual(wrongIn(await owner.send('POST', path, { rate: 1, user: 999_999 })), {
        user: [sentences.choice],
      })
      assert.equal((await kimai.as('member').get(path)).status, 403)
      assert.equal((await owner.get('/api/activities/999999/rates')).status, 404)
    })
  })

  describe('comments', () => {
    test('are added, pinned and deleted, each on its own thing', async () => {
      const { customer, project } = kimai.things
      const base = `/api/customers/${customer}/comments`
      const first = await owner.made<{ id: number }>('POST', base, { message: 'one' })
      const second = await owner.made<{ id: number; createdAt: string; pinned: boolean }>('POST', base, {
        message: 'two',
      })
      assert.deepEqual([second.createdAt, second.pinned], ['2026-05-20T14:00:00+0200', false])
      const pinned = await owner.made<{ pinned: boolean }>('PATCH', `${base}/${first.id}/pin`)
      assert.equal(pinned.pinned, true)
      const listed = await owner.made<{ message: string; createdBy: { username: string } }[]>('GET', base)
      assert.deepEqual(
        listed.map(({ message }) => message),
        ['one', 'two'],
      )
      assert.equal(listed[0]?.createdBy.username, 'owner@a.example')
      assert.equal((await owner.send('DELETE', `/api/projects/${project}/comments/${first.id}`)).status, 404)
      assert.equal((await owner.send('DELETE', `${base}/${first.id}`)).status, 204)
      assert.deepEqual(wrongIn(await owner.send('POST', base, {})), { message: [sentences.blank] })
    })
  })

  describe('custom fields', () => {
    for (const [noun, path] of [
      ['client', 'customers'],
      ['project', 'projects'],
      ['activity', 'activities'],
    ] as const) {
      test(`of ${path} echo what was set`, async () => {
        await kimai.book.core.customFields.add(kimai.book.actorOf('owner'), {
          subjectNoun: noun,
          name: `f-${noun}`,
        })
        const things = {
          client: kimai.things.customer,
          project: kimai.things.project,
          activity: kimai.things.activity,
        }
        const address = `/api/${path}/${things[noun]}`
        const value = { name: `f-${noun}`, value: '7' }
        assert.deepEqual((await owner.made<Named>('PATCH', `${address}/meta`, value)).metaFields, [value])
        assert.deepEqual((await owner.made<Named>('GET', address)).metaFields, [value])
        assert.equal((await owner.send('PATCH', `${address}/meta`, { name: `f-${noun}` })).status, 400)
        assert.equal((await owner.send('PATCH', `${address}/meta`, { name: 'none', value: '1' })).status, 404)
        assert.equal((await kimai.as('member').send('PATCH', `${address}/meta`, value)).status, 403)
      })
    }
  })

  test('those who may not change the catalogue are forbidden to', () =>
    kimai.book.unchanged(async () => {
      const { customer, project, activity } = kimai.things
      for (const role of ['member', 'accountant', 'guest']) {
        const by = kimai.as(role)
        for (const [method, path, body] of [
          ['POST', '/api/customers', { name: 'Mine' }],
          ['PATCH', `/api/customers/${customer}`, { name: 'Mine' }],
          ['DELETE', `/api/customers/${customer}`, undefined],
          ['POST', '/api/projects', { name: 'Mine', customer }],
          ['PATCH', `/api/projects/${project}`, { name: 'Mine' }],
          ['DELETE', `/api/projects/${project}`, undefined],
          ['POST', '/api/activities', { name: 'Mine' }],
          ['DELETE', `/api/activities/${activity}`, undefined],
          ['POST', `/api/projects/${project}/duplicate`, undefined],
          ['POST', `/api/customers/${customer}/rates`, { rate: 1 }],
          ['POST', `/api/customers/${customer}/comments`, { message: 'x' }],
        ] as const) {
          assert.equal((await by.send(method, path, body)).status, 403, `${role} ${method} ${path}`)
        }
      }
    }))
})
