// The expenses of the studio's year: what one purchase becomes, with its rate of exchange and its receipt.

import type { Actor } from '../../core/actor.ts'
import type { Unit } from '../../core/catalogue/nouns.ts'
import { addDays, at, instantOf, type LocalDate, weekdayOf } from '../../core/day.ts'
import { type Decimal, decimal, fromUnits } from '../../core/decimal.ts'
import type { Exchange } from '../../core/expenses/amount.ts'
import type { ExpenseInput } from '../../core/expenses/verbs.ts'
import { type Currency, exponentOf } from '../../core/money.ts'
import type { Harbour } from './harbour.ts'
import type { Purchase } from './purchases.ts'
import type { Random } from './random.ts'
import { drawReceipt } from './receipts.ts'
import type { Stage } from './stage.ts'
import type { Timeline } from './timeline.ts'
import { categories } from './world.ts'

/** Euros for one unit, in ten-thousandths, as they stood when the year began. */
const rates: ReadonlyMap<string, number> = new Map([
  ['USD', 8620],
  ['GBP', 11_380],
  ['CHF', 10_740],
  ['JPY', 56],
])

/** A purchase on a day, put into a report that exists by then. */
export type Spent = {
  readonly purchase: Purchase
  readonly day: LocalDate
  readonly reportId: () => number | undefined
}

/** Plans that the actor spends and writes it down the same evening; two receipts in three are kept. */
export function planSpending(
  timeline: Timeline,
  stage: Stage,
  harbour: Harbour,
  actor: Actor,
  random: Random,
  { purchase, day, reportId }: Spent,
): void {
  const { core } = stage
  const time = `${String(random.int(8, 17)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}:00`
  const input = expenseOf(harbour, purchase, day, at(day, time), random)
  const written = instantOf(at(day, '19:00:00'), actor.timeZone) + 1000 * random.int(0, 3000)
  const kept = purchase.receipt !== null && !random.oneIn(3)
  const number = String(random.int(1000, 99_999))
  let expenseId = 0
  timeline.plan(written, async () => {
    const report = reportId()
    const into = report === undefined ? {} : { reportId: report }
    expenseId = (await core.expenses.record(actor, { ...input, ...into })).id
  })
  if (!kept) return
  const total = `${purchase.currency} ${input.amount}`
  const slip = { shop: purchase.shop, day, items: [purchase.category], total, number }
  const file = drawReceipt(`${day}-${number}.${purchase.receipt}`, slip)
  timeline.plan(written + 45_000, () => stage.attach(actor, expenseId, file))
}

function expenseOf(
  harbour: Harbour,
  purchase: Purchase,
  day: LocalDate,
  spentAt: ExpenseInput['spentAt'],
  random: Random,
): ExpenseInput {
  const project = purchase.project === null ? undefined : harbour.project(purchase.project)
  const travels = project !== undefined && random.oneIn(4) ? ['client-trip'] : []
  return {
    category: { name: purchase.category },
    spentAt,
    description: random.pick(purchase.descriptions),
    ...worthOf(purchase, random),
    currency: purchase.currency,
    exchange: exchangeFor(purchase.currency, day, random),
    clientId: project?.clientId ?? null,
    projectId: project?.id ?? null,
    billable: project !== undefined,
    tagNames: [...travels, ...(random.oneIn(6) ? ['company-card'] : [])],
  }
}

/** A quantity at the category's price, or an amount; one amount in four is typed without decimals. */
function worthOf(
  { category, currency, from, to }: Purchase,
  random: Random,
): { unit?: Unit; quantity?: Decimal; unitPrice?: Decimal; amount?: Decimal } {
  const number = random.int(from, to)
  const kind = categories.find((row) => row.name === category)
  if (kind?.unit != null && kind.unitPrice != null) {
    const half = kind.unit !== 'km' && random.oneIn(3) ? '.5' : ''
    return { unit: kind.unit, quantity: decimal(`${number}${half}`), unitPrice: kind.unitPrice }
  }
  const exponent = exponentOf(currency)
  if (exponent === 0 || !random.oneIn(4)) return { amount: fromUnits(BigInt(number), exponent) }
  return { amount: decimal(String(Math.ceil(number / 10 ** exponent))) }
}

/** The rate of the last bank day before; null for euros. */
function exchangeFor(currency: Currency, day: LocalDate, random: Random): Exchange | null {
  const base = rates.get(currency)
  if (base === undefined) return null
  const spread = Math.ceil(base / 50)
  const rate = fromUnits(BigInt(base + random.int(-spread, spread)), 4)
  return { rate, source: 'ECB', on: addDays(day, weekdayOf(day) === 1 ? -3 : -1) }
}
