// The project resource.

import type { Project } from '../../core/catalogue/nouns.ts'
import { dayOf, type LocalDate, localOf, parseLocalDate } from '../../core/day.ts'
import { invalid } from '../../core/errors.ts'
import type { Where } from '../../core/where.ts'
import type { Pairs } from '../../http/pairs.ts'
import { type Call, type Desk, together } from './call.ts'
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
import { removeProject } from './customers.ts'
import { presentProject } from './entities.ts'
import { type Answer, ok } from './errors.ts'
import { copyMeta, keepOwn, loadExtras } from './extras.ts'
import { day, flag, reference, required, text } from './fields.ts'
import { allOf, noneOf, termCondition } from './filters.ts'
import { blank, type Form, type Values } from './form.ts'
import { choice, flag as flagOf, ids, one, type Visibility, visibility } from './query.ts'
import { copyRates } from './rates.ts'
import { loadTeams, lookAround } from './surroundings.ts'
import { parseStrictDateTime } from './wire.ts'

const fields = {
  name: required(text(150, 2)),
  customer: required(reference),
  number: text(10),
  orderNumber: text(50),
  orderDate: day,
  start: day,
  end: day,
  globalActivities: flag,
  ...sharedFields,
  ...teamsField,
}

type ProjectValues = Values<typeof fields>

const paths = {
  ...sharedPaths,
  clientId: 'customer',
  code: 'number',
  startsOn: 'start',
  endsOn: 'end',
} as const satisfies Form<typeof fields>['paths']

function form(before: Project | undefined): Form<typeof fields> {
  if (before === undefined) return { fields, paths }
  const { teams: _, ...rest } = fields
  // A field that is not there has no value, which all of them allow.
  return { fields: rest as typeof fields, paths }
}

async function parse(desk: Desk, values: ProjectValues, before: Project | undefined) {
  const { name, customer, number, start, end } = values
  const clientId = customer === undefined ? (before?.clientId ?? null) : customer
  const [client] = clientId === null ? [] : await desk.core.clients.byIds(desk.actor, [clientId])
  const startsOn = start === undefined ? before?.startsOn : start
  const endsOn = end === undefined ? before?.endsOn : end
  if (startsOn && endsOn && startsOn > endsOn)
    throw invalid('end', 'unknown_value', 'End date must not be earlier then start date.')
  return {
    ...(name === undefined ? {} : { name }),
    ...(customer === undefined ? {} : { clientId: customer }),
    ...(number === undefined ? {} : { code: number }),
    ...(start === undefined ? {} : { startsOn: start }),
    ...(end === undefined ? {} : { endsOn: end }),
    ...parseShared(values, client?.currency ?? desk.actor.organization.currency),
  }
}

function parseOwn({ orderNumber, orderDate, globalActivities, invoiceText }: ProjectValues) {
  const only = globalActivities === undefined ? undefined : globalActivities ? null : '0'
  return { orderNumber, orderDate, invoiceText, globalActivities: only }
}

const kind: Kind<Project, typeof fields> = {
  noun: 'project',
  read: ({ core, actor }, id) => core.projects.read(actor, id),
  form,
  async create(desk, values) {
    const { name, ...input } = await parse(desk, values, undefined)
    if (name === undefined) throw blank('name')
    const project = await desk.core.projects.add(desk.actor, { name, ...input })
    await keepOwn(desk, 'project', project.id, parseOwn(values))
    await joinTeams(desk, 'projectIds', project.id, values.teams)
    return project
  },
  async update(desk, before, values) {
    const input = await parse(desk, values, before)
    const project = await desk.core.projects.update(desk.actor, before.id, input)
    await keepOwn(desk, 'project', before.id, parseOwn(values))
    return project
  },
  remove: removeProject,
  async show(desk, projects, depth) {
    const around = await lookAround(desk, { projects })
    const teams = await loadTeams(desk)
    return projects.map((project) => presentProject(project, around, teams, depth))
  },
}

/** Everything on projects but their list. */
export const projects = handlersOf(kind)

