// The span of a time entry: order, breaks, bounds, and days on which clocks are moved.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { refusal } from '../../../test/harness.ts'
import { instantOf, type LocalDateTime, localOf, timeZone } from '../day.ts'
import { maxEntrySeconds, span } from './verbs.ts'

const start = Date.parse('2026-05-20T09:00:00Z')

describe('The span of an entry', () => {
  const table: readonly [string, number, number, number][] = [
    // what, seconds from start to end, break, duration
    ['an hour', 3600, 0, 3600],
    ['an hour with a break', 3600, 900, 2700],
    ['nothing at all', 0, 0, 0],
    ['a break as long as the entry', 3600, 3600, 0],
    ['more than a day', 90_000, 0, 90_000],
    ['a year and a day', maxEntrySeconds, 0, maxEntrySeconds],
  ]
  for (const [what, seconds, breakSeconds, duration] of table) {
    test(`may be ${what}`, () => {
      const end = start + seconds * 1000
      assert.deepEqual(span(start, end, breakSeconds), {
        startedAt: start,
        endedAt: end,
        breakSeconds,
        durationSeconds: duration,
      })
    })
  }

  const refused: readonly [string, number, number | null, number, string, 'order' | 'range'][] = [
    ['an end one second before the start', start, start - 1000, 0, 'endedAt', 'order'],
    ['more than a year and a day', start, start + (maxEntrySeconds + 1) * 1000, 0, 'endedAt', 'range'],
    ['a break longer than the entry', start, start + 60_000, 61, 'breakSeconds', 'range'],
    ['a negative break', start, start + 60_000, -1, 'breakSeconds', 'range'],
    ['a break with parts of a second', start, start + 60_000, 0.5, 'breakSeconds', 'range'],
    ['a break that is no number', start, start + 60_000, Number.NaN, 'breakSeconds', 'range'],
    ['a start that is no number', Number.NaN, null, 0, 'startedAt', 'range'],
    ['an endless end', start, Number.POSITIVE_INFINITY, 0, 'endedAt', 'range'],
    ['a start in the year 0000', Date.parse('0000-12-31T23:59:59Z'), null, 0, 'startedAt', 'range'],
    ['a start in the year 10000', Date.parse('+010000-01-01T00:00:00Z'), null, 0, 'startedAt', 'range'],
    ['a start beyond every calendar', 1e17, null, 0, 'startedAt', 'range'],
  ]
  for (const [what, from, to, breakSeconds, path, code] of refused) {
    test(`may not have ${what}`, () => {
      assert.throws(() => span(from, to, breakSeconds), refusal('invalid', { path, code }))
    })
  }

  test('has no duration while it runs', () => {
    assert.deepEqual(span(start + 999, null, 60), {
      startedAt: start,
      endedAt: null,
      breakSeconds: 60,
      durationSeconds: null,
    })
  })

  test('is cut to whole seconds at both ends, so that an end 1 ms before the start in the same second is 0 s', () => {
    assert.equal(span(start + 1, start, 0).durationSeconds, 0)
    assert.equal(span(start + 999, start + 1000, 0).durationSeconds, 1)
    assert.equal(span(-1500, -500, 0).startedAt, -2000)
  })

  test('can be written on the wall clock of every zone', () => {
    const edges = [Date.parse('0001-01-02T00:00:00Z'), Date.parse('9999-12-31T00:00:00Z')]
    for (const edge of edges) {
      const { startedAt } = span(edge, null, 0)
      for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Etc/GMT+12', 'UTC']) {
        assert.match(localOf(startedAt, timeZone(zone)), /^\d{4}-\d\d-\d\dT/)
        assert.notEqual(localOf(startedAt, timeZone(zone)).slice(0, 4), '0000')
      }
    }
  })

  test('adds up: start, duration and break make the end', () => {
    const seconds = fc.integer({ min: 0, max: maxEntrySeconds })
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), seconds, seconds, (from, length, pause) => {
        fc.pre(pause <= length)
        const made = span(from, from + length * 1000, pause)
        assert.equal(made.startedAt + ((made.durationSeconds ?? 0) + pause) * 1000, made.endedAt)
      }),
    )
  })
})

describe('A night in which clocks are moved', () => {
  const nights: readonly [string, string, string, number][] = [
    // zone, evening, morning, hours really worked
    ['Europe/Amsterdam', '2026-03-28T22:00:00', '2026-03-29T06:00:00', 7],
    ['Europe/Amsterdam', '2026-10-24T22:00:00', '2026-10-25T06:00:00', 9],
    ['America/New_York', '2026-03-07T22:00:00', '2026-03-08T06:00:00', 7],
    ['Australia/Lord_Howe', '2026-10-03T22:00:00', '2026-10-04T06:00:00', 7.5],
    ['Australia/Lord_Howe', '2026-04-04T22:00:00', '2026-04-05T06:00:00', 8.5],
    ['Europe/Dublin', '2026-10-24T22:00:00', '2026-10-25T06:00:00', 9],
    ['Asia/Kolkata', '2026-03-28T22:00:00', '2026-03-29T06:00:00', 8],
  ]
  for (const [zone, evening, morning, hours] of nights) {
    test(`from ${evening} to ${morning} in ${zone} is ${hours} hours of work`, () => {
      const [from, to] = [evening, morning].map((time) => instantOf(time as LocalDateTime, timeZone(zone)))
      assert.equal(span(from ?? 0, to ?? 0, 0).durationSeconds, hours * 3600)
    })
  }
})
