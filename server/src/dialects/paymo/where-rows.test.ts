// Any filter finds the same rows on both engines as evaluating its tree over all rows in memory.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { createTestBook, forEachEngine, type TestBook } from '../../../test/harness.ts'
import { at, parseLocalDate } from '../../core/day.ts'
import { compareDecimals, type Decimal, decimal } from '../../core/decimal.ts'
import { currency } from '../../core/money.ts'
import { fold } from '../../core/text.ts'
import { type Where, type WhereNoun, type WhereValue, whereKind } from '../../core/where.ts'
import { fields } from './fields.ts'
import { type Asker, type FieldTable, translate } from './filters.ts'
import { parseWhere } from './where.ts'

type Plain = Readonly<Record<string, unknown>>

/** Whether a row is one of those that a tree asks for, as plainly as can be said. */
function holds(noun: WhereNoun, where: Where, row: Plain): boolean {
  if ('all' in where) return where.all.every((part) => holds(noun, part, row))
  if ('any' in where) return where.any.some((part) => holds(noun, part, row))
  const kind = whereKind(noun, where.field)
  const own = row[where.field] ?? null
  if (kind === 'ids' || kind === 'names') {
    const items = (own as (number | string)[]).map((item) => (kind === 'names' ? fold(String(item)) : item))
    if (where.op === 'empty' || where.op === 'null') return items.length === 0
    if (where.op === 'not empty' || where.op === 'not null') return items.length > 0
    const values = 'values' in where ? where.values : 'value' in where ? [where.value] : []
    const any = values.some((value) => items.includes(kind === 'names' ? fold(String(value)) : Number(value)))
    return where.op === 'has any' || where.op === 'in' || where.op === '=' ? any : !any
  }
  if (where.op === 'null' || where.op === 'empty') return own === null
  if (where.op === 'not null' || where.op === 'not empty') return own !== null
  if (own === null) return false
  if (where.op === 'like' || where.op === 'not like') {
    const literal = (part: string) => fold(part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const pattern = new RegExp(`^${where.parts.map(literal).join('[^]*')}$`, 'u')
    return pattern.test(fold(String(own))) === (where.op === 'like')
  }
  const order = (value: WhereValue) => compare(kind ?? '', own, value)
  if ('values' in where) {
    const among = where.values.some((value) => order(value) === 0)
    return where.op === 'in' ? among : !among
  }
  if (!('value' in where)) return false
  const sign = order(where.value)
  return {
    '=': sign === 0,
    '!=': sign !== 0,
    '<': sign < 0,
    '<=': sign <= 0,
    '>': sign > 0,
    '>=': sign >= 0,
  }[where.op]
}

function compare(kind: string, own: unknown, value: WhereValue): number {
  if (kind === 'decimal') return compareDecimals(own as Decimal, String(value) as Decimal)
  if (kind === 'text' || kind === 'word') {
    const [a, b] = [fold(String(own)), fold(String(value))]
    return a < b ? -1 : a > b ? 1 : 0
  }
  if (kind === 'day' || kind === 'local')
    return String(own) < String(value) ? -1 : String(own) > String(value) ? 1 : 0
  return Number(own) - Number(value)
}

const words = [
  'Travel to Boston',
  'travel',
  'Hôtel',
  '100%',
  'a_b',
  'say "hi"',
  'bread and butter',
  'Straße',
  '',
]
const amounts = ['0', '9.45', '223.26', '-5', '12', '1200', '12.345', '0.0001']
const currencies = ['USD', 'EUR', 'JPY', 'KWD', 'CLF']
const days = [
  '2014-08-31',
  '2014-09-01',
  '2014-09-30',
  '2014-10-01',
  '2016-02-29',
  '0001-01-01',
  '9999-12-31',
]
const ids = ['0', '1', '2', '3', '4', '5', '999999']
const moments = ['1779278400', '1779278399', '"2026-05-20T12:00:00Z"', '2026-05-20', '"2026-05-20 14:00:00"']
const comparisons = ['=', '!=', '<>', '<', '<=', '>', '>=']

const quoted = (values: readonly string[]) => values.map((value) => `"${value}"`)
const listOf = (values: readonly string[]) =>
  fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 4 }).map((items) => `(${items.join(', ')})`)

