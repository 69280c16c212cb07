// The query of the timesheet list as a core filter.

import { instantOf, timeZone } from '../../core/day.ts'
import { invalid } from '../../core/errors.ts'
import type { TimeEntrySort } from '../../core/queries.ts'
import type { TimeEntryFilter } from '../../core/time/verbs.ts'
import type { Call } from './call.ts'
import { allOf, ofClients, termCondition } from './filters.ts'
import { choice, dateTime, descending, flag, ids, list, matching } from './query.ts'
import { seesOthers } from './rights.ts'

// The rate of an entry is computed, not kept; what takes longer is worth more.
const sorts = {
  id: 'id',
  begin: 'startedAt',
  end: 'endedAt',
  rate: 'durationSeconds',
} as const satisfies Readonly<Record<string, TimeEntrySort>>

const sortNames = Object.keys(sorts) as (keyof typeof sorts)[]

const utc = timeZone('UTC')

/** Reads the filter; throws `invalid` for what cannot be read. Without another word it is the caller's own entries. */
export async function parseTimesheetFilter(call: Call): Promise<TimeEntryFilter> {
  const { query, actor } = call
  const from = dateTime(query, 'begin')
  const to = dateTime(query, 'end')
  const since = dateTime(query, 'modified_after')
  const startedAt = {
    ...(from === undefined ? {} : { from: instantOf(from, actor.timeZone) }),
    // Seconds count as a whole: an entry of the very second belongs to it.
    ...(to === undefined ? {} : { to: instantOf(to, actor.timeZone) + 999 }),
  }
  const projectIds = ids(query, 'projects', 'project')
  const activityIds = ids(query, 'activities', 'activity')
  const running = flag(query, 'active')
  const billable = flag(query, 'billable')
  const billed = flag(query, 'exported')
  const tagNames = await anyTags(call)
  const customers = await ofClients(call, ids(query, 'customers', 'customer'))
  return {
    sort: sorts[choice(query, 'orderBy', sortNames) ?? 'begin'],
    descending: descending(query, 'DESC'),
    ...people(call),
    ...(from === undefined && to === undefined ? {} : { startedAt }),
    ...(since === undefined ? {} : { updatedAt: { from: instantOf(since, utc) } }),
    ...(projectIds === undefined ? {} : { projectIds }),
    ...(activityIds === undefined ? {} : { activityIds }),
    ...(running === undefined ? {} : { running }),
    ...(billable === undefined ? {} : { billable }),
    ...(billed === undefined ? {} : { billed }),
    ...(tagNames === undefined ? {} : { anyTagName: tagNames }),
    ...allOf(customers, termCondition(query, ['description'])),
  }
}

/** Whose entries. Who may not see those of others gets their own, whatever was asked. */
function people({ actor, query }: Call): Pick<TimeEntryFilter, 'personId' | 'personIds'> {
  const user = matching(query, 'user', /^(?:\d{1,15}|all)(?:,\d{1,15})*$/)
  const asked = user === 'all' ? undefined : ids(query, 'user', 'users')
  if (!seesOthers(actor)) return { personId: actor.personId }
  if (asked !== undefined) return { personIds: asked }
  return user === 'all' ? {} : { personId: actor.personId }
}

/** The tags asked for. Throws `invalid` when none of them exists; unknown ones among known ones do not matter. */
async function anyTags({ core, actor, query }: Call): Promise<readonly string[] | undefined> {
  const names = list(query, 'tags', 'tag')
  if (names === undefined) return undefined
  const tags = await core.tags.list(actor, { names })
  if (tags.length === 0) throw invalid('tags', 'unknown_reference', 'There are no such tags.')
  return tags.map((tag) => tag.name)
}
