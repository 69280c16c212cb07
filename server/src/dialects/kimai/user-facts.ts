// What is known of people beside who they are: values of Kimai's own, and whether they have a token.

import type { Member } from '../../core/people/organizations.ts'
import type { Desk } from './call.ts'
import { type ExtrasOf, loadExtras } from './extras.ts'

export type UserFacts = {
  /** By membership. */
  readonly extrasOf: ExtrasOf
  /** People who have a token, as far as the caller may know. */
  readonly tokens: ReadonlySet<number>
}

/** Loads the facts of these members. */
export async function loadUserFacts(desk: Desk, members: readonly Member[]): Promise<UserFacts> {
  const { core, actor } = desk
  const ids = members.map(({ membership }) => membership.id)
  const extrasOf = await loadExtras(desk, 'membership', ids)
  const credentials = members.length === 0 ? [] : await core.signIn.listCredentials(actor)
  const tokens = credentials.filter(({ kind }) => kind === 'token').map(({ personId }) => personId)
  return { extrasOf, tokens: new Set(tokens) }
}
