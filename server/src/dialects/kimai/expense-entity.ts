// An expense as it is shown: one shape, in lists and alone.

import type { Category } from '../../core/catalogue/nouns.ts'
import type { Expense } from '../../core/expenses/nouns.ts'
import type { ExpenseRelations } from '../../core/expenses/related.ts'
import type { Desk } from './call.ts'
import { orNull, type WireObject } from './entities.ts'
import { type Extras, loadExtras } from './extras.ts'
import { presentDecimal, presentLocal, presentMoney } from './wire.ts'

/** The union of all generations: 1.x clients need `visible`, those of 2.x look for `color`. */
export function presentCategory(category: Category): WireObject {
  return {
    id: category.id,
    name: category.name,
    visible: category.state === 'active',
    color: orNull(category.color),
  }
}

/** An expense. `total` is the amount that every door and every invoice shows, rounded to the currency. */
export function presentExpense(expense: Expense, related: ExpenseRelations, extras: Extras): WireObject {
  const category = related.categories.get(expense.categoryId)
  return {
    activity: expense.activityId,
    project: expense.projectId,
    user: expense.personId,
    total: presentMoney(expense.amountMinor, expense.currency),
    id: expense.id,
    begin: presentLocal(expense.spentAt, expense.timeZone),
    category: category === undefined ? null : presentCategory(category),
    description: orNull(expense.description),
    cost: presentDecimal(expense.unitPrice),
    multiplier: presentDecimal(expense.quantity),
    exported: expense.billed,
    refundable: expense.billable,
    metaFields: extras.meta,
  }
}

/** An expense that a verb has just answered. */
export async function showExpense(desk: Desk, expense: Expense): Promise<WireObject> {
  const related = await desk.core.expenses.related(desk.actor, [expense])
  const extras = await loadExtras(desk, 'expense', [expense.id])
  return presentExpense(expense, related, extras(expense.id))
}
