// Taking out what says by itself what it is: routing words, `key:value` pairs and tags. The rest is plain text.

import type { LocalDateTime } from '../day.ts'
import type { QuickEntryContext, QuickEntryError, SpanMeaning } from './entry.ts'
import { reportByIdOrName } from './reports.ts'
import type { Item } from './split.ts'
import { distinctTags, readTag, readTagList } from './tags.ts'
import { readWhen } from './when.ts'

/** The items of a line, sorted out. */
export type SortedOut = {
  /** Words and quoted texts, in order. */
  readonly plain: readonly Item[]
  /** Texts of `note:` pairs: they are notes wherever they stand. */
  readonly notes: readonly Item[]
  readonly tags: readonly string[]
  /** What pairs fixed. */
  readonly type: string | undefined
  readonly reportId: number | undefined
  readonly date: LocalDateTime | undefined
  /** What every item taken out was taken for. */
  readonly meanings: ReadonlyMap<Item, SpanMeaning>
}

/** What an item comes to; `plain` leaves it in the text, perhaps changed. */
type Sorted =
  | { readonly means: 'plain'; readonly item: Item }
  | { readonly means: 'tag'; readonly names: readonly string[] }
  | { readonly means: 'type'; readonly type: string }
  | { readonly means: 'report'; readonly id: number | undefined }
  | { readonly means: 'date'; readonly at: LocalDateTime | undefined }
  | { readonly means: 'note' | 'ignored' }

/** Sorts out the items of a line. Of several pairs with one key the first counts; tags and notes add up. */
export function sortOut(
  items: readonly Item[],
  context: QuickEntryContext,
): SortedOut | Extract<QuickEntryError, 'bad date' | 'unknown report'> {
  const meanings = new Map<Item, SpanMeaning>()
  const plain: Item[] = []
  const names: string[] = []
  let type: string | undefined
  let reportId: number | undefined
  let date: LocalDateTime | undefined
  const routing = countRoutingWords(items)
  for (const [index, item] of items.entries()) {
    const sorted: Sorted = index < routing ? { means: 'ignored' } : sortItem(item, context)
    if (sorted.means === 'plain') {
      plain.push(sorted.item)
      continue
    }
    meanings.set(item, sorted.means)
    if (sorted.means === 'tag') names.push(...sorted.names)
    if (sorted.means === 'report' && sorted.id === undefined) return 'unknown report'
    if (sorted.means === 'date' && sorted.at === undefined) return 'bad date'
    if (sorted.means === 'type') type = once(type, sorted.type, item, meanings)
    if (sorted.means === 'report') reportId = once(reportId, sorted.id, item, meanings)
    if (sorted.means === 'date') date = once(date, sorted.at, item, meanings)
  }
  const notes = items.filter((item) => item.key === 'note' && meanings.get(item) === 'note')
  return { plain, notes, tags: distinctTags(names), type, reportId, date, meanings }
}

/** `exp`, then `spent` or `paid`, each only when something follows. */
function countRoutingWords(items: readonly Item[]): number {
  const isWord = (at: number, ...words: string[]) =>
    items[at]?.kind === 'word' && words.includes(items[at].folded) && at + 1 < items.length
  const exp = isWord(0, 'exp') ? 1 : 0
  return isWord(exp, 'spent', 'paid') ? exp + 1 : exp
}

function sortItem(item: Item, context: QuickEntryContext): Sorted {
  if (item.kind === 'pair') return sortPair(item, context)
  if (item.kind === 'quoted' && item.text === '') return { means: 'ignored' }
  const tag = item.kind === 'word' ? readTag(item.text) : undefined
  return tag === undefined ? { means: 'plain', item } : { means: 'tag', names: [tag] }
}

function sortPair(item: Item, context: QuickEntryContext): Sorted {
  switch (item.key) {
    case 'report':
      return { means: 'report', id: reportByIdOrName(item.text, context.reports) }
    case 'date':
      return { means: 'date', at: readWhen(item.folded, context) }
    case 'tags': {
      const names = readTagList(item.text)
      // A pair that holds something else than tags stays text, like `#204`.
      if (names === undefined) return { means: 'plain', item: asQuoted(item, `tags:${item.text}`) }
      return names.length === 0 ? { means: 'ignored' } : { means: 'tag', names }
    }
    case 'type':
      return item.text === '' ? { means: 'ignored' } : { means: 'type', type: item.text }
    default:
      return item.text === '' ? { means: 'ignored' } : { means: 'note' }
  }
}

/** The value that counts: the first. An item whose value comes too late is ignored. */
function once<Value>(
  first: Value | undefined,
  value: Value | undefined,
  item: Item,
  meanings: Map<Item, SpanMeaning>,
): Value | undefined {
  if (first === undefined) return value
  meanings.set(item, 'ignored')
  return first
}

function asQuoted(item: Item, text: string): Item {
  return { ...item, kind: 'quoted', text }
}
