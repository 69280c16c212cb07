// The calendar of totals: where periods begin and end, on days of 23, 24, 25 and 23.5 hours, and how they are named.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { timeZone } from '../day.ts'
import { cut } from './calendar.ts'
import { instants, wallClock } from './collect.ts'
import type { Period } from './nouns.ts'

const hour = 3_600_000

/** The pieces between two instants, each as its names and its hours. */
function piecesIn(zone: string, from: string, end: string, periods: readonly Period[]): [string, number][] {
  const { dayOf, startOf } = instants(timeZone(zone))
  const [first, last] = [Date.parse(from), Date.parse(end)]
  const { bounds, names } = cut({ from: first, end: last, firstDay: dayOf(first), startOf }, periods)
  assert.equal(bounds.length, names.length + 1)
  assert.deepEqual([bounds[0], bounds.at(-1)], [first, last])
  return names.map((name, i) => [name.join(' '), ((bounds[i + 1] ?? 0) - (bounds[i] ?? 0)) / hour])
}

describe('Days have the hours that the zone gives them', () => {
  const cases: [zone: string, from: string, end: string, pieces: [string, number][]][] = [
    [
      'Australia/Lord_Howe',
      '2026-04-03T13:00:00Z',
      '2026-04-06T13:30:00Z',
      [
        ['2026-04-04', 24],
        ['2026-04-05', 24.5],
        ['2026-04-06', 24],
      ],
    ],
    [
      'Australia/Lord_Howe',
      '2026-10-02T13:30:00Z',
      '2026-10-05T13:00:00Z',
      [
        ['2026-10-03', 24],
        ['2026-10-04', 23.5],
        ['2026-10-05', 24],
      ],
    ],
    [
      'Europe/Amsterdam',
      '2026-03-27T23:00:00Z',
      '2026-03-30T22:00:00Z',
      [
        ['2026-03-28', 24],
        ['2026-03-29', 23],
        ['2026-03-30', 24],
      ],
    ],
    // Midnight itself is skipped: the day begins at one o'clock.
    [
      'America/Santiago',
      '2026-09-05T04:00:00Z',
      '2026-09-08T03:00:00Z',
      [
        ['2026-09-05', 24],
        ['2026-09-06', 23],
        ['2026-09-07', 24],
      ],
    ],
    // Samoa went over the date line and had no 30 December.
    [
      'Pacific/Apia',
      '2011-12-29T10:00:00Z',
      '2011-12-31T10:00:00Z',
      [
        ['2011-12-29', 24],
        ['2011-12-31', 24],
      ],
    ],
    [
      'Asia/Kathmandu',
      '2026-01-01T12:00:00Z',
      '2026-01-02T00:00:00Z',
      [
        ['2026-01-01', 6.25],
        ['2026-01-02', 5.75],
      ],
    ],
  ]
  for (const [zone, from, end, pieces] of cases) {
    test(`${zone} from ${from}`, () => assert.deepEqual(piecesIn(zone, from, end, ['day']), pieces))
  }
})

describe('Periods are named', () => {
  const names = (from: string, end: string, ...periods: Period[]) =>
    piecesIn('UTC', `${from}T00:00:00Z`, `${end}T00:00:00Z`, periods).map(([name]) => name)

  test('weeks by ISO 8601, those around New Year by the year of their Thursday', () => {
    assert.deepEqual(names('2025-12-22', '2026-01-12', 'week'), ['2025-W52', '2026-W01', '2026-W02'])
    assert.deepEqual(names('2026-12-28', '2027-01-08', 'week'), ['2026-W53', '2027-W01'])
    assert.deepEqual(names('2027-01-01', '2027-01-05', 'week'), ['2026-W53', '2027-W01'])
  })
  test('months, quarters and years', () => {
    assert.deepEqual(names('2025-11-30', '2026-02-02', 'month'), ['2025-11', '2025-12', '2026-01', '2026-02'])
    assert.deepEqual(names('2025-11-30', '2026-04-02', 'quarter'), ['2025-Q4', '2026-Q1', '2026-Q2'])
    assert.deepEqual(names('2024-02-29', '2026-01-02', 'year'), ['2024', '2025', '2026'])
  })
  test('several at once cut at each end of any of them', () => {
    assert.deepEqual(names('2026-01-26', '2026-02-09', 'month', 'week'), [
      '2026-01 2026-W05',
      '2026-02 2026-W05',
      '2026-02 2026-W06',
    ])
  })
  test('none leave one piece', () => {
    assert.deepEqual(names('2026-01-01', '2027-01-01'), [''])
  })
})

test('weeks across a change of half an hour have half an hour more or less', () => {
  assert.deepEqual(
    piecesIn('Australia/Lord_Howe', '2026-03-29T13:00:00Z', '2026-04-12T13:30:00Z', ['week']),
    [
      ['2026-W14', 168.5],
      ['2026-W15', 168],
    ],
  )
})

test('the last day of all ends where numbers of wall-clock time end', () => {
  const { latest, dayOf, startOf } = wallClock
  const { names } = cut({ from: latest - 10, end: latest + 1, firstDay: dayOf(latest - 10), startOf }, [
    'day',
    'week',
  ])
  assert.deepEqual(names, [['9999-12-31', '9999-W52']])
})
