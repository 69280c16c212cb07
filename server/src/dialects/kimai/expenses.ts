// The expense resource of the Expenses plugin.

import type { Stamp } from '../../core/entity.ts'
import { forbidden, notFound } from '../../core/errors.ts'
import type { Expense } from '../../core/expenses/nouns.ts'
import type { ExpensePage } from '../../core/expenses/verbs.ts'
import { type Call, type Desk, together } from './call.ts'
import { type Answer, empty, failure, ok } from './errors.ts'
import { presentCategory, presentExpense, showExpense } from './expense-entity.ts'
import { parseExpenseFilter } from './expense-filter.ts'
import { expenseForm, parseChanges, parseExpense } from './expense-form.ts'
import { copyMeta, type ExtrasOf, keepMeta, loadExtras } from './extras.ts'
import { submit } from './form.ts'
import { paged, pageOf } from './query.ts'
import { editsExported, keepsCatalogue } from './rights.ts'
import { spell } from './wire.ts'

/** `GET /api/expenses`: the caller's own, and those of others where the role reaches them. */
export async function listExpenses(call: Call): Promise<Answer> {
  const { core, actor, query } = call
  const page = pageOf(query)
  const filter = await parseExpenseFilter(call)
  const total = await core.expenses.count(actor, filter)
  const { offset, limit } = page
  const stamps = offset < total ? await core.expenses.stamps(actor, { ...filter, offset, limit }) : []
  const answer = paged(page, total, await render(call, stamps))
  // People belong to more than one organization: a new name may come without an event here, and with it a new order.
  return filter.sort === 'personName' ? answer : { ...answer, lasting: true }
}

/** `GET /api/expenses/categories`: an array, whatever the schema calls it. */
export async function listCategories({ core, actor }: Call): Promise<Answer> {
  if (!keepsCatalogue(actor)) return failure(403)
  return ok((await core.categories.list(actor, {})).map(presentCategory))
}

/** `GET /api/expenses/{id}`. */
export async function readExpense(call: Call): Promise<Answer> {
  const stamp = await call.core.expenses.stamp(call.actor, call.id)
  if (stamp === undefined) throw notFound('expense')
  const [body] = await render(call, [stamp])
  if (body === undefined) throw notFound('expense')
  return { status: 200, headers: {}, body, lasting: true }
}

/** `POST /api/expenses`. */
export function createExpense(call: Call): Promise<Answer> {
  return submit(call, expenseForm, 'create', (values) =>
    together(call, async (desk) => {
      const input = await parseExpense(desk, values)
      return ok(await showExpense(desk, await desk.core.expenses.record(desk.actor, input)))
    }),
  )
}

/** `PATCH /api/expenses/{id}`: any subset of the fields. */
export async function updateExpense(call: Call): Promise<Answer> {
  await readToEdit(call, call.id)
  return submit(call, expenseForm, 'change', (values) =>
    together(call, async (desk) => {
      const { core, actor } = desk
      const before = await readToEdit(desk, call.id)
      const { exported = before.billed, ...changes } = await parseChanges(desk, values, before)
      await core.expenses.update(actor, call.id, { ...changes, ...unmarked(before) })
      const after = await core.expenses.update(actor, call.id, { billed: exported })
      return ok(await showExpense(desk, after))
    }),
  )
}

/** `DELETE /api/expenses/{id}`. */
export async function deleteExpense(call: Call): Promise<Answer> {
  await together(call, async (desk) => {
    const before = await readToEdit(desk, call.id)
    await desk.core.expenses.update(desk.actor, call.id, unmarked(before))
    await desk.core.expenses.remove(desk.actor, call.id)
  })
  return empty
}

/** `PATCH /api/expenses/{id}/duplicate`: a copy that is not exported. */
export function duplicateExpense(call: Call): Promise<Answer> {
  return together(call, async (desk) => {
    const copy = await desk.core.expenses.duplicate(desk.actor, call.id)
    await copyMeta(desk, 'expense', call.id, copy.id)
    return ok(await showExpense(desk, copy))
  })
}

/** `PATCH /api/expenses/{id}/meta`. */
export function setExpenseMeta(call: Call): Promise<Answer> {
  return together(call, async (desk) => {
    const before = await readToEdit(desk, call.id)
    await keepMeta(call, desk, 'expense', call.id)
    return ok(await showExpense(desk, before))
  })
}

/** The expense, unless it is exported and the caller may not touch such ones. */
async function readToEdit({ core, actor }: Desk, id: number): Promise<Expense> {
  const { expenses } = await core.expenses.read(actor, id)
  const [before] = expenses
  if (before === undefined) throw notFound('expense')
  if (before.billed && !editsExported(actor)) throw forbidden('The expense is exported.')
  return before
}

// What was marked by hand may be changed by those who may; what stands on an invoice stays what was billed.
function unmarked({ billed, invoiceId }: Expense): { readonly billed?: false } {
  return billed && invoiceId === null ? { billed: false } : {}
}

/** Rendered expenses. A value of a custom field moves the revision of its expense, so nothing stale is shown. */
async function render(call: Call, stamps: readonly Stamp[]): Promise<readonly string[]> {
  const { core, actor } = call
  let page: ExpensePage | undefined
  let extrasOf: ExtrasOf | undefined
  const load = async (ids: readonly number[]) => {
    page = await core.expenses.byIds(actor, ids)
    extrasOf = await loadExtras(call, 'expense', ids)
    return page.expenses
  }
  return call.expenseView.render(stamps, actor.referencesRevision, load, (expense) =>
    page === undefined || extrasOf === undefined
      ? ''
      : spell(presentExpense(expense, page.related, extrasOf(expense.id))),
  )
}
