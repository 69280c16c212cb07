// Numbers as people type them: separators of several countries, `k` for thousands, sums such as `40+8`.

import { addDecimals, type Decimal, fromUnits, parseDecimal, scaleOf, unitsOf } from '../decimal.ts'

// Each shape is anchored and has one way to match, so the time grows with the length only.
const plain = /^(\d+|\d*\.\d+)$/
const commaGroups = /^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/
const apostropheGroups = /^[1-9]\d{0,2}(['’]\d{3})+([.,]\d{1,2})?$/
const pointGroups = /^[1-9]\d{0,2}(\.\d{3})+,\d{1,2}$/
const pointGroupsOnly = /^[1-9]\d{0,2}(\.\d{3}){2,}$/
const commaDecimals = /^\d+,\d{1,2}$/

/**
 * The number a word spells, decimals kept as typed: `1.234,50` is `1234.50`, `40+8` is `48`, `1.2k` is `1200`.
 * Undefined for anything else, and for numbers longer than a `Decimal` may be.
 */
export function readNumber(word: string): Decimal | undefined {
  const negative = word.startsWith('-')
  const [first = '', ...more] = (negative || word.startsWith('+') ? word.slice(1) : word).split('+')
  const start = readPart(first)
  if (start === undefined) return undefined
  let sum = negative ? fromUnits(-unitsOf(start, scaleOf(start)), scaleOf(start)) : start
  for (const text of more) {
    const part = readPart(text)
    if (part === undefined) return undefined
    sum = addDecimals(sum, part)
  }
  return parseDecimal(sum)
}

function readPart(text: string): Decimal | undefined {
  const thousands = text.endsWith('k') || text.endsWith('K')
  const digits = normalDigits(thousands ? text.slice(0, -1) : text)
  const value = digits === undefined ? undefined : parseDecimal(digits)
  if (value === undefined || !thousands) return value
  // Three digits move before the point; those still behind it are kept as typed.
  const scale = Math.max(0, scaleOf(value) - 3)
  return fromUnits(unitsOf(value, scale + 3), scale)
}

function normalDigits(text: string): string | undefined {
  if (plain.test(text)) return text
  if (commaGroups.test(text)) return text.replaceAll(',', '')
  if (apostropheGroups.test(text)) return text.replace(/['’]/g, '').replace(',', '.')
  if (pointGroups.test(text)) return text.replaceAll('.', '').replace(',', '.')
  if (pointGroupsOnly.test(text)) return text.replaceAll('.', '')
  if (commaDecimals.test(text)) return text.replace(',', '.')
  return undefined
}
