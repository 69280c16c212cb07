// A limit on requests per caller: windows of fixed length, counted in memory.

import type { Clock } from '../core/ports.ts'

/** What is left of a caller's window. */
export type Allowance = {
  readonly limit: number
  readonly remaining: number
  /** Whole seconds until the window starts anew, 1 or more. */
  readonly resetSeconds: number
  readonly allowed: boolean
}

export type RateLimiter = (caller: string) => Allowance

/** Callers remembered at most. Beyond it the windows of all start anew, which lets nobody do more than twice as much. */
const maxCallers = 100_000

type Window = { startedAt: number; count: number }

/** Makes a limiter of `limit` requests in each window of `windowMs`. Each call of it counts one request. */
export function createRateLimiter(clock: Clock, limit: number, windowMs = 60_000): RateLimiter {
  const windows = new Map<string, Window>()

  function windowOf(caller: string, now: number): Window {
    const known = windows.get(caller)
    // A clock set back must not leave somebody locked out.
    if (known !== undefined && now >= known.startedAt && now < known.startedAt + windowMs) return known
    if (known === undefined && windows.size >= maxCallers) windows.clear()
    const fresh = { startedAt: now, count: 0 }
    windows.set(caller, fresh)
    return fresh
  }

  return (caller) => {
    const now = clock()
    const window = windowOf(caller, now)
    window.count += 1
    return {
      limit,
      remaining: Math.max(limit - window.count, 0),
      resetSeconds: Math.max(Math.ceil((window.startedAt + windowMs - now) / 1000), 1),
      allowed: window.count <= limit,
    }
  }
}
