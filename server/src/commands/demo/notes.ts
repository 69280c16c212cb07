// Notes and to-dos of the studio: on clients, projects, work and money; open, assigned and done ones.

import { at, instantOf, type LocalDate } from '../../core/day.ts'
import type { NoteInput, Subject } from '../../core/notes/verbs.ts'
import type { Harbour } from './harbour.ts'
import type { Stage } from './stage.ts'
import type { Timeline } from './timeline.ts'

type Row = {
  readonly on: LocalDate
  readonly by: string
  readonly subject: Subject
  readonly body: string
  readonly todo?: boolean
  readonly assignee?: string
  readonly doneOn?: LocalDate
  readonly doneBy?: string
}

/** Plans the notes on clients, projects and activities. */
export function planNotes(timeline: Timeline, stage: Stage, harbour: Harbour): void {
  const { notes } = stage.core
  const { timeZone } = harbour.organization
  for (const row of rowsOf(harbour)) {
    const by = harbour.actor(row.by)
    let id = 0
    timeline.plan(instantOf(at(row.on, '11:15:00'), timeZone), async () => {
      const assigneeId = row.assignee === undefined ? null : harbour.actor(row.assignee).personId
      const input: NoteInput = { body: row.body, todo: row.todo === true, assigneeId }
      id = (await notes.add(by, row.subject, input)).id
    })
    const { doneOn, doneBy = row.by } = row
    if (doneOn === undefined) continue
    timeline.plan(instantOf(at(doneOn, '15:45:00'), timeZone), () =>
      notes.setCompleted(harbour.actor(doneBy), id, true),
    )
  }
  planWorkNotes(timeline, stage, harbour)
}

/** A note on the latest time entry and a to-do on the latest expense of someone, whichever these are by then. */
function planWorkNotes(timeline: Timeline, stage: Stage, harbour: Harbour): void {
  const { core } = stage
  const lena = harbour.actor('lena')
  const anke = harbour.actor('anke')
  const { personId } = lena
  timeline.plan(instantOf(at('2026-10-14' as LocalDate, '19:55:00'), lena.timeZone), async () => {
    const query = { personId, sort: 'startedAt', descending: true, limit: 1 } as const
    const [entry] = await core.time.list(lena, query)
    if (entry === undefined) return
    const subject: Subject = { noun: 'time_entry', id: entry.id }
    await core.notes.add(lena, subject, { body: 'Half of this was helping out at reception.' })
    await core.notes.setProperty(lena, subject, 'organization', 'location', 'St. Moritz')
  })
  timeline.plan(instantOf(at('2026-11-17' as LocalDate, '21:05:00'), anke.timeZone), async () => {
    const query = { personId, sort: 'spentAt', descending: true, limit: 1 } as const
    const [stamp] = await core.expenses.stamps(anke, query)
    if (stamp === undefined) return
    const subject: Subject = { noun: 'expense', id: stamp.id }
    await core.notes.add(anke, subject, { body: 'Which project is this for?', assigneeId: personId })
    await core.notes.setProperty(anke, subject, 'organization', 'ledger-account', '4510')
  })
}

function rowsOf(harbour: Harbour): readonly Row[] {
  const client = (name: string): Subject => ({ noun: 'client', id: harbour.clientId(name) })
  const project = (name: string): Subject => ({ noun: 'project', id: harbour.project(name).id })
  const audit = harbour.activity('Accessibility audit', harbour.project('Fleet portal').id)
  return [
    row('2025-11-24', 'marit', client('Noordzee Shipping B.V.'), 'Ask for Hanneke; she signs the orders.'),
    row('2026-02-10', 'anke', client('Kestrel & Finch Ltd'), 'Prefers calls before ten, London time.'),
    row('2026-06-03', 'marit', client('桜茶屋 Sakura Tea House'), '請求書は日本語と英語で。'),
    {
      ...row('2025-12-01', 'anke', project('Fleet portal'), 'Order tide tables for 2026.'),
      assignee: 'tom',
      doneOn: '2025-12-09' as LocalDate,
      doneBy: 'anke',
    },
    {
      ...row('2026-11-09', 'anke', project('Fleet portal'), 'Plan the handover to the harbour’s own team.'),
      assignee: 'marit',
    },
    {
      ...row('2026-10-05', 'joris', project('Booking site'), 'Renew the certificate before Christmas.'),
      todo: true,
    },
    {
      ...row('2026-03-11', 'marit', project('Port signage'), 'Permit for gate 5.'),
      todo: true,
      doneOn: '2026-03-30' as LocalDate,
    },
    row(
      '2026-09-02',
      'anke',
      { noun: 'activity', id: audit.id },
      'Report in the form that the port authority asks for.',
    ),
  ]
}

function row(on: string, by: string, subject: Subject, body: string): Row {
  return { on: on as LocalDate, by, subject, body }
}
