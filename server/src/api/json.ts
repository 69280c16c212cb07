// Reading JSON bodies strictly: well-formed UTF-8, no name twice, bounded depth.

import { unreadable } from './problem.ts'

/** Levels of nesting at most: a bulk write has five. */
const maxDepth = 32

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/** The value of a body; undefined for an empty one. Throws a 400 for anything that is no JSON, or is ambiguous. */
export function readJson(bytes: Uint8Array): unknown {
  const text = decode(bytes)
  if (text.trim() === '') return undefined
  const colons = survey(text)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw unreadable('The body is no JSON.')
  }
  if (countNames(value) !== colons) throw unreadable('The body has a name twice in one object.')
  return value
}

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw unreadable('The body is not in UTF-8.')
  }
}

/** How many colons stand outside of strings: one per name. Refuses deep nesting before anything is built from it. */
function survey(text: string): number {
  let colons = 0
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x22) at = endOfString(text, at)
    else if (code === 0x3a) colons += 1
    else if (code === 0x7b || code === 0x5b) {
      depth += 1
      if (depth > maxDepth) throw unreadable(`The body is nested deeper than ${maxDepth} levels.`)
    } else if (code === 0x7d || code === 0x5d) depth -= 1
  }
  return colons
}

/** Where the string that opens here ends; the end of the text when it does not. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return text.length
    let slashes = 0
    while (text.charCodeAt(quote - 1 - slashes) === 0x5c) slashes += 1
    if (slashes % 2 === 0) return quote
    at = quote + 1
  }
}

// A name given twice is one property of the value, so the value then has fewer than the text has colons.
function countNames(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (Array.isArray(value)) {
    for (const item of value) count += countNames(item)
    return count
  }
  for (const name of Object.keys(value)) count += 1 + countNames((value as Record<string, unknown>)[name])
  return count
}
