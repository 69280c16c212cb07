// Days, wall-clock times and instants, above all where clocks are moved and where the calendar ends.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  addDays,
  at,
  dayOf,
  fromLocalSeconds,
  instantOf,
  type LocalDate,
  type LocalDateTime,
  localOf,
  localSeconds,
  parseLocalDate,
  parseLocalDateTime,
  parseTimeZone,
  timeZone,
  weekdayOf,
} from './day.ts'

const local = (text: string) => text as LocalDateTime
const day = (text: string) => text as LocalDate

describe('Reading a day', () => {
  const read = ['0001-01-01', '9999-12-31', '2024-02-29', '2000-02-29', '2026-12-31', '1900-02-28']
  for (const text of read) test(`${text} is a day`, () => assert.equal(parseLocalDate(text), text))

  const refused = [
    ...['2025-02-29', '1900-02-29', '2026-02-30', '2026-04-31', '2026-00-10', '2026-13-01', '2026-01-00'],
    ...['0000-01-01', '-0001-01-01', '+02026-01-01', '10000-01-01', '2026-1-1', '26-01-01', '2026/01/01', ''],
    ...['2026-01-01 ', ' 2026-01-01', '2026-01-01T00:00:00', '2026-01-32', '２０２６-01-01', '2026-01-01\n'],
  ]
  for (const text of refused) {
    test(`${JSON.stringify(text)} is none`, () => assert.equal(parseLocalDate(text), undefined))
  }
})

describe('Reading a wall-clock time', () => {
  const read: readonly [string, string][] = [
    ['2026-05-20T12:34:56', '2026-05-20T12:34:56'],
    ['2026-05-20 12:34:56', '2026-05-20T12:34:56'],
    ['2026-05-20 12:34', '2026-05-20T12:34:00'],
    ['0001-01-01 00:00:00', '0001-01-01T00:00:00'],
    ['9999-12-31 23:59:59', '9999-12-31T23:59:59'],
    ['2024-02-29 23:59', '2024-02-29T23:59:00'],
  ]
  for (const [text, value] of read) {
    test(`'${text}' is ${value}`, () => assert.equal(parseLocalDateTime(text), value))
  }

  const refused = [
    ...['2016-12-31 23:59:60', '2026-05-20 24:00:00', '2026-05-20 12:60', '2026-05-20 12', '2026-05-20'],
    ...['2025-02-29 12:00', '0000-01-01 00:00', '2026-05-20T12:34:56Z', '2026-05-20T12:34:56+02:00'],
    ...['2026-05-20T12:34:56.5', '2026-05-20  12:34', '2026-05-20t12:34', '12:34', '2026-05-20 1:02', ''],
  ]
  for (const text of refused) {
    test(`${JSON.stringify(text)} is none`, () => assert.equal(parseLocalDateTime(text), undefined))
  }
})

