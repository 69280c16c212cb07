// One-time codes are those of the standard, so that every authenticator app shows them.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createSecrets } from './secrets.ts'

// The secret and the last six digits of the codes of RFC 6238, appendix B.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const codes: readonly [seconds: number, code: string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
]

describe('One-time codes', () => {
  const { newOneTimeSecret, oneTimeStep } = createSecrets()

  test('are those of the standard, with the step they belong to', async () => {
    for (const [seconds, code] of codes) {
      assert.equal(await oneTimeStep(secret, code, seconds * 1000), Math.floor(seconds / 30))
    }
  })

  test('of one step before and after tell their own step, others are wrong', async () => {
    const at = 1_111_111_111_000
    const step = Math.floor(1_111_111_111 / 30)
    assert.equal(await oneTimeStep(secret, '050471', at + 30_000), step)
    assert.equal(await oneTimeStep(secret, '050471', at - 30_000), step)
    for (const distance of [-60_000, 60_000, 3_600_000]) {
      assert.equal(await oneTimeStep(secret, '050471', at + distance), null)
    }
    for (const wrong of ['', '050472', '50471', '0050471', 'abcdef']) {
      assert.equal(await oneTimeStep(secret, wrong, at), null)
    }
  })

  test('have secrets of 160 random bits, no two alike', async () => {
    const made = await Promise.all(Array.from({ length: 50 }, () => newOneTimeSecret('ann@example.org')))
    for (const each of made) assert.match(each.secret, /^[A-Z2-7]{32}$/)
    assert.equal(new Set(made.map((each) => each.secret)).size, 50)
  })

  test('have an address that holds odd accounts as text', async () => {
    const { address } = await newOneTimeSecret('a&b=c?d#e/f@example.org')
    const url = new URL(address)
    assert.deepEqual([...url.searchParams.keys()].sort(), [
      'algorithm',
      'digits',
      'issuer',
      'period',
      'secret',
    ])
    assert.equal(url.hash, '')
    assert.equal(decodeURIComponent(url.pathname), '/Daybook:a&b=c?d#e/f@example.org')
  })
})
