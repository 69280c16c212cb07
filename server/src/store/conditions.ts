// A small language of conditions, and the one place that turns it into SQL.

import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Link, Stored } from './codec.ts'

/** All conditions of a list must hold. Values never become part of the SQL text. */
export type Condition =
  | { readonly column: string; readonly op: '=' | '!=' | '>' | '>=' | '<' | '<='; readonly value: Stored }
  | { readonly column: string; readonly op: 'in'; readonly values: readonly Stored[] }
  | { readonly column: string; readonly op: 'is null' | 'is not null' | 'is true' | 'is false' }
  /** The column holds the folded text; wildcards in the text mean themselves. */
  | { readonly column: string; readonly op: 'contains'; readonly text: string }
  /** The column points to a row of `table` that has one of these folded names. */
  | {
      readonly column: string
      readonly op: 'named'
      readonly table: string
      readonly names: readonly string[]
    }
  /** One of the linked rows has one of these folded names. */
  | { readonly link: Link; readonly op: 'linked'; readonly table: string; readonly names: readonly string[] }
  /** Some row of `table` points here from `column`, and belongs to the person. */
  | { readonly op: 'used'; readonly by: UsedBy; readonly personId: number }

export type UsedBy = { readonly table: string; readonly column: string; readonly link?: Link }

type Loose = Record<string, Record<string, Stored>>
type Eb = ExpressionBuilder<Loose, string>

/** What makes the SQL of these conditions differ from that of others. */
export function keyOf(conditions: readonly Condition[]): string {
  let key = ''
  for (const condition of conditions) {
    if (condition.op === 'linked') key += `;${condition.link.table} linked ${padded(condition.names).length}`
    else if (condition.op === 'used') key += `;used ${condition.by.table} ${condition.by.column}`
    else if (condition.op === 'named') key += `;${condition.column} named ${padded(condition.names).length}`
    else if (condition.op === 'in') key += `;${condition.column} in ${padded(condition.values).length}`
    else key += `;${condition.column} ${condition.op}`
  }
  return key
}

/** The values of these conditions, in the order in which `express` takes its slots. */
export function valuesOf(conditions: readonly Condition[], organizationId: number): Stored[] {
  return conditions.flatMap((condition): readonly Stored[] => {
    switch (condition.op) {
      case 'is null':
      case 'is not null':
      case 'is true':
      case 'is false':
        return []
      case 'in':
        return padded(condition.values)
      case 'contains':
        return [`%${condition.text.replace(/[\\%_]/g, '\\$&')}%`]
      case 'named':
      case 'linked':
        return [organizationId, ...padded(condition.names)]
      case 'used':
        return [organizationId, condition.personId]
      default:
        return [condition.value]
    }
  })
}

/** The conditions as SQL, on rows of `table`. */
export function express(
  eb: Eb,
  table: string,
  conditions: readonly Condition[],
  slot: () => never,
): Expression<SqlBool>[] {
  return conditions.map((condition): Expression<SqlBool> => {
    switch (condition.op) {
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
        return eb(`${table}.${condition.column}`, 'in', slots(condition.values, slot))
      case 'contains':
        return contains(eb, `${table}.${condition.column}`, slot)
      case 'named':
        return eb(`${table}.${condition.column}`, 'in', namedIds(eb, condition, slot))
      case 'linked':
        return linked(eb, table, condition, slot)
      case 'used':
        return used(eb, table, condition.by, slot)
      default:
        return eb(`${table}.${condition.column}`, condition.op, slot())
    }
  })
}

/**
 * A list repeated up to the next power of two, so that lists of any length share a few compiled queries.
 * Repeating a value changes nothing for `in`; an empty list matches null only, which is nothing.
 */
export function padded<T extends Stored>(values: readonly T[]): (T | null)[] {
  if (values.length === 0) return [null]
  const last = values[values.length - 1] as T
  let size = 1
  while (size < values.length) size *= 2
  return values.length === size ? [...values] : [...values, ...Array<T>(size - values.length).fill(last)]
}

function slots(values: readonly Stored[], slot: () => never): never[] {
  return padded(values).map(() => slot())
}

function contains(eb: Eb, column: string, slot: () => never): Expression<SqlBool> {
  return sql<SqlBool>`${eb.ref(column)} like ${slot()} escape '\\'`
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
