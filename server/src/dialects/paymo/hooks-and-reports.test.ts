// Webhooks and reports at the Paymo door: both are everybody's own.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { type Caller, callBook, type Reply, readable } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import { parseLocalDate } from '../../core/day.ts'
import { daysOf, intervals } from './report-range.ts'

type Thing = Readonly<Record<string, unknown>> & { readonly id: number }

const json = (value: unknown) => ({ bytes: JSON.stringify(value), type: 'application/json' })

function one(reply: Reply): Thing {
  assert.ok(reply.status < 300, reply.text)
  return Object.values(reply.json<Record<string, Thing[]>>())[0]?.[0] as Thing
}

forEachEngine('Hooks and reports at the Paymo door', (engine) => {
  let book: TestBook
  let owner: Caller
  let member: Caller
  let task: Thing
  before(async () => {
    book = await createTestBook(engine)
    const door = callBook(book, '/paymo/api', [readable])
    owner = door.as('owner@a.example', password)
    member = door.as('member@a.example', password)
    const client = one(await owner.post('/clients', json({ name: 'Acme' })))
    const project = one(await owner.post('/projects', json({ name: 'Site', client_id: client.id })))
    task = one(await owner.post('/tasks', json({ name: 'Build', project_id: project.id })))
    for (const [by, date, duration] of [
      [owner, '2026-05-04', 3600],
      [owner, '2026-05-05', 1800],
      [member, '2026-05-05', 1800],
      [owner, '2026-04-30', 60],
    ] as const) {
      await by.post('/entries', json({ task_id: task.id, date, duration }))
    }
  })

  describe('A hook', () => {
    const wanted = { target_url: 'https://x.example/hook', event: 'model.insert.Expense' }

    test('is kept with its filter, and never shows its secret', async () => {
      const reply = await owner.post('/hooks', json({ ...wanted, where: 'client_id=5', secret: 'sesame' }))
      assert.equal(reply.status, 201)
      const hook = one(reply)
      assert.deepEqual(hook, {
        id: hook.id,
        ...wanted,
        where: 'client_id=5',
        last_status_code: null,
        created_on: '2026-05-20T12:00:00Z',
        updated_on: '2026-05-20T12:00:00Z',
      })
      assert.ok(!JSON.stringify(await book.log()).includes('sesame'))
      const changed = one(
        await owner.send('PUT', `/hooks/${hook.id}`, json({ event: '*.Task', where: null })),
      )
      assert.deepEqual(
        [changed.event, changed.where, changed.target_url],
        ['*.Task', null, wanted.target_url],
      )
      assert.equal((await member.get(`/hooks/${hook.id}`)).status, 404)
      const theirs = one(await member.post('/hooks', json(wanted)))
      assert.equal((await owner.get(`/hooks/${theirs.id}`)).status, 404)
      assert.equal((await owner.send('PUT', `/hooks/${theirs.id}`, json({ event: '*' }))).status, 404)
      assert.equal((await owner.send('DELETE', `/hooks/${theirs.id}`)).status, 404)
      assert.deepEqual((await owner.get('/hooks')).json(), { hooks: [changed] })
      assert.equal((await owner.send('DELETE', `/hooks/${hook.id}`)).text, '{}')
      assert.equal((await owner.get('/hooks')).text, '{"hooks":[]}')
    })

    for (const event of [
      '*',
      'model.insert.*',
      '*.Task',
      'model.*.Entry',
      'model.start.Entry',
      'model.delete.Booking',
    ]) {
      test(`may ask for ${event}`, async () => {
        assert.equal((await owner.post('/hooks', json({ ...wanted, event }))).status, 201)
      })
    }

    test('with a wildcard may have words that fit some objects only', async () => {
      assert.equal((await owner.post('/hooks', json({ ...wanted, event: '*', where: 'a=' }))).status, 201)
    })

    for (const [what, wrong] of Object.entries({
      'an event nobody sends': { event: 'model.insert.Cat' },
      'the event of an SDK that has it wrong': { event: 'timer.start.Entry' },
      'no event': { event: undefined },
      'no target': { target_url: undefined },
      'a target that is no address': { target_url: 'ftp://x' },
      'a filter that is none': { where: 'client_id' },
    })) {
      test(`is refused with ${what}`, () =>
        book.unchanged(async () => {
          const reply = await owner.post('/hooks', json({ ...wanted, ...wrong }))
          assert.equal(reply.status, 400, reply.text)
        }))
    }
  })

  describe('A report', () => {
    const include = { projects: true, tasks: true, users: false }

    test('adds time up along its groups, the total last', async () => {
      const reply = await owner.post(
        '/reports',
        json({ type: 'static', name: 'May', date_interval: 'this_month', include }),
      )
      assert.equal(reply.status, 201, reply.text)
      const report = one(reply)
      const rows = (report.content as { items: Thing[] }).items
      assert.deepEqual(
        rows.map(({ type, title, time, pct, level }) => [type, title, time, pct, level]),
        [
          ['project', 'Site', 7200, 100, 1],
          ['task', 'Build', 7200, 100, 2],
          ['total', 'Total', 7200, 100, 0],
        ],
      )
      assert.deepEqual([report.start_date, report.end_date], ['2026-05-01', '2026-05-31'])
      const info = report.info as { projects: string[] }
      assert.deepEqual(info.projects, [String(task.project_id)])
      const [listed] = (await owner.get('/reports')).json<{ reports: Thing[] }>().reports
      assert.deepEqual([listed?.name, listed !== undefined && 'content' in listed], ['May', false])
      assert.equal((await member.get(`/reports/${report.id}`)).status, 404)
      assert.deepEqual((await member.get('/reports')).json(), { reports: [] })
    })

    test('shows members their own time only', async () => {
      const body = { type: 'temp', date_interval: 'this_month', include: ['users', 'days'] }
      const report = one(await member.post('/reports', json(body)))
      const rows = (report.content as { items: Thing[] }).items
      assert.deepEqual(
        rows.map(({ type, title, time }) => [type, title, time]),
        [
          ['day', '2026-05-05', 1800],
          ['user', 'member of A', 1800],
          ['total', 'Total', 1800],
        ],
      )
      assert.equal((await member.get('/reports')).text, '{"reports":[]}')
    })

    test('is limited to days, users, projects and clients', async () => {
      const total = async (more: object) => {
        const body = { type: 'temp', date_interval: 'all_time', ...more }
        const rows = (one(await owner.post('/reports', json(body))).content as { items: Thing[] }).items
        return rows.at(-1)?.time
      }
      assert.equal(await total({}), 7260)
      assert.equal(await total({ users: [book.actorOf('owner').personId] }), 5460)
      assert.equal(await total({ projects: 'all_archived' }), 0)
      assert.equal(await total({ projects: 'status_id=5' }), 0)
      assert.equal(await total({ clients: 'all_active' }), 7260)
      const from = Date.parse('2026-05-05T00:00:00Z') / 1000
      assert.equal(await total({ date_interval: undefined, start_date: from, end_date: from }), 3600)
    })

    test('is changed and deleted', async () => {
      const report = one(await owner.post('/reports', json({ type: 'live', date_interval: 'today' })))
      const changed = one(await owner.send('PUT', `/reports/${report.id}`, json({ name: 'New' })))
      assert.deepEqual([changed.name, changed.start_date], ['New', '2026-05-20'])
      book.clock.advance(24 * 3_600_000)
      assert.equal(one(await owner.get(`/reports/${report.id}`)).start_date, '2026-05-21')
      assert.equal((await owner.send('DELETE', `/reports/${report.id}`)).text, '{}')
      assert.equal((await owner.get(`/reports/${report.id}`)).status, 404)
    })

    for (const wrong of [
      {},
      { type: 'static' },
      { type: 'odd', date_interval: 'today' },
      { type: 'temp', date_interval: 'someday' },
      { type: 'temp', start_date: 100_000, end_date: 1 },
      { type: 'temp', date_interval: 'today', projects: 'some' },
    ]) {
      test(`is refused with ${JSON.stringify(wrong)}`, () =>
        book.unchanged(async () => assert.equal((await owner.post('/reports', json(wrong))).status, 400)))
    }
  })
})

describe('Named intervals', () => {
  const today = parseLocalDate('2026-01-01')
  const expected = {
    today: '2026-01-01 2026-01-01',
    yesterday: '2025-12-31 2025-12-31',
    this_week: '2025-12-29 2026-01-04',
    last_week: '2025-12-22 2025-12-28',
    this_month: '2026-01-01 2026-01-31',
    last_month: '2025-12-01 2025-12-31',
    this_year: '2026-01-01 2026-12-31',
    last_year: '2025-01-01 2025-12-31',
    all_time: '1970-01-01 2026-01-01',
  }
  for (const interval of intervals) {
    test(`${interval} is ${expected[interval]} on New Year’s Day`, () => {
      assert.ok(today !== undefined)
      const { from, to } = daysOf(interval, today)
      assert.equal(`${from} ${to}`, expected[interval])
    })
  }
})
