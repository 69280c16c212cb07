// Opens the store: an engine by address, migrated, and the core's port over it.

import { sql } from 'kysely'
import type { Entities, Noun } from '../core/entity.ts'
import type { SavedAnswer, Store, Transaction } from '../core/ports.ts'
import type { Table } from './codec.ts'
import type { Connection, Engine } from './engine.ts'
import { migrate } from './migrations/index.ts'
import { createReader, eventColumns } from './reader.ts'
import { openSqlite } from './sqlite.ts'
import { tables } from './tables.ts'

/** Opens and migrates a store. `postgres://…` is a PostgreSQL server, anything else the path of an SQLite file. */
export async function openStore(address: string): Promise<Store> {
  const engine = await openEngine(address)
  try {
    await migrate(engine)
  } catch (error) {
    await engine.close()
    throw error
  }
  return storeOver(engine)
}

/** The engine behind an address, not yet migrated. */
export async function openEngine(address: string): Promise<Engine> {
  if (!/^postgres(ql)?:/.test(address)) return openSqlite(address)
  // Loaded when it is needed: most books are a file, and the client is ten megabytes.
  const { openPostgres } = await import('./postgres.ts')
  return openPostgres(address)
}

/** The core's port over an engine whose schema is up to date. */
export function storeOver(engine: Engine): Store {
  const inTurn = createTurns()
  return {
    ...createReader(engine, engine.shapes, new Map()),
    write(organizationId, work) {
      if (engine.kind === 'sqlite' || organizationId === null) {
        return engine.write((connection) => work(createTransaction(engine, connection)))
      }
      // Writers of one organization wait for each other, on SQLite by nature and on PostgreSQL by a lock, so that what
      // a verb has read stays true until it commits and event numbers have no gaps. Those of this process wait here
      // already: waiting at the lock each would hold a connection that readers and other organizations need.
      return inTurn(organizationId, () =>
        engine.write(async (connection) => {
          await lock(engine, connection, organizationId)
          return work(createTransaction(engine, connection))
        }),
      )
    },
    close: () => engine.close(),
  }
}

/** Runs the works of one organization one after the other, failed ones too. */
function createTurns(): <T>(organizationId: number, work: () => Promise<T>) => Promise<T> {
  const last = new Map<number, Promise<unknown>>()
  return (organizationId, work) => {
    const previous = last.get(organizationId) ?? Promise.resolve()
    const mine = previous.then(work, work)
    last.set(organizationId, mine)
    const leave = () => {
      if (last.get(organizationId) === mine) last.delete(organizationId)
    }
    mine.then(leave, leave)
    return mine
  }
}

async function lock({ shapes }: Engine, connection: Connection, organizationId: number): Promise<void> {
  const shape = shapes('lock', (db, slot) =>
    db
      .selectFrom('organization_counters')
      .select('event_sequence')
      .where('organization_id', '=', slot())
      .forUpdate(),
  )
  await connection.rows(shape, [organizationId])
}

function createTransaction(engine: Engine, connection: Connection): Transaction {
  const { shapes } = engine
  return {
    ...createReader(connection, shapes),
    ...numbering(engine, connection),
    ...secretsOf(engine, connection),
    ...answers(engine, connection),

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
    const { link: kept } = table
    if (kept === undefined) return
    const { organizationId, tagIds } = entity as unknown as {
      organizationId: number
      tagIds: readonly number[]
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
    for (const [position, other] of tagIds.entries()) {
      await connection.run(shape, [organizationId, entity.id, position, other])
    }
  }
}

function numbering(
  { kind, shapes }: Engine,
  connection: Connection,
): Pick<Transaction, 'nextId' | 'reserveId'> {
  if (kind === 'postgres') {
    // Sequences never wait for other writers; a number lost to a rollback is only a gap among ids.
    return {
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

function secretsOf(
  { shapes }: Engine,
  connection: Connection,
): Pick<Transaction, 'setPassword' | 'endTokens' | 'setCredentialDigest' | 'setSetting' | 'takeSetting'> {
  return {
    async setPassword(personId, hash, at) {
      const shape = shapes('setPassword', (db, slot) =>
        db
          .insertInto('passwords')
          .values({ person_id: slot(), hash: slot(), revision: slot(), updated_at: slot() })
          .onConflict((conflict) =>
            conflict.column('person_id').doUpdateSet((eb) => ({
              hash: eb.ref('excluded.hash'),
              updated_at: eb.ref('excluded.updated_at'),
              revision: eb('passwords.revision', '+', eb.lit(1)),
            })),
          ),
      )
      await connection.run(shape, [personId, hash, 1, at])
    },
    async endTokens(personId) {
      const shape = shapes('endTokens', (db, slot) =>
        db
          .updateTable('credentials')
          .set({ digest: null })
          .where('person_id', '=', slot())
          .where('kind', '=', 'token'),
      )
      await connection.run(shape, [personId])
    },
    async setCredentialDigest(credentialId, organizationId, digest) {
      const shape = shapes('setCredentialDigest', (db, slot) =>
        db
          .updateTable('credentials')
          .set((eb) => ({
            digest: slot(),
            password_revision: eb
              .selectFrom('passwords')
              .select('revision')
              .whereRef('passwords.person_id', '=', 'credentials.person_id'),
          }))
          .where('organization_id', '=', slot())
          .where('id', '=', slot()),
      )
      await connection.run(shape, [digest, organizationId, credentialId])
    },
    async setSetting(name, value) {
      const shape = shapes('setSetting', (db, slot) =>
        db
          .insertInto('settings')
          .values({ name: slot(), value: slot() })
          .onConflict((conflict) =>
            conflict.column('name').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })),
          ),
      )
      await connection.run(shape, [name, value])
    },
    async takeSetting(name, value) {
      const shape = shapes('takeSetting', (db, slot) =>
        db
          .updateTable('settings')
          .set({ value: null })
          .where('name', '=', slot())
          .where('value', '=', slot()),
      )
      return (await connection.run(shape, [name, value])) === 1
    },
  }
}

function answers(
  { shapes }: Engine,
  connection: Connection,
): Pick<Transaction, 'savedAnswer' | 'saveAnswer'> {
  const columns = ['fingerprint', 'status', 'headers', 'body', 'at'] as const
  return {
    async savedAnswer(organizationId, personId, key) {
      const shape = shapes('savedAnswer', (db, slot) =>
        db
          .selectFrom('idempotency_keys')
          .select([...columns])
          .where('organization_id', '=', slot())
          .where('person_id', '=', slot())
          .where('key', '=', slot()),
      )
      const [row] = await connection.rows(shape, [organizationId, personId, key])
      if (row === undefined) return undefined
      const [fingerprint, status, headers, body, at] = row
      return { fingerprint, status, headers: JSON.parse(headers as string), body, at } as SavedAnswer
    },
    async saveAnswer(organizationId, personId, key, answer) {
      const names = ['organization_id', 'person_id', 'key', ...columns]
      const shape = shapes('saveAnswer', (db, slot) =>
        db.insertInto('idempotency_keys').values(Object.fromEntries(names.map((name) => [name, slot()]))),
      )
      const { fingerprint, status, headers, body, at } = answer
      const what = [fingerprint, status, JSON.stringify(headers), body, at]
      await connection.run(shape, [organizationId, personId, key, ...what])
    },
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
