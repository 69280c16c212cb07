// Changing what an expense is worth by the two numbers people see: what was entered, and what it comes to.

import { type Decimal, decimal, divideDecimals, multiplyDecimals } from '../decimal.ts'
import { exponentOf, toDecimal } from '../money.ts'
import type { Organization } from '../people/nouns.ts'
import { unitPriceFor } from './amount.ts'
import type { Expense } from './nouns.ts'
import type { ExpenseChanges } from './verbs.ts'

const one = decimal('1')
const minutesPerHour = decimal('60')

/** Whether a quantity was entered, such as a distance or minutes, rather than plain money. */
export function isMeasured(expense: Pick<Expense, 'quantity' | 'unit'>): boolean {
  return expense.unit !== null || expense.quantity !== one
}

/** What was entered: the quantity of a measured expense, else the money as typed, in its own currency. */
export function enteredNumber(expense: Expense): Decimal {
  return isMeasured(expense) ? expense.quantity : expense.unitPrice
}

/** What it comes to in the organization's currency, decimals as typed where nothing was computed. */
export function ownAmount(expense: Expense, organization: Organization): Decimal {
  if (expense.currency === organization.currency) return expense.amount
  if (expense.exchangeRate === null) return expense.amount
  return toDecimal({ amountMinor: expense.baseAmountMinor, currency: organization.currency })
}

/**
 * The changes that new numbers make. Both given: both hold. Only the amount: a measured expense keeps its quantity,
 * plain money becomes that amount of the own currency. Only the entered number: a measured expense is priced again at
 * the organization's rate or its own unit price, plain money becomes that amount of its currency.
 */
export function revalue(
  before: Expense,
  organization: Organization,
  given: { readonly entered?: Decimal | undefined; readonly amount?: Decimal | undefined },
): ExpenseChanges {
  const { entered, amount } = given
  if (entered === undefined && amount === undefined) return {}
  if (amount === undefined) return enteredOnly(before, organization, entered ?? one)
  if (entered === undefined) {
    return isMeasured(before) ? { amount } : ownMoney(organization, amount)
  }
  if (isMeasured(before)) return { quantity: entered, amount }
  if (entered === amount) return ownMoney(organization, amount)
  if (before.currency === organization.currency) return { quantity: entered, amount }
  const rate = unitPriceFor(entered, amount, organization.currency)
  const on = before.exchangeOn ?? before.spentAt.slice(0, 10)
  return {
    quantity: one,
    unitPrice: entered,
    exchange: { rate, source: 'typed', on: on as NonNullable<Expense['exchangeOn']> },
  }
}

function enteredOnly(before: Expense, organization: Organization, entered: Decimal): ExpenseChanges {
  if (!isMeasured(before)) return { quantity: one, unitPrice: entered }
  if (before.unit === 'minute' && organization.hourlyRate !== null) {
    // A price per minute may have endless digits, so the hour's is what counts.
    const cost = multiplyDecimals(entered, organization.hourlyRate)
    const scale = exponentOf(organization.currency)
    return { quantity: entered, amount: divideDecimals(cost, minutesPerHour, scale, 'half-away-from-zero') }
  }
  if (before.unit === organization.distanceUnit && organization.distanceRate !== null) {
    return { quantity: entered, unitPrice: organization.distanceRate }
  }
  return { quantity: entered }
}

function ownMoney(organization: Organization, amount: Decimal): ExpenseChanges {
  return { quantity: one, unitPrice: amount, currency: organization.currency, exchange: null }
}
