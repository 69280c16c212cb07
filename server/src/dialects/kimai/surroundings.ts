// What entries are shown with: customers, projects, activities and people, loaded in batches.

import type { Activity, Client, Project, Team } from '../../core/catalogue/nouns.ts'
import type { Member } from '../../core/people/organizations.ts'
import type { Desk } from './call.ts'
import { type ExtrasOf, inPortions, loadExtras } from './extras.ts'
import { loadUserFacts, type UserFacts } from './user-facts.ts'

/** Everything around some entities. What was deleted is still there under its name. */
export type Surroundings = {
  readonly desk: Desk
  readonly clients: ReadonlyMap<number, Client>
  readonly projects: ReadonlyMap<number, Project>
  readonly activities: ReadonlyMap<number, Activity>
  /** By person. */
  readonly members: ReadonlyMap<number, Member>
  readonly facts: UserFacts
  readonly extras: { readonly client: ExtrasOf; readonly project: ExtrasOf; readonly activity: ExtrasOf }
}

/** What is wanted. Parents come along: the projects of activities, the customers of projects. */
export type Wanted = {
  readonly clients?: readonly Client[]
  readonly projects?: readonly Project[]
  readonly activities?: readonly Activity[]
  readonly clientIds?: readonly (number | null)[]
  readonly projectIds?: readonly (number | null)[]
  readonly activityIds?: readonly (number | null)[]
  readonly people?: boolean
}

/** Loads what is wanted: a few queries, whatever the number of entities. */
export async function lookAround(desk: Desk, wanted: Wanted): Promise<Surroundings> {
  const { core, actor } = desk
  const activities = await fill(wanted.activities, wanted.activityIds, (ids) =>
    core.activities.byIds(actor, ids),
  )
  const projectIds = [...(wanted.projectIds ?? []), ...[...activities.values()].map((each) => each.projectId)]
  const projects = await fill(wanted.projects, projectIds, (ids) => core.projects.byIds(actor, ids))
  const clientIds = [...(wanted.clientIds ?? []), ...[...projects.values()].map((each) => each.clientId)]
  const clients = await fill(wanted.clients, clientIds, (ids) => core.clients.byIds(actor, ids))
  const members = wanted.people === true ? await core.organizations.listMembers(actor) : []
  return {
    desk,
    clients,
    projects,
    activities,
    members: new Map(members.map((member) => [member.person.id, member])),
    facts: await loadUserFacts(desk, members),
    extras: {
      client: await loadExtras(desk, 'client', [...clients.keys()]),
      project: await loadExtras(desk, 'project', [...projects.keys()]),
      activity: await loadExtras(desk, 'activity', [...activities.keys()]),
    },
  }
}

/** All teams: there are few, and they are looked through for each entity. */
export function loadTeams({ core, actor }: Desk): Promise<Team[]> {
  return core.teams.list(actor, { state: 'active' })
}

async function fill<T extends { readonly id: number }>(
  known: readonly T[] | undefined,
  ids: readonly (number | null)[] | undefined,
  load: (ids: readonly number[]) => Promise<T[]>,
): Promise<Map<number, T>> {
  const found = new Map((known ?? []).map((entity) => [entity.id, entity]))
  const missing = (ids ?? []).filter((id): id is number => id !== null && !found.has(id))
  for (const entity of await inPortions(missing, load)) found.set(entity.id, entity)
  return found
}
