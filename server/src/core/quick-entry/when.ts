// Finding the one date phrase of a line: after an `@`, at the very end, or at the very start.

import type { LocalDateTime } from '../day.ts'
import { type DateClues, maxPhraseWords, readDatePhrase } from './dates.ts'
import { dropEnding, type Item } from './split.ts'

/** A date and the items it was read from: from `from` up to, not including, `to`. */
export type When = { readonly from: number; readonly to: number; readonly at: LocalDateTime }

/** Words tried after an `@`, itself included. */
const maxMarkedWords = 4

// `dinner with April 20`, `gift for Friday`: after these a name follows more often than a date.
const noDateAfter = new Set(['with', 'for', 'from', 'to', 'by', 'and', '&'])

/** The date of a line, or undefined. An `@` that is followed by none stays text, and the next one is tried. */
export function findWhen(items: readonly Item[], clues: DateClues): When | undefined {
  return findMarked(items, clues) ?? findAtEnd(items, clues) ?? findAtStart(items, clues)
}

/** The moment a whole text means, or undefined; `fri` alone is a weekday here. */
export function readWhen(folded: string, clues: DateClues): LocalDateTime | undefined {
  return readDatePhrase(dropEnding(folded).split(' '), clues, true)
}

function findMarked(items: readonly Item[], clues: DateClues): When | undefined {
  for (const [from, item] of items.entries()) {
    const found =
      item.kind === 'when'
        ? whole(item, from, clues)
        : item.kind === 'word' && item.text.startsWith('@')
          ? markedRun(items, from, clues)
          : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function whole(item: Item, from: number, clues: DateClues): When | undefined {
  const at = readWhen(item.folded, clues)
  return at === undefined ? undefined : { from, to: from + 1, at }
}

function markedRun(items: readonly Item[], from: number, clues: DateClues): When | undefined {
  // A lone `@` belongs to the words behind it: `@ yesterday`.
  const alone = items[from]?.text === '@' ? 1 : 0
  for (let count = maxMarkedWords; count > 0; count -= 1) {
    const words = phraseWords(items, from, from + alone + count)
    const first = words?.[0]
    if (words === undefined || first === undefined) continue
    const at = readDatePhrase([first.slice(1), ...words.slice(1)].slice(alone), clues, true)
    if (at !== undefined) return { from, to: from + alone + count, at }
  }
  return undefined
}

function findAtEnd(items: readonly Item[], clues: DateClues): When | undefined {
  for (let from = Math.max(0, items.length - maxPhraseWords); from < items.length; from += 1) {
    const at = readRun(items, from, items.length, clues)
    if (at === undefined) continue
    const before = items[from - 1]
    // The longest phrase decides: when it is no date, neither is a part of it.
    if (before?.kind === 'word' && noDateAfter.has(before.folded)) return undefined
    return { from, to: items.length, at }
  }
  return undefined
}

function findAtStart(items: readonly Item[], clues: DateClues): When | undefined {
  for (let to = Math.min(items.length, maxPhraseWords); to > 0; to -= 1) {
    const at = readRun(items, 0, to, clues)
    if (at !== undefined) return { from: 0, to, at }
  }
  return undefined
}

function readRun(
  items: readonly Item[],
  from: number,
  to: number,
  clues: DateClues,
): LocalDateTime | undefined {
  const words = phraseWords(items, from, to)
  return words === undefined ? undefined : readDatePhrase(words, clues, false)
}

/** The folded words, the last without its punctuation; undefined when they are not all there or not all words. */
function phraseWords(items: readonly Item[], from: number, to: number): readonly string[] | undefined {
  if (to > items.length) return undefined
  const run = items.slice(from, to)
  if (!run.every((item) => item.kind === 'word')) return undefined
  return run.map((item, index) => (index === run.length - 1 ? dropEnding(item.folded) : item.folded))
}
