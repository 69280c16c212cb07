// What a quantity costs: rates, unit conversion and rounding.

import {
  type Decimal,
  decimal,
  divideDecimals,
  multiplyDecimals,
  parseDecimal,
  roundDecimal,
  trimDecimal,
} from '../decimal.ts'
import { type Currency, exponentOf, maxAmountMinor, toMinor } from '../money.ts'
import type { DistanceUnit, QuickEntry, QuickEntryContext } from './entry.ts'

/** A quantity as read from the text, before any rate. */
export type Meant =
  | { readonly kind: 'money'; readonly currency: Currency; readonly value: Decimal }
  | { readonly kind: 'distance'; readonly unit: DistanceUnit; readonly value: Decimal }
  | { readonly kind: 'duration'; readonly minutes: Decimal }

/** The own currency and the rates of an account. */
export type PriceList = Pick<
  QuickEntryContext,
  'currency' | 'rates' | 'distanceUnit' | 'distanceRate' | 'hourlyRate'
>

/** The fields of an entry that follow from its quantity. */
export type Priced = Pick<
  QuickEntry,
  'kind' | 'currency' | 'rawAmount' | 'amount' | 'quantity' | 'unit' | 'unitPrice' | 'exchangeRate'
>

const kilometresPerMile = decimal('1.609344')
const minutesPerHour = decimal('60')

/**
 * Amounts of a quantity, rounded half away from zero to the decimals of the own currency wherever a rate takes part.
 * Undefined when the raw number or the amount is larger than money can be.
 */
export function price(meant: Meant, prices: PriceList): Priced | undefined {
  const priced = unchecked(meant, prices)
  const fits = inRange(priced.rawAmount, priced.currency) && inRange(priced.amount, prices.currency)
  return fits && parseDecimal(priced.rawAmount) !== undefined ? priced : undefined
}

function unchecked(meant: Meant, prices: PriceList): Priced {
  if (meant.kind === 'money') return priceMoney(meant.value, meant.currency, prices)
  const own = { currency: prices.currency, exchangeRate: undefined }
  const decimals = exponentOf(prices.currency)
  if (meant.kind === 'distance') {
    const distance = inUnit(meant.value, meant.unit, prices.distanceUnit)
    const rate = prices.distanceRate
    const amount = rate === undefined ? distance : rounded(multiplyDecimals(distance, rate), decimals)
    const numbers = { rawAmount: distance, quantity: distance, amount, unitPrice: rate }
    return { ...own, ...numbers, kind: 'distance', unit: prices.distanceUnit }
  }
  const minutes = rounded(meant.minutes, 0)
  const amount =
    prices.hourlyRate === undefined
      ? minutes
      : divideDecimals(
          multiplyDecimals(minutes, prices.hourlyRate),
          minutesPerHour,
          decimals,
          'half-away-from-zero',
        )
  const numbers = { rawAmount: minutes, quantity: minutes, amount, unitPrice: undefined }
  return { ...own, ...numbers, kind: 'duration', unit: 'minute' }
}

function priceMoney(value: Decimal, currency: Currency, prices: PriceList): Priced {
  const exchangeRate = currency === prices.currency ? undefined : prices.rates(currency)
  return {
    kind: 'money',
    currency,
    rawAmount: value,
    amount:
      exchangeRate === undefined
        ? value
        : rounded(multiplyDecimals(value, exchangeRate), exponentOf(prices.currency)),
    quantity: decimal('1'),
    unit: undefined,
    unitPrice: value,
    exchangeRate,
  }
}

/** The distance in another unit with at most two decimals, or as typed when the unit is the same. */
function inUnit(value: Decimal, from: DistanceUnit, to: DistanceUnit): Decimal {
  if (from === to) return value
  return trimDecimal(
    to === 'mi'
      ? divideDecimals(value, kilometresPerMile, 2, 'half-away-from-zero')
      : rounded(multiplyDecimals(value, kilometresPerMile), 2),
  )
}

function rounded(value: Decimal, scale: number): Decimal {
  return roundDecimal(value, scale, 'half-away-from-zero')
}

function inRange(value: Decimal, currency: Currency): boolean {
  const minor = toMinor(value, currency, 'half-away-from-zero')
  return -maxAmountMinor <= minor && minor <= maxAmountMinor
}
