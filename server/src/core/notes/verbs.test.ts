// Notes, to-dos and properties: they follow the rights on what they hang on.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, noon, refusal, type TestBook } from '../../../test/harness.ts'
import type { LocalDateTime } from '../day.ts'
import { decimal } from '../decimal.ts'
import { subjectNouns } from './nouns.ts'
import { maxProperties, type Subject } from './verbs.ts'

forEachEngine('Notes and properties', (engine) => {
  let book: TestBook
  const subjects = new Map<string, Subject>()
  before(async () => {
    book = await createTestBook(engine)
    const { core } = book
    const owner = book.actorOf('owner')
    const expense = await core.expenses.record(owner, {
      category: { name: 'x' },
      spentAt: '2026-05-20T12:00:00' as LocalDateTime,
      unitPrice: decimal('1'),
    })
    const made = {
      client: await core.clients.add(owner, { name: 'C' }),
      project: await core.projects.add(owner, { name: 'P' }),
      activity: await core.activities.add(owner, { name: 'A' }),
      category: await core.categories.add(owner, { name: 'K' }),
      tag: await core.tags.add(owner, { name: 'T' }),
      team: await core.teams.add(owner, { name: 'Team' }),
      product: await core.products.add(owner, { name: 'Thing', unitPrice: decimal('1') }),
      expense,
      expense_report: await core.reports.read(owner, expense.reportId),
      time_entry: await core.time.start(owner, {}),
    }
    const { client, project } = made
    const invoice = await core.invoices.add(owner, {
      clientId: client.id,
      lines: [{ unitPrice: decimal('5') }],
    })
    const [line] = await core.invoices.listLines(owner, {})
    const payment = await core.invoices.addPayment(owner, { invoiceId: invoice.id, amountMinor: 100n })
    const others = {
      contact: await core.contacts.add(owner, { clientId: client.id, lastName: 'L' }),
      task_list: await core.taskLists.add(owner, { name: 'List', projectId: project.id }),
      invoice,
      invoice_line: line ?? assert.fail(),
      payment,
      membership: (await core.organizations.listMembers(owner))[0]?.membership ?? assert.fail(),
    }
    const all = { ...made, ...others }
    for (const noun of subjectNouns) subjects.set(noun, { noun, id: all[noun].id })
  })
  const owner = () => book.actorOf('owner')
  const notes = () => book.core.notes
  const subjectOf = (noun: string): Subject => subjects.get(noun) ?? { noun: 'client', id: 0 }

  for (const noun of subjectNouns) {
    describe(`On a ${noun.replace('_', ' ')}`, () => {
      test('notes are written, listed and removed', async () => {
        const subject = subjectOf(noun)
        const first = await notes().add(owner(), subject, { body: ' <b>kept</b> as it is \n' })
        const second = await notes().add(owner(), subject, { body: 'second' })
        assert.deepEqual(
          [first.body, first.todo, first.personId],
          [' <b>kept</b> as it is \n', false, owner().personId],
        )
        assert.deepEqual(await notes().list(owner(), noun, [subject.id]), [first, second])
        await notes().remove(owner(), first.id)
        assert.deepEqual(await notes().list(owner(), noun, [subject.id]), [second])
        await book.unchanged(() => assert.rejects(notes().remove(owner(), first.id), refusal('not_found')))
        assert.equal((await notes().restore(owner(), first.id)).body, first.body)
        await book.unchanged(() => notes().restore(owner(), first.id))
        assert.equal((await notes().list(owner(), noun, [subject.id])).length, 2)
      })

      test('properties are set, changed and taken away, each space on its own', async () => {
        const subject = subjectOf(noun)
        const set = (space: string, name: string, value: string | null) =>
          notes().setProperty(owner(), subject, space, name, value)
        const all = async (space?: string) =>
          (await notes().properties(owner(), noun, [subject.id], space)).map((each) => [
            each.space,
            each.name,
            each.value,
          ])
        await set('kimai', ' color ', 'red')
        await set('paymo', 'color', '')
        await set('kimai', 'color', 'blue')
        assert.deepEqual(await all('kimai'), [['kimai', 'color', 'blue']])
        assert.deepEqual(await all(), [
          ['kimai', 'color', 'blue'],
          ['paymo', 'color', ''],
        ])
        await book.unchanged(() => set('kimai', 'color', 'blue'))
        await set('kimai', 'color', null)
        await book.unchanged(() => set('kimai', 'color', null))
        assert.deepEqual(await all(), [['paymo', 'color', '']])
      })

      test('nobody without the right to change it may add, and strangers do not find it', async () => {
        const subject = subjectOf(noun)
        const note = await notes().add(owner(), subject, { body: 'x', todo: true })
        await book.unchanged(async () => {
          for (const actor of [
            book.actorOf('guest'),
            book.actorOf('accountant'),
            book.actorOf('owner', 'b'),
          ]) {
            const isRefused = (error: unknown) => {
              const kind = (error as { kind?: string }).kind
              assert.ok(kind === 'forbidden' || kind === 'not_found', `${kind}`)
              return true
            }
            await assert.rejects(notes().add(actor, subject, { body: 'x' }), isRefused)
            await assert.rejects(notes().setCompleted(actor, note.id, true), isRefused)
            await assert.rejects(notes().remove(actor, note.id), isRefused)
            await assert.rejects(notes().setProperty(actor, subject, 'a', 'b', 'c'), isRefused)
          }
          const stranger = book.actorOf('owner', 'b')
          await assert.rejects(notes().list(stranger, noun, [subject.id]), refusal('not_found'))
          await assert.rejects(notes().properties(stranger, noun, [subject.id]), refusal('not_found'))
        })
      })
    })
  }

  test('those on other people’s expenses and time are not found by members', async () => {
    for (const noun of ['expense', 'expense_report', 'time_entry'] as const) {
      const subject = subjectOf(noun)
      await assert.rejects(notes().list(book.actorOf('member'), noun, [subject.id]), refusal('not_found'))
      await assert.rejects(
        notes().properties(book.actorOf('member'), noun, [subject.id]),
        refusal('not_found'),
      )
    }
    const project = subjectOf('project')
    assert.ok((await notes().list(book.actorOf('member'), 'project', [project.id])).length > 0)
  })

  describe('A to-do', () => {
    test('is given to a member, done, and taken up again', async () => {
      const assigneeId = book.actorOf('member').personId
      const todo = await notes().add(owner(), subjectOf('project'), { body: 'do it', assigneeId })
      assert.deepEqual([todo.todo, todo.assigneeId, todo.completedAt], [true, assigneeId, null])
      const done = await notes().setCompleted(owner(), todo.id, true)
      assert.deepEqual([done.completedAt, done.completedById], [noon, owner().personId])
      await book.unchanged(() => notes().setCompleted(owner(), todo.id, true))
      const open = await notes().setCompleted(owner(), todo.id, false)
      assert.deepEqual([open.completedAt, open.completedById], [null, null])
      const note = await notes().add(owner(), subjectOf('project'), { body: 'no to-do' })
      await assert.rejects(
        notes().setCompleted(owner(), note.id, true),
        refusal('invalid', { path: 'completed', code: 'unknown_value' }),
      )
    })

    test('is for members of the organization only', async () => {
      for (const assigneeId of [book.actorOf('member', 'b').personId, 999_999_999]) {
        await book.unchanged(() =>
          assert.rejects(
            notes().add(owner(), subjectOf('project'), { body: 'x', assigneeId }),
            refusal('invalid', { path: 'assigneeId', code: 'unknown_reference' }),
          ),
        )
      }
    })
  })

  test('empty, too long and broken texts are refused', async () => {
    const subject = subjectOf('client')
    const add = (body: string) => notes().add(owner(), subject, { body })
    const set = (space: string, name: string, value: string) =>
      notes().setProperty(owner(), subject, space, name, value)
    await book.unchanged(async () => {
      await assert.rejects(add(' '), refusal('invalid', { path: 'body', code: 'required' }))
      await assert.rejects(add('x'.repeat(20_001)), refusal('invalid', { path: 'body', code: 'too_long' }))
      await assert.rejects(add('\u0000'), refusal('invalid', { path: 'body', code: 'format' }))
      await assert.rejects(set(' ', 'n', 'v'), refusal('invalid', { path: 'space', code: 'required' }))
      await assert.rejects(set('s', '', 'v'), refusal('invalid', { path: 'name', code: 'required' }))
      await assert.rejects(set('s', 'n', '\ud83d'), refusal('invalid', { path: 'value', code: 'format' }))
    })
  })

  test('one thing has at most a hundred properties', async () => {
    const client = await book.core.clients.add(owner(), { name: 'Full' })
    const subject: Subject = { noun: 'client', id: client.id }
    await book.core.together(owner(), async (actor) => {
      for (let i = 0; i < maxProperties; i += 1) await notes().setProperty(actor, subject, 's', `n${i}`, 'v')
    })
    await book.unchanged(() =>
      assert.rejects(
        notes().setProperty(owner(), subject, 's', 'one more', 'v'),
        refusal('invalid', { path: 'name', code: 'too_many' }),
      ),
    )
    await notes().setProperty(owner(), subject, 's', 'n5', 'changed')
    assert.equal((await notes().properties(owner(), 'client', [client.id])).length, maxProperties)
  })

  test('more than a thousand are all listed, and more than a thousand subjects are refused', async () => {
    const ids = await book.core.together(owner(), async (actor) => {
      const made = []
      for (let i = 0; i < 12; i += 1) {
        const { id } = await book.core.clients.add(actor, { name: `many ${i}` })
        for (let n = 0; n < 90; n += 1) {
          await notes().setProperty(actor, { noun: 'client', id }, 's', `n${n}`, 'v')
        }
        made.push(id)
      }
      return made
    })
    assert.equal((await notes().properties(owner(), 'client', ids)).length, 12 * 90)
    const tooMany = Array.from({ length: 1001 }, (_, i) => i + 1)
    for (const work of [
      () => notes().list(owner(), 'client', tooMany),
      () => notes().properties(owner(), 'client', tooMany),
    ]) {
      await assert.rejects(work(), refusal('invalid', { path: 'ids', code: 'too_many' }))
    }
  })
})
