// Filter, order and pages of short lists that the core answers whole: people, hooks, reports, sessions.

import type { TimeZone } from '../../core/day.ts'
import { compareDecimals, parseDecimal } from '../../core/decimal.ts'
import { fold } from '../../core/text.ts'
import { flagOf } from './comparisons.ts'
import { unknownName } from './errors.ts'
import { unfit, unreadable } from './filters.ts'
import type { Question } from './lists.ts'
import { parseMoment } from './moments.ts'
import type { Row } from './resource.ts'
import { type Condition, isNull, type Value } from './where.ts'
import type { WireValue } from './wire.ts'

/** The rows that a question asks for, by the fields that they show. Throws for a field that they do not have. */
export function matchRows(
  rows: readonly Row[],
  conditions: readonly Condition[],
  { ids, order, offset = 0, limit }: Question,
  zone: TimeZone,
): Row[] {
  const found = rows.filter(
    (row) =>
      (ids === undefined || ids.includes(row.id)) &&
      conditions.every((condition) => matches(row, condition, zone)),
  )
  const field = order?.field ?? 'id'
  const sign = order?.descending === true ? -1 : 1
  found.sort((a, b) => sign * (compare(a.object[field], b.object[field]) || a.id - b.id))
  return found.slice(offset, limit === undefined ? undefined : offset + limit)
}

function matches({ object }: Row, condition: Condition, zone: TimeZone): boolean {
  const name = condition.path.join('.')
  if (!Object.hasOwn(object, name)) throw unknownName(name)
  const own = object[name] ?? null
  const { op, values } = condition
  const [first] = values
  if (op === 'like' || op === 'not like') {
    if (typeof own !== 'string' || first === undefined) throw unfit(condition)
    return like(own, first.text) === (op === 'like')
  }
  const compared = values.map((value) => compareWith(own, value, condition, zone))
  switch (op) {
    case '=':
    case 'in':
      return compared.includes(0)
    case '!=':
    case 'not in':
      return !compared.includes(0)
    case '<':
      return (compared[0] ?? 0) < 0
    case '<=':
      return (compared[0] ?? 1) <= 0
    case '>':
      return (compared[0] ?? 0) > 0
    default:
      return (compared[0] ?? -1) >= 0
  }
}

// Not a number where the two cannot be equal, smaller or greater, as with null.
function compareWith(own: WireValue, value: Value, condition: Condition, zone: TimeZone): number {
  if (isNull(value)) return own === null || own === '' ? 0 : Number.NaN
  if (own === null) return Number.NaN
  if (Array.isArray(own)) return own.some((item) => String(item) === value.text) ? 0 : Number.NaN
  if (typeof own === 'boolean') {
    const flag = flagOf(value.text)
    if (flag === undefined) throw unreadable(condition, value.text)
    return flag === own ? 0 : Number.NaN
  }
  if (typeof own === 'string') {
    const moment = /_on$/.test(condition.path[0] ?? '') ? parseMoment(value.text, zone) : undefined
    if (moment !== undefined) return Date.parse(own) - Math.floor(moment.instant / 1000) * 1000
    return fold(own) < fold(value.text) ? -1 : fold(own) > fold(value.text) ? 1 : 0
  }
  const wanted = parseDecimal(value.text.trim())
  if (wanted === undefined) throw unreadable(condition, value.text)
  const present = parseDecimal(
    typeof own === 'number' ? String(own) : 'exact' in own ? String(own.exact) : '',
  )
  return present === undefined ? Number.NaN : compareDecimals(present, wanted)
}

function like(own: string, pattern: string): boolean {
  const parts = (pattern.includes('%') ? pattern : `%${pattern}%`).split('%').map(fold)
  const text = fold(own)
  const [start = '', ...rest] = parts
  const end = rest.pop() ?? ''
  if (!text.startsWith(start) || !text.endsWith(end) || text.length < start.length + end.length) return false
  let from = start.length
  for (const part of rest) {
    const found = text.indexOf(part, from)
    if (found < 0) return false
    from = found + part.length
  }
  return from <= text.length - end.length
}

function compare(a: WireValue | undefined, b: WireValue | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [one, other] = [String(a ?? ''), String(b ?? '')]
  return one < other ? -1 : one > other ? 1 : 0
}
