// What a resource is to this door: its fields, its relations, and how its rows are read and written.

import type { Stamp } from '../../core/entity.ts'
import type { KeptFile } from '../../core/expenses/receipts.ts'
import type { Cursor } from '../../core/page.ts'
import type { Where } from '../../core/where.ts'
import type { Call } from './call.ts'
import type { FieldTable } from './filters.ts'
import type { Input } from './input.ts'
import type { WireObject } from './wire.ts'

/** One object with every field it has, the extra ones too. */
export type Row = Stamp & { readonly object: WireObject }

/** Which rows of a resource: a core query without its noun. All given parts must hold. */
export type Filter = {
  readonly ids?: readonly number[]
  readonly where?: Where
  /** A sort of the core. */
  readonly sort?: string
  readonly descending?: boolean
  readonly after?: Cursor
  readonly offset?: number
  readonly limit?: number
}

/**
 * What can stand inside an object. A parent is named by a field of the object, children name the object by a field of
 * theirs. `none` is a relation that this door knows and never has: `[]` where it is a list, else left out.
 */
export type Relation =
  | { readonly kind: 'parent'; readonly of: string; readonly key: string }
  | { readonly kind: 'children'; readonly of: string; readonly key: string }
  | { readonly kind: 'none'; readonly list: boolean }

/** A resource with its handlers; what is missing answers 405. */
export type Resource = {
  /** Path segment and key of every answer. */
  readonly name: string
  /** Shown by default, in this order. */
  readonly fields: readonly string[]
  /** Shown when asked for. */
  readonly extras: readonly string[]
  /** Names that clients put into `include` though they are none. */
  readonly ignored?: readonly string[]
  readonly relations: ReadonlyMap<string, Relation>
  /** Absent for short lists that are read whole: these are matched by what they show. */
  readonly filters?: FieldTable
  /** Fields to order by, as sorts of the core. */
  readonly sorts: Readonly<Record<string, string>>
  /** Whether its objects depend on nothing but the organization, so that answers may be kept. */
  readonly lasting: boolean
  readonly page: (call: Call, filter: Filter) => Promise<readonly Row[]>
  /** Stamps of the same rows, where they come cheaper. */
  readonly stamps?: (call: Call, filter: Filter) => Promise<readonly Stamp[]>
  /** Answers the new id, or what is not kept as a row. Runs inside one transaction unless `alone`. */
  readonly create?: (call: Call, input: Input) => Promise<number | Row>
  readonly update?: (call: Call, id: number, input: Input) => Promise<void>
  readonly remove?: (call: Call, id: number) => Promise<void>
  /** Keeps the file that came along, before the transaction. */
  readonly keepFile?: (call: Call) => Promise<KeptFile | undefined>
  /** Its writes open their own transactions, because they hash passwords before. */
  readonly alone?: boolean
}

export type Resources = ReadonlyMap<string, Resource>

/** Shorthand for tables of relations. */
export function relations(entries: Readonly<Record<string, Relation>>): ReadonlyMap<string, Relation> {
  return new Map(Object.entries(entries))
}

/** The one object that a field names. */
export function parent(of: string, key: string): Relation {
  return { kind: 'parent', of, key }
}

/** The objects that name this one in a field of theirs. */
export function children(of: string, key: string): Relation {
  return { kind: 'children', of, key }
}

/** A list of what this door does not keep. */
export const noList: Relation = { kind: 'none', list: true }

/** A parent that this door does not keep. */
export const noParent: Relation = { kind: 'none', list: false }
