// Verbs on time entries: start, stop, continue, log, change, delete, list.

import { reach, require as requirePermission, visible } from '../access.ts'
import type { Actor } from '../actor.ts'
import { checkPlacement, tagIdsOf } from '../catalogue/verbs.ts'
import { type Context, checkMember, limitTo, reader, readOwn, readToChange } from '../context.ts'
import type { Instant, TimeZone } from '../day.ts'
import type { Decimal } from '../decimal.ts'
import type { Stamp } from '../entity.ts'
import { DomainError, forbidden, invalid } from '../errors.ts'
import { maxIds } from '../page.ts'
import type { Queries } from '../queries.ts'
import { checkSearch, maxTextLength, text } from '../text.ts'
import { checkWhere } from '../where.ts'
import type { Change, Fresh } from '../writing.ts'
import type { TimeEntry } from './nouns.ts'
import { loadTimeRelations, type TimeRelations } from './related.ts'

/** Longest single entry. More is a mistyped year, not work. */
export const maxEntrySeconds = 366 * 24 * 60 * 60

// Instants whose wall-clock time is within the years 0001 to 9999 in every zone.
const earliest = Date.parse('0001-01-02T00:00:00Z')
const latest = Date.parse('9999-12-31T00:00:00Z')

/** What a caller gives. Without `endedAt` the entry runs. */
export type TimeEntryInput = {
  /** Default: the actor. */
  readonly personId?: number
  /** Default: the client of the project, which comes and goes with it. */
  readonly clientId?: number | null
  readonly projectId?: number | null
  readonly activityId?: number | null
  /** Rounded down to the second. */
  readonly startedAt: Instant
  /** Rounded down to the second; null runs. */
  readonly endedAt?: Instant | null
  /** Default: the actor's zone. */
  readonly timeZone?: TimeZone
  /** Default true; false when only the day and the duration are meant. */
  readonly timed?: boolean
  readonly breakSeconds?: number
  readonly description?: string
  readonly billable?: boolean
  readonly billed?: boolean
  readonly hourlyRate?: Decimal | null
  readonly fixedRate?: Decimal | null
  readonly tagNames?: readonly string[]
}

export type TimeEntryFilter = Omit<Queries['time_entry'], 'organizationId'>

export type Time = ReturnType<typeof createTime>

const permissions = { read: 'time.read', write: 'time.write' } as const

