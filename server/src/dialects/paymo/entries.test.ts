// Time at the Paymo door: entries of a day, with times, and running.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { type Caller, callBook, type Reply, readable } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'

type Entry = Readonly<Record<string, unknown>> & { readonly id: number }

const json = (value: unknown) => ({ bytes: JSON.stringify(value), type: 'application/json' })

function listed(reply: Reply): Entry[] {
  assert.equal(reply.status < 300, true, reply.text)
  return reply.json<{ entries: Entry[] }>().entries
}

function one(reply: Reply): Entry {
  const [entry] = listed(reply)
  assert.ok(entry !== undefined, reply.text)
  return entry
}

forEachEngine('Time at the Paymo door', (engine) => {
  let book: TestBook
  let owner: Caller
  let member: Caller
  let clientId: number
  let projectId: number
  let taskId: number
  before(async () => {
    book = await createTestBook(engine)
    const door = callBook(book, '/paymo/api', [readable])
    owner = door.as('owner@a.example', password)
    member = door.as('member@a.example', password)
    const actor = book.actorOf('owner')
    clientId = (await book.core.clients.add(actor, { name: 'Acme' })).id
    projectId = (await book.core.projects.add(actor, { name: 'Site', clientId })).id
    const reply = await owner.post('/tasks', json({ name: 'Build', project_id: projectId }))
    taskId = reply.json<{ tasks: { id: number }[] }>().tasks[0]?.id ?? 0
  })

  test('of a day has date and duration, and no times', async () => {
    const reply = await owner.post('/entries', json({ task_id: taskId, date: '2026-05-18', duration: 5400 }))
    assert.equal(reply.status, 201)
    assert.match(String(reply.headers.location), /^http:\/\/127\.0\.0\.1\/paymo\/api\/entries\/\d+$/)
    const entry = one(reply)
    assert.deepEqual(entry, {
      id: entry.id,
      project_id: projectId,
      task_id: taskId,
      client_id: clientId,
      user_id: book.actorOf('owner').personId,
      is_bulk: true,
      description: '',
      date: '2026-05-18',
      duration: 5400,
      added_manually: true,
      billed: false,
      invoice_item_id: null,
      created_on: '2026-05-20T12:00:00Z',
      updated_on: '2026-05-20T12:00:00Z',
    })
    const moved = one(
      await owner.send('PUT', `/entries/${entry.id}`, json({ date: '2026-05-19', duration: 60 })),
    )
    assert.deepEqual([moved.date, moved.duration, moved.is_bulk], ['2026-05-19', 60, true])
    const timed = { start_time: '2026-05-19T08:00:00Z', end_time: '2026-05-19T09:00:00Z' }
    const turned = one(await owner.send('PUT', `/entries/${entry.id}`, json(timed)))
    assert.deepEqual([turned.is_bulk, turned.duration, 'date' in turned], [false, 3600, false])
  })

  test('with times has start, end and the duration they make, and no date', async () => {
    for (const times of [
      { start_time: '2026-05-18T08:00:00Z', end_time: '2026-05-18T09:30:00Z' },
      { start_time: '2026-05-18T10:00:00+02:00', end_time: '2026-05-18T01:30:00-08:00' },
      { start_time: '2026-05-18T08:00:00.123Z', end_time: '2026-05-18 09:30:00' },
      { start_time: 1_779_091_200, end_time: '1779096600' },
      { start_time: '2026-05-18T08:00:00Z', duration: 5400 },
    ]) {
      const entry = one(
        await owner.post('/entries', json({ task_id: taskId, ...times, description: 'Work' })),
      )
      assert.deepEqual(
        [
          entry.start_time,
          entry.end_time,
          entry.duration,
          entry.is_bulk,
          entry.added_manually,
          'date' in entry,
        ],
        ['2026-05-18T08:00:00Z', '2026-05-18T09:30:00Z', 5400, false, true, false],
        JSON.stringify(times),
      )
    }
  })

  test('lasts a minute at least, new, changed and stopped', () =>
    book.unchanged(async () => {
      const times = { start_time: '2026-05-18T08:00:00Z', end_time: '2026-05-18T08:00:59Z' }
      const short = await owner.post('/entries', json({ task_id: taskId, ...times }))
      assert.equal(short.status, 400)
      assert.match(short.text, /at least 60 seconds/)
      const [first] = listed(await owner.get('/entries?where=is_bulk=false'))
      const end = { end_time: String(first?.start_time).replace(':00Z', ':30Z') }
      assert.equal((await owner.send('PUT', `/entries/${first?.id}`, json(end))).status, 400)
      const back = { start_time: '2026-05-18T08:00:00Z', end_time: '2026-05-18T07:00:00Z' }
      assert.equal((await owner.post('/entries', json({ task_id: taskId, ...back }))).status, 400)
    }))

  test('runs once for each person, and stops by an end', async () => {
    const start = { task_id: taskId, start_time: '2026-05-20T11:00:00Z' }
    const running = one(await member.post('/entries', json(start)))
    assert.deepEqual([running.end_time, running.duration, running.added_manually], [null, 0, false])
    await book.unchanged(async () => {
      const second = await member.post('/entries', json(start))
      assert.equal(second.status, 409)
      assert.deepEqual(Object.keys(second.json<object>()), ['message'])
    })
    const personId = book.actorOf('member').personId
    for (const filter of ['end_time=null', 'end_time=""']) {
      const found = listed(await member.get(`/entries?where=user_id=${personId} and ${filter}`))
      assert.deepEqual(
        found.map(({ id }) => id),
        [running.id],
      )
    }
    book.clock.advance(60_000)
    const end = { end_time: '2026-05-20T12:00:30Z' }
    const stopped = one(await member.send('PUT', `/entries/${running.id}`, json(end)))
    assert.deepEqual(
      [stopped.end_time, stopped.duration, stopped.added_manually],
      ['2026-05-20T12:00:30Z', 3630, false],
    )
    assert.equal((await member.post('/entries', json(start))).status, 201)
    assert.equal((await member.send('PUT', `/entries/${running.id}`, json({ end_time: null }))).status, 409)
  })

  test('runs once, also when it is started on several devices at the same moment', async () => {
    const admin = callBook(book, '/paymo/api').as('admin@a.example', password)
    const start = { task_id: taskId, start_time: '2026-05-20T11:00:00Z' }
    const replies = await Promise.all(Array.from({ length: 6 }, () => admin.post('/entries', json(start))))
    assert.deepEqual(replies.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409])
  })

  test('is found from a moment up to, not including, another, and a day by its midnight', async () => {
    const b = callBook(book, '/paymo/api').as('manager@a.example', password)
    const add = async (body: object) =>
      one(
        await b.post(
          '/entries',
          json({ task_id: taskId, user_id: book.actorOf('manager').personId, ...body }),
        ),
      ).id
    const timed = async (start: string) => add({ start_time: start, duration: 3600 })
    const first = await timed('2026-11-01T00:00:00Z')
    const middle = await timed('2026-11-15T10:00:00Z')
    const edge = await timed('2026-12-01T00:00:00Z')
    const dayOne = await add({ date: '2026-11-01', duration: 60 })
    const dayLast = await add({ date: '2026-11-30', duration: 60 })
    const dayAfter = await add({ date: '2026-12-01', duration: 60 })
    const find = async (from: string, to: string) => {
      const where = `user_id=${book.actorOf('manager').personId} and time_interval in ("${from}","${to}")`
      return listed(await b.get(`/entries?where=${where}`)).map(({ id }) => id)
    }
    const month = [first, middle, dayOne, dayLast]
    assert.deepEqual(await find('2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'), month)
    assert.deepEqual(await find('2026-11-01T00:00:00Z', '2026-11-30T23:59:59Z'), month)
    assert.deepEqual(await find('2026-11-01T00:00:00 00:00', '2026-12-01T00:00:00+00:00'), month)
    // Days alone begin at midnight of the caller: an hour earlier in Amsterdam.
    assert.deepEqual(await find('2026-11-01', '2026-12-01'), month)
    assert.deepEqual(await find('2026-12-01T00:00:00Z', '2026-12-02T00:00:00Z'), [edge, dayAfter])
    assert.deepEqual(await find('2026-12-02', '2026-12-01'), [])
    for (const wrong of [
      'time_interval in ("2026-11-01")',
      'time_interval="2026-11-01"',
      'time_interval in (a,b)',
    ]) {
      assert.equal((await b.get(`/entries?where=${wrong}`)).status, 400, wrong)
    }
  })

  test('of a client is that of its project, whatever door it came through', async () => {
    const actor = book.actorOf('owner')
    const startedAt = book.clock.now
    const other = await book.core.time.log(actor, { projectId, startedAt, endedAt: startedAt + 60_000 })
    const entry = one(await owner.get(`/entries/${other.id}`))
    assert.deepEqual([entry.client_id, entry.task_id], [clientId, null])
    const found = listed(await owner.get(`/entries?where=client_id=${clientId}`))
    assert.ok(found.some(({ id }) => id === other.id))
    assert.ok(found.every((row) => row.client_id === clientId))
    assert.deepEqual(listed(await owner.get('/entries?where=client_id=999999')), [])
    assert.ok(listed(await owner.get('/entries?where=client_id=null')).every((row) => row.client_id === null))
  })

  test('shows its task and the project of that', async () => {
    const [entry] = listed(
      await owner.get('/entries?where=is_bulk=false&include=id,task.name,task.project.name,time_interval'),
    )
    assert.deepEqual(entry?.task, { name: 'Build', project: { name: 'Site' } })
  })

  test('can be marked as billed, and keeps its times then', async () => {
    const times = { start_time: '2026-05-18T08:00:00Z', duration: 3600 }
    const { id } = one(await owner.post('/entries', json({ task_id: taskId, ...times })))
    assert.equal(one(await owner.send('PUT', `/entries/${id}`, json({ billed: true }))).billed, true)
    await book.unchanged(async () => {
      const later = { end_time: '2026-05-18T10:00:00Z' }
      assert.equal((await owner.send('PUT', `/entries/${id}`, json(later))).status, 400)
      assert.equal((await owner.send('DELETE', `/entries/${id}`)).status, 400)
    })
    assert.equal(one(await owner.send('PUT', `/entries/${id}`, json({ billed: false }))).billed, false)
    assert.equal((await owner.send('DELETE', `/entries/${id}`)).text, '{}')
  })

  test('goes to no archived project, to no unknown task, and to nobody else’s', async () => {
    const actor = book.actorOf('owner')
    const shut = await book.core.projects.add(actor, { name: 'Old', clientId, state: 'archived' })
    const task = await book.core.activities.add(actor, { name: 'x', projectId: shut.id })
    await book.unchanged(async () => {
      const times = { start_time: '2026-05-18T08:00:00Z', duration: 3600 }
      const denied = await owner.post('/entries', json({ task_id: task.id, ...times }))
      assert.deepEqual([denied.status, denied.json()], [403, { message: 'Access to project denied' }])
      assert.equal((await owner.post('/entries', json({ task_id: 999_999, ...times }))).status, 400)
      assert.equal((await owner.post('/entries', json(times))).status, 400)
      assert.equal((await owner.post('/entries', json({ task_id: taskId }))).status, 400)
      assert.equal((await owner.post('/entries', json({ task_id: taskId, date: '2026-05-18' }))).status, 400)
      const theirs = { task_id: taskId, ...times, user_id: actor.personId }
      assert.equal((await member.post('/entries', json(theirs))).status, 403)
    })
  })

  test('comes as a list of several at once', async () => {
    const entry = { task_id: taskId, date: '2026-05-18', duration: 60 }
    const reply = await owner.post('/entries', json([entry, entry]))
    assert.deepEqual([reply.status, listed(reply).length], [201, 2])
  })

  describe('What another door has kept', () => {
    test('is the same entry here, its breaks not counted', async () => {
      const actor = book.actorOf('owner')
      const startedAt = Date.parse('2026-05-11T08:00:00Z')
      const entry = await book.core.time.log(actor, {
        startedAt,
        endedAt: startedAt + 7_200_000,
        breakSeconds: 1800,
        projectId,
      })
      const shown = one(await owner.get(`/entries/${entry.id}`))
      assert.equal(shown.duration, 5400)
      await book.unchanged(() => owner.send('PUT', `/entries/${entry.id}`, json(shown)))
    })
  })
})
