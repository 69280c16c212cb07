// Numbers that look random and are the same each time.

export type Random = {
  /** A whole number, both ends included. */
  readonly int: (from: number, to: number) => number
  /** True once in so many times. */
  readonly oneIn: (times: number) => boolean
  /** One of the list, which must not be empty. */
  readonly pick: <T>(list: readonly T[]) => T
  readonly bytes: (size: number) => Uint8Array
}

/**
 * A stream of its own for each seed, so that a change in one part of the demo leaves the others as they were.
 * The generator is mulberry32: 32 bits of state and integer arithmetic only, hence the same on every machine.
 */
export function createRandom(seed: number): Random {
  let state = seed | 0

  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  function int(from: number, to: number): number {
    return from + (next() % (to - from + 1))
  }

  return {
    int,
    oneIn: (times) => int(1, times) === 1,
    pick(list) {
      const item = list[int(0, list.length - 1)]
      if (item === undefined) throw new RangeError('Nothing to pick from.')
      return item
    },
    bytes: (size) => Uint8Array.from({ length: size }, () => next() >>> 24),
  }
}
