// Lets a few works run at the same time; later ones wait their turn.

/** Runs a work when it is its turn, and answers what it answers. */
export type Queue = <T>(work: () => Promise<T>) => Promise<T>

/** A queue in which at most `maxRunning` works run at the same time. One that fails makes room like any other. */
export function createQueue(maxRunning: number): Queue {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= maxRunning) await new Promise<void>((resolve) => waiting.push(resolve))
    running += 1
    try {
      return await work()
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
}
