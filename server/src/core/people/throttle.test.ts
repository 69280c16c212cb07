// Guessing passwords: how many failures are let through, for whom, and for how long.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { refusal } from '../../../test/harness.ts'
import { DomainError } from '../errors.ts'
import { createThrottle } from './throttle.ts'

const quarter = 15 * 60 * 1000

function stage() {
  const clock = { now: 1_000_000 }
  const throttle = createThrottle(() => clock.now)
  const fail = (times: number, login = 'ann', address = '192.0.2.1') => {
    for (let i = 0; i < times; i += 1) throttle.failed(login, address)
  }
  return { clock, throttle, fail }
}

const limited = refusal('limit', { reason: 'too_many_attempts' })

describe('The throttle of sign-ins', () => {
  test('lets nine failures of a login from one address pass and stops the tenth', () => {
    const { throttle, fail } = stage()
    fail(9)
    throttle.check('ann', '192.0.2.1')
    fail(1)
    assert.throws(() => throttle.check('ann', '192.0.2.1'), limited)
  })

  test('says after how many seconds to come back', () => {
    const { clock, throttle, fail } = stage()
    fail(10)
    clock.now += 60_500
    try {
      throttle.check('ann', '192.0.2.1')
      assert.fail('It was let through.')
    } catch (error) {
      assert.ok(error instanceof DomainError)
      assert.equal(error.retryAfterSeconds, 840)
    }
  })

  test('leaves the same person at another address and others at the same address alone', () => {
    const { throttle, fail } = stage()
    fail(10)
    throttle.check('ann', '192.0.2.2')
    throttle.check('bob', '192.0.2.1')
  })

  test('stops an address after a hundred failures over many logins', () => {
    const { throttle } = stage()
    for (let i = 0; i < 100; i += 1) {
      throttle.check(`login ${i}`, '192.0.2.1')
      throttle.failed(`login ${i}`, '192.0.2.1')
    }
    assert.throws(() => throttle.check('yet another', '192.0.2.1'), limited)
    throttle.check('yet another', '192.0.2.2')
  })

  test('stops a login after a hundred failures over many addresses', () => {
    const { throttle } = stage()
    for (let i = 0; i < 100; i += 1) throttle.failed('ann', `192.0.2.${i}`)
    assert.throws(() => throttle.check('ann', '198.51.100.1'), limited)
    throttle.check('bob', '198.51.100.1')
  })

  test('forgets the failures of a login from an address after a success', () => {
    const { throttle, fail } = stage()
    fail(9)
    throttle.succeeded('ann', '192.0.2.1')
    fail(9)
    throttle.check('ann', '192.0.2.1')
  })

  test('does not let a success of one login clear what its address did to others', () => {
    const { throttle } = stage()
    for (let i = 0; i < 100; i += 1) throttle.failed(`login ${i}`, '192.0.2.1')
    throttle.succeeded('own account', '192.0.2.1')
    assert.throws(() => throttle.check('ann', '192.0.2.1'), limited)
  })

  test('opens again a quarter of an hour after the first failure', () => {
    const { clock, throttle, fail } = stage()
    fail(10)
    clock.now += quarter - 1
    assert.throws(() => throttle.check('ann', '192.0.2.1'), limited)
    clock.now += 1
    throttle.check('ann', '192.0.2.1')
    fail(9)
    throttle.check('ann', '192.0.2.1')
  })

  test('is not confused by logins and addresses that look like each other', () => {
    const { throttle, fail } = stage()
    fail(10, 'ann b', '192.0.2.1')
    throttle.check('ann', 'b 192.0.2.1')
    fail(100, '__proto__', 'constructor')
    assert.throws(() => throttle.check('__proto__', 'elsewhere'), limited)
  })

  test('keeps a bounded memory under a flood and holds the flooding address all the same', () => {
    const { throttle } = stage()
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < 60_000; i += 1) throttle.failed(`login ${i}`, '192.0.2.1')
    assert.throws(() => throttle.check('ann', '192.0.2.1'), limited)
    assert.ok(process.memoryUsage().heapUsed - before < 64 * 1024 * 1024)
  })
})
