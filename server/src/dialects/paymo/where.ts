// The grammar of `where`: text to a list of conditions, all of which must hold. Pure; it knows no field.

/** How a field and its values are compared. */
export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | 'like' | 'not like' | 'in' | 'not in'

/** A value as written. Unquoted, `null` means null and `anyone` nobody. */
export type Value = { readonly text: string; readonly quoted: boolean }

/** One condition. `in` and `not in` have any number of values, the others exactly one. */
export type Condition = {
  /** Names of relations, then the name of a field. */
  readonly path: readonly string[]
  readonly op: Operator
  readonly values: readonly Value[]
}

/** Characters of a filter at most: room for a list of a thousand ids. */
export const maxWhereLength = 16_000

/** Conditions of a filter, and names in one of their paths, at most. */
const limits = { conditions: 100, path: 6 }

/** A text that is no filter, at the place where reading ended. */
export type WhereProblem = { readonly problem: string }

const pathShape = /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/y
const operatorShape = /\s*(?:(>=|<=|<>|!=|=|>|<)|(?<=\s)(not\s+like|like|not\s+in|in)(?![A-Za-z0-9_]))/iy
const joinerShape = /\s+and\s+|\s*&&\s*/iy
const blankShape = /\s*/y

/**
 * Reads a filter. An empty text is no condition. What cannot be read is a problem: it never widens the answer.
 * Values may be quoted or bare; see README for the looseness that clients rely on.
 */
export function parseWhere(text: string): readonly Condition[] | WhereProblem {
  if (text.trim() === '') return []
  if (text.length > maxWhereLength) return { problem: 'The filter is too long.' }
  const reader = createReader(text)
  const conditions: Condition[] = []
  reader.blank()
  do {
    const condition = reader.condition()
    if (condition === undefined) {
      return { problem: `The filter cannot be read near "${text.slice(reader.at(), reader.at() + 40)}".` }
    }
    conditions.push(condition)
    if (conditions.length > limits.conditions) return { problem: 'The filter has too many conditions.' }
    if (reader.done()) return conditions
  } while (reader.joiner())
  return { problem: `The filter cannot be read near "${text.slice(reader.at(), reader.at() + 40)}".` }
}

function createReader(text: string) {
  let position = 0

  /** What the shape finds at a place, without moving on. */
  function look(shape: RegExp, from: number): RegExpExecArray | null {
    shape.lastIndex = from
    return shape.exec(text)
  }

  function take(shape: RegExp): RegExpExecArray | null {
    const found = look(shape, position)
    if (found !== null) position += found[0].length
    return found
  }

  /** The length of an `and` at a place that joins two conditions: a path and an operator follow it. */
  function joinerAt(from: number): number {
    const joiner = look(joinerShape, from)
    if (joiner === null) return 0
    const path = look(pathShape, from + joiner[0].length)
    if (path === null) return 0
    return look(operatorShape, path.index + path[0].length) === null ? 0 : joiner[0].length
  }

  // Only at the first of several blanks: a joiner takes them all, and looking at each would take very long.
  function mayJoin(at: number): boolean {
    const here = text[at] ?? ''
    return here === '&' || (/\s/.test(here) && !/\s/.test(text[at - 1] ?? ''))
  }

  function endsAt(from: number): boolean {
    return text.slice(from).trim() === ''
  }

  function condition(): Condition | undefined {
    const path = take(pathShape)?.[0].split('.')
    if (path === undefined || path.length > limits.path) return undefined
    const operator = take(operatorShape)
    if (operator === null) return undefined
    const op = (operator[1] ?? operator[2] ?? '').toLowerCase().replace(/\s+/, ' ')
    take(blankShape)
    if (op === 'in' || op === 'not in') {
      const values = list()
      return values && { path, op, values }
    }
    const value = one()
    return value && { path, op: (op === '<>' ? '!=' : op) as Operator, values: [value] }
  }

  function one(): Value | undefined {
    const quote = text[position]
    if (quote === '"' || quote === "'") {
      return quoted(quote, (after) => endsAt(after) || joinerAt(after) > 0)
    }
    let end = position
    while (end < text.length && !(mayJoin(end) && joinerAt(end) > 0)) end += 1
    const bare = text.slice(position, end).trim()
    position = end
    return bare === '' ? undefined : { text: bare, quoted: false }
  }

  function list(): Value[] | undefined {
    if (text[position] !== '(') return undefined
    const values: Value[] = []
    do {
      position += 1
      take(blankShape)
      const value = item()
      if (value === undefined) return undefined
      values.push(value)
      take(blankShape)
    } while (text[position] === ',')
    if (text[position] !== ')') return undefined
    position += 1
    return values
  }

  function item(): Value | undefined {
    const quote = text[position]
    if (quote === '"' || quote === "'") {
      return quoted(quote, (after) => /^\s*[,)]/.test(text.slice(after, after + 100)))
    }
    let end = position
    while (end < text.length && text[end] !== ',' && text[end] !== ')') end += 1
    const bare = text.slice(position, end).trim()
    position = end
    return bare === '' ? undefined : { text: bare, quoted: false }
  }

  // Quotes are sent unescaped, also inside a value: only one that something fitting follows is the end.
  function quoted(quote: string, ends: (after: number) => boolean): Value | undefined {
    const start = position + 1
    for (let at = text.indexOf(quote, start); at >= 0; at = text.indexOf(quote, at + 1)) {
      if (!ends(at + 1)) continue
      position = at + 1
      return { text: text.slice(start, at), quoted: true }
    }
    return undefined
  }

  return {
    at: () => position,
    blank: () => take(blankShape),
    done: () => endsAt(position),
    condition,
    joiner(): boolean {
      const length = joinerAt(position)
      position += length
      return length > 0
    },
  }
}

/** Whether this is the bare word null. */
export function isNull({ text, quoted }: Value): boolean {
  return !quoted && text.toLowerCase() === 'null'
}
