// Distances and durations: unit words, and the forms such as `1h30m` that need no blank.

import { type Decimal, decimal, multiplyDecimals, parseDecimal } from '../decimal.ts'
import type { DistanceUnit } from './entry.ts'

/** The unit a number is followed by. */
export type Unit = DistanceUnit | 'minute' | 'hour'

const units = new Map<string, Unit>([
  ...spell('mi', 'mi mile miles'),
  ...spell('km', 'km kms kilometer kilometers kilometre kilometres'),
  ...spell('minute', 'min mins minute minutes'),
  ...spell('hour', 'h hr hrs hour hours'),
])

/** The unit a word names, or undefined. A lone `m` is none: it may be metres. */
export function readUnit(folded: string): Unit | undefined {
  return units.get(folded)
}

/** The minutes of a number of minutes or hours, not yet rounded. */
export function minutesOf(value: Decimal, unit: 'minute' | 'hour'): Decimal {
  return unit === 'hour' ? multiplyDecimals(value, decimal('60')) : value
}

/** The minutes of `45m`, `1h30`, `1h30m` or `1h5min`, or undefined for other shapes. */
export function readCompactMinutes(folded: string): Decimal | undefined {
  const [, sign = '', minutes] = /^(-?)(\d{1,3})m$/.exec(folded) ?? []
  if (minutes !== undefined) return parseDecimal(sign + minutes)
  const clock = /^(-?)(\d{1,5})(?:h|hr|hrs)(?:([0-5]\d)|(\d{1,3})(?:m|min|mins))$/.exec(folded)
  if (clock === null) return undefined
  const total = Number(clock[2]) * 60 + Number(clock[3] ?? clock[4])
  return parseDecimal(`${clock[1]}${total}`)
}

function spell(unit: Unit, words: string): readonly [string, Unit][] {
  return words.split(' ').map((word): [string, Unit] => [word, unit])
}
