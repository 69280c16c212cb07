// Cursors: opaque to clients, bound to the order they were given for.

import type { Cursor } from '../core/page.ts'
import { unreadable } from './problem.ts'

/** Characters of a cursor at most: the longest name fits. */
export const maxLength = 2000

/** A cursor as text. `order` is the sort as the client spells it. */
export function spellCursor({ value, id }: Cursor, order: string): string {
  return Buffer.from(JSON.stringify([order, value, id])).toString('base64url')
}

/** Reads a cursor. Throws a 400 for one that is broken, or was given for another order. Only names are texts. */
export function readCursor(text: string, order: string): Cursor {
  const [known, value, id] = parts(text)
  const fits = /^-?name$/.test(order) ? typeof value === 'string' : isWhole(value)
  if (known !== order || !fits || !isWhole(id)) {
    throw unreadable('The cursor is none of this list.', [
      { in: 'query', path: '/cursor', code: 'format', message: 'It is no cursor of this list and order.' },
    ])
  }
  return { value: value as number | string, id }
}

function parts(text: string): readonly unknown[] {
  if (text.length > maxLength || !/^[\w-]+$/.test(text)) return []
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return Array.isArray(value) && value.length === 3 ? value : []
  } catch {
    return []
  }
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value)
}
