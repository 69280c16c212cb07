// The own password asked for once more, before something that a stolen session must not do.

import type { Actor } from '../actor.ts'
import type { Context } from '../context.ts'
import { forbidden } from '../errors.ts'
import type { Throttle } from './throttle.ts'

/** Throws `forbidden` unless it is the actor's own password, `limit` after many wrong ones. */
export type CheckOwnPassword = (actor: Actor, password: string) => Promise<void>

/** Makes the check. Its guesses are counted by person, whatever the verb that asks. */
export function createOwnPassword({ store, secrets }: Context, throttle: Throttle): CheckOwnPassword {
  return async (actor, password) => {
    const succeed = throttle.attempt(`own password of ${actor.personId}`)
    const [person] = await store.byId('person', actor.organizationId, [actor.personId])
    const found = person && (await store.people.byLogin(person.email))
    const matches = await secrets.verifyPassword(found?.passwordHash ?? null, password)
    if (!matches) throw forbidden('The current password is wrong.')
    succeed()
  }
}
