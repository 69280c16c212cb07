// Quick entry as a verb: one line becomes an expense of the actor, or a refusal that names what is wrong.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import {
  createTestBook,
  forEachEngine,
  noon,
  refusal,
  type TestBook,
  withScopes,
} from '../../../test/harness.ts'
import { decimal } from '../decimal.ts'

forEachEngine('A quick entry', (engine) => {
  let book: TestBook
  before(async () => {
    book = await createTestBook(engine)
  })
  const member = () => book.actorOf('member')
  const record = (text: string, more: object = {}, actor = member()) =>
    book.core.quickEntries.record(actor, { text, ...more })

  test('is recorded with what it says, now, in the default report', async () => {
    const expense = await record('Lunch 12.50 with Anna')
    assert.deepEqual(
      [expense.unitPrice, expense.amountMinor, expense.currency, expense.description, expense.personId],
      ['12.50', 1250n, 'EUR', 'with Anna', member().personId],
    )
    assert.equal(
      expense.spentAt,
      '2026-05-20T14:00:00',
      'The actor’s own wall clock, not that of the server.',
    )
    assert.equal((await book.core.reports.read(member(), expense.reportId)).isDefault, true)
    const { related } = await book.core.expenses.read(member(), expense.id)
    assert.equal(related.categories.get(expense.categoryId)?.name, 'Lunch')
  })

  test('knows the categories of its own organization, at once after they changed', async () => {
    await book.core.categories.add(book.actorOf('owner'), { name: 'Public transport' })
    const expense = await book.core.quickEntries.record(await book.again(member()), {
      text: 'public transport 2.80',
    })
    const { related } = await book.core.expenses.read(member(), expense.id)
    assert.equal(related.categories.get(expense.categoryId)?.name, 'Public transport')
  })

  test('prices distances at the organization’s rate', async () => {
    const { organizations, quickEntries } = book.core
    const input = { distanceUnit: 'km', distanceRate: decimal('0.23') } as const
    await organizations.updateOrganization(book.actorOf('owner'), input)
    const expense = await quickEntries.record(await book.again(member()), { text: 'Mileage 100 km' })
    assert.deepEqual([expense.quantity, expense.unit, expense.amountMinor], ['100', 'km', 2300n])
  })

  const refused: readonly [string, object, Parameters<typeof refusal>][] = [
    ['', {}, ['invalid', { path: 'text', code: 'required' }]],
    ['no amount at all', {}, ['invalid', { path: 'text', code: 'required' }]],
    ['x'.repeat(100_000), {}, ['invalid', { path: 'text', code: 'too_long' }]],
    ['Lunch 5', { date: 'not a day' }, ['invalid', { path: 'date', code: 'format' }]],
    ['Lunch 5', { reportId: '999999999' }, ['not_found', {}]],
    ['Lunch 5', { reportId: '1e400' }, ['not_found', {}]],
  ]
  for (const [text, more, expected] of refused) {
    test(`${JSON.stringify(text.slice(0, 20))} with ${JSON.stringify(more)} is refused`, async () => {
      await book.unchanged(() => assert.rejects(record(text, more), refusal(...expected)))
    })
  }

  test('goes to a report of its own person only', async () => {
    const own = await book.core.reports.add(member(), { name: 'Trip' })
    const other = await book.core.reports.add(book.actorOf('manager'), { name: 'Other' })
    assert.equal((await record('Lunch 5', { reportId: `${own.id}` })).reportId, own.id)
    await book.unchanged(() =>
      assert.rejects(record('Lunch 5', { reportId: `${other.id}` }), refusal('not_found')),
    )
  })

  test('is understood without being saved', async () => {
    await book.unchanged(async () => {
      const result = await book.core.quickEntries.understand(member(), { text: 'Dinner 20 yesterday' })
      assert.ok(result.ok)
      assert.equal(result.entry.spentAt.slice(0, 10), '2026-05-19')
      assert.equal((await book.core.quickEntries.understand(member(), { text: '' })).ok, false)
    })
    assert.equal(book.clock.now, noon)
  })

  test('is not for guests, nor for tokens without the scope', async () => {
    for (const actor of [book.actorOf('guest'), withScopes(member(), 'expenses:read', 'time:write')]) {
      await book.unchanged(() => assert.rejects(record('Lunch 5', {}, actor), refusal('forbidden')))
    }
  })
})
