// What presenting an entity needs beside it: who looks, and the things it refers to, loaded in batches.

import type { Actor } from '../core/actor.ts'
import type { Entities, Noun } from '../core/entity.ts'
import type { Receipt } from '../core/expenses/nouns.ts'
import type { Core } from '../core/index.ts'
import type { InvoiceRelations } from '../core/invoices/related.ts'

/** Entities at hand, by noun and id. */
export type Related = { readonly [N in Noun]?: ReadonlyMap<number, Entities[N]> } & {
  /** By expense, oldest first. */
  readonly receipts?: ReadonlyMap<number, readonly Receipt[]>
  readonly invoiceParts?: InvoiceRelations
}

export type Look = { readonly actor: Actor; readonly related: Related }

/** Loads what entities of one noun refer to. */
export type Loader<E> = (core: Core, actor: Actor, entities: readonly E[]) => Promise<Related>

/** By id. */
export function mapOf<E extends { readonly id: number }>(entities: readonly E[]): ReadonlyMap<number, E> {
  return new Map(entities.map((entity) => [entity.id, entity]))
}

/** The ids that are there, each once. */
export function idsOf(ids: Iterable<number | null | undefined>): number[] {
  const found = new Set<number>()
  for (const each of ids) if (each !== null && each !== undefined) found.add(each)
  return [...found]
}

/** An entity at hand. */
export function at<N extends Noun>(look: Look, noun: N, id: number | null): Entities[N] | undefined {
  const known = look.related[noun] as ReadonlyMap<number, Entities[N]> | undefined
  return id === null ? undefined : known?.get(id)
}
