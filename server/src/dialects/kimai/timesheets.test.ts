// Time entries and timers as Kimai's clients run them.

import assert from 'node:assert/strict'
import { before, beforeEach, describe, test } from 'node:test'
import { forEachEngine, noon } from '../../../test/harness.ts'
import { createKimaiBook, type KimaiBook, type KimaiClient, wrongIn } from '../../../test/kimai-client.ts'
import { decimal } from '../../core/decimal.ts'
import { sentences } from './form.ts'

type Shown = {
  readonly id: number
  readonly activity: unknown
  readonly project: unknown
  readonly user: unknown
  readonly tags: readonly string[]
  readonly begin: string
  readonly end: string | null
  readonly duration: number
  readonly break: number
  readonly description: string | null
  readonly rate?: number
  readonly internalRate?: number
  readonly fixedRate?: number | null
  readonly hourlyRate?: number | null
  readonly exported: boolean
  readonly billable: boolean
  readonly metaFields: readonly unknown[]
}

forEachEngine('Timesheets at the Kimai door', (engine) => {
  let kimai: KimaiBook
  let owner: KimaiClient
  let member: KimaiClient
  let work: { project: number; activity: number }

  before(async () => {
    kimai = await createKimaiBook(engine)
    owner = kimai.as('owner')
    member = kimai.as('member')
    work = { project: kimai.things.project, activity: kimai.things.activity }
    const actor = kimai.book.actorOf('owner')
    await kimai.book.core.tags.add(actor, { name: 'urgent' })
    await kimai.book.core.tags.add(actor, { name: 'remote' })
    await kimai.book.core.customFields.add(actor, { subjectNoun: 'time_entry', name: 'location' })
  })
  beforeEach(() => {
    kimai.book.clock.now = noon
  })

  const create = (by: KimaiClient, more: Record<string, unknown> = {}) =>
    by.made<Shown>('POST', '/api/timesheets', { ...work, ...more })
  const day = { begin: '2026-05-20T08:00:00', end: '2026-05-20T10:00:00' }

  describe('timers', () => {
    test('start at the full minute and stop at the next one', async () => {
      kimai.book.clock.now = Date.parse('2026-05-20T12:35:59Z')
      const { id, begin, end, duration } = await create(owner)
      assert.deepEqual([begin, end, duration], ['2026-05-20T14:35:00+0200', null, 0])
      kimai.book.clock.now = Date.parse('2026-05-20T12:40:01Z')
      const stopped = await owner.made<Shown>('PATCH', `/api/timesheets/${id}/stop`, {})
      assert.deepEqual([stopped.end, stopped.duration], ['2026-05-20T14:41:00+0200', 360])
      kimai.book.clock.advance(600_000)
      await kimai.book.unchanged(async () =>
        assert.deepEqual(await owner.made('PATCH', `/api/timesheets/${id}/stop`), stopped),
      )
    })

    test('run one at a time, each person’s alone', async () => {
      const first = await create(owner)
      const theirs = await create(member)
      kimai.book.clock.advance(60_000)
      const second = await create(owner)
      const running = async (by: KimaiClient) =>
        (await by.made<Shown[]>('GET', '/api/timesheets/active')).map(({ id }) => id)
      assert.deepEqual(await running(owner), [second.id])
      assert.deepEqual(await running(member), [theirs.id])
      assert.equal((await owner.made<Shown>('GET', `/api/timesheets/${first.id}`)).duration, 60)
    })

    test('restart as new ones for the same work, with nothing else', async () => {
      const before = await create(owner, { ...day, description: 'x', tags: 'urgent' })
      await owner.made('PATCH', `/api/timesheets/${before.id}/meta`, { name: 'location', value: 'home' })
      const { id, description, tags, end, metaFields } = await owner.made<Shown>(
        'PATCH',
        `/api/timesheets/${before.id}/restart`,
      )
      assert.notEqual(id, before.id)
      assert.deepEqual([description, tags, end, metaFields], [null, [], null, []])
      const copy = await owner.made<Shown>('PATCH', `/api/timesheets/${before.id}/restart`, {
        copy: 'all',
        begin: '2026-05-20T13:30:00',
      })
      assert.deepEqual(
        [copy.description, copy.tags, copy.begin, copy.metaFields],
        ['x', ['urgent'], '2026-05-20T13:30:00+0200', [{ name: 'location', value: 'home' }]],
      )
    })

    test('of a hidden project do not restart, told in the form outside of forms', async () => {
      const project = (
        await owner.made('POST', '/api/projects', { name: 'Old', customer: kimai.things.customer })
      ).id
      const { id } = await create(owner, { project, activity: kimai.things.global, ...day })
      await owner.made('PATCH', `/api/projects/${project}`, { visible: false })
      const reply = await owner.send('PATCH', `/api/timesheets/${id}/restart`)
      assert.equal(reply.status, 400)
      assert.deepEqual(reply.json(), {
        code: '400',
        message: 'Validation Failed',
        errors: { children: { project: { errors: [sentences.choice] } } },
      })
    })
  })

  describe('entries', () => {
    test('are rounded to full minutes, the rate to four digits', async () => {
      const { begin, end, duration, rate, internalRate, hourlyRate, fixedRate } = await create(owner, {
        begin: '2026-05-20T14:35:59',
        end: '2026-05-21T03:29:04',
        hourlyRate: '137.21',
      })
      assert.deepEqual(
        [begin, end, duration],
        ['2026-05-20T14:35:00+0200', '2026-05-21T03:30:00+0200', 46_500],
      )
      assert.deepEqual([rate, internalRate, hourlyRate, fixedRate], [1772.2958, 1772.2958, 137.21, null])
    })

    test('have a fixed rate whatever they last, and a break', async () => {
      const shown = await create(owner, { ...day, fixedRate: 10, break: '0:30' })
      assert.deepEqual(
        [shown.rate, shown.fixedRate, shown.hourlyRate, shown.break, shown.duration],
        [10, 10, null, 1800, 5400],
      )
    })

    test('take their rate from what they belong to', async () => {
      const actor = kimai.book.actorOf('owner')
      const project = (
        await owner.made('POST', '/api/projects', { name: 'Rated', customer: kimai.things.customer })
      ).id
      await kimai.book.core.rates.add(actor, {
        projectId: project,
        amount: decimal('80'),
        costAmount: decimal('50'),
      })
      const shown = await create(owner, { project, activity: kimai.things.global, ...day })
      assert.deepEqual([shown.rate, shown.internalRate, shown.hourlyRate], [160, 100, 80])
    })

    test('show no rates to those who may not see them', async () => {
      const shown = await create(member, day)
      for (const name of ['rate', 'internalRate', 'hourlyRate', 'fixedRate'])
        assert.ok(!(name in shown), name)
    })

    test('drop unknown tags and know the others in any letter case', async () => {
      const { tags } = await create(owner, { ...day, tags: 'Urgent, nothing ,remote,' })
      assert.deepEqual(tags, ['urgent', 'remote'])
    })

    test('show objects when asked for in full', async () => {
      const shown = await owner.made<{
        activity: { name: string; project: { id: number; customer: { name: string } } }
        project: { customer: { currency: string } }
        user: { username: string; apiToken: boolean }
      }>('POST', '/api/timesheets?full=true', { ...work, ...day })
      assert.equal(shown.activity.name, 'Welding')
      assert.equal(shown.activity.project.customer.name, 'Acme')
      assert.equal(shown.project.customer.currency, 'EUR')
      assert.equal(shown.user.username, 'owner@a.example')
    })

    test('are billable as their place is, unless told', async () => {
      const activity = (await owner.made('POST', '/api/activities', { name: 'Break', billable: false })).id
      assert.equal((await create(owner, { ...day, activity })).billable, false)
      assert.equal((await create(owner, { ...day, activity, billable: true })).billable, true)
    })

    test('are logged for others by those who lead', async () => {
      const { personId } = kimai.book.actorOf('member')
      assert.equal((await create(owner, { ...day, user: personId })).user, personId)
      const reply = await owner.send('POST', '/api/timesheets', { ...work, ...day, user: 999_999 })
      assert.deepEqual(wrongIn(reply), { user: [sentences.choice] })
    })

    test('change in a subset', async () => {
      const { id } = await create(owner, { ...day, description: 'x' })
      const shown = await owner.made<Shown>('PATCH', `/api/timesheets/${id}`, { end: '2026-05-20T11:00:00' })
      assert.deepEqual([shown.duration, shown.description], [10_800, 'x'])
      const moved = await owner.made<Shown>('PATCH', `/api/timesheets/${id}`, {
        activity: kimai.things.global,
      })
      assert.equal(moved.activity, kimai.things.global)
    })
  })

  describe('that are wrong', () => {
    const cases: readonly (readonly [
      string,
      string,
      Record<string, unknown>,
      Record<string, readonly string[]>,
    ])[] = [
      [
        'without work',
        'owner',
        { project: '', activity: null },
        { project: [sentences.blank], activity: [sentences.blank] },
      ],
      ['that end before they begin', 'owner', { begin: day.end, end: day.begin }, { '': [sentences.order] }],
      ['with tags as a list', 'owner', { tags: ['urgent'] }, { tags: [sentences.invalid] }],
      ['with a duration', 'owner', { duration: 60 }, { '': [sentences.extra] }],
      ['with a customer', 'owner', { customer: 1 }, { '': [sentences.extra] }],
      ['with custom fields', 'owner', { metaFields: [] }, { '': [sentences.extra] }],
      [
        'with a break longer than themselves',
        'owner',
        { ...day, break: '3h' },
        { break: ['The break is longer than the entry.'] },
      ],
      ['by a member with a rate', 'member', { hourlyRate: 5 }, { '': [sentences.extra] }],
      ['by a member with a fixed rate', 'member', { fixedRate: 5 }, { '': [sentences.extra] }],
      ['by a member for someone', 'member', { user: 1 }, { '': [sentences.extra] }],
      ['by a member with a mark', 'member', { exported: true }, { '': [sentences.extra] }],
      ['by a member who says what is billed', 'member', { billable: true }, { '': [sentences.extra] }],
    ]
    for (const [sentence, by, more, expected] of cases) {
      test(`${sentence} are refused, and nothing is kept`, () =>
        kimai.book.unchanged(async () => {
          const reply = await kimai.as(by).send('POST', '/api/timesheets', { ...work, ...more })
          assert.deepEqual(wrongIn(reply), expected)
        }))
    }

    test('by a guest are forbidden', async () => {
      assert.equal((await kimai.as('guest').send('POST', '/api/timesheets', work)).status, 403)
    })

    test('at a project without global activities are refused for one', async () => {
      const { customer, global } = kimai.things
      const project = (
        await owner.made('POST', '/api/projects', { name: 'Own only', customer, globalActivities: false })
      ).id
      const reply = await owner.send('POST', '/api/timesheets', { project, activity: global })
      assert.deepEqual(wrongIn(reply), { activity: [sentences.choice] })
    })
  })

  describe('exported ones', () => {
    test('are marked and unmarked by leads, and closed to others meanwhile', async () => {
      const { id } = await create(member, day)
      const toggle = `/api/timesheets/${id}/export`
      assert.equal((await member.send('PATCH', toggle)).status, 403)
      assert.equal((await kimai.as('manager').made<Shown>('PATCH', toggle)).exported, true)
      for (const by of [member, kimai.as('manager')]) {
        assert.equal((await by.send('PATCH', `/api/timesheets/${id}`, { description: 'x' })).status, 403)
        assert.equal((await by.send('DELETE', `/api/timesheets/${id}`)).status, 403)
      }
      const shown = await kimai
        .as('admin')
        .made<Shown>('PATCH', `/api/timesheets/${id}`, { end: '2026-05-20T09:00:00' })
      assert.deepEqual([shown.exported, shown.duration], [true, 3600])
      assert.equal((await kimai.as('manager').made<Shown>('PATCH', toggle)).exported, false)
      assert.equal((await member.send('DELETE', `/api/timesheets/${id}`)).status, 204)
    })

    test('are copied without the mark, with times, rates and custom fields', async () => {
      const { id } = await create(owner, { ...day, hourlyRate: 10, exported: true })
      const meta = { name: 'location', value: 'home' }
      const {
        id: _,
        exported,
        ...before
      } = await owner.made<Shown>('PATCH', `/api/timesheets/${id}/meta`, meta)
      const copy = await owner.made<Shown>('PATCH', `/api/timesheets/${id}/duplicate`)
      const { id: copied, exported: after, ...rest } = copy
      assert.deepEqual([exported, after, copied === id], [true, false, false])
      assert.deepEqual(rest, before)
    })
  })

  describe('the list', () => {
    const dates = ['2026-04-01T08:00:00', '2026-04-02T08:00:00', '2026-04-03T08:00:00']
    const made: Shown[] = []
    before(async () => {
      for (const [index, begin] of dates.entries()) {
        const end = begin.replace('T08', `T${String(9 + index).padStart(2, '0')}`)
        const more = { begin, end, description: `walk ${index}`, tags: index === 1 ? 'urgent' : '' }
        made.push(await create(kimai.as('manager'), more))
      }
      await create(member, { begin: dates[0], end: dates[1], description: 'of member' })
    })

    const found = async (query: string, by = kimai.as('manager')) =>
      (
        await by.made<Shown[]>(
          'GET',
          `/api/timesheets?begin=2026-04-01T00:00:00&end=2026-04-30T00:00:00&${query}`,
        )
      )
        .map(({ description }) => description?.replace('walk ', ''))
        .join(' ')

    for (const [query, expected] of [
      ['', '2 1 0'],
      ['order=ASC', '0 1 2'],
      ['orderBy=rate&order=ASC', '0 1 2'],
      ['orderBy=id&order=ASC', '0 1 2'],
      ['orderBy=end', '2 1 0'],
      ['tags[]=urgent', '1'],
      ['tags=urgent,unknown', '1'],
      ['active=1', ''],
      ['active=0', '2 1 0'],
      ['billable=1', '2 1 0'],
      ['billable=0', ''],
      ['exported=1', ''],
      ['term=walk+!2', '1 0'],
      ['size=2&page=2', '0'],
      ['activities[]=999999', ''],
      ['full=1', '2 1 0'],
      ['modified_after=2026-05-20T12:00:00', '2 1 0'],
      ['modified_after=2026-05-20T12:00:01', ''],
    ] as const) {
      test(`with ${query || 'nothing'} is "${expected}"`, async () =>
        assert.equal(await found(query), expected))
    }

    test('is one’s own unless others are asked for by someone who may', async () => {
      const { personId } = kimai.book.actorOf('member')
      assert.equal(await found(`user=${personId}`), 'of member')
      assert.equal(await found(`users[]=${personId}`), 'of member')
      assert.match(await found('user=all'), /of member/)
      assert.equal(await found('user=all', member), 'of member')
      assert.equal(await found(`user=${kimai.book.actorOf('manager').personId}`, member), 'of member')
    })

    test('finds the projects of a customer', async () => {
      assert.equal(await found(`customer=${kimai.things.customer}`), '2 1 0')
      assert.equal(await found(`customers[]=999999`), '')
      assert.equal(await found(`projects=${kimai.things.project},999999`), '2 1 0')
    })

    for (const query of [
      'tags[]=nothing',
      'user=x',
      'orderBy=description',
      'full=yes',
      'active=2',
      'modified_after=2026',
    ]) {
      test(`refuses ${query}`, async () => {
        assert.equal((await owner.get(`/api/timesheets?${query}`)).status, 400)
      })
    }

    test('shows neither kept rate, which single entries do', async () => {
      const [row = {}] = await kimai.as('manager').made<object[]>('GET', '/api/timesheets?size=1')
      assert.ok('rate' in row && !('hourlyRate' in row) && !('fixedRate' in row))
      const single = await kimai.as('manager').made<object>('GET', `/api/timesheets/${made[0]?.id}`)
      assert.ok('rate' in single && 'hourlyRate' in single && 'fixedRate' in single)
    })

    test('of recent work shows each kind once, the newest', async () => {
      const rows = await kimai.as('manager').made<Shown[]>('GET', '/api/timesheets/recent?size=5')
      assert.deepEqual(
        rows.map(({ id }) => id),
        [made[2]?.id],
      )
      const none = await kimai
        .as('manager')
        .made<Shown[]>('GET', '/api/timesheets/recent?begin=2026-05-01T00:00:00')
      assert.deepEqual(none, [])
    })
  })

  test('favourites are kept by each person', async () => {
    const { id } = await create(owner, day)
    assert.equal((await owner.send('POST', `/api/favorites/timesheets/${id}`)).status, 204)
    const ids = async (by: KimaiClient) =>
      (await by.made<Shown[]>('GET', '/api/favorites/timesheets')).map((entry) => entry.id)
    assert.deepEqual([await ids(owner), await ids(kimai.as('admin'))], [[id], []])
    assert.equal((await owner.send('DELETE', `/api/favorites/timesheets/${id}`)).status, 204)
    assert.deepEqual(await ids(owner), [])
    assert.equal((await member.send('POST', `/api/favorites/timesheets/${id}`)).status, 403)
  })
})
