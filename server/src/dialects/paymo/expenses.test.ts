// Expenses at the Paymo door: create, read, list, update, receipts, invoicing, delete.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { type Caller, callBook, type Reply, readable, upload } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import { drawReceipt } from '../../commands/demo/receipts.ts'

type Expense = Readonly<Record<string, unknown>> & { readonly id: number; readonly file: string }

const slip = { shop: 'Harbor Grill', day: '2013-02-14', items: ['lunch'], total: 'USD 29.95', number: '7' }
const jpeg = drawReceipt('a.jpg', slip).bytes
const pdf = drawReceipt('a.pdf', slip).bytes
const json = (value: unknown) => ({ bytes: JSON.stringify(value), type: 'application/json' })

/** The objects of an answer, which is an object with one key that holds a list. */
function listed(reply: Reply, key = 'expenses'): Expense[] {
  const body = reply.json<Record<string, Expense[]>>()
  assert.deepEqual(Object.keys(body), [key], reply.text)
  return body[key] as Expense[]
}

function one(reply: Reply): Expense {
  const [expense, ...others] = listed(reply)
  assert.ok(expense !== undefined && others.length === 0, reply.text)
  return expense
}

forEachEngine('Expenses at the Paymo door', (engine) => {
  let book: TestBook
  let owner: Caller
  let member: Caller
  let clientId: number
  let projectId: number
  before(async () => {
    book = await createTestBook(engine)
    const door = callBook(book, '/paymo/api', [readable])
    owner = door.as('owner@a.example', password)
    member = door.as('member@a.example', password)
    clientId = (await book.core.clients.add(book.actorOf('owner'), { name: 'Acme' })).id
    projectId = (await book.core.projects.add(book.actorOf('owner'), { name: 'Site', clientId })).id
  })

  const make = async (more: object = {}, by = owner) =>
    one(await by.post('/expenses', json({ client_id: clientId, amount: 29.95, currency: 'USD', ...more })))

  describe('A new expense', () => {
    test('is created as the published example does it', async () => {
      const reply = await owner.post(
        '/expenses',
        json({
          client_id: clientId,
          user_id: book.actorOf('member').personId,
          amount: 29.95,
          currency: 'USD',
          date: '2013-02-14',
          notes: 'Hosting',
          tags: ['Software/Service'],
        }),
      )
      assert.equal(reply.status, 201)
      const expense = one(reply)
      assert.equal(reply.headers.location, `http://127.0.0.1/paymo/api/expenses/${expense.id}`)
      assert.deepEqual(expense, {
        id: expense.id,
        client_id: clientId,
        project_id: null,
        user_id: book.actorOf('member').personId,
        amount: 29.95,
        currency: 'USD',
        date: '2013-02-14',
        notes: 'Hosting',
        invoiced: false,
        invoice_item_id: null,
        file: '',
        created_on: '2026-05-20T12:00:00Z',
        updated_on: '2026-05-20T12:00:00Z',
        tags: ['Software/Service'],
      })
      assert.deepEqual(one(await owner.get(`/expenses/${expense.id}`)), expense)
    })

    test('has today, the caller and empty texts for what is not said', async () => {
      const expense = await make()
      assert.deepEqual(
        [expense.date, expense.user_id, expense.notes, expense.tags, expense.project_id],
        ['2026-05-20', book.actorOf('owner').personId, '', [], null],
      )
    })

    for (const field of ['client_id', 'currency', 'amount']) {
      test(`needs ${field}`, () =>
        book.unchanged(async () => {
          const body: Record<string, unknown> = { client_id: clientId, amount: 1, currency: 'USD' }
          delete body[field]
          const reply = await owner.post('/expenses', json(body))
          assert.equal(reply.status, 400)
          assert.deepEqual(reply.json(), { message: `Missing required field: ${field}` })
        }))
    }

    test('keeps every digit of its amount, as a number without padding', async () => {
      for (const [sent, shown] of [
        ['9007199254740.99', '9007199254740.99'],
        ['0.10', '0.1'],
        ['100', '100'],
        ['"34.50"', '34.5'],
        ['1e2', '100'],
        ['-5.5', '-5.5'],
      ]) {
        const body = `{"client_id":"${clientId}","currency":"EUR","amount":${sent}}`
        const reply = await owner.post('/expenses', { bytes: body, type: 'application/json' })
        assert.equal(reply.status, 201, reply.text)
        assert.ok(reply.text.includes(`"amount":${shown},`), reply.text)
      }
      assert.equal((await make({ amount: 1200, currency: 'JPY' })).amount, 1200)
      assert.equal((await make({ amount: 1.125, currency: 'KWD' })).amount, 1.125)
    })

    test('knows the spellings of currencies that only Paymo has', async () => {
      for (const [sent, shown] of [
        ['US$', 'USD'],
        ['U$S', 'USD'],
        ['RMB', 'CNY'],
        ['TBH', 'THB'],
        ['CFP', 'XPF'],
        ['eur', 'EUR'],
      ]) {
        assert.equal((await make({ currency: sent, amount: 5 })).currency, shown)
      }
    })

    for (const [what, wrong] of Object.entries({
      'a client that is not there': { client_id: 999_999 },
      'a client that is no id': { client_id: 'Acme' },
      'a project that is not there': { project_id: 999_999 },
      'a user that is not there': { user_id: 999_999 },
      'a currency nobody has': { currency: 'XXX' },
      'a currency of the past': { currency: 'DEM' },
      'an amount in words': { amount: 'much' },
      'an endless amount': { amount: '1e400' },
      'an amount beyond all counting': { amount: '1e29' },
      'a day that is none': { date: '2026-02-30' },
      'tags that are none': { tags: [{ name: 'x' }] },
      'a text that is a list': { notes: ['x'] },
      'invoiced that is neither': { invoiced: 'perhaps' },
    })) {
      test(`is refused with ${what}`, () =>
        book.unchanged(async () => {
          const reply = await owner.post(
            '/expenses',
            json({ client_id: clientId, amount: 1, currency: 'USD', ...wrong }),
          )
          assert.equal(reply.status, 400, reply.text)
          assert.deepEqual(Object.keys(reply.json<object>()), ['message'])
        }))
    }

    test('ignores what is read-only, unknown or privileged', async () => {
      const body = `{"client_id":${clientId},"amount":1,"currency":"USD","id":777777,"invoice_item_id":5,"organization_id":2,
        "created_on":"2001-01-01T00:00:00Z","image_thumb_small":"x","__proto__":{"invoiced":true},"constructor":"x"}`
      const reply = await owner.post('/expenses', { bytes: body, type: 'application/json' })
      const expense = one(reply)
      assert.notEqual(expense.id, 777_777)
      assert.deepEqual(
        [expense.invoice_item_id, expense.created_on, expense.invoiced],
        [null, '2026-05-20T12:00:00Z', false],
      )
    })

    test('comes in as a list too, all of it or nothing', async () => {
      const body = { client_id: clientId, amount: 1, currency: 'USD' }
      const reply = await owner.post('/expenses', json([body, { ...body, amount: 2 }]))
      assert.equal(reply.status, 201)
      assert.deepEqual(
        listed(reply).map(({ amount }) => amount),
        [1, 2],
      )
      await book.unchanged(async () => {
        assert.equal((await owner.post('/expenses', json([body, { ...body, amount: 'x' }]))).status, 400)
      })
    })
  })

  describe('An update', () => {
    for (const method of ['PUT', 'POST']) {
      test(`by ${method} changes what is given and nothing else`, async () => {
        const before = await make({ notes: 'Hosting', tags: ['a', 'b'], date: '2015-01-01' })
        book.clock.advance(5000)
        const reply = await owner.send(method, `/expenses/${before.id}`, json({ date: '2015-02-15' }))
        assert.equal(reply.status, 200)
        const after = one(reply)
        assert.notEqual(after.updated_on, before.updated_on)
        assert.deepEqual(after, { ...before, date: '2015-02-15', updated_on: after.updated_on })
        assert.deepEqual(one(await owner.get(`/expenses/${before.id}`)), after)
      })
    }

    test('replaces the tags as a whole, and may empty them', async () => {
      const { id } = await make({ tags: ['a', 'b'] })
      assert.deepEqual(one(await owner.send('PUT', `/expenses/${id}`, json({ tags: ['c'] }))).tags, ['c'])
      assert.deepEqual(one(await owner.send('PUT', `/expenses/${id}`, json({ tags: [] }))).tags, [])
    })

    test('moves an expense to a project and back to none', async () => {
      const { id } = await make({ project_id: projectId })
      for (const none of [null, '', 0, 'null']) {
        await owner.send('PUT', `/expenses/${id}`, json({ project_id: projectId }))
        const reply = await owner.send('PUT', `/expenses/${id}`, json({ project_id: none }))
        assert.equal(one(reply).project_id, null, String(none))
      }
    })

    test('that sends back all it was shown changes nothing', async () => {
      const before = await make({ amount: 34.5, notes: 'x', tags: ['a'], project_id: projectId })
      await book.unchanged(async () => {
        const reply = await owner.send('PUT', `/expenses/${before.id}`, json(before))
        assert.deepEqual(one(reply), before)
      })
    })

    test('of one that is not there is not found', () =>
      book.unchanged(async () => {
        for (const id of ['999999', 'abc', '0', '-1', '1.0', '9'.repeat(20)]) {
          const reply = await owner.send('PUT', `/expenses/${id}`, json({ notes: 'x' }))
          assert.equal(reply.status, 404, id)
        }
      }))
  })

  describe('A receipt', () => {
    const file = (bytes: Uint8Array, fileName: string) => ({ name: 'file', value: bytes, fileName })

    test('comes with a new expense, the file before the fields, its name a whole path', async () => {
      const reply = await owner.post(
        '/expenses',
        upload(
          file(jpeg, 'C:\\receipts\\lunch.png'),
          { name: 'client_id', value: String(clientId) },
          { name: 'amount', value: '29.95' },
          { name: 'currency', value: 'USD' },
          { name: 'tags[]', value: 'a' },
          { name: 'tags[]', value: 'b' },
        ),
      )
      assert.equal(reply.status, 201, reply.text)
      const expense = one(reply)
      assert.match(expense.file, /^http:\/\/127\.0\.0\.1\/paymo\/assets\/\d+\/expenses\/[0-9a-f]{32}\.jpg$/)
      assert.deepEqual(expense.tags, ['a', 'b'])
    })

    test('is attached, replaced and taken away; its address opens it for anybody', async () => {
      const assets = callBook(book, '')
      const { id } = await make()
      const first = one(await owner.post(`/expenses/${id}`, upload(file(jpeg, 'a.jpg')))).file
      const open = (url: string) => assets.as().get(url.replace('http://127.0.0.1', ''))
      const opened = await open(first)
      assert.deepEqual([opened.status, opened.headers['content-type']], [200, 'image/jpeg'])
      assert.deepEqual(opened.bytes, Buffer.from(jpeg))

      const second = one(await owner.send('PUT', `/expenses/${id}`, upload(file(pdf, 'a.pdf')))).file
      assert.match(second, /\.pdf$/)
      assert.equal((await open(first)).status, 404)
      assert.equal((await open(second)).headers['content-type'], 'application/pdf')

      const kept = one(await owner.send('PUT', `/expenses/${id}`, json({ file: second, notes: 'x' })))
      assert.equal(kept.file, second)
      for (const nothing of ['', null]) {
        const reply = await owner.send('PUT', `/expenses/${id}`, json({ file: nothing }))
        assert.equal(one(reply).file, '')
      }
      assert.equal((await open(second)).status, 404)
    })

    test('that is an image has three thumbnails, and a PDF has none', async () => {
      const assets = callBook(book, '')
      const expense = one(await owner.post(`/expenses/${(await make()).id}`, upload(file(jpeg, 'a.jpg'))))
      for (const size of ['large', 'medium', 'small']) {
        const url = String(expense[`image_thumb_${size}`])
        assert.match(url, new RegExp(`/assets/\\d+/expenses/thumbs/${size}/[0-9a-f]{32}\\.png$`))
        const opened = await assets.get(url.replace('http://127.0.0.1', ''))
        assert.deepEqual([opened.status, opened.headers['content-type']], [200, 'image/png'])
        assert.equal(Buffer.from(opened.bytes).subarray(1, 4).toString(), 'PNG')
        const wrong = url.replace('http://127.0.0.1', '').replace(size, 'huge')
        assert.equal((await assets.get(wrong)).status, 404)
        assert.equal((await assets.get(wrong.replace('huge', '__proto__'))).status, 404)
      }
      const paper = one(await owner.post(`/expenses/${(await make()).id}`, upload(file(pdf, 'a.pdf'))))
      assert.deepEqual(
        Object.keys(paper).filter((key) => key.startsWith('image')),
        [],
      )
    })

    test('is not found under another company or name', async () => {
      const assets = callBook(book, '')
      const { file: url } = one(
        await owner.post(`/expenses/${(await make()).id}`, upload(file(jpeg, 'a.jpg'))),
      )
      const path = url.replace('http://127.0.0.1', '')
      for (const wrong of [
        path.replace(/assets\/\d+/, `assets/${book.organizations.b}`),
        path.replace(/[0-9a-f]{32}/, 'f'.repeat(32)),
        path.replace(/[0-9a-f]{32}/, '..'),
        path.replace('.jpg', ''),
      ]) {
        const reply = await assets.get(wrong)
        assert.equal(reply.status, 404, wrong)
        assert.deepEqual(Object.keys(reply.json<object>()), ['message'])
      }
    })

    test('that is no image or PDF is refused, and the expense with it', () =>
      book.unchanged(async () => {
        const fields = [
          { name: 'client_id', value: String(clientId) },
          { name: 'amount', value: '1' },
          { name: 'currency', value: 'USD' },
        ]
        for (const bytes of ['<svg onload="x">', '<html>', 'MZ', '']) {
          const reply = await owner.post('/expenses', upload(...fields, file(Buffer.from(bytes), 'a.png')))
          assert.equal(reply.status, 400, bytes)
        }
      }))
  })

  describe('Invoicing', () => {
    const invoice = (...items: object[]) =>
      owner.post('/invoices', json({ client_id: clientId, currency: 'USD', date: '2013-08-14', items }))
    type Invoice = { id: number; total: number; invoiceitems: { id: number; price_unit: number }[] }

    test('by a line, as the published example does it, marks the expense and names the line', async () => {
      const { id } = await make({ amount: 12.5 })
      const reply = await invoice({ item: 'Expense', expense_id: id })
      assert.equal(reply.status, 201, reply.text)
      const made = reply.json<{ invoices: Invoice[] }>().invoices[0] as Invoice
      assert.equal(made.total, 12.5)
      const items = (await owner.get(`/invoices/${made.id}?include=invoiceitems`)).json<{
        invoices: Invoice[]
      }>()
      const line = items.invoices[0]?.invoiceitems[0]
      const expense = one(await owner.get(`/expenses/${id}?include=*,invoiceitems`))
      assert.deepEqual([expense.invoiced, expense.invoice_item_id], [true, line?.id])
      assert.deepEqual(
        (expense.invoiceitems as { price_unit: number; quantity: number }[]).map((item) => item.price_unit),
        [12.5],
      )
      await book.unchanged(async () => {
        assert.equal((await invoice({ item: 'Again', expense_id: id })).status, 400)
        assert.equal((await owner.send('PUT', `/expenses/${id}`, json({ invoiced: false }))).status, 400)
        assert.equal((await owner.send('PUT', `/expenses/${id}`, json({ amount: 1 }))).status, 400)
      })
      // Without its line, and without its invoice, the expense is free again.
      await owner.send('PUT', `/invoices/${made.id}`, json({ items: [] }))
      const freed = one(await owner.get(`/expenses/${id}`))
      assert.deepEqual([freed.invoiced, freed.invoice_item_id], [false, null])
      const again = (await invoice({ item: 'Again', expense_id: id })).json<{ invoices: Invoice[] }>()
      assert.equal((await owner.send('DELETE', `/invoices/${again.invoices[0]?.id}`)).status, 200)
      assert.equal(one(await owner.get(`/expenses/${id}`)).invoiced, false)
    })

    test('by hand marks the expense, without a line, and undoes it', async () => {
      const { id } = await make()
      const marked = one(await owner.send('PUT', `/expenses/${id}`, json({ invoiced: true })))
      assert.deepEqual([marked.invoiced, marked.invoice_item_id], [true, null])
      assert.equal(one(await owner.send('PUT', `/expenses/${id}`, json({ invoiced: false }))).invoiced, false)
    })
  })

  describe('A list', () => {
    test('holds all expenses by id, and those of a filter', async () => {
      const all = listed(await owner.get('/expenses'))
      assert.ok(all.length > 10)
      assert.deepEqual(
        all.map(({ id }) => id),
        all.map(({ id }) => id).sort((a, b) => a - b),
      )
      for (const [filter, holds] of [
        [`client_id=${clientId}`, (e: Expense) => e.client_id === clientId],
        [`project_id=${projectId}`, (e: Expense) => e.project_id === projectId],
        ['date>=2014-09-01', (e: Expense) => String(e.date) >= '2014-09-01'],
        ['invoiced=false', (e: Expense) => e.invoiced === false],
        ['amount>9.45', (e: Expense) => Number(e.amount) > 9.45],
        ['tags=a', (e: Expense) => (e.tags as string[]).includes('a')],
      ] as const) {
        assert.deepEqual(listed(await owner.get(`/expenses?where=${filter}`)), all.filter(holds), filter)
      }
    })

    test('is empty, not missing, where nothing fits', async () => {
      assert.equal((await owner.get('/expenses?where=client_id=999999')).text, '{"expenses":[]}')
    })

    test('is ordered by a field, either way', async () => {
      for (const field of ['amount', 'date', 'currency', 'created_on', 'project_id', 'invoice_item_id']) {
        const up = await owner.get(`/expenses?where=currency=USD&order=${field}`)
        const down = await owner.get(`/expenses?where=currency=USD&order=${field}%20desc`)
        const values = listed(up).map((expense) => expense[field])
        const numeric = (a: unknown, b: unknown) => Number(a ?? -1e9) - Number(b ?? -1e9)
        const words = (a: unknown, b: unknown) => String(a).localeCompare(String(b))
        const inOrder = [...values].sort(
          typeof (values.find((v) => v !== null) ?? 0) === 'number' ? numeric : words,
        )
        assert.deepEqual(values, inOrder, field)
        assert.deepEqual(
          listed(down).map(({ id }) => id),
          listed(up)
            .map(({ id }) => id)
            .reverse(),
          field,
        )
      }
    })

    test('comes in pages that count from 0, after the filter', async () => {
      const all = listed(await owner.get('/expenses?where=invoiced=false')).map(({ id }) => id)
      const found: number[] = []
      for (let page = 0; ; page += 1) {
        const ids = listed(await owner.get(`/expenses?where=invoiced=false&page=${page}&page_size=4`))
        found.push(...ids.map(({ id }) => id))
        if (ids.length < 4) break
      }
      assert.deepEqual(found, all)
      assert.deepEqual(listed(await owner.get('/expenses?page=9999999&page_size=9999999')), [])
    })

    test('loses nothing to half a page, and ignores parameters that it does not know', async () => {
      const all = (await owner.get('/expenses')).text
      for (const query of [
        'page=1',
        'page=1&limit=100',
        'per_page=2',
        'client_id=999999',
        'where%3Dactive=true',
        '',
      ]) {
        assert.equal((await owner.get(`/expenses?${query}`)).text, all, query)
      }
      assert.equal((await owner.get('/expenses/')).text, all)
    })

    test('shows the fields that are named, and what stands around them', async () => {
      const { id } = await make({ project_id: projectId })
      const get = async (include: string) => one(await owner.get(`/expenses/${id}?include=${include}`))
      assert.deepEqual(await get('amount,client,id,project.id'), {
        id,
        amount: 29.95,
        client: (await owner.get(`/clients/${clientId}`)).json<{ clients: object[] }>().clients[0],
        project: { id: projectId },
      } as unknown)
      assert.deepEqual(Object.keys(await get('project.name,project.client.name')).slice(-2), [
        'tags',
        'project',
      ])
      assert.deepEqual((await get('id,project.name,project.client.name')).project, {
        name: 'Site',
        client: { name: 'Acme' },
      })
      assert.deepEqual(await get('id,download_token,billable'), {
        id,
        download_token: '',
        billable: true,
      } as unknown)
      const bare = await make()
      assert.ok(!('project' in one(await owner.get(`/expenses/${bare.id}?include=project`))))
      assert.deepEqual(one(await owner.get(`/expenses/${bare.id}?include=id,invoiceitems`)), {
        id: bare.id,
        invoiceitems: [],
      } as unknown)
      const fields =
        'id,client_id,project_id,user_id,amount,currency,date,notes,invoiced,invoice_item_id,tags,file,created_on,' +
        'updated_on,download_token,image_thumb_large,image_thumb_medium,image_thumb_small'
      assert.equal((await owner.get(`/expenses?include=${fields}`)).status, 200)
    })

    for (const [what, query] of [
      ['a field nobody has', 'include=foo'],
      ['a field of a relation that it does not have', 'include=client.foo'],
      ['a relation nobody has', 'include=foo.bar'],
      ['a filter on a field nobody has', 'where=foo=1'],
      ['a filter on a relation nobody has', 'where=foo.bar=1'],
      ['an order by a field nobody has', 'order=foo'],
    ] as const) {
      test(`is refused with ${what}, naming it`, async () => {
        const reply = await owner.get(`/expenses?${query}`)
        assert.equal(reply.status, 400)
        assert.match(reply.json<{ message: string }>().message, /^Unknown field or reference: (client\.)?foo/)
      })
    }

    for (const query of [
      'where=client_id',
      'where=client_id=abc',
      'where=client_id like 1',
      'where=amount=much',
      'where=amount in (1',
      'where=date=soon',
      'where=invoiced>true',
      'where=tags>5',
      "where=notes='x",
      'order=amount sideways',
      'order=amount;drop',
      'page=x&page_size=5',
      'page=0&page_size=-1',
    ]) {
      test(`is refused with ${query}`, async () => {
        const reply = await owner.get(`/expenses?${query}`)
        assert.equal(reply.status, 400)
        assert.deepEqual(Object.keys(reply.json<object>()), ['message'])
      })
    }
  })

  describe('Deleting', () => {
    test('answers an empty object, and the expense is not found again', async () => {
      const { id } = await make()
      const reply = await owner.send('DELETE', `/expenses/${id}`)
      assert.deepEqual([reply.status, reply.text], [200, '{}'])
      assert.equal((await owner.get(`/expenses/${id}`)).status, 404)
      assert.equal((await owner.send('DELETE', `/expenses/${id}`)).status, 404)
    })
  })

  describe('A member', () => {
    test('reaches what is theirs and nothing else', async () => {
      const theirs = await make({}, member)
      const ours = await make()
      assert.deepEqual(
        listed(await member.get('/expenses')).filter(({ user_id }) => user_id !== theirs.user_id),
        [],
      )
      await book.unchanged(async () => {
        assert.equal((await member.get(`/expenses/${ours.id}`)).status, 404)
        assert.equal((await member.send('PUT', `/expenses/${ours.id}`, json({ notes: 'x' }))).status, 404)
        assert.equal((await member.send('DELETE', `/expenses/${ours.id}`)).status, 404)
        const body = { client_id: clientId, amount: 1, currency: 'USD', user_id: ours.user_id }
        assert.equal((await member.post('/expenses', json(body))).status, 403)
      })
    })
  })
})
