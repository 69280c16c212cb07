// Opens the store: an engine by address, migrated, and the core's port over it.

import type { Store, Transaction } from '../core/ports.ts'
import type { Connection, Engine } from './engine.ts'
import { migrate } from './migrations/index.ts'
import { createReader } from './reader.ts'
import { openSqlite } from './sqlite.ts'
import { createSums } from './totals.ts'
import { createTransaction } from './transaction.ts'

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
  // SQLite writes over one connection, which then has one transaction object for good.
  const transactions = new WeakMap<Connection, Transaction>()

  function transactionOver(connection: Connection): Transaction {
    const known = transactions.get(connection)
    if (known !== undefined) return known
    const made = createTransaction(engine, connection)
    transactions.set(connection, made)
    return made
  }

  return {
    ...createReader(engine, engine.shapes, new Map()),
    sums: createSums(engine, engine, engine.sumAside),
    write(organizationId, work) {
      if (engine.kind === 'sqlite' || organizationId === null) {
        return engine.write((connection) => work(transactionOver(connection)))
      }
      // Writers of one organization wait for each other, on SQLite by nature and on PostgreSQL by a lock, so that what
      // a verb has read stays true until it commits and event numbers have no gaps. Those of this process wait here
      // already: waiting at the lock each would hold a connection that readers and other organizations need.
      return inTurn(organizationId, () =>
        engine.write(async (connection) => {
          await lock(engine, connection, organizationId)
          return work(transactionOver(connection))
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
