// The filter language of time entries: every key and value, in the administration's zone, and what is refused.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import type { Reply } from '../../../test/door-client.ts'
import { createTestBook, createTestEngine, forEachEngine, type TestBook } from '../../../test/harness.ts'
import { callMoneybird, enter, type Moneybird } from '../../../test/moneybird-client.ts'
import { type TimeZone, timeZone } from '../../core/day.ts'
import { parseTerms } from './filters.ts'

const terms: [text: string, found: [string, string][]][] = [
  ['', []],
  ['state:open', [['state', 'open']]],
  [
    'period:this_year,state:all',
    [
      ['period', 'this_year'],
      ['state', 'all'],
    ],
  ],
  ['updated_after:2026-11-20T10:00:00Z', [['updated_after', '2026-11-20T10:00:00Z']]],
  ['state:open,state:all', [['state', 'all']]],
  [
    'filter=state:open,day:2026-01-01',
    [
      ['filter=state', 'open'],
      ['day', '2026-01-01'],
    ],
  ],
  [' state : open ', [['state', 'open']]],
  [':x,y,,z:', [['z', '']]],
  ['__proto__:1', [['__proto__', '1']]],
]
for (const [text, found] of terms) {
  test(`"${text}" reads as ${JSON.stringify(found)}`, () => assert.deepEqual([...parseTerms(text)], found))
}

