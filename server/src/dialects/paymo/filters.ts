// Conditions of one resource to the core's typed tree, through the table of its fields. Pure.

import type { LocalDate, TimeZone } from '../../core/day.ts'
import { invalid } from '../../core/errors.ts'
import type { Where } from '../../core/where.ts'
import { unknownName } from './errors.ts'
import type { Condition } from './where.ts'

/** What a condition may depend on beside its own words. */
export type Asker = {
  readonly personId: number
  /** The zone in which days begin. */
  readonly timeZone: TimeZone
  /** A day not long ago: what is newer is little. */
  readonly recent: LocalDate
  /** Digits after the point in the organization's currency. */
  readonly exponent: number
  /** Projects that the asker works on, where a condition needs them. */
  readonly projectIds: readonly number[]
}

/** How one field is asked for. Throws `invalid` for an operator or a value that it cannot take. */
export type Translate = (condition: Condition, asker: Asker) => Where

/** The fields of one resource that can be asked for, by their name here. */
export type FieldTable = ReadonlyMap<string, Translate>

/** Holds for every row, and for none. */
export const always: Where = { all: [] }
export const never: Where = { any: [] }

/** The conditions as one tree; undefined when there are none. Throws for unknown fields. */
export function translate(
  table: FieldTable,
  conditions: readonly Condition[],
  asker: Asker,
): Where | undefined {
  if (conditions.length === 0) return undefined
  return {
    all: conditions.map((condition) => {
      const name = condition.path.join('.')
      const field = table.get(name)
      if (field === undefined) throw unknownName(name)
      return field(condition, asker)
    }),
  }
}

/** A refusal of a condition that its field cannot take. */
export function unfit({ path, op }: Condition): Error {
  return invalid('where', 'format', `The field ${path.join('.')} cannot be compared so: ${op}`)
}

/** A refusal of a value that the field cannot have. */
export function unreadable({ path }: Condition, text: string): Error {
  const name = path.join('.')
  return invalid('where', 'format', `The field ${name} cannot be compared with ${text.slice(0, 40)}`)
}
