// The time entries: list, read, create, update, delete, stop and resume.

import type { Actor } from '../../core/actor.ts'
import { dayOf, localOf } from '../../core/day.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import { freeEntry, linkEntry } from './billing.ts'
import type { Answer, Call } from './call.ts'
import { Refused, recordNotFound, validation } from './errors.ts'
import { parseEntryFilter } from './filters.ts'
import { parsePage, slice } from './pages.ts'
import { renderEntries, renderEntry } from './time-entry.ts'
import { parseEntry } from './time-entry-fields.ts'
import { wholeMinute } from './times.ts'

/**
 * `GET time_entries`: by start. Running ones are left out unless they are asked for, whatever the filter: a client fails on
 * an `ended_at` of null that it did not ask for.
 */
export async function listEntries(call: Call): Promise<Answer> {
  const { core, actor } = call
  const page = parsePage(call, 50)
  const { filter, active } = await parseEntryFilter(call)
  const shown = active ? filter : { ...filter, running: false }
  const part = slice(page)
  const stamps =
    part === undefined ? [] : await core.time.stamps(actor, { ...shown, ...part, sort: 'startedAt' })
  const total = await call.remember(`time_entries ${active} ${JSON.stringify(filter)}`, async () => {
    // All of them less those that run: an index counts both, and the few that run are found at once.
    const all = await core.time.count(actor, filter)
    return active ? all : all - (await core.time.count(actor, { ...filter, running: true }))
  })
  return { items: await renderEntries(call, stamps), page, total }
}

/** `GET time_entries/{id}`. */
export async function readEntry(call: Call): Promise<Answer> {
  const { core, actor, id } = call
  const [stamp] = await core.time.stamps(actor, { ids: [id], limit: 1 })
  const [item] = stamp === undefined ? [] : await renderEntries(call, [stamp])
  return item === undefined ? recordNotFound : { item }
}

/** `POST time_entries`. Without an end it runs, and whatever else its user has running stops. */
export async function createEntry(call: Call): Promise<Answer> {
  const { core } = call
  const { fields, link } = parseEntry(call, undefined)
  const entry = await core.together(call.actor, async (actor) => {
    if (fields.endedAt == null) await stopRunning(call, actor, fields.personId ?? actor.personId)
    const logged = await core.time.log(actor, fields)
    await linkEntry(core, actor, logged, link)
    return core.time.read(actor, logged.id)
  })
  return { item: await renderEntry(call, entry), created: true }
}

/** `PATCH time_entries/{id}`: the given attributes only. Its user stays. */
export async function updateEntry(call: Call): Promise<Answer> {
  const { core, id } = call
  const entry = await core.together(call.actor, async (actor) => {
    const before = await core.time.read(actor, id)
    const { fields, link } = parseEntry(call, before)
    if (fields.endedAt === null && before.endedAt !== null) await stopRunning(call, actor, before.personId)
    if (link.invoiceId === null) await linkEntry(core, actor, before, link)
    const changed = await core.time.update(actor, id, fields)
    if (link.invoiceId !== null) await linkEntry(core, actor, changed, link)
    return core.time.read(actor, id)
  })
  return { item: await renderEntry(call, entry) }
}

/** `DELETE time_entries/{id}`. One that a draft bills is taken off it first. */
export async function deleteEntry({ core, actor: caller, id }: Call): Promise<Answer> {
  await core.together(caller, async (actor) => {
    await freeEntry(core, actor, await core.time.read(actor, id))
    await core.time.remove(actor, id)
  })
  return 'empty'
}

/** `PATCH time_entries/{id}/stop`: ends it with the last whole minute. One that has ended stays as it is. */
export async function stopEntry(call: Call): Promise<Answer> {
  const { core, id } = call
  const entry = await core.together(call.actor, async (actor) =>
    stopAt(call, actor, await core.time.read(actor, id)),
  )
  return { item: await renderEntry(call, entry) }
}

/** `PATCH time_entries/{id}/resume`: lets an entry of today run again; the user's other one stops. */
export async function resumeEntry(call: Call): Promise<Answer> {
  const { core, id, today } = call
  const entry = await core.together(call.actor, async (actor) => {
    const before = await core.time.read(actor, id)
    const day = dayOf(localOf(before.startedAt, actor.organization.timeZone))
    if (before.endedAt === null || before.billed || day !== today) throw new Refused(cannotResume)
    await stopRunning(call, actor, before.personId)
    return core.time.resume(actor, id)
  })
  return { item: await renderEntry(call, entry) }
}

const cannotResume = validation([
  { attribute: 'base', text: 'Cannot resume timer', code: 'cannot_resume_timer' },
])

/** Ends what runs of a person: one entry at a time is what this door promises. */
async function stopRunning(call: Call, actor: Actor, personId: number): Promise<void> {
  const running = await call.core.time.list(actor, { personId, running: true })
  for (const entry of running) await stopAt(call, actor, entry)
}

async function stopAt({ core, now }: Call, actor: Actor, entry: TimeEntry): Promise<TimeEntry> {
  // The core's own verb leaves it as it is, once it has seen that the actor might have stopped it.
  if (entry.endedAt !== null) return core.time.stop(actor, entry.id)
  // One that another door started within this minute, or that starts later, has no minute to end with.
  const endedAt = Math.max(wholeMinute(now), entry.startedAt)
  const breakSeconds = Math.min(entry.breakSeconds, Math.floor((endedAt - entry.startedAt) / 1000))
  return core.time.update(actor, entry.id, { endedAt, breakSeconds })
}
