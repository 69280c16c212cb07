// Founds an organization with its people, each of whom gets an API token.

import type { Actor } from '../../core/actor.ts'
import type { Organization } from '../../core/people/nouns.ts'
import type { OrganizationInput } from '../../core/people/organizations.ts'
import type { Character } from './people.ts'
import type { Stage } from './stage.ts'

/** Someone with everything needed to come in through any door. */
export type DemoPerson = {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly username: string
  readonly password: string
  readonly role: string
  readonly organizationId: number
  readonly token: string
}

export type Founded = {
  readonly organization: Organization
  readonly people: readonly DemoPerson[]
  /** A member as an actor. Throws RangeError when there is no such person. */
  readonly actor: (username: string) => Actor
}

/** Founds the organization; the first of the people is its owner. */
export async function found(
  stage: Stage,
  input: OrganizationInput,
  people: readonly Character[],
): Promise<Founded> {
  const { core } = stage
  const [first, ...others] = people
  if (first === undefined) throw new RangeError('An organization needs an owner.')
  const { hourlyRate, costRate, role: _owner, ...self } = first
  const { organization, owner } = await core.organizations.foundOrganization(input, self)
  const master = await stage.actor(first.username, organization.id)
  await core.organizations.updateMember(master, owner.person.id, { hourlyRate, costRate })
  for (const person of others) await core.organizations.addMember(master, person)

  const actors = new Map<string, Actor>()
  const known: DemoPerson[] = []
  for (const { username, name, email, password, role } of people) {
    const actor = await stage.actor(username, organization.id)
    actors.set(username, actor)
    const { secret: token } = await core.signIn.issueToken(actor, { name: 'demo', scopes: ['*'] })
    const { personId: id, organizationId } = actor
    known.push({ id, name, email, username, password, role, organizationId, token })
  }
  return {
    organization,
    people: known,
    actor(username) {
      const actor = actors.get(username)
      if (actor === undefined) throw new RangeError(`Nobody is named ${username}.`)
      return actor
    },
  }
}
