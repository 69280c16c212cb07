// Query strings and form bodies as ordered pairs, the way the sender wrote them.

/** Name and value in the order sent. Names may repeat. */
export type Pairs = readonly (readonly [name: string, value: string])[]

/** Pairs in one request at most: far beyond any form, and it bounds the work of every reader. */
export const maxPairs = 1000

/**
 * Reads `a=1&b=2`. `+` and `%20` are blanks; a name ends at its first `=`; a broken percent sign stays as it is.
 * Answers undefined for more than `maxPairs`, or for bytes that are no UTF-8.
 */
export function readPairs(text: string): Pairs | undefined {
  if (text === '') return []
  const parts = text.split('&', maxPairs + 1)
  if (parts.length > maxPairs) return undefined
  const pairs: [string, string][] = []
  for (const part of parts) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = decode(equals < 0 ? part : part.slice(0, equals))
    const value = decode(equals < 0 ? '' : part.slice(equals + 1))
    if (name === undefined || value === undefined) return undefined
    pairs.push([name, value])
  }
  return pairs
}

/** The part of a request's address behind the question mark, undecoded. */
export function queryOf(url: string): string {
  const mark = url.indexOf('?')
  return mark < 0 ? '' : url.slice(mark + 1)
}

/** The first value of a name, or undefined. */
export function first(pairs: Pairs, name: string): string | undefined {
  for (const [key, value] of pairs) if (key === name) return value
  return undefined
}

/** All values of a name, in order. */
export function all(pairs: Pairs, name: string): string[] {
  const values: string[] = []
  for (const [key, value] of pairs) if (key === name) values.push(value)
  return values
}

function decode(text: string): string | undefined {
  const blanks = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!blanks.includes('%')) return blanks
  try {
    // A percent sign that starts no escape is an ordinary character to lenient servers of old.
    return decodeURIComponent(blanks.replace(/%(?![0-9A-Fa-f]{2})/g, '%25'))
  } catch {
    return undefined
  }
}
