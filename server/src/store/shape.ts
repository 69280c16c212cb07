// A compiled query with places for values, and its rows. Apart from what compiles it, which worker threads do without.

import { isKeepable, type Stored } from './codec.ts'

/** A row as the engine gives it: values in the order of the selected columns. */
export type Row = readonly Stored[]

/** A query compiled once. Values are bound in the order in which slots were handed out. */
export type Shape = {
  /** What a server may keep the prepared query under; undefined for one that is not kept. */
  readonly name: string | undefined
  readonly sql: string
  readonly order: readonly (number | Constant)[]
}
type Constant = { readonly constant: Stored }

/** The values of a shape in the order its SQL wants them. What no row can hold becomes null, which equals nothing. */
export function bind(shape: Shape, values: readonly Stored[]): Stored[] {
  return shape.order.map((entry) => {
    if (typeof entry !== 'number') return entry.constant
    const value = values[entry] as Stored
    return isKeepable(value) ? value : null
  })
}
