// Invoices from draft to paid: lines, numbers, what becomes of the entries, and who may do what.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, noon, refusal, type TestBook } from '../../../test/harness.ts'
import type { LocalDate, LocalDateTime } from '../day.ts'
import { decimal } from '../decimal.ts'
import { currency } from '../money.ts'
import { roles } from '../people/nouns.ts'
import type { Invoice } from './nouns.ts'

const day = (text: string) => text as LocalDate

forEachEngine('Invoices', (engine) => {
  let book: TestBook
  let clientId: number
  before(async () => {
    book = await createTestBook(engine)
    clientId = (await book.core.clients.add(owner(), { name: 'Client' })).id
  })
  const owner = () => book.actorOf('owner')
  const invoices = () => book.core.invoices
  const draft = (amount = '100') =>
    invoices().add(owner(), { clientId, lines: [{ unitPrice: decimal(amount) }] })
  const spend = (amount: string) =>
    book.core.expenses.record(owner(), {
      category: { name: 'Travel' },
      spentAt: '2026-05-20T12:00:00' as LocalDateTime,
      unitPrice: decimal(amount),
    })
  const work = () => book.core.time.log(owner(), { startedAt: noon - 3_600_000, endedAt: noon })
  const expense = async (id: number) =>
    (await book.core.expenses.read(owner(), id)).expenses[0] ?? assert.fail()
  const states = (invoice: Invoice) => [invoice.state, invoice.number, invoice.issuedOn, invoice.dueOn]

  test('are drafts without a number at first, with their totals', async () => {
    const invoice = await invoices().add(owner(), {
      clientId,
      taxes: [{ name: 'VAT', percent: decimal('21'), compound: false, taxRateId: null }],
      lines: [
        { title: 'Design', quantity: decimal('1.5'), unitPrice: decimal('80') },
        { title: 'Stamps', unitPrice: decimal('1.10'), taxes: [] },
      ],
    })
    assert.deepEqual(
      [
        invoice.state,
        invoice.number,
        invoice.currency,
        invoice.subtotalMinor,
        invoice.taxAmounts,
        invoice.totalMinor,
      ],
      ['draft', null, 'EUR', 12_110n, ['2520'], 14_630n],
    )
    const { lines } = await invoices().related(owner(), [invoice])
    assert.deepEqual(
      lines.get(invoice.id)?.map((line) => [line.title, line.amountMinor, line.taxes]),
      [
        ['Design', 12_000n, [0]],
        ['Stamps', 110n, []],
      ],
    )
  })

  test('are changed as drafts: lines kept by id, changed, added and left out', async () => {
    const invoice = await invoices().add(owner(), {
      clientId,
      lines: [
        { title: 'a', unitPrice: decimal('1') },
        { title: 'b', unitPrice: decimal('2') },
        { title: 'c', unitPrice: decimal('3') },
      ],
    })
    const after = await invoices().update(owner(), invoice.id, ({ lines }) => ({
      notes: 'Thanks',
      lines: [
        { id: lines[2]?.id ?? 0 },
        { id: lines[0]?.id ?? 0, unitPrice: decimal('10') },
        { title: 'new', unitPrice: decimal('0.5') },
      ],
    }))
    assert.deepEqual([after.totalMinor, after.notes], [1350n, 'Thanks'])
    const { lines } = await invoices().related(owner(), [after])
    assert.deepEqual(
      lines.get(invoice.id)?.map((line) => [line.title, line.amountMinor]),
      [
        ['c', 300n],
        ['a', 1000n],
        ['new', 50n],
      ],
    )
    await book.unchanged(async () => {
      assert.deepEqual(await invoices().update(owner(), invoice.id, {}), after)
      await assert.rejects(
        invoices().update(owner(), invoice.id, { lines: [{ id: 999_999 }] }),
        refusal('invalid', { path: 'lines.0.id', code: 'unknown_reference' }),
      )
    })
  })

  test('get number and dates when they are sent, and take no changes then', async () => {
    const first = await invoices().send(owner(), (await draft()).id)
    const second = await invoices().send(owner(), (await draft()).id)
    const [, number] = states(first)
    assert.match(String(number), /^2026-\d{4}$/)
    assert.deepEqual(states(first), ['sent', number, '2026-05-20', '2026-06-03'])
    assert.equal(Number(second.number?.slice(5)), Number(first.number?.slice(5)) + 1)
    await book.unchanged(async () => {
      const locked = refusal('locked', { reason: 'invoice_issued' })
      await assert.rejects(invoices().update(owner(), first.id, { notes: 'x' }), locked)
      await assert.rejects(invoices().update(owner(), first.id, { lines: [] }), locked)
      await assert.rejects(invoices().setState(owner(), first.id, 'draft'), locked)
    })
    const empty = await invoices().add(owner(), { clientId })
    await book.unchanged(() =>
      assert.rejects(
        invoices().send(owner(), empty.id),
        refusal('invalid', { path: 'lines', code: 'required' }),
      ),
    )
  })

  test('are numbered without gaps, however many are sent at once', async () => {
    const drafts = []
    for (let i = 0; i < 20; i += 1) drafts.push(await draft())
    const refused = await invoices().add(owner(), { clientId })
    const sent = await Promise.all([
      ...drafts.slice(0, 10).map(({ id }) => invoices().send(owner(), id)),
      assert.rejects(invoices().send(owner(), refused.id)),
      ...drafts.slice(10).map(({ id }) => invoices().send(owner(), id)),
    ])
    const counts = sent
      .flatMap((invoice) => (invoice ? [Number(invoice.number?.slice(5))] : []))
      .sort((a, b) => a - b)
    assert.deepEqual(
      counts,
      counts.map((_, i) => (counts[0] ?? 0) + i),
    )
  })

  test('take a number by hand that no other has, and pass it over when counting', async () => {
    const pattern = await book.core.organizations.updateOrganization(owner(), { invoicePattern: 'H-{n}' })
    assert.equal(pattern.invoicePattern, 'H-{n}')
    const again = await book.again(owner())
    const line = [{ unitPrice: decimal('1') }]
    const given = await invoices().add(again, { clientId, number: 'H-2', lines: line })
    assert.equal(given.number, 'H-2')
    const numbers = []
    for (let i = 0; i < 3; i += 1) {
      numbers.push((await invoices().add(again, { clientId, lines: line }, { numbered: true })).number)
    }
    assert.deepEqual(numbers, ['H-1', 'H-3', 'H-4'])
    await book.unchanged(() =>
      assert.rejects(
        invoices().add(again, { clientId, number: 'H-2' }),
        refusal('invalid', { path: 'number', code: 'taken' }),
      ),
    )
    await book.core.organizations.updateOrganization(again, { invoicePattern: '{yyyy}-{nnnn}' })
  })

  describe('bill', () => {
    test('expenses by their lines, at the expense’s amount, and free them again', async () => {
      const { id } = await spend('34.50')
      const invoice = await invoices().add(owner(), {
        clientId,
        lines: [{ title: 'Expense', expenseId: id }],
      })
      assert.equal(invoice.totalMinor, 3450n)
      const { lines } = await invoices().related(owner(), [invoice])
      const lineId = lines.get(invoice.id)?.[0]?.id
      const billed = await expense(id)
      assert.deepEqual([billed.billed, billed.invoiceId, billed.invoiceLineId], [true, invoice.id, lineId])
      await book.unchanged(() =>
        assert.rejects(
          invoices().add(owner(), { clientId, lines: [{ expenseId: id }] }),
          refusal('invalid', { path: 'lines.0.expenseId', code: 'taken' }),
        ),
      )
      await invoices().update(owner(), invoice.id, { lines: [] })
      const freed = await expense(id)
      assert.deepEqual([freed.billed, freed.invoiceId, freed.invoiceLineId], [false, null, null])
    })

    test('time entries, by line or as a whole; those that go with the invoice are free again', async () => {
      const [byLine, asWhole] = [await work(), await work()]
      const invoice = await invoices().add(owner(), {
        clientId,
        lines: [{ title: 'Hours', unitPrice: decimal('80'), timeEntryIds: [byLine.id] }],
        timeEntryIds: [asWhole.id],
      })
      const read = async () =>
        (await book.core.time.byIds(owner(), [byLine.id, asWhole.id])).map((entry) => [
          entry.billed,
          entry.invoiceId,
          entry.invoiceLineId !== null,
        ])
      assert.deepEqual(await read(), [
        [true, invoice.id, true],
        [true, invoice.id, false],
      ])
      await assert.rejects(
        invoices().add(owner(), { clientId, timeEntryIds: [byLine.id] }),
        refusal('invalid', { path: 'timeEntryIds', code: 'taken' }),
      )
      await invoices().remove(owner(), invoice.id)
      assert.deepEqual(await read(), [
        [false, null, false],
        [false, null, false],
      ])
      await assert.rejects(invoices().read(owner(), invoice.id), refusal('not_found'))
      await book.unchanged(() => invoices().remove(owner(), invoice.id))
    })

    test('an expense in another currency at a given price only', async () => {
      const dollars = await book.core.expenses.record(owner(), {
        category: { name: 'Travel' },
        spentAt: '2026-05-20T12:00:00' as LocalDateTime,
        unitPrice: decimal('10'),
        currency: currency('USD'),
      })
      const path = 'lines.0.unitPrice'
      await assert.rejects(
        invoices().add(owner(), { clientId, lines: [{ expenseId: dollars.id }] }),
        refusal('invalid', { path, code: 'required' }),
      )
      const invoice = await invoices().add(owner(), {
        clientId,
        lines: [{ expenseId: dollars.id, unitPrice: decimal('9.20') }],
      })
      assert.equal(invoice.totalMinor, 920n)
    })
  })

  describe('are paid', () => {
    test('in parts, in full, and no longer when a payment goes', async () => {
      const invoice = await invoices().send(owner(), (await draft('100')).id)
      const pay = (amountMinor: bigint) =>
        invoices().addPayment(owner(), { invoiceId: invoice.id, amountMinor })
      const state = async () => {
        const now = await invoices().read(owner(), invoice.id)
        return [now.state, now.paidMinor, now.paidAt]
      }
      await pay(4000n)
      assert.deepEqual(await state(), ['sent', 4000n, null])
      await book.unchanged(async () => {
        for (const amount of [0n, -1n, 6001n]) {
          await assert.rejects(pay(amount), refusal('invalid', { path: 'amount', code: 'range' }))
        }
      })
      const last = await pay(6000n)
      assert.deepEqual(await state(), ['paid', 10_000n, noon])
      await book.unchanged(() =>
        assert.rejects(invoices().remove(owner(), invoice.id), refusal('locked', { reason: 'invoice_paid' })),
      )
      await invoices().updatePayment(owner(), last.id, { amountMinor: 5000n })
      assert.deepEqual(await state(), ['viewed', 9000n, null])
      await invoices().removePayment(owner(), last.id)
      assert.deepEqual(await state(), ['viewed', 4000n, null])
      await invoices().restorePayment(owner(), last.id)
      assert.deepEqual(await state(), ['viewed', 9000n, null])
      await book.unchanged(() => invoices().restorePayment(owner(), last.id))
      await invoices().removePayment(owner(), last.id)
      await pay(5500n)
      await book.unchanged(() =>
        assert.rejects(
          invoices().restorePayment(owner(), last.id),
          refusal('invalid', { path: 'amount', code: 'range' }),
        ),
      )
    })
  })

  test('have dates in their order', async () => {
    await assert.rejects(
      invoices().add(owner(), { clientId, issuedOn: day('2026-05-20'), dueOn: day('2026-05-19') }),
      refusal('invalid', { path: 'dueOn', code: 'order' }),
    )
  })

  test('are for those who may write and read them, in their own organization', async () => {
    const invoice = await draft()
    for (const role of roles) {
      const actor = book.actorOf(role)
      const mayRead = ['owner', 'admin', 'manager', 'accountant'].includes(role)
      const mayWrite = ['owner', 'admin', 'manager'].includes(role)
      if (mayRead) assert.equal((await invoices().read(actor, invoice.id)).id, invoice.id)
      else await assert.rejects(invoices().read(actor, invoice.id), refusal('forbidden'))
      if (mayWrite) await invoices().update(actor, invoice.id, { title: role })
      else {
        await book.unchanged(async () => {
          await assert.rejects(invoices().update(actor, invoice.id, { title: role }), refusal('forbidden'))
          await assert.rejects(async () => invoices().add(actor, { clientId }), refusal('forbidden'))
          await assert.rejects(invoices().send(actor, invoice.id), refusal('forbidden'))
          await assert.rejects(invoices().remove(actor, invoice.id), refusal('forbidden'))
          const payment = { invoiceId: invoice.id, amountMinor: 1n }
          await assert.rejects(async () => invoices().addPayment(actor, payment), refusal('forbidden'))
        })
      }
    }
    const stranger = book.actorOf('owner', 'b')
    await book.unchanged(async () => {
      await assert.rejects(invoices().read(stranger, invoice.id), refusal('not_found'))
      await assert.rejects(invoices().update(stranger, invoice.id, { title: 'x' }), refusal('not_found'))
      await assert.rejects(invoices().remove(stranger, invoice.id), refusal('not_found'))
      await assert.rejects(invoices().add(stranger, { clientId }), refusal('invalid', { path: 'clientId' }))
      const payment = { invoiceId: invoice.id, amountMinor: 1n }
      await assert.rejects(
        invoices().addPayment(stranger, payment),
        refusal('invalid', { path: 'invoiceId' }),
      )
    })
    assert.deepEqual(await invoices().byIds(stranger, [invoice.id]), [])
    assert.deepEqual(await invoices().list(stranger, {}), [])
  })

  test('keep what they bill billed, until they themselves let it go', async () => {
    const expense = await book.core.expenses.record(owner(), {
      category: { name: 'Travel' },
      spentAt: '2026-05-20T00:00:00' as LocalDateTime,
      amount: decimal('12'),
    })
    const entry = await book.core.time.log(owner(), { startedAt: book.clock.now, endedAt: book.clock.now })
    const lines = [{ title: 'x', expenseId: expense.id, timeEntryIds: [entry.id] }]
    const invoice = await invoices().add(owner(), { clientId, lines })
    await book.unchanged(async () => {
      const locked = refusal('locked', { reason: 'entry_billed' })
      await assert.rejects(book.core.expenses.update(owner(), expense.id, { billed: false }), locked)
      await assert.rejects(book.core.time.update(owner(), entry.id, { billed: false }), locked)
    })
    await invoices().remove(owner(), invoice.id)
    assert.equal((await book.core.expenses.read(owner(), expense.id)).expenses[0]?.billed, false)
    assert.equal((await book.core.time.read(owner(), entry.id)).billed, false)
  })
})
