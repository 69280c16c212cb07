// The writing half of the store: one open transaction of one connection.

import type { Entities, Noun } from '../core/entity.ts'
import type { Transaction } from '../core/ports.ts'
import type { Table } from './codec.ts'
import type { Connection, Engine } from './engine.ts'
import { writeGrants } from './grants.ts'
import { numbering } from './numbering.ts'
import { createReader, eventColumns } from './reader.ts'
import { secondFactorsOf } from './second-factors.ts'
import { answers, secretsOf } from './side-tables.ts'
import { tables } from './tables.ts'
import { createSums } from './totals.ts'

/** Makes the core's transaction over a connection that has one open. */
export function createTransaction(engine: Engine, connection: Connection): Transaction {
  const { shapes } = engine
  return {
    ...createReader(connection, shapes),
    sums: createSums(engine, connection),
    ...numbering(engine, connection),
    ...secretsOf(engine, connection),
    ...secondFactorsOf(connection, shapes),
    ...answers(engine, connection),
    ...writeGrants(engine, connection),

    async insert(noun, entity) {
      const table = tables[noun] as Table<typeof entity>
      const shape = shapes(`insert ${noun}`, (db, slot) =>
        db
          .insertInto(table.name)
          .values(Object.fromEntries(table.allColumns.map((column) => [column, slot()]))),
      )
      await connection.run(shape, table.write(entity))
      if (noun === 'organization') await startCounters(entity.id)
      await link(table, entity)
    },

    async update(noun, entity) {
      const table = tables[noun] as Table<typeof entity>
      const shape = shapes(`update ${noun}`, (db, slot) => {
        const query = db
          .updateTable(table.name)
          .set(Object.fromEntries(table.allColumns.map((column) => [column, slot()])))
          .where('id', '=', slot())
          .where('revision', '=', slot())
        return table.owned ? query.where('organization_id', '=', slot()) : query
      })
      const { organizationId = 0 } = entity as { organizationId?: number }
      const key = [entity.id, entity.revision - 1]
      const values = [...table.write(entity), ...key, ...(table.owned ? [organizationId] : [])]
      const changed = await connection.run(shape, values)
      if (changed === 1) await link(table, entity, true)
      return changed === 1
    },

    async append(organizationId, events) {
      const counter = shapes('nextEvents', (db, slot) =>
        db
          .updateTable('organization_counters')
          .set((eb) => ({ event_sequence: eb('event_sequence', '+', slot()) }))
          .where('organization_id', '=', slot())
          .returning('event_sequence'),
      )
      const [row] = await connection.rows(counter, [events.length, organizationId])
      let sequence = (row?.[0] as number) - events.length
      const shape = shapes('insertEvent', (db, slot) =>
        db.insertInto('events').values(Object.fromEntries(eventColumns.map((column) => [column, slot()]))),
      )
      for (const event of events) {
        sequence += 1
        const { at, personId, door, requestId, noun, entityId, action } = event
        const what = [at, personId, door, requestId, noun, entityId, action]
        await connection.run(shape, [
          organizationId,
          sequence,
          ...what,
          json(event.before),
          json(event.after),
        ])
      }
    },

    async touch(organizationId, what) {
      const column = `${what}_revision`
      const shape = shapes(`touch ${what}`, (db, slot) =>
        db
          .updateTable('organization_counters')
          .set((eb) => ({ [column]: eb(column, '+', eb.lit(1)) }))
          .where('organization_id', '=', slot()),
      )
      await connection.run(shape, [organizationId])
    },
  }

  async function startCounters(organizationId: number): Promise<void> {
    const shape = shapes('startCounters', (db, slot) =>
      db.insertInto('organization_counters').values({
        organization_id: slot(),
        event_sequence: slot(),
        references_revision: slot(),
        categories_revision: slot(),
      }),
    )
    await connection.run(shape, [organizationId, 0, 1, 1])
  }

  /** Keeps the linked ids of an entity; those of an earlier revision go. */
  async function link<N extends Noun>(
    table: Table<Entities[N]>,
    entity: Entities[N],
    replace = false,
  ): Promise<void> {
    for (const [field, kept] of table.links) {
      const { organizationId, [field]: others } = entity as unknown as Record<string, readonly number[]> & {
        organizationId: number
      }
      if (replace) {
        const shape = shapes(`unlink ${kept.table}`, (db, slot) =>
          db.deleteFrom(kept.table).where('organization_id', '=', slot()).where(kept.own, '=', slot()),
        )
        await connection.run(shape, [organizationId, entity.id])
      }
      const shape = shapes(`link ${kept.table}`, (db, slot) =>
        db
          .insertInto(kept.table)
          .values({ organization_id: slot(), [kept.own]: slot(), position: slot(), [kept.other]: slot() }),
      )
      for (const [position, other] of (others ?? []).entries()) {
        await connection.run(shape, [organizationId, entity.id, position, other])
      }
    }
  }
}

// Amounts are within the integers that JSON carries exactly.
function json(entity: object | null): string | null {
  if (entity === null) return null
  const plain: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(entity)) {
    plain[field] = typeof value === 'bigint' ? Number(value) : value
  }
  return JSON.stringify(plain)
}
