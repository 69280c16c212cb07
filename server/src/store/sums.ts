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

/** Sums one after the other in flat lists, which cross from thread to thread at little cost. */
export type Sums = {
  /** So many for each sum as the job has keys. */
  readonly keys: readonly Stored[]
  /** What was added up; nothing counts as 0. */
  readonly numbers: Float64Array<ArrayBuffer>
}

/** Runs one statement. */
export type RunShape = (shape: Shape, values: readonly Stored[]) => readonly Row[] | Promise<readonly Row[]>

/** The sums of all slices. It ends early, with one sum too many, when there are more than the limit. */
export async function addUp({ shape, careful, slices, keys, limit }: SumJob, run: RunShape): Promise<Sums> {
  const sums = new Map<string, Stored[]>()
  for (const { prefix, values } of slices) {
    if (sums.size > limit) break
    const around = prefix.join('\n')
    const taken = keys - prefix.length
    for (const row of await runCarefully(run, shape, careful, values)) {
      // Keys are numbers and texts without this separator; null is like no text among them.
      let name = around
      for (let i = 0; i < taken; i += 1) name += `\n${row[i] ?? ''}`
      const sum = sums.get(name)
      if (sum === undefined) sums.set(name, [...prefix, ...row])
      else
        for (let i = taken; i < row.length; i += 1)
          sum[i + prefix.length] = add(sum[i + prefix.length], row[i])
    }
  }
  return flat([...sums.values()].slice(0, limit + 1), keys)
}

function add(a: Stored | undefined, b: Stored | undefined): number {
  return Number(a) + Number(b)
}

function flat(rows: readonly (readonly Stored[])[], keys: number): Sums {
  const width = Math.max(0, (rows[0]?.length ?? 0) - keys)
  const numbers = new Float64Array(rows.length * width)
  rows.forEach((row, at) => {
    for (let i = 0; i < width; i += 1) numbers[at * width + i] = Number(row[keys + i])
  })
  return { keys: rows.flatMap((row) => row.slice(0, keys)), numbers }
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
