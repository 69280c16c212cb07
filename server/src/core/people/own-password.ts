// The own password asked for once more, before something that a stolen session must not do.

import type { Actor } from '../actor.ts'
import type { Context } from '../context.ts'
import { forbidden } from '../errors.ts'
import type { Throttle } from './throttle.ts'

/** Stands for a password that was found right. Only `prove` makes one, and it is good for its own person alone. */
export type ProvenPassword = { readonly __provenPassword: true }

/** What a verb takes that asks for the own password: inside an open change the proof, since checking takes long. */
export type OwnPassword = string | ProvenPassword

export type OwnPasswords = ReturnType<typeof createOwnPasswords>

/** Makes the check. Its guesses are counted by person, whatever the verb that asks. */
export function createOwnPasswords({ store, secrets }: Context, throttle: Throttle) {
  const provers = new WeakMap<ProvenPassword, number>()

  async function verify(actor: Actor, password: string): Promise<void> {
    const succeed = throttle.attempt(`own password of ${actor.personId}`)
    const [person] = await store.byId('person', actor.organizationId, [actor.personId])
    const found = person && (await store.people.byLogin(person.email))
    const matches = await secrets.verifyPassword(found?.passwordHash ?? null, password)
    if (!matches) throw wrong()
    succeed()
  }

  return {
    /** Throws `forbidden` unless it is the actor's own password, `limit` after many wrong ones. */
    async check(actor: Actor, password: OwnPassword): Promise<void> {
      if (typeof password === 'string') await verify(actor, password)
      else if (provers.get(password) !== actor.personId) throw wrong()
    },

    /** Checks it before a change is opened; throws like `check`. */
    async prove(actor: Actor, password: string): Promise<ProvenPassword> {
      await verify(actor, password)
      const proof: ProvenPassword = { __provenPassword: true }
      provers.set(proof, actor.personId)
      return proof
    },
  }
}

function wrong() {
  return forbidden('The current password is wrong.')
}