forEachEngine('The filter of time entries', (engine) => {
  let book: TestBook
  let owner: Moneybird
  let ids: { acme: number; other: number; site: number; member: number }

  const at = (text: string) => Date.parse(text)

  async function log(description: string, from: string, to: string | null, more: object = {}): Promise<void> {
    await book.core.time.log(book.actorOf('owner'), {
      description,
      startedAt: at(from),
      endedAt: to === null ? null : at(to),
      ...more,
    })
  }

  before(async () => {
    book = await createTestBook(engine)
    owner = await enter(book, callMoneybird(book), book.actorOf('owner'))
    const by = book.actorOf('owner')
    ids = {
      acme: (await book.core.clients.add(by, { name: 'Acme' })).id,
      other: (await book.core.clients.add(by, { name: 'Other' })).id,
      site: (await book.core.projects.add(by, { name: 'Site' })).id,
      member: book.actorOf('member').personId,
    }
    // The clock stands on Wednesday, 20 May 2026, at noon in London; the administration is in Amsterdam.
    await log('long ago', '2025-12-31T22:59:00Z', '2025-12-31T23:30:00Z')
    await log('first of the year', '2025-12-31T23:00:00Z', '2025-12-31T23:30:00Z', { clientId: ids.acme })
    await log('April', '2026-04-30T21:59:00Z', '2026-04-30T23:00:00Z', { clientId: ids.other })
    await log('May', '2026-04-30T22:00:00Z', '2026-04-30T23:00:00Z', { projectId: ids.site })
    await log('Sunday', '2026-05-17T21:59:59Z', '2026-05-17T22:30:00Z', { billable: false })
    await log('Monday', '2026-05-17T22:00:00Z', '2026-05-17T22:30:00Z', { billed: true })
    await log('today 100% _a\\b', '2026-05-20T08:00:00Z', '2026-05-20T09:00:00Z', { personId: ids.member })
    await log('now', '2026-05-20T11:00:00Z', null, { clientId: ids.acme })
    await log('next week', '2026-05-25T08:00:00Z', '2026-05-25T09:00:00Z')
    await log('next year', '2026-12-31T23:00:00Z', '2026-12-31T23:30:00Z', {
      clientId: ids.acme,
      billable: false,
    })
  })

  const found = async (query: string): Promise<string[]> => {
    const reply = await owner.get(`/time_entries.json?${query}`)
    assert.equal(reply.status, 200, `${query}: ${reply.text}`)
    const entries = reply.json<{ description: string }[]>()
    assert.equal(reply.headers['x-total-count'], String(entries.length), query)
    return entries.map(({ description }) => description)
  }
  const all = [
    'long ago',
    'first of the year',
    'April',
    'May',
    'Sunday',
    'Monday',
    'today 100% _a\\b',
    'next week',
    'next year',
  ]
  const thisYear = all.slice(1, -1)

  const cases = (): [query: string, expected: string[]][] => [
    ['', thisYear],
    ['filter=', thisYear],
    ['filter=period:this_year', thisYear],
    ['filter=state:all', all],
    ['filter=whatever', all],
    ['filter=unknown:1', all],
    ['filter=filter=state:open', all],
    ['filter=period:prev_year', ['long ago']],
    ['filter=period:next_year', ['next year']],
    ['filter=period:this_month', ['May', 'Sunday', 'Monday', 'today 100% _a\\b', 'next week']],
    ['filter=period:prev_month', ['April']],
    ['filter=period:next_month', []],
    ['filter=period:this_quarter', ['April', 'May', 'Sunday', 'Monday', 'today 100% _a\\b', 'next week']],
    ['filter=period:prev_quarter', ['first of the year']],
    ['filter=period:next_quarter', []],
    ['filter=period:this_week', ['Monday', 'today 100% _a\\b']],
    ['filter=period:prev_week', ['Sunday']],
    ['filter=period:next_week', ['next week']],
    ['filter=period:202604..202605', ['April', 'May', 'Sunday', 'Monday', 'today 100% _a\\b', 'next week']],
    ['filter=period:20260501..20260517', ['May', 'Sunday']],
    ['filter=period:2026-05-01..2026-05-17', ['May', 'Sunday']],
    ['filter=period:202605..20260517', ['May', 'Sunday']],
    ['filter=day:2026-05-18', ['Monday']],
    ['filter=day:20260517', ['Sunday']],
    ['filter=day:2026-05-18,period:prev_year', []],
    ['filter=state:open', ['long ago', 'first of the year', 'April', 'May', 'today 100% _a\\b', 'next week']],
    ['filter=state:non_billable', ['Sunday', 'next year']],
    [
      'filter=state:open%7Cnon_billable',
      [
        'long ago',
        'first of the year',
        'April',
        'May',
        'Sunday',
        'today 100% _a\\b',
        'next week',
        'next year',
      ],
    ],
    ['filter=state:open|all', all],
    ['filter=include_active:true,day:2026-05-20', ['today 100% _a\\b', 'now']],
    ['filter=include_active:false,day:2026-05-20', ['today 100% _a\\b']],
    [`filter=contact_id:${ids.acme}`, ['first of the year', 'next year']],
    [`filter=contact_id:${ids.acme},include_active:true`, ['first of the year', 'now', 'next year']],
    [
      `filter=contact_id:${ids.acme},include_nil_contacts:true,period:this_month`,
      ['May', 'Sunday', 'Monday', 'today 100% _a\\b', 'next week'],
    ],
    [`filter=contact_id:${ids.acme},state:non_billable`, ['next year']],
    ['filter=include_nil_contacts:true,period:prev_month', ['April']],
    [`filter=project_id:${ids.site}`, ['May']],
    [`filter=user_id:${ids.member}`, ['today 100% _a\\b']],
    ['query=MAY', ['May']],
    ['query=long', []],
    ['query=long&filter=state:all', ['long ago']],
    ['query=0%25', ['today 100% _a\\b']],
    ['query=_', ['today 100% _a\\b']],
    ['query=%5C', ['today 100% _a\\b']],
    ['query=&filter=state:non_billable', ['Sunday', 'next year']],
  ]

  test('finds what it says', async () => {
    for (const [query, expected] of cases()) {
      assert.deepEqual(await found(query), expected, query)
    }
  })

  const says = (reply: Reply, status: number, expected: object) => {
    assert.equal(reply.status, status, reply.text)
    assert.deepEqual(reply.json(), expected)
  }

  for (const text of [
    '202601',
    '202601..',
    '..202601',
    '202613..202613',
    '20260230..20260301',
    '202602..202601',
    'last_year',
    'this_decade',
    '0999..1000',
    '300001..300002',
    '202601..202602..202603',
    '',
    "' or 1=1",
  ]) {
    test(`refuses the period "${text}"`, async () => {
      const reply = await owner.get(`/time_entries.json?filter=period:${encodeURIComponent(text)}`)
      says(reply, 400, { error: 'Period is invalid' })
    })
  }

  for (const text of ['2026-02-30', '2026', '202605', 'today', '2026-05-18..2026-05-19', '']) {
    test(`refuses the day "${text}"`, async () => {
      says(await owner.get(`/time_entries.json?filter=day:${text}`), 400, { error: 'Day is invalid' })
    })
  }

  test('refuses unknown states', async () => {
    const expected = { error: 'Status is not included in the list', symbolic: { filter: 'invalid' } }
    for (const state of ['foo', 'open|foo', '', 'Open', '|']) {
      says(await owner.get(`/time_entries?filter=state:${encodeURIComponent(state)}`), 400, expected)
    }
  })

  test('refuses contacts, projects and users that are not there, and those of others', async () => {
    const far = await book.core.clients.add(book.actorOf('owner', 'b'), { name: 'Far' })
    const stranger = book.actorOf('owner', 'b').personId
    for (const [key, values] of [
      ['contact_id', [far.id, 999999, 'x', '', '1e3', '-1', '1 or 1=1']],
      ['project_id', [999999, 'x', '', '__proto__']],
      ['user_id', [stranger, 999999, 'me', '']],
    ] as const) {
      for (const value of values) {
        const reply = await owner.get(`/time_entries?filter=${key}:${encodeURIComponent(value)}`)
        says(reply, 404, { error: 'record not found', symbolic: { [key]: 'not_found' } })
      }
    }
  })

  test('with a thousand terms is read, with the last of each key', async () => {
    const many = Array.from({ length: 1000 }, (_, i) => `k${i}:v`).join(',')
    assert.deepEqual(await found(`filter=${many},state:open,state:non_billable`), ['Sunday', 'next year'])
  })

  test('never shows a colleague’s entries to whoever sees only own ones', async () => {
    const member = await enter(book, callMoneybird(book), book.actorOf('member'))
    const list = (await member.get('/time_entries?filter=state:all')).json<{ description: string }[]>()
    assert.deepEqual(
      list.map(({ description }) => description),
      ['today 100% _a\\b'],
    )
    const ownerId = book.actorOf('owner').personId
    assert.deepEqual((await member.get(`/time_entries?filter=user_id:${ownerId}`)).json(), [])
  })
})