/** `GET /api/projects`: those that run today unless other days, or all, are asked for. */
export async function listProjects(call: Call): Promise<Answer> {
  const { core, actor, query } = call
  const shown = visibility(query)
  const clientIds = ids(query, 'customers', 'customer')
  const global = flagOf(query, 'globalActivities')
  choice(query, 'orderBy', ['id', 'name', 'customer'])
  const found = await core.projects.list(actor, {
    ...(shown === 'all' ? {} : { state: shown === 'visible' ? 'active' : 'archived' }),
    ...(clientIds === undefined ? {} : { clientIds }),
    ...allOf(await underVisible(call, shown), runningCondition(call), termCondition(query, ['name', 'code'])),
  })
  const around = await lookAround(call, { projects: found })
  // Known to this door alone, so it is looked at here; the list is never paged.
  const wanted = found.filter(
    ({ id }) =>
      global === undefined || (around.extras.project(id).own('globalActivities') !== '0') === global,
  )
  const parentOf = (project: Project) => around.clients.get(project.clientId ?? 0)?.name ?? ''
  return listWhole(call, wanted, parentOf, async (sorted, teams) =>
    sorted.map((project) => presentProject(project, around, teams, 'list')),
  )
}

/** A hidden customer hides its projects, unless everything is asked for. */
async function underVisible({ core, actor }: Desk, shown: Visibility): Promise<Where | undefined> {
  if (shown === 'all') return undefined
  const hidden = await core.clients.list(actor, { state: 'archived' })
  if (hidden.length === 0) return undefined
  return noneOf(
    'clientId',
    hidden.map(({ id }) => id),
  )
}

/** Projects that run between two days; both are today by default. */
function runningCondition({ query, actor, now }: Call): Where | undefined {
  if (flagOf(query, 'ignoreDates') === true) return undefined
  const today = dayOf(localOf(now, actor.timeZone))
  const start = dayParameter(query, 'start') ?? today
  const end = dayParameter(query, 'end') ?? today
  return {
    all: [
      {
        any: [
          { field: 'startsOn', op: 'null' },
          { field: 'startsOn', op: '<=', value: end },
        ],
      },
      {
        any: [
          { field: 'endsOn', op: 'null' },
          { field: 'endsOn', op: '>=', value: start },
        ],
      },
    ],
  }
}

// This list alone takes a day without a time too.
function dayParameter(query: Pairs, name: string): LocalDate | undefined {
  const value = one(query, name)
  if (value === undefined) return undefined
  const local = parseStrictDateTime(value)
  const found = parseLocalDate(value) ?? (local && dayOf(local))
  if (found === undefined) throw invalid(name, 'format', `${name} is no date.`)
  return found
}

/** `POST /api/projects/{id}/duplicate`: with activities, rates and custom fields, under the name of a copy. */
export function duplicateProject(call: Call): Promise<Answer> {
  return together(call, async (desk) => {
    const { core, actor } = desk
    const { id, revision, createdAt, updatedAt, deletedAt, ...fields } = await core.projects.read(
      actor,
      call.id,
    )
    const extras = (await loadExtras(desk, 'project', [id]))(id)
    const copy = await core.projects.add(actor, { ...fields, name: `${fields.name.slice(0, 140)} [COPY]` })
    for (const name of ['orderNumber', 'orderDate', 'globalActivities', 'invoiceText']) {
      await keepOwn(desk, 'project', copy.id, { [name]: extras.own(name) ?? undefined })
    }
    await copyMeta(desk, 'project', id, copy.id)
    await copyRates(desk, { projectId: id }, { projectId: copy.id })
    for (const activity of await core.activities.list(actor, { projectIds: [id] })) {
      await copyActivity(desk, activity.id, copy.id)
    }
    const [shown = {}] = await kind.show(desk, [copy], 'single')
    return ok(shown, 201)
  })
}

async function copyActivity(desk: Desk, activityId: number, projectId: number): Promise<void> {
  const { core, actor } = desk
  const { id, revision, createdAt, updatedAt, deletedAt, ...fields } = await core.activities.read(
    actor,
    activityId,
  )
  // Task lists belong to the project that was copied, and a copy has nothing completed yet.
  const fresh = { taskListId: null, completedAt: null, completedById: null, projectId }
  const copy = await core.activities.add(actor, { ...fields, ...fresh })
  await copyMeta(desk, 'activity', id, copy.id)
  await copyRates(desk, { activityId: id }, { activityId: copy.id })
}
