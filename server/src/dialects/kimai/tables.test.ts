// The small readers and writers of the Kimai door, each as a table: dates, durations, numbers, lists, bodies, searches.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type LocalDateTime, timeZone } from '../../core/day.ts'
import { decimal } from '../../core/decimal.ts'
import { readPairs } from '../../http/pairs.ts'
import { readBody } from './body.ts'
import { color, flag, number, references } from './fields.ts'
import { wordsOf } from './filters.ts'
import { ids, list } from './query.ts'
import { earned } from './timesheet-entity.ts'
import {
  parseDateTime,
  parseDay,
  parseDuration,
  presentDecimal,
  presentInstant,
  presentLocal,
  spell,
} from './wire.ts'

const amsterdam = timeZone('Europe/Amsterdam')

describe('Instants are spelled with an offset that has no colon', () => {
  for (const [utc, zone, expected] of [
    ['2020-10-29T11:00:00Z', 'Europe/Amsterdam', '2020-10-29T12:00:00+0100'],
    ['2020-07-01T11:00:00Z', 'Europe/Amsterdam', '2020-07-01T13:00:00+0200'],
    ['2020-10-29T11:00:00Z', 'America/New_York', '2020-10-29T07:00:00-0400'],
    ['2020-10-29T11:00:00Z', 'Asia/Kathmandu', '2020-10-29T16:45:00+0545'],
    ['2020-10-29T11:00:00Z', 'America/St_Johns', '2020-10-29T08:30:00-0230'],
    ['2020-01-29T11:00:00Z', 'Australia/Lord_Howe', '2020-01-29T22:00:00+1100'],
    ['2020-10-29T11:00:00Z', 'UTC', '2020-10-29T11:00:00+0000'],
  ] as const) {
    test(`${utc} in ${zone} is ${expected}`, () =>
      assert.equal(presentInstant(Date.parse(utc), timeZone(zone)), expected))
  }

  test('a clock time that comes twice is the first of both', () =>
    assert.equal(presentLocal('2026-10-25T02:30:00' as LocalDateTime, amsterdam), '2026-10-25T02:30:00+0200'))
})

describe('Date-times of bodies', () => {
  for (const [text, expected] of [
    ['2026-11-20T10:00:00', '2026-11-20T10:00:00'],
    ['2026-11-20 10:00', '2026-11-20T10:00:00'],
    [' 2026-11-20T10:00:00 ', '2026-11-20T10:00:00'],
    ['2026-11-20T10:00:00Z', '2026-11-20T11:00:00'],
    ['2026-11-20T10:00:00z', '2026-11-20T11:00:00'],
    ['2026-11-20T10:00:00+05:30', '2026-11-20T05:30:00'],
    ['2026-11-20T10:00:00-0500', '2026-11-20T16:00:00'],
    ['2026-11-20T10:00:00+02', '2026-11-20T09:00:00'],
    ['2026-11-20T10:00:00.999999', '2026-11-20T10:00:00'],
    ['2026-11-20', undefined],
    ['2026-11-20T', undefined],
    ['2026-11-20T24:00:00', undefined],
    ['2026-11-20T23:59:60', undefined],
    ['2026-02-29T10:00:00', undefined],
    ['0000-01-01T00:00:00', undefined],
    ['0001-01-01T00:00:00+14:00', undefined],
    ['2026-11-20T10:00:00+15:00', undefined],
    ['2026-11-20T10:00:00 Europe/Berlin', undefined],
    ['20.11.2026 10:00', undefined],
    ['now', undefined],
    ['', undefined],
  ] as const) {
    test(`${JSON.stringify(text)} is ${expected}`, () =>
      assert.equal(parseDateTime(text, amsterdam), expected))
  }

  test('a day is read alone and with a time', () => {
    assert.equal(parseDay('2026-01-31', amsterdam), '2026-01-31')
    assert.equal(parseDay('2026-01-31T23:30:00Z', amsterdam), '2026-02-01')
    assert.equal(parseDay('2026-01-32', amsterdam), undefined)
  })
})

describe('Durations', () => {
  for (const [text, seconds] of [
    ['1:30', 5400],
    ['1:30:15', 5415],
    ['100:00', 360_000],
    ['2h30m', 9000],
    ['2h', 7200],
    ['45m', 2700],
    ['30s', 30],
    ['1H15M', 4500],
    ['10,25', 36_900],
    ['10.25', 36_900],
    ['2', 7200],
    ['0', 0],
    ['0.0001', 0],
    ['0.00014', 1],
    ['', undefined],
    ['1:60', undefined],
    ['-1', undefined],
    ['-1:30', undefined],
    ['1h30', undefined],
    ['h', undefined],
    ['1e3', undefined],
    ['99999999999999999999', undefined],
    ['two', undefined],
  ] as const) {
    test(`${JSON.stringify(text)} is ${seconds}`, () => assert.equal(parseDuration(text), seconds))
  }
})

