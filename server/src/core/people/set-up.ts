// The first start of an empty book: a one-time link stands in for the default account there is none of.

import type { Context } from '../context.ts'
import { DomainError, notFound } from '../errors.ts'
import type { OrganizationInput, Organizations, PersonInput } from './organizations.ts'

const setting = 'set_up_digest'

export type SetUp = ReturnType<typeof createSetUp>

/** Verbs of the first start. */
export function createSetUp(context: Context, organizations: Organizations) {
  const { store, secrets } = context

  return {
    /** True while the book has no organization. */
    async isNeeded(): Promise<boolean> {
      return (await store.people.organizations()).length === 0
    },

    /** A new secret for the set-up link. It replaces any earlier one. */
    async invite(): Promise<string> {
      const secret = secrets.newToken()
      await store.write(null, (tx) => tx.setSetting(setting, secrets.digest(secret)))
      return secret
    },

    /** Throws `not_found` unless this is the secret of the link and the book is still empty. */
    check,

    /** Makes the first organization and its owner; the link is used up. */
    async accept(secret: string, organization: OrganizationInput, owner: PersonInput): Promise<void> {
      await check(secret)
      // Taken before the work, so that two people at the same link cannot both use it.
      const taken = await store.write(null, (tx) => tx.takeSetting(setting, secrets.digest(secret)))
      if (!taken) throw new DomainError('conflict', 'set_up_already', 'The link is used up.')
      try {
        await organizations.foundOrganization(organization, owner)
      } catch (error) {
        await store.write(null, (tx) => tx.setSetting(setting, secrets.digest(secret)))
        throw error
      }
    },
  }

  async function check(secret: string): Promise<void> {
    const digest = await store.people.setting(setting)
    const known = digest !== null && digest === secrets.digest(secret)
    if (!known || (await store.people.organizations()).length > 0) throw notFound('page')
  }
}
