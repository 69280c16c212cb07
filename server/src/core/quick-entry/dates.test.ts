// Date phrases, where they may stand, and what is no date.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDatePhrase } from './dates.ts'
import { entryOf, errorOf, exampleAccount, local } from './example-account.ts'
import { readWhen } from './when.ts'

test('Phrases mean the latest such day, with a time of day or the present minute.', () => {
  const rows = [
    ['today', '2009-11-20T22:44:00'],
    ['yday', '2009-11-19T22:44:00'],
    ['last night', '2009-11-19T20:00:00'],
    ['last night 11pm', '2009-11-19T23:00:00'],
    ['this morning', '2009-11-20T08:00:00'],
    ['this afternoon', '2009-11-20T15:00:00'],
    ['tonight', '2009-11-20T20:00:00'],
    ['this evening', '2009-11-20T20:00:00'],
    ['friday', '2009-11-20T22:44:00'],
    ['saturday', '2009-11-14T22:44:00'],
    ['on fri', '2009-11-20T22:44:00'],
    ['last fri', '2009-11-13T22:44:00'],
    ['last thursday at 8pm', '2009-11-19T20:00:00'],
    ['3 days ago', '2009-11-17T22:44:00'],
    ['a week ago', '2009-11-13T22:44:00'],
    ['2 weeks ago 20:15', '2009-11-06T20:15:00'],
    ['10/2', '2009-10-02T22:44:00'],
    ['11/20', '2009-11-20T22:44:00'],
    ['11/21', '2008-11-21T22:44:00'],
    ['10/2/09', '2009-10-02T22:44:00'],
    ['10/2/99', '1999-10-02T22:44:00'],
    ['10/2/2009', '2009-10-02T22:44:00'],
    ['oct 2', '2009-10-02T22:44:00'],
    ['oct. 2', '2009-10-02T22:44:00'],
    ['2 oct', '2009-10-02T22:44:00'],
    ['2nd october 2009', '2009-10-02T22:44:00'],
    ['october 2nd, 2009', '2009-10-02T22:44:00'],
    ['on 2nd october 2009 at 8:15 am', '2009-10-02T08:15:00'],
    ['2 dec', '2008-12-02T22:44:00'],
    ['2/29', '2008-02-29T22:44:00'],
    ['2030-01-01', '2030-01-01T22:44:00'],
    ['0001-01-01', '0001-01-01T22:44:00'],
    ['9999-12-31', '9999-12-31T22:44:00'],
    ['2008-02-29', '2008-02-29T22:44:00'],
    ['2009-01-02 18:30:05', '2009-01-02T18:30:05'],
    ['2009-01-02t18:30', '2009-01-02T18:30:00'],
    ['yesterday 12am', '2009-11-19T00:00:00'],
    ['yesterday 12pm', '2009-11-19T12:00:00'],
    ['yesterday 8 pm', '2009-11-19T20:00:00'],
  ] as const
  for (const [phrase, moment] of rows) {
    assert.equal(readDatePhrase(phrase.split(' '), exampleAccount, false), moment, phrase)
  }
})

test('Impossible and half dates are none.', () => {
  const phrases = [
    ...[
      '',
      'may',
      'oct',
      'fri',
      'ago',
      'days ago',
      'on',
      'on today',
      'last',
      'last may',
      'night',
      'tomorrow',
    ],
    ...['13/25', '2/30', '0/1', '1/0', '10/2/0000', '10/2/009', '2009-02-29', '2009-02-30', '2009-13-01'],
    ...['1900-02-29', '0000-01-01', '10000-01-01', '2009-1-2', '29 feb 2009', 'oct 32', 'oct 2 09'],
    ...[
      'today 25:00',
      'today 24:00',
      'today 20:60',
      'today 13pm',
      'today 0am',
      'today 8',
      'today at 8',
      '8pm',
    ],
    ...['2009-01-02 18:30:60', '2009-01-02t18:30 8pm', '999999 days ago', '-3 days ago'],
  ]
  for (const phrase of phrases) {
    assert.equal(readDatePhrase(phrase.split(' '), exampleAccount, false), undefined, phrase)
  }
})