describe('Numbers', () => {
  for (const [text, expected] of [
    ['0.38', '0.38'],
    ['30', '30.0'],
    ['-1.50', '-1.5'],
    ['1e2', '100.0'],
    ['1.5E+3', '1500.0'],
    ['1e-07', '0.0000001'],
    ['12.5e-1', '1.25'],
    ['-0', '0.0'],
    ['+2', '2.0'],
    ['1e99', undefined],
    ['1,5', undefined],
    ['.5', undefined],
    ['0x10', undefined],
    ['1_000', undefined],
    ['NaN', undefined],
    ['Infinity', undefined],
    ['--1', undefined],
  ] as const) {
    test(`${text} is ${expected}`, () => {
      const reading = number.read(text, amsterdam)
      const value = 'value' in reading ? reading.value : undefined
      assert.equal(value === undefined || value === null ? undefined : spell(presentDecimal(value)), expected)
    })
  }

  for (const [rate, seconds, expected] of [
    ['137.21', 46_500, '1772.2958'],
    ['10', 1, '0.0028'],
    ['0', 3600, '0.0000'],
    ['99.99', 3600, '99.9900'],
    ['0.0001', 1800, '0.0001'],
  ] as const) {
    test(`${rate} for ${seconds} seconds is ${expected}`, () =>
      assert.equal(earned(decimal(rate), seconds), expected))
  }
})

describe('Flags, colours and lists of fields', () => {
  for (const [given, expected] of [
    [false, false],
    ['0', false],
    ['false', false],
    ['1', true],
    ['true', true],
    ['yes', true],
    ['', undefined],
  ] as const) {
    test(`${JSON.stringify(given)} is ${expected}`, () => {
      const reading = flag.read(given, amsterdam)
      assert.equal('value' in reading ? reading.value : undefined, expected)
    })
  }

  test('a colour is long or short', () => {
    assert.deepEqual(color.read('#ABC', amsterdam), { value: '#aabbcc' })
    assert.ok('wrong' in color.read('red', amsterdam))
    assert.ok('wrong' in color.read('#12345g', amsterdam))
  })

  test('references come as a list or with commas', () => {
    assert.deepEqual(references.read(['1', '2'], amsterdam), { value: [1, 2] })
    assert.deepEqual(references.read('1,2', amsterdam), { value: [1, 2] })
    for (const wrong of [['x'], ['1', ''], '1;2']) assert.ok('wrong' in references.read(wrong, amsterdam))
  })
})

describe('Lists of queries', () => {
  for (const query of [
    'projects[]=1&projects[]=2',
    'projects%5B%5D=1&projects%5B%5D=2',
    'projects[0]=1&projects[1]=2',
    'projects=1,2',
    'projects=1&projects=2',
    'project=1&projects=2',
    'projects=,1,,2,',
  ]) {
    test(query, () => assert.deepEqual(ids(readPairs(query) ?? [], 'projects', 'project'), [1, 2]))
  }

  test('nothing in them is nothing asked', () => {
    for (const query of ['', 'projects=', 'projects[]=', 'project[x]=1', 'projects[][]=1']) {
      assert.equal(list(readPairs(query) ?? [], 'projects', 'project'), undefined, query)
    }
  })
})

describe('Bodies', () => {
  const read = (text: string, type = 'application/json') => readBody(Buffer.from(text), type)

  test('names become one spelling, values become texts', () => {
    assert.deepEqual(
      read('{"fixed_rate":1.50,"a_b_c":true,"x":null,"y":false,"z":[1,{"team_lead":"1"}]}'),
      new Map<string, unknown>([
        ['fixedRate', '1.50'],
        ['aBC', '1'],
        ['x', ''],
        ['y', false],
        ['z', ['1', new Map([['teamLead', '1']])]],
      ]),
    )
  })

  test('numbers keep their digits', () => {
    assert.deepEqual(read('{"a":12345678901234567890.12}'), new Map([['a', '12345678901234567890.12']]))
  })

  test('forms have lists and names inside of names', () => {
    assert.deepEqual(
      read(
        'a=1&roles[]=x&roles[]=y&members[0][user]=3&members[0][teamlead]=1',
        'application/x-www-form-urlencoded',
      ),
      new Map<string, unknown>([
        ['a', '1'],
        ['roles', ['x', 'y']],
        [
          'members',
          [
            new Map([
              ['user', '3'],
              ['teamlead', '1'],
            ]),
          ],
        ],
      ]),
    )
  })
})

describe('Searches', () => {
  for (const [term, expected] of [
    ['one  two', ['one', 'two']],
    ['!one', ['!one']],
    ['a:b', ['a=b']],
    ['!a:*', ['!a=*']],
    ['a:', ['a:']],
    [':b', [':b']],
    ['a:b:c', ['a=b:c']],
    ['!', []],
    ['  ', []],
  ] as const) {
    test(`"${term}" is ${expected.join(' and ') || 'nothing'}`, () => {
      const spelled = wordsOf(term).map(
        ({ exclude, field, text }) => `${exclude ? '!' : ''}${field === undefined ? '' : `${field}=`}${text}`,
      )
      assert.deepEqual(spelled, expected)
    })
  }
})
