// Runs a statement slice by slice and adds up what the slices have in common. Knows no engine: a worker thread loads it.

import type { Stored } from './codec.ts'
import type { Row, Shape } from './shape.ts'

/** A part of the rows to sum, small enough to be sorted within the processor's cache. */
export type Slice = {
  /** Put before each of its rows. */
  readonly prefix: readonly Stored[]
  readonly values: readonly Stored[]
}

export type SumJob = {
  readonly shape: Shape
  /** Takes the place of `shape` for a slice whose sums are beyond 64 bits. */
  readonly careful: Shape | undefined
  readonly slices: readonly Slice[]
  /** Columns of a row, prefix included, that tell which sum it belongs to; the others are added up. */
  readonly keys: number
  /** Sums at most. */
  readonly limit: number
}

/** Runs one statement. */
export type RunShape = (shape: Shape, values: readonly Stored[]) => readonly Row[] | Promise<readonly Row[]>

/** The sums of all slices. It ends early, with one sum too many, when there are more than the limit. */
export async function addUp({ shape, careful, slices, keys, limit }: SumJob, run: RunShape): Promise<Row[]> {
  const sums = new Map<string, Stored[]>()
  for (const { prefix, values } of slices) {
    for (const row of await runCarefully(run, shape, careful, values)) {
      const whole = [...prefix, ...row]
      // Keys are numbers and texts without this separator; null is like no text among them.
      const key = whole.slice(0, keys).join('\n')
      const sum = sums.get(key)
      if (sum === undefined) sums.set(key, whole)
      else for (let i = keys; i < whole.length; i += 1) sum[i] = Number(sum[i]) + Number(whole[i])
      if (sums.size > limit) return [...sums.values()]
    }
  }
  return [...sums.values()]
}

async function runCarefully(
  run: RunShape,
  shape: Shape,
  careful: Shape | undefined,
  values: readonly Stored[],
) {
  try {
    return await run(shape, values)
  } catch (error) {
    if (careful === undefined || !(error instanceof Error) || error.message !== 'integer overflow')
      throw error
    return run(careful, values)
  }
}
