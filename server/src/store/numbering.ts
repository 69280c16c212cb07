// Numbers for new entities: a counter row on SQLite, a sequence on PostgreSQL.

import { sql } from 'kysely'
import type { Noun } from '../core/entity.ts'
import type { Transaction } from '../core/ports.ts'
import type { Connection, Engine } from './engine.ts'

/** Makes the numbering of one transaction. */
export function numbering(
  { kind, shapes }: Engine,
  connection: Connection,
): Pick<Transaction, 'nextId' | 'reserveId' | 'nextInSeries'> {
  const series = { nextInSeries: seriesOf(shapes, connection) }
  if (kind === 'postgres') {
    // Sequences never wait for other writers; a number lost to a rollback is only a gap among ids.
    return {
      ...series,
      async nextId(noun) {
        const shape = shapes(`nextId ${noun}`, (db) =>
          db.selectNoFrom(sql<number>`nextval(${sequenceOf(noun)})`.as('id')),
        )
        const [row] = await connection.rows(shape, [])
        return row?.[0] as number
      },
      async reserveId(noun, id) {
        // The number becomes the last one given out unless a higher one was; asking must not give one out itself.
        // A fresh sequence stands at 1 without having given it out, so an equal number is set too.
        const shape = shapes(`reserveId ${noun}`, (db, slot) =>
          db
            .selectFrom(sql<{ last_value: number }>`${sql.table(`${noun}_ids`)}`.as('ids'))
            .select(sql`setval(${sequenceOf(noun)}, ${slot()}::bigint)`.as('last'))
            .where(sql`${slot()}::bigint`, '>=', sql.ref('last_value')),
        )
        await connection.rows(shape, [id, id])
      },
    }
  }
  return {
    ...series,
    async nextId(noun) {
      const shape = shapes('nextId', (db, slot) =>
        db
          .updateTable('id_counters')
          .set((eb) => ({ last: eb('last', '+', eb.lit(1)) }))
          .where('noun', '=', slot())
          .returning('last'),
      )
      const [row] = await connection.rows(shape, [noun])
      return row?.[0] as number
    },
    async reserveId(noun, id) {
      const shape = shapes('reserveId', (db, slot) =>
        db
          .updateTable('id_counters')
          .set({ last: slot() })
          .where('noun', '=', slot())
          .where('last', '<', slot()),
      )
      await connection.run(shape, [id, noun, id])
    },
  }
}

// A noun is one of a closed list, so it may stand in the SQL text.
function sequenceOf(noun: Noun) {
  return sql.lit(`${noun}_ids`)
}

// Counted in the transaction, so that a number that is not kept is not lost either.
function seriesOf(shapes: Engine['shapes'], connection: Connection): Transaction['nextInSeries'] {
  return async (organizationId, name) => {
    const shape = shapes('nextInSeries', (db, slot) =>
      db
        .insertInto('number_series')
        .values((eb) => ({ organization_id: slot(), name: slot(), last: eb.lit(1) }))
        .onConflict((conflict) =>
          conflict
            .columns(['organization_id', 'name'])
            .doUpdateSet((eb) => ({ last: eb('number_series.last', '+', eb.lit(1)) })),
        )
        .returning('last'),
    )
    const [row] = await connection.rows(shape, [organizationId, name])
    return row?.[0] as number
  }
}
