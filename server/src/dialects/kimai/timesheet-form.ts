// The form of a time entry, and Kimai's rounding of its times.

import { reach } from '../../core/access.ts'
import type { Actor } from '../../core/actor.ts'
import { type Instant, instantOf, type LocalDateTime } from '../../core/day.ts'
import { maxTextLength } from '../../core/text.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import type { TimeEntryInput } from '../../core/time/verbs.ts'
import type { Desk } from './call.ts'
import { dateTime, duration, flag, number, reference, required, text } from './fields.ts'
import type { Fields, Form, Values } from './form.ts'
import { wrongChoice } from './form.ts'
import { isBillable, personOf, place } from './placement.ts'
import { editsRates, leads } from './rights.ts'

const own = {
  begin: dateTime,
  end: dateTime,
  project: required(reference),
  activity: required(reference),
  description: text(maxTextLength),
  tags: text(maxTextLength),
  break: duration,
}

const more = { user: reference, exported: flag, billable: flag }
const rates = { fixedRate: number, hourlyRate: number }

type TimesheetFields = typeof own & typeof more & typeof rates

export type TimesheetValues = Values<TimesheetFields>

/** Which field each input of the core is. */
export const timesheetPaths = {
  startedAt: 'begin',
  endedAt: 'end',
  breakSeconds: 'break',
  projectId: 'project',
  activityId: 'activity',
  personId: 'user',
} as const

/** The form as this caller has it: what the role may not set is no field of it at all. */
export function timesheetForm(actor: Actor): Form<TimesheetFields> {
  const fields: Fields = {
    ...own,
    ...(leads(actor) ? more : {}),
    ...(editsRates(actor) ? rates : {}),
  }
  return {
    // A field that is not there has no value, which all of them allow.
    fields: fields as TimesheetFields,
    paths: timesheetPaths,
    choices: { project: 'project', activity: 'activity', user: 'person' },
  }
}

const minute = 60_000

/** The full minute at or before. */
export function minuteBefore(at: Instant): Instant {
  return Math.floor(at / minute) * minute
}

/** The full minute at or after. */
export function minuteAfter(at: Instant): Instant {
  return Math.ceil(at / minute) * minute
}

/** A new entry. Throws `invalid` by field. */
export async function parseTimesheet(
  desk: Desk,
  values: TimesheetValues,
): Promise<TimeEntryInput & { readonly personId: number; readonly endedAt: Instant | null }> {
  const { actor, now } = desk
  const { begin, end } = values
  const at = await place(desk, values.project ?? null, values.activity ?? null)
  return {
    personId: personOf(desk, values.user, reach(actor, 'time.write') === 'all'),
    clientId: at.client?.id ?? null,
    projectId: at.project.id,
    activityId: at.activity?.id ?? null,
    startedAt: begin === undefined || begin === null ? minuteBefore(now) : startOf(desk, begin),
    endedAt: end === undefined || end === null ? null : endOf(desk, end),
    breakSeconds: values.break ?? 0,
    description: values.description ?? '',
    billable: values.billable ?? isBillable(at),
    billed: values.exported ?? false,
    tagNames: await knownTags(desk, values.tags),
    ...ratesOf(values),
  }
}

/** The changes of an entry. Throws `invalid` by field. */
export async function parseTimesheetChanges(
  desk: Desk,
  values: TimesheetValues,
  before: TimeEntry,
): Promise<Partial<TimeEntryInput>> {
  const { begin, end, project, activity, user } = values
  if (user !== undefined && user !== null && user !== before.personId) throw wrongChoice('user')
  const target = project ?? before.projectId
  const moved = project !== undefined || activity !== undefined
  // An entry of another door may belong to nothing, which its words and times do not mind.
  const at = moved
    ? await place(desk, target, activity === undefined ? before.activityId : activity, before)
    : undefined
  return {
    ...(at === undefined ? {} : { projectId: at.project.id, activityId: at.activity?.id ?? null }),
    ...(at === undefined || at.project.id === before.projectId ? {} : { clientId: at.client?.id ?? null }),
    ...(begin === undefined || begin === null
      ? {}
      : { startedAt: startOf(desk, begin), timeZone: desk.actor.timeZone }),
    ...(end === undefined ? {} : { endedAt: end === null ? null : endOf(desk, end) }),
    ...(values.break === undefined ? {} : { breakSeconds: values.break ?? 0 }),
    ...(values.description === undefined ? {} : { description: values.description }),
    ...(values.tags === undefined ? {} : { tagNames: await knownTags(desk, values.tags) }),
    ...(values.billable === undefined ? {} : { billable: values.billable }),
    ...ratesOf(values),
  }
}

function startOf({ actor }: Desk, local: LocalDateTime): Instant {
  return minuteBefore(instantOf(local, actor.timeZone))
}

function endOf({ actor }: Desk, local: LocalDateTime): Instant {
  return minuteAfter(instantOf(local, actor.timeZone))
}

function ratesOf({ fixedRate, hourlyRate }: TimesheetValues): Partial<TimeEntryInput> {
  return {
    ...(fixedRate === undefined ? {} : { fixedRate }),
    ...(hourlyRate === undefined ? {} : { hourlyRate }),
  }
}

/** The tags of a comma list that exist; others are dropped without a word, as clients of Kimai know it. */
async function knownTags({ core, actor }: Desk, list: string | undefined): Promise<string[]> {
  const names = (list ?? '').split(',').map((name) => name.trim())
  const wanted = names.filter((name) => name !== '').slice(0, 1000)
  if (wanted.length === 0) return []
  const tags = await core.tags.list(actor, { names: wanted })
  return tags.map((tag) => tag.name)
}
