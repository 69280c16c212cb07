// What a file imports, and how.

import { lineOf, type Source } from './source.ts'

/** One import of a file. */
export type Import = {
  readonly specifier: string
  readonly line: number
  /** Erased before running. */
  readonly typeOnly: boolean
  /** Loaded when it is reached, so it closes no circle at start. */
  readonly dynamic: boolean
}

/** The imports and re-exports of a file, in its order. */
export function importsOf({ text, code }: Source): Import[] {
  const patterns = [
    { pattern: /\b(?:import|export)\s+(type\s)?\s*[\w*{}\s,$]*?\bfrom\s*(['"])( *)\2/g, dynamic: false },
    { pattern: /\bimport\s*(type\s)?(['"])( *)\2/g, dynamic: false },
    { pattern: /\bimport\s*\(\s*(type\s)?(['"])( *)\2/g, dynamic: true },
  ]
  const found = patterns.flatMap(({ pattern, dynamic }) =>
    [...code.matchAll(pattern)].map((match) => {
      const end = match.index + match[0].length - 1
      const specifier = text.slice(end - (match[3] ?? '').length, end)
      return { specifier, line: lineOf(text, end), typeOnly: match[1] !== undefined, dynamic }
    }),
  )
  return found.sort((one, other) => one.line - other.line)
}
