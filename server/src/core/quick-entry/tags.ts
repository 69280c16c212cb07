// Tags: which words are tags, and a list that keeps each name once.

import { fold } from '../text.ts'
import { dropEnding, wordsOf } from './split.ts'

// Marks belong to the letters they stand on, as in Hindi or decomposed Latin.
const name = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}_.-]*$/u
const digitsOnly = /^\p{Nd}+$/u

/** The name of a `#tag` word, or undefined. `#204` is no tag. */
export function readTag(word: string): string | undefined {
  return word.startsWith('#') ? readTagName(word.slice(1)) : undefined
}

/** The names of a `tags:` pair, parted by commas or blanks, `#` allowed; undefined when one of them is no name. */
export function readTagList(text: string): readonly string[] | undefined {
  const names: string[] = []
  for (const word of wordsOf(text.replaceAll(',', ' '))) {
    const tag = readTagName(word.startsWith('#') ? word.slice(1) : word)
    if (tag === undefined) return undefined
    names.push(tag)
  }
  return names
}

/** The names without those that differ from an earlier one in letter case only. */
export function distinctTags(names: readonly string[]): readonly string[] {
  const first = new Map<string, string>()
  for (const tag of names) if (!first.has(fold(tag))) first.set(fold(tag), tag)
  return [...first.values()]
}

function readTagName(text: string): string | undefined {
  const tag = dropEnding(text)
  return name.test(tag) && !digitsOnly.test(tag) ? tag : undefined
}
