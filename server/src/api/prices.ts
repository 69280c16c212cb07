// The fields of an expense that are its own: what was spent, when, at which rate, with which papers.

import Type from 'typebox'
import type { TimeZone } from '../core/day.ts'
import { parseLocalDate } from '../core/day.ts'
import type { Decimal } from '../core/decimal.ts'
import type { Expense } from '../core/expenses/nouns.ts'
import type { Field } from './fields.ts'
import {
  dateText,
  decimalText,
  id,
  known,
  localText,
  money,
  nullable,
  parseLocal,
  price,
  readCurrency,
  readDecimal,
  readZone,
  type WireMoney,
  wrong,
  zoneText,
} from './wire.ts'

/** A price that decides the currency of its expense. */
export function givenPrice(name: 'unitPrice' | 'amount', show: Field<Expense>['show']): Field<Expense> {
  return {
    out: money,
    in: price,
    show,
    take(value, given) {
      const { amount, currency } = value as WireMoney
      given[name] = readDecimal(name, amount)
      if (currency === undefined) return
      const read = readCurrency(`${name}.currency`, currency)
      if (given.currency !== undefined && given.currency !== read) {
        throw wrong(`${name}.currency`, 'unknown_value', 'An expense has one currency.')
      }
      given.currency = read
    },
  }
}

/** The wall-clock time of spending. */
export const spentAt: Field<Pick<Expense, 'spentAt'>> = {
  out: localText,
  in: localText,
  required: true,
  show: (expense) => expense.spentAt,
  take(value, given) {
    given.spentAt = known(parseLocal(value as string), 'spentAt', 'This is no wall-clock time.')
  },
}

/** The zone of a wall-clock time, or where work was done. */
export const timeZone: Field<{ readonly timeZone: TimeZone }> = {
  out: zoneText,
  in: zoneText,
  about: "Default: the caller's.",
  show: (entity) => entity.timeZone,
  take(value, given) {
    given.timeZone = readZone('timeZone', value as string)
  },
}

/** How many units. */
export const quantity: Field<{ readonly quantity: Decimal }> = {
  out: decimalText,
  in: decimalText,
  about: 'Default 1.',
  show: (entity) => entity.quantity,
  take(value, given) {
    given.quantity = readDecimal('quantity', value as string)
  },
}

const exchangeShape = Type.Object(
  { rate: decimalText, source: Type.String({ maxLength: 200 }), on: dateText },
  { additionalProperties: false, description: 'Own-currency units for one unit of the currency, pinned.' },
)

/** The pinned exchange rate of an expense in another currency. */
export const exchange: Field<Expense> = {
  out: nullable(exchangeShape),
  in: nullable(exchangeShape),
  show: ({ exchangeRate, exchangeSource, exchangeOn }) =>
    exchangeRate === null ? null : { rate: exchangeRate, source: exchangeSource, on: exchangeOn },
  take(value, given) {
    if (value === null) {
      given.exchange = null
      return
    }
    const { rate, source, on } = value as { rate: string; source: string; on: string }
    const day = known(parseLocalDate(on), 'exchange.on', 'There is no such day.')
    given.exchange = { rate: readDecimal('exchange.rate', rate), source, on: day }
  },
}

/** The receipts behind an expense, oldest first. */
export const receiptIds: Field<Expense> = {
  out: Type.Array(id),
  about: 'Receipts behind it, oldest first.',
  show: (expense, { related }) => (related.receipts?.get(expense.id) ?? []).map((receipt) => receipt.id),
}