describe('Reading a time zone', () => {
  const read: readonly [string, string][] = [
    ['Europe/Amsterdam', 'Europe/Amsterdam'],
    ['europe/amsterdam', 'Europe/Amsterdam'],
    ['UTC', 'UTC'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['america/argentina/buenos_aires', 'America/Argentina/Buenos_Aires'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
  ]
  for (const [text, zone] of read) {
    test(`${text} is kept as ${zone}`, () => assert.equal(parseTimeZone(text), zone))
  }

  const refused = [
    '',
    '+01:00',
    '-05:00',
    'Mars/Phobos',
    'UTC+1',
    'Z',
    'Europe',
    'Europe/Amsterdam ',
    '../etc',
  ]
  refused.push('Europe/Amsterdam\u0000', 'ＵＴＣ', '__proto__', 'x'.repeat(100_000), '2026-01-01T00:00[UTC]')
  for (const text of refused) {
    test(`${JSON.stringify(text.slice(0, 30))} is none`, () => assert.equal(parseTimeZone(text), undefined))
  }

  test('a constant that is no zone is a bug and told at once', () => {
    assert.throws(() => timeZone('Mars/Phobos'), RangeError)
  })
})

describe('A wall-clock time where clocks are moved', () => {
  // zone, what the clock said, the instant meant, what the clock says at that instant
  const gaps: readonly [string, string, string, string][] = [
    ['Europe/Amsterdam', '2026-03-29T02:30:00', '2026-03-29T01:30:00Z', '2026-03-29T03:30:00'],
    ['America/New_York', '2026-03-08T02:00:00', '2026-03-08T07:00:00Z', '2026-03-08T03:00:00'],
    ['Europe/London', '2026-03-29T01:59:59', '2026-03-29T01:59:59Z', '2026-03-29T02:59:59'],
    ['Europe/Dublin', '2026-03-29T01:30:00', '2026-03-29T01:30:00Z', '2026-03-29T02:30:00'],
    ['Australia/Lord_Howe', '2026-10-04T02:15:00', '2026-10-03T15:45:00Z', '2026-10-04T02:45:00'],
    ['Africa/Casablanca', '2026-03-22T02:30:00', '2026-03-22T02:30:00Z', '2026-03-22T03:30:00'],
    ['Africa/Cairo', '2026-04-24T00:30:00', '2026-04-23T22:30:00Z', '2026-04-24T01:30:00'],
    ['America/Santiago', '2026-09-06T00:30:00', '2026-09-06T04:30:00Z', '2026-09-06T01:30:00'],
    ['Asia/Beirut', '2026-03-29T00:10:00', '2026-03-28T22:10:00Z', '2026-03-29T01:10:00'],
    ['America/Havana', '2026-03-08T00:30:00', '2026-03-08T05:30:00Z', '2026-03-08T01:30:00'],
    // A whole day was skipped when Samoa crossed the date line.
    ['Pacific/Apia', '2011-12-30T12:00:00', '2011-12-30T22:00:00Z', '2011-12-31T12:00:00'],
  ]
  for (const [zone, clock, instant, shown] of gaps) {
    test(`${clock} in ${zone} is skipped and read with the offset before the gap`, () => {
      const meant = instantOf(local(clock), timeZone(zone))
      assert.equal(new Date(meant).toISOString(), instant.replace('Z', '.000Z'))
      assert.equal(localOf(meant, timeZone(zone)), shown)
    })
  }

  const overlaps: readonly [string, string, string, string][] = [
    // zone, what the clock says twice, the first time, the second time
    ['Europe/Amsterdam', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'],
    ['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'],
    ['Europe/London', '2026-10-25T01:00:00', '2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z'],
    ['Europe/Dublin', '2026-10-25T01:30:00', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45:00', '2026-04-04T14:45:00Z', '2026-04-04T15:15:00Z'],
    ['Africa/Casablanca', '2026-02-15T02:30:00', '2026-02-15T01:30:00Z', '2026-02-15T02:30:00Z'],
    ['Africa/Cairo', '2026-10-29T23:30:00', '2026-10-29T20:30:00Z', '2026-10-29T21:30:00Z'],
    ['America/Santiago', '2026-04-04T23:30:00', '2026-04-05T02:30:00Z', '2026-04-05T03:30:00Z'],
    ['Asia/Beirut', '2026-10-24T23:30:00', '2026-10-24T20:30:00Z', '2026-10-24T21:30:00Z'],
    ['America/Havana', '2026-11-01T00:30:00', '2026-11-01T04:30:00Z', '2026-11-01T05:30:00Z'],
  ]
  for (const [zone, clock, first, second] of overlaps) {
    test(`${clock} in ${zone} comes twice and the earlier one is meant`, () => {
      assert.equal(
        new Date(instantOf(local(clock), timeZone(zone))).toISOString(),
        first.replace('Z', '.000Z'),
      )
      assert.equal(localOf(Date.parse(first), timeZone(zone)), clock)
      assert.equal(localOf(Date.parse(second), timeZone(zone)), clock)
    })
  }

  test('the clock at an instant never leads to another wall-clock time, in any zone', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone')).map(timeZone)
    const seconds = fc.integer({ min: Date.UTC(1970, 0, 1) / 1000, max: Date.UTC(2099, 0, 1) / 1000 })
    fc.assert(
      fc.property(seconds, zones, (second, zone) => {
        const clock = localOf(second * 1000, zone)
        const back = instantOf(clock, zone)
        assert.ok(back <= second * 1000)
        assert.equal(localOf(back, zone), clock)
      }),
    )
  })

  test('parts of a second are dropped, before 1970 too', () => {
    assert.equal(localOf(1999, timeZone('UTC')), '1970-01-01T00:00:01')
    assert.equal(localOf(-1, timeZone('UTC')), '1969-12-31T23:59:59')
  })
})

describe('Wall-clock times as sortable numbers', () => {
  const seconds = fc.integer({
    min: Date.parse('0001-01-01T00:00:00Z') / 1000,
    max: Date.parse('9999-12-31T23:59:59Z') / 1000,
  })

  test('go there and back without loss, from year 0001 to 9999', () => {
    fc.assert(fc.property(seconds, (value) => assert.equal(localSeconds(fromLocalSeconds(value)), value)))
    for (const edge of [
      '0001-01-01T00:00:00',
      '9999-12-31T23:59:59',
      '1969-12-31T23:59:59',
      '2024-02-29T00:00:00',
    ]) {
      assert.equal(fromLocalSeconds(localSeconds(local(edge))), edge)
    }
  })

  test('sort as their texts do', () => {
    fc.assert(
      fc.property(seconds, seconds, (a, b) => {
        const [x, y] = [fromLocalSeconds(a), fromLocalSeconds(b)]
        assert.equal(x < y, a < b)
        assert.equal(parseLocalDateTime(x), x)
      }),
    )
  })
})

describe('Counting days', () => {
  const table: readonly [string, number, string][] = [
    ['2024-02-28', 1, '2024-02-29'],
    ['2025-02-28', 1, '2025-03-01'],
    ['2024-02-29', 366, '2025-03-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-29', 1, '2026-03-30'],
    ['2026-05-20', 0, '2026-05-20'],
  ]
  for (const [from, days, to] of table) {
    test(`${days} days after ${from} is ${to}`, () => assert.equal(addDays(day(from), days), to))
  }

  test('does not leave the years 0001 to 9999', () => {
    for (const [from, days] of [
      ['9999-12-31', 1],
      ['0001-01-01', -1],
      ['2026-05-20', 1e9],
    ] as const) {
      assert.throws(() => addDays(day(from), days), RangeError)
    }
  })

  test('weekdays run from Monday 1 to Sunday 7', () => {
    assert.equal(weekdayOf(day('2026-05-18')), 1)
    assert.equal(weekdayOf(day('2026-05-24')), 7)
    assert.equal(weekdayOf(day('0001-01-01')), 1)
    assert.equal(weekdayOf(day('9999-12-31')), 5)
  })

  test('a day and a time of day make a wall-clock time and come apart again', () => {
    const time = at(day('2026-05-20'), '08:15:00')
    assert.equal(time, '2026-05-20T08:15:00')
    assert.equal(dayOf(time), '2026-05-20')
  })
})

describe('The clock of a zone, looked up', () => {
  for (const name of [
    'Europe/Amsterdam',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Europe/Dublin',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'Africa/Monrovia',
    'UTC',
  ]) {
    test(`of ${name} tells what Temporal tells, around every change and between`, () => {
      const zone = timeZone(name)
      const exact = (at: number) =>
        Temporal.Instant.fromEpochMilliseconds(at)
          .toZonedDateTimeISO(zone)
          .toPlainDateTime()
          .toString({ smallestUnit: 'second', roundingMode: 'floor' })
      const instants = [-1, 0, Date.UTC(1970, 5, 1), Date.UTC(9999, 11, 29), Date.UTC(2500, 6, 1)]
      let change = Temporal.Instant.from('1969-01-01T00:00:00Z')
        .toZonedDateTimeISO(zone)
        .getTimeZoneTransition('next')
      while (change !== null && change.year < 2040) {
        const at = change.epochMilliseconds
        instants.push(at - 1000, at - 1, at, at + 1, at + 999, at + 86_400_000)
        change = change.getTimeZoneTransition('next')
      }
      // Forwards, backwards and forwards again: in an order that forgets nothing and one that does.
      for (const at of [...instants, ...instants.toReversed(), ...instants]) {
        assert.equal(localOf(at, zone), exact(at), `${name} at ${at}`)
      }
    })
  }
})
