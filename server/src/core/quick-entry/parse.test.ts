// Types, notes, tags, reports, limits and the preview of a line.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entryOf, errorOf } from './example-account.ts'
import { maxLineLength } from './split.ts'

test('The type comes from the words before the quantity, else from those behind it.', () => {
  const rows = [
    ['PARKING lot 5', 'Parking', 'lot'],
    ['travel:  lunch with Ann 5', 'Travel: Lunch', 'with Ann'],
    ['"Team   lunch" extra 5', 'Team lunch', 'extra'],
    ['"parking" 5', 'Parking', ''],
    ['one two three four 5', 'one', 'two three four'],
    ['one two three "four" 5', 'one two three', 'four'],
    ['lunch @joes 12', 'lunch', '@joes'],
    ['lunch w/jack 12', 'lunch', 'w/jack'],
    ['for lunch 12', 'lunch', ''],
    ['with jack 45', 'Misc', 'with jack'],
    ['4 beers 12.50', 'Misc', '4 beers'],
    ['7up and chips 5', '7up', 'and chips'],
    ['- 12', 'Misc', '-'],
    ['2 nights hotel $120', 'Hotel', '2 nights hotel'],
    ['12 Travel: Taxi airport', 'Travel: Taxi', 'airport'],
    ['12 travel: lunch airport', 'Travel: Lunch', 'airport'],
    ['12 for parking downtown', 'Parking', 'downtown'],
    ['12 on', 'Misc', ''],
    ['12 at starbucks', 'Misc', 'at starbucks'],
    ['12 "team lunch" late', 'team lunch', 'late'],
    ['20 miles parking downtown', 'Parking', 'downtown'],
    ['20 miles "parking"', 'Mileage', 'parking'],
    ['type:parking lunch 5 downtown', 'Parking', 'lunch downtown'],
    ['type:a type:b 5', 'a', ''],
    ['type:"" lunch 5', 'lunch', ''],
    ['type: lunch 5', 'type: lunch', ''],
    ['note:late lunch 5 note:"with  jack"', 'lunch', 'late with jack'],
    ['lunch 5 with   jack', 'lunch', 'with jack'],
    ['lunch 24" 199.99', 'lunch', '24"'],
    ['lunch 5 "open', 'lunch', '"open'],
    ['exp 5', 'Misc', ''],
    ['EXP Paid lunch 5', 'lunch', ''],
    ['spent exp 5', 'exp', ''],
    ['lunch 5 paid', 'lunch', 'paid'],
  ] as const
  for (const [line, type, notes] of rows) {
    const entry = entryOf(line)
    assert.deepEqual([entry.type, entry.notes], [type, notes], line)
  }
  assert.equal(entryOf('20 miles', { knownTypes: ['MILEAGE'] }).type, 'MILEAGE')
  assert.equal(errorOf('exp'), 'no amount')
})

test('Letters are compared without regard to case, in any alphabet and in either composition.', () => {
  const rows = [
    ['ОБЕД 5', 'Обед'],
    ['ΛΌΓΟΣ 5', 'Λόγος'],
    ['café 5', 'Café'.normalize('NFD')],
    ['昼食 5', '昼食'],
  ] as const
  for (const [line, known] of rows) assert.equal(entryOf(line, { knownTypes: [known] }).type, known, line)
  const reports = [{ id: 1, name: 'Проект Икс' }]
  assert.equal(entryOf('x 5 ПРОЕКТ икс', { reports }).reportId, 1)
  assert.deepEqual(entryOf('x 5 #Éclair #éclair #ÉCLAIR'.normalize('NFD')).tags, ['Éclair'.normalize('NFD')])
})

test('Tags are taken out in order, each once.', () => {
  const rows = [
    ['x 5 #a #b #A', ['a', 'b']],
    ['x 5 #a. #b-c_d.e, #2nd!', ['a', 'b-c_d.e', '2nd']],
    ['x 5 #обед #हिन्दी', ['обед', 'हिन्दी']],
    ['x 5 #c tags:a,b tags:"#d, C"', ['c', 'a', 'b', 'd']],
    ['x 5 TAGS:a,', ['a']],
    ['x 5 # #- #204 #a,#b #🎉 tags:204 tags:', []],
    ['x 5 "#a"', []],
  ] as const
  for (const [line, tags] of rows) assert.deepEqual(entryOf(line).tags, tags, line)
  assert.equal(entryOf('x 5 #204 tags:204').notes, '#204 tags:204')
})

