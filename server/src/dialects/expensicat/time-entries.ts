// The time entry resource: list, create, read, update, delete.

import type { Actor } from '../../core/actor.ts'
import type { Stamp } from '../../core/entity.ts'
import { notFound } from '../../core/errors.ts'
import type { Invoice, InvoiceState } from '../../core/invoices/nouns.ts'
import type { TimeEntry } from '../../core/time/nouns.ts'
import type { TimeRelations } from '../../core/time/related.ts'
import type { TimeEntryFilter, TimeEntryInput } from '../../core/time/verbs.ts'
import type { Answer, Call } from './call.ts'
import { cutPage, pageQuery, presentCursor } from './cursors.ts'
import { type Fields, readFields } from './fields.ts'
import type { Ids } from './ids.ts'
import { presentUser } from './members.ts'
import { daysOf, idOf, parameter } from './query.ts'
import { presentInstant, presentNumber, presentOne, presentPage } from './wire.ts'

/** An entry with the keys of the published samples, in their order. */
export function presentEntry(entry: TimeEntry, related: TimeRelations, ids: Ids, actor: Actor) {
  const { organizationId } = entry
  const project = related.projects.get(entry.projectId ?? 0)
  const client = related.clients.get(project?.clientId ?? 0)
  return {
    id: ids.present('time_entry', organizationId, entry.id),
    organization_id: ids.present('organization', organizationId, organizationId),
    user_id: ids.present('person', organizationId, entry.personId),
    project_id: entry.projectId === null ? null : ids.present('project', organizationId, entry.projectId),
    start_time: presentInstant(entry.startedAt),
    end_time: entry.endedAt === null ? null : presentInstant(entry.endedAt),
    duration: entry.durationSeconds,
    description: entry.description,
    billable: entry.billable,
    invoice_id: entry.invoiceId === null ? null : ids.present('invoice', organizationId, entry.invoiceId),
    created_at: presentInstant(entry.createdAt),
    updated_at: presentInstant(entry.updatedAt),
    user: presentUser(ids, organizationId, entry.personId, related.people.get(entry.personId)),
    project:
      project === undefined
        ? null
        : {
            id: ids.present('project', organizationId, project.id),
            name: project.name,
            customer_id: client === undefined ? null : ids.present('client', organizationId, client.id),
            // A number here, a text in the projects themselves: both are documented so.
            hourly_rate: project.hourlyRate === null ? null : presentNumber(project.hourlyRate),
            currency: client?.currency ?? actor.organization.currency,
            customer:
              client === undefined
                ? null
                : { id: ids.present('client', organizationId, client.id), name: client.name },
          },
  }
}

// The words of this state are nowhere documented: those that the recurring invoices share are spelled as there.
const states: Readonly<Record<InvoiceState, string>> = {
  draft: 'draft',
  sent: 'sent',
  viewed: 'sent',
  paid: 'paid',
  void: 'cancelled',
}

/** The invoice of an entry, which lists show and single entries do not. */
function presentInvoice(invoice: Invoice | undefined, ids: Ids) {
  if (invoice === undefined) return null
  return {
    id: ids.present('invoice', invoice.organizationId, invoice.id),
    number: invoice.number,
    status: states[invoice.state],
    date: invoice.issuedOn,
    due_date: invoice.dueOn,
  }
}

/** `GET time-entries`: newest start first. */
export async function listTimeEntries(call: Call): Promise<Answer> {
  const page = pageQuery(call, 'time_entry')
  const filter = { ...parseFilter(call), ...page, sort: 'startedAt' } as const
  const { items, last } = cutPage(await call.core.time.stamps(call.actor, filter), page)
  const next = last === undefined ? null : await cursorBehind(call, last)
  return { text: presentPage(await render(call, items), next) }
}

/** `GET time-entries/{id}`. */
export async function readTimeEntry(call: Call): Promise<Answer> {
  return present(call, await call.core.time.read(call.actor, entryId(call)))
}

/** `POST time-entries`: without an end the entry runs, beside others that may run already. */
export async function createTimeEntry(call: Call): Promise<Answer> {
  const fields = readFields(call.bytes)
  fields.require('start_time', 'description')
  const { startedAt = 0, ...input } = parseInput(call, fields)
  const entry = await call.core.time.log(call.actor, { startedAt, ...input })
  return { ...(await present(call, entry)), created: true }
}

/** `PATCH time-entries/{id}`: any of the fields; the others stay. */
export async function updateTimeEntry(call: Call): Promise<Answer> {
  const input = parseInput(call, readFields(call.bytes))
  return present(call, await call.core.time.update(call.actor, entryId(call), input))
}

/** `DELETE time-entries/{id}`. Once it is gone, it is not found. */
export async function deleteTimeEntry({ core, actor, ...call }: Call): Promise<Answer> {
  const id = entryId({ ...call, actor })
  await core.together(actor, async (actor) => {
    await core.time.read(actor, id)
    await core.time.remove(actor, id)
  })
  return 'empty'
}

function entryId({ ids, actor, id }: Pick<Call, 'ids' | 'actor' | 'id'>): number {
  const number = ids.parse('time_entry', actor.organizationId, id)
  if (number === undefined) throw notFound('time entry')
  return number
}

function parseFilter(call: Call): TimeEntryFilter {
  const { query, ids, actor } = call
  const { organizationId } = actor
  const text = parameter(query, 'q')
  const projectId = idOf(query, 'project_id', { ids, noun: 'project', organizationId })
  const personId =
    parameter(query, 'user_id') === 'me'
      ? actor.personId
      : idOf(query, 'user_id', { ids, noun: 'person', organizationId })
  return {
    startedAt: daysOf(query),
    ...(text === undefined ? {} : { text }),
    ...(projectId === undefined ? {} : { projectIds: [projectId] }),
    ...(personId === undefined ? {} : { personId }),
  }
}

function parseInput({ ids, actor }: Call, fields: Fields): Partial<TimeEntryInput> {
  const startedAt = fields.instant('start_time')
  const endedAt = fields.orNull('end_time', fields.instant)
  const description = fields.text('description')
  const billable = fields.flag('billable')
  const projectId = fields.orNull('project_id', (name) =>
    fields.id(name, ids, 'project', actor.organizationId),
  )
  fields.check()
  return {
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(description === undefined ? {} : { description }),
    ...(billable === undefined ? {} : { billable }),
    ...(projectId === undefined ? {} : { projectId }),
  }
}

async function present({ core, actor, ids }: Call, entry: TimeEntry): Promise<{ text: string }> {
  const related = await core.time.related(actor, [entry])
  return { text: presentOne(JSON.stringify(presentEntry(entry, related, ids, actor))) }
}

function render({ core, actor, ids, entryView }: Call, stamps: readonly Stamp[]): Promise<readonly string[]> {
  let related: TimeRelations | undefined
  return entryView.render(
    stamps,
    actor.referencesRevision,
    async (wanted) => {
      const entries = await core.time.byIds(actor, wanted)
      related = await core.time.related(actor, entries)
      return entries
    },
    (entry) => {
      if (related === undefined) return ''
      const invoice = presentInvoice(related.invoices.get(entry.invoiceId ?? 0), ids)
      return JSON.stringify({ ...presentEntry(entry, related, ids, actor), invoice })
    },
  )
}

async function cursorBehind(call: Call, { id }: Stamp): Promise<string | null> {
  const [last] = await call.core.time.byIds(call.actor, [id])
  return last === undefined ? null : presentCursor(call, 'time_entry', { value: last.startedAt, id })
}
