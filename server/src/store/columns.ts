// The columns that every entity has.

import type { Kept, Owned } from '../core/entity.ts'
import { type Kind, plain } from './codec.ts'

/** Those of everything. */
export const kept: { readonly [K in keyof Kept]: Kind<Kept[K]> } = {
  id: plain(),
  revision: plain(),
  createdAt: plain(),
  updatedAt: plain(),
  deletedAt: plain(),
}

/** Those of what an organization owns. */
export const owned: { readonly [K in keyof Owned]: Kind<Owned[K]> } = { organizationId: plain(), ...kept }
