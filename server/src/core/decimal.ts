// Exact decimals, kept as typed: `34.50` stays `34.50` and `20` stays `20`.
// Arithmetic is on integers; no binary floating point takes part anywhere.

/** A plain decimal text: optional `-`, digits, optionally `.` and digits. No exponent, no `+`, no bare `.`. */
export type Decimal = string & { readonly __decimal: true }

/** How a quotient or a product is shortened. Named at every call. */
export type Rounding = 'half-away-from-zero' | 'half-even' | 'down' | 'up'

/** Longest accepted text; 30 digits are far beyond any sum of money and keep arithmetic cheap. */
export const maxDecimalLength = 32

const shape = /^(-?)(\d*)(?:\.(\d*))?$/

/**
 * Reads a decimal, keeping its digits. `.75` becomes `0.75`, `007` becomes `7`, `-0` becomes `0`,
 * `5.` becomes `5`. Answers undefined for anything else, exponents and infinities included.
 */
export function parseDecimal(text: string): Decimal | undefined {
  if (text.length === 0 || text.length > maxDecimalLength) return undefined
  const match = shape.exec(text)
  if (!match) return undefined
  const [, sign, whole = '', fraction = ''] = match
  if (whole === '' && fraction === '') return undefined
  const digits = whole.replace(/^0+(?=\d)/, '') || '0'
  const body = fraction === '' ? digits : `${digits}.${fraction}`
  const negative = sign === '-' && /[1-9]/.test(body)
  const value = negative ? `-${body}` : body
  // A zero put before the point must not make a text that could not be read again.
  return value.length > maxDecimalLength ? undefined : (value as Decimal)
}

/** A decimal known to be well formed, such as a constant. Throws RangeError otherwise. */
export function decimal(text: string): Decimal {
  const value = parseDecimal(text)
  if (value === undefined) throw new RangeError(`Not a decimal: ${text}`)
  return value
}

/** How many digits stand after the point. */
export function scaleOf(value: Decimal): number {
  const point = value.indexOf('.')
  return point < 0 ? 0 : value.length - point - 1
}

/** The value times ten to the power of `scale`, which must be at least the value's own scale. */
export function unitsOf(value: Decimal, scale: number): bigint {
  const own = scaleOf(value)
  if (scale < own) throw new RangeError('The scale would lose digits.')
  return BigInt(value.replace('.', '')) * 10n ** BigInt(scale - own)
}

/** The decimal `units / 10^scale`, with exactly `scale` digits after the point. */
export function fromUnits(units: bigint, scale: number): Decimal {
  const sign = units < 0n ? '-' : ''
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  if (scale === 0) return (sign + digits) as Decimal
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}` as Decimal
}

/** The one division: `numerator / denominator` to an integer, rounded as named. The denominator is not zero. */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const negative = numerator < 0n !== denominator < 0n
  const n = numerator < 0n ? -numerator : numerator
  const d = denominator < 0n ? -denominator : denominator
  const quotient = n / d
  const twice = (n % d) * 2n
  const up =
    rounding === 'up'
      ? twice > 0n
      : rounding === 'down'
        ? false
        : twice > d || (twice === d && (rounding === 'half-away-from-zero' || quotient % 2n === 1n))
  const magnitude = up ? quotient + 1n : quotient
  return negative ? -magnitude : magnitude
}

/** The value with exactly `scale` digits after the point. */
export function roundDecimal(value: Decimal, scale: number, rounding: Rounding): Decimal {
  const own = scaleOf(value)
  if (own <= scale) return fromUnits(unitsOf(value, scale), scale)
  return fromUnits(divide(unitsOf(value, own), 10n ** BigInt(own - scale), rounding), scale)
}

/** Exact product; its scale is the sum of both scales. */
export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  const scaleA = scaleOf(a)
  const scaleB = scaleOf(b)
  return fromUnits(unitsOf(a, scaleA) * unitsOf(b, scaleB), scaleA + scaleB)
}

/** Exact sum; its scale is the longer of both. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(scaleOf(a), scaleOf(b))
  return fromUnits(unitsOf(a, scale) + unitsOf(b, scale), scale)
}

/** The quotient with `scale` digits after the point. The divisor is not zero. */
export function divideDecimals(a: Decimal, b: Decimal, scale: number, rounding: Rounding): Decimal {
  const common = Math.max(scaleOf(a), scaleOf(b))
  return fromUnits(divide(unitsOf(a, common) * 10n ** BigInt(scale), unitsOf(b, common), rounding), scale)
}

/** -1, 0 or 1. `1.0` and `1` are equal. */
export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const scale = Math.max(scaleOf(a), scaleOf(b))
  const difference = unitsOf(a, scale) - unitsOf(b, scale)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The shortest text of the same value: `34.50` becomes `34.5`, `20.00` becomes `20`. */
export function trimDecimal(value: Decimal): Decimal {
  return (value.includes('.') ? value.replace(/\.?0+$/, '') : value) as Decimal
}

/** Whether it is below zero; `-0` is not. */
export function isNegative(value: Decimal): boolean {
  return compareDecimals(value, '0' as Decimal) < 0
}
