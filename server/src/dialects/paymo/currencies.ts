// Currency codes as Paymo writes them: ISO 4217, and a few spellings of its own.

import { invalid } from '../../core/errors.ts'
import { type Currency, parseCurrency } from '../../core/money.ts'

// Codes of Paymo's list that ISO does not know, and what they stand for.
const spellings: Readonly<Record<string, string>> = {
  US$: 'USD',
  U$S: 'USD',
  CFP: 'XPF',
  RMB: 'CNY',
  TBH: 'THB',
}

/** Reads a code in any letter case. Throws `invalid` for unknown ones and for currencies that are no more. */
export function parseCurrencyCode(path: string, code: string): Currency {
  const wanted = code.trim().toUpperCase()
  const known = Object.hasOwn(spellings, wanted) ? spellings[wanted] : undefined
  const found = parseCurrency(known ?? wanted)
  if (found === undefined) throw invalid(path, 'unknown_value', `Unknown currency: ${code.slice(0, 20)}`)
  return found
}
