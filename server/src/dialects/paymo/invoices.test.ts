// Invoices, their lines and payments at the Paymo door.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { type Caller, callBook, type Reply, readable } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'

type Thing = Readonly<Record<string, unknown>> & { readonly id: number }

const json = (value: unknown) => ({ bytes: JSON.stringify(value), type: 'application/json' })

function one(reply: Reply): Thing {
  assert.ok(reply.status < 300, reply.text)
  const [things] = Object.values(reply.json<Record<string, Thing[]>>())
  return things?.[0] as Thing
}

forEachEngine('Invoices at the Paymo door', (engine) => {
  let book: TestBook
  let owner: Caller
  let clientId: number
  before(async () => {
    book = await createTestBook(engine)
    owner = callBook(book, '/paymo/api', [readable]).as('owner@a.example', password)
    clientId = (await book.core.clients.add(book.actorOf('owner'), { name: 'Acme' })).id
    await owner.send('PUT', '/company', json({ invoice_format: '#INV-[yyyy]-[i]' }))
  })

  const make = async (more: object = {}) =>
    one(await owner.post('/invoices', json({ client_id: clientId, currency: 'EUR', ...more })))
  const linesOf = async (id: number) =>
    (await owner.get(`/invoiceitems?where=invoice_id=${id}&order=seq`)).json<{ invoiceitems: Thing[] }>()
      .invoiceitems

  test('begin as drafts, each with the next number', async () => {
    const first = await make()
    const second = await make()
    assert.deepEqual([first.status, first.total, first.client_id], ['draft', 0, clientId])
    const count = Number(String(first.number).replace('#INV-2026-', ''))
    assert.equal(second.number, `#INV-2026-${count + 1}`)
    assert.equal((await make({ number: 'X-1' })).number, 'X-1')
    await book.unchanged(async () => {
      const again = { client_id: clientId, currency: 'EUR', number: 'X-1' }
      assert.equal((await owner.post('/invoices', json(again))).status, 400)
    })
  })

  test('add up as documented', async () => {
    const items = [
      { item: 'Design', price_unit: 100, quantity: 10 },
      { item: 'Code', price_unit: '59.30', quantity: 10 },
    ]
    const taxed = await make({ tax: 20, tax_text: 'VAT', items })
    assert.deepEqual([taxed.subtotal, taxed.tax_amount, taxed.total, taxed.tax], [1593, 318.6, 1911.6, 20])
    const small = await make({ tax: 3, items: [{ item: 'x', price_unit: 375 }] })
    assert.deepEqual([small.tax_amount, small.total], [11.25, 386.25])
  })

  test('put the first tax on lines that bear it, the second on all, perhaps on the first, after the discount', async () => {
    const items = [
      { item: 'a', price_unit: 100, apply_tax: true },
      { item: 'b', price_unit: 100, apply_tax: false },
    ]
    const plain = await make({ tax: 10, tax2: 5, items })
    assert.deepEqual([plain.tax_amount, plain.tax2_amount, plain.total], [10, 10, 220])
    const compound = await make({ tax: 10, tax2: 5, tax_on_tax: true, items })
    assert.deepEqual([compound.tax_amount, compound.tax2_amount, compound.total], [10, 10.5, 220.5])
    const cheaper = await make({ tax: 10, discount: 50, items })
    assert.deepEqual([cheaper.discount_amount, cheaper.tax_amount, cheaper.total], [100, 5, 105])
    // Lines remember whether they bear the tax, also while it is 0.
    const none = await make({ items })
    assert.equal(none.total, 200)
    const later = one(await owner.send('PUT', `/invoices/${none.id}`, json({ tax: 10 })))
    assert.deepEqual([later.tax_amount, later.total], [10, 210])
    assert.deepEqual(
      (await linesOf(none.id)).map((line) => line.apply_tax),
      [true, false],
    )
  })

  test('take their lines as the full new set', async () => {
    const { id } = await make({
      items: [{ item: 'a', price_unit: 1 }, { item: 'b', price_unit: 2 }, { item: 'c' }],
    })
    const [a, b, c] = await linesOf(id)
    assert.deepEqual(
      [a?.item, a?.price_unit, a?.quantity, a?.seq, c?.price_unit, a?.expense_id],
      ['a', 1, 1, 1, 0, null],
    )
    const items = [{ id: b?.id }, { id: a?.id, quantity: 3 }, { item: 'd', price_unit: 0.5 }]
    const after = one(await owner.send('PUT', `/invoices/${id}`, json({ items })))
    assert.equal(after.total, 5.5)
    assert.deepEqual(
      (await linesOf(id)).map((line) => [line.item, line.quantity]),
      [
        ['b', 1],
        ['a', 3],
        ['d', 1],
      ],
    )
    await book.unchanged(async () => {
      const foreign = [{ id: 999_999 }]
      assert.equal((await owner.send('PUT', `/invoices/${id}`, json({ items: foreign }))).status, 400)
      assert.equal((await owner.send('PUT', `/invoices/${id}`, json({ items: 'x' }))).status, 400)
    })
  })

  test('bill time entries through a line', async () => {
    const actor = book.actorOf('owner')
    const startedAt = book.clock.now
    const entry = await book.core.time.log(actor, { startedAt, endedAt: startedAt + 3_600_000 })
    const { id } = await make({ items: [{ item: 'Work', price_unit: 80, entries: [entry.id] }] })
    const [line] = await linesOf(id)
    const shown = one(await owner.get(`/entries/${entry.id}?include=billed,invoice_item_id,invoiceitem.item`))
    assert.deepEqual(shown, {
      billed: true,
      invoice_item_id: line?.id,
      invoiceitem: { item: 'Work' },
    } as unknown)
    const whole = one(await owner.get(`/invoices/${id}?include=id,invoiceitems.id,invoiceitems.entries.id`))
    assert.deepEqual(whole.invoiceitems, [{ id: line?.id, entries: [{ id: entry.id }] }])
    await owner.send('DELETE', `/invoices/${id}`)
    assert.equal(one(await owner.get(`/entries/${entry.id}`)).billed, false)
  })

  test('ignore amounts, states of payment and tokens that a client makes up', async () => {
    const made = await make({
      total: 5,
      subtotal: 5,
      tax_amount: 5,
      token: 'x',
      permalink: 'x',
      status: 'paid',
    })
    assert.deepEqual([made.total, made.subtotal, made.status], [0, 0, 'draft'])
    assert.match(String(made.token), /^[0-9a-f]{32}$/)
    assert.equal(
      made.permalink,
      `http://127.0.0.1/paymo/api/invoices/${made.id}/?token=${made.token}&format=html`,
    )
  })

  test('once sent keep what they say; sending it all back is no change', async () => {
    const { id } = await make({ items: [{ item: 'a', price_unit: 100 }], tax: 21 })
    const sent = one(await owner.send('PUT', `/invoices/${id}`, json({ status: 'sent' })))
    assert.deepEqual([sent.status, sent.date], ['sent', '2026-05-20'])
    await book.unchanged(async () => {
      assert.deepEqual(one(await owner.send('PUT', `/invoices/${id}`, json(sent))), sent)
      assert.equal((await owner.send('PUT', `/invoices/${id}`, json({ tax: 5 }))).status, 400)
      assert.equal((await owner.send('PUT', `/invoices/${id}`, json({ status: 'draft' }))).status, 400)
      assert.equal((await owner.send('PUT', `/invoices/${id}`, json({ status: 'lost' }))).status, 400)
    })
  })

  describe('Payments', () => {
    test('make an invoice paid when they are all, and viewed when they are no longer', async () => {
      const { id } = await make({ items: [{ item: 'a', price_unit: 100 }] })
      await owner.send('PUT', `/invoices/${id}`, json({ status: 'sent' }))
      const reply = await owner.post('/invoicepayments', json({ invoice_id: id, amount: 40, notes: 'first' }))
      assert.equal(reply.status, 201)
      const first = one(reply)
      assert.deepEqual(
        [first.amount, first.date, first.notes, first.invoice_id],
        [40, '2026-05-20', 'first', id],
      )
      await book.unchanged(async () => {
        for (const amount of [60.01, 0, -1, 'x']) {
          const body = { invoice_id: id, amount }
          assert.equal((await owner.post('/invoicepayments', json(body))).status, 400, String(amount))
        }
        assert.equal((await owner.send('DELETE', `/invoices/${id}`)).status, 400)
      })
      const last = one(await owner.post('/invoicepayments', json({ invoice_id: id, amount: '60' })))
      const status = async () => one(await owner.get(`/invoices/${id}?include=status`)).status
      assert.equal(await status(), 'paid')
      assert.equal((await owner.send('PUT', `/invoicepayments/${last.id}`, json({ amount: 50 }))).status, 200)
      assert.equal(await status(), 'viewed')
      assert.equal((await owner.send('DELETE', `/invoicepayments/${last.id}`)).text, '{}')
      const whole = one(await owner.get(`/invoices/${id}?include=invoicepayments.amount,client.name`))
      assert.deepEqual([whole.invoicepayments, whole.client], [[{ amount: 40 }], { name: 'Acme' }])
    })

    test('count in the currency of their invoice', async () => {
      const { id } = await make({ currency: 'JPY', items: [{ item: 'a', price_unit: 5000 }] })
      const payment = one(await owner.post('/invoicepayments', json({ invoice_id: id, amount: 5000 })))
      assert.equal(payment.amount, 5000)
      assert.equal(one(await owner.get(`/invoices/${id}`)).status, 'paid')
    })
  })

  test('are found by their fields', async () => {
    const ids = async (where: string) =>
      (await owner.get(`/invoices?where=${where}`)).json<{ invoices: Thing[] }>().invoices.map(({ id }) => id)
    const all = (await owner.get('/invoices')).json<{ invoices: Thing[] }>().invoices
    for (const [where, holds] of [
      ['status=paid', (one: Thing) => one.status === 'paid'],
      [`client_id=${clientId} and status=sent`, (one: Thing) => one.status === 'sent'],
      ['total>100', (one: Thing) => Number(one.total) > 100],
      ['currency=JPY', (one: Thing) => one.currency === 'JPY'],
      [
        'due_date < "2026-06-20" and status in ("draft","sent","viewed")',
        (one: Thing) => one.due_date !== null && one.status !== 'paid' && String(one.due_date) < '2026-06-20',
      ],
    ] as const) {
      const expected = all.filter(holds).map(({ id }) => id)
      assert.deepEqual(await ids(where), expected, where)
      assert.ok(expected.length > 0, where)
    }
  })

  test('are for managers and accountants alone', async () => {
    const member = callBook(book, '/paymo/api').as('member@a.example', password)
    assert.equal((await member.get('/invoices')).status, 403)
    const client = one(await member.get(`/clients/${clientId}?include=id,invoices`))
    assert.deepEqual(client, { id: clientId, invoices: [] } as unknown)
  })
})
