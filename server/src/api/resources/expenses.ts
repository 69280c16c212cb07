// Expenses: money spent, or a distance, time or days valued at a unit price.

import Type from 'typebox'
import type { Actor } from '../../core/actor.ts'
import { maxCategoryName, units } from '../../core/catalogue/nouns.ts'
import type { Expense } from '../../core/expenses/nouns.ts'
import type { ExpenseInput } from '../../core/expenses/verbs.ts'
import type { Core } from '../../core/index.ts'
import { choiceOrNull, flag, type Given, idOf, keptFields, prose, readOnly, reference } from '../fields.ts'
import { amountRange, equals, keptFilters, localRange } from '../filters.ts'
import { labels } from '../labels.ts'
import { idsOf, mapOf } from '../look.ts'
import { currencies, ids, names, oneId, search, yesOrNo } from '../parameters.ts'
import { toPerson } from '../people.ts'
import { exchange, givenPrice, quantity, receiptIds, spentAt, timeZone } from '../prices.ts'
import { relationTo, resource } from '../resource.ts'
import { id, money, presentMinor, presentMoney, wrong } from '../wire.ts'
import { activities } from './activities.ts'
import { categories } from './categories.ts'
import { clients } from './clients.ts'
import { expenseReports } from './expense-reports.ts'
import { projects } from './projects.ts'

const about =
  'Money spent: `quantity × unit_price = amount`, rounded once. Plain money has the quantity 1. Give either the amount or the unit price, and a category by its id or by its name; a name that is new makes a new one.'

/** Expenses. */
export const expenses = resource({
  noun: 'expense',
  object: 'expense',
  type: 'Expense',
  types: 'Expenses',
  path: 'expenses',
  one: 'an expense',
  many: 'Expenses',
  about,
  fields: {
    person_id: idOf('personId', { fixed: true, about: 'Who spent it. Default: the caller.' }),
    report_id: idOf('reportId', { about: "Default: the person's default report." }),
    category_id: {
      out: id,
      in: id,
      show: (expense) => expense.categoryId,
      take(value, given) {
        if (given.category !== undefined) throw wrong('category', 'unknown_value', 'Give one of both.')
        given.category = { id: value }
      },
    },
    category: {
      out: Type.String(),
      in: Type.String({ minLength: 1, maxLength: maxCategoryName }),
      hidden: true,
      about: 'The name of a category, instead of its id.',
      show: () => undefined,
      take(value, given) {
        if (given.category !== undefined) throw wrong('category', 'unknown_value', 'Give one of both.')
        given.category = { name: value }
      },
    },
    client_id: reference('clientId'),
    project_id: reference('projectId'),
    activity_id: reference('activityId'),
    spent_at: spentAt,
    time_zone: timeZone,
    description: prose('description'),
    quantity,
    unit: choiceOrNull('unit', units),
    unit_price: givenPrice('unitPrice', (expense: Expense) =>
      presentMoney(expense.unitPrice, expense.currency),
    ),
    amount: givenPrice('amount', (expense: Expense) => presentMoney(expense.amount, expense.currency)),
    base_amount: {
      out: money,
      about: "What it comes to in the organization's currency.",
      show: (expense, { actor }) => presentMinor(expense.baseAmountMinor, actor.organization.currency),
    },
    exchange,
    billable: flag('billable'),
    billed: readOnly<Expense>(flag('billed', { about: 'Invoices set it.' })),
    invoice_id: readOnly<Expense>(reference('invoiceId')),
    tags: labels,
    receipt_ids: receiptIds,
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    person_id: equals(ids, 'personIds'),
    report_id: equals(oneId, 'reportId'),
    client_id: equals(ids, 'clientIds'),
    project_id: equals(ids, 'projectIds'),
    activity_id: equals(ids, 'activityIds'),
    invoice_id: equals(ids, 'invoiceIds'),
    category_id: equals(ids, 'categoryIds'),
    category: equals(search, 'categoryName', 'The whole name of a category, letter case aside.'),
    tag: equals(names, 'anyTagName', 'Names of tags, any of which it has.'),
    search: equals(search, 'text', 'A text in the description, letter case aside.'),
    ...localRange('spent_at', 'spentAt'),
    ...amountRange('base_amount', 'baseAmountMinor'),
    currency: equals(currencies, 'currency'),
    billable: equals(yesOrNo, 'billable'),
    billed: equals(yesOrNo, 'billed'),
  },
  sorts: {
    id: 'id',
    spent_at: 'spentAt',
    base_amount: 'baseAmountMinor',
    created_at: 'createdAt',
    updated_at: 'updatedAt',
  },
  order: '-spent_at',
  relations: {
    person: toPerson((expense: Expense) => expense.personId),
    report: relationTo(expenseReports, (expense: Expense) => expense.reportId),
    category: relationTo(categories, (expense: Expense) => expense.categoryId),
    client: relationTo(clients, (expense: Expense) => expense.clientId),
    project: relationTo(projects, (expense: Expense) => expense.projectId),
    activity: relationTo(activities, (expense: Expense) => expense.activityId),
  },
  load,
  verbs: {
    add(core, actor, given) {
      if (given.category === undefined) throw wrong('category', 'required', 'An expense has a category.')
      return core.expenses.record(actor, given as unknown as ExpenseInput)
    },
    update: (core, actor, id, given) => core.expenses.update(actor, id, given as Partial<ExpenseInput>),
    remove: (core, actor, id) => core.expenses.remove(actor, id),
    restore: (core, actor, id) => core.expenses.restore(actor, id),
  },
  examples: {
    create: {
      category: 'Lunch',
      spent_at: '2026-05-20T12:30:00',
      amount: { amount: '34.50', currency: 'EUR' },
      description: 'with Jack',
      tags: ['personal', 'cash'],
    } satisfies Given,
    update: { description: 'with Jack and Jill', amount: { amount: '41.00', currency: 'EUR' } },
  },
})

async function load(core: Core, actor: Actor, found: readonly Expense[]) {
  const tags = await core.reading.named(actor, 'tag', idsOf(found.flatMap(({ tagIds }) => tagIds)))
  const receipts = await core.reading.receiptsOf(
    actor,
    found.map((expense) => expense.id),
  )
  return { tag: mapOf(tags), receipts: Map.groupBy(receipts, (receipt) => receipt.expenseId) }
}
