// The worker of an SQLite book: it starts when it is needed, ends when it is not, and its end is told to those who wait.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Worker } from 'node:worker_threads'
import { refusal } from '../../test/harness.ts'
import { openStore } from './index.ts'
import type { SumJob, Sums } from './sums.ts'
import { createSumWorker } from './worker.ts'

const folder = mkdtempSync(join(tmpdir(), 'daybook-worker-'))
const path = join(folder, 'book.db')
const busyMs = 1000

/** A job of one slice. */
function ask(sql: string, more: Partial<SumJob> = {}): SumJob {
  const shape = { name: undefined, sql, order: [] }
  return { shape, careful: undefined, slices: [{ prefix: [], values: [] }], keys: 1, limit: 100, ...more }
}

/** Keys and numbers of a job's sums, one after the other. */
const listed = ({ keys, numbers }: Sums) => [...keys, ...numbers]

/** The threads that `work` starts. */
async function threadsOf(work: () => Promise<unknown>): Promise<Worker[]> {
  const threads: Worker[] = []
  const see = (thread: Worker) => threads.push(thread)
  process.on('worker', see)
  await work().finally(() => process.off('worker', see))
  return threads
}

const slow = `with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000) select 0, count(*) from n`

before(async () => (await openStore(path)).close())
after(() => rmSync(folder, { recursive: true, force: true }))

describe('The worker', () => {
  test('is not there before the first job, and is one for many', async () => {
    const threads = await threadsOf(async () => {
      const worker = createSumWorker(path, { busyMs })
      await worker.close()
    })
    assert.equal(threads.length, 0)
    const worker = createSumWorker(path, { busyMs })
    const busy = await threadsOf(async () => {
      const rows = await Promise.all([1, 2, 3].map((i) => worker.sum(ask(`select 0, ${i}`))))
      assert.deepEqual(rows.map(listed), [
        [0, 1],
        [0, 2],
        [0, 3],
      ])
    })
    assert.equal(busy.length, 1)
    await worker.close()
  })

  test('ends when it is idle, and another one takes the next job', async () => {
    const worker = createSumWorker(path, { busyMs, idleMs: 0 })
    const [first] = await threadsOf(() => worker.sum(ask('select 0, 1')))
    assert.ok(first)
    await once(first, 'exit')
    const second = await threadsOf(() => worker.sum(ask('select 0, 2')))
    assert.equal(second.length, 1)
    await worker.close()
  })

  test('finishes what was asked for before it closes', async () => {
    const worker = createSumWorker(path, { busyMs })
    const asked = [worker.sum(ask(slow)), worker.sum(ask('select 0, 2'))]
    await worker.close()
    assert.deepEqual((await Promise.all(asked)).map(listed), [
      [0, 300_000],
      [0, 2],
    ])
  })

  test('tells what the database says, and goes on', async () => {
    const worker = createSumWorker(path, { busyMs })
    await assert.rejects(worker.sum(ask('select id from nowhere')), /no such table: nowhere/)
    await assert.rejects(worker.sum(ask('delete from tags')), /readonly database/)
    assert.deepEqual(listed(await worker.sum(ask('select 0, 1'))), [0, 1])
    await worker.close()
  })

  test('that dies refuses those who wait, and the next job has a new one', async () => {
    const worker = createSumWorker(path, { busyMs })
    const [thread] = await threadsOf(() => worker.sum(ask('select 0, 1')))
    const waiting = [worker.sum(ask(slow)), worker.sum(ask(slow))].map((job) =>
      assert.rejects(job, refusal('unavailable', { reason: 'store_unavailable' })),
    )
    await thread?.terminate()
    await Promise.all(waiting)
    assert.deepEqual(listed(await worker.sum(ask('select 0, 2'))), [0, 2])
    await worker.close()
  })

  test('whose database is gone refuses the job', async () => {
    const worker = createSumWorker(join(folder, 'nowhere', 'book.db'), { busyMs })
    await assert.rejects(
      worker.sum(ask('select 0, 1')),
      refusal('unavailable', { reason: 'store_unavailable' }),
    )
    await worker.close()
  })

  test('takes so many jobs and no more', async () => {
    const worker = createSumWorker(path, { busyMs })
    const asked = Array.from({ length: 64 }, () => worker.sum(ask('select 0, 1')))
    await assert.rejects(worker.sum(ask('select 0, 1')), refusal('unavailable'))
    assert.equal((await Promise.all(asked)).length, 64)
    assert.deepEqual(listed(await worker.sum(ask('select 0, 1'))), [0, 1])
    await worker.close()
  })
})

describe('Slices', () => {
  const slices = (...rows: [prefix: number, key: number | null, value: number][]): Partial<SumJob> => ({
    shape: { name: undefined, sql: 'select cast(? as bigint), cast(? as bigint)', order: [0, 1] },
    slices: rows.map(([prefix, key, value]) => ({ prefix: [prefix], values: [key, value] })),
    keys: 2,
  })

  test('with the same keys are added up, and the others are not', async () => {
    const worker = createSumWorker(path, { busyMs })
    const sums = await worker.sum(
      ask('', slices([0, 1, 5], [0, 1, 6], [0, null, 7], [1, 1, 8], [0, null, 9])),
    )
    assert.deepEqual(sums.keys, [0, 1, 0, null, 1, 1])
    assert.deepEqual([...sums.numbers], [11, 16, 8])
    await worker.close()
  })

  test('end with one sum more than the limit', async () => {
    const worker = createSumWorker(path, { busyMs })
    const many = slices(...Array.from({ length: 50 }, (_, i): [number, number, number] => [i, 0, 1]))
    assert.equal((await worker.sum(ask('', { ...many, limit: 10 }))).numbers.length, 11)
    await worker.close()
  })
})
