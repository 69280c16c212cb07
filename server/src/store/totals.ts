// Sums over the rows a query matches, as SQL: grouped by columns, and by pieces between bounds.

import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Sum, SumField, SummedNoun, SumReader } from '../core/ports.ts'
import type { Queries } from '../core/queries.ts'
import { type Stored, snake } from './codec.ts'
import { type Condition, keyOf, valuesOf } from './conditions.ts'
import { atMost, type Builder, type Connection, type Engine, type Shape } from './engine.ts'
import { express } from './express.ts'
import { conditionsOf } from './filters.ts'
import { addUp, type Slice, type SumJob, type Sums } from './sums.ts'
import { tables, tagLinks } from './tables.ts'

/** A sum of many amounts may be beyond the numbers that every engine gives back, so it comes in two: high and low bits. */
const lowBits = 26

type Summed = {
  readonly date: string
  readonly measures: readonly string[]
  /** Whether a sum fits 53 bits, however many rows there are. */
  readonly small: boolean
  readonly only: readonly Condition[]
  /** On SQLite, the index that has everything a sum needs. */
  readonly index: string
}

const summed: { readonly [N in SummedNoun]: Summed } = {
  time_entry: {
    date: 'started_at',
    measures: ['duration_seconds', 'duration_seconds * billable', 'duration_seconds * billed'],
    small: true,
    only: [{ column: 'ended_at', op: 'is not null' }],
    index: 'time_entries_start',
  },
  expense: {
    date: 'spent_at',
    measures: ['amount_minor', 'amount_minor * billable', 'amount_minor * billed', 'base_amount_minor'],
    small: false,
    only: [],
    index: 'expenses_spent',
  },
}

/** Slices that SQLite sums one after the other: each is sorted in the processor's cache instead of all in memory. */
const slicesAtLeast = 64

/** Makes the sums over a connection. `aside` runs a job where other reads need not wait for it. */
export function createSums(
  { kind, shapes }: Pick<Engine, 'kind' | 'shapes'>,
  connection: Connection,
  aside?: (job: SumJob) => Promise<Sums>,
): SumReader {
  const run = aside ?? ((job: SumJob) => addUp(job, (shape, values) => connection.rows(shape, values)))

  /** The one value of a statement, null when it has none. */
  async function value(
    shape: Shape,
    conditions: readonly Condition[],
    organizationId: number,
  ): Promise<Stored> {
    const slices = [{ prefix: [], values: valuesOf(conditions, organizationId) }]
    const { keys } = await run({ shape, careful: undefined, slices, keys: 1, limit: 1 })
    return keys[0] ?? null
  }

  function end(noun: SummedNoun, query: AnyQuery, which: 'min' | 'max'): Promise<Stored> {
    const conditions = matching(noun, query)
    const shape = shapes(`${which} ${noun}${keyOf(conditions)}`, (db, slot) =>
      source(db, kind, noun, conditions)
        .select((eb) => eb.fn.agg(which, [column(noun, summed[noun].date)]).as('end'))
        .where((eb) => eb.and(express(eb, tables[noun].name, conditions, slot))),
    )
    return value(shape, conditions, query.organizationId)
  }

  return {
    async ends(noun, query) {
      const first = await end(noun, query, 'min')
      if (first === null) return undefined
      const last = await end(noun, query, 'max')
      // The last entry may be gone by now.
      return last === null ? undefined : { first: Number(first), last: Number(last) }
    },

    async running(query) {
      const conditions = conditionsOf('time_entry', { ...query, running: true })
      const shape = shapes(`running${keyOf(conditions)}`, (db, slot) =>
        hinted(db, kind, 'time_entry', 'time_entries_running')
          .select((eb) => eb.fn.countAll().as('n'))
          .where((eb) => eb.and(express(eb, tables.time_entry.name, conditions, slot))),
      )
      return Number(await value(shape, conditions, query.organizationId))
    },

    async of(noun, request) {
      const conditions = matching(noun, request.query)
      const { by, limit } = request
      const shapeOf = (careful: boolean) =>
        shapes(`sums ${noun} ${by.join()} ${careful}${keyOf(conditions)}`, (db, slot) =>
          statement(source(db, kind, noun, conditions), kind, noun, { by, conditions, careful, slot }),
        )
      const sliced = kind === 'sqlite'
      const values = valuesOf(conditions, request.query.organizationId)
      const sums = await run({
        shape: shapeOf(!sliced),
        careful: sliced && !summed[noun].small ? shapeOf(true) : undefined,
        slices: sliced ? slicesOf(request.bounds, values, limit) : [wholeOf(request.bounds, values, limit)],
        keys: by.length + 1,
        limit,
      })
      return readSums(sums, by.length + 1, noun)
    },
  }
}

type AnyQuery = { readonly organizationId: number }
type From = SelectQueryBuilder<Record<string, Record<string, Stored>>, string, object>

function matching(noun: SummedNoun, query: AnyQuery): Condition[] {
  return [...conditionsOf(noun, query as Queries[SummedNoun]), ...summed[noun].only]
}

// A report has few expenses, and an index of its own.
function source(db: Builder, kind: Engine['kind'], noun: SummedNoun, conditions: readonly Condition[]): From {
  const ofReport = conditions.some((condition) => 'column' in condition && condition.column === 'report_id')
  return hinted(db, kind, noun, ofReport ? undefined : summed[noun].index)
}

/**
 * The table of a noun, on SQLite by way of that index: its planner would take one that narrows, and then look up each row
 * in the table, which costs ten times as much as walking on in the index that has everything.
 */
