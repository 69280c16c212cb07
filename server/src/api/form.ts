// Things that are no lists of entities, such as people, with tables of fields like those of resources.

import Type, { type TObject, type TSchema } from 'typebox'
import type { Fields, Given } from './fields.ts'
import type { Look } from './look.ts'
import { inputOf, presenterOf, propertiesOf, takerOf } from './resource.ts'

/** A table of fields with all that follows from it. */
export type Form<E> = {
  readonly schema: TObject
  readonly create: TSchema
  readonly update: TSchema
  /** Fields whose money is of a currency that other things decide. */
  readonly moneyFields: readonly string[]
  readonly present: (entity: E, look: Look) => Record<string, unknown>
  /** What was sent, under the core's names. Throws `invalid` with every value that cannot be read. */
  readonly take: (body: unknown, look: Look) => Given
}

/** Makes a form from its fields. */
export function formOf<E>(object: string, fields: Fields<E>): Form<E> {
  return {
    schema: Type.Object(
      { object: Type.Literal(object), ...propertiesOf(fields) },
      { additionalProperties: false },
    ),
    create: inputOf(fields, 'create'),
    update: inputOf(fields, 'update'),
    moneyFields: Object.entries(fields).flatMap(([name, field]) => (field.money ? [name] : [])),
    present: presenterOf(object, fields),
    take: takerOf(fields),
  }
}
