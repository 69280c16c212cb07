// The resource of reports of time. What a report asks for is kept with its user; what it says is added up anew.

import { addDays, at, dayOf, instantOf, type LocalDate, localOf } from '../../core/day.ts'
import { invalid, notFound } from '../../core/errors.ts'
import { maxPageSize } from '../../core/page.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import type { Where } from '../../core/where.ts'
import type { Call } from './call.ts'
import { badRequest, Refused } from './errors.ts'
import { fieldsOf, type Input, missing } from './input.ts'
import { addUp, type Group, groups, type Timed } from './report-content.ts'
import { type Days, daysOf, type Interval, intervals } from './report-range.ts'
import { type Filter, parent, type Resource, type Row, relations } from './resource.ts'
import { datetime, type WireObject } from './wire.ts'

/** What a report asks for, as it is kept. */
type Definition = {
  readonly name: string
  readonly type: 'static' | 'live' | 'temp'
  readonly interval: Interval | null
  readonly days: Days
  readonly projects: readonly number[] | Preset
  readonly clients: readonly number[] | Preset
  readonly users: readonly number[] | Preset
  readonly include: readonly Group[]
  readonly createdAt: number
  readonly updatedAt: number
}
type Preset = 'all' | 'all_active' | 'all_archived'

const presets: readonly string[] = ['all', 'all_active', 'all_archived']
const space = 'paymo'
/** Reports that one user keeps at most. */
const maxReports = 50
/** Entries of one report at most. */
const maxEntries = 100_000

/** The resource of reports. Everybody sees their own. */
export const reports: Resource = {
  name: 'reports',
  fields: [
    'id',
    'name',
    'type',
    'user_id',
    'start_date',
    'end_date',
    'date_interval',
    'projects',
    'clients',
    'users',
    'include',
    'extra',
    'info',
    'content',
    'created_on',
    'updated_on',
  ],
  extras: [],
  relations: relations({ user: parent('users', 'user_id') }),
  sorts: Object.fromEntries(['id', 'name', 'type', 'created_on', 'updated_on'].map((f) => [f, f])),
  // What `today` is depends on the clock.
  lasting: false,
  page: readReports,
  create: createReport,
  async update(call, id, input) {
    const kept = (await keptReports(call)).get(id)
    if (kept === undefined) throw notFound('report')
    await keep(call, id, parseReport(call, input, kept))
  },
  async remove(call, id) {
    if (!(await keptReports(call)).has(id)) throw notFound('report')
    await keep(call, id, null)
  },
}

/** The reports of a list come without what they say. */
async function readReports(call: Call, { ids }: Filter): Promise<Row[]> {
  const rows: Row[] = []
  for (const [id, definition] of await keptReports(call)) {
    if (ids === undefined) rows.push(rowOf(call, id, definition, {}))
    else if (ids.includes(id)) rows.push(rowOf(call, id, definition, await contentOf(call, definition)))
  }
  return rows
}

async function createReport(call: Call, input: Input): Promise<number | Row> {
  const definition = parseReport(call, input, undefined)
  if (definition.type === 'temp') return rowOf(call, 0, definition, await contentOf(call, definition))
  const known = [...(await keptReports(call)).keys()]
  if (known.length >= maxReports) throw new Refused(badRequest(`At most ${maxReports} reports.`))
  const id = Math.max((await membershipId(call)) * 1000, ...known) + 1
  await keep(call, id, definition)
  return id
}

/** Where a user's reports are kept. Their numbers begin with it, so that no two users share one. */
async function membershipId({ core, actor }: Call): Promise<number> {
  const members = await core.organizations.listMembers(actor)
  const own = members.find(({ person }) => person.id === actor.personId)
  if (own === undefined) throw notFound('user')
  return own.membership.id
}

async function keptReports(call: Call): Promise<Map<number, Definition>> {
  const { core, actor } = call
  const found = await core.notes.properties(actor, 'membership', [await membershipId(call)], space)
  return new Map(
    found.flatMap(({ name, value }): [number, Definition][] => {
      const id = /^report (\d+)$/.exec(name)?.[1]
      return id === undefined || value === null ? [] : [[Number(id), JSON.parse(value)]]
    }),
  )
}

