// A small language of conditions. `express.ts` turns it into SQL.

import type { Link, Stored } from './codec.ts'

export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<='

/** All conditions of a list must hold. Values never become part of the SQL text. */
export type Condition =
  | { readonly column: string; readonly op: Operator; readonly value: Stored }
  | { readonly column: string; readonly op: 'in' | 'not in'; readonly values: readonly Stored[] }
  | { readonly column: string; readonly op: 'is null' | 'is not null' | 'is true' | 'is false' }
  /** The column holds the folded text; wildcards in the text mean themselves. */
  | { readonly column: string; readonly op: 'contains'; readonly text: string }
  /** The column, in lower case where `lower`, is like the pattern, whose wildcards are `%`, `_` and `\` before either. */
  | {
      readonly column: string
      readonly op: 'like' | 'not like'
      readonly pattern: string
      readonly lower: boolean
    }
  /** The column is, letter case aside, one of these. */
  | {
      readonly column: string
      readonly op: 'word'
      readonly compare: Operator | 'in' | 'not in'
      readonly values: readonly string[]
    }
  /** The column holds a decimal as text, which compares as a number. */
  | { readonly column: string; readonly op: 'decimal'; readonly compare: Operator; readonly value: string }
  /** The column points to a row of `table` that has one of these folded names. */
  | {
      readonly column: string
      readonly op: 'named'
      readonly table: string
      readonly names: readonly string[]
    }
  /** One of the linked rows has one of these folded names. */
  | { readonly link: Link; readonly op: 'linked'; readonly table: string; readonly names: readonly string[] }
  /** One of these ids is linked; without ids: anything is. */
  | { readonly link: Link; readonly op: 'linked to'; readonly ids: readonly number[] | undefined }
  /** Some row of `table` points here from `column`, and belongs to the person. */
  | { readonly op: 'used'; readonly by: UsedBy; readonly personId: number }
  /** A custom field of the entity has a value, where given under this lower-case name and like this pattern. */
  | {
      readonly op: 'property'
      readonly noun: string
      readonly name?: string
      readonly pattern?: string
    }
  | { readonly op: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly op: 'not'; readonly part: Condition }

export type UsedBy = { readonly table: string; readonly column: string; readonly link?: Link }

/** What makes the SQL of these conditions differ from that of others. */
export function keyOf(conditions: readonly Condition[]): string {
  let key = ''
  for (const condition of conditions) key += `;${keyOfOne(condition)}`
  return key
}

function keyOfOne(condition: Condition): string {
  switch (condition.op) {
    case 'and':
    case 'or':
      return `${condition.op}(${keyOf(condition.parts)})`
    case 'not':
      return `not(${keyOfOne(condition.part)})`
    case 'linked':
      return `${condition.link.table} linked ${padded(condition.names).length}`
    case 'linked to':
      return `${condition.link.table} to ${condition.ids === undefined ? 'any' : padded(condition.ids).length}`
    case 'property':
      return `property ${condition.name !== undefined} ${condition.pattern !== undefined}`
    case 'used':
      return `used ${condition.by.table} ${condition.by.column}`
    case 'named':
      return `${condition.column} named ${padded(condition.names).length}`
    case 'in':
    case 'not in':
      return `${condition.column} ${condition.op} ${padded(condition.values).length}`
    case 'word':
      return `${condition.column} word ${condition.compare} ${padded(condition.values).length}`
    case 'decimal':
      return `${condition.column} decimal ${condition.compare}`
    case 'like':
    case 'not like':
      return `${condition.column} ${condition.op} ${condition.lower}`
    default:
      return `${condition.column} ${condition.op}`
  }
}

/** The values of these conditions, in the order in which `express` takes its slots. */
export function valuesOf(conditions: readonly Condition[], organizationId: number): Stored[] {
  return conditions.flatMap((condition): readonly Stored[] => {
    switch (condition.op) {
      case 'and':
      case 'or':
        return valuesOf(condition.parts, organizationId)
      case 'not':
        return valuesOf([condition.part], organizationId)
      case 'is null':
      case 'is not null':
      case 'is true':
      case 'is false':
        return []
      case 'in':
      case 'not in':
        return padded(condition.values)
      case 'word':
        return wordValues(condition.compare, condition.values)
      case 'contains':
        return [`%${escaped(condition.text)}%`]
      case 'like':
      case 'not like':
        return [condition.pattern]
      case 'named':
      case 'linked':
        return [organizationId, ...padded(condition.names)]
      case 'linked to':
        return condition.ids === undefined ? [] : padded(condition.ids)
      case 'used':
        return [organizationId, condition.personId]
      case 'property':
        return [condition.noun, condition.name, condition.pattern].filter((value) => value !== undefined)
      default:
        return [condition.value]
    }
  })
}

/** Whether a word is compared for being the same: then it is looked for as typed too. */
export function comparesEquality(compare: Operator | 'in' | 'not in'): boolean {
  return compare === '=' || compare === '!=' || compare === 'in' || compare === 'not in'
}

function wordValues(compare: Operator | 'in' | 'not in', values: readonly string[]): Stored[] {
  const lower = padded(values.map((value) => value.toLowerCase()))
  return comparesEquality(compare) ? [...padded(values), ...lower] : lower
}

/** A text in which the wildcards of `like` mean themselves. */
export function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
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
