// Conditions on the values of custom fields, and whether a number leads to something in the organization.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { createTestBook, forEachEngine, type TestBook } from '../../test/harness.ts'
import { at, type LocalDate } from './day.ts'
import { decimal } from './decimal.ts'
import type { Where } from './where.ts'

forEachEngine('Conditions on custom fields', (engine) => {
  let book: TestBook
  const numbers = new Map<string, number>()

  before(async () => {
    book = await createTestBook(engine)
    const owner = book.actorOf('owner')
    for (const [description, order] of [
      ['ordered', 'PO-100%'],
      ['emptied', ''],
      ['plain', undefined],
    ] as const) {
      const expense = await book.core.expenses.record(owner, {
        category: { name: 'Train' },
        spentAt: at('2026-05-20' as LocalDate, '12:00:00'),
        unitPrice: decimal('10'),
        description,
      })
      numbers.set(description, expense.id)
      const subject = { noun: 'expense', id: expense.id } as const
      if (order !== undefined) {
        await book.core.notes.setProperty(owner, subject, 'organization', 'Order', order)
      }
      // What belongs to one door is no custom field.
      await book.core.notes.setProperty(owner, subject, 'kimai', 'Order', 'PO-999')
    }
  })

  const found = async (where: Where) =>
    (await book.core.expenses.list(book.actorOf('owner'), { where })).map(({ description }) => description)

  for (const [sentence, where, expected] of [
    [
      'holds a text, in any letter case',
      { field: 'property:order', op: 'like', parts: ['', 'po-1', ''] },
      ['ordered'],
    ],
    ['any of them', { field: 'property:', op: 'like', parts: ['', '0%', ''] }, ['ordered']],
    ['a wildcard means itself', { field: 'property:', op: 'like', parts: ['', 'P_', ''] }, []],
    ['is kept', { field: 'property:Order', op: 'not empty' }, ['ordered', 'emptied']],
    ['is not kept', { field: 'property:Order', op: 'empty' }, ['plain']],
    ['is the empty text', { field: 'property:Order', op: 'like', parts: [''] }, ['emptied']],
    [
      'does not hold a text',
      { field: 'property:', op: 'not like', parts: ['', 'PO', ''] },
      ['emptied', 'plain'],
    ],
    ['another one', { field: 'property:Shelf', op: 'not empty' }, []],
    ['asked in a way that has no meaning', { field: 'property:Order', op: '=', value: 'PO-100%' }, []],
  ] as const satisfies readonly (readonly [string, Where, readonly string[]])[]) {
    test(sentence, async () => assert.deepEqual(await found(where), expected))
  }

  test('a number leads to something live of the organization, whoever may read it', async () => {
    const id = numbers.get('ordered') ?? 0
    const { core } = book
    assert.equal(await core.holds(book.actorOf('guest'), 'expense', id), true)
    assert.equal(await core.holds(book.actorOf('owner', 'b'), 'expense', id), false)
    assert.equal(await core.holds(book.actorOf('owner'), 'expense', 999_999), false)
    await core.expenses.remove(book.actorOf('owner'), id)
    assert.equal(await core.holds(book.actorOf('owner'), 'expense', id), false)
  })
})