test('The calendar has two ends.', () => {
  const first = { now: local('0001-01-01T00:00:00'), dateOrder: 'month-day' } as const
  for (const phrase of [
    'yesterday',
    'last monday',
    '1 day ago',
    '99999 weeks ago',
    '12/31',
    '2/29',
    'last night',
  ]) {
    assert.equal(readWhen(phrase, first), undefined, phrase)
  }
  assert.equal(readWhen('monday', first), '0001-01-01T00:00:00')
  const last = { now: local('9999-12-31T23:59:59'), dateOrder: 'month-day' } as const
  assert.equal(readWhen('today', last), '9999-12-31T23:59:00')
  assert.equal(readWhen('2/29', last), '9996-02-29T23:59:00')
  assert.equal(readWhen('2/29', { ...last, now: local('1904-02-28T10:00:00') }), '1896-02-29T10:00:00')
})

test('Numeric dates follow the order of the account.', () => {
  assert.equal(entryOf('lunch 12 10/2', { dateOrder: 'day-month' }).spentAt, '2009-02-10T22:44:00')
  assert.equal(entryOf('lunch 12 25/12', { dateOrder: 'day-month' }).spentAt, '2008-12-25T22:44:00')
  assert.equal(entryOf('lunch 12 25/12').notes, '25/12')
})

test('A date stands behind an @, at the end or at the start.', () => {
  const rows = [
    ['lunch @fri 12', '2009-11-20T22:44:00', ''],
    ['lunch @last friday 12 jack', '2009-11-13T22:44:00', 'jack'],
    ['lunch @ yesterday 12', '2009-11-19T22:44:00', ''],
    ['lunch 12 @joes @yesterday', '2009-11-19T22:44:00', '@joes'],
    ['lunch 12 @yesterday last friday', '2009-11-19T22:44:00', 'last friday'],
    ['lunch 12 @"no date"', '2009-11-20T22:44:21', '@no date'],
    ['lunch 12 YESTERDAY.', '2009-11-19T22:44:00', ''],
    ['Yesterday, lunch 12', '2009-11-19T22:44:00', ''],
    ['on friday lunch 12', '2009-11-20T22:44:00', ''],
    ['lunch 12 yesterday 8pm #late', '2009-11-19T20:00:00', ''],
    ['lunch 12 yesterday with jack', '2009-11-20T22:44:21', 'yesterday with jack'],
    ['lunch 12 for last friday', '2009-11-20T22:44:21', 'for last friday'],
    ['yesterday lunch 12 with Friday', '2009-11-19T22:44:00', 'with Friday'],
    ['lunch 12 fri', '2009-11-20T22:44:21', 'fri'],
    ['lunch 12 "yesterday"', '2009-11-20T22:44:21', 'yesterday'],
    ['lunch 12 2009-02-30', '2009-11-20T22:44:21', '2009-02-30'],
    ['lunch 12 yesterday note:late', '2009-11-19T22:44:00', 'late'],
  ] as const
  for (const [line, spentAt, notes] of rows) {
    const entry = entryOf(line)
    assert.deepEqual([entry.type.toLowerCase(), entry.spentAt, entry.notes], ['lunch', spentAt, notes], line)
  }
})

test('A date beside the text or in a pair is the only one.', () => {
  const rows = [
    ['lunch 12 yesterday', '2009-10-02', '2009-10-02T22:44:00', 'yesterday'],
    ['lunch 12', '2009-10-02T05:14:09', '2009-10-02T05:14:09', ''],
    ['lunch 12 @yesterday', ' 2009-10-02 05:14 ', '2009-10-02T05:14:00', '@yesterday'],
    ['lunch 12 @"last night"', '2009-10-02', '2009-10-02T22:44:00', '@last night'],
    ['lunch 12 date:yesterday', '2009-10-02', '2009-10-02T22:44:00', ''],
    ['lunch 12 date:fri today', undefined, '2009-11-20T22:44:00', 'today'],
    ['lunch date:"2009-01-02 18:30" 12', undefined, '2009-01-02T18:30:00', ''],
    ['lunch date:2009-01-02 date:2009-01-03 12', undefined, '2009-01-02T22:44:00', ''],
  ] as const
  for (const [line, date, spentAt, notes] of rows) {
    const entry = entryOf(line, { date })
    assert.deepEqual([entry.spentAt, entry.notes], [spentAt, notes], line)
  }
})

test('A date that cannot be read is an error where one was promised.', () => {
  for (const date of [
    '',
    'yesterday',
    '2009-02-30',
    '2009-10-02 25:00',
    '2009-10-02T05:14Z',
    '2009-10-02 05',
  ]) {
    assert.equal(errorOf('lunch 12', { date }), 'bad date', date)
  }
  for (const pair of ['date:13/25', 'date:2009-02-30', 'date:soon', 'date:""']) {
    assert.equal(errorOf(`lunch 12 ${pair}`), 'bad date', pair)
  }
})
