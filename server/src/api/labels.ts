// Tags on entries: shown and given by name.

import Type from 'typebox'
import { maxTagName, maxTags } from '../core/catalogue/nouns.ts'
import type { Field } from './fields.ts'
import { at } from './look.ts'

/** The names of an entry's tags, in the order they were given. A name that is new makes a new tag. */
export const labels: Field<{ readonly tagIds: readonly number[] }> = {
  out: Type.Array(Type.String()),
  in: Type.Array(Type.String({ minLength: 1, maxLength: maxTagName }), { maxItems: maxTags }),
  about: 'Names of tags. Unknown names become new tags.',
  show: ({ tagIds }, look) => tagIds.flatMap((id) => at(look, 'tag', id)?.name ?? []),
  take(value, given) {
    given.tagNames = value
  },
}
