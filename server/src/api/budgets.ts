// Budgets: what may be used up, in money of the client's currency or in time.

import type { Actor } from '../core/actor.ts'
import type { Budget } from '../core/catalogue/nouns.ts'
import { type Decimal, scaleOf } from '../core/decimal.ts'
import type { Core } from '../core/index.ts'
import { type Currency, exponentOf, toMinor } from '../core/money.ts'
import { currencyOf, loadPayers } from './currencies.ts'
import { choice, type Field, type Given, seconds } from './fields.ts'
import type { Look } from './look.ts'
import { money, moneyInput, nullable, presentMinor, readDecimal, type WireMoney, wrong } from './wire.ts'

/** The fields of a budget, for things whose currency is told by `currency`. */
export function budgetFields<E extends Budget>(currency: (entity: E, look: Look) => Currency) {
  const budget: Field<E> = {
    out: nullable(money),
    in: nullable(moneyInput),
    money: true,
    about: 'What may be spent; null: no limit.',
    show: (entity, look) =>
      entity.budgetMinor === null ? null : presentMinor(entity.budgetMinor, currency(entity, look)),
    take(value, given) {
      given.budget = value === null ? null : readDecimal('budget', (value as WireMoney).amount)
    },
  }
  return {
    budget,
    budget_seconds: seconds('budgetSeconds', { about: 'What may be worked; null: no limit.' }),
    budget_period: choice('budgetPeriod', ['total', 'month']),
  }
}

/** The budget that was given, in minor units of the currency that the thing then has. */
export async function budgeted(
  core: Core,
  actor: Actor,
  { budget, ...given }: Given,
  placed: {
    readonly clientId?: number | null
    readonly projectId?: number | null
    readonly currency?: Currency | null
  },
): Promise<Given> {
  if (budget === undefined) return given
  if (budget === null) return { ...given, budgetMinor: null }
  const related = await loadPayers(core, actor, [placed])
  const behind = placed.clientId ?? related.project?.get(placed.projectId ?? 0)?.clientId ?? null
  const currency = placed.currency ?? currencyOf({ actor, related }, behind)
  return { ...given, budgetMinor: wholeMinor('budget.amount', budget as Decimal, currency) }
}

/** An amount that must be whole minor units of its currency. */
export function wholeMinor(path: string, amount: Decimal, currency: Currency): bigint {
  if (scaleOf(amount) > exponentOf(currency)) {
    throw wrong(path, 'format', `An amount of ${currency} has ${exponentOf(currency)} decimals at most.`)
  }
  return toMinor(amount, currency, 'half-away-from-zero')
}
