// Periods by name and by their ends, and their instants over every change of the clock in ten zones.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { dayOf, instantOf, type LocalDate, type LocalDateTime, localOf, timeZone } from './day.ts'
import {
  instantsOf,
  monthPeriod,
  namedPeriod,
  type PeriodName,
  parsePeriodName,
  parsePeriodRange,
  periodBetween,
  periodNames,
} from './periods.ts'

const day = (text: string) => text as LocalDate
const minute = 60_000
const hour = 60 * minute

describe('A named period', () => {
  const seen: readonly [string, PeriodName, string, string][] = [
    ['2026-11-20', 'this_week', '2026-11-16', '2026-11-22'],
    ['2026-11-16', 'this_week', '2026-11-16', '2026-11-22'],
    ['2026-11-22', 'this_week', '2026-11-16', '2026-11-22'],
    ['2026-11-20', 'prev_week', '2026-11-09', '2026-11-15'],
    ['2026-12-31', 'next_week', '2027-01-04', '2027-01-10'],
    ['2026-01-01', 'this_week', '2025-12-29', '2026-01-04'],
    ['2024-02-29', 'this_month', '2024-02-01', '2024-02-29'],
    ['2026-03-31', 'prev_month', '2026-02-01', '2026-02-28'],
    ['2026-01-31', 'next_month', '2026-02-01', '2026-02-28'],
    ['2026-12-15', 'next_month', '2027-01-01', '2027-01-31'],
    ['2026-01-15', 'prev_month', '2025-12-01', '2025-12-31'],
    ['2026-11-20', 'this_quarter', '2026-10-01', '2026-12-31'],
    ['2026-03-31', 'this_quarter', '2026-01-01', '2026-03-31'],
    ['2026-01-01', 'prev_quarter', '2025-10-01', '2025-12-31'],
    ['2026-11-30', 'next_quarter', '2027-01-01', '2027-03-31'],
    ['2026-11-20', 'this_year', '2026-01-01', '2026-12-31'],
    ['2024-02-29', 'prev_year', '2023-01-01', '2023-12-31'],
    ['2024-02-29', 'next_year', '2025-01-01', '2025-12-31'],
    ['9999-12-31', 'this_year', '9999-01-01', '9999-12-31'],
    ['0001-01-01', 'this_quarter', '0001-01-01', '0001-03-31'],
  ]
  for (const [today, name, from, to] of seen) {
    test(`${name} on ${today} is ${from} to ${to}`, () => {
      assert.deepEqual(namedPeriod(name, day(today)), { from, to })
    })
  }

  test('has twelve names and no other', () => {
    assert.equal(periodNames.length, 12)
    for (const name of periodNames) assert.equal(parsePeriodName(name), name)
    for (const text of ['', 'this_day', 'THIS_WEEK', 'this_week ', '__proto__', 'last_month', 'this']) {
      assert.equal(parsePeriodName(text), undefined)
    }
  })

  test('beyond the calendar is refused', () => {
    assert.throws(() => namedPeriod('next_year', day('9999-12-31')), RangeError)
    assert.throws(() => namedPeriod('prev_month', day('0001-01-01')), RangeError)
  })

  test('follows the one before it and precedes the one after it without a gap', () => {
    const dayBefore = (text: string) => Temporal.PlainDate.from(text).subtract({ days: 1 }).toString()
    for (const span of ['week', 'month', 'quarter', 'year'] as const) {
      let today = Temporal.PlainDate.from('2023-12-20')
      for (let i = 0; i < 800; i += 1) {
        const [prev, now, next] = (['prev', 'this', 'next'] as const).map((turn) =>
          namedPeriod(`${turn}_${span}`, day(today.toString())),
        )
        assert.ok(prev && now && next)
        assert.equal(prev.to, dayBefore(now.from))
        assert.equal(now.to, dayBefore(next.from))
        assert.ok(now.from <= today.toString() && today.toString() <= now.to)
        today = today.add({ days: 1 })
      }
    }
  })
})

describe('A period by its ends', () => {
  const read: readonly [string, string, string][] = [
    ['201301..201302', '2013-01-01', '2013-02-28'],
    ['20130101..20130131', '2013-01-01', '2013-01-31'],
    ['20261103..20261117', '2026-11-03', '2026-11-17'],
    ['2026-11-03..2026-11-17', '2026-11-03', '2026-11-17'],
    ['2024-02..2024-02', '2024-02-01', '2024-02-29'],
    ['202401..20240215', '2024-01-01', '2024-02-15'],
    ['20240115..2024-02', '2024-01-15', '2024-02-29'],
    ['20260101..20260101', '2026-01-01', '2026-01-01'],
  ]
  for (const [text, from, to] of read) {
    test(`${text} is ${from} to ${to}`, () => assert.deepEqual(parsePeriodRange(text), { from, to }))
  }

  const refused = [
    ...['202602..202601', '20260102..20260101', '202613..202614', '202600..202601', '20260230..20260301'],
    ...['202601', '202601..', '..202601', '..', '', '202601...202602', '202601..202602..202603'],
    ...['2026-0103..20260104', '202601-03..20260104', '2026..2027', ' 202601..202602', '000001..000002'],
    ...['２０２６01..202602', '202601..20260', "202601..202602'", '2026-1..2026-2'],
  ]
  for (const text of refused) {
    test(`${JSON.stringify(text)} is none`, () => assert.equal(parsePeriodRange(text), undefined))
  }

  test('is none with the last day before the first', () => {
    assert.equal(periodBetween(day('2026-01-02'), day('2026-01-01')), undefined)
    assert.equal(monthPeriod(2026, 13), undefined)
    assert.equal(monthPeriod(10_000, 1), undefined)
  })
})