/** Verbs on time entries. Several may run at once; a door that promises one running timer asks for it. */
export function createTime(context: Context) {
  const { write } = context

  return {
    /** Keeps an entry: finished with an end, running without one. */
    log(actor: Actor, input: TimeEntryInput): Promise<TimeEntry> {
      return write(actor, (change) => logWithin(change, actor, input))
    },

    /** Starts an entry now. With `alone`, the person's other running entries stop at the same instant. */
    start(
      actor: Actor,
      input: Omit<TimeEntryInput, 'startedAt' | 'endedAt'>,
      options: { readonly alone?: boolean } = {},
    ): Promise<TimeEntry> {
      return write(actor, async (change) => {
        if (options.alone) await stopRunning(change, actor, input.personId ?? actor.personId)
        return logWithin(change, actor, { ...input, startedAt: change.at })
      })
    },

    /** Ends a running entry now. One that has ended already is answered unchanged. */
    stop(actor: Actor, id: number): Promise<TimeEntry> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'time_entry', id)
        return visible(actor, 'time_entry', await stopWithin(change, before))
      })
    },

    /** Starts a new entry with the same work as an old one, for the actor and now. */
    continueEntry(actor: Actor, id: number, options: { readonly alone?: boolean } = {}): Promise<TimeEntry> {
      return write(actor, async (change) => {
        const before = await readOwn(change.tx, actor, 'time.read', 'time_entry', id)
        requirePermission(actor, 'time.write')
        if (options.alone) await stopRunning(change, actor, actor.personId)
        const { clientId, projectId, activityId, description, billable, tagIds } = before
        const work = { clientId, projectId, activityId, description, billable }
        const entry = await logWithin(change, actor, { ...work, startedAt: change.at })
        return tagIds.length === 0 ? entry : change.alter('time_entry', entry, { tagIds })
      })
    },

    /** Keeps a copy of an entry with its times and rates, not billed. */
    duplicate(actor: Actor, id: number): Promise<TimeEntry> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'time_entry', id)
        const { id: _, revision, createdAt, updatedAt, deletedAt, ...fields } = before
        const copy = { ...fields, billed: false, invoiceId: null, invoiceLineId: null }
        const action = before.endedAt === null ? 'started' : 'created'
        return visible(actor, 'time_entry', await change.add('time_entry', copy, action))
      })
    },

    /** Lets an ended entry run again; with `alone`, the person's other running entries stop. One that runs stays so. */
    resume(actor: Actor, id: number, options: { readonly alone?: boolean } = {}): Promise<TimeEntry> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'time_entry', id)
        if (before.endedAt === null) return visible(actor, 'time_entry', before)
        if (before.billed) throw new DomainError('locked', 'entry_billed', 'The entry is billed.')
        if (options.alone) await stopRunning(change, actor, before.personId)
        const fields = span(before.startedAt, null, before.breakSeconds)
        return visible(actor, 'time_entry', await change.alter('time_entry', before, fields, 'started'))
      })
    },

    /** Changes some fields; the rest stays. `endedAt: null` lets it run again. */
    update(actor: Actor, id: number, input: Partial<TimeEntryInput>): Promise<TimeEntry> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'time_entry', id)
        const fields = await changedFields(change, actor, before, input)
        checkBilled(before, fields)
        const stopped = before.endedAt === null && fields.endedAt !== null && fields.endedAt !== undefined
        return visible(
          actor,
          'time_entry',
          await change.alter('time_entry', before, fields, stopped ? 'stopped' : 'updated'),
        )
      })
    },

    remove(actor: Actor, id: number): Promise<void> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'time_entry', id, true)
        if (before.deletedAt !== null) return
        if (before.billed) throw new DomainError('locked', 'entry_billed', 'The entry is billed.')
        await change.remove('time_entry', before)
      })
    },

    restore(actor: Actor, id: number): Promise<TimeEntry> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'time_entry', id, true)
        const entry = before.deletedAt === null ? before : await change.restore('time_entry', before)
        return visible(actor, 'time_entry', entry)
      })
    },

    async read(actor: Actor, id: number): Promise<TimeEntry> {
      const entry = await readOwn(reader(context, actor), actor, 'time.read', 'time_entry', id)
      return visible(actor, 'time_entry', entry)
    },

    /** The entries of these ids that the actor may read, tombstones included. */
    async byIds(actor: Actor, ids: readonly number[]): Promise<TimeEntry[]> {
      if (ids.length > maxIds) throw invalid('ids', 'too_many', `At most ${maxIds} ids.`)
      const far = requirePermission(actor, 'time.read')
      const found = await reader(context, actor).byId('time_entry', actor.organizationId, ids)
      return found
        .filter((entry) => far === 'all' || entry.personId === actor.personId)
        .map((entry) => visible(actor, 'time_entry', entry))
    },

    /** What these entries, which the actor has just been answered, are shown with. */
    related(actor: Actor, entries: readonly TimeEntry[]): Promise<TimeRelations> {
      return loadTimeRelations(reader(context, actor), actor, entries)
    },

    async list(actor: Actor, filter: TimeEntryFilter): Promise<TimeEntry[]> {
      const entries = await reader(context, actor).list('time_entry', scoped(actor, filter))
      return entries.map((entry) => visible(actor, 'time_entry', entry))
    },

    /** One page of stamps: the same rows as `list`. */
    stamps(actor: Actor, filter: TimeEntryFilter): Promise<Stamp[]> {
      return reader(context, actor).stamps('time_entry', scoped(actor, filter))
    },

    count(actor: Actor, filter: TimeEntryFilter): Promise<number> {
      return context.count(actor, 'time_entry', scoped(actor, filter))
    },
  }
}