// Zones that change their clocks in every way there is: by an hour, by half of one, at midnight, and the other way round.
const zones = [
  'Europe/Amsterdam',
  'Europe/Dublin',
  'America/New_York',
  'America/Santiago',
  'America/Havana',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Pacific/Chatham',
  'America/St_Johns',
].map(timeZone)

describe('Every day of a year with changes of the clock', () => {
  const engine = createTestEngine('sqlite')

  for (const zone of zones) {
    test(`in ${zone} holds what begins in it, and nothing else`, async () => {
      const book = await createTestBook(engine)
      const by = book.actorOf('owner')
      await book.core.organizations.updateOrganization(by, { timeZone: zone })
      const owner = await enter(book, callMoneybird(book), by)
      for (const day of changesOf(zone)) {
        const starts = instantsAround(day, zone)
        await book.core.together(by, async (actor) => {
          for (const startedAt of starts) {
            const fields = { startedAt, endedAt: startedAt + 60_000, description: dayIn(startedAt, zone) }
            await book.core.time.log(actor, fields)
          }
        })
        const reply = await owner.get(`/time_entries?per_page=100&filter=day:${day}`)
        const entries = reply.json<{ description: string; started_at: string }[]>()
        assert.equal(entries.length, starts.filter((at) => dayIn(at, zone) === day).length, day)
        for (const { description } of entries) assert.equal(description, day)
      }
    })
  }
})

/** The days of 2026 on which the zone changes its clock. */
function changesOf(zone: TimeZone): string[] {
  const days: string[] = []
  for (let day = Temporal.PlainDate.from('2026-01-01'); day.year === 2026; day = day.add({ days: 1 })) {
    if (day.toZonedDateTime(zone).hoursInDay !== 24) days.push(day.toString())
  }
  assert.ok(days.length > 0, `${zone} changes its clock.`)
  return days
}

/** Instants every half an hour from the evening before a day to the morning after it, and at its very ends. */
function instantsAround(day: string, zone: TimeZone): number[] {
  const start = Temporal.PlainDate.from(day).toZonedDateTime(zone)
  const end = start.add({ days: 1 })
  const from = start.epochMilliseconds - 2 * 3_600_000
  const to = end.epochMilliseconds + 2 * 3_600_000
  const instants: number[] = []
  for (let at = from; at <= to; at += 1_800_000) instants.push(at)
  return [...instants, end.epochMilliseconds - 1000]
}

function dayIn(at: number, zone: TimeZone): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString()
}
