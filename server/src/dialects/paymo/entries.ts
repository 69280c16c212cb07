// The resource of time entries: of a day, with times, and running.

import { at, dayOf, type Instant, instantOf, localOf, type TimeZone } from '../../core/day.ts'
import { DomainError, invalid } from '../../core/errors.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import type { TimeEntryFilter, TimeEntryInput } from '../../core/time/verbs.ts'
import type { Call } from './call.ts'
import { Refused } from './errors.ts'
import { fields } from './fields.ts'
import { fieldsOf, given, type Input, missing } from './input.ts'
import { type Filter, parent, type Resource, type Row, relations } from './resource.ts'
import { datetime, type WireObject } from './wire.ts'

/** Seconds that an entry with times lasts at least. */
const shortest = 60

/** The resource of time entries. */
export const entries: Resource = {
  name: 'entries',
  fields: [
    'id',
    'project_id',
    'task_id',
    'client_id',
    'user_id',
    'is_bulk',
    'description',
    'start_time',
    'end_time',
    'date',
    'duration',
    'added_manually',
    'billed',
    'invoice_item_id',
    'created_on',
    'updated_on',
  ],
  extras: ['billable'],
  // A suite of tests of one SDK puts this name of a filter here.
  ignored: ['time_interval'],
  relations: relations({
    task: parent('tasks', 'task_id'),
    project: parent('projects', 'project_id'),
    client: parent('clients', 'client_id'),
    user: parent('users', 'user_id'),
    invoiceitem: parent('invoiceitems', 'invoice_item_id'),
  }),
  filters: fields.entries,
  sorts: {
    id: 'id',
    start_time: 'startedAt',
    date: 'startedAt',
    end_time: 'endedAt',
    duration: 'durationSeconds',
    description: 'description',
    billed: 'billed',
    user_id: 'personId',
    project_id: 'projectId',
    task_id: 'activityId',
    created_on: 'createdAt',
    updated_on: 'updatedAt',
  },
  lasting: true,
  page: readEntries,
  stamps: ({ core, actor }, filter) => core.time.stamps(actor, filter as TimeEntryFilter),
  create: createEntry,
  update: updateEntry,
  async remove({ core, actor }, id) {
    await core.time.remove(actor, id)
  },
}

async function readEntries({ core, actor }: Call, filter: Filter): Promise<Row[]> {
  const found = await core.time.list(actor, filter as TimeEntryFilter)
  return found.map((entry) => ({ id: entry.id, revision: entry.revision, object: presentEntry(entry) }))
}

function presentEntry(entry: TimeEntry): WireObject {
  return {
    id: entry.id,
    // Strict clients take no null here; 0 is none.
    project_id: entry.projectId ?? 0,
    task_id: entry.activityId,
    client_id: entry.clientId,
    user_id: entry.personId,
    is_bulk: !entry.timed,
    description: entry.description,
    ...timesOf(entry),
    // Whatever was kept before it ended was a timer.
    added_manually: entry.endedAt !== null && (!entry.timed || entry.createdAt >= entry.endedAt),
    billed: entry.billed,
    invoice_item_id: entry.invoiceLineId,
    created_on: datetime(entry.createdAt),
    updated_on: datetime(entry.updatedAt),
    billable: entry.billable,
  }
}

/** An entry of a day shows day and duration, one with times these; a running one has the duration 0. */
function timesOf(entry: TimeEntry): WireObject {
  const duration = entry.durationSeconds ?? 0
  if (!entry.timed) return { date: dayOf(localOf(entry.startedAt, entry.timeZone)), duration }
  return {
    start_time: datetime(entry.startedAt),
    end_time: entry.endedAt === null ? null : datetime(entry.endedAt),
    duration,
  }
}

async function createEntry(call: Call, input: Input): Promise<number> {
  const { core, actor } = call
  const read = fieldsOf(input)
  const personId = read.id('user_id') ?? actor.personId
  const times = parseTimes(input, actor.timeZone)
  if (times === undefined) throw missing('start_time')
  if (times.endedAt === null) await refuseSecondTimer(call, personId)
  const billed = read.flag('billed')
  const place = await placeOf(call, input)
  if (place === undefined) throw missing('task_id')
  const entry = await core.time.log(actor, {
    ...place,
    ...times,
    personId,
    description: read.text('description') ?? '',
    ...given({ billed }),
  })
  return entry.id
}

