// The worker thread of an SQLite book: sums over a read-only connection of its own, one job after the other.

import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { bind, type Row, type Shape } from './shape.ts'
import { addUp, type SumJob, type Sums } from './sums.ts'

/** Asks for one job; null ends the thread. */
export type Question = { readonly id: number; readonly job: SumJob } | null

/** What comes back. Of an error only what tells its kind crosses over. */
export type Answer =
  | { readonly id: number; readonly sums: Sums }
  | { readonly id: number; readonly error: { readonly message: string; readonly errcode: unknown } }

const { path, busyMs } = workerData as { readonly path: string; readonly busyMs: number }
const database = new DatabaseSync(path, { readOnly: true, timeout: busyMs })
database.exec('pragma cache_size=-6144; pragma temp_store=memory;')
const statements = new Map<string, StatementSync>()

parentPort?.on('message', async (question: Question) => {
  if (question === null) {
    database.close()
    parentPort?.close()
    return
  }
  const answered = await answer(question.id, question.job)
  parentPort?.postMessage(answered, 'sums' in answered ? [answered.sums.numbers.buffer] : [])
})

async function answer(id: number, job: SumJob): Promise<Answer> {
  try {
    // All slices see the book as it is at one moment.
    database.exec('begin')
    return { id, sums: await addUp(job, run) }
  } catch (error) {
    const { message, errcode } = error as Error & { readonly errcode?: unknown }
    return { id, error: { message, errcode } }
  } finally {
    if (database.isTransaction) database.exec('rollback')
  }
}

function run(shape: Shape, values: Parameters<typeof bind>[1]): readonly Row[] {
  return prepared(shape).all(...bind(shape, values)) as unknown as Row[]
}

function prepared({ sql }: Shape): StatementSync {
  const known = statements.get(sql)
  if (known !== undefined) return known
  const statement = database.prepare(sql)
  statement.setReturnArrays(true)
  if (statements.size >= 100) statements.clear()
  statements.set(sql, statement)
  return statement
}
