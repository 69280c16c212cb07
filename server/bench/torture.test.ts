// A few rounds of `npm run torture` on each engine, so that no change loses writes unnoticed.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createTestEngine } from '../test/harness.ts'
import { torture } from './crash/rounds.ts'

/** Always the same kills and writes; the moments in between are the machine's own. */
const seed = 4000

describe('after kill -9', () => {
  for (const [kind, rounds] of [
    ['sqlite', 3],
    ['postgres', 1],
  ] as const) {
    describe(kind, () => {
      const engine = createTestEngine(kind)
      it('every acknowledged write is there exactly once', async () => {
        const postgres = kind === 'postgres' ? await engine.freshAddress() : undefined
        const { violations, acknowledged } = await torture({ rounds, seed, folder: engine.folder, postgres })
        assert.deepEqual(violations, [])
        assert.ok(acknowledged.creates > 0, 'Nothing was written before the kill.')
      })
    })
  }
})