async function updateEntry(call: Call, id: number, input: Input): Promise<void> {
  const { core, actor } = call
  const read = fieldsOf(input)
  const before = await core.time.read(actor, id)
  const times = changedTimes(input, before)
  if (times?.endedAt === null && before.endedAt !== null) await refuseSecondTimer(call, before.personId)
  await core.time.update(actor, id, {
    ...given({
      personId: read.id('user_id') ?? undefined,
      description: read.text('description'),
      billed: read.flag('billed'),
    }),
    ...(await placeOf(call, input, before)),
    ...times,
  })
}

/** The task of an entry, with its project and client. An archived project takes no more time. */
async function placeOf(
  { core, actor }: Call,
  input: Input,
  before?: TimeEntry,
): Promise<Pick<TimeEntryInput, 'activityId' | 'projectId' | 'clientId' | 'billable'> | undefined> {
  const activityId = fieldsOf(input).id('task_id')
  if (activityId === undefined || activityId === null || activityId === before?.activityId) return undefined
  const [task] = await core.activities.page(actor, { ids: [activityId], limit: 1 })
  if (task === undefined) throw invalid('task_id', 'unknown_reference', 'There is no such task.')
  const projectId = task.projectId ?? fieldsOf(input).id('project_id') ?? null
  const [project] = projectId === null ? [] : await core.projects.page(actor, { ids: [projectId], limit: 1 })
  if (projectId !== null && project === undefined) {
    throw invalid('project_id', 'unknown_reference', 'There is no such project.')
  }
  if (project?.state === 'archived') {
    throw new DomainError('forbidden', 'role_forbids', 'Access to project denied')
  }
  return { activityId, projectId, clientId: project?.clientId ?? null, billable: task.billable }
}

async function refuseSecondTimer({ core, actor }: Call, personId: number): Promise<void> {
  if ((await core.time.count(actor, { personId, running: true })) === 0) return
  throw new Refused({ status: 409, message: 'There is a running timer already.' })
}

type Times = Pick<TimeEntryInput, 'startedAt'> & {
  readonly endedAt: Instant | null
  readonly timed: boolean
  readonly breakSeconds?: number
}

/** The times of a new entry: a day with a duration, a start with an end or a duration, or a start alone. */
function parseTimes(input: Input, zone: TimeZone): Times | undefined {
  const read = fieldsOf(input)
  const startedAt = read.instant('start_time', zone)
  const duration = read.integer('duration')
  if (startedAt === undefined || startedAt === null) {
    const day = read.day('date')
    if (day === undefined || day === null) return undefined
    if (duration === undefined || duration === null) throw missing('duration')
    return ofDay(day, duration, zone)
  }
  const end = read.instant('end_time', zone) ?? null
  const endedAt = end ?? (duration === undefined || duration === null ? null : startedAt + duration * 1000)
  return checked({ startedAt, endedAt, timed: true })
}

/** The times that an update gives an entry; undefined when it gives none. */
function changedTimes(input: Input, before: TimeEntry): Times | undefined {
  const read = fieldsOf(input)
  const zone = before.timeZone
  const start = read.instant('start_time', zone)
  const end = read.instant('end_time', zone)
  const day = read.day('date')
  const duration = read.integer('duration')
  const hasTimes = (start !== undefined && start !== null) || (end !== undefined && end !== null)
  if (!before.timed && !hasTimes) {
    if ((day ?? undefined) === undefined && (duration ?? undefined) === undefined) return undefined
    const present = dayOf(localOf(before.startedAt, zone))
    return ofDay(day ?? present, duration ?? before.durationSeconds ?? 0, zone)
  }
  // Of an entry with times, the duration follows from these: what a client sends of it is what it was shown.
  const unchanged =
    (start === undefined || start === null || start === before.startedAt) &&
    (end === undefined || end === before.endedAt)
  if (unchanged && before.timed) return undefined
  const endedAt = end === undefined ? before.endedAt : end
  const startedAt = start ?? before.startedAt
  return checked({ startedAt, endedAt, timed: true, breakSeconds: before.timed ? before.breakSeconds : 0 })
}

function ofDay(day: Parameters<typeof at>[0], duration: number, zone: TimeZone): Times {
  if (duration < 0) throw invalid('duration', 'range', 'duration must be 0 or more seconds.')
  const startedAt = instantOf(at(day, '00:00:00'), zone)
  return { startedAt, endedAt: startedAt + duration * 1000, timed: false, breakSeconds: 0 }
}

function checked(times: Times): Times {
  const { startedAt, endedAt } = times
  if (endedAt === null || Math.floor(endedAt / 1000) - Math.floor(startedAt / 1000) >= shortest) return times
  if (endedAt < startedAt) throw invalid('end_time', 'order', 'end_time must be after start_time.')
  throw invalid('end_time', 'range', `A time entry must last at least ${shortest} seconds.`)
}
