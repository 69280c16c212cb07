// The log against the rows: each entity's events follow from one another, and the last of them says what its row says.

import type { Kept, Noun } from '../../core/entity.ts'
import { snake, type Table } from '../codec.ts'
import type { Row } from '../engine.ts'
import { quoted } from '../schema.ts'
import type { Session } from '../session.ts'
import { peopleToldElsewhere } from '../slice.ts'
import { tables } from '../tables.ts'
import { type Findings, placeOf } from './findings.ts'
import { type Entity, readEntities } from './rows.ts'

/** Columns by table as they were when the table was made: events written since then know at least these. */
export type FirstColumns = ReadonlyMap<string, ReadonlySet<string>>

type Event = {
  readonly organizationId: number
  readonly id: number
  readonly sequence: number
  readonly before: string | null
  readonly after: string | null
}

/** All events of one entity. */
type History = { readonly organizationId: number; readonly id: number; readonly events: readonly Event[] }

type Expectations = {
  /** Columns that the events know. */
  readonly known: ReadonlySet<string>
  /** Ids of those whose history is in part in logs that are not in this book. */
  readonly excused: ReadonlySet<number>
}

type State = Readonly<Record<string, unknown>>

/** Compares every entity of every noun with what the log tells of it. Answers how many there are. */
export async function checkEntities(
  session: Session,
  firstColumns: FirstColumns,
  findings: Findings,
): Promise<number> {
  let count = 0
  const all = tables as unknown as Readonly<Record<Noun, Table<Kept>>>
  const elsewhere = await peopleToldElsewhere(session)
  for (const [noun, table] of Object.entries(all) as [Noun, Table<Kept>][]) {
    const known = firstColumns.get(table.name) ?? new Set()
    const excused = noun === 'person' ? elsewhere : new Set<number>()
    count += await checkNoun(session, noun, table, { known, excused }, findings)
  }
  await checkNouns(session, findings)
  return count
}

async function checkNouns(session: Session, { add }: Findings): Promise<void> {
  for (const [noun] of await session.rows('select distinct noun from events')) {
    if (!Object.hasOwn(tables, String(noun)))
      add('event', 'events', `Some tell of a "${noun}", which is nothing.`)
  }
}

/** Goes through rows and histories side by side: both come in the order of organization and id. */
async function checkNoun(
  session: Session,
  noun: Noun,
  table: Table<Kept>,
  { known, excused }: Expectations,
  findings: Findings,
): Promise<number> {
  let count = 0
  const histories = historiesOf(session, noun, table)[Symbol.asyncIterator]()
  let next = await histories.next()
  for await (const entity of readEntities(session, noun, table, findings)) {
    count += 1
    const where = placeOf(entity.organizationId, noun, entity.id)
    while (!next.done && isBefore(next.value, entity, table.owned)) {
      tellLost(next.value)
      next = await histories.next()
    }
    if (next.done || isBefore(entity, next.value, table.owned)) {
      if (!excused.has(entity.id)) findings.add('event', where, 'No event tells of it.')
      continue
    }
    if (excused.has(entity.id)) {
      next = await histories.next()
      continue
    }
    const last = follow(next.value, where)
    if (last !== undefined && entity.state !== undefined) {
      for (const field of differences(entity.state, last, known)) {
        findings.add('row', where, `Its ${field} is not what its last event says.`)
      }
    }
    next = await histories.next()
  }
  for (; !next.done; next = await histories.next()) tellLost(next.value)
  return count

  function tellLost({ organizationId, id, events }: History): void {
    const where = placeOf(table.owned ? organizationId : null, noun, id)
    findings.add('row', where, `Event ${events[0]?.sequence} tells of it, but it is not there.`)
  }

  /** Answers the state that the last event left. */
  function follow({ events }: History, where: string): State | undefined {
    let text: string | null = null
    let state: State | undefined
    for (const event of events) {
      const place = `organization ${event.organizationId}, event ${event.sequence}`
      const isFirst = event === events[0]
      if (isFirst ? event.before !== null : !sameState(text, event.before)) {
        findings.add('event', place, `It does not follow from the one before it on ${where}.`)
      }
      text = event.after
    }
    if (text !== null) state = parse(text)
    if (state === undefined) findings.add('event', where, 'Its last event does not say how it is.')
    return state
  }
}

function isBefore(
  a: Pick<Entity, 'id' | 'organizationId'>,
  b: Pick<Entity, 'id' | 'organizationId'>,
  owned: boolean,
): boolean {
  if (!owned || a.organizationId === b.organizationId) return a.id < b.id
  return Number(a.organizationId) < Number(b.organizationId)
}

/**
 * The events of a noun, those of one entity together. Events about someone who is in several organizations stand in
 * the logs of all of them; there the revisions tell the order.
 */
async function* historiesOf(session: Session, noun: Noun, { owned }: Table<Kept>): AsyncGenerator<History> {
  // Starting from the organizations, SQLite reads the events of each from their index, in order.
  const order = owned ? 'o.id, e.entity_id, e.sequence' : 'e.entity_id, o.id, e.sequence'
  const pages = session.pages(
    `select o.id, e.entity_id, e.sequence, e.${quoted('before')}, e.${quoted('after')}
     from organizations o cross join events e
     where e.organization_id = o.id and e.noun = '${noun}' order by ${order}`,
  )
  let events: Event[] = []
  for await (const page of pages) {
    for (const row of page) {
      const event = readEvent(row)
      const first = events[0]
      const isNext = first?.id === event.id && (!owned || first.organizationId === event.organizationId)
      if (first !== undefined && !isNext) {
        yield history(first, events, owned)
        events = []
      }
      events.push(event)
    }
  }
  if (events[0] !== undefined) yield history(events[0], events, owned)
}

function history({ organizationId, id }: Event, events: Event[], owned: boolean): History {
  const revision = ({ after }: Event) => Number((after === null ? undefined : parse(after))?.revision ?? 0)
  return { organizationId, id, events: owned ? events : events.sort((a, b) => revision(a) - revision(b)) }
}

function readEvent(row: Row): Event {
  const [organizationId, id, sequence, before, after] = row
  return { organizationId, id, sequence, before, after } as Event
}

/** Whether the state that one event left is the one that the next one found. */
function sameState(left: string | null, found: string | null): boolean {
  if (left === found) return true
  const [a, b] = [parse(left ?? 'null'), parse(found ?? 'null')]
  if (a === undefined || b === undefined) return false
  // A field that only one of them knows came or went with a migration between them.
  return Object.keys(a).every((field) => !Object.hasOwn(b, field) || equal(a[field], b[field]))
}

/** Fields of a row that its last event tells otherwise, or does not tell though it knew them. */
function differences(row: State, told: State, known: ReadonlySet<string>): string[] {
  return Object.keys(row).filter((field) =>
    Object.hasOwn(told, field) ? !equal(row[field], told[field]) : known.has(snake(field)),
  )
}

/** Amounts are numbers in the log. */
function equal(a: unknown, b: unknown): boolean {
  if (typeof a === 'bigint') return Number(a) === b
  if (typeof a !== 'object' || a === null) return a === b
  return JSON.stringify(a) === JSON.stringify(b)
}

function parse(text: string): State | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as State) : undefined
  } catch {
    return undefined
  }
}
