// Every row read as the book reads it, and written again in mind: what comes out must be what lies there.

import type { Kept, Noun } from '../../core/entity.ts'
import type { Link, Stored, Table } from '../codec.ts'
import type { Row } from '../engine.ts'
import { quoted } from '../schema.ts'
import type { Session } from '../session.ts'
import { type Findings, type ProblemKind, placeOf } from './findings.ts'

/** A row; `state` is undefined when it cannot be read. */
export type Entity = {
  /** Null for what no organization owns. */
  readonly organizationId: number | null
  readonly id: number
  readonly state: Readonly<Record<string, unknown>> | undefined
}

/** Reads all entities of a noun in the order of organization and id, and finds rows and derived columns that are wrong. */
export async function* readEntities(
  session: Session,
  noun: Noun,
  table: Table<Kept>,
  findings: Findings,
): AsyncGenerator<Entity> {
  const order = table.owned ? 'organization_id, id' : 'id'
  const columns = table.allColumns.map(quoted)
  const links = table.links.map(([field, link]) => ({ field, next: linksOf(session, link) }))
  for await (const page of session.pages(`select ${columns} from ${quoted(table.name)} order by ${order}`)) {
    for (const row of page) {
      const id = Number(row[table.columns.indexOf('id')])
      const organizationId = table.owned ? Number(row[table.columns.indexOf('organization_id')]) : null
      const state = read(table, row)
      for (const { field, next } of links) {
        if (state !== undefined) state[field] = await next(organizationId, id)
      }
      const [what, words] = objection(table, state, row) ?? []
      if (what !== undefined) findings.add(what, placeOf(organizationId, noun, id), words ?? '')
      yield { organizationId, id, state }
    }
  }
}

function read(table: Table<Kept>, row: Row): Record<string, unknown> | undefined {
  try {
    return table.read(row) as unknown as Record<string, unknown>
  } catch {
    return undefined
  }
}

/** Why a row is not as the book would write it, if it is not. */
function objection(
  table: Table<Kept>,
  state: object | undefined,
  row: Row,
): [what: ProblemKind, words: string] | undefined {
  if (state === undefined) return ['row', 'It cannot be read.']
  let written: Stored[]
  try {
    written = table.write(state as Kept)
  } catch {
    return ['row', 'It holds what no book can keep.']
  }
  const at = written.findIndex((value, i) => value !== row[i])
  if (at === -1) return undefined
  // Derived columns come last; they are never read, so nobody would notice otherwise.
  return [
    at < table.columns.length ? 'row' : 'derived',
    `Its ${table.allColumns[at]} is not what it should be.`,
  ]
}

/** Makes a look-up of linked ids for entities that are asked for in order. Those that no entity asks for are passed over. */
function linksOf(session: Session, link: Link) {
  const order = `organization_id, ${link.own}, position`
  const rows = flat(
    session.pages(`select organization_id, ${link.own}, ${link.other} from ${link.table} order by ${order}`),
  )
  let next: IteratorResult<Row, unknown> | undefined
  return async (organizationId: number | null, id: number): Promise<number[]> => {
    const found: number[] = []
    next ??= await rows.next()
    while (!next.done) {
      const [organization, own, other] = next.value as number[]
      const order = Number(organization) - Number(organizationId) || Number(own) - id
      if (order > 0) break
      if (order === 0) found.push(Number(other))
      next = await rows.next()
    }
    return found
  }
}

async function* flat(pages: AsyncIterable<readonly Row[]>): AsyncGenerator<Row, undefined> {
  for await (const page of pages) yield* page
}
