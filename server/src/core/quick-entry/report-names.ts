// Which reports a line could name, so that an account with many of them need not load them all.

import { type Item, maxLineLength, splitItems } from './split.ts'

/** Words a report's name may have to be recognised at the end of a line. */
export const maxNameWords = 3

/** A date phrase may stand behind the name: so many words from the end a name can end at the earliest. */
const lastWords = 12

/** Names and ids that a line could mean, folded: a superset of what parsing will look for. */
export function reportNamesIn(line: string): readonly string[] {
  const items = splitItems(line.slice(0, maxLineLength))
  const names = new Set<string>()
  for (const item of items) if (item.key === 'report') names.add(item.folded)
  // A name at the end stands behind the quantity, which has a digit.
  const quantity = items.findIndex((item) => item.kind === 'word' && /\p{Nd}/u.test(item.text))
  const words = items.slice(quantity + 1).filter(isWord)
  for (let end = Math.max(0, words.length - lastWords); end < words.length; end += 1) {
    for (let count = 1; count <= maxNameWords && count <= end + 1; count += 1) {
      const run = words.slice(end + 1 - count, end + 1)
      names.add(run.map((word) => word.folded).join(' '))
    }
  }
  return [...names]
}

// Tags, pairs and dates behind an @ are taken out before a name is looked for.
function isWord(item: Item): boolean {
  return item.kind === 'word' && !item.text.startsWith('#') && !item.text.startsWith('@')
}
