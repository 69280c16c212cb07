// Rendered fragments of this door: one view for each way of showing a noun.

import type { Stamp } from '../core/entity.ts'
import type { Fragments, View } from '../http/fragments.ts'

/** Ways of showing at most; related data in all combinations stay below. */
const maxViews = 2000

export type Views = { readonly of: (way: string) => View<Stamp> | undefined }

/** Makes the views over the server's fragments. `way` names the noun, the related data and what the reader may see. */
export function createViews(fragments: Fragments): Views {
  const views = new Map<string, View<Stamp>>()
  return {
    of(way) {
      const known = views.get(way)
      if (known !== undefined || views.size >= maxViews) return known
      const made = fragments.view<Stamp>()
      views.set(way, made)
      return made
    },
  }
}
