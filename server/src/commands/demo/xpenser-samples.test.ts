// Every number and value that Xpenser's published calls show is in the demo.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Actor } from '../../core/actor.ts'
import { localOf, timeZone } from '../../core/day.ts'
import { decimal } from '../../core/decimal.ts'
import type { ExpenseFilter } from '../../core/expenses/verbs.ts'
import { type Filled, openFilled } from './filled.ts'

const utc = timeZone('UTC')

describe('the published samples', () => {
  let book: Filled
  let actor: Actor
  before(async () => {
    book = await openFilled()
    actor = await book.actor('user')
  })
  after(() => book.close())

  /** An expense as the page shows it, the ways of writing aside. */
  async function shown(id: number) {
    const { expenses, related } = await book.core.expenses.byIds(actor, [id])
    const [expense] = expenses
    if (expense === undefined) return undefined
    const receipt = related.receipts.get(id)?.[0]
    return {
      type: related.categories.get(expense.categoryId)?.name,
      amount: expense.amount,
      notes: expense.description,
      date: expense.spentAt,
      created: localOf(expense.createdAt, utc),
      modified: localOf(expense.updatedAt, utc),
      tags: expense.tagIds.map((tagId) => `${tagId} ${related.tags.get(tagId)?.name}`),
      report: expense.reportId,
      receipt: receipt === undefined ? undefined : `${receipt.id} ${receipt.fileName}`,
    }
  }

  test('expenses 3807, 3811 and 3816 are as listed', async () => {
    assert.deepEqual(await shown(3807), {
      type: 'Airfare',
      amount: '119.61',
      notes: 'SAN to JFK',
      date: '2009-09-23T10:10:00',
      created: '2009-10-22T10:11:00',
      modified: '2009-10-22T10:11:00',
      tags: [],
      report: 110,
      receipt: undefined,
    })
    assert.deepEqual(await shown(3811), {
      type: 'Parking',
      amount: '20',
      notes: 'San Diego airport',
      date: '2009-09-25T10:14:00',
      created: '2009-10-22T10:14:33',
      modified: '2009-10-22T10:14:33',
      tags: ['71 travel'],
      report: 110,
      receipt: '5 IMG_0012.JPG',
    })
    assert.deepEqual(await shown(3816), {
      type: 'Travel: Lunch',
      amount: '4',
      notes: '',
      date: '2009-09-25T10:26:00',
      created: '2009-10-22T10:26:34',
      modified: '2009-10-22T10:26:34',
      tags: ['73 meals', '72 cash'],
      report: 110,
      receipt: undefined,
    })
  })

  test('expense 3831 is as read, and 45 as before the published update', async () => {
    const read = {
      type: 'lunch',
      amount: '34.50',
      notes: 'with jack',
      date: '2009-10-02T05:14:00',
      created: '2009-11-20T22:44:21',
      modified: '2009-11-20T22:44:22',
      tags: ['29 personal', '72 cash'],
      report: 76,
      receipt: '7 IMG_0007.JPG',
    }
    assert.deepEqual(await shown(3831), read)
    assert.deepEqual(await shown(45), { ...read, amount: '30.00', tags: [], receipt: '6 IMG_0019.JPG' })
  })

  test('receipt 7 has the published key and is a JPEG', async () => {
    const { receipt, bytes } = await book.core.receipts.open('373835ab-17f7-4a0a-9c89-a26bf91f5687')
    assert.deepEqual([receipt.id, receipt.mediaType], [7, 'image/jpeg'])
    assert.equal(await book.files.mediaTypeOf(bytes), 'image/jpeg')
  })

  test('reports 54, 76 and 110 are there, and 76 is the default one', async () => {
    const reports = await book.core.reports.list(actor, { ids: [54, 76, 110] })
    assert.deepEqual(
      reports.map(({ id, name, isDefault, state }) => ({ id, name, isDefault, state })),
      [
        { id: 54, name: 'Conference', isDefault: false, state: 'open' },
        { id: 76, name: 'Default', isDefault: true, state: 'open' },
        { id: 110, name: 'ProjectX', isDefault: false, state: 'open' },
      ],
    )
  })

  test('every published list has something in it, and less than everything', async () => {
    const mine: ExpenseFilter = { personId: actor.personId }
    const count = (filter: ExpenseFilter) => book.core.expenses.count(actor, { ...mine, ...filter })
    const all = await count({})
    assert.equal(await count({ reportId: 76 }), 2)
    assert.equal(await count({ reportId: 110 }), 3)
    assert.equal(await count({ reportId: 54 }), 8)
    assert.equal(await count({ reportId: 54, categoryName: 'lunch' }), 4)
    const above = { baseAmountMinor: { from: 2501n } }
    assert.equal(await count({ reportId: 54, categoryName: 'lunch', ...above }), 2)
    assert.equal(await count({ deleted: 'with' }), all + 1)
    assert.equal((await count({ anyTagName: ['personal', 'cash'] })) > 2, true)
    assert.ok(all > 20)
  })

  test('the published update gives the published answer', async () => {
    const { core } = book
    await core.expenses.update(actor, 45, { tagNames: ['personal', 'cash'], amount: decimal('34.50') })
    const { created, modified, receipt, ...published } = (await shown(3831)) ?? assert.fail()
    const { created: _, modified: later, receipt: other, ...answer } = (await shown(45)) ?? assert.fail()
    assert.deepEqual(answer, published)
    assert.ok(later > modified && other !== receipt && created !== '')
  })
})