async function keep(call: Call, id: number, definition: Definition | null): Promise<void> {
  const subject = { noun: 'membership', id: await membershipId(call) } as const
  const value = definition === null ? null : JSON.stringify(definition)
  await call.core.notes.setProperty(call.actor, subject, space, `report ${id}`, value)
}

function rowOf({ actor, now }: Call, id: number, definition: Definition, content: WireObject): Row {
  const days = daysNow(definition, dayOf(localOf(now, actor.timeZone)))
  return {
    id,
    revision: 1,
    object: {
      id: id === 0 ? null : id,
      name: definition.name,
      type: definition.type,
      user_id: actor.personId,
      start_date: days.from,
      end_date: days.to,
      date_interval: definition.interval,
      projects: definition.projects,
      clients: definition.clients,
      users: definition.users,
      include: Object.fromEntries(groups.map((group) => [group, definition.include.includes(group)])),
      extra: {},
      ...content,
      created_on: datetime(definition.createdAt),
      updated_on: datetime(definition.updatedAt),
    },
  }
}

/** A live report moves on with its interval; the others stay at the days they were made for. */
function daysNow({ type, interval, days }: Definition, today: LocalDate): Days {
  return type === 'live' && interval !== null ? daysOf(interval, today) : days
}

async function contentOf(call: Call, definition: Definition): Promise<WireObject> {
  const { core, actor, now } = call
  const days = daysNow(definition, dayOf(localOf(now, actor.timeZone)))
  const projects = await core.projects.list(actor, stateOf(definition.projects))
  const clients = await core.clients.list(actor, stateOf(definition.clients))
  const members = await core.organizations.listMembers(actor)
  const clientOf = new Map(projects.map(({ id, clientId }) => [id, clientId]))
  const inside = (ids: readonly number[] | Preset, known: readonly { id: number }[], id: number | null) =>
    ids === 'all' ||
    (id !== null && (typeof ids === 'string' ? known.some((one) => one.id === id) : ids.includes(id)))
  const entries = (await entriesOf(call, days)).filter(
    ({ projectId, clientId, personId }) =>
      inside(definition.projects, projects, projectId) &&
      inside(definition.clients, clients, clientId ?? clientOf.get(projectId ?? 0) ?? null) &&
      (typeof definition.users === 'string' || definition.users.includes(personId)),
  )
  const timed = await withNames(call, entries, clientOf)
  const people = members.map(({ person }) => person.id)
  return {
    info: {
      start_date: days.from,
      end_date: days.to,
      clients: texts(
        definition.clients,
        clients.map(({ id }) => id),
      ),
      projects: texts(
        definition.projects,
        projects.map(({ id }) => id),
      ),
      users: texts(definition.users, people),
    },
    content: { items: addUp(timed, definition.include) },
  }
}

// Ids are texts here, of all places.
function texts(wanted: readonly number[] | Preset, all: readonly number[]): string[] {
  return (typeof wanted === 'string' ? all : wanted).map(String)
}

function stateOf(wanted: readonly number[] | Preset) {
  if (wanted === 'all_active') return { state: 'active' } as const
  return wanted === 'all_archived' ? ({ state: 'archived' } as const) : {}
}

async function entriesOf({ core, actor }: Call, { from, to }: Days): Promise<TimeEntry[]> {
  const midnight = (day: LocalDate) => instantOf(at(day, '00:00:00'), actor.timeZone)
  const where: Where = {
    all: [
      { field: 'startedAt', op: '>=', value: midnight(from) },
      { field: 'startedAt', op: '<', value: midnight(addDays(to, 1)) },
    ],
  }
  const found: TimeEntry[] = []
  for (let last = 0; ; last = found.at(-1)?.id ?? 0) {
    const page = await core.time.list(actor, { where, after: { value: last, id: last } })
    found.push(...page)
    if (found.length > maxEntries) throw new Refused(badRequest('The report has too many entries.'))
    if (page.length < maxPageSize) return found
  }
}

