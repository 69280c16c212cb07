// Conditions as SQL: the one place where they become it.

import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Link, Stored } from './codec.ts'
import { type Condition, comparesEquality, padded, type UsedBy } from './conditions.ts'

type Loose = Record<string, Record<string, Stored>>
type Eb = ExpressionBuilder<Loose, string>

/** The conditions as SQL, on rows of `table`. */
export function express(
  eb: Eb,
  table: string,
  conditions: readonly Condition[],
  slot: () => never,
): Expression<SqlBool>[] {
  return conditions.map((condition) => expressOne(eb, table, condition, slot))
}

function expressOne(eb: Eb, table: string, condition: Condition, slot: () => never): Expression<SqlBool> {
  switch (condition.op) {
    case 'and':
      return eb.and(express(eb, table, condition.parts, slot))
    case 'or':
      return eb.or(express(eb, table, condition.parts, slot))
    case 'not':
      return eb.not(expressOne(eb, table, condition.part, slot))
    case 'is null':
      return eb(`${table}.${condition.column}`, 'is', null)
    case 'is not null':
      return eb(`${table}.${condition.column}`, 'is not', null)
    // Written out, since a planner that meets a parameter here cannot tell whether a partial index serves.
    case 'is true':
      return eb(`${table}.${condition.column}`, '=', eb.lit(1))
    case 'is false':
      return eb(`${table}.${condition.column}`, '=', eb.lit(0))
    case 'in':
    case 'not in':
      return eb(`${table}.${condition.column}`, condition.op, slots(condition.values, slot))
    case 'word':
      return word(eb, table, condition, slot)
    case 'decimal':
      return sql<SqlBool>`cast(${eb.ref(`${table}.${condition.column}`)} as numeric) ${sql.raw(condition.compare)} cast(${slot()} as numeric)`
    case 'contains':
      return sql<SqlBool>`${eb.ref(`${table}.${condition.column}`)} like ${slot()} escape '\\'`
    case 'like':
    case 'not like':
      return like(eb, table, condition, slot)
    case 'named':
      return eb(`${table}.${condition.column}`, 'in', namedIds(eb, condition, slot))
    case 'linked':
      return linked(eb, table, condition, slot)
    case 'linked to':
      return linkedTo(eb, table, condition, slot)
    case 'used':
      return used(eb, table, condition.by, slot)
    case 'property':
      return property(eb, table, condition, slot)
    default:
      return eb(`${table}.${condition.column}`, condition.op, slot())
  }
}

/** As typed or in lower case: SQLite's own lower case knows ASCII only, so what is typed alike is found in any case. */
function word(
  eb: Eb,
  table: string,
  { column, compare, values }: Condition & { op: 'word' },
  slot: () => never,
): Expression<SqlBool> {
  const own = eb.ref(`${table}.${column}`)
  const lower = eb.fn('lower', [own])
  if (!comparesEquality(compare)) return eb(lower, compare, slots(values, slot)[0] as never)
  const exact = slots(values, slot)
  const folded = slots(values, slot)
  return compare === '=' || compare === 'in'
    ? eb.or([eb(own, 'in', exact), eb(lower, 'in', folded)])
    : eb.and([eb(own, 'not in', exact), eb(lower, 'not in', folded)])
}

function like(
  eb: Eb,
  table: string,
  { column, op, lower }: { column: string; op: 'like' | 'not like'; lower: boolean },
  slot: () => never,
): Expression<SqlBool> {
  const own = eb.ref(`${table}.${column}`)
  const subject = lower ? eb.fn('lower', [own]) : own
  return sql<SqlBool>`${subject} ${sql.raw(op)} ${slot()} escape '\\'`
}

function slots(values: readonly Stored[], slot: () => never): never[] {
  return padded(values).map(() => slot())
}

function namedIds(eb: Eb, condition: { table: string; names: readonly string[] }, slot: () => never) {
  return eb
    .selectFrom(condition.table)
    .select('id')
    .where('organization_id', '=', slot())
    .where('name_folded', 'in', slots(condition.names, slot))
    .where('deleted_at', 'is', null)
}

function linked(
  eb: Eb,
  table: string,
  { link, table: other, names }: { link: Link; table: string; names: readonly string[] },
  slot: () => never,
): Expression<SqlBool> {
  return eb.exists(
    eb
      .selectFrom(link.table)
      .select('position')
      .whereRef(`${link.table}.organization_id`, '=', `${table}.organization_id`)
      .whereRef(`${link.table}.${link.own}`, '=', `${table}.id`)
      .where(`${link.table}.${link.other}`, 'in', namedIds(eb, { table: other, names }, slot)),
  )
}

function linkedTo(
  eb: Eb,
  table: string,
  { link, ids }: { link: Link; ids: readonly number[] | undefined },
  slot: () => never,
): Expression<SqlBool> {
  const rows = eb
    .selectFrom(link.table)
    .select('position')
    .whereRef(`${link.table}.organization_id`, '=', `${table}.organization_id`)
    .whereRef(`${link.table}.${link.own}`, '=', `${table}.id`)
  return eb.exists(
    ids === undefined ? rows : rows.where(`${link.table}.${link.other}`, 'in', slots(ids, slot)),
  )
}

function used(eb: Eb, table: string, by: UsedBy, slot: () => never): Expression<SqlBool> {
  if (by.link === undefined) {
    return eb.exists(
      eb
        .selectFrom(by.table)
        .select('id')
        .where(`${by.table}.organization_id`, '=', slot())
        .whereRef(`${by.table}.${by.column}`, '=', `${table}.id`)
        .where(`${by.table}.person_id`, '=', slot())
        .where(`${by.table}.deleted_at`, 'is', null),
    )
  }
  const { link } = by
  return eb.exists(
    eb
      .selectFrom(link.table)
      .innerJoin(by.table, (join) =>
        join
          .onRef(`${by.table}.organization_id`, '=', `${link.table}.organization_id`)
          .onRef(`${by.table}.id`, '=', `${link.table}.${link.own}`),
      )
      .select(`${by.table}.id`)
      .where(`${link.table}.organization_id`, '=', slot())
      .whereRef(`${link.table}.${link.other}`, '=', `${table}.id`)
      .where(`${by.table}.person_id`, '=', slot())
      .where(`${by.table}.deleted_at`, 'is', null),
  )
}

function property(
  eb: Eb,
  table: string,
  { name, pattern }: Condition & { op: 'property' },
  slot: () => never,
): Expression<SqlBool> {
  let rows = eb
    .selectFrom('properties')
    .select('properties.id')
    .whereRef('properties.organization_id', '=', `${table}.organization_id`)
    .where('properties.subject_noun', '=', slot())
    .whereRef('properties.subject_id', '=', `${table}.id`)
    .where('properties.space', '=', sql.lit('organization'))
    .where('properties.deleted_at', 'is', null)
  const lower = (column: string) => eb.fn('lower', [eb.ref(column)])
  if (name !== undefined) rows = rows.where(lower('properties.name'), '=', slot())
  if (pattern !== undefined) {
    rows = rows.where(sql<SqlBool>`${lower('properties.value')} like ${slot()} escape '\\'`)
  }
  return eb.exists(rows)
}
