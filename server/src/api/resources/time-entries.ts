// Time entries: work with a start, an end (none while running) and breaks.

import Type from 'typebox'
import type { Actor } from '../../core/actor.ts'
import type { Core } from '../../core/index.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import { maxEntrySeconds, type TimeEntryInput } from '../../core/time/verbs.ts'
import { clientBehind, currencyOf, loadPayers, rate } from '../currencies.ts'
import {
  flag,
  type Given,
  idOf,
  instant,
  keptFields,
  prose,
  readOnly,
  reference,
  seconds,
} from '../fields.ts'
import { equals, instantRange, keptFilters } from '../filters.ts'
import { labels } from '../labels.ts'
import { idsOf, mapOf } from '../look.ts'
import { ids, names, search, yesOrNo } from '../parameters.ts'
import { toPerson } from '../people.ts'
import { timeZone } from '../prices.ts'
import { relationTo, resource } from '../resource.ts'
import { instantText, known, parseInstant } from '../wire.ts'
import { activities } from './activities.ts'
import { clients } from './clients.ts'
import { projects } from './projects.ts'

const wholeSeconds = Type.Integer({ minimum: 0, maximum: maxEntrySeconds })

/** What can be said of work that has not ended; starting a timer takes the same. */
export const workFields = {
  person_id: idOf('personId', { fixed: true, about: 'Who worked. Default: the caller.' }),
  client_id: reference('clientId'),
  project_id: reference('projectId'),
  activity_id: reference('activityId'),
  time_zone: timeZone,
  description: prose('description'),
  billable: flag('billable'),
  hourly_rate: rate('hourlyRate', 'Overrides every other rate when set.', (entry: TimeEntry, look) =>
    currencyOf(look, clientBehind(look, entry)),
  ),
  fixed_rate: rate(
    'fixedRate',
    'What the entry is worth whatever it lasts; goes before every hourly rate.',
    (entry: TimeEntry, look) => currencyOf(look, clientBehind(look, entry)),
  ),
  tags: labels,
} as const

/** Time entries. */
export const timeEntries = resource({
  noun: 'time_entry',
  object: 'time_entry',
  type: 'TimeEntry',
  types: 'TimeEntries',
  path: 'time-entries',
  one: 'a time entry',
  many: 'Time entries',
  about:
    'Work of one person. While it runs, `ended_at` and `duration_seconds` are null. Instants are whole seconds.',
  fields: {
    person_id: workFields.person_id,
    client_id: workFields.client_id,
    project_id: workFields.project_id,
    activity_id: workFields.activity_id,
    started_at: {
      ...instant('startedAt'),
      out: instantText,
      in: instantText,
      required: true,
      take(value, given) {
        given.startedAt = known(parseInstant(value as string), 'startedAt', 'This is no instant of RFC 3339.')
      },
    },
    ended_at: instant('endedAt', { about: 'Null while it runs.' }),
    break_seconds: { ...seconds('breakSeconds'), out: wholeSeconds, in: wholeSeconds },
    duration_seconds: readOnly<TimeEntry>(seconds('durationSeconds', { about: 'Without the breaks.' })),
    time_zone: workFields.time_zone,
    timed: flag('timed', { about: 'False: only the day and the duration are meant.' }),
    description: workFields.description,
    billable: workFields.billable,
    billed: readOnly<TimeEntry>(flag('billed', { about: 'Invoices set it.' })),
    invoice_id: readOnly<TimeEntry>(reference('invoiceId')),
    hourly_rate: workFields.hourly_rate,
    fixed_rate: workFields.fixed_rate,
    tags: workFields.tags,
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    person_id: equals(ids, 'personIds'),
    client_id: equals(ids, 'clientIds'),
    project_id: equals(ids, 'projectIds'),
    activity_id: equals(ids, 'activityIds'),
    invoice_id: equals(ids, 'invoiceIds'),
    tag: equals(names, 'anyTagName', 'Names of tags, any of which it has.'),
    running: equals(yesOrNo, 'running'),
    search: equals(search, 'text', 'A text in the description, letter case aside.'),
    ...instantRange('started_at', 'startedAt'),
    ...instantRange('ended_at', 'endedAt'),
    billable: equals(yesOrNo, 'billable'),
    billed: equals(yesOrNo, 'billed'),
  },
  sorts: { id: 'id', started_at: 'startedAt', created_at: 'createdAt', updated_at: 'updatedAt' },
  order: '-started_at',
  relations: {
    person: toPerson((entry: TimeEntry) => entry.personId),
    client: relationTo(clients, (entry: TimeEntry) => entry.clientId),
    project: relationTo(projects, (entry: TimeEntry) => entry.projectId),
    activity: relationTo(activities, (entry: TimeEntry) => entry.activityId),
  },
  load,
  verbs: {
    add: (core, actor, given) => core.time.log(actor, given as unknown as TimeEntryInput),
    update: (core, actor, id, given) => core.time.update(actor, id, given as Partial<TimeEntryInput>),
    remove: (core, actor, id) => core.time.remove(actor, id),
    restore: (core, actor, id) => core.time.restore(actor, id),
  },
  examples: {
    create: {
      project_id: 1,
      started_at: '2026-05-20T09:00:00+02:00',
      ended_at: '2026-05-20T12:15:00+02:00',
      break_seconds: 900,
      description: 'Layout of the cover',
      tags: ['design'],
    } satisfies Given,
    update: { description: 'Layout of cover and spine', break_seconds: 600 },
  },
})

async function load(core: Core, actor: Actor, found: readonly TimeEntry[]) {
  const tags = await core.reading.named(actor, 'tag', idsOf(found.flatMap(({ tagIds }) => tagIds)))
  // Only a rate of its own has to be shown in a currency.
  const payers = await loadPayers(
    core,
    actor,
    found.filter(({ hourlyRate, fixedRate }) => hourlyRate !== null || fixedRate !== null),
  )
  return { ...payers, tag: mapOf(tags) }
}
