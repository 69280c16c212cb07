// The second factor: one-time codes of an authenticator app, and recovery codes for when the app is lost.

import { require as requirePermission } from '../access.ts'
import type { Actor } from '../actor.ts'
import { type Context, reader } from '../context.ts'
import type { Instant } from '../day.ts'
import { DomainError, invalid, notFound } from '../errors.ts'
import type { OwnPassword, OwnPasswords } from './own-password.ts'
import type { Throttle } from './throttle.ts'

/** Recovery codes made at once. */
export const recoveryCodeCount = 10

export type TwoFactor = ReturnType<typeof createTwoFactor>

/**
 * Verbs on the actor's own second factor. Those that weaken or replace something ask for the password once more; like
 * wrong passwords at sign-in, wrong ones are told to wait after ten. Whoever calls them inside an open change brings a
 * proof of it along. What `begin`, `confirm` and `renewRecoveryCodes` answer is secret and not to be kept anywhere.
 */
export function createTwoFactor(context: Context, throttle: Throttle, ownPasswords: OwnPasswords) {
  const { store, write, secrets } = context

  return {
    /** Checks the actor's own password before a change is opened. Throws `forbidden` when it is wrong, or `limit`. */
    provePassword: ownPasswords.prove,

    /** Whether, and since when, the actor's password alone is not enough, and how many recovery codes are left. */
    async status(actor: Actor): Promise<{ confirmedAt: Instant | null; recoveryCodes: number }> {
      requirePermission(actor, 'credential.read')
      const found = await reader(context, actor).people.secondFactor(actor.personId)
      return { confirmedAt: found?.confirmedAt ?? null, recoveryCodes: found?.recoveryCodes ?? 0 }
    },

    /**
     * Begins to set it up: a secret in base32, and the `otpauth:` address for an app. Nothing changes at sign-in before
     * `confirm`. Throws `conflict` when there is a confirmed one.
     */
    async begin(actor: Actor, password: OwnPassword): Promise<{ secret: string; address: string }> {
      requirePermission(actor, 'profile.write')
      await ownPasswords.check(actor, password)
      const [person] = await store.byId('person', actor.organizationId, [actor.personId])
      if (person === undefined) throw notFound('person')
      const made = await secrets.newOneTimeSecret(person.email)
      const begun = await write(actor, ({ tx }) => tx.beginSecondFactor(actor.personId, made.secret))
      if (!begun) throw alreadyThere()
      return made
    },

    /**
     * Makes the second factor count from now on. `code` is what the app shows. Answers the recovery codes, this once.
     * Throws `invalid` for a wrong code, `not_found` when none was begun, `conflict` when it is confirmed already.
     */
    async confirm(actor: Actor, code: string): Promise<readonly string[]> {
      requirePermission(actor, 'profile.write')
      const found = await store.people.secondFactor(actor.personId)
      if (found === undefined) throw notFound('second factor')
      if (found.confirmedAt !== null) throw alreadyThere()
      const { secret } = found
      const digits = tidied(code)
      const step = oneTime.test(digits) ? await secrets.oneTimeStep(secret, digits, context.clock()) : null
      if (step === null) throw invalid('code', 'unknown_value', 'The code is wrong.')
      const codes = newRecoveryCodes()
      await write(actor, async (change) => {
        const { tx, at } = change
        if (!(await tx.confirmSecondFactor(actor.personId, secret, step, at))) throw alreadyThere()
        await tx.setRecoveryCodes(actor.personId, codes.map(digestOf))
        await change.touch('person', await change.read('person', actor.personId))
      })
      return codes
    },

    /** New recovery codes, answered this once; the earlier ones are worthless. Throws `not_found` without a second factor. */
    async renewRecoveryCodes(actor: Actor, password: OwnPassword): Promise<readonly string[]> {
      requirePermission(actor, 'profile.write')
      await ownPasswords.check(actor, password)
      const codes = newRecoveryCodes()
      await write(actor, async ({ tx }) => {
        const found = await tx.people.secondFactor(actor.personId)
        if (typeof found?.confirmedAt !== 'number') throw notFound('second factor')
        await tx.setRecoveryCodes(actor.personId, codes.map(digestOf))
      })
      return codes
    },

    /** Takes the second factor away, or what was begun of it. Without one nothing happens. */
    async disable(actor: Actor, password: OwnPassword): Promise<void> {
      requirePermission(actor, 'profile.write')
      await ownPasswords.check(actor, password)
      await write(actor, async (change) => {
        if ((await change.tx.people.secondFactor(actor.personId)) === undefined) return
        await change.tx.removeSecondFactor(actor.personId)
        await change.touch('person', await change.read('person', actor.personId))
      })
    },

    /**
     * For sign-in, after the password: uses up a one-time or recovery code of that person. Throws `unauthenticated`
     * when there is none, or a wrong or used one, and `limit` after ten of them.
     */
    async check(personId: number, code: string | undefined): Promise<void> {
      if (code === undefined) {
        const message = 'A code of the second factor is needed; programs use an API token instead.'
        throw new DomainError('unauthenticated', 'second_factor_required', message)
      }
      const succeed = throttle.attempt(`second factor of ${personId}`)
      if (!(await useUp(personId, tidied(code)))) {
        throw new DomainError('unauthenticated', 'second_factor_wrong', 'The code is wrong or used up.')
      }
      succeed()
    },
  }

  async function useUp(personId: number, code: string): Promise<boolean> {
    if (recovery.test(code)) return store.write(null, (tx) => tx.takeRecoveryCode(personId, digestOf(code)))
    const found = await store.people.secondFactor(personId)
    if (found === undefined || !oneTime.test(code)) return false
    const step = await secrets.oneTimeStep(found.secret, code, context.clock())
    return step !== null && store.write(null, (tx) => tx.takeStep(personId, step))
  }

  function newRecoveryCodes(): readonly string[] {
    return Array.from({ length: recoveryCodeCount }, () =>
      secrets
        .newToken()
        .slice(-20)
        .replace(/(.{5})(?=.)/g, '$1-'),
    )
  }

  // Eighty random bits cannot be guessed from their digest, so a quick one will do.
  function digestOf(code: string): string {
    return secrets.digest(tidied(code))
  }
}

const oneTime = /^\d{6}$/
const recovery = /^[0-9a-f]{20}$/

/** As people type it: apps show codes in groups, and paper has capitals. */
function tidied(code: string): string {
  return code.slice(0, 100).replace(/[\s-]/g, '').toLowerCase()
}

function alreadyThere(): DomainError {
  return new DomainError('conflict', 'already_exists', 'There is a second factor already.')
}
