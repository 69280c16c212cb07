// Verbs on applications: programs of others that people may let in.

import { require as requirePermission } from '../access.ts'
import type { Actor, Door } from '../actor.ts'
import { type Context, listAll, reader } from '../context.ts'
import { forbidden, invalid } from '../errors.ts'
import { name } from '../text.ts'
import type { Application } from './nouns.ts'

/** Redirect addresses, and scopes, of one application at most. */
const maxListed = 50

/** Characters of a redirect address at most. */
const maxAddressLength = 2000

/** Where a code is shown on a page instead of being sent anywhere. */
export const outOfBand = 'urn:ietf:wg:oauth:2.0:oob'

export type ApplicationInput = {
  readonly name: string
  readonly door: Door
  readonly redirectUris: readonly string[]
  /** In the words of the door. Those that the door does not know are never granted. */
  readonly scopes: readonly string[]
  readonly confidential: boolean
  /** Default: `organization`. Only the command line registers for the whole server. */
  readonly reach?: Application['reach']
}

/** An application with its secret, which is told once; null for one that keeps none. */
export type Registered = { readonly application: Application; readonly secret: string | null }

export type Applications = ReturnType<typeof createApplications>

/** Verbs on applications. They are for owners and admins. */
export function createApplications(context: Context) {
  const { write, secrets } = context

  return {
    /**
     * Registers an application with the organization. Throws `invalid` for redirect addresses other than https, http on
     * this machine, schemes of an app's own such as `com.example.app:/done`, or the page that shows the code.
     */
    async register(actor: Actor, input: ApplicationInput): Promise<Registered> {
      requirePermission(actor, 'application.write')
      const { reach = 'organization' } = input
      if (reach === 'server' && actor.door !== 'command') {
        throw forbidden('Applications for the whole server are registered at the command line.')
      }
      const secret = input.confidential ? newSecret() : null
      const application = await write(actor, async (change) => {
        const added = await change.add('application', {
          organizationId: actor.organizationId,
          name: name('name', input.name),
          identifier: secrets.newToken(),
          door: input.door,
          redirectUris: checkAddresses(input.redirectUris),
          scopes: checkScopes(input.scopes),
          confidential: input.confidential,
          reach,
        })
        if (secret !== null) await keepSecret(change.tx, added, secret)
        return added
      })
      return { application, secret }
    },

    /** The applications of the organization, by number. */
    async list(actor: Actor): Promise<Application[]> {
      requirePermission(actor, 'application.read')
      return listAll(reader(context, actor), 'application', { organizationId: actor.organizationId })
    },

    /** Takes an application away: every code and token of it ends at once. */
    remove(actor: Actor, id: number): Promise<void> {
      requirePermission(actor, 'application.write')
      const { organizationId } = actor
      return write(actor, async (change) => {
        await change.remove('application', await change.read('application', id))
        const query = { organizationId, applicationId: id }
        for (const credential of await listAll(change.tx, 'credential', query)) {
          await change.remove('credential', credential)
          await change.tx.dropRecordsOf({ organizationId, credentialId: credential.id })
        }
      })
    },

    /** Gives a confidential application another secret; the old one ends at once. Its tokens go on. */
    async renewSecret(actor: Actor, id: number): Promise<Registered> {
      requirePermission(actor, 'application.write')
      const secret = newSecret()
      const application = await write(actor, async (change) => {
        const before = await change.read('application', id)
        if (!before.confidential) throw invalid('id', 'unknown_value', 'This application keeps no secret.')
        await keepSecret(change.tx, before, secret)
        return change.touch('application', before)
      })
      return { application, secret }
    },
  }

  function newSecret(): string {
    return secrets.newToken() + secrets.newToken()
  }

  function keepSecret(
    tx: { setApplicationSecret(id: number, organizationId: number, digest: string): Promise<void> },
    { id, organizationId }: Application,
    secret: string,
  ): Promise<void> {
    return tx.setApplicationSecret(id, organizationId, secrets.digest(secret))
  }
}

function checkAddresses(addresses: readonly string[]): readonly string[] {
  if (addresses.length === 0)
    throw invalid('redirectUris', 'required', 'At least one redirect address is needed.')
  if (addresses.length > maxListed)
    throw invalid('redirectUris', 'too_many', `At most ${maxListed} redirect addresses.`)
  for (const address of addresses) {
    if (!isAddress(address)) {
      const message = `${address.slice(0, 100)} is no redirect address: https, http on this machine, or a scheme of its own.`
      throw invalid('redirectUris', 'format', message)
    }
  }
  return [...new Set(addresses)]
}

// The forms of a redirect address. Whoever controls the host of plain http could read codes on their way, so it stays on
// the machine; a scheme of an app's own has a dot in it, which keeps `javascript:` and its like away.
const encrypted =
  /^https:\/\/(?!localhost(?:[:/?]|$)|127\.)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:[/?]|$)/i
const onThisMachine = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?:[/?]|$)/
const ownScheme = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:\/?/

function isAddress(address: string): boolean {
  if (address === outOfBand) return true
  if (address.length > maxAddressLength || !/^[\x21-\x7e]+$/.test(address) || /[#\\"<>]/.test(address))
    return false
  return [encrypted, onThisMachine, ownScheme].some((form) => form.test(address)) && isUrl(address)
}

/** Whether it names no user: those are for deceiving the eye. */
function isUrl(address: string): boolean {
  return !/^[a-z]+:\/\/[^/?]*@/i.test(address)
}

function checkScopes(scopes: readonly string[]): readonly string[] {
  if (scopes.length === 0) throw invalid('scopes', 'required', 'An application needs at least one scope.')
  if (scopes.length > maxListed) throw invalid('scopes', 'too_many', `At most ${maxListed} scopes.`)
  for (const scope of scopes) {
    if (!/^[\w:.-]{1,100}$/.test(scope)) throw invalid('scopes', 'format', 'A scope is one word.')
  }
  return [...new Set(scopes)]
}
