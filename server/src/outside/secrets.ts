// Random secrets, digests, password hashes and one-time codes.

import { hash, randomBytes } from 'node:crypto'
import { hash as argon2, verify } from '@node-rs/argon2'
import type { Secrets } from '../core/ports.ts'
import { createOneTimeCodes } from './one-time-codes.ts'
import { createQueue } from './queue.ts'

// OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Verifications at the same time at most: each holds 19 MiB and a core. Later ones wait their turn. */
const maxAtOnce = 2

/**
 * Makes the secrets port. `random` answers that many unpredictable bytes; only a demo world, which is the same each
 * time, brings its own.
 */
export function createSecrets(random: (size: number) => Uint8Array = randomBytes): Secrets {
  const queue = createQueue(maxAtOnce)
  // What an absent account is verified against, so that it takes as long as a present one.
  const decoy = queue(() => argon2('nobody', { ...cost, salt: randomBytes(16) }))

  return {
    ...createOneTimeCodes(random),
    newToken: () => Buffer.from(random(16)).toString('hex'),
    newKey: () => uuid(random(16)),
    digest: (text) => hash('sha256', text, 'hex'),
    hashPassword: (password) => queue(() => argon2(password, { ...cost, salt: random(16) })),
    async verifyPassword(known, password) {
      const against = known ?? (await decoy)
      const matches = await queue(() => verify(against, password)).catch(() => false)
      return matches && known !== null
    },
  }
}

/** A version 4 UUID of these sixteen bytes. */
function uuid(bytes: Uint8Array): string {
  const marked = Buffer.from(bytes)
  marked[6] = ((marked[6] ?? 0) & 0x0f) | 0x40
  marked[8] = ((marked[8] ?? 0) & 0x3f) | 0x80
  return marked.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
