// The preview of a line: which piece of it was taken for what.

import type { Span, SpanMeaning } from './entry.ts'
import type { Item } from './split.ts'

/**
 * The spans of items, sorted by place. Neighbours of one meaning are one span, as the words of a date are one phrase;
 * tags and ignored pieces stay apart, so that each can be shown by itself.
 */
export function spansOf(meanings: ReadonlyMap<Item, SpanMeaning>): readonly Span[] {
  const spans: Span[] = []
  for (const [item, means] of [...meanings].sort(([a], [b]) => a.from - b.from)) {
    const last = spans.at(-1)
    if (last?.means === means && means !== 'tag' && means !== 'ignored') {
      spans[spans.length - 1] = { from: last.from, to: item.to, means }
    } else {
      spans.push({ from: item.from, to: item.to, means })
    }
  }
  return spans
}
