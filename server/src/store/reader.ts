// Reading entities, stamps and events over one connection.

import { sql } from 'kysely'
import type { Entities, Noun, Stamp } from '../core/entity.ts'
import type { BookEvent, EventAction } from '../core/events.ts'
import { maxOffset, maxPageSize } from '../core/page.ts'
import type { Reader } from '../core/ports.ts'
import type { ListedNoun, Queries } from '../core/queries.ts'
import { fold } from '../core/text.ts'
import type { Stored, Table } from './codec.ts'
import { keyOf, padded, valuesOf } from './conditions.ts'
import { atMost, type Connection, type Row, type Shapes } from './engine.ts'
import { express } from './express.ts'
import { conditionsOf } from './filters.ts'
import { readGrants } from './grants.ts'
import { readPeople, type Standings } from './people.ts'
import { canBeNull, sortExpression, sortOf } from './sorts.ts'
import { tables } from './tables.ts'

/** Ids in one statement at most; longer lists are read in parts. */
const idsAtOnce = 512

/** Makes the reading half of the store over a connection; sums are apart, see `totals.ts`. */
export function createReader(
  connection: Connection,
  shapes: Shapes,
  standings?: Standings,
): Omit<Reader, 'sums'> {
  async function byId<N extends Noun>(
    noun: N,
    organizationId: number,
    ids: readonly number[],
  ): Promise<Entities[N][]> {
    const table = tables[noun] as Table<Entities[N]>
    const found: Entities[N][] = []
    const wanted = [...new Set(ids)]
    for (let start = 0; start < wanted.length; start += idsAtOnce) {
      const part = padded(wanted.slice(start, start + idsAtOnce))
      const shape = shapes(`byId ${noun} ${part.length}`, (db, slot) => {
        const query = db.selectFrom(table.name).select([...table.columns])
        const within = table.owned ? query.where('organization_id', '=', slot()) : query
        return part.length === 1 ? within.where('id', '=', slot()) : within.where('id', 'in', part.map(slot))
      })
      const rows = await connection.rows(shape, table.owned ? [organizationId, ...part] : part)
      for (const row of rows) found.push(table.read(row))
    }
    return withLinks(table, organizationId, found)
  }

  /** Adds the linked ids, such as tags, with one query a list for all entities. */
  async function withLinks<T extends { id: number }>(
    table: Pick<Table<never>, 'links'>,
    organizationId: number,
    entities: T[],
  ): Promise<T[]> {
    if (entities.length === 0) return entities
    for (const [field, link] of table.links) {
      const byId = new Map(entities.map((entity) => [entity.id, entity as T & Record<string, number[]>]))
      const ids = [...byId.keys()]
      for (let start = 0; start < ids.length; start += idsAtOnce) {
        const part = padded(ids.slice(start, start + idsAtOnce))
        const shape = shapes(`links ${link.table} ${part.length}`, (db, slot) =>
          db
            .selectFrom(link.table)
            .select([link.own, link.other])
            .where('organization_id', '=', slot())
            .where(link.own, 'in', part.map(slot))
            .orderBy(link.own)
            .orderBy('position'),
        )
        for (const [own, other] of await connection.rows(shape, [organizationId, ...part])) {
          byId.get(own as number)?.[field]?.push(other as number)
        }
      }
    }
    return entities
  }

  function page<N extends ListedNoun>(
    noun: N,
    query: Queries[N],
    columns: readonly string[],
  ): Promise<Row[]> {
    const table = tables[noun]
    const conditions = conditionsOf(noun, query)
    const { after, descending = false, limit = maxPageSize, offset = 0 } = query
    const sort = sortOf(query.sort)
    const what = `${columns.length} ${query.sort ?? 'id'} ${descending} ${after === undefined} ${offset > 0}`
    const shape = shapes(`list ${noun} ${what}${keyOf(conditions)}`, (db, slot) => {
      let select = db
        .selectFrom(table.name)
        .select([...columns])
        .where((eb) => eb.and(express(eb, table.name, conditions, slot)))
      const direction = descending ? 'desc' : 'asc'
      if (after !== undefined) {
        const op = descending ? '<' : '>'
        select = select.where((eb) =>
          sort === undefined
            ? eb('id', op, slot())
            : eb(eb.refTuple(sort.column, 'id'), op, eb.tuple(slot(), slot())),
        )
      }
      // A reader that synchronises asks for the few rows changed since: they are found by that, then sorted. Behind the
      // plus no planner takes the sort order for the way to walk through everything instead.
      if (sort !== undefined) {
        const hidden = query.updatedAt !== undefined && sort.kind === 'column' && !canBeNull(sort)
        select = select.orderBy(
          (eb) => (hidden ? sql`+${sql.ref(sort.column)}` : sortExpression(eb, table.name, sort)),
          (order) => {
            const directed = descending ? order.desc() : order.asc()
            return !canBeNull(sort) ? directed : descending ? directed.nullsLast() : directed.nullsFirst()
          },
        )
      }
      const page = select.orderBy('id', direction).limit(atMost(slot()))
      return offset > 0 ? page.offset(atMost(slot())) : page
    })
    const key = after === undefined ? [] : sort === undefined ? [after.id] : [after.value, after.id]
    const values = valuesOf(conditions, query.organizationId)
    const size = Math.min(Math.max(Math.trunc(limit) || 1, 1), maxPageSize)
    const skipped = Math.min(Math.trunc(offset), maxOffset)
    return connection.rows(shape, [...values, ...key, size, ...(offset > 0 ? [skipped] : [])])
  }

  return {
    byId,

    async byName(noun, organizationId, name) {
      const table = tables[noun] as Table<Entities[typeof noun]>
      const shape = shapes(`byName ${noun}`, (db, slot) =>
        db
          .selectFrom(table.name)
          .select([...table.columns])
          .where('organization_id', '=', slot())
          .where('name_folded', '=', slot())
          .where('deleted_at', 'is', null),
      )
      const [row] = await connection.rows(shape, [organizationId, fold(name)])
      return row && table.read(row)
    },

    async list(noun, query) {
      const table = tables[noun] as Table<Entities[typeof noun]>
      const rows = await page(noun, query, table.columns)
      return withLinks(
        table,
        query.organizationId,
        rows.map((row) => table.read(row)),
      )
    },

    async stamps(noun, query) {
      const rows = await page(noun, query, ['id', 'revision'])
      return rows.map((row): Stamp => ({ id: row[0] as number, revision: row[1] as number }))
    },

    async count(noun, query) {
      const table = tables[noun]
      const conditions = conditionsOf(noun, query)
      const shape = shapes(`count ${noun}${keyOf(conditions)}`, (db, slot) =>
        db
          .selectFrom(table.name)
          .select((eb) => eb.fn.countAll().as('n'))
          .where((eb) => eb.and(express(eb, table.name, conditions, slot))),
      )
      const [row] = await connection.rows(shape, valuesOf(conditions, query.organizationId))
      return Number(row?.[0] ?? 0)
    },

    async events(organizationId, after, limit) {
      const shape = shapes('events', (db, slot) =>
        db
          .selectFrom('events')
          .select([...eventColumns])
          .where('organization_id', '=', slot())
          .where('sequence', '>', slot())
          .orderBy('sequence')
          .limit(atMost(slot())),
      )
      return (await connection.rows(shape, [organizationId, after, limit])).map(readEvent)
    },

    async eventsOf(organizationId, noun, ids, limit) {
      const found: BookEvent[] = []
      for (let start = 0; start < ids.length; start += idsAtOnce) {
        const part = padded(ids.slice(start, start + idsAtOnce))
        const shape = shapes(`eventsOf ${part.length}`, (db, slot) =>
          db
            .selectFrom('events')
            .select([...eventColumns])
            .where('organization_id', '=', slot())
            .where('sequence', 'in', (eb) =>
              eb
                // Counted in the index alone; only the newest few are then read as a whole.
                .selectFrom((inner) =>
                  inner
                    .selectFrom('events')
                    .select((each) => [
                      'sequence',
                      each.fn
                        .agg<number>('row_number')
                        .over((over) => over.partitionBy('entity_id').orderBy('sequence', 'desc'))
                        .as('place'),
                    ])
                    .where('organization_id', '=', slot())
                    .where('noun', '=', slot())
                    .where('entity_id', 'in', part.map(slot))
                    .as('placed'),
                )
                .select('placed.sequence')
                .where('placed.place', '<=', slot()),
            )
            .orderBy('sequence'),
        )
        const values = [organizationId, organizationId, noun, ...part, limit]
        found.push(...(await connection.rows(shape, values)).map(readEvent))
      }
      return found
    },

    people: readPeople(connection, shapes, standings),
    grants: readGrants(connection, shapes),
  }
}

/** Columns of an event, in the order of `readEvent` and of `append`. */
export const eventColumns = [
  'organization_id',
  'sequence',
  'at',
  'person_id',
  'door',
  'request_id',
  'noun',
  'entity_id',
  'action',
  'before',
  'after',
] as const

function readEvent(row: Row): BookEvent {
  const json = (stored: Stored | undefined) => (typeof stored === 'string' ? JSON.parse(stored) : null)
  return {
    organizationId: row[0] as number,
    sequence: row[1] as number,
    at: row[2] as number,
    personId: row[3] as number | null,
    door: row[4] as BookEvent['door'],
    requestId: row[5] as string,
    noun: row[6] as Noun,
    entityId: row[7] as number,
    action: row[8] as EventAction,
    before: json(row[9]),
    after: json(row[10]),
  }
}
