// Money: integer minor units with an ISO 4217 currency that knows its exponent.

import {
  type Decimal,
  divide,
  fromUnits,
  multiplyDecimals,
  type Rounding,
  scaleOf,
  unitsOf,
} from './decimal.ts'

/** An ISO 4217 alphabetic code in capitals, in use today. */
export type Currency = string & { readonly __currency: true }

/** An amount of one currency. `amountMinor` counts its smallest unit: cents, yen, fils. */
export type Money = { readonly amountMinor: bigint; readonly currency: Currency }

/** Largest magnitude of one amount, in minor units: safe in every JSON reader and ample for any invoice. */
export const maxAmountMinor = 10n ** 15n

// ISO 4217 list one as of 2026, funds and precious metals left out. Withdrawn codes are unknown here.
const codes =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP ' +
  'CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF ' +
  'IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD ' +
  'MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB ' +
  'RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD ' +
  'UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG'

const exponents = new Map<string, number>([
  ...codes.split(' ').map((code): [string, number] => [code, 2]),
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'
    .split(' ')
    .map((code): [string, number] => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code): [string, number] => [code, 3]),
  ...'CLF UYW'.split(' ').map((code): [string, number] => [code, 4]),
])

/** Reads a currency code, in capitals or not. Answers undefined for unknown and withdrawn codes. */
export function parseCurrency(text: string): Currency | undefined {
  // Only these letters: the capitals of some others, such as the long s, would pass for them.
  if (!/^[A-Za-z]{3}$/.test(text)) return undefined
  const code = text.toUpperCase()
  return exponents.has(code) ? (code as Currency) : undefined
}

/** A currency known to exist, such as a constant. Throws RangeError otherwise. */
export function currency(code: string): Currency {
  const value = parseCurrency(code)
  if (value === undefined) throw new RangeError(`Not a currency in use: ${code}`)
  return value
}

/** Digits after the point in the currency's notation: 2 for USD, 0 for JPY, 3 for KWD. */
export function exponentOf(code: Currency): number {
  return exponents.get(code) ?? 2
}

/** Every currency in use with that many digits after the point. */
export function currenciesOf(exponent: number): Currency[] {
  return [...exponents].flatMap(([code, digits]) => (digits === exponent ? [code as Currency] : []))
}

/** The numbers of digits after the point that currencies have, ascending. */
export function currencyExponents(): number[] {
  return [...new Set(exponents.values())].sort((a, b) => a - b)
}

/** Rounds a decimal amount to the currency's minor units. */
export function toMinor(amount: Decimal, code: Currency, rounding: Rounding): bigint {
  const exponent = exponentOf(code)
  const scale = scaleOf(amount)
  if (scale <= exponent) return unitsOf(amount, exponent)
  return divide(unitsOf(amount, scale), 10n ** BigInt(scale - exponent), rounding)
}

/** Writes minor units with the currency's own number of decimals: 1200 USD is `12.00`. */
export function toDecimal(money: Money): Decimal {
  return fromUnits(money.amountMinor, exponentOf(money.currency))
}

/** `quantity × unitPrice` in minor units, rounded once. */
export function extend(quantity: Decimal, unitPrice: Decimal, code: Currency, rounding: Rounding): bigint {
  return toMinor(multiplyDecimals(quantity, unitPrice), code, rounding)
}

/** Converts minor units of one currency into another at `rate` (units of `to` for one unit of `from`), rounded once. */
export function convert(money: Money, rate: Decimal, to: Currency, rounding: Rounding): bigint {
  return toMinor(multiplyDecimals(toDecimal(money), rate), to, rounding)
}
