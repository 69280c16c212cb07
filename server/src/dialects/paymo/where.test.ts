// The grammar of `where`: every filter that documentation and clients show, the looseness they need, and what is none.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type Condition, maxWhereLength, parseWhere } from './where.ts'

/** A condition in few words: path, operator and values, quoted ones in quotes. */
function spelled({ path, op, values }: Condition): string {
  const texts = values.map(({ text, quoted }) => (quoted ? `"${text}"` : text))
  return `${path.join('.')} ${op} ${texts.join(' | ')}`
}

function read(text: string): string[] | string {
  const found = parseWhere(text)
  return 'problem' in found ? 'refused' : found.map(spelled)
}

// The filter, and what is understood.
const seen: readonly [string, ...string[]][] = [
  ['client_id=1261', 'client_id = 1261'],
  ['client_id=1 and invoiced=false', 'client_id = 1', 'invoiced = false'],
  ['project_id=28917', 'project_id = 28917'],
  ['date>=2014-09-01', 'date >= 2014-09-01'],
  ['date>=2014-09-01 and date<2014-10-01', 'date >= 2014-09-01', 'date < 2014-10-01'],
  ['invoiced=false', 'invoiced = false'],
  ['client_id in (1,2,3)', 'client_id in 1 | 2 | 3'],
  ['project_id not in (7)', 'project_id not in 7'],
  ['currency in ("USD","EUR")', 'currency in "USD" | "EUR"'],
  ['date in (2024-01-01,2024-01-02)', 'date in 2024-01-01 | 2024-01-02'],
  ['notes like "%Travel%"', 'notes like "%Travel%"'],
  ['notes=Travel to Boston', 'notes = Travel to Boston'],
  ['amount>9.45', 'amount > 9.45'],
  ['created_on>=1704067200', 'created_on >= 1704067200'],
  ['created_on>=1704067200 and created_on<1706745600', 'created_on >= 1704067200', 'created_on < 1706745600'],
  ['updated_on>=1451610061 and updated_on<1496278861', 'updated_on >= 1451610061', 'updated_on < 1496278861'],
  ['project_id=null', 'project_id = null'],
  [
    'client_id=1 and project_id=null and date>=2026-01-01 and created_on>1767225600 and notes like "%x%" and client_id in (1,2)',
    'client_id = 1',
    'project_id = null',
    'date >= 2026-01-01',
    'created_on > 1767225600',
    'notes like "%x%"',
    'client_id in 1 | 2',
  ],
  ['active=true', 'active = true'],
  ['active=true and client_id=12', 'active = true', 'client_id = 12'],
  ['active=true and users in (5)', 'active = true', 'users in 5'],
  ['active=true and manager=45 and billable=true', 'active = true', 'manager = 45', 'billable = true'],
  ['code=WEB', 'code = WEB'],
  ['name="Sample Project"', 'name = "Sample Project"'],
  ["name='Sample Project'", 'name = "Sample Project"'],
  ['name like Sample', 'name like Sample'],
  ['name like "%Web%"', 'name like "%Web%"'],
  ['project_id=10 and name like "%Dev%"', 'project_id = 10', 'name like "%Dev%"'],
  ['price_per_hour>50', 'price_per_hour > 50'],
  [
    'project_id=10 and tasklist_id=20 and complete=false and users in (5)',
    'project_id = 10',
    'tasklist_id = 20',
    'complete = false',
    'users in 5',
  ],
  ['complete=false and billable=true', 'complete = false', 'billable = true'],
  ['users=anyone', 'users = anyone'],
  ['users in ("anyone",45)', 'users in "anyone" | 45'],
  ['users<>anyone', 'users != anyone'],
  ['due_date>=2026-11-01 and start_date<=2026-11-30', 'due_date >= 2026-11-01', 'start_date <= 2026-11-30'],
  ['due_date=null and start_date=null', 'due_date = null', 'start_date = null'],
  [
    'due_date < "2026-11-20" and status in ("draft","sent","viewed")',
    'due_date < "2026-11-20"',
    'status in "draft" | "sent" | "viewed"',
  ],
  ['status=paid', 'status = paid'],
  ['client_id=1 and status=sent', 'client_id = 1', 'status = sent'],
  ['total>100', 'total > 100'],
  ['type=Admin', 'type = Admin'],
  ['user_id=5', 'user_id = 5'],
  ['user_id=5 and end_time=null', 'user_id = 5', 'end_time = null'],
  ['user_id=5 and end_time=""', 'user_id = 5', 'end_time = ""'],
  [
    'user_id=5 and project_id=10 and task_id=100 and start_time>="2026-11-16T00:00:00Z" and start_time<="2026-11-20T11:56:31Z"',
    'user_id = 5',
    'project_id = 10',
    'task_id = 100',
    'start_time >= "2026-11-16T00:00:00Z"',
    'start_time <= "2026-11-20T11:56:31Z"',
  ],
  [
    'time_interval in ("2014-12-01T00:00:00Z","2015-01-01T00:00:00Z")',
    'time_interval in "2014-12-01T00:00:00Z" | "2015-01-01T00:00:00Z"',
  ],
  ['time_interval in("2026-11-01","2026-11-30")', 'time_interval in "2026-11-01" | "2026-11-30"'],
  [
    'time_interval in ("2026-11-01T00:00:00Z", "2026-11-30T23:59:59Z") and user_id = 5',
    'time_interval in "2026-11-01T00:00:00Z" | "2026-11-30T23:59:59Z"',
    'user_id = 5',
  ],
  [
    'user_id=5 and task_id=100 and time_interval in ("2026-11-16T00:00:00Z","2026-11-17T23:59:59Z")',
    'user_id = 5',
    'task_id = 100',
    'time_interval in "2026-11-16T00:00:00Z" | "2026-11-17T23:59:59Z"',
  ],
  ['date>=2026-11-01 AND date<=2026-11-30', 'date >= 2026-11-01', 'date <= 2026-11-30'],
  [
    "date>='2026-11-01' AND date<='2026-11-30' AND user_id=5",
    'date >= "2026-11-01"',
    'date <= "2026-11-30"',
    'user_id = 5',
  ],
  ['date_interval in ("2016-12-01","2017-01-01")', 'date_interval in "2016-12-01" | "2017-01-01"'],
  [
    'active=true and projects.active=true and projects.tasklists.tasks.complete=false',
    'active = true',
    'projects.active = true',
    'projects.tasklists.tasks.complete = false',
  ],
]

