// The team resource.

import type { Team } from '../../core/catalogue/nouns.ts'
import { fold } from '../../core/text.ts'
import type { Given } from './body.ts'
import { type Call, type Desk, together } from './call.ts'
import { embedActivity, embedClient, embedProject, presentTeam, type WireObject } from './entities.ts'
import { type Answer, empty, failure, ok } from './errors.ts'
import { color, flag, listOf, reference, required, text } from './fields.ts'
import { blank, type Field, type Form, sentences, submit } from './form.ts'
import { lookAround } from './surroundings.ts'
import { embedUser } from './user-entity.ts'
import { memberOf } from './users.ts'
import type { Wire } from './wire.ts'

type TeamMember = { readonly user: number; readonly teamlead: boolean }

/** People of a team, out of those known. What is wrong with one of them is told at its place in the list. */
const membersAmong = (known: ReadonlySet<number>): Field<readonly TeamMember[]> => ({
  required: false,
  read(given, zone) {
    const items = listOf(given)
    if (items === undefined || items.length > 1000) return { wrong: sentences.invalid }
    if (items.length === 0) return { wrong: 'A team needs at least one member.' }
    const found: TeamMember[] = []
    let broken = false
    const children = items.map((item): Wire => {
      const fields: ReadonlyMap<string, Given> = item instanceof Map ? item : new Map()
      const user = reference.read(fields.get('user') ?? '', zone)
      const lead = flag.read(fields.get('teamlead') ?? false, zone)
      const teamlead = 'value' in lead && lead.value === true
      if ('value' in user && typeof user.value === 'number' && known.has(user.value)) {
        found.push({ user: user.value, teamlead })
        return { children: { user: {}, teamlead: {} } }
      }
      broken = true
      return { children: { user: { errors: [sentences.choice] }, teamlead: {} } }
    })
    return broken ? { wrong: { children } } : { value: found }
  },
})

async function formFor({ core, actor }: Desk) {
  const known = await core.organizations.listMembers(actor)
  const members = membersAmong(new Set(known.map(({ person }) => person.id)))
  const fields = { name: required(text(100, 2)), color, members }
  const paths = { memberIds: 'members', leadIds: 'members' } as const
  return { fields, paths } satisfies Form<typeof fields>
}

/** `GET /api/teams`. */
export async function listTeams({ core, actor }: Call): Promise<Answer> {
  const teams = await core.teams.list(actor, { state: 'active' })
  const sorted = teams.toSorted((a, b) => (fold(a.name) < fold(b.name) ? -1 : 1))
  return { ...ok(sorted.map(presentTeam)), lasting: true }
}

/** `GET /api/teams/{id}`. */
export async function readTeam(call: Call): Promise<Answer> {
  return show(call, await call.core.teams.read(call.actor, call.id))
}

/** `POST /api/teams`: with at least one member. */
export async function createTeam(call: Call): Promise<Answer> {
  const { fields, paths } = await formFor(call)
  const made = { fields: { ...fields, members: required(fields.members) }, paths }
  return submit(call, made, 'create', (values) =>
    together(call, async (desk) => {
      if (values.name === undefined) throw blank('name')
      const people = memberships(values.members ?? [])
      const input = { name: values.name, color: values.color ?? '', ...people }
      return show(desk, await desk.core.teams.add(desk.actor, input))
    }),
  )
}

/** `PATCH /api/teams/{id}`: members, when given, replace all. */
export async function updateTeam(call: Call): Promise<Answer> {
  await call.core.teams.read(call.actor, call.id)
  return submit(call, await formFor(call), 'change', (values) =>
    together(call, async (desk) => {
      const team = await desk.core.teams.update(desk.actor, call.id, {
        ...(values.name === undefined ? {} : { name: values.name }),
        ...(values.color === undefined ? {} : { color: values.color }),
        ...(values.members === undefined ? {} : memberships(values.members)),
      })
      return show(desk, team)
    }),
  )
}

/** `DELETE /api/teams/{id}`. */
export async function deleteTeam({ core, actor, id }: Call): Promise<Answer> {
  await core.teams.read(actor, id)
  await core.teams.remove(actor, id)
  return empty
}

/** Lists of a team that have endpoints of their own. */
export const teamLists = {
  members: 'memberIds',
  customers: 'clientIds',
  projects: 'projectIds',
  activities: 'activityIds',
} as const

export type TeamList = keyof typeof teamLists

/** `POST` and `DELETE /api/teams/{id}/{list}/{other}`. */
export function teamListHandlers(list: TeamList) {
  const field = teamLists[list]
  const change = (call: Call, alter: (team: Team) => Partial<Team> | undefined): Promise<Answer> =>
    together(call, async (desk) => {
      const team = await desk.core.teams.read(desk.actor, call.id)
      await checkThere(desk, list, call.other)
      const changes = alter(team)
      if (changes === undefined) return failure(400)
      return show(desk, await desk.core.teams.update(desk.actor, call.id, changes))
    })

  return {
    // What is there already, or is not there, is a bad request; so is a team without its lead.
    add: (call: Call) =>
      change(call, (team) =>
        team[field].includes(call.other) ? undefined : { [field]: [...team[field], call.other] },
      ),
    remove: (call: Call) =>
      change(call, (team) =>
        !team[field].includes(call.other) || (list === 'members' && team.leadIds.includes(call.other))
          ? undefined
          : { [field]: team[field].filter((id) => id !== call.other) },
      ),
  }
}

/** Throws `not_found` for what is not there. */
async function checkThere(desk: Desk, list: TeamList, id: number): Promise<void> {
  const { core, actor } = desk
  if (list === 'customers') await core.clients.read(actor, id)
  else if (list === 'projects') await core.projects.read(actor, id)
  else if (list === 'activities') await core.activities.read(actor, id)
  else await memberOf(desk, id)
}

function memberships(given: readonly TeamMember[]) {
  return {
    memberIds: given.map(({ user }) => user),
    leadIds: given.filter(({ teamlead }) => teamlead).map(({ user }) => user),
  }
}

async function show(desk: Desk, team: Team): Promise<Answer> {
  const { clientIds, projectIds, activityIds } = team
  const around = await lookAround(desk, { clientIds, projectIds, activityIds, people: true })
  const shown: WireObject = {
    ...presentTeam(team),
    members: team.memberIds.map((id) => ({
      user: embedUser(id, around),
      teamlead: team.leadIds.includes(id),
    })),
    customers: pick(around.clients, clientIds).map((client) => embedClient(client, around)),
    projects: pick(around.projects, projectIds).map((project) => embedProject(project, around)),
    activities: pick(around.activities, activityIds).map((activity) => embedActivity(activity, around)),
  }
  return ok(shown)
}

// What was deleted meanwhile is in no team any more.
function pick<T extends { readonly deletedAt: number | null }>(
  from: ReadonlyMap<number, T>,
  ids: readonly number[],
): T[] {
  return ids.flatMap((id) => {
    const found = from.get(id)
    return found === undefined || found.deletedAt !== null ? [] : [found]
  })
}
