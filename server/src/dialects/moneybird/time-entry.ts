// The time entry as it is shown, with everything that stands inside it, from rendered fragments where it can be.

import { reach } from '../../core/access.ts'
import type { Stamp } from '../../core/entity.ts'
import type { BookEvent } from '../../core/events.ts'
import type { Note } from '../../core/notes/nouns.ts'
import type { Person } from '../../core/people/nouns.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import type { TimeRelations } from '../../core/time/related.ts'
import type { Call } from './call.ts'
import { type ContactNames, loadNames, presentNames } from './contact-names.ts'
import { presentHistory } from './history.ts'
import { presentNote } from './notes.ts'
import { presentProject } from './projects.ts'
import { renderInvoices } from './sales-invoice.ts'
import { presentId, presentInstant, type WireObject } from './wire.ts'

/** What stands inside entries, by id. */
type Related = Omit<TimeRelations, 'invoices'> & {
  readonly names: ReadonlyMap<number, ContactNames>
  readonly notes: ReadonlyMap<number, readonly Note[]>
  readonly history: ReadonlyMap<number, readonly BookEvent[]>
}

// Stands in a fragment where the invoice goes. No text of the book can hold it: none has a NUL.
const hole = (invoiceId: number) => `\u0000invoice ${invoiceId}`
const holes = /"\\u0000invoice (\d+)"/g

/**
 * The JSON of these entries, in order. What an entry shows of others is covered by its own revision and by that of the
 * references, but for its invoice, which holds lines, payments and other entries: that one is always put in anew.
 */
export async function renderEntries(call: Call, stamps: readonly Stamp[]): Promise<readonly string[]> {
  const { core, actor, names } = call
  const invoices = reach(actor, 'invoice.read') !== undefined
  const view = call.entryView(`${invoices} ${reach(names, 'budgets.read') !== undefined}`)
  let related: Related | undefined
  const texts = await view.render(
    stamps,
    actor.referencesRevision,
    async (ids) => {
      const entries = await core.time.byIds(actor, ids)
      related = await loadRelated(call, entries)
      return entries
    },
    (entry) => (related === undefined ? '' : JSON.stringify(presentEntry(call, entry, related, invoices))),
  )
  return fillHoles(call, texts)
}

/** The JSON of one entry that a verb has just answered. */
export async function renderEntry(call: Call, entry: TimeEntry): Promise<string> {
  const invoices = reach(call.actor, 'invoice.read') !== undefined
  const related = await loadRelated(call, [entry])
  const [text = ''] = await fillHoles(call, [JSON.stringify(presentEntry(call, entry, related, invoices))])
  return text
}

function presentEntry(
  { actor: { organization } }: Call,
  entry: TimeEntry,
  related: Related,
  invoices: boolean,
): WireObject {
  const client = related.clients.get(entry.clientId ?? 0)
  const project = related.projects.get(entry.projectId ?? 0)
  const person = related.people.get(entry.personId)
  const notes = related.notes.get(entry.id) ?? []
  const { organizationId, personId } = entry
  return {
    id: presentId(entry.id),
    administration_id: presentId(organizationId),
    contact_id: presentId(entry.clientId),
    project_id: presentId(entry.projectId),
    sales_invoice_id: presentId(entry.invoiceId),
    user_id: presentId(personId),
    started_at: presentInstant(entry.startedAt),
    ended_at: presentInstant(entry.endedAt),
    description: entry.description,
    paused_duration: entry.breakSeconds,
    billable: entry.billable,
    created_at: presentInstant(entry.createdAt),
    updated_at: presentInstant(entry.updatedAt),
    contact: client === undefined ? null : presentNames(client, related.names.get(client.id) ?? new Map()),
    user: presentUserOf(personId, person),
    project: project === undefined ? null : presentProject(project),
    // Left out for whoever has no access to invoices.
    ...(invoices ? { sales_invoice: entry.invoiceId === null ? null : hole(entry.invoiceId) } : {}),
    events: presentHistory('time_entry', related.history.get(entry.id) ?? [], notes, {
      organizationId,
      personId,
      zone: organization.timeZone,
    }),
    notes: notes.map(presentNote).reverse(),
  }
}

function presentUserOf(id: number, person: Person | undefined): WireObject {
  return {
    id: presentId(id),
    name: person?.name ?? '',
    created_at: presentInstant(person?.createdAt ?? 0),
    updated_at: presentInstant(person?.updatedAt ?? 0),
  }
}

async function loadRelated({ core, actor, names }: Call, entries: readonly TimeEntry[]): Promise<Related> {
  const ids = entries.map(({ id }) => id)
  const { clients, people, projects } = await core.time.related(names, entries)
  const notes = await core.notes.list(actor, 'time_entry', ids)
  return {
    clients,
    people,
    projects,
    names: await loadNames(core, names, [...clients.keys()]),
    notes: Map.groupBy(notes, ({ subjectId }) => subjectId),
    history: await core.history(actor, 'time_entry', ids),
  }
}

async function fillHoles(call: Call, texts: readonly string[]): Promise<readonly string[]> {
  const ids = new Set(texts.flatMap((text) => [...text.matchAll(holes)].map(([, id]) => Number(id))))
  if (ids.size === 0) return texts
  const invoices = await renderInvoices(call, [...ids])
  return texts.map((text) => text.replace(holes, (_, id: string) => invoices.get(Number(id)) ?? 'null'))
}