test('A report is given beside the text, named in a pair, or named by the last words.', () => {
  const reports = [
    { id: 1, name: 'Trip' },
    { id: 2, name: 'Berlin Trip' },
    { id: 3, name: 'A B C D' },
    { id: 4, name: '7' },
    { id: 5, name: 'trip' },
  ]
  const rows = [
    ['x 5 some berlin  TRIP', 2, 'some'],
    ['x 5 trip', 1, ''],
    ['x 5 trip yesterday', 1, ''],
    ['x 5 trip home', 9, 'trip home'],
    ['x 5 a b c d', 9, 'a b c d'],
    ['x 5 "trip"', 9, 'trip'],
    ['trip 5', 9, ''],
    ['x 5 report:2 trip', 2, 'trip'],
    ['x 5 report:"berlin trip"', 2, ''],
    ['x 5 report:7', 4, ''],
    ['x report:1 report:2 5', 1, ''],
  ] as const
  for (const [line, reportId, notes] of rows) {
    const entry = entryOf(line, { reports, defaultReportId: 9 })
    assert.deepEqual([entry.reportId, entry.notes], [reportId, notes], line)
  }
  assert.deepEqual(entryOf('x 5 trip report:2', { reports, reportId: '3' }).reportId, 3)
})

test('An unknown report is an error where one was promised.', () => {
  for (const reportId of [
    '',
    '0',
    '077',
    '76.0',
    '-76',
    '1e2',
    'Default',
    '__proto__',
    '99999999999999999999',
  ]) {
    assert.equal(errorOf('lunch 12', { reportId }), 'unknown report', reportId)
  }
  for (const pair of ['report:77', 'report:nowhere', 'report:""', 'report:__proto__']) {
    assert.equal(errorOf(`lunch 12 ${pair}`), 'unknown report', pair)
  }
})

test('Every limit holds at its edge.', () => {
  const tags = (count: number) => Array.from({ length: count }, (_, index) => `#t${index}`).join(' ')
  const rows = [
    [`x 5 ${'y'.repeat(maxLineLength - 4)}`, undefined],
    [`x 5 ${'y'.repeat(maxLineLength - 3)}`, 'too long'],
    [' '.repeat(maxLineLength + 1), 'too long'],
    [`x 5 ${tags(64)}`, undefined],
    [`x 5 ${tags(64)} #T1`, undefined],
    [`x 5 ${tags(65)}`, 'too long'],
    [`x 5 #${'y'.repeat(50)}`, undefined],
    [`x 5 #${'y'.repeat(51)}`, 'too long'],
    [`x 5 tags:${'y'.repeat(51)}`, 'too long'],
    [`${'y'.repeat(100)} 5`, undefined],
    [`${'y'.repeat(101)} 5`, 'too long'],
    [`type:${'y'.repeat(101)} 5`, 'too long'],
    ['y'.repeat(101), 'no amount'],
  ] as const
  for (const [line, error] of rows) assert.equal(errorOf(line), error, line.slice(0, 40))
})

test('Nothing but blanks and control characters is empty.', () => {
  for (const line of ['', ' ', '\t\r\n', '\u00a0\u3000\ufeff', '\u0000\u0007\u0085']) {
    assert.equal(errorOf(line), 'empty', JSON.stringify(line))
  }
  for (const line of ['""', '#tag', 'type:x', '"5"', 'note:5']) assert.equal(errorOf(line), 'no amount', line)
})

test('Spans show what each piece was taken for.', () => {
  const rows = [
    ['exp lunch 39.11 with Jane', 'ignored:exp type:lunch quantity:39.11 note:with Jane'],
    [
      ' office  supplies 12 EUR #a #b last friday',
      'type:office  supplies quantity:12 EUR tag:#a tag:#b date:last friday',
    ],
    ['Dinner with Jim 46.80 projectx', 'type:Dinner note:with Jim quantity:46.80 report:projectx'],
    ['San Diego airport parking lot 20', 'note:San Diego airport type:parking note:lot quantity:20'],
    ['12 on lunch type:"x y"', 'quantity:12 note:on lunch type:type:"x y"'],
    ['$12 on lunch "" @"2 oct"', 'quantity:$12 ignored:on type:lunch ignored:"" date:@"2 oct"'],
    ['lunch 3 #x EUR note:"a b"', 'type:lunch quantity:3 tag:#x quantity:EUR note:note:"a b"'],
    ['x 5 report:54 report:76 tags:a', 'type:x quantity:5 report:report:54 ignored:report:76 tag:tags:a'],
  ] as const
  for (const [line, expected] of rows) {
    const shown = entryOf(line).spans.map(({ from, to, means }) => `${means}:${line.slice(from, to)}`)
    assert.equal(shown.join(' '), expected, line)
  }
  const outranked = entryOf('x 5 report:54 date:today', { reportId: '76', date: '2009-01-01' })
  assert.deepEqual(
    outranked.spans.map((span) => span.means),
    ['type', 'quantity', 'ignored', 'ignored'],
  )
})
