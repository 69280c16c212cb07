// Slows down guessing: failed sign-ins are counted per login and address, in memory.

import type { Instant } from '../day.ts'
import { DomainError } from '../errors.ts'
import type { Clock } from '../ports.ts'

/** Failures within this time count together. */
const windowMs = 15 * 60 * 1000

/** Failures of one login from one address: typing errors stay far below, guessing gets nowhere. */
const perLoginAndAddress = 10

/** Failures of one address over all logins: an office behind one address shares it. */
const perAddress = 100

/** Failures of one login over all addresses: rotating addresses gains little. */
const perLogin = 100

/** Counters kept at most. Beyond it the oldest go; an attacker who floods it is held by `perAddress`. */
const maxCounters = 20_000

type Counter = { failures: number; until: Instant }

export type Throttle = ReturnType<typeof createThrottle>

/** A throttle with its own memory. Each server process counts for itself. */
export function createThrottle(clock: Clock) {
  const counters = new Map<string, Counter>()

  function keys(login: string, address: string): [string, number][] {
    // An address holds no blank, a login may.
    return [
      [`both ${address} ${login}`, perLoginAndAddress],
      [`address ${address}`, perAddress],
      [`login ${login}`, perLogin],
    ]
  }

  return {
    /** Throws `limit` while there were too many failures. */
    check(login: string, address: string): void {
      const now = clock()
      for (const [key, most] of keys(login, address)) {
        const counter = counters.get(key)
        if (counter !== undefined && counter.until > now && counter.failures >= most) {
          const retryAfterSeconds = Math.ceil((counter.until - now) / 1000)
          throw new DomainError('limit', 'too_many_attempts', 'Too many failed sign-ins.', {
            retryAfterSeconds,
          })
        }
      }
    },

    /** Counts a failure. */
    failed(login: string, address: string): void {
      const now = clock()
      for (const [key] of keys(login, address)) {
        const counter = counters.get(key)
        const running = counter !== undefined && counter.until > now
        counters.delete(key)
        counters.set(
          key,
          running ? { ...counter, failures: counter.failures + 1 } : { failures: 1, until: now + windowMs },
        )
      }
      for (const key of counters.keys()) {
        if (counters.size <= maxCounters) break
        counters.delete(key)
      }
    },

    /**
     * Counts a guess of someone who is known otherwise as failed until it succeeds, so that guesses at the same moment
     * count too. Throws `limit` like `check`. Answers what is to be called when it was right.
     */
    attempt(subject: string): () => void {
      this.check(subject, subject)
      this.failed(subject, subject)
      return () => this.succeeded(subject, subject)
    },

    /** Forgets the failures of this login from this address. */
    succeeded(login: string, address: string): void {
      counters.delete(`both ${address} ${login}`)
    },
  }
}