const loose: readonly [string, ...string[]][] = [
  ['', ...[]],
  ['   ', ...[]],
  ['a=1 && b=2', 'a = 1', 'b = 2'],
  ['a=1&&b=2', 'a = 1', 'b = 2'],
  ['  a  =  1  ', 'a = 1'],
  ['a\t>=\n1', 'a >= 1'],
  ['a=1 and\n b=2', 'a = 1', 'b = 2'],
  ['a not  like x', 'a not like x'],
  ['a NOT IN (1, 2)', 'a not in 1 | 2'],
  ['a in( 1 ,2 )', 'a in 1 | 2'],
  ['a in (\'x\', "y", z w)', 'a in "x" | "y" | z w'],
  // A bare value runs on, also over words that are no joiner.
  ['notes=bread and butter', 'notes = bread and butter'],
  ['notes=bread and butter and id=5', 'notes = bread and butter', 'id = 5'],
  ['notes=a=b', 'notes = a=b'],
  ['notes=sand and stone and more', 'notes = sand and stone and more'],
  ['notes=AT&T', 'notes = AT&T'],
  // Quotes come unescaped inside quotes.
  ['notes like "%Travel to "X"%"', 'notes like "%Travel to "X"%"'],
  ['notes="say "hi" and go" and id=5', 'notes = "say "hi" and go"', 'id = 5'],
  ["name='it's here'", 'name = "it\'s here"'],
  ['name="5" tall"', 'name = "5" tall"'],
  ['tags in ("5" pipe","x")', 'tags in "5" pipe" | "x"'],
  ['name=""', 'name = ""'],
  ['a>"b"', 'a > "b"'],
  ['a<>1', 'a != 1'],
  ['a<=>1', 'a <= >1'],
]

const none = [
  'active',
  'active=',
  'active= ',
  '=1',
  '1=1',
  'and',
  '(a=1)',
  'a in 1',
  'a in (1',
  'a in ()',
  'a in (1,)',
  'a in (,1)',
  'a in (1) b=2',
  'a in (1)(2)',
  'a in ((1))',
  'a like',
  'a not 5',
  'a between 1 and 2',
  'a="1',
  "a='1",
  'a="1" b="2',
  '.a=1',
  'a.=1',
  'a..b=1',
  'a.b.c.d.e.f.g=1',
  'a; drop table expenses',
  '$where=1',
  '"a"=1',
  '☃=1',
  '\u0000',
  'a'.repeat(maxWhereLength + 1),
  Array.from({ length: 101 }, (_, i) => `a=${i}`).join(' and '),
]

describe('A filter', () => {
  for (const [text, ...expected] of seen) {
    test(`that is seen is understood: ${text}`, () => assert.deepEqual(read(text), expected))
  }
  for (const [text, ...expected] of loose) {
    test(`may be written loosely: ${JSON.stringify(text)}`, () => assert.deepEqual(read(text), expected))
  }
  for (const text of none) {
    test(`is none: ${JSON.stringify(text.slice(0, 60))}`, () => assert.equal(read(text), 'refused'))
  }

  test('has no "or", and no joiner without a condition behind it: such words belong to the value', () => {
    for (const value of ['1 or b=2', '1 and', '1 and b', '=', '1) and (b']) {
      assert.deepEqual(read(`a=${value}`), [`a = ${value}`])
    }
  })

  test('is read whatever it is, and in a moment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        parseWhere(text)
      }),
    )
    for (const piece of ['"', ' and ', ' ', '&', '" and a="', 'a.', "',", '(', 'a=1 and ', 'a in ("']) {
      parseWhere(`a=${piece.repeat(maxWhereLength / piece.length - 10)}`)
      parseWhere(`a in (${piece.repeat(maxWhereLength / piece.length - 10)}`)
    }
  })

  test('made of conditions is read back as these', () => {
    const name = fc.constantFrom('id', 'client_id', 'projects.active', 'a.b.c')
    const op = fc.constantFrom('=', '!=', '<', '<=', '>', '>=', 'like', 'not like')
    const value = fc.stringMatching(/^[A-Za-z0-9%_.:-]{1,20}$/)
    const condition = fc.record({ name, op, value, quoted: fc.boolean() })
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 10 }), (conditions) => {
        const text = conditions
          .map(({ name, op, value, quoted }) => `${name} ${op} ${quoted ? `"${value}"` : value}`)
          .join(' and ')
        const expected = conditions.map(
          ({ name, op, value, quoted }) => `${name} ${op} ${quoted ? `"${value}"` : value}`,
        )
        assert.deepEqual(read(text), expected)
      }),
    )
  })
})
