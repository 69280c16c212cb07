// Amounts, dates and addresses as they stand on a document.

import { type Decimal, fromUnits, scaleOf, trimDecimal, unitsOf } from '../../core/decimal.ts'
import { type Currency, exponentOf, toDecimal } from '../../core/money.ts'

/** Minor units with the currency's decimals, thousands apart, and its code: `1,234.50 EUR`. Exact for any amount. */
export function money(amountMinor: bigint, currency: Currency): string {
  return `${grouped(toDecimal({ amountMinor, currency }))} ${currency}`
}

/** A price with at least the currency's decimals: `95.00`, `0.125`. */
export function unitPrice(value: Decimal, currency: Currency): string {
  const short = trimDecimal(value)
  const decimals = exponentOf(currency)
  return grouped(scaleOf(short) >= decimals ? short : fromUnits(unitsOf(short, decimals), decimals))
}

/** A number without zeros that say nothing, thousands apart. */
export function number(value: Decimal): string {
  return grouped(trimDecimal(value))
}

/** A day as people read it: `20 May 2026`. */
export function day(text: string): string {
  const [year = '', month = '', date = ''] = text.slice(0, 10).split('-')
  return `${Number(date)} ${months[Number(month) - 1] ?? month} ${year}`
}

/** The lines of an address that say something. */
export function address(parts: {
  readonly addressLine1: string
  readonly addressLine2: string
  readonly postalCode: string
  readonly city: string
  readonly region: string
  readonly country: string
}): string {
  const town = [parts.postalCode, parts.city].filter(Boolean).join(' ')
  return [parts.addressLine1, parts.addressLine2, town, parts.region, parts.country]
    .filter(Boolean)
    .join('\n')
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

function grouped(text: string): string {
  const [whole = '', part] = text.split('.')
  const apart = whole.replace(/\B(?=(?:\d{3})+(?!\d))/g, ',').replace('-', '−')
  return part === undefined ? apart : `${apart}.${part}`
}