/** Conditions on a field: a comparison, a list, null. */
function conditions(field: string, values: readonly string[], more: readonly string[] = []) {
  return fc.oneof(
    fc
      .tuple(fc.constantFrom(...comparisons), fc.constantFrom(...values))
      .map(([op, value]) => `${field} ${op} ${value}`),
    fc.tuple(fc.constantFrom('in', 'not in'), listOf(values)).map(([op, list]) => `${field} ${op} ${list}`),
    ...(more.length === 0 ? [] : [fc.constantFrom(...more).map((rest) => `${field} ${rest}`)]),
  )
}

const nulls = ['=null', '!=null']
const flags = ['=true', '=false', '!=true', '=1', '=0', 'in (true,false)', 'not in (true)']
const patterns = [
  'like Travel',
  'like "%o%n"',
  'not like "T%"',
  'like "100%%"',
  'like "a_b"',
  'like "%"',
  'not like ""',
]

const expenseFilters = fc.oneof(
  conditions('client_id', ids, nulls),
  conditions('project_id', ids, nulls),
  conditions('user_id', ids),
  conditions('amount', amounts),
  conditions('currency', quoted([...currencies, 'usd', 'XXX'])),
  conditions('date', days),
  conditions('notes', quoted(words), patterns),
  fc.constantFrom(...flags).map((rest) => `invoiced ${rest}`),
  fc.constantFrom(...flags, ...nulls).map((rest) => `active ${rest}`),
  conditions('invoice_item_id', ids, nulls),
  fc
    .constantFrom(
      '=Mileage',
      '=mileage',
      '!=Hotel',
      '=null',
      '!=null',
      'in ("Mileage","Hotel")',
      'not in (Hotel)',
    )
    .map((rest) => `tags ${rest}`),
  conditions('created_on', moments),
  conditions('updated_on', moments),
)

const entryFilters = fc.oneof(
  conditions('project_id', ids, nulls),
  conditions('client_id', ids, nulls),
  conditions('task_id', ids, nulls),
  conditions('description', quoted(words), patterns),
  conditions('start_time', moments, nulls),
  conditions('end_time', moments, [...nulls, '=""']),
  conditions('date', ['2026-05-19', '2026-05-20', '"2026-05-21T10:00:00.000Z"'], nulls),
  conditions('duration', ['0', '60', '3600', '86400'], nulls),
  fc.constantFrom(...flags).map((rest) => `billed ${rest}`),
  fc.constantFrom(...flags).map((rest) => `is_bulk ${rest}`),
  fc
    .tuple(
      fc.constantFrom('2026-05-19', '2026-05-20T10:00:00Z'),
      fc.constantFrom('2026-05-20', '2026-05-21T00:00:00Z'),
    )
    .map(([from, to]) => `time_interval in ("${from}", "${to}")`),
)

const projectFilters = fc.oneof(
  conditions('client_id', ids, nulls),
  conditions('name', quoted(words.filter((word) => word !== '')), patterns),
  conditions('price_per_hour', ['0', '50', '50.00', '99.5'], nulls),
  conditions('budget_hours', ['0', '1', '1.5', '0.0001'], nulls),
  fc.constantFrom(...flags).map((rest) => `active ${rest}`),
  fc
    .constantFrom(
      '=anyone',
      '<>anyone',
      'in ("anyone",3)',
      'not in (3,4)',
      'not in ("anyone",3)',
      '=4',
      '!=4',
      'in (3,4)',
    )
    .map((rest) => `users ${rest}`),
  fc.constantFrom('=3', '!=3', '=anyone').map((rest) => `manager ${rest}`),
)