function hinted(db: Builder, kind: Engine['kind'], noun: SummedNoun, index: string | undefined): From {
  const { name } = tables[noun]
  if (kind === 'postgres' || index === undefined) return db.selectFrom(name)
  const hint = sql.raw(`"${name}" indexed by ${index}`)
  return db.selectFrom(sql`${sql.table(name)}`.as<string>(hint)) as unknown as From
}

type Parts = {
  readonly by: readonly SumField<SummedNoun>[]
  readonly conditions: readonly Condition[]
  readonly careful: boolean
  readonly slot: () => never
}

/** Selects the piece (on PostgreSQL), the keys, the count and the sums, in this order. */
function statement(from: From, kind: Engine['kind'], noun: SummedNoun, parts: Parts) {
  const { by, conditions, careful, slot } = parts
  const { name } = tables[noun]
  const link = tagLinks[noun]
  const { date, measures, small } = summed[noun]
  const dated = sql.ref<number>(column(noun, date))
  const inPieces = kind === 'postgres' ? withPieces(from, dated, slot) : from
  const piece = kind === 'postgres' ? [sql<Stored>`pieces.piece`] : []
  const keys = [...piece, ...by.map((field) => sql<Stored>`${sql.ref(keyColumn(noun, field))}`)]
  const sums = measures.flatMap((measure) => sumOf(sql.raw(measure), small, careful))
  const joined = by.includes('tagId')
    ? (inPieces.leftJoin(link.table, (join) =>
        join
          .onRef(`${link.table}.organization_id`, '=', `${name}.organization_id`)
          .onRef(`${link.table}.${link.own}`, '=', `${name}.id`),
      ) as unknown as From)
    : inPieces
  const selected = joined
    .select([...keys, sql<Stored>`count(*)`, ...sums].map((each, i) => each.as(`c${i}`)))
    .where((eb) => eb.and(express(eb, name, conditions, slot)))
    .where(dated, '>=', slot())
    .where(dated, '<', slot())
    .limit(atMost(slot()))
  return keys.length === 0 ? selected : selected.groupBy(keys.map((_, i) => sql.raw(String(i + 1))))
}

/**
 * Rows with the number of their piece. It comes from a list to which rows are joined, of which the planner knows how long
 * it is. Of a bare expression over dates it expects as many values as there are dates, and sorts everything on disk.
 */
function withPieces(from: From, dated: RawBuilder<number>, slot: () => never): From {
  const list = sql`generate_series(0, cast(${slot()} as int) - 1)`.as<string>(sql`pieces(piece)`)
  const bucket = sql<number>`width_bucket(${dated}, cast(${slot()} as bigint[])) - 1`
  return from.innerJoin(list, (join) => join.on(sql<number>`pieces.piece`, '=', bucket)) as unknown as From
}

// Splitting the sum is quicker, splitting each amount cannot overflow.
function sumOf(measure: RawBuilder<unknown>, small: boolean, careful: boolean): RawBuilder<Stored>[] {
  const low = sql.raw(String(2 ** lowBits - 1))
  const high = sql.raw(String(lowBits))
  if (small) return [sql`cast(sum(${measure}) as bigint)`]
  return careful
    ? [sql`cast(sum((${measure}) >> ${high}) as bigint)`, sql`cast(sum((${measure}) & ${low}) as bigint)`]
    : [sql`sum(${measure}) >> ${high}`, sql`sum(${measure}) & ${low}`]
}

function column(noun: SummedNoun, name: string): string {
  return `${tables[noun].name}.${name}`
}

function keyColumn(noun: SummedNoun, field: SumField<SummedNoun>): string {
  const link = tagLinks[noun]
  return field === 'tagId' ? `${link.table}.${link.other}` : column(noun, snake(field))
}

/** Every piece as one or more slices, none much longer than its share of the whole. */
function slicesOf(bounds: readonly number[], values: readonly Stored[], limit: number): Slice[] {
  const share = Math.ceil(((bounds.at(-1) ?? 0) - (bounds[0] ?? 0)) / slicesAtLeast)
  return bounds.slice(1).flatMap((end, piece) => {
    const slices: Slice[] = []
    for (let start = bounds[piece] ?? end; start < end; start += share) {
      slices.push({ prefix: [piece], values: [...values, start, Math.min(start + share, end), limit + 1] })
    }
    return slices
  })
}

/** All pieces at once: the statement tells them apart. */
function wholeOf(bounds: readonly number[], values: readonly Stored[], limit: number): Slice {
  const ends = [bounds[0] ?? 0, bounds.at(-1) ?? 0]
  return { prefix: [], values: [bounds.length - 1, `{${bounds.join()}}`, ...values, ...ends, limit + 1] }
}

function readSums({ keys: flatKeys, numbers }: Sums, keys: number, noun: SummedNoun): Sum[] {
  const { measures, small } = summed[noun]
  const width = 1 + measures.length * (small ? 1 : 2)
  const sums: Sum[] = []
  for (let at = 0; at * keys < flatKeys.length; at += 1) {
    const [first, end] = [at * width, (at + 1) * width]
    const count = numbers[first] ?? 0
    // Without keys there is a row even where nothing is.
    if (count === 0) continue
    const amounts: bigint[] = []
    for (let i = first + 1; i < end; i += small ? 1 : 2) {
      const high = BigInt(numbers[i] ?? 0)
      amounts.push(small ? high : (high << BigInt(lowBits)) + BigInt(numbers[i + 1] ?? 0))
    }
    const [piece, ...own] = flatKeys.slice(at * keys, (at + 1) * keys)
    sums.push({ piece: Number(piece), keys: own, count, amounts })
  }
  return sums
}
