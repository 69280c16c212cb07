// Expenses: recording, changing, removing and listing, by whom, on whose behalf, and what a closed report locks.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import {
  createTestBook,
  forEachEngine,
  noon,
  refusal,
  type TestBook,
  withScopes,
} from '../../../test/harness.ts'
import type { Actor } from '../actor.ts'
import { type LocalDate, type LocalDateTime, timeZone } from '../day.ts'
import { decimal } from '../decimal.ts'
import type { IssueCode } from '../errors.ts'
import { currency } from '../money.ts'
import type { Expense } from './nouns.ts'
import type { ExpenseInput } from './verbs.ts'

const spentAt = '2026-05-20T12:30:00' as LocalDateTime
const on = '2026-05-20' as LocalDate

forEachEngine('Expenses', (engine) => {
  let book: TestBook
  before(async () => {
    book = await createTestBook(engine)
  })
  const member = () => book.actorOf('member')
  const manager = () => book.actorOf('manager')
  const expenses = () => book.core.expenses
  const record = (actor: Actor = member(), more: Partial<ExpenseInput> = {}) =>
    expenses().record(actor, {
      category: { name: 'Lunch' },
      spentAt,
      ...('amount' in more ? {} : { unitPrice: decimal('12.50') }),
      ...more,
    })
  const read = async (actor: Actor, id: number): Promise<Expense | undefined> =>
    (await expenses().read(actor, id)).expenses[0]
  const ids = async (actor: Actor, filter: Parameters<ReturnType<typeof expenses>['stamps']>[1]) =>
    (await expenses().stamps(actor, filter)).map((stamp) => stamp.id)

  describe('Recording', () => {
    test('keeps everything as typed, in the default report and the own currency', async () => {
      const expense = await record(member(), { unitPrice: decimal('34.50'), description: ' words ' })
      assert.deepEqual(
        [expense.quantity, expense.unitPrice, expense.amount, expense.amountMinor, expense.baseAmountMinor],
        ['1', '34.50', '34.50', 3450n, 3450n],
      )
      assert.deepEqual(
        [expense.currency, expense.timeZone, expense.spentAt, expense.description, expense.personId],
        ['EUR', 'Europe/Amsterdam', spentAt, ' words ', member().personId],
      )
      const report = await book.core.reports.read(member(), expense.reportId)
      assert.deepEqual([report.isDefault, report.personId], [true, member().personId])
      assert.deepEqual(await read(member(), expense.id), expense)
    })

    test('prices a distance, a whole amount and foreign money', async () => {
      const distance = await record(member(), {
        quantity: decimal('20'),
        unit: 'mi',
        unitPrice: decimal('0.555'),
      })
      assert.deepEqual([distance.amountMinor, distance.unit], [1110n, 'mi'])
      const whole = await record(member(), {
        quantity: decimal('90'),
        unit: 'minute',
        amount: decimal('52.5'),
      })
      assert.deepEqual([whole.amountMinor, whole.amount, whole.unitPrice], [5250n, '52.5', '0.5833'])
      const foreign = await record(member(), {
        currency: currency('USD'),
        unitPrice: decimal('100'),
        exchange: { rate: decimal('0.92'), source: 'ECB', on },
      })
      assert.deepEqual(
        [foreign.amountMinor, foreign.baseAmountMinor, foreign.exchangeRate, foreign.exchangeOn],
        [10_000n, 9200n, '0.92', on],
      )
    })

    test('makes categories and tags that are named for the first time, in any letter case once', async () => {
      const one = await record(member(), { category: { name: ' Büro ' }, tagNames: ['Neu', 'neu ', 'ALT'] })
      const two = await record(manager(), { category: { name: 'BÜRO' }, tagNames: ['alt', 'NEU'] })
      assert.equal(one.categoryId, two.categoryId)
      assert.deepEqual(two.tagIds, one.tagIds.toReversed())
      const { related } = await expenses().read(member(), one.id)
      assert.equal(related.categories.get(one.categoryId)?.name, 'Büro')
      assert.deepEqual(
        one.tagIds.map((id) => related.tags.get(id)?.name),
        ['Neu', 'ALT'],
      )
    })

    const wrong: readonly [string, Partial<ExpenseInput>, string, IssueCode][] = [
      ['a blank category', { category: { name: ' ' } }, 'category', 'required'],
      ['a category of 101 characters', { category: { name: 'x'.repeat(101) } }, 'category', 'too_long'],
      ['an unknown category', { category: { id: 999_999_999 } }, 'category', 'unknown_reference'],
      ['an unknown client', { clientId: 999_999_999 }, 'clientId', 'unknown_reference'],
      ['an unknown project', { projectId: 999_999_999 }, 'projectId', 'unknown_reference'],
      ['an unknown activity', { activityId: 999_999_999 }, 'activityId', 'unknown_reference'],
      ['an unknown report', { reportId: 999_999_999 }, 'reportId', 'unknown_reference'],
      ['a text with NUL', { description: 'a\u0000' }, 'description', 'format'],
      ['a text of 20,001 characters', { description: 'x'.repeat(20_001) }, 'description', 'too_long'],
      ['a blank tag', { tagNames: [''] }, 'tags', 'required'],
      ['sixty-five tags', { tagNames: Array.from({ length: 65 }, (_, i) => `t${i}`) }, 'tags', 'too_many'],
      ['too much money', { unitPrice: decimal('10000000000000.01') }, 'amount', 'range'],
      ['a price and an amount', { unitPrice: decimal('1'), amount: decimal('2') }, 'amount', 'unknown_value'],
      ['an amount for nothing', { quantity: decimal('0'), amount: decimal('5') }, 'quantity', 'range'],
      [
        'a rate of zero',
        { currency: currency('USD'), exchange: { rate: decimal('0'), source: '', on } },
        'exchangeRate',
        'range',
      ],
      [
        'a source with NUL',
        { currency: currency('USD'), exchange: { rate: decimal('1'), source: '\u0000', on } },
        'exchangeSource',
        'format',
      ],
    ]
    for (const [what, input, path, code] of wrong) {
      test(`refuses ${what}, as a change too`, async () => {
        const expense = await record()
        await book.unchanged(async () => {
          await assert.rejects(record(member(), input), refusal('invalid', { path, code }))
          await assert.rejects(
            expenses().update(member(), expense.id, input),
            refusal('invalid', { path, code }),
          )
        })
        assert.deepEqual(await read(member(), expense.id), expense)
      })
    }

    test('needs a price or an amount', async () => {
      await book.unchanged(() =>
        assert.rejects(
          expenses().record(member(), { category: { name: 'Lunch' }, spentAt }),
          refusal('invalid', { path: 'amount', code: 'required' }),
        ),
      )
    })

    test('refers to things of its own organization only, and to reports of its own person', async () => {
      const stranger = book.actorOf('owner', 'b')
      const theirs = await record(stranger, { category: { name: 'Theirs' } })
      const client = await book.core.clients.add(stranger, { name: 'Theirs' })
      const ofManager = await book.core.reports.add(manager(), { name: 'Own' })
      for (const [path, input] of [
        ['category', { category: { id: theirs.categoryId } }],
        ['reportId', { reportId: theirs.reportId }],
        ['reportId', { reportId: ofManager.id }],
        ['clientId', { clientId: client.id }],
      ] as const) {
        await book.unchanged(() =>
          assert.rejects(record(member(), input), refusal('invalid', { path, code: 'unknown_reference' })),
        )
      }
    })

    test('for someone else is for managers and goes to that person’s report', async () => {
      const expense = await record(manager(), { personId: member().personId })
      const report = await book.core.reports.read(manager(), expense.reportId)
      assert.deepEqual([expense.personId, report.personId], [member().personId, member().personId])
      await book.unchanged(async () => {
        await assert.rejects(record(member(), { personId: manager().personId }), refusal('forbidden'))
        await assert.rejects(
          record(manager(), { personId: book.actorOf('member', 'b').personId }),
          refusal('invalid', { path: 'personId', code: 'unknown_reference' }),
        )
      })
    })

    test('is not for guests, nor for tokens without the scope', async () => {
      for (const actor of [book.actorOf('guest'), withScopes(manager(), 'expenses:read', 'time:write')]) {
        await book.unchanged(() => assert.rejects(record(actor), refusal('forbidden')))
      }
    })
  })

  describe('Changing', () => {
    test('touches the given fields only, and nothing when nothing differs', async () => {
      const expense = await record(member(), { description: 'first', tagNames: ['x', 'y'] })
      const changed = await expenses().update(member(), expense.id, { description: 'second' })
      assert.deepEqual({ ...changed, description: 'first', revision: 1 }, expense)
      await book.unchanged(() =>
        expenses().update(member(), expense.id, {
          description: 'second',
          tagNames: ['X', 'Y'],
          category: { name: 'LUNCH' },
          unitPrice: decimal('12.50'),
          reportId: expense.reportId,
        }),
      )
      const retagged = await expenses().update(member(), expense.id, { tagNames: ['y', 'z'] })
      assert.equal(retagged.tagIds[0], expense.tagIds[1])
      assert.deepEqual((await expenses().update(member(), expense.id, { tagNames: [] })).tagIds, [])
    })

    test('keeps the pinned rate while the currency stays, and drops it with the currency', async () => {
      const foreign = await record(member(), {
        currency: currency('USD'),
        unitPrice: decimal('100'),
        exchange: { rate: decimal('0.92'), source: 'ECB', on },
      })
      const dearer = await expenses().update(member(), foreign.id, { unitPrice: decimal('200') })
      assert.deepEqual([dearer.baseAmountMinor, dearer.exchangeRate], [18_400n, '0.92'])
      const other = await expenses().update(member(), foreign.id, { currency: currency('JPY') })
      assert.deepEqual([other.amountMinor, other.exchangeRate, other.exchangeOn], [200n, null, null])
    })

    test('may be computed from what is there, which two at once do one after the other', async () => {
      const expense = await record(member(), { unitPrice: decimal('1') })
      await Promise.all(
        Array.from({ length: 10 }, () =>
          expenses().update(member(), expense.id, (before) => ({
            amount: decimal(`${Number(before.amountMinor) / 100 + 1}`),
          })),
        ),
      )
      assert.equal((await read(member(), expense.id))?.amountMinor, 1100n)
    })

    test('never changes whose it is', async () => {
      const expense = await record()
      await book.unchanged(() =>
        assert.rejects(
          expenses().update(manager(), expense.id, { personId: manager().personId }),
          refusal('invalid', { path: 'personId', code: 'unknown_value' }),
        ),
      )
    })

    test('moves it to another open report of the same person', async () => {
      const report = await book.core.reports.add(member(), { name: 'Trip' })
      const expense = await record()
      const moved = await expenses().update(member(), expense.id, { reportId: report.id })
      assert.equal(moved.reportId, report.id)
      const ofManager = await book.core.reports.add(manager(), { name: 'Other' })
      await assert.rejects(
        expenses().update(manager(), expense.id, { reportId: ofManager.id }),
        refusal('invalid', { path: 'reportId', code: 'unknown_reference' }),
      )
    })
  })

  describe('A billed expense', () => {
    test('keeps what the bill was made from, until it is no longer billed', async () => {
      const expense = await record(manager(), { billed: true })
      const locked = refusal('locked', { reason: 'entry_billed' })
      await book.unchanged(async () => {
        for (const changes of [
          { unitPrice: decimal('99') },
          { quantity: decimal('2') },
          { currency: currency('USD') },
          { billable: false },
        ]) {
          await assert.rejects(expenses().update(manager(), expense.id, changes), locked)
        }
        await assert.rejects(expenses().remove(manager(), expense.id), locked)
      })
      await expenses().update(manager(), expense.id, { description: 'clearer' })
      await expenses().update(manager(), expense.id, { billed: false })
      await expenses().remove(manager(), expense.id)
    })
  })

  describe('Removing', () => {
    test('leaves a tombstone that can come back', async () => {
      const expense = await record(member(), { tagNames: ['kept'] })
      await expenses().remove(member(), expense.id)
      await assert.rejects(expenses().read(member(), expense.id), refusal('not_found'))
      await assert.rejects(
        expenses().update(member(), expense.id, { description: 'x' }),
        refusal('not_found'),
      )
      assert.equal((await expenses().read(member(), expense.id, true)).expenses[0]?.deletedAt, noon)
      assert.equal(await expenses().stamp(member(), expense.id), undefined)
      assert.equal((await expenses().stamp(member(), expense.id, true))?.revision, 2)
      await book.unchanged(() => expenses().remove(member(), expense.id))
      const back = await expenses().restore(member(), expense.id)
      assert.deepEqual({ ...back, revision: 1 }, expense)
      await book.unchanged(() => expenses().restore(member(), expense.id))
    })
  })

  describe('Other people’s expenses', () => {
    test('are not found by members and guests, read by accountants, changed by managers', async () => {
      const expense = await record(book.actorOf('owner'))
      await book.unchanged(async () => {
        for (const role of ['member', 'guest'] as const) {
          const actor = book.actorOf(role)
          await assert.rejects(expenses().read(actor, expense.id), refusal('not_found'))
          await assert.rejects(
            expenses().update(actor, expense.id, { description: 'x' }),
            refusal('not_found'),
          )
          await assert.rejects(expenses().remove(actor, expense.id), refusal('not_found'))
          await assert.rejects(expenses().restore(actor, expense.id), refusal('not_found'))
          assert.equal(await expenses().stamp(actor, expense.id), undefined)
          assert.deepEqual((await expenses().byIds(actor, [expense.id])).expenses, [])
          await assert.rejects(ids(actor, { reportId: expense.reportId }), refusal('not_found'))
        }
        const accountant = book.actorOf('accountant')
        assert.equal((await read(accountant, expense.id))?.id, expense.id)
        await assert.rejects(
          expenses().update(accountant, expense.id, { description: 'x' }),
          refusal('forbidden', { reason: 'role_forbids' }),
        )
      })
      assert.equal((await expenses().update(manager(), expense.id, { description: 'x' })).description, 'x')
    })

    test('asked for by someone who may not read them are none, not one’s own instead', async () => {
      await record()
      const owner = book.actorOf('owner').personId
      assert.deepEqual(await ids(member(), { personId: owner }), [])
      assert.equal(await expenses().count(member(), { personId: owner }), 0)
      assert.ok((await ids(manager(), { personId: owner })).length > 0)
    })

    test('of another organization do not exist, for anybody', async () => {
      const expense = await record()
      await book.unchanged(async () => {
        for (const role of ['owner', 'member', 'accountant'] as const) {
          const stranger = book.actorOf(role, 'b')
          for (const id of [expense.id, 999_999_999, 0, -1, Number.NaN]) {
            await assert.rejects(expenses().read(stranger, id), refusal('not_found'))
            await assert.rejects(expenses().update(stranger, id, {}), refusal('not_found'))
            await assert.rejects(expenses().remove(stranger, id), refusal('not_found'))
            await assert.rejects(expenses().restore(stranger, id), refusal('not_found'))
            assert.equal(await expenses().stamp(stranger, id, true), undefined)
            assert.deepEqual((await expenses().byIds(stranger, [id])).expenses, [])
            assert.deepEqual(await ids(stranger, { ids: [id], deleted: 'with' }), [])
          }
          await assert.rejects(ids(stranger, { reportId: expense.reportId }), refusal('not_found'))
        }
      })
    })
  })

  describe('Lists', () => {
    test('are filtered by what is asked, and refuse too long questions', async () => {
      const other = book.actorOf('owner', 'b')
      await record(other, { description: '100% Käse', tagNames: ['one'], category: { name: 'Food' } })
      await record(other, { description: '100 Wurst', unitPrice: decimal('99'), tagNames: ['two'] })
      const found = async (filter: Parameters<typeof ids>[1]) => (await ids(other, filter)).length
      assert.equal(await found({ text: '0% KÄSE' }), 1)
      assert.equal(await found({ text: '100' }), 2)
      assert.equal(await found({ anyTagName: ['ONE'] }), 1)
      assert.equal(await found({ categoryName: 'food' }), 1)
      assert.equal(await found({ baseAmountMinor: { from: 9900n, to: 9900n } }), 1)
      assert.equal(await found({ reportId: 'default' }), (await ids(other, {})).length)
      await assert.rejects(found({ text: 'x'.repeat(1001) }), refusal('invalid', { path: 'text' }))
      await assert.rejects(
        expenses().byIds(
          other,
          Array.from({ length: 1001 }, (_, i) => i),
        ),
        refusal('invalid', { path: 'ids', code: 'too_many' }),
      )
    })

    test('come with everything they refer to, however many receipts there are', async () => {
      const actor = book.actorOf('accountant')
      const file = { contentHash: '0'.repeat(64), sizeBytes: 1, mediaType: 'image/png', fileName: 'x.png' }
      const made = await book.core.together(actor, async (within) => {
        const list = []
        for (let i = 0; i < 60; i += 1) {
          const expense = await record(within, { timeZone: timeZone('UTC') })
          for (let n = 0; n < 18; n += 1) await book.core.receipts.attach(within, expense.id, file)
          list.push(expense.id)
        }
        return list
      })
      const { related } = await expenses().byIds(actor, made)
      assert.deepEqual(
        made.map((id) => related.receipts.get(id)?.length),
        made.map(() => 18),
      )
    })
  })
})