forEachEngine('Any filter', (engine) => {
  let book: TestBook
  let asker: Asker
  const owner = () => book.actorOf('owner')
  before(async () => {
    book = await createTestBook(engine)
    await fillBook(book)
    const { personId, timeZone } = owner()
    const recent = parseLocalDate('2014-09-15')
    assert.ok(recent !== undefined)
    asker = {
      personId,
      timeZone,
      recent,
      exponent: 2,
      projectIds: [],
    }
  })

  function whereOf(table: FieldTable, texts: readonly string[]): Where | undefined {
    const conditions = parseWhere(texts.join(' and '))
    assert.ok(!('problem' in conditions), texts.join(' and '))
    return translate(table, conditions, asker)
  }

  async function agree(
    noun: WhereNoun,
    table: FieldTable,
    filters: fc.Arbitrary<string>,
    list: (where: Where) => Promise<readonly { id: number }[]>,
    all: readonly (Plain & { id: number })[],
  ): Promise<void> {
    await fc.assert(
      fc.asyncProperty(fc.array(filters, { minLength: 1, maxLength: 4 }), async (texts) => {
        const where = whereOf(table, texts) ?? { all: [] }
        const found = (await list(where)).map(({ id }) => id)
        assert.deepEqual(
          found,
          all.filter((row) => holds(noun, where, row)).map(({ id }) => id),
        )
      }),
      { numRuns: engine.kind === 'sqlite' ? 400 : 150 },
    )
  }

  test('of expenses finds what a look at each of them finds', async () => {
    const { core } = book
    const expenses = await core.expenses.list(owner(), {})
    const { tags } = await core.expenses.related(owner(), expenses)
    const rows = expenses.map((expense) => ({
      ...expense,
      tags: expense.tagIds.map((id) => tags.get(id)?.name ?? ''),
    }))
    assert.ok(rows.length > 40)
    const list = (where: Where) => core.expenses.list(owner(), { where })
    await agree('expense', fields.expenses, expenseFilters, list, rows)
  })

  test('of time entries finds what a look at each of them finds', async () => {
    const { core } = book
    const rows = (await core.time.list(owner(), {})).map((entry) => ({ ...entry, tags: [] }))
    assert.ok(rows.length > 15)
    await agree(
      'time_entry',
      fields.entries,
      entryFilters,
      (where) => core.time.list(owner(), { where }),
      rows,
    )
  })

  test('of projects finds what a look at each of them finds', async () => {
    const { core } = book
    const rows = await core.projects.list(owner(), {})
    const list = (where: Where) => core.projects.list(owner(), { where })
    await agree('project', fields.projects, projectFilters, list, rows)
  })
})

async function fillBook({ core, clock, actorOf }: TestBook): Promise<void> {
  const owner = actorOf('owner')
  const pick = <T>(list: readonly T[], i: number): T => list[i % list.length] as T
  for (const name of ['One', 'Two', 'Three']) await core.clients.add(owner, { name })
  for (const [i, name] of words.filter((word) => word !== '').entries()) {
    await core.projects.add(owner, {
      name,
      clientId: pick([1, 2, null], i),
      hourlyRate: pick([null, decimal('50'), decimal('99.50')], i),
      budgetSeconds: pick([null, 3600, 5400], i),
      memberIds: pick([[], [3], [3, 4]], i),
      managerIds: pick([[], [3]], i),
      state: pick(['active', 'archived'] as const, i),
    })
  }
  for (let i = 0; i < 48; i += 1) {
    clock.advance(i % 5 === 0 ? 700 : 0)
    const day = parseLocalDate(pick(days, i))
    if (day === undefined) throw new Error('No day.')
    const expense = await core.expenses.record(owner, {
      personId: actorOf(pick(['owner', 'member', 'manager'] as const, i)).personId,
      category: { name: 'Any' },
      clientId: pick([null, 1, 2, 3], i),
      projectId: pick([null, 1, 2], i),
      spentAt: i % 2 === 0 ? at(day, '00:00:00') : at(day, '23:59:59'),
      description: pick(words, i),
      currency: currency(pick(currencies, i)),
      amount: decimal(pick(amounts, i * 3 + 1)),
      tagNames: pick([[], ['Mileage'], ['Mileage', 'Hotel'], ['Other']], i),
    })
    if (i % 7 === 0) await core.expenses.update(owner, expense.id, { billed: true })
  }
  const noon = Date.parse('2026-05-20T12:00:00Z')
  for (let i = 0; i < 24; i += 1) {
    const startedAt = noon + (i - 12) * 2 * 3_600_000
    await core.time.log(owner, {
      startedAt,
      endedAt: pick([startedAt + 3_600_000, startedAt + 60_000, null], i),
      timed: i % 3 === 2 || i % 4 !== 0,
      description: pick(words, i),
      clientId: pick([null, 1, 2], i),
      projectId: pick([null, 2, 3, 4], i),
      billed: i % 5 === 0,
    })
  }
}