/** The query of a filter, limited to what the actor may read. */
function scoped(actor: Actor, filter: TimeEntryFilter): Queries['time_entry'] {
  const personId = limitTo(actor, 'time.read', filter.personId)
  checkSearch('text', filter.text)
  if (filter.where !== undefined) checkWhere('where', 'time_entry', filter.where)
  const query = { ...filter, organizationId: actor.organizationId }
  return personId === undefined ? query : { ...query, personId }
}

async function logWithin(change: Change, actor: Actor, input: TimeEntryInput): Promise<TimeEntry> {
  const far = requirePermission(actor, 'time.write')
  const personId = input.personId ?? actor.personId
  const { organizationId } = actor
  if (far === 'own' && personId !== actor.personId) {
    throw new DomainError('forbidden', 'role_forbids', 'You can log your own time only.')
  }
  if (personId !== actor.personId) await checkMember(change, organizationId, 'personId', personId)
  const fields: Fresh<'time_entry'> = {
    organizationId,
    personId,
    clientId: await clientWith(change, organizationId, input),
    projectId: input.projectId ?? null,
    activityId: input.activityId ?? null,
    timeZone: input.timeZone ?? actor.timeZone,
    timed: input.timed ?? true,
    ...span(input.startedAt, input.endedAt ?? null, input.breakSeconds ?? 0),
    description: text('description', input.description ?? '', maxTextLength),
    billable: input.billable ?? true,
    billed: input.billed ?? false,
    invoiceId: null,
    invoiceLineId: null,
    hourlyRate: givenRate(actor, input.hourlyRate) ?? null,
    fixedRate: givenRate(actor, input.fixedRate) ?? null,
    tagIds: await tagIdsOf(change, organizationId, input.tagNames ?? []),
  }
  await checkPlacement(change, organizationId, fields)
  const entry = await change.add('time_entry', fields, fields.endedAt === null ? 'started' : 'created')
  return visible(actor, 'time_entry', entry)
}

async function changedFields(
  change: Change,
  actor: Actor,
  before: TimeEntry,
  input: Partial<TimeEntryInput>,
): Promise<Partial<Fresh<'time_entry'>>> {
  const { organizationId } = actor
  const { tagNames, startedAt, endedAt, breakSeconds, personId, ...others } = input
  const rest = {
    ...others,
    hourlyRate: givenRate(actor, others.hourlyRate),
    fixedRate: givenRate(actor, others.fixedRate),
  }
  if (personId !== undefined && personId !== before.personId) {
    throw invalid('personId', 'unknown_value', 'An entry keeps its person.')
  }
  const fields: { -readonly [K in keyof TimeEntry]?: TimeEntry[K] } = {}
  for (const [field, value] of Object.entries(rest)) {
    if (value !== undefined) Object.assign(fields, { [field]: value })
  }
  if (fields.description !== undefined) text('description', fields.description, maxTextLength)
  if (startedAt !== undefined || endedAt !== undefined || breakSeconds !== undefined) {
    const end = endedAt === undefined ? before.endedAt : endedAt
    Object.assign(fields, span(startedAt ?? before.startedAt, end, breakSeconds ?? before.breakSeconds))
  }
  if (tagNames !== undefined) fields.tagIds = await tagIdsOf(change, organizationId, tagNames)
  if (
    fields.projectId !== undefined &&
    fields.projectId !== before.projectId &&
    input.clientId === undefined
  ) {
    fields.clientId = await clientWith(change, organizationId, fields, before)
  }
  await checkPlacement(change, organizationId, fields)
  return fields
}

