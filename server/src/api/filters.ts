// Filters of lists: a query parameter and the part of the core's query that it sets.

import type { Actor } from '../core/actor.ts'
import type { Decimal } from '../core/decimal.ts'
import { toMinor } from '../core/money.ts'
import type { Range } from '../core/page.ts'
import { amounts, days, ids, instants, localFrom, localTo, type Parameter } from './parameters.ts'

/** A query of the core as it is being put together. */
export type Draft = Record<string, unknown>

export type Filter = Parameter & { readonly set: (value: unknown, draft: Draft, actor: Actor) => void }

export type Filters = Readonly<Record<string, Filter>>

/** The parameter's value becomes that field of the query. */
export function equals(parameter: Parameter, field: string, about = parameter.about): Filter {
  return {
    ...parameter,
    about,
    set(value, draft) {
      draft[field] = value
    },
  }
}

/** The parameter's value becomes a bound of that range. Both bounds are inclusive. */
export function bound(
  parameter: Parameter,
  field: string,
  end: keyof Range<unknown>,
  about: string,
  convert: (value: unknown, actor: Actor) => unknown = (value) => value,
): Filter {
  return {
    ...parameter,
    about,
    set(value, draft, actor) {
      draft[field] = { ...(draft[field] as object | undefined), [end]: convert(value, actor) }
    },
  }
}

/** `NAME_from` and `NAME_to`, both inclusive, for instants. */
export function instantRange(name: string, field: string): Filters {
  return {
    [`${name}_from`]: bound(instants, field, 'from', 'At this instant or later.'),
    [`${name}_to`]: bound(instants, field, 'to', 'At this instant or earlier.'),
  }
}

/** `NAME_from` and `NAME_to`, both inclusive, for days. */
export function dayRange(name: string, field: string): Filters {
  return {
    [`${name}_from`]: bound(days, field, 'from', 'On this day or later.'),
    [`${name}_to`]: bound(days, field, 'to', 'On this day or earlier.'),
  }
}

/** `NAME_from` and `NAME_to`, both inclusive, for wall-clock times. */
export function localRange(name: string, field: string): Filters {
  return {
    [`${name}_from`]: bound(localFrom, field, 'from', 'On this wall-clock time or later.'),
    [`${name}_to`]: bound(
      localTo,
      field,
      'to',
      'On this wall-clock time or earlier; a day alone is included.',
    ),
  }
}

/** `NAME_from` and `NAME_to`, both inclusive, for amounts in the organization's currency. */
export function amountRange(name: string, field: string): Filters {
  const minor = (rounding: 'up' | 'down') => (value: unknown, actor: Actor) =>
    toMinor(value as Decimal, actor.organization.currency, rounding)
  const of = "in the organization's currency."
  return {
    [`${name}_from`]: bound(amounts, field, 'from', `This amount or more, ${of}`, minor('up')),
    [`${name}_to`]: bound(amounts, field, 'to', `This amount or less, ${of}`, minor('down')),
  }
}

/** What every noun can be filtered by. */
export const keptFilters: Filters = {
  id: equals(ids, 'ids'),
  ...instantRange('created_at', 'createdAt'),
  ...instantRange('updated_at', 'updatedAt'),
}

/** What everything with a name can be sorted by. */
export const catalogueSorts = {
  id: 'id',
  name: 'name',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
} as const
