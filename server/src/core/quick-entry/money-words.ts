// How currencies are named in a line: signs, ISO codes and a few words.

import { type Currency, parseCurrency } from '../money.ts'

/** Where the name of a currency stands, seen from its number. */
export type Side = 'before' | 'after'

const signs = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
  ['₹', 'INR'],
  ['₩', 'KRW'],
  ['₽', 'RUB'],
  ['₺', 'TRY'],
  ['₫', 'VND'],
  ['₪', 'ILS'],
  ['฿', 'THB'],
  ['US$', 'USD'],
  ['C$', 'CAD'],
  ['CA$', 'CAD'],
  ['A$', 'AUD'],
  ['AU$', 'AUD'],
  ['HK$', 'HKD'],
  ['NZ$', 'NZD'],
  ['R$', 'BRL'],
  ['S$', 'SGD'],
])

// Other codes count in capitals only, since many are words: all, top, try.
const codesInAnyCase = new Set('USD EUR GBP CAD AUD JPY CHF INR CNY NZD SEK NOK DKK'.split(' '))

const dollarWords = new Set(['DOLLAR', 'DOLLARS', 'BUCKS'])

const words = new Map([
  ['EURO', 'EUR'],
  ['EUROS', 'EUR'],
  ['POUND', 'GBP'],
  ['POUNDS', 'GBP'],
  ['QUID', 'GBP'],
  ['YEN', 'JPY'],
])

const dollarCurrencies = new Set(
  'USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD'.split(' '),
)

/** The currency a sign, code or word names, or undefined. Words such as `euros` count after the number only. */
export function readCurrencyName(name: string, side: Side, own: Currency): Currency | undefined {
  if (name === '') return undefined
  const capitals = name.toUpperCase()
  if (name === '$' || (side === 'after' && dollarWords.has(capitals))) {
    return dollarCurrencies.has(own) ? own : parseCurrency('USD')
  }
  if (/^[A-Z]{3}$/.test(name) || codesInAnyCase.has(capitals)) return parseCurrency(capitals)
  const code = signs.get(capitals) ?? (side === 'after' ? words.get(capitals) : undefined)
  return code === undefined ? undefined : parseCurrency(code)
}
