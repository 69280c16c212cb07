// Expense reports: their states, who may move them, what a closed one locks, and what goes with a removed one.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, refusal, type TestBook, withScopes } from '../../../test/harness.ts'
import type { Actor } from '../actor.ts'
import type { LocalDateTime } from '../day.ts'
import { decimal } from '../decimal.ts'
import { type ReportState, reportStates } from './nouns.ts'

forEachEngine('Expense reports', (engine) => {
  let book: TestBook
  before(async () => {
    book = await createTestBook(engine)
  })
  const member = () => book.actorOf('member')
  const manager = () => book.actorOf('manager')
  const reports = () => book.core.reports
  const record = (actor: Actor, reportId: number) =>
    book.core.expenses.record(actor, {
      reportId,
      category: { name: 'Lunch' },
      spentAt: '2026-05-20T12:00:00' as LocalDateTime,
      unitPrice: decimal('10'),
    })
  const file = { contentHash: '0'.repeat(64), sizeBytes: 1, mediaType: 'image/png', fileName: 'x.png' }

  test('are opened by those who record expenses, for themselves', async () => {
    const report = await reports().add(member(), { name: ' Trip ' })
    assert.deepEqual(
      [report.name, report.state, report.isDefault, report.personId],
      ['Trip', 'open', false, member().personId],
    )
    await book.unchanged(async () => {
      await assert.rejects(
        async () => reports().add(book.actorOf('guest'), { name: 'x' }),
        refusal('forbidden'),
      )
      await assert.rejects(
        async () => reports().add(withScopes(member(), 'expenses:read'), { name: 'x' }),
        refusal('forbidden'),
      )
      await assert.rejects(reports().add(member(), { name: ' ' }), refusal('invalid', { path: 'name' }))
      for (const state of ['approved', 'rejected', 'paid'] as const) {
        await assert.rejects(async () => reports().add(member(), { name: 'x', state }), refusal('forbidden'))
      }
    })
  })

  describe('A move by its owner, a member,', () => {
    // From each state: what the owner may move it to without the right to approve.
    const allowed: { readonly [S in ReportState]: readonly ReportState[] } = {
      open: ['submitted', 'archived'],
      submitted: ['open', 'archived'],
      rejected: ['open', 'submitted', 'archived'],
      approved: [],
      paid: [],
      archived: [],
    }
    for (const from of reportStates) {
      for (const to of reportStates) {
        const may = from === to || allowed[from].includes(to)
        test(`from ${from} to ${to} is ${may ? 'possible' : 'refused'}`, async () => {
          const report = await reports().add(member(), { name: `${from} to ${to}` })
          if (from !== 'open') await reports().update(manager(), report.id, { state: from })
          if (may) assert.equal((await reports().update(member(), report.id, { state: to })).state, to)
          else {
            await book.unchanged(() =>
              assert.rejects(reports().update(member(), report.id, { state: to }), refusal('forbidden')),
            )
          }
        })
      }
    }
  })

  for (const state of ['submitted', 'approved', 'paid', 'archived'] as const) {
    test(`that are ${state} lock their expenses and receipts, for managers too`, async () => {
      const report = await reports().add(member(), { name: state })
      const expense = await record(member(), report.id)
      const gone = await record(member(), report.id)
      const { receipt } = await book.core.receipts.attach(member(), expense.id, file)
      await book.core.expenses.remove(member(), gone.id)
      await reports().update(manager(), report.id, { state })
      const outside = await book.core.expenses.record(member(), {
        category: { name: 'Lunch' },
        spentAt: '2026-05-20T12:00:00' as LocalDateTime,
        unitPrice: decimal('10'),
      })
      const locked = refusal('locked', { reason: 'report_closed' })
      await book.unchanged(async () => {
        for (const actor of [member(), manager()]) {
          await assert.rejects(book.core.expenses.update(actor, expense.id, { description: 'x' }), locked)
          await assert.rejects(book.core.expenses.remove(actor, expense.id), locked)
          await assert.rejects(book.core.expenses.restore(actor, gone.id), locked)
          await assert.rejects(book.core.expenses.update(actor, outside.id, { reportId: report.id }), locked)
          await assert.rejects(book.core.receipts.attach(actor, expense.id, file), locked)
          await assert.rejects(book.core.receipts.remove(actor, receipt.id), locked)
        }
        await assert.rejects(record(member(), report.id), locked)
        await assert.rejects(reports().remove(member(), report.id), locked)
      })
    })
  }

  test('that are rejected or taken back can be worked on again', async () => {
    const report = await reports().add(member(), { name: 'again' })
    const expense = await record(member(), report.id)
    await reports().update(member(), report.id, { state: 'submitted' })
    await reports().update(manager(), report.id, { state: 'rejected' })
    await book.core.expenses.update(member(), expense.id, { description: 'better' })
    await reports().update(member(), report.id, { state: 'submitted' })
    await reports().update(member(), report.id, { state: 'open' })
    await book.core.expenses.update(member(), expense.id, { description: 'best' })
  })

  test('approved and changed at the same moment are never approved with a change unseen', async () => {
    const report = await reports().add(member(), { name: 'race' })
    const expense = await record(member(), report.id)
    await reports().update(member(), report.id, { state: 'submitted' })
    const [approved, changed] = await Promise.allSettled([
      reports().update(manager(), report.id, { state: 'approved' }),
      book.core.expenses.update(member(), expense.id, { unitPrice: decimal('9999') }),
    ])
    assert.equal(approved.status, 'fulfilled')
    assert.equal(changed.status, 'rejected')
  })

  describe('The default report', () => {
    test('can be renamed, but neither closed nor removed', async () => {
      const [report] = await reports().list(member(), { isDefault: true })
      assert.ok(report)
      await reports().update(member(), report.id, { name: 'My expenses' })
      const kept = refusal('conflict', { reason: 'default_report' })
      await book.unchanged(async () => {
        for (const state of reportStates.filter((each) => each !== 'open')) {
          await assert.rejects(reports().update(manager(), report.id, { state }), kept)
        }
        await assert.rejects(reports().remove(member(), report.id), kept)
        await assert.rejects(reports().remove(manager(), report.id), kept)
      })
    })
  })

  describe('Removing a report', () => {
    test('removes its expenses with it, each with its event', async () => {
      const report = await reports().add(member(), { name: 'short-lived' })
      const made = [await record(member(), report.id), await record(member(), report.id)]
      const before = (await book.log()).length
      await reports().remove(member(), report.id)
      assert.deepEqual(
        (await book.log()).slice(before).map((event) => [event.noun, event.action, event.entityId]),
        [
          ['expense', 'deleted', made[0]?.id],
          ['expense', 'deleted', made[1]?.id],
          ['expense_report', 'deleted', report.id],
        ],
      )
      await assert.rejects(reports().read(member(), report.id), refusal('not_found'))
      await assert.rejects(book.core.expenses.read(member(), made[0]?.id ?? 0), refusal('not_found'))
      await book.unchanged(() => reports().remove(member(), report.id))
    })

    test('can be undone, with the expenses that went with it and no others', async () => {
      const report = await reports().add(member(), { name: 'missed' })
      const [earlier, later] = [await record(member(), report.id), await record(member(), report.id)]
      await book.core.expenses.remove(member(), earlier.id)
      book.clock.advance(1000)
      await reports().remove(member(), report.id)
      const restored = await reports().restore(member(), report.id)
      assert.equal(restored.deletedAt, null)
      assert.equal((await book.core.expenses.read(member(), later.id)).expenses[0]?.deletedAt, null)
      await assert.rejects(book.core.expenses.read(member(), earlier.id), refusal('not_found'))
      await book.unchanged(() => reports().restore(member(), report.id))
    })
  })

  test('of others are not found by members, moved by managers, read by accountants', async () => {
    const report = await reports().add(book.actorOf('owner'), { name: 'of the owner' })
    await book.unchanged(async () => {
      for (const role of ['member', 'guest'] as const) {
        await assert.rejects(reports().read(book.actorOf(role), report.id), refusal('not_found'))
        await assert.rejects(
          reports().update(book.actorOf(role), report.id, { name: 'x' }),
          refusal('not_found'),
        )
        await assert.rejects(reports().remove(book.actorOf(role), report.id), refusal('not_found'))
        assert.deepEqual(await reports().list(book.actorOf(role), { ids: [report.id] }), [])
      }
      const accountant = book.actorOf('accountant')
      assert.equal((await reports().read(accountant, report.id)).id, report.id)
      await assert.rejects(
        reports().update(accountant, report.id, { state: 'approved' }),
        refusal('forbidden'),
      )
      for (const role of ['owner', 'manager', 'member'] as const) {
        const stranger = book.actorOf(role, 'b')
        await assert.rejects(reports().read(stranger, report.id), refusal('not_found'))
        await assert.rejects(reports().update(stranger, report.id, { state: 'paid' }), refusal('not_found'))
        await assert.rejects(reports().remove(stranger, report.id), refusal('not_found'))
        assert.deepEqual(await reports().list(stranger, { ids: [report.id] }), [])
      }
    })
    assert.equal((await reports().update(manager(), report.id, { state: 'paid' })).state, 'paid')
  })
})
