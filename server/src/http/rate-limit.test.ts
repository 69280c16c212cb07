// Limits per caller: counted down, told, and started anew with the next window.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRateLimiter } from './rate-limit.ts'

test('A caller is let through until the limit, each on their own.', () => {
  const take = createRateLimiter(() => 0, 2, 1000)
  assert.deepEqual(take('a'), { limit: 2, remaining: 1, resetSeconds: 1, allowed: true })
  assert.equal(take('a').allowed, true)
  assert.deepEqual(take('a'), { limit: 2, remaining: 0, resetSeconds: 1, allowed: false })
  assert.equal(take('b').allowed, true)
})

test('The next window starts with the whole limit.', () => {
  let now = 0
  const take = createRateLimiter(() => now, 1, 10_000)
  take('a')
  now = 4_500
  assert.deepEqual(take('a'), { limit: 1, remaining: 0, resetSeconds: 6, allowed: false })
  now = 10_000
  assert.equal(take('a').allowed, true)
})

test('A clock that was set back locks nobody out.', () => {
  let now = 50_000
  const take = createRateLimiter(() => now, 1, 10_000)
  take('a')
  now = 1_000
  assert.equal(take('a').allowed, true)
})

test('Many callers do not grow without end.', () => {
  const take = createRateLimiter(() => 0, 1, 10_000)
  take('first')
  for (let i = 0; i < 100_000; i += 1) take(`caller ${i}`)
  assert.equal(take('first').allowed, true, 'its window was dropped to make room')
})
