// The worker of an SQLite book as its server sees it: started by the first job, ended after a while without any.

import { Worker } from 'node:worker_threads'
import { DomainError } from '../core/errors.ts'
import type { SumJob, Sums } from './sums.ts'
import type { Answer, Question } from './worker-thread.ts'

/** Jobs that wait at most. Each takes half a second at worst, and nobody waits longer than half a minute. */
const maxWaiting = 64

/** Megabytes of the thread's own heap. Sums are few; the database's memory is not in it. */
const heapMegabytes = 128

export type SumWorker = {
  /** Throws `unavailable` when too many jobs wait or the thread ends, and what the database throws. */
  readonly sum: (job: SumJob) => Promise<Sums>
  /** Waits for the jobs that are asked for, and ends the thread. */
  readonly close: () => Promise<void>
}

export type SumWorkerOptions = {
  /** How long a statement waits for another process. */
  readonly busyMs: number
  /** How long the thread stays without a job. */
  readonly idleMs?: number
}

/** Makes the worker of a database file. Nothing is started before the first job. */
export function createSumWorker(path: string, { busyMs, idleMs = 30_000 }: SumWorkerOptions): SumWorker {
  const waiting = new Map<number, PromiseWithResolvers<Sums>>()
  let thread: Worker | undefined
  let ended: Promise<void> = Promise.resolve()
  let idle: NodeJS.Timeout | undefined
  let lastId = 0

  function start(): Worker {
    const heap = { maxOldGenerationSizeMb: heapMegabytes }
    const started = new Worker(new URL('./worker-thread.ts', import.meta.url), {
      workerData: { path, busyMs },
      resourceLimits: heap,
    })
    const exit = new Promise<void>((resolve) => {
      started.on('exit', () => {
        // One that ends by itself has met an error: its jobs are refused, and the next one starts another thread.
        if (thread === started) forget(new Error('The worker thread has ended.'))
        resolve()
      })
    })
    ended = Promise.all([ended, exit]).then(() => {})
    started.on('error', (error) => {
      if (thread === started) forget(error)
    })
    started.on('message', (answer: Answer) => settle(answer))
    return started
  }

  function forget(cause: unknown): void {
    thread = undefined
    for (const { reject } of waiting.values()) reject(unavailable('The totals could not be made.', cause))
    waiting.clear()
  }

  function settle(answer: Answer): void {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('sums' in answer) asked?.resolve(answer.sums)
    else asked?.reject(Object.assign(new Error(answer.error.message), { errcode: answer.error.errcode }))
    if (waiting.size > 0) return
    // A thread that only waits must not keep a process alive that has nothing else to do.
    thread?.unref()
    idle = setTimeout(end, idleMs)
    idle.unref()
  }

  function end(): void {
    const ending = thread
    thread = undefined
    clearTimeout(idle)
    ending?.ref()
    ending?.postMessage(null satisfies Question)
  }

  return {
    sum(job) {
      if (waiting.size >= maxWaiting) {
        return Promise.reject(unavailable('Too many totals are being made at the moment.', undefined))
      }
      clearTimeout(idle)
      lastId += 1
      const answer = Promise.withResolvers<Sums>()
      waiting.set(lastId, answer)
      thread ??= start()
      thread.ref()
      thread.postMessage({ id: lastId, job } satisfies Question)
      return answer.promise
    },
    async close() {
      await Promise.allSettled([...waiting.values()].map(({ promise }) => promise))
      end()
      await ended
    },
  }
}

function unavailable(message: string, cause: unknown): DomainError {
  const failure = new DomainError('unavailable', 'store_unavailable', message)
  failure.cause = cause
  return failure
}