// The client of an entry that names none: that of its project. One that came with the project before goes with it.
async function clientWith(
  change: Change,
  organizationId: number,
  { clientId, projectId }: Pick<Partial<TimeEntryInput>, 'clientId' | 'projectId'>,
  before?: TimeEntry,
): Promise<number | null> {
  if (clientId !== undefined) return clientId
  const ids = [projectId, before?.projectId].flatMap((id) => id ?? [])
  const projects = ids.length === 0 ? [] : await change.tx.byId('project', organizationId, ids)
  const clientOf = (id: number | null | undefined) => projects.find((one) => one.id === id)?.clientId ?? null
  const own = before === undefined || before.clientId === clientOf(before.projectId) ? null : before.clientId
  return clientOf(projectId) ?? own
}

// Whoever may not see rates reads null: sending it back must not wipe out a rate, and another one is not theirs to set.
function givenRate(actor: Actor, rate: Decimal | null | undefined): Decimal | null | undefined {
  if (reach(actor, 'rates.read') !== undefined) return rate
  if (rate !== null && rate !== undefined) throw forbidden('Your role does not allow setting rates.')
  return undefined
}

/**
 * The times of an entry, in whole seconds, with the duration they make. Throws `invalid` when the end is before the
 * start, the break longer than the time between, or an instant beyond the years 0001 to 9999.
 */
export function span(
  start: Instant,
  end: Instant | null,
  breakSeconds: number,
): Pick<TimeEntry, 'startedAt' | 'endedAt' | 'breakSeconds' | 'durationSeconds'> {
  const startedAt = wholeSecond('startedAt', start)
  if (!Number.isInteger(breakSeconds) || breakSeconds < 0 || breakSeconds > maxEntrySeconds) {
    throw invalid('breakSeconds', 'range', 'A break has whole seconds, none or more.')
  }
  if (end === null) return { startedAt, endedAt: null, breakSeconds, durationSeconds: null }
  const endedAt = wholeSecond('endedAt', end)
  const seconds = (endedAt - startedAt) / 1000
  if (seconds < 0) throw invalid('endedAt', 'order', 'The end is before the start.')
  if (seconds > maxEntrySeconds) throw invalid('endedAt', 'range', 'The entry is longer than a year.')
  if (breakSeconds > seconds) {
    throw invalid('breakSeconds', 'range', 'The break is longer than the entry.')
  }
  return { startedAt, endedAt, breakSeconds, durationSeconds: seconds - breakSeconds }
}

function wholeSecond(path: string, at: Instant): Instant {
  if (!Number.isFinite(at) || at < earliest || at > latest) {
    throw invalid(path, 'range', 'The time is out of range.')
  }
  return Math.floor(at / 1000) * 1000
}

async function stopRunning(change: Change, actor: Actor, personId: number): Promise<void> {
  const { organizationId } = actor
  for (const entry of await change.tx.list('time_entry', { organizationId, personId, running: true })) {
    await stopWithin(change, entry)
  }
}

async function stopWithin(change: Change, before: TimeEntry): Promise<TimeEntry> {
  if (before.endedAt !== null) return before
  // A clock set back while it ran, or a start in the future, must not make a negative duration.
  const end = Math.max(change.at, before.startedAt)
  const breakSeconds = Math.min(before.breakSeconds, Math.floor((end - before.startedAt) / 1000))
  return change.alter('time_entry', before, span(before.startedAt, end, breakSeconds), 'stopped')
}

// What a bill was made from must not drift; words may still be corrected.
function checkBilled(before: TimeEntry, fields: Partial<Fresh<'time_entry'>>): void {
  // What an invoice bills becomes free by changing that invoice, never behind its back.
  if (before.invoiceId !== null && fields.billed === false) {
    throw new DomainError('locked', 'entry_billed', 'The entry is billed.')
  }
  if (!before.billed || fields.billed === false) return
  const fixed = [
    'startedAt',
    'endedAt',
    'breakSeconds',
    'projectId',
    'clientId',
    'billable',
    'hourlyRate',
    'fixedRate',
  ] as const
  if (fixed.some((field) => fields[field] !== undefined && fields[field] !== before[field])) {
    throw new DomainError('locked', 'entry_billed', 'The entry is billed.')
  }
}
