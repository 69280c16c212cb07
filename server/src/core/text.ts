// Texts: what is accepted, and how two of them are compared.

import { type Issue, invalid } from './errors.ts'

/** Characters of a name of anything. */
export const maxNameLength = 200

/** Characters of a description, comment or note. */
export const maxTextLength = 20_000

// NUL cannot be stored by PostgreSQL, and a lone surrogate has no UTF-8: both would change on their way to disk.
const unkeepable = '\u0000'

/**
 * A text that can be kept exactly as it is. Throws `invalid` at `path` when it is too long (UTF-16 units), holds NUL
 * or lone surrogates, or is blank though required. Markup of any kind is ordinary text.
 */
export function text(path: string, value: string, maxLength: number, required = false): string {
  const issue = textIssue(path, value, maxLength, required)
  if (issue !== undefined) throw invalid(issue.path, issue.code, issue.message)
  return value
}

/** A required name, blanks around it dropped. */
export function name(path: string, value: string, maxLength = maxNameLength): string {
  return text(path, value.trim(), maxLength, true)
}

function textIssue(path: string, value: string, maxLength: number, required: boolean): Issue | undefined {
  if (required && value.trim() === '')
    return { path, code: 'required', message: `${path} must not be empty.` }
  if (value.length > maxLength) {
    return { path, code: 'too_long', message: `${path} must have at most ${maxLength} characters.` }
  }
  if (value.includes(unkeepable) || !value.isWellFormed()) {
    return { path, code: 'format', message: `${path} holds characters that are no text.` }
  }
  return undefined
}

// Beyond ASCII there is something to compose and to fold specially; within it, lower case is all.
const beyondAscii = /[\u0080-\uffff]/

/** Characters of a text to look for: more than anyone types, and within what a database compares in one go. */
export const maxSearchLength = 1000

/** Throws `invalid` at `path` for a text that is too long to look for. Any other characters are welcome. */
export function checkSearch(path: string, value: string | undefined): void {
  if (value === undefined || value.length <= maxSearchLength) return
  throw invalid(path, 'too_long', `${path} must have at most ${maxSearchLength} characters.`)
}

/** The form in which texts are compared and searched: canonical composition, lower case. */
export function fold(value: string): string {
  if (!beyondAscii.test(value)) return value.toLowerCase()
  // A sigma at the end of a word is written in another way, which must not hide it inside a longer one.
  return value.normalize('NFC').toLowerCase().replaceAll('ς', 'σ')
}
