// The timesheet resource: entries and timers.

import { type Instant, instantOf, type LocalDateTime } from '../../core/day.ts'
import { forbidden } from '../../core/errors.ts'
import { maxPageSize } from '../../core/page.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import type { Given } from './body.ts'
import { type Call, type Desk, together } from './call.ts'
import { type Answer, empty, failure, ok } from './errors.ts'
import { copyMeta, keepMeta } from './extras.ts'
import { outsideForm, submit } from './form.ts'
import { isBillable, place } from './placement.ts'
import { dateTime, flag, matching, one, paged, pageOf } from './query.ts'
import { editsExported, leads } from './rights.ts'
import { showTimesheet, showTimesheets } from './timesheet-entity.ts'
import { parseTimesheetFilter } from './timesheet-filter.ts'
import {
  minuteAfter,
  minuteBefore,
  parseTimesheet,
  parseTimesheetChanges,
  timesheetForm,
  timesheetPaths,
} from './timesheet-form.ts'
import { parseDateTime, spell } from './wire.ts'

/** `GET /api/timesheets`. */
export async function listTimesheets(call: Call): Promise<Answer> {
  const { core, actor, query } = call
  const page = pageOf(query)
  const expanded = flag(query, 'full') ?? false
  const filter = await parseTimesheetFilter(call)
  const total = await core.time.count(actor, filter)
  const { offset, limit } = page
  const entries = offset < total ? await core.time.list(actor, { ...filter, offset, limit }) : []
  const items = (await showTimesheets(call, entries, { single: false, expanded })).map(spell)
  const answer = paged(page, total, items)
  // People belong to more than one organization, so what shows them, or asks by their clock, may change without an event.
  const personal = expanded || one(query, 'begin') !== undefined || one(query, 'end') !== undefined
  return personal ? answer : { ...answer, lasting: true }
}

/** `GET /api/timesheets/active`: the caller's running entries. */
export async function listActive(call: Call): Promise<Answer> {
  const { core, actor } = call
  const filter = { personId: actor.personId, running: true, sort: 'startedAt', descending: true } as const
  const entries = await core.time.list(actor, { ...filter, limit: 500 })
  return ok(await showTimesheets(call, entries, { single: false, expanded: true }))
}

/** `GET /api/timesheets/recent`: the newest entry of each kind of work among the last thousand. */
export async function listRecent(call: Call): Promise<Answer> {
  const { core, actor, query } = call
  const size = Math.min(Number(matching(query, 'size', /^\d{1,9}$/) ?? '10') || 10, 500)
  const from = dateTime(query, 'begin')
  const range = from === undefined ? {} : { startedAt: { from: instantOf(from, actor.timeZone) } }
  const filter = { personId: actor.personId, sort: 'startedAt', descending: true } as const
  const entries = await core.time.list(actor, { ...filter, ...range, limit: maxPageSize })
  const newest = new Map<string, TimeEntry>()
  for (const entry of entries) {
    const work = `${entry.projectId} ${entry.activityId}`
    if (!newest.has(work)) newest.set(work, entry)
  }
  const shown = [...newest.values()].slice(0, size)
  return ok(await showTimesheets(call, shown, { single: false, expanded: true }))
}

/** `GET /api/timesheets/{id}`. */
export async function readTimesheet(call: Call): Promise<Answer> {
  const entry = await call.core.time.read(call.actor, call.id)
  return { ...ok(await showTimesheet(call, entry)), lasting: true }
}

/** `POST /api/timesheets`: an entry, or without an end a timer; then the person's other timers stop. */
export function createTimesheet(call: Call): Promise<Answer> {
  const expanded = flag(call.query, 'full') ?? false
  return submit(call, timesheetForm(call.actor), 'create', (values) =>
    together(call, async (desk) => {
      const input = await parseTimesheet(desk, values)
      if (input.endedAt === null) await stopOthers(desk, input.personId)
      return ok(await showTimesheet(desk, await desk.core.time.log(desk.actor, input), expanded))
    }),
  )
}

/** `PATCH /api/timesheets/{id}`: any subset of the fields. */
export async function updateTimesheet(call: Call): Promise<Answer> {
  await readToEdit(call, call.id)
  return submit(call, timesheetForm(call.actor), 'change', (values) =>
    together(call, async (desk) => {
      const { core, actor } = desk
      const before = await readToEdit(desk, call.id)
      const changes = await parseTimesheetChanges(desk, values, before)
      const { exported = before.billed } = values
      await core.time.update(actor, call.id, { ...changes, ...unmarked(before) })
      const after = await core.time.update(actor, call.id, { billed: exported })
      return ok(await showTimesheet(desk, after))
    }),
  )
}