async function withNames(
  { core, actor }: Call,
  entries: readonly TimeEntry[],
  clientOf: ReadonlyMap<number, number | null>,
): Promise<Timed[]> {
  const named = (found: readonly { id: number; name: string }[]) => {
    const names = new Map(found.map(({ id, name }) => [id, name]))
    return (id: number | null) => ({ id: id ?? 0, title: names.get(id ?? 0) ?? '' })
  }
  const activities = await core.activities.list(actor, {})
  const lists = new Map(activities.map(({ id, taskListId }) => [id, taskListId]))
  const client = named(await core.clients.list(actor, {}))
  const project = named(await core.projects.list(actor, {}))
  const list = named(await core.taskLists.list(actor, {}))
  const task = named(activities)
  const user = named((await core.organizations.listMembers(actor)).map(({ person }) => person))
  return entries.map((entry) => {
    const day = dayOf(localOf(entry.startedAt, entry.timeZone))
    return {
      seconds: entry.durationSeconds ?? 0,
      in: {
        days: { id: day, title: day },
        clients: client(entry.clientId ?? clientOf.get(entry.projectId ?? 0) ?? null),
        users: user(entry.personId),
        projects: project(entry.projectId),
        tasklists: list(lists.get(entry.activityId ?? 0) ?? null),
        tasks: task(entry.activityId),
        entries: { id: entry.id, title: entry.description },
      },
    }
  })
}

function parseReport({ actor, now }: Call, input: Input, before: Definition | undefined): Definition {
  const read = fieldsOf(input)
  const type = read.text('type') ?? before?.type
  if (type === undefined) throw missing('type')
  if (type !== 'static' && type !== 'live' && type !== 'temp') {
    throw invalid('type', 'unknown_value', 'type is static, live or temp.')
  }
  return {
    name: read.text('name') ?? before?.name ?? '',
    type,
    ...period(input, dayOf(localOf(now, actor.timeZone)), before, actor.timeZone),
    projects: chosen(input, 'projects') ?? before?.projects ?? 'all',
    clients: chosen(input, 'clients') ?? before?.clients ?? 'all',
    users: chosen(input, 'users') ?? before?.users ?? 'all',
    include: included(input) ?? before?.include ?? ['projects', 'tasklists', 'tasks'],
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  }
}

function period(
  input: Input,
  today: LocalDate,
  before: Definition | undefined,
  zone: Parameters<typeof localOf>[1],
) {
  const read = fieldsOf(input)
  const name = read.text('date_interval')
  const from = read.instant('start_date', zone)
  const to = read.instant('end_date', zone)
  const interval = intervals.find((known) => known === name)
  if (name && interval === undefined)
    throw invalid('date_interval', 'unknown_value', 'Unknown date_interval.')
  if (interval !== undefined) return { interval, days: daysOf(interval, today) }
  if (from != null && to != null) {
    const days = { from: dayOf(localOf(from, zone)), to: dayOf(localOf(to, zone)) }
    if (days.to < days.from) throw invalid('end_date', 'order', 'end_date must not be before start_date.')
    return { interval: null, days }
  }
  if (before === undefined) throw missing('date_interval')
  return { interval: before.interval, days: before.days }
}

function chosen(
  input: Input,
  name: 'projects' | 'clients' | 'users',
): readonly number[] | Preset | undefined {
  const value = fieldsOf(input).value(name)
  if (typeof value === 'string' && presets.includes(value)) return value as Preset
  // There are no statuses of projects: none has any of them.
  if (typeof value === 'string' && value.startsWith('status_id')) return []
  return fieldsOf(input).ids(name)
}

/** The groups that are asked for: an object of flags, or a list of names. */
function included(input: Input): readonly Group[] | undefined {
  const value = fieldsOf(input).value('include')
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'object' || Array.isArray(value)) {
    const names = fieldsOf(input).texts('include') ?? []
    return groups.filter((group) => names.includes(group))
  }
  const flags = fieldsOf(value as Input)
  return groups.filter((group) => flags.flag(group) === true)
}
