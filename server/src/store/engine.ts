// What the two database engines have in common: one builder of queries, rows as arrays, and shared compiled shapes.

import { type Compilable, type CompiledQuery, type Expression, type Kysely, sql } from 'kysely'
import type { Stored } from './codec.ts'
import type { Row, Shape } from './shape.ts'
import type { SumJob, Sums } from './sums.ts'

export { bind, type Row, type Shape } from './shape.ts'

/** Kysely as a builder only: it compiles, the engine runs. */
export type Builder = Kysely<Record<string, Record<string, Stored>>>

/** Runs compiled queries on one connection, or on any free one of a pool. */
export type Connection = {
  rows(shape: Shape, values: readonly Stored[]): Promise<Row[]>
  /** Answers how many rows were changed. */
  run(shape: Shape, values: readonly Stored[]): Promise<number>
}

export type Engine = Connection & {
  readonly kind: 'sqlite' | 'postgres'
  /** Runs `work` in a transaction that is on disk when the promise resolves. */
  write<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** Runs statements outside of any shape, under a lock that only one process holds; for migrations. */
  migrate(work: (execute: (sql: string) => Promise<Row[]>) => Promise<void>): Promise<void>
  readonly shapes: Shapes
  /** Adds up where reads over this connection need not wait for it, when that needs a place of its own. */
  readonly sumAside?: (job: SumJob) => Promise<Sums>
  close(): Promise<void>
}

/** Finds a compiled query by its key, or builds it. The key must tell everything that changes the SQL. */
export type Shapes = (key: string, build: (db: Builder, slot: () => never) => Compilable) => Shape

// A placeholder for a value that comes later. Kysely hands it through as a parameter.
class Slot {
  readonly index: number
  constructor(index: number) {
    this.index = index
  }
}

/** Shapes kept at most. Filters make a bounded number of combinations; in a flood of odd ones the later are not kept. */
const maxShapes = 5000

/** Makes the cache of compiled queries over a builder. Compiling costs about 20 µs, finding one much less. */
export function createShapes(builder: Builder): Shapes {
  const shapes = new Map<string, Shape>()
  return (key, build) => {
    const known = shapes.get(key)
    if (known !== undefined) return known
    let slots = 0
    const compiled = build(builder, () => {
      slots += 1
      return new Slot(slots - 1) as never
    }).compile() as CompiledQuery
    const order = compiled.parameters.map((parameter) =>
      parameter instanceof Slot ? parameter.index : { constant: parameter as Stored },
    )
    if (shapes.size >= maxShapes) return { name: undefined, sql: compiled.sql, order }
    const shape = { name: `q${shapes.size}`, sql: compiled.sql, order }
    shapes.set(key, shape)
    return shape
  }
}

/**
 * The limit of a query. Its planner looks at a bare parameter, and so SQLite plans anew at every execution, which costs
 * ten times the query itself; behind a cast it does not look.
 */
export function atMost(limit: number): Expression<number> {
  return sql<number>`cast(${limit} as bigint)`
}
