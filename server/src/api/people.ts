// People in answers: the short form that other things show them in.

import Type from 'typebox'
import { mapOf } from './look.ts'
import type { Relation } from './resource.ts'
import { id } from './wire.ts'

/** Someone by name. */
export const personName = Type.Object(
  { object: Type.Literal('person'), id, name: Type.String() },
  { additionalProperties: false },
)

/** The relation to a person. */
export function toPerson<E>(idOf: Relation<E>['id']): Relation<E> {
  return {
    noun: 'person',
    schema: personName,
    id: idOf,
    check: (core, actor) => {
      core.reading.checkPeople(actor)
    },
    async load(core, actor, ids) {
      const people = mapOf(await core.reading.peopleOf(actor, ids))
      return new Map([...people].map(([key, { name }]) => [key, { object: 'person', id: key, name }]))
    },
    // A person may belong to several organizations, and be renamed in another one.
    lasting: false,
  }
}
