// What counts as lost, doubled and kept when the book is compared with what was acknowledged.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createTally, type Entry, type Found, type State, settle } from './ledger.ts'

const before: State = { amount: '10.00', tag: 'cash', deleted: false, receipt: null }
const after: State = { ...before, amount: '20.00', tag: 'travel' }
const entry = (known: State | null, pending?: State): Entry => ({
  ...{ note: 'with q', reportId: 1, id: known === null ? undefined : 7 },
  ...{ known, pending },
})
const found = (state: State, id = 7): Found => ({ id, note: 'with q', state })

const cases: readonly {
  readonly name: string
  readonly entry: Entry
  readonly found: readonly Found[]
  readonly lost?: number
  readonly doubled?: number
  readonly kept?: number
  readonly dropped?: number
}[] = [
  { name: 'acknowledged and there', entry: entry(before), found: [found(before)] },
  { name: 'acknowledged and gone', entry: entry(before), found: [], lost: 1 },
  { name: 'there in the state before', entry: entry(after), found: [found(before)], lost: 1 },
  { name: 'there twice', entry: entry(before), found: [found(before), found(before, 8)], doubled: 1 },
  { name: 'created without an answer, there', entry: entry(null, after), found: [found(after)], kept: 1 },
  { name: 'created without an answer, not there', entry: entry(null, after), found: [], dropped: 1 },
  { name: 'changed without an answer, done', entry: entry(before, after), found: [found(after)], kept: 1 },
  {
    name: 'changed without an answer, not done',
    entry: entry(before, after),
    found: [found(before)],
    dropped: 1,
  },
  {
    name: 'half of a change',
    entry: entry(before, after),
    found: [found({ ...before, amount: after.amount })],
    lost: 1,
    dropped: 1,
  },
  {
    name: 'deleted and alive again',
    entry: entry({ ...before, deleted: true }),
    found: [found(before)],
    lost: 1,
  },
  {
    name: 'another receipt',
    entry: entry({ ...before, receipt: 'aa' }),
    found: [found({ ...before, receipt: 'bb' })],
    lost: 1,
  },
]

describe('the ledger', () => {
  for (const { name, entry, found, lost = 0, doubled = 0, kept = 0, dropped = 0 } of cases) {
    it(name, () => {
      const tally = createTally()
      settle(entry, found, tally)
      assert.deepEqual(
        [tally.lost, tally.doubled, tally.unanswered.kept, tally.unanswered.dropped],
        [lost, doubled, kept, dropped],
      )
      assert.equal(tally.violations.length, lost + doubled)
      assert.deepEqual(entry.known, found[0]?.state ?? null)
    })
  }

  it('knows an entry by its number', () => {
    const tally = createTally()
    settle(entry(before), [found(before, 8)], tally)
    assert.deepEqual(tally.violations, ['with q: acknowledged as 7, now 8.'])
  })
})