// Ten zones that move their clocks in every known way: by thirty minutes, by two hours, backwards in spring, at midnight,
// around Ramadan, across the date line, to another standard time.
const zones = [
  'Europe/Amsterdam',
  'Europe/Dublin',
  'Africa/Casablanca',
  'Africa/Cairo',
  'America/New_York',
  'America/Havana',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Pacific/Apia',
]

/** Every instant from 1972 to 2040 at which the zone changes its clock. */
function changesOf(name: string): number[] {
  const changes: number[] = []
  let now = Temporal.ZonedDateTime.from(`1972-01-01T00:00:00[${name}]`)
  for (;;) {
    const next = now.getTimeZoneTransition('next')
    if (next === null || next.year >= 2040) return changes
    changes.push(next.epochMilliseconds)
    now = next
  }
}

describe('The instants of days', () => {
  for (const name of zones) {
    const zone = timeZone(name)
    const changes = changesOf(name)

    test(`hold every instant around the ${changes.length} changes of ${name} in exactly one day`, () => {
      assert.ok(changes.length > 20, 'The zone has changed its clock often.')
      for (const change of changes) {
        for (const offset of [
          -26 * hour,
          -3 * hour,
          -minute,
          -1,
          0,
          1,
          minute,
          30 * minute,
          3 * hour,
          26 * hour,
        ]) {
          const at = change + offset
          const own = dayOf(localOf(at, zone))
          const { from, to } = instantsOf({ from: own, to: own }, zone)
          assert.ok(from !== undefined && to !== undefined)
          assert.ok(from <= at && at <= to, `${new Date(at).toISOString()} lies outside of ${own} in ${name}`)
        }
      }
    })

    test(`leave no gap and share no instant around the changes of ${name}`, () => {
      for (const change of changes) {
        const first = Temporal.PlainDate.from(dayOf(localOf(change - 48 * hour, zone)))
        let ended: number | undefined
        for (let i = 0; i < 5; i += 1) {
          const own = day(first.add({ days: i }).toString())
          const { from, to } = instantsOf({ from: own, to: own }, zone)
          assert.ok(from !== undefined && to !== undefined)
          if (ended !== undefined) assert.equal(from, ended + 1)
          const hours = (to + 1 - from) / hour
          // The day that Samoa left out has no length at all.
          assert.ok((hours >= 22 && hours <= 26) || hours === 0, `${own} has ${hours} hours in ${name}`)
          ended = to
        }
      }
    })

    test(`agree with the wall clock at the changes of ${name}`, () => {
      for (const change of changes) {
        // Two seconds that the clock shows but once on either side of the change, whatever it skips or repeats.
        for (const offset of [-26 * hour, 26 * hour]) {
          const at = Math.floor((change + offset) / 1000) * 1000
          assert.equal(instantOf(localOf(at, zone), zone), at)
        }
        // What the clock shows at the change is read as that very instant, or as the earlier of two.
        const read = instantOf(localOf(change, zone), zone)
        assert.ok(
          read <= change && change - read <= 24 * hour,
          `${name} at ${new Date(change).toISOString()}`,
        )
      }
    })
  }

  test('last as long as the clock of the zone makes them', () => {
    const hours: readonly [string, string, number][] = [
      ['Europe/Amsterdam', '2026-03-29', 23],
      ['Europe/Amsterdam', '2026-10-25', 25],
      ['Europe/Amsterdam', '2026-06-01', 24],
      ['Europe/Dublin', '2026-03-29', 23],
      ['America/New_York', '2026-11-01', 25],
      ['America/Havana', '2026-03-08', 23],
      ['America/Sao_Paulo', '2018-11-04', 23],
      ['America/Sao_Paulo', '2018-02-17', 25],
      ['Australia/Lord_Howe', '2026-04-05', 24.5],
      ['Australia/Lord_Howe', '2026-10-04', 23.5],
      ['Antarctica/Troll', '2026-03-29', 22],
      ['Pacific/Apia', '2011-12-30', 0],
    ]
    for (const [name, own, expected] of hours) {
      const { from = 0, to = 0 } = instantsOf({ from: day(own), to: day(own) }, timeZone(name))
      assert.equal((to + 1 - from) / hour, expected, `${own} in ${name}`)
    }
  })

  test('begin at one where the clock skips midnight', () => {
    const zone = timeZone('America/Sao_Paulo')
    const { from = 0 } = instantsOf({ from: day('2018-11-04') }, zone)
    assert.equal(localOf(from, zone), '2018-11-04T01:00:00' as LocalDateTime)
    assert.equal(localOf(from - 1, zone), '2018-11-03T23:59:59' as LocalDateTime)
  })

  test('stay open where the days are open, and reach both ends of the calendar', () => {
    const utc = timeZone('UTC')
    assert.deepEqual(instantsOf({}, utc), {})
    assert.deepEqual(instantsOf({ to: day('9999-12-31') }, utc), {
      to: Date.parse('9999-12-31T23:59:59.999Z'),
    })
    assert.deepEqual(instantsOf({ from: day('0001-01-01') }, utc), {
      from: Date.parse('0001-01-01T00:00:00Z'),
    })
  })
})
