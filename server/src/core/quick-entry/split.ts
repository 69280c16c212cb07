// Splitting a line at blanks into words, quoted texts and `key:value` pairs, each with its place in the line.

import { fold } from '../text.ts'

/** Longest accepted line, in UTF-16 units; it bounds the work on hostile input. */
export const maxLineLength = 1000

/** The keys a pair may have; any other `word:` is text. */
export type PairKey = 'type' | 'report' | 'date' | 'tags' | 'note'

/** One piece of a line. `text` has neither quotes nor key; its blanks are collapsed. */
export type Item = {
  /** `quoted` is never interpreted; `when` is `@"..."`; `pair` has a `key`. */
  readonly kind: 'word' | 'quoted' | 'when' | 'pair'
  readonly key: PairKey | undefined
  readonly text: string
  /** The text in the form in which it is compared. */
  readonly folded: string
  /** Place in the line, quotes and key included; UTF-16 units, `to` exclusive. */
  readonly from: number
  readonly to: number
}

// Control characters separate like blanks: none of them can be meant, and NUL cannot be stored.
const blank = /[\s\p{Cc}]/u
const blanks = /[\s\p{Cc}]+/gu
const pairStart = /(type|report|date|tags|note):/iy

/** The pieces of a line, left to right. A quote that is never closed is an ordinary character. */
export function splitItems(line: string): readonly Item[] {
  const items: Item[] = []
  let from = skipBlanks(line, 0)
  while (from < line.length) {
    const item = itemAt(line, from)
    items.push(item)
    from = skipBlanks(line, item.to)
  }
  return items
}

/** The words of a text; none for a blank one. */
export function wordsOf(text: string): readonly string[] {
  return collapse(text)
    .split(' ')
    .filter((word) => word !== '')
}

/** The text with every run of blanks as one blank, and none at its ends. */
export function collapse(text: string): string {
  return text.replace(blanks, ' ').trim()
}

/** The form in which names of several words are compared. */
export function foldPhrase(text: string): string {
  return fold(collapse(text))
}

/** The word without the `. , ; : ! ?` at its end. */
export function dropEnding(word: string): string {
  let end = word.length
  while (end > 0 && '.,;:!?'.includes(word.charAt(end - 1))) end -= 1
  return word.slice(0, end)
}

function itemAt(line: string, from: number): Item {
  pairStart.lastIndex = from
  const key = pairStart.exec(line)?.[1]
  if (key !== undefined) {
    const valueFrom = from + key.length + 1
    const end = quotedEnd(line, valueFrom) ?? wordEnd(line, valueFrom)
    // A key without a value is a word: `note: paid late` says nothing about what follows.
    if (end > valueFrom) return makeItem('pair', line, from, valueFrom, end, key.toLowerCase() as PairKey)
    return makeItem('word', line, from, from, end)
  }
  const quoted = quotedEnd(line, from)
  if (quoted !== undefined) return makeItem('quoted', line, from, from, quoted)
  const when = line.charAt(from) === '@' ? quotedEnd(line, from + 1) : undefined
  if (when !== undefined) return makeItem('when', line, from, from + 1, when)
  return makeItem('word', line, from, from, wordEnd(line, from))
}

function makeItem(
  kind: Item['kind'],
  line: string,
  from: number,
  valueFrom: number,
  to: number,
  key?: PairKey,
): Item {
  const quoted = kind !== 'word' && quotedEnd(line, valueFrom) === to
  const text = collapse(quoted ? line.slice(valueFrom + 1, to - 1) : line.slice(valueFrom, to))
  return { kind, key, text, folded: fold(text), from, to }
}

/** The end of the quoted text that opens at `from`, or undefined when none opens or it is never closed. */
function quotedEnd(line: string, from: number): number | undefined {
  if (line.charAt(from) !== '"') return undefined
  const close = line.indexOf('"', from + 1)
  return close < 0 ? undefined : close + 1
}

function wordEnd(line: string, from: number): number {
  let end = from
  while (end < line.length && !blank.test(line.charAt(end))) end += 1
  return end
}

function skipBlanks(line: string, from: number): number {
  let next = from
  while (next < line.length && blank.test(line.charAt(next))) next += 1
  return next
}
