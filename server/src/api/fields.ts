// The fields of a resource: one table says how each is shown, read, validated and described.

import Type, { type TSchema } from 'typebox'
import type { Instant, LocalDate } from '../core/day.ts'
import { parseLocalDate } from '../core/day.ts'
import type { Decimal } from '../core/decimal.ts'
import { maxIds } from '../core/page.ts'
import { maxNameLength, maxTextLength } from '../core/text.ts'
import type { Look } from './look.ts'
import {
  dateText,
  decimalText,
  id,
  instantText,
  known,
  nullable,
  parseInstant,
  presentInstant,
  presentInstantOrNull,
  readDecimal,
  readZone,
  zoneText,
} from './wire.ts'

/** What a caller has given, under the names of the core. */
export type Given = Record<string, unknown>

/** One field. `E` is what it needs of the entity. */
export type Field<E> = {
  /** As it is answered. */
  readonly out: TSchema
  /** As it may be given; absent when nobody sets it. */
  readonly in?: TSchema
  /** Must be given for a new entity. */
  readonly required?: true
  /** May be given for a new entity only. */
  readonly fixed?: true
  /** Is given, never answered under this name. */
  readonly hidden?: true
  /** Money of a currency that other things decide. */
  readonly money?: true
  readonly about?: string
  readonly show: (entity: E, look: Look) => unknown
  /** Puts a given value under the core's names. Throws `invalid` for one that cannot be read. */
  readonly take?: (value: unknown, given: Given, look: Look) => void
}

/** Fields by their names on the wire, in the order in which they are answered. */
export type Fields<E> = Readonly<Record<string, Field<E>>>

type More = { readonly required?: true; readonly fixed?: true; readonly about?: string }

function plain<K extends string>(
  name: K,
  schema: TSchema,
  more: More = {},
): Field<{ readonly [k in K]: unknown }> {
  return {
    out: schema,
    in: schema,
    ...more,
    show: (entity) => entity[name],
    take: (value, given) => {
      given[name] = value
    },
  }
}

/** A short text. */
export function words<K extends string>(name: K, more: More & { readonly max?: number } = {}) {
  const { max = maxNameLength, ...rest } = more
  return plain(name, Type.String({ maxLength: max }), rest)
}

/** A long text, lines and all. */
export function prose<K extends string>(name: K, more: More = {}) {
  return words(name, { ...more, max: maxTextLength })
}

/** True or false. */
export function flag<K extends string>(name: K, more: More = {}) {
  return plain(name, Type.Boolean(), more)
}

/** One of a closed list of words. */
export function choice<K extends string>(name: K, values: readonly string[], more: More = {}) {
  return plain(name, Type.Enum([...values]), more)
}

/** One of a closed list of words, or null. */
export function choiceOrNull<K extends string>(name: K, values: readonly string[], more: More = {}) {
  return plain(name, nullable(Type.Enum([...values])), more)
}

/** The id of another entity, or null. */
export function reference<K extends string>(name: K, more: More = {}) {
  return plain(name, nullable(id), more)
}

/** The id of another entity that is always there. */
export function idOf<K extends string>(name: K, more: More = {}) {
  return plain(name, id, more)
}

/** Whole seconds, or null. */
export function seconds<K extends string>(name: K, more: More = {}) {
  return plain(name, nullable(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })), more)
}

/** A whole number within bounds. */
export function whole<K extends string>(name: K, minimum: number, maximum: number, more: More = {}) {
  return plain(name, Type.Integer({ minimum, maximum }), more)
}

/** Ids of other entities. */
export function idList<K extends string>(name: K, about?: string) {
  return plain(name, Type.Array(id, { maxItems: maxIds }), about === undefined ? {} : { about })
}

/** An exact decimal that is always there. */
export function exact<K extends string>(name: K, more: More = {}): Field<{ readonly [k in K]: Decimal }> {
  return {
    out: decimalText,
    in: decimalText,
    ...more,
    show: (entity) => entity[name],
    take: (value, given) => {
      given[name] = readDecimal(name, value as string)
    },
  }
}

/** A calendar day, or null. */
export function day<K extends string>(
  name: K,
  more: More = {},
): Field<{ readonly [k in K]: LocalDate | null }> {
  return {
    out: nullable(dateText),
    in: nullable(dateText),
    ...more,
    show: (entity) => entity[name],
    take: (value, given) => {
      given[name] =
        value === null ? null : known(parseLocalDate(value as string), name, 'There is no such day.')
    },
  }
}

/** An instant, or null. */
export function instant<K extends string>(
  name: K,
  more: More = {},
): Field<{ readonly [k in K]: Instant | null }> {
  return {
    out: nullable(instantText),
    in: nullable(instantText),
    ...more,
    show: (entity) => presentInstantOrNull(entity[name]),
    take: (value, given) => {
      given[name] =
        value === null ? null : known(parseInstant(value as string), name, 'This is no instant of RFC 3339.')
    },
  }
}

/** An exact decimal, or null. */
export function number<K extends string>(
  name: K,
  more: More = {},
): Field<{ readonly [k in K]: Decimal | null }> {
  return {
    out: nullable(decimalText),
    in: nullable(decimalText),
    ...more,
    show: (entity) => entity[name],
    take: (value, given) => {
      given[name] = value === null ? null : readDecimal(name, value as string)
    },
  }
}

/** A time zone, or null for the organization's. */
export function zone<K extends string>(name: K, more: More = {}): Field<{ readonly [k in K]: unknown }> {
  return {
    out: nullable(zoneText),
    in: nullable(zoneText),
    ...more,
    show: (entity) => entity[name],
    take: (value, given) => {
      given[name] = value === null ? null : readZone(name, value as string)
    },
  }
}

/** Something that is shown and never set. */
export function shown<E>(out: TSchema, show: Field<E>['show'], about?: string): Field<E> {
  return about === undefined ? { out, show } : { out, show, about }
}

/** The field, shown and never set. */
export function readOnly<E>({ out, show, about }: Field<E>): Field<E> {
  return shown(out, show, about)
}

type Kept = {
  readonly revision: number
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly deletedAt: Instant | null
}

/** What every entity ends with. */
export const keptFields = {
  revision: shown(
    Type.Integer({ minimum: 1 }),
    (entity: Kept) => entity.revision,
    'Grows with every change.',
  ),
  created_at: shown(instantText, (entity: Kept) => presentInstant(entity.createdAt)),
  updated_at: shown(instantText, (entity: Kept) => presentInstant(entity.updatedAt)),
  deleted_at: shown(nullable(instantText), (entity: Kept) => presentInstantOrNull(entity.deletedAt)),
} as const