/** `DELETE /api/timesheets/{id}`. */
export async function deleteTimesheet(call: Call): Promise<Answer> {
  await together(call, async (desk) => {
    const before = await readToEdit(desk, call.id)
    await desk.core.time.update(desk.actor, call.id, unmarked(before))
    await desk.core.time.remove(desk.actor, call.id)
  })
  return empty
}

/** `PATCH /api/timesheets/{id}/stop`: ends it now; one that has ended is answered as it is. */
export function stopTimesheet(call: Call): Promise<Answer> {
  return outsideForm(timesheetPaths, () =>
    together(call, async (desk) => {
      const entry = await desk.core.time.read(desk.actor, call.id)
      return ok(await showTimesheet(desk, await stop(desk, entry)))
    }),
  )
}

/** `PATCH /api/timesheets/{id}/restart`: a new timer of the caller for the same work. */
export async function restartTimesheet(call: Call): Promise<Answer> {
  const body = call.body instanceof Map ? call.body : new Map<string, Given>()
  const all = (body.get('copy') ?? one(call.query, 'copy')) === 'all'
  const given = body.get('begin') || (one(call.query, 'begin') ?? '')
  const begin = typeof given === 'string' ? parseDateTime(given, call.actor.timeZone) : undefined
  if (given !== '' && begin === undefined) return failure(400)
  return outsideForm(timesheetPaths, () =>
    together(call, async (desk) => {
      const before = await desk.core.time.read(desk.actor, call.id)
      return ok(await showTimesheet(desk, await restart(desk, before, begin, all)))
    }),
  )
}

async function restart(
  desk: Desk,
  before: TimeEntry,
  begin: LocalDateTime | undefined,
  all: boolean,
): Promise<TimeEntry> {
  const { core, actor, now } = desk
  const at = await place(desk, before.projectId, before.activityId)
  await stopOthers(desk, actor.personId)
  const tags = all ? await core.tags.byIds(actor, before.tagIds) : []
  const entry = await core.time.log(actor, {
    clientId: at.client?.id ?? null,
    projectId: before.projectId,
    activityId: before.activityId,
    startedAt: minuteBefore(begin === undefined ? now : instantOf(begin, actor.timeZone)),
    ...(all ? { description: before.description, tagNames: tags.map(({ name }) => name) } : {}),
    billable: all ? before.billable : isBillable(at),
  })
  if (all) await copyMeta(desk, 'time_entry', before.id, entry.id)
  return entry
}

/** `PATCH /api/timesheets/{id}/duplicate`: a copy with its times and rates, not exported. */
export function duplicateTimesheet(call: Call): Promise<Answer> {
  return together(call, async (desk) => {
    const copy = await desk.core.time.duplicate(desk.actor, call.id)
    await copyMeta(desk, 'time_entry', call.id, copy.id)
    return ok(await showTimesheet(desk, copy))
  })
}

/** `PATCH /api/timesheets/{id}/export`: exported or not, turned round each time. */
export async function toggleExported(call: Call): Promise<Answer> {
  const { core, actor } = call
  await core.time.read(actor, call.id)
  if (!leads(actor)) return failure(403)
  return together(call, async (desk) => {
    const before = await core.time.read(desk.actor, call.id)
    const after = await core.time.update(desk.actor, call.id, { billed: !before.billed })
    return ok(await showTimesheet(desk, after))
  })
}

/** `PATCH /api/timesheets/{id}/meta`. */
export function setTimesheetMeta(call: Call): Promise<Answer> {
  return together(call, async (desk) => {
    const before = await readToEdit(desk, call.id)
    await keepMeta(call, desk, 'time_entry', call.id)
    return ok(await showTimesheet(desk, before))
  })
}

/** The entry, unless it is exported and the caller may not touch such ones. */
async function readToEdit({ core, actor }: Desk, id: number): Promise<TimeEntry> {
  const before = await core.time.read(actor, id)
  if (before.billed && !editsExported(actor)) throw forbidden('The entry is exported.')
  return before
}

// What was marked by hand may be changed by those who may; what stands on an invoice stays what was billed.
function unmarked({ billed, invoiceId }: TimeEntry): { readonly billed?: false } {
  return billed && invoiceId === null ? { billed: false } : {}
}

/** One timer at a time is what Kimai's configuration says here. */
async function stopOthers(desk: Desk, personId: number): Promise<void> {
  const running = await desk.core.time.list(desk.actor, { personId, running: true })
  for (const entry of running) await stop(desk, entry)
}

/** Ends a running entry at the next full minute; a break cannot be longer than the entry. */
async function stop({ core, actor, now }: Desk, entry: TimeEntry): Promise<TimeEntry> {
  if (entry.endedAt !== null) return core.time.stop(actor, entry.id)
  const endedAt: Instant = Math.max(minuteAfter(now), entry.startedAt)
  const breakSeconds = Math.min(entry.breakSeconds, (endedAt - entry.startedAt) / 1000)
  return core.time.update(actor, entry.id, { endedAt, breakSeconds })
}
