// What expenses refer to, loaded in batches.

import type { Category, Tag } from '../catalogue/nouns.ts'
import { listAll } from '../context.ts'
import type { Reader } from '../ports.ts'
import type { Expense, Receipt } from './nouns.ts'

export type ExpenseRelations = {
  readonly categories: ReadonlyMap<number, Category>
  readonly tags: ReadonlyMap<number, Tag>
  /** By expense, oldest first; expenses without receipts are absent. */
  readonly receipts: ReadonlyMap<number, readonly Receipt[]>
}

/** Loads categories, tags and receipts of these expenses: three queries, whatever their number. */
export async function loadRelations(
  from: Reader,
  organizationId: number,
  expenses: readonly Expense[],
): Promise<ExpenseRelations> {
  const categoryIds = [...new Set(expenses.map((expense) => expense.categoryId))]
  const tagIds = [...new Set(expenses.flatMap((expense) => expense.tagIds))]
  const expenseIds = expenses.map((expense) => expense.id)
  const categories = await from.byId('category', organizationId, categoryIds)
  const tags = tagIds.length === 0 ? [] : await from.byId('tag', organizationId, tagIds)
  const receipts =
    expenseIds.length === 0 ? [] : await listAll(from, 'receipt', { organizationId, expenseIds })
  const byExpense = new Map<number, Receipt[]>()
  for (const receipt of receipts) {
    const known = byExpense.get(receipt.expenseId)
    if (known) known.push(receipt)
    else byExpense.set(receipt.expenseId, [receipt])
  }
  return {
    categories: new Map(categories.map((category) => [category.id, category])),
    tags: new Map(tags.map((tag) => [tag.id, tag])),
    receipts: byExpense,
  }
}
