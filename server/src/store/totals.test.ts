// What totals lean on in SQLite: an index that has all that is summed, and a thread of their own.

import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { before, describe, test } from 'node:test'
import { createTestBook, createTestEngine, noon, type TestBook } from '../../test/harness.ts'
import type { SumField, SummedNoun } from '../core/ports.ts'
import { openSqlite } from './sqlite.ts'
import type { SumJob } from './sums.ts'
import { createSums } from './totals.ts'

describe('Totals on SQLite', () => {
  const engine = createTestEngine('sqlite')
  let book: TestBook
  let database: DatabaseSync

  before(async () => {
    book = await createTestBook(engine)
    database = new DatabaseSync(book.address, { readOnly: true })
    engine.closing({ close: async () => database.close() })
  })

  /** How SQLite runs the statements of these sums. */
  async function plansOf<N extends SummedNoun>(
    noun: N,
    query: object,
    by: readonly SumField<N>[],
  ): Promise<string[]> {
    const { shapes, close } = openSqlite(':memory:')
    const asked: SumJob[] = []
    const nowhere = { rows: async () => [], run: async () => 0 }
    const sums = createSums({ kind: 'sqlite', shapes }, nowhere, async (job) => {
      asked.push(job)
      return { keys: [1], numbers: new Float64Array() }
    })
    const scoped = { ...query, organizationId: 1 } as never
    await sums.of(noun, { query: scoped, by, bounds: [0, 1], limit: 1 })
    await sums.ends(noun, scoped)
    if (noun === 'time_entry') await sums.running(scoped)
    await close()
    return asked.flatMap(({ shape }) =>
      database
        .prepare(`explain query plan ${shape.sql}`)
        .all()
        .map(({ detail }) => String(detail)),
    )
  }

  const places = ['clientId', 'projectId', 'activityId', 'personId', 'billable', 'billed'] as const
  const filter = {
    personId: 1,
    clientIds: [1],
    projectIds: [1, 2],
    activityIds: [3],
    billed: true,
    billable: false,
  }

  test('of time walk through one index that has everything, whatever is asked of the entries', async () => {
    for (const query of [{}, filter]) {
      const plans = await plansOf('time_entry', query, [...places, 'hourlyRate'])
      const [sums, ...rest] = plans.filter((plan) => /time_entries/.test(plan))
      assert.match(
        sums ?? '',
        /SEARCH time_entries USING COVERING INDEX time_entries_start \(organization_id=\? AND started_at>\? AND started_at<\?\)/,
      )
      assert.equal(rest.length, 3)
      for (const plan of rest) assert.match(plan, /SEARCH .* INDEX time_entries_(start|running)/)
    }
  })

  test('of expenses too, except those of one report', async () => {
    for (const query of [{}, filter]) {
      const [sums] = await plansOf('expense', query, [...places, 'categoryId', 'reportId', 'currency'])
      assert.match(
        sums ?? '',
        /SEARCH expenses USING COVERING INDEX expenses_spent \(organization_id=\? AND spent_at>\? AND spent_at<\?\)/,
      )
    }
    const [ofReport] = await plansOf('expense', { reportId: 7 }, ['currency'])
    assert.match(
      ofReport ?? '',
      /SEARCH expenses USING INDEX expenses_report \(organization_id=\? AND report_id=\?/,
    )
  })

  test('let reads that are asked for later go first', async () => {
    const owner = book.actorOf('owner')
    await book.core.time.log(owner, { startedAt: noon, endedAt: noon + 1000 })
    const order: string[] = []
    const total = book.core.totals
      .time(owner, { by: ['day'] })
      .then(({ whole }) => order.push(`total of ${whole.count}`))
    await book.core.time.list(owner, {}).then((entries) => order.push(`list of ${entries.length}`))
    await total
    assert.deepEqual(order, ['list of 1', 'total of 1'])
  })
})
