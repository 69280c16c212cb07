// What an expense is worth: quantity × unit price, and its value in the organization's currency.

import type { LocalDate } from '../day.ts'
import { compareDecimals, type Decimal, decimal, divideDecimals, scaleOf, trimDecimal } from '../decimal.ts'
import { invalid } from '../errors.ts'
import { type Currency, convert, exponentOf, extend, maxAmountMinor, toDecimal, toMinor } from '../money.ts'
import { maxNameLength, text } from '../text.ts'
import type { Expense } from './nouns.ts'

/** The exchange rate to pin on an expense: own-currency units for one unit of the expense's currency. */
export type Exchange = { readonly rate: Decimal; readonly source: string; readonly on: LocalDate }

/** What is given of an expense's value: a price per unit, or the whole amount, from which the unit price follows. */
export type Value =
  | { readonly quantity: Decimal; readonly unitPrice: Decimal }
  | { readonly quantity: Decimal; readonly amount: Decimal }

export type Priced = Pick<
  Expense,
  | 'quantity'
  | 'unitPrice'
  | 'currency'
  | 'amount'
  | 'amountMinor'
  | 'baseAmountMinor'
  | 'exchangeRate'
  | 'exchangeSource'
  | 'exchangeOn'
>

const one = decimal('1')

/** Digits of a derived unit price: enough that any quantity below 10^12 gives the wanted amount back. */
const derivedScale = 16

/**
 * Prices an expense. The amount is rounded once, half away from zero. Without a known rate the value in the
 * organization's currency is the same number. Throws `invalid` when an amount is too large or a rate not positive.
 */
export function price(value: Value, currency: Currency, base: Currency, exchange: Exchange | null): Priced {
  if (exchange !== null && compareDecimals(exchange.rate, decimal('0')) <= 0) {
    throw invalid('exchangeRate', 'range', 'An exchange rate is above zero.')
  }
  if (exchange !== null) text('exchangeSource', exchange.source, maxNameLength)
  const { quantity } = value
  const unitPrice = 'unitPrice' in value ? value.unitPrice : unitPriceFor(quantity, value.amount, currency)
  const amountMinor = checkAmount(extend(quantity, unitPrice, currency, 'half-away-from-zero'))
  const rate = currency === base ? null : (exchange?.rate ?? null)
  const baseAmountMinor = checkAmount(
    currency === base
      ? amountMinor
      : convert({ amountMinor, currency }, rate ?? one, base, 'half-away-from-zero'),
  )
  const pinned = rate === null ? null : exchange
  const typed = 'amount' in value ? value.amount : quantity === one ? unitPrice : undefined
  return {
    quantity,
    unitPrice,
    currency,
    amount: asTyped(typed, currency) ?? toDecimal({ amountMinor, currency }),
    amountMinor,
    baseAmountMinor,
    exchangeRate: rate,
    exchangeSource: pinned?.source ?? '',
    exchangeOn: pinned?.on ?? null,
  }
}

// An amount keeps the decimals it was typed with, unless the currency has fewer: then it was rounded.
function asTyped(typed: Decimal | undefined, currency: Currency): Decimal | undefined {
  return typed !== undefined && scaleOf(typed) <= exponentOf(currency) ? typed : undefined
}

/**
 * The unit price that makes `quantity` worth `amount`: the amount itself for quantity 1, else with as many digits as
 * it takes. Throws `invalid` for quantity 0 with another amount, which no price can give.
 */
export function unitPriceFor(quantity: Decimal, amount: Decimal, currency: Currency): Decimal {
  if (compareDecimals(quantity, one) === 0) return amount
  if (compareDecimals(quantity, decimal('0')) === 0) {
    if (compareDecimals(amount, decimal('0')) === 0) return amount
    throw invalid('quantity', 'range', 'A quantity of 0 has no amount.')
  }
  const wanted = toMinor(amount, currency, 'half-away-from-zero')
  // From the amount as it counts: half a cent more as typed would make a price that lies between two cents for ever.
  const counted = toDecimal({ amountMinor: wanted, currency })
  for (let scale = exponentOf(currency); scale <= derivedScale; scale += 1) {
    const unitPrice = trimDecimal(divideDecimals(counted, quantity, scale, 'half-away-from-zero'))
    if (extend(quantity, unitPrice, currency, 'half-away-from-zero') === wanted) return unitPrice
  }
  throw invalid('quantity', 'range', 'The quantity is too large for this amount.')
}

function checkAmount(amountMinor: bigint): bigint {
  const magnitude = amountMinor < 0n ? -amountMinor : amountMinor
  if (magnitude > maxAmountMinor) throw invalid('amount', 'range', 'The amount is too large.')
  return amountMinor
}
