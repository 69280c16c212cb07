// Reports at this door: their states by letter and by word, the default one, and what deleting one takes along.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { type Caller, callBook, plainRefusals, readable } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import { readXml } from '../../../test/xml.ts'

type Report = {
  id: number
  name: string
  is_default: boolean
  status: string
  created: string
  modified: string
}

forEachEngine('A report at the Xpenser door', (engine) => {
  let book: TestBook
  let nobody: Caller
  let user: Caller
  let colleague: Caller
  let stranger: Caller
  before(async () => {
    book = await createTestBook(engine)
    nobody = callBook(book, '/xpenser', [plainRefusals, readable])
    user = nobody.as('owner@a.example', password)
    colleague = nobody.as('member@a.example', password)
    stranger = nobody.as('owner@b.example', password)
  })

  async function created(form: Record<string, string>, by = user): Promise<Report> {
    const reply = await by.post('/api/v1.0/report/', form)
    assert.equal(reply.status, 200, reply.text)
    return reply.json()
  }

  async function list(query = '', by = user): Promise<Report[]> {
    return (await by.get(`/api/v1.0/reports/${query}`)).json()
  }

  async function refused(reply: Promise<{ status: number; text: string }>, status: number, text?: string) {
    const { status: found, text: body } = await reply
    assert.deepEqual([found, text ?? body], [status, body])
  }

  test('is there from the start: one named Default', async () => {
    const [report, ...more] = await list('', nobody.as('guest@a.example', password))
    assert.deepEqual([report?.name, report?.is_default, report?.status, more], ['Default', true, 'U', []])
  })

  test('that is new is answered with its id, not submitted yet', async () => {
    const report = await created({ name: 'Trip to Rome' })
    assert.deepEqual(report, {
      id: report.id,
      name: 'Trip to Rome',
      is_default: false,
      status: 'U',
      created: '2026-05-20 12:00:00',
      modified: '2026-05-20 12:00:00',
    })
    assert.deepEqual((await user.get(`/api/v1.0/report/${report.id}`)).json(), report)
    assert.deepEqual((await user.get(`/api/v1.0/report/${report.id}/`)).json(), report)
  })

  test('may share its name with another one', async () => {
    assert.notEqual((await created({ name: 'Twin' })).id, (await created({ name: 'Twin' })).id)
  })

  test('needs a name, and a state that is one', () =>
    book.unchanged(async () => {
      await refused(user.post('/api/v1.0/report/'), 400, 'Bad Request: no name')
      await refused(user.send('POST', '/api/v1.0/report/'), 400, 'Bad Request: no name')
      await refused(user.post('/api/v1.0/report/', 'name=+++'), 400)
      await refused(user.post('/api/v1.0/report/', { name: 'x'.repeat(201) }), 400)
      await refused(user.post('/api/v1.0/report/', { name: 'x', status: 'Q' }), 400)
      await refused(user.post('/api/v1.0/report/', { name: 'x', status: 'needs_action' }), 400)
    }))

  test('goes through its states by letter and by word, in any letter case', async () => {
    const { id } = await created({ name: 'States' })
    for (const [given, letter] of [
      ['S', 'S'],
      ['u', 'U'],
      ['submitted', 'S'],
      ['UNSUBMITTED', 'U'],
      ['Active', 'U'],
      ['a', 'A'],
      ['rejected', 'R'],
      ['P', 'P'],
      ['archived', 'X'],
      ['x', 'X'],
      ['approved', 'A'],
      ['R', 'R'],
      ['paid', 'P'],
      ['U', 'U'],
    ]) {
      const reply = await user.post(`/api/v1.0/report/${id}`, { status: given ?? '' })
      assert.equal(reply.json<Report>().status, letter)
    }
  })

  test('is renamed and moved at once, and modified now', async () => {
    const { id, modified } = await created({ name: 'Before' })
    book.clock.advance(60_000)
    const reply = await user.post(`/api/v1.0/report/${id}`, { name: 'After', status: 'S' })
    const after = reply.json<Report>()
    assert.deepEqual([after.name, after.status], ['After', 'S'])
    assert.ok(after.modified > modified)
    const put = await user.send('PUT', `/api/v1.0/report/${id}`, 'name=Put')
    assert.equal(put.json<Report>().name, 'Put')
  })

  test('is not moved to a state that is none, nor renamed to nothing', async () => {
    const { id } = await created({ name: 'Stays' })
    await book.unchanged(async () => {
      for (const status of ['Q', 'needs_action', 'all', '*', '1', 'constructor', '__proto__', 'toString']) {
        await refused(user.post(`/api/v1.0/report/${id}`, { status }), 400)
      }
      await refused(user.post(`/api/v1.0/report/${id}`, 'name='), 400)
      await refused(user.post(`/api/v1.0/report/${id}?action=close`), 400)
    })
  })

  test('is approved by whoever may approve, not by a member', async () => {
    const { id } = await created({ name: 'Mine' }, colleague)
    assert.equal((await colleague.post(`/api/v1.0/report/${id}`, 'status=S')).status, 200)
    await book.unchanged(async () => {
      for (const status of ['A', 'R', 'P']) {
        await refused(colleague.post(`/api/v1.0/report/${id}`, { status }), 403, 'Forbidden')
      }
    })
  })

  test('of somebody else is not there', async () => {
    const { id } = await created({ name: 'Theirs' }, colleague)
    const far = await created({ name: 'Far' }, stranger)
    assert.ok((await list()).every((report) => report.id !== id && report.id !== far.id))
    await book.unchanged(async () => {
      for (const theirs of [id, far.id, 999_999]) {
        await refused(user.get(`/api/v1.0/report/${theirs}`), 404, 'Not Found')
        await refused(user.post(`/api/v1.0/report/${theirs}`, 'name=mine'), 404, 'Not Found')
        await refused(user.post(`/api/v1.0/report/${theirs}?action=delete`), 404, 'Not Found')
        await refused(user.send('DELETE', `/api/v1.0/report/${theirs}`), 404, 'Not Found')
      }
    })
  })

  test('list has the default one first, then all others by id', async () => {
    const reports = await list()
    const [first, ...others] = reports
    assert.equal(first?.is_default, true)
    assert.ok(others.length > 3 && others.every((report) => !report.is_default))
    const ids = others.map(({ id }) => id)
    assert.deepEqual(
      ids,
      ids.toSorted((a, b) => a - b),
    )
  })

  test('list is narrowed by a state, by letter or word; no state, no limit', async () => {
    const names = async (query: string) => (await list(query)).map(({ name }) => name)
    for (const [name, status] of [
      ['Of S', 'S'],
      ['Of A', 'A'],
      ['Of R', 'R'],
      ['Of P', 'P'],
      ['Of X', 'X'],
    ]) {
      const { id } = await created({ name: name ?? '' })
      await user.post(`/api/v1.0/report/${id}`, { status: status ?? '' })
    }
    assert.deepEqual(await names('?status=A'), ['Of A'])
    assert.deepEqual(await names('?status=approved'), ['Of A'])
    assert.deepEqual(await names('?status=archived'), ['Of X'])
    assert.ok((await names('?status=U')).includes('Default'))
    assert.deepEqual(await names('?status=active'), await names('?status=U'))
    const action = await names('?status=needs_action')
    assert.ok(action.includes('Default') && action.includes('Of R') && !action.includes('Of A'))
    assert.deepEqual(await names('?status='), await names(''))
    for (const status of ['Q', '*', 'U,S', '%00'])
      await refused(user.get(`/api/v1.0/reports/?status=${status}`), 400)
  })

  test('in XML tells the default one by any text at all, and the others by none', async () => {
    const root = readXml((await user.get('/api/v1.0/reports/?format=xml')).text)
    const texts = root.children.map(
      ({ children }) => children.find(({ name }) => name === 'is_default')?.text,
    )
    assert.deepEqual([texts[0], new Set(texts.slice(1))], ['True', new Set([''])])
  })

  test('that is the default one is neither deleted nor closed', async () => {
    const [report] = await list()
    await book.unchanged(async () => {
      await refused(user.post(`/api/v1.0/report/${report?.id}?action=delete`), 400)
      await refused(user.send('DELETE', `/api/v1.0/report/${report?.id}`), 400)
      await refused(user.post(`/api/v1.0/report/${report?.id}`, 'status=S'), 400)
    })
    const renamed = (await user.post(`/api/v1.0/report/${report?.id}`, 'name=Everyday')).json<Report>()
    assert.deepEqual([renamed.name, renamed.is_default], ['Everyday', true])
    await user.post(`/api/v1.0/report/${report?.id}`, 'name=Default')
  })

  test('that is deleted takes its expenses along, as tombstones', async () => {
    const { id } = await created({ name: 'Doomed' })
    const expense = await user.post('/api/v1.0/expense/', { q: 'lunch 12', r: String(id) })
    const gone = expense.json<{ id: number; modified: string }>()
    book.clock.advance(60_000)
    await refused(user.post(`/api/v1.0/report/${id}?action=delete`), 204, '')
    await refused(user.get(`/api/v1.0/report/${id}`), 404, 'Not Found')
    await refused(user.get(`/api/v1.0/expense/${gone.id}`), 404, 'Not Found')
    await refused(user.get(`/api/v1.0/expenses/?report=${id}`), 404, 'Not Found')
    const modified = gone.modified.replace(' ', '+')
    const query = `?report=*&status=all&modified=${modified}&modified_op=gt`
    const found = (await user.get(`/api/v1.0/expenses/${query}`)).json<{ id: number; status: number }[]>()
    assert.deepEqual(
      found.map((one) => [one.id, one.status]),
      [[gone.id, -1]],
    )
    assert.ok((await list()).every((report) => report.id !== id))
    await book.unchanged(() => refused(user.send('DELETE', `/api/v1.0/report/${id}`), 204, ''))
  })

  test('that is handed in is not deleted', async () => {
    const { id } = await created({ name: 'Handed in' })
    await user.post(`/api/v1.0/report/${id}`, 'status=S')
    await book.unchanged(() => refused(user.send('DELETE', `/api/v1.0/report/${id}`), 400))
  })

  test('does not take what only the server decides', async () => {
    const made = await created({
      name: 'Honest',
      id: '1',
      is_default: 'True',
      user: '99',
      created: '2000-01-01',
    })
    assert.deepEqual([made.is_default, made.created], [false, made.modified])
    const form = { is_default: 'True', id: '1', organization_id: '2', modified: '2000-01-01' }
    await book.unchanged(async () => {
      assert.deepEqual((await user.post(`/api/v1.0/report/${made.id}`, form)).json(), made)
    })
  })
})
