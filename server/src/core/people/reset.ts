// A way back in for those who lost their password or their second factor; only whoever owns the machine can open it.

import { require as requirePermission } from '../access.ts'
import type { Actor } from '../actor.ts'
import { type Context, listAll } from '../context.ts'
import { forbidden, notFound } from '../errors.ts'
import { checkPassword } from './organizations.ts'

/**
 * Makes the verb. It gives a person a new password and takes the second factor away; all their sessions end, their
 * tokens stay. Throws `forbidden` at every door but the command line, `not_found` for someone who is no member.
 */
export function createReset({ write, secrets }: Context) {
  return async (actor: Actor, personId: number, password: string): Promise<void> => {
    requirePermission(actor, 'people.write')
    if (actor.door !== 'command') throw forbidden('This is done on the command line of the server.')
    const hash = await secrets.hashPassword(checkPassword(password))
    await write(actor, async (change) => {
      const { tx, at } = change
      const query = { organizationId: actor.organizationId, personId }
      const [member] = await tx.list('membership', { ...query, limit: 1 })
      if (member === undefined) throw notFound('person')
      await tx.setPassword(personId, hash, at)
      await tx.removeSecondFactor(personId)
      for (const credential of await listAll(tx, 'credential', { ...query, kind: 'session' })) {
        await change.remove('credential', credential)
      }
      await change.touch('person', await change.read('person', personId))
    })
  }
}
