// Idempotency: a request with a key takes effect once, and its first answer is given again.

import type { Actor } from './actor.ts'
import type { Context } from './context.ts'
import type { Instant } from './day.ts'
import { DomainError, invalid } from './errors.ts'

/** Characters of a key: a UUID is 36, and a key is stored with every answer. */
export const maxKeyLength = 200

/** An answer as the door will send it. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A request as its key knows it: the fingerprint is a digest of method, path and body. */
export type Keyed = { readonly key: string; readonly fingerprint: string }

export type Once = ReturnType<typeof createOnce>

/** Makes `once`. The set of keys in flight is this process's own. */
export function createOnce(context: Context) {
  const { write, clock } = context
  const inFlight = new Set<string>()

  /**
   * Runs `work` with an actor whose verbs all join one transaction, and keeps the answer in that same transaction.
   * The same key with the same request gives the first answer again, also after a crash. With another request it is
   * `invalid` (`idempotency_key_reused`); while the first is running it is a `conflict` (`idempotency_in_flight`).
   * A request that fails keeps nothing: it may be tried again.
   */
  return async function once(
    actor: Actor,
    { key, fingerprint }: Keyed,
    work: (actor: Actor) => Promise<Answer>,
  ): Promise<Answer> {
    if (key === '' || key.length > maxKeyLength || !/^[\x21-\x7e]+$/.test(key)) {
      throw invalid('Idempotency-Key', 'format', `A key has 1 to ${maxKeyLength} visible ASCII characters.`)
    }
    const flight = `${actor.organizationId} ${actor.personId} ${key}`
    if (inFlight.has(flight)) {
      throw new DomainError(
        'conflict',
        'idempotency_in_flight',
        'The first request with this key is running.',
      )
    }
    inFlight.add(flight)
    try {
      return await write(actor, async (change) => {
        const { organizationId, personId } = actor
        const saved = await change.tx.savedAnswer(organizationId, personId, key)
        if (saved !== undefined) {
          if (saved.fingerprint === fingerprint) return saved
          throw new DomainError('invalid', 'idempotency_key_reused', 'The key was used with another request.')
        }
        const answer = await work({ ...actor, change })
        const at: Instant = clock()
        await change.tx.saveAnswer(organizationId, personId, key, { ...answer, fingerprint, at })
        return answer
      })
    } finally {
      inFlight.delete(flight)
    }
  }
}
