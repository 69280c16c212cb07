// The kinds of fields that filters know: for each, its conditions as the core's tree. Who may be asked for what is in
// `fields.ts`.

import { addDays, at, dayOf, type Instant, instantOf, type LocalDate } from '../../core/day.ts'
import {
  type Decimal,
  decimal,
  multiplyDecimals,
  parseDecimal,
  scaleOf,
  unitsOf,
} from '../../core/decimal.ts'
import { currenciesOf, currencyExponents } from '../../core/money.ts'
import type { Comparison, Where } from '../../core/where.ts'
import { always, never, type Translate, unfit, unreadable } from './filters.ts'
import { parseDay, parseMoment } from './moments.ts'
import { type Condition, isNull, type Value } from './where.ts'

type Read<T> = (text: string, condition: Condition) => T

/** A field that may be null: null and the empty text ask for that, everything else goes on to `other`. */
function nullable(absent: Where, present: Where, other: Translate): Translate {
  return (condition, asker) => {
    const [value] = condition.values
    const none = value !== undefined && (isNull(value) || (value.quoted && value.text === ''))
    if (!none || condition.values.length > 1) return other(condition, asker)
    if (condition.op === '=' || condition.op === 'in') return absent
    if (condition.op === '!=' || condition.op === 'not in') return present
    throw unfit(condition)
  }
}

/** The condition value by value: `in` is any of them, `not in` all of them not. */
function each(condition: Condition, one: (op: Comparison, value: Value) => Where): Where {
  const { op, values } = condition
  if (op === 'like' || op === 'not like') throw unfit(condition)
  if (op === 'in') return { any: values.map((value) => one('=', value)) }
  if (op === 'not in') return { all: values.map((value) => one('!=', value)) }
  return { all: values.map((value) => one(op, value)) }
}

/** A field with plain values that the store compares as they are. */
function plain(field: string, read: Read<number | string | boolean>): Translate {
  const compare: Translate = (condition) => {
    const { op, values } = condition
    if (op === 'like' || op === 'not like') throw unfit(condition)
    const [first, ...others] = values.map(({ text }) => read(text, condition))
    if (first === undefined) throw unfit(condition)
    if (op === 'in' || op === 'not in') return { field, op, values: [first, ...others] }
    return { field, op, value: first }
  }
  return nullable({ field, op: 'null' }, { field, op: 'not null' }, compare)
}

/** Whole numbers and ids. */
export function integer(field: string): Translate {
  return plain(field, (text, condition) => {
    if (!/^-?\d{1,16}$/.test(text.trim())) throw unreadable(condition, text)
    return Number(text)
  })
}

/** Numbers with a point. */
export function number(field: string): Translate {
  return plain(field, (text, condition) => decimalOf(text, condition))
}

/** Texts, letter case aside. `like` without `%` finds the text anywhere. */
export function words(field: string): Translate {
  return (condition) => {
    const { op, values } = condition
    const texts = values.map((value) => (isNull(value) ? '' : value.text))
    const [first = ''] = texts
    if (op === 'like' || op === 'not like') {
      return { field, op, parts: first.includes('%') ? first.split('%') : ['', first, ''] }
    }
    if (op === 'in' || op === 'not in') return { field, op, values: texts }
    return { field, op, value: first }
  }
}

/** Yes or no, each of which is a condition of its own. */
export function choice(yes: Where, no: Where): Translate {
  return (condition) =>
    each(condition, (op, { text }) => {
      const flag = flagOf(text)
      if (flag === undefined) throw unreadable(condition, text)
      if (op === '=') return flag ? yes : no
      if (op === '!=') return flag ? no : yes
      throw unfit(condition)
    })
}

/** A yes or no that is kept as such. */
export function flag(field: string): Translate {
  return choice({ field, op: '=', value: true }, { field, op: '=', value: false })
}

/** A field that has the same value in every row here; null is told apart. */
export function fixed(value: boolean | null): Translate {
  const has = choice(value === true ? always : never, value === false ? always : never)
  const absent = value === null
  return nullable(absent ? always : never, absent ? never : always, absent ? () => never : has)
}

/** Days kept as days. */
export function day(field: string): Translate {
  return plain(field, (text, condition) => dayIn(text, condition))
}

/** Days of wall-clock times: a day is everything from its midnight to the next. */
export function dayOfLocal(field: string): Translate {
  return nullable(never, always, (condition, { recent }) =>
    each(condition, (op, { text }) => {
      const start = dayIn(text, condition)
      const from = at(start, '00:00:00')
      const last = start === '9999-12-31'
      const found = between(field, op, from, last ? undefined : at(addDays(start, 1), '00:00:00'))
      return start < recent ? found : closed(found, field, op, '9999-12-31T23:59:59')
    }),
  )
}

/** Datetimes, compared by the second, since fractions are not shown. */
export function instant(field: string): Translate {
  return nullable({ field, op: 'null' }, { field, op: 'not null' }, (condition, asker) =>
    each(condition, (op, { text }) => {
      const moment = parseMoment(text, asker.timeZone)
      if (moment === undefined) throw unreadable(condition, text)
      const found = between(field, op, moment.instant, moment.instant + 1000)
      return dayOf(moment.wall) < asker.recent ? found : closed(found, field, op, lastInstant)
    }),
  )
}

// Behind every instant that is kept.
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * The same with an end that nothing reaches. Since a day that is not long ago there is little, but a planner takes what is
 * open on one side for much, and would rather walk through everything in the order of the list.
 */
function closed(found: Where, field: string, op: Comparison, top: string | number): Where {
  return op === '>' || op === '>=' ? { all: [found, { field, op: '<=', value: top }] } : found
}

