// The attributes of a time entry as they are given, and what they make of an entry.

import type { Instant } from '../../core/day.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import type { TimeEntryInput } from '../../core/time/verbs.ts'
import type { Attributes } from './body.ts'
import type { Call } from './call.ts'
import { blank, Refused, validation, type Wrong } from './errors.ts'
import { countOf, flagOf, notADate, referenceOf, textOf, wrapped } from './fields.ts'
import { endAfter, parseMoment, wholeMinute } from './times.ts'

/** What bills an entry: an invoice, or a line of one as clients of old say it. Null: nothing; undefined: as it is. */
export type Link = { readonly invoiceId?: number | null; readonly lineId?: number }

/** What a body asks for. */
export type GivenEntry = {
  readonly fields: Partial<TimeEntryInput> & { readonly startedAt: Instant }
  readonly link: Link
}

const endedBeforeStarted: Wrong = {
  attribute: 'ended_at',
  text: 'cannot be before the start time',
  code: 'ended_at_before_started_at',
}

/**
 * The entry that a body makes, or makes of the one that is there. Times are cut down to whole minutes with at least one
 * between them, pauses to whole minutes; what is sent back as it was read stays to the second. Refuses everything that is
 * wrong at once.
 */
export function parseEntry({ body, actor, now }: Call, before: TimeEntry | undefined): GivenEntry {
  const attributes = wrapped(body, 'time_entry')
  const zone = actor.organization.timeZone
  const wrongs: Wrong[] = []

  function moment(name: 'started_at' | 'ended_at'): Instant | null | undefined {
    const text = textOf(attributes, name)
    if (text === undefined || text.trim() === '') return text === undefined ? undefined : null
    const at = parseMoment(text, zone)
    if (at === undefined) wrongs.push(notADate(name))
    return at
  }

  const given = { startedAt: moment('started_at'), endedAt: moment('ended_at') }
  const startedAt = cut(given.startedAt, before?.startedAt) ?? before?.startedAt
  const missing = startedAt === undefined || given.startedAt === null
  if (missing && !wrongs.some(({ attribute }) => attribute === 'started_at')) wrongs.push(blank('started_at'))
  const endedAt = endOf(given, startedAt, before)
  if (endedAt === 'before start') wrongs.push(endedBeforeStarted)
  if (endedAt === null && before?.endedAt !== null && startedAt !== undefined && startedAt > now) {
    wrongs.push({ attribute: 'started_at', text: 'cannot be in the future', code: 'in_the_future' })
  }
  const description = textOf(attributes, 'description')
  // One that another door left without words may be sent back so.
  const unchanged = before !== undefined && (description ?? before.description) === before.description
  if (!unchanged && (description ?? '').trim() === '') wrongs.push(blank('description'))
  const personId = before === undefined ? referenceOf(attributes, 'user_id') : undefined
  if (personId == null && before === undefined) wrongs.push(blank('user_id'))
  if (wrongs.length > 0 || startedAt === undefined) throw new Refused(validation(wrongs))
  return {
    fields: {
      startedAt,
      ...(endedAt === undefined || endedAt === 'before start' ? {} : { endedAt }),
      ...(personId == null ? {} : { personId }),
      ...(description === undefined ? {} : { description }),
      ...optional(attributes, before),
    },
    link: linkOf(attributes),
  }
}

function optional(attributes: Attributes, before: TimeEntry | undefined): Partial<TimeEntryInput> {
  const clientId = referenceOf(attributes, 'contact_id')
  const projectId = referenceOf(attributes, 'project_id')
  const billable = flagOf(attributes, 'billable')
  const paused = countOf(attributes, 'paused_duration')
  return {
    ...(clientId === undefined ? {} : { clientId }),
    ...(projectId === undefined ? {} : { projectId }),
    ...(billable === undefined ? {} : { billable }),
    ...(paused === undefined || paused === before?.breakSeconds
      ? {}
      : { breakSeconds: Math.floor((paused ?? 0) / 60) * 60 }),
  }
}

/** `detail_id` is what the document of old has: the line that bills the entry. Without a value it says nothing. */
function linkOf(attributes: Attributes): Link {
  const invoiceId = referenceOf(attributes, 'sales_invoice_id')
  if (invoiceId !== undefined) return { invoiceId }
  const lineId = referenceOf(attributes, 'detail_id')
  return lineId == null ? {} : { lineId }
}

/** A time in whole minutes; one that is there already stays as it is. */
function cut(at: Instant | null | undefined, present: Instant | undefined): Instant | undefined {
  if (at === null || at === undefined) return undefined
  return at === present ? at : wholeMinute(at)
}

/** The end that is asked for. Undefined: as it is; null: it runs. */
function endOf(
  given: { readonly startedAt: Instant | null | undefined; readonly endedAt: Instant | null | undefined },
  startedAt: Instant | undefined,
  before: TimeEntry | undefined,
): Instant | null | undefined | 'before start' {
  const { endedAt = before === undefined ? null : undefined } = given
  if (startedAt === undefined || endedAt === null) return endedAt
  const end = endedAt ?? before?.endedAt
  if (end === undefined || end === null) return undefined
  if (end < (given.startedAt ?? startedAt)) return 'before start'
  const same = end === before?.endedAt && (end > startedAt || startedAt === before.startedAt)
  return same ? undefined : endAfter(startedAt, end)
}
