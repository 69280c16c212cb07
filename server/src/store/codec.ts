// Rows to values and back: each table lists its fields once, with how each is kept.

import { fromLocalSeconds, type LocalDateTime, localSeconds } from '../core/day.ts'
import type { Kept } from '../core/entity.ts'

/** What a column can hold. Numbers are integers below 2^53; decimals, dates and JSON are text. */
export type Stored = string | number | null

/**
 * Whether both engines keep the value exactly. NUL ends a text on SQLite and is refused by PostgreSQL, a lone surrogate
 * has no UTF-8, and other numbers than safe integers would be rounded or refused.
 */
export function isKeepable(value: Stored): boolean {
  if (typeof value === 'string') return !value.includes('\u0000') && value.isWellFormed()
  return value === null || Number.isSafeInteger(value)
}

/** How one field is kept. */
export type Kind<V> = {
  readonly write: (value: V) => Stored
  readonly read: (stored: Stored) => V
}

const same = (value: unknown) => value as Stored

/** Integers, and unions of texts, kept as they are; null too where the type has it. */
export function plain<V extends string | number | null>(): Kind<V> {
  return { write: same, read: (stored) => stored as V }
}

/** true and false as 1 and 0. */
export const flag: Kind<boolean> = { write: (value) => (value ? 1 : 0), read: (stored) => stored === 1 }

/** Minor units: within `maxAmountMinor`, so they fit a safe integer. */
export const minor: Kind<bigint> = { write: Number, read: (stored) => BigInt(stored as number) }

export const minorOrNull: Kind<bigint | null> = {
  write: (value) => (value === null ? null : Number(value)),
  read: (stored) => (stored === null ? null : BigInt(stored as number)),
}

/** Wall-clock times as sortable seconds. */
export const local: Kind<LocalDateTime> = {
  write: localSeconds,
  read: (stored) => fromLocalSeconds(stored as number),
}

/** Lists of texts as JSON. */
export const texts: Kind<readonly string[]> = {
  write: (value) => JSON.stringify(value),
  read: (stored) => JSON.parse(stored as string),
}

/** Lists of anything JSON holds exactly: ids, texts, objects of these. */
export function json<T>(): Kind<T> {
  return { write: (value) => JSON.stringify(value), read: (stored) => JSON.parse(stored as string) }
}

/** A list of ids in a table of its own: own id, other id, position. */
export type Link = { readonly table: string; readonly own: string; readonly other: string }

/** Fields that are lists of ids in tables of their own, because rows are found by them. */
const linkFields = ['tagIds', 'memberIds', 'managerIds', 'assigneeIds'] as const
export type LinkField = (typeof linkFields)[number]
export type Links = { readonly [field in LinkField]?: Link }

export type Table<T extends Kept> = {
  readonly name: string
  /** False for people and organizations, which no organization owns. */
  readonly owned: boolean
  /** Columns of the entity, in the order of `read`. */
  readonly columns: readonly string[]
  /** All columns, derived ones included, in the order of `write`. */
  readonly allColumns: readonly string[]
  readonly read: (row: readonly Stored[], offset?: number) => T
  readonly write: (entity: T) => Stored[]
  /** Where lists of ids are kept that have tables of their own. */
  readonly links: readonly (readonly [LinkField, Link])[]
}

type Fields<T, L extends Links> = { readonly [K in Exclude<keyof T, keyof L>]-?: Kind<T[K]> }

/** Describes a table. `derived` columns are computed at writing and never read back into the entity. */
export function table<T extends Kept, L extends Links = Record<never, never>>(
  name: string,
  fields: Fields<T, L>,
  more: { derived?: Readonly<Record<string, (entity: T) => Stored>>; links?: L } = {},
): Table<T> {
  const entries = Object.entries(fields) as [string, Kind<unknown>][]
  const derived = Object.entries(more.derived ?? {})
  const links = Object.entries(more.links ?? {}) as [LinkField, Link][]
  const columns = entries.map(([field]) => snake(field))
  return {
    name,
    owned: 'organizationId' in fields,
    columns,
    allColumns: [...columns, ...derived.map(([column]) => column)],
    links,
    read(row, offset = 0) {
      const entity: Record<string, unknown> = {}
      for (let i = 0; i < entries.length; i += 1) {
        const [field, kind] = entries[i] as [string, Kind<unknown>]
        entity[field] = kind.read(row[offset + i] as Stored)
      }
      for (const [field] of links) entity[field] = []
      return entity as T
    },
    write(entity) {
      const values = entity as unknown as Record<string, unknown>
      const stored = [
        ...entries.map(([field, kind]) => kind.write(values[field])),
        ...derived.map(([, compute]) => compute(entity)),
      ]
      const odd = stored.findIndex((value) => !isKeepable(value))
      if (odd >= 0) throw new RangeError(`${name} cannot keep this ${entries[odd]?.[0] ?? 'value'}.`)
      return stored
    },
  }
}

const snakes = new Map<string, string>()

/** `spentAt` is kept in `spent_at`. Field names are a closed set, so each is worked out once. */
export function snake(field: string): string {
  const known = snakes.get(field)
  if (known !== undefined) return known
  const column = field.replace(/[A-Z0-9]+/g, (part) => `_${part.toLowerCase()}`)
  snakes.set(field, column)
  return column
}