/** A comparison with everything from `from` up to, not including, `end`; without an end there is nothing behind. */
function between<T extends string | number>(
  field: string,
  op: Comparison,
  from: T,
  end: T | undefined,
): Where {
  const before: Where = { field, op: '<', value: from }
  const behind: Where = end === undefined ? never : { field, op: '>=', value: end }
  const reached: Where = { field, op: '>=', value: from }
  const notBehind: Where = end === undefined ? always : { field, op: '<', value: end }
  switch (op) {
    case '=':
      return { all: [reached, notBehind] }
    case '!=':
      return { any: [before, behind] }
    case '<':
      return before
    case '<=':
      return notBehind
    case '>':
      return behind
    default:
      return reached
  }
}

/** The day on which an instant lies in the asker's zone. */
export function dayOfInstant(field: string, absent: Where, present: Where): Translate {
  return nullable(absent, present, (condition, asker) =>
    each(condition, (op, { text }) => {
      const start = dayIn(text, condition)
      const begin = (wanted: LocalDate): Instant => instantOf(at(wanted, '00:00:00'), asker.timeZone)
      const end = start === '9999-12-31' ? undefined : begin(addDays(start, 1))
      const found = between(field, op, begin(start), end)
      return start < asker.recent ? found : closed(found, field, op, lastInstant)
    }),
  )
}

/** Hours that are kept as whole seconds. */
export function hoursOf(field: string): Translate {
  return nullable({ field, op: 'null' }, { field, op: 'not null' }, (condition) =>
    each(condition, (op, { text }) =>
      counted(field, op, multiplyDecimals(decimalOf(text, condition), decimal('3600')), 0),
    ),
  )
}

/** Amounts kept in minor units of the currency that stands in `currency` beside them. */
export function amount(field: string): Translate {
  return (condition) =>
    each(condition, (op, { text }) => {
      const wanted = decimalOf(text, condition)
      return {
        any: currencyExponents().map(
          (exponent): Where => ({
            // The amount first: it is the cheaper one to look at.
            all: [counted(field, op, wanted, exponent), inCurrenciesOf(exponent)],
          }),
        ),
      }
    })
}

/** Amounts kept in minor units without a currency beside them: that of the organization is meant. */
export function ownAmount(field: string): Translate {
  return (condition, { exponent }) =>
    each(condition, (op, { text }) => counted(field, op, decimalOf(text, condition), exponent))
}

// Most currencies have two digits: naming the few others is shorter.
function inCurrenciesOf(exponent: number): Where {
  if (exponent !== 2) return { field: 'currency', op: 'in', values: currenciesOf(exponent) }
  const others = currencyExponents().filter((other) => other !== 2)
  return { field: 'currency', op: 'not in', values: others.flatMap(currenciesOf) }
}

/** A comparison of whole units with a number that may lie between two of them. */
function counted(field: string, op: Comparison, wanted: Decimal, exponent: number): Where {
  const extra = Math.max(scaleOf(wanted) - exponent, 0)
  const step = 10n ** BigInt(extra)
  const units = unitsOf(wanted, exponent + extra)
  const remainder = ((units % step) + step) % step
  const floor = clamp((units - remainder) / step)
  if (remainder === 0n) return { field, op, value: floor }
  if (op === '=') return never
  if (op === '!=') return { field, op: 'not null' }
  return { field, op: op === '<' || op === '<=' ? '<=' : '>', value: floor }
}

// Beyond these no amount is kept, so they say the same.
function clamp(units: bigint): number {
  const most = BigInt(Number.MAX_SAFE_INTEGER)
  return Number(units > most ? most : units < -most ? -most : units)
}

/** Lists of ids: `anyone` asks for empty ones. */
export function members(field: string): Translate {
  return (condition) => {
    const { op, values } = condition
    const empty = values.some((value) => value.text.toLowerCase() === 'anyone' || isNull(value))
    const ids = values.flatMap((value) => {
      if (value.text.toLowerCase() === 'anyone' || isNull(value)) return []
      if (!/^\d{1,16}$/.test(value.text.trim())) throw unreadable(condition, value.text)
      return [Number(value.text)]
    })
    return membership(condition, op, field, { empty, items: ids })
  }
}

/** Lists of texts, letter case aside. */
export function names(field: string): Translate {
  return (condition) => {
    const { op, values } = condition
    const empty = values.some((value) => isNull(value) || value.text === '')
    const items = values.flatMap((value) => (isNull(value) || value.text === '' ? [] : [value.text]))
    return membership(condition, op, field, { empty, items })
  }
}

function membership(
  condition: Condition,
  op: Condition['op'],
  field: string,
  { empty, items }: { readonly empty: boolean; readonly items: readonly (number | string)[] },
): Where {
  if (op === '=' || op === 'in') {
    const any: Where[] = items.length === 0 ? [] : [{ field, op: 'has any', values: items }]
    return { any: empty ? [{ field, op: 'empty' }, ...any] : any }
  }
  if (op === '!=' || op === 'not in') {
    const none: Where[] = items.length === 0 ? [] : [{ field, op: 'has none', values: items }]
    return { all: empty ? [{ field, op: 'not empty' }, ...none] : none }
  }
  throw unfit(condition)
}

function dayIn(text: string, condition: Condition): LocalDate {
  const found = parseDay(text)
  if (found === undefined) throw unreadable(condition, text)
  return found
}

function decimalOf(text: string, condition: Condition): Decimal {
  const found = parseDecimal(text.trim())
  if (found === undefined) throw unreadable(condition, text)
  return found
}

/** Reads `true`, `false`, `1` and `0`. */
export function flagOf(text: string): boolean | undefined {
  const word = text.trim().toLowerCase()
  if (word === 'true' || word === '1') return true
  if (word === 'false' || word === '0') return false
  return undefined
}
