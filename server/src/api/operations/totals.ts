// Totals: hours and money, grouped, for the same filters as the lists.

import Type, { type TSchema } from 'typebox'
import type { TimeZone } from '../../core/day.ts'
import {
  type ExpenseDimension,
  type ExpenseTotal,
  expenseDimensions,
  type MoneyTotal,
  maxDimensions,
  type TimeDimension,
  type TimeTotal,
  timeDimensions,
} from '../../core/totals/nouns.ts'
import type { ExpenseTotalsInput, TimeTotalsInput } from '../../core/totals/verbs.ts'
import type { Draft, Filters } from '../filters.ts'
import { type Answer, type Call, json, type Operation } from '../operation.ts'
import { oneOf, type Parameter, type Parameters, someOf, zones } from '../parameters.ts'
import { unreadable } from '../problem.ts'
import { expenses } from '../resources/expenses.ts'
import { timeEntries } from '../resources/time-entries.ts'
import { money, nullable, presentMinor, zoneText } from '../wire.ts'

const group = 'Totals'
const strict = { additionalProperties: false }
const whole = Type.Integer({ minimum: 0 })

const key = Type.Object(
  {},
  {
    description:
      'What the group has in common, by dimension: an id, true or false, a currency, or a period such as 2026-05-20, 2026-W21, 2026-05, 2026-Q2, 2026.',
  },
)
const moneyTotal = Type.Object({ amount: money, billable: money, billed: money }, strict)
const timeTotal = Type.Object(
  {
    key,
    count: whole,
    seconds: whole,
    billable_seconds: whole,
    billed_seconds: whole,
    money: nullable(Type.Array(moneyTotal, { description: 'By currency; null for those who see no rates.' })),
    unpriced_seconds: nullable(whole),
  },
  strict,
)
const expenseTotal = Type.Object(
  {
    key,
    count: whole,
    money: Type.Array(moneyTotal, { description: 'By currency, as it was spent.' }),
    base_amount: money,
  },
  strict,
)
const timeTotals = Type.Object(
  {
    object: Type.Literal('time_totals'),
    groups: Type.Array(timeTotal),
    whole: timeTotal,
    running: Type.Integer({ minimum: 0, description: 'Entries that still run; they are in no sum.' }),
    time_zone: zoneText,
  },
  strict,
)
const expenseTotals = Type.Object(
  { object: Type.Literal('expense_totals'), groups: Type.Array(expenseTotal), whole: expenseTotal },
  strict,
)

const about =
  'Groups are in ascending order of their keys. `whole` counts everything once, also what several tags put into several groups.'

function byOf<T extends string>(dimensions: readonly T[]): Parameter {
  const { read, schema } = someOf(dimensions)
  return {
    schema,
    about: `Up to ${maxDimensions} of ${dimensions.join(', ')}, separated by commas. Without it one group of everything.`,
    read,
  }
}

const timeParameters: Parameters = {
  by: byOf(timeDimensions),
  time_zone: { ...zones, about: "Where days begin and end; default: the caller's." },
  ...timeEntries.filters,
}
const expenseParameters: Parameters = { by: byOf(expenseDimensions), ...expenses.filters }

/** Operations on totals. */
export const totalsOperations: readonly Operation[] = [
  totals('totalTime', '/time-entries/totals', 'Total time', timeParameters, timeTotals, totalTime),
  totals(
    'totalExpenses',
    '/expenses/totals',
    'Total expenses',
    expenseParameters,
    expenseTotals,
    totalExpenses,
  ),
  {
    ...totals(
      'readTotals',
      '/totals',
      'Total time or expenses',
      { of: oneOf(['time', 'expenses'] as const), ...timeParameters, ...expenseParameters },
      Type.Union([timeTotals, expenseTotals]),
      totalEither,
    ),
    about: `The same at one address: \`of=time\`, which is the default, or \`of=expenses\`. ${about}`,
  },
]

function totals(
  name: string,
  path: string,
  summary: string,
  query: Parameters,
  answer: TSchema,
  run: (call: Call) => Promise<Answer>,
): Operation {
  return {
    name,
    method: 'GET',
    path,
    group,
    summary,
    about,
    query,
    status: 200,
    answer,
    // The caller's own zone can be changed in another organization.
    lasting: (values) =>
      values.of === 'expenses' || values.time_zone !== undefined || name === 'totalExpenses',
    example: { query: 'by=project,month' },
    run,
  }
}

function totalEither(call: Call): Promise<Answer> {
  const { of = 'time', ...query } = call.query
  const allowed = of === 'time' ? timeParameters : expenseParameters
  for (const name of Object.keys(query)) {
    if (Object.hasOwn(allowed, name)) continue
    const flaw = { in: 'query', path: `/${name}`, code: 'unknown_parameter' } as const
    const message = `There is no parameter "${name}" for ${of}.`
    throw unreadable(message, [{ ...flaw, message }])
  }
  return of === 'time' ? totalTime(call) : totalExpenses(call)
}

async function totalTime(call: Call): Promise<Answer> {
  const { core, actor, query } = call
  const found = await core.totals.time(actor, {
    filter: filterOf(call, timeEntries.filters) as NonNullable<TimeTotalsInput['filter']>,
    by: (query.by as readonly TimeDimension[] | undefined) ?? [],
    zone: (query.time_zone as TimeZone | undefined) ?? actor.timeZone,
  })
  return json({
    object: 'time_totals',
    groups: found.groups.map(presentTime),
    whole: presentTime(found.whole),
    running: found.running,
    time_zone: found.zone,
  })
}

async function totalExpenses(call: Call): Promise<Answer> {
  const { core, actor, query } = call
  const found = await core.totals.expenses(actor, {
    filter: filterOf(call, expenses.filters) as NonNullable<ExpenseTotalsInput['filter']>,
    by: (query.by as readonly ExpenseDimension[] | undefined) ?? [],
  })
  const present = (total: ExpenseTotal) => ({
    key: total.key,
    count: total.count,
    money: total.money.map(presentMoneyTotal),
    base_amount: presentMinor(total.baseAmountMinor, actor.organization.currency),
  })
  return json({ object: 'expense_totals', groups: found.groups.map(present), whole: present(found.whole) })
}

function filterOf({ query, actor }: Call, filters: Filters): Draft {
  const draft: Draft = {}
  for (const [name, { set }] of Object.entries(filters)) {
    if (query[name] !== undefined) set(query[name], draft, actor)
  }
  return draft
}

function presentTime(total: TimeTotal) {
  return {
    key: total.key,
    count: total.count,
    seconds: total.seconds,
    billable_seconds: total.billableSeconds,
    billed_seconds: total.billedSeconds,
    money: total.money?.map(presentMoneyTotal) ?? null,
    unpriced_seconds: total.unpricedSeconds,
  }
}

function presentMoneyTotal({ currency, amountMinor, billableMinor, billedMinor }: MoneyTotal) {
  return {
    amount: presentMinor(amountMinor, currency),
    billable: presentMinor(billableMinor, currency),
    billed: presentMinor(billedMinor, currency),
  }
}
