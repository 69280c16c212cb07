// The activity resource.

import type { Activity } from '../../core/catalogue/nouns.ts'
import type { Where } from '../../core/where.ts'
import type { Call, Desk } from './call.ts'
import {
  handlersOf,
  joinTeams,
  type Kind,
  listWhole,
  parseShared,
  sharedFields,
  sharedPaths,
  teamsField,
} from './catalogue.ts'
import { presentActivity } from './entities.ts'
import type { Answer } from './errors.ts'
import { keepOwn } from './extras.ts'
import { reference, required, text } from './fields.ts'
import { allOf, noneOf, termCondition } from './filters.ts'
import { blank, type Form, type Values } from './form.ts'
import { choice, flag, ids, type Visibility, visibility } from './query.ts'
import { loadTeams, lookAround } from './surroundings.ts'

const fields = {
  name: required(text(150, 2)),
  project: reference,
  number: text(10),
  ...sharedFields,
  ...teamsField,
}

type ActivityValues = Values<typeof fields>

const paths = {
  ...sharedPaths,
  projectId: 'project',
  code: 'number',
} as const satisfies Form<typeof fields>['paths']

function form(before: Activity | undefined): Form<typeof fields> {
  if (before === undefined) return { fields, paths }
  const { teams: _, project, ...rest } = fields
  // A global activity stays global. A field that is not there has no value, which all of them allow.
  const own = before.projectId === null ? rest : { ...rest, project: required(project) }
  return { fields: own as typeof fields, paths }
}

async function parse(desk: Desk, values: ActivityValues, before: Activity | undefined) {
  const { core, actor } = desk
  const { name, project: projectId, number } = values
  const parentId = projectId === undefined ? (before?.projectId ?? null) : projectId
  const [project] = parentId === null ? [] : await core.projects.byIds(actor, [parentId])
  const clientId = project?.clientId ?? null
  const [client] = clientId === null ? [] : await core.clients.byIds(actor, [clientId])
  return {
    ...(name === undefined ? {} : { name }),
    ...(projectId === undefined ? {} : { projectId }),
    // A task list belongs to the project that was left.
    ...(projectId === undefined || projectId === before?.projectId ? {} : { taskListId: null }),
    ...(number === undefined ? {} : { code: number }),
    ...parseShared(values, client?.currency ?? actor.organization.currency),
  }
}

const kind: Kind<Activity, typeof fields> = {
  noun: 'activity',
  read: ({ core, actor }, id) => core.activities.read(actor, id),
  form,
  async create(desk, values) {
    const { name, ...input } = await parse(desk, values, undefined)
    if (name === undefined) throw blank('name')
    const activity = await desk.core.activities.add(desk.actor, { name, ...input })
    await keepOwn(desk, 'activity', activity.id, { invoiceText: values.invoiceText })
    await joinTeams(desk, 'activityIds', activity.id, values.teams)
    return activity
  },
  async update(desk, before, values) {
    const input = await parse(desk, values, before)
    const activity = await desk.core.activities.update(desk.actor, before.id, input)
    await keepOwn(desk, 'activity', before.id, { invoiceText: values.invoiceText })
    return activity
  },
  remove: ({ core, actor }, id) => core.activities.remove(actor, id),
  async show(desk, activities, depth) {
    const around = await lookAround(desk, { activities })
    const teams = await loadTeams(desk)
    return activities.map((activity) => presentActivity(activity, around, teams, depth))
  },
}

/** Everything on activities but their list. */
export const activities = handlersOf(kind)

/** `GET /api/activities`: all of them, or those of projects together with the global ones. */
export async function listActivities(call: Call): Promise<Answer> {
  const { core, actor, query } = call
  const shown = visibility(query)
  const projectIds = ids(query, 'projects', 'project')
  const global = flag(query, 'globals') === true
  choice(query, 'orderBy', ['id', 'name', 'project'])
  const found = await core.activities.list(actor, {
    ...(shown === 'all' ? {} : { state: shown === 'visible' ? 'active' : 'archived' }),
    ...(global ? { global } : {}),
    ...allOf(
      projectIds === undefined ? undefined : ofProjects(projectIds),
      await underVisible(call, shown),
      termCondition(query, ['name', 'code']),
    ),
  })
  const around = await lookAround(call, { activities: found })
  const parentOf = (activity: Activity) => around.projects.get(activity.projectId ?? 0)?.name ?? ''
  const answer = await listWhole(call, found, parentOf, async (sorted, teams) =>
    sorted.map((activity) => presentActivity(activity, around, teams, 'list')),
  )
  return { ...answer, lasting: true }
}

function ofProjects(projectIds: readonly number[]): Where {
  return {
    any: [
      { field: 'projectId', op: 'null' },
      { field: 'projectId', op: 'in', values: projectIds },
    ],
  }
}

/** Hidden projects and customers hide their activities, unless everything is asked for. */
async function underVisible({ core, actor }: Desk, shown: Visibility): Promise<Where | undefined> {
  if (shown === 'all') return undefined
  const clients = await core.clients.list(actor, { state: 'archived' })
  const hidden = await core.projects.list(actor, { state: 'archived' })
  const below =
    clients.length === 0
      ? []
      : await core.projects.list(actor, { clientIds: clients.slice(0, 1000).map(({ id }) => id) })
  const projectIds = [...new Set([...hidden, ...below].map(({ id }) => id))]
  return projectIds.length === 0 ? undefined : noneOf('projectId', projectIds)
}
