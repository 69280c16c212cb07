// The older API: the address that creates, on GET too, and the list in serialised form.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { type Caller, callBook, plainRefusals, readable } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'

type Wire = {
  id: number
  type: string
  notes: string
  amount: string
  date: string
  report_id: number
  tags: unknown[]
}
type Serialised = { pk: number; model: string; fields: Record<string, unknown> }

forEachEngine('The older API at the Xpenser door', (engine) => {
  let book: TestBook
  let nobody: Caller
  let user: Caller
  let colleague: Caller
  before(async () => {
    book = await createTestBook(engine)
    nobody = callBook(book, '/xpenser', [plainRefusals, readable])
    user = nobody.as('owner@a.example', password)
    colleague = nobody.as('member@a.example', password)
  })
  const serialised = async (by = user) => (await by.get('/api/expenses/?format=json')).json<Serialised[]>()

  test('has an empty list at first', async () => {
    assert.deepEqual(await serialised(), [])
    assert.match((await user.get('/api/expenses?format=xml')).text, /<response><\/response>$/)
  })

  test('creates on GET: shell scripts and phone shortcuts live from it', async () => {
    const reply = await user.get('/api/simple/?q=lunch+34.50+with+jack+%23cash&format=json')
    const made = reply.json<Wire>()
    assert.deepEqual([reply.status, made.type, made.notes, made.amount], [200, 'lunch', 'with jack', '34.50'])
    assert.equal((await user.get(`/api/v1.0/expense/${made.id}`)).status, 200)
  })

  test('creates on POST, from the query or from the body, without the slash too', async () => {
    const posted = (await user.post('/api/simple', 'q=taxi+12')).json<Wire>()
    assert.equal(posted.type, 'taxi')
    const queried = (await user.send('POST', '/api/simple/?q=bus+3')).json<Wire>()
    assert.equal(queried.type, 'bus')
  })

  test('creates in a report that is named', async () => {
    const { id } = (await user.post('/api/v1.0/report/', { name: 'Trip' })).json<{ id: number }>()
    const made = (await user.get(`/api/simple/?q=taxi+12&report=${id}`)).json<Wire>()
    assert.equal(made.report_id, id)
  })

  test('answers in XML when asked to', async () => {
    const reply = await user.get('/api/simple/?q=taxi+12&format=xml')
    assert.match(reply.text, /<response><status>1<\/status>.*<type>taxi<\/type>/)
  })

  test('creates nothing on HEAD, without a line, without credentials, or in a report of somebody else', async () => {
    const { id } = (await colleague.post('/api/v1.0/report/', { name: 'Theirs' })).json<{ id: number }>()
    await book.unchanged(async () => {
      const head = await user.send('HEAD', '/api/simple/?q=taxi+12')
      assert.deepEqual([head.status, head.headers.allow, head.text], [405, 'GET, POST', ''])
      assert.equal((await user.get('/api/simple/')).text, 'Bad Request: empty')
      assert.equal((await user.get('/api/simple/?q=taxi')).text, 'Bad Request: no amount')
      assert.equal((await nobody.get('/api/simple/?q=taxi+12')).status, 401)
      for (const report of [id, 999_999, 'x', '*']) {
        assert.equal((await user.get(`/api/simple/?q=taxi+12&report=${report}`)).status, 404)
      }
      assert.equal((await user.get('/api/simple/?q=taxi+12&format=csv')).status, 400)
      assert.equal((await user.send('DELETE', '/api/simple/?q=taxi+12')).status, 405)
    })
  })

  test('lists the default report, newest first, with tag ids and two decimals', async () => {
    book.clock.advance(60_000)
    const made = (await user.post('/api/v1.0/expense/', { q: 'Freight 500 home #a #b' })).json<
      Wire & { tags: { id: number }[] }
    >()
    const old = (await user.post('/api/v1.0/expense/', { q: 'Freight 7.5', d: '1999-01-01' })).json<Wire>()
    const list = await serialised()
    assert.equal(list.at(-1)?.pk, old.id)
    const { fields, ...head } = list[0] ?? assert.fail()
    assert.deepEqual(head, { pk: made.id, model: 'xpense.expense' })
    assert.deepEqual(fields, {
      report: made.report_id,
      modified: '2026-05-20 12:01:00',
      rawamount: '500.00',
      category: fields.category,
      sourceid: '',
      notes: 'home',
      amount: '500.00',
      tags: made.tags.map(({ id }) => id),
      date: '2026-05-20 14:01:00',
      type: 'Freight',
      user: book.actorOf('owner').personId,
      status: 1,
      created: '2026-05-20 12:01:00',
    })
    const types = (await user.get('/api/v1.0/types/')).json<{ name: string; id: number }[]>()
    assert.equal(types.find(({ name }) => name === 'Freight')?.id, fields.category)
    const dates = list.map((expense) => String(expense.fields.date))
    assert.deepEqual(dates, dates.toSorted().reverse())
  })

  test('lists neither what is deleted nor what is in another report nor what others have', async () => {
    const made = (await user.post('/api/v1.0/expense/', { q: 'gone 1' })).json<Wire>()
    await user.send('DELETE', `/api/v1.0/expense/${made.id}`)
    await colleague.post('/api/v1.0/expense/', { q: 'secret 1' })
    const { text } = await user.get('/api/expenses/')
    assert.ok(!text.includes('"gone"') && !text.includes('secret') && !text.includes(`"pk":${made.id},`))
    const pks = (await serialised()).map(({ pk }) => pk)
    const listed = (await user.get('/api/v1.0/expenses/')).json<Wire[]>().map(({ id }) => id)
    assert.deepEqual(pks.toSorted(), listed.toSorted())
  })

  test('refuses OAuth: its keys would have to be handed out by hand', async () => {
    for (const path of [
      '/api/oauth/expenses/',
      '/oauth/request_token',
      '/oauth/authorize',
      '/oauth/access_token',
    ]) {
      for (const method of ['GET', 'POST']) {
        const reply = await user.send(method, path)
        assert.deepEqual([reply.status, reply.text], [404, 'Not Found'])
      }
    }
  })
})
