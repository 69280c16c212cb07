// Choosing the type of an expense from the words around its quantity, and what is left for the notes.

import type { QuickEntry } from './entry.ts'
import type { KnownTypes } from './known-types.ts'
import type { Item } from './split.ts'

/** The text around a quantity. */
export type Around = {
  readonly before: readonly Item[]
  readonly after: readonly Item[]
  readonly kind: QuickEntry['kind']
}

/** A type, the items that spell it, the items dropped, and the items of the notes. */
export type ChosenType = {
  readonly type: string
  readonly spelledBy: readonly Item[]
  readonly dropped: readonly Item[]
  readonly notes: readonly Item[]
}

const linkingWords = new Set('with w/ for at from to in on and & via by near re re: - @'.split(' '))

const defaultTypes = { money: 'Misc', distance: 'Mileage', duration: 'Time' } as const

/** More words than this before the quantity are a description rather than a type. */
const maxTypeWords = 3

/** The type by the words before the quantity or, when there are none, behind it. */
export function chooseType(around: Around, known: KnownTypes): ChosenType {
  const { before, after, kind } = around
  const fallback = known.spell(defaultTypes[kind])
  if (before.length > 0) {
    const chosen = chooseBefore(before, known, fallback)
    return { ...chosen, notes: [...chosen.notes, ...after] }
  }
  if (kind === 'money') return chooseAfter(after, known, fallback)
  const found = known.atStart(after)
  return found === undefined ? all(fallback, after) : split(found.type, after, found.to)
}

function chooseBefore(items: readonly Item[], known: KnownTypes, fallback: string): ChosenType {
  const plain = chooseFirstWords(items, known)
  if (plain !== undefined) return plain
  // `for lunch 12`, `2 nights hotel $120`: a linking word or a number is no type, though `7up` may be one.
  const [first, ...rest] = items
  const behind = first !== undefined && introduces(first) ? chooseFirstWords(rest, known) : undefined
  if (first !== undefined && behind !== undefined) return { ...behind, dropped: [first] }
  const found = among(items, items, known)
  if (found !== undefined) return found
  const isName = first?.kind === 'word' && !links(first) && /\p{L}/u.test(first.text)
  return isName ? split(spelling([first]), items, 1) : all(fallback, items)
}

/** Undefined when the items do not begin with words that can be a type. */
function chooseFirstWords(items: readonly Item[], known: KnownTypes): ChosenType | undefined {
  const first = items[0]
  if (first?.kind === 'quoted') return split(known.spell(first.text), items, 1)
  const begins = known.atStart(items)
  if (begins !== undefined) return split(begins.type, items, begins.to)
  const end = items.findIndex(endsType)
  const words = end < 0 ? items : items.slice(0, end)
  if (words.length === 0) return undefined
  if (words.length <= maxTypeWords) return split(spelling(words), items, words.length)
  return among(items, words, known) ?? split(spelling(words.slice(0, 1)), items, 1)
}

function chooseAfter(items: readonly Item[], known: KnownTypes, fallback: string): ChosenType {
  const dropped = items.slice(0, 1).filter(introduces)
  const rest = items.slice(dropped.length)
  return { ...chooseFirstWord(rest, known, fallback), dropped }
}

function chooseFirstWord(items: readonly Item[], known: KnownTypes, fallback: string): ChosenType {
  const [first, second] = items
  if (first === undefined) return all(fallback, items)
  if (first.kind === 'quoted') return split(known.spell(first.text), items, 1)
  const begins = known.atStart(items)
  if (begins !== undefined) return split(begins.type, items, begins.to)
  if (links(first)) return all(fallback, items)
  const length = first.text.endsWith(':') && second?.kind === 'word' ? 2 : 1
  return split(spelling(items.slice(0, length)), items, length)
}

/** A known type among `words`; all items stay in the notes, since the type is a part of what they describe. */
function among(items: readonly Item[], words: readonly Item[], known: KnownTypes): ChosenType | undefined {
  const found = known.anywhere(words)
  if (found === undefined) return undefined
  return { type: found.type, spelledBy: words.slice(found.from, found.to), dropped: [], notes: items }
}

function split(type: string, items: readonly Item[], length: number): ChosenType {
  return { type, spelledBy: items.slice(0, length), dropped: [], notes: items.slice(length) }
}

function all(type: string, items: readonly Item[]): ChosenType {
  return { type, spelledBy: [], dropped: [], notes: items }
}

function spelling(words: readonly Item[]): string {
  return words.map((item) => item.text).join(' ')
}

function introduces(item: Item): boolean {
  return item.kind === 'word' && (item.folded === 'on' || item.folded === 'for')
}

function endsType(item: Item): boolean {
  return item.kind !== 'word' || links(item) || /\p{N}/u.test(item.text)
}

/** Linking words also count when written together with the next: `@joes`, `w/jack`. */
function links(item: Item): boolean {
  return linkingWords.has(item.folded) || item.folded.startsWith('@') || item.folded.startsWith('w/')
}
