// The expense types of an account, found by their words in any letter case.

import { foldPhrase, type Item } from './split.ts'

/** A known type and the items that spell it: from `from` up to, not including, `to`. */
export type FoundType = { readonly type: string; readonly from: number; readonly to: number }

/** Looks for an account's types; see each function. */
export type KnownTypes = {
  /** The account's spelling of a type it knows, else the text itself. */
  readonly spell: (text: string) => string
  /** The longest type the items begin with. */
  readonly atStart: (items: readonly Item[]) => FoundType | undefined
  /** The longest type standing anywhere among the items, the leftmost of several. */
  readonly anywhere: (items: readonly Item[]) => FoundType | undefined
}

// An account's list stays the same one between its changes, so it is prepared once.
const prepared = new WeakMap<readonly string[], KnownTypes>()

/** The types of an account, prepared for looking. Of two that differ in letter case only, the first counts. */
export function knownTypesOf(types: readonly string[]): KnownTypes {
  const known = prepared.get(types)
  if (known !== undefined) return known
  const fresh = prepare(types)
  prepared.set(types, fresh)
  return fresh
}

function prepare(types: readonly string[]): KnownTypes {
  const spellings = new Map<string, string>()
  const lengths = new Set<number>()
  for (const type of types) {
    const folded = foldPhrase(type)
    if (folded === '' || spellings.has(folded)) continue
    spellings.set(folded, type)
    lengths.add(folded.split(' ').length)
  }
  const longestFirst = [...lengths].sort((a, b) => b - a)

  const at = (items: readonly Item[], from: number, length: number): FoundType | undefined => {
    const run = items.slice(from, from + length)
    if (run.length < length || !run.every((item) => item.kind === 'word')) return undefined
    const type = spellings.get(run.map((item) => item.folded).join(' '))
    return type === undefined ? undefined : { type, from, to: from + length }
  }

  const search = (items: readonly Item[], lastStart: number): FoundType | undefined => {
    for (const length of longestFirst) {
      for (let from = 0; from <= Math.min(lastStart, items.length - length); from += 1) {
        const found = at(items, from, length)
        if (found !== undefined) return found
      }
    }
    return undefined
  }

  return {
    spell: (text) => spellings.get(foldPhrase(text)) ?? text,
    atStart: (items) => search(items, 0),
    anywhere: (items) => search(items, items.length),
  }
}
