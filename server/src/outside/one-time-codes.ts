// One-time codes as authenticator apps count them: six digits from a shared secret, new ones every thirty seconds.

import type { OneTimeCodes } from '../core/ports.ts'

// What every app takes for granted; others are read by some and ignored by others.
const usual = { issuer: 'Daybook', algorithm: 'SHA1', digits: 6, period: 30 }

/** Bytes of a secret: as many as the hash has, as RFC 4226 recommends. */
const secretBytes = 20

/** Steps before and after the present one that count too: clocks of phones differ, and typing takes time. */
const window = 1

/** Makes one-time codes. `random` answers that many unpredictable bytes. The library is loaded with the first one. */
export function createOneTimeCodes(random: (size: number) => Uint8Array): OneTimeCodes {
  return {
    async newOneTimeSecret(account) {
      const { Secret, TOTP } = await import('otpauth')
      const secret = new Secret({ buffer: Uint8Array.from(random(secretBytes)).buffer })
      return { secret: secret.base32, address: new TOTP({ ...usual, label: account, secret }).toString() }
    },

    async oneTimeStep(secret, code, at) {
      const { Secret, TOTP } = await import('otpauth')
      const codes = new TOTP({ ...usual, secret: Secret.fromBase32(secret) })
      const distance = codes.validate({ token: code, timestamp: at, window })
      return distance === null ? null : codes.counter({ timestamp: at }) + distance
    },
  }
}
