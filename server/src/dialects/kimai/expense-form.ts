// The form of an expense: the union of what three generations of clients send.

import { decimal } from '../../core/decimal.ts'
import type { Expense } from '../../core/expenses/nouns.ts'
import type { ExpenseChanges, ExpenseInput } from '../../core/expenses/verbs.ts'
import { maxTextLength } from '../../core/text.ts'
import type { Desk } from './call.ts'
import { dateTime, flag, ignored, number, oneOf, reference, required, text } from './fields.ts'
import { blank, extraField, type Form, type Values, wrongChoice } from './form.ts'
import { currencyAt, isBillable, type Place, personOf, place } from './placement.ts'
import { leadsExpenses } from './rights.ts'

const fields = {
  begin: required(dateTime),
  project: required(reference),
  expenseCategory: required(reference),
  multiplier: number,
  activity: reference,
  // 1.x narrowed the choice of projects by it.
  customer: ignored,
  description: text(maxTextLength),
  // The flag of 1.x, and what took its place in 2.x.
  refundable: flag,
  billableMode: oneOf('auto', 'yes', 'no'),
  cost: number,
  user: reference,
  exported: flag,
}

/** Everybody has the same form; what the role does not allow is refused by value. */
export const expenseForm: Form<typeof fields> = {
  fields,
  choices: { project: 'project', activity: 'activity', expenseCategory: 'category', user: 'person' },
  paths: {
    spentAt: 'begin',
    projectId: 'project',
    activityId: 'activity',
    category: 'expenseCategory',
    personId: 'user',
    quantity: 'multiplier',
    unitPrice: 'cost',
    amount: 'cost',
  },
}

type ExpenseValues = Values<typeof fields>

/** A new expense. Throws `invalid` by field. */
export async function parseExpense(desk: Desk, values: ExpenseValues): Promise<ExpenseInput> {
  const { begin, project, expenseCategory } = values
  if (begin === undefined || begin === null) throw blank('begin')
  const lead = leadsExpenses(desk.actor)
  if (values.exported === true && !lead) throw extraField()
  const at = await place(desk, project ?? null, values.activity ?? null)
  const category = await categoryOf(desk, expenseCategory ?? null)
  return {
    personId: personOf(desk, values.user, lead),
    category: { id: category.id },
    clientId: at.client?.id ?? null,
    projectId: at.project.id,
    activityId: at.activity?.id ?? null,
    spentAt: begin,
    description: values.description ?? '',
    quantity: values.multiplier ?? decimal('1'),
    unit: category.unit,
    unitPrice: values.cost ?? category.unitPrice ?? decimal('0'),
    currency: currencyAt(at, desk),
    billable: billableOf(values, at) ?? isBillable(at),
    billed: values.exported ?? false,
  }
}

/** The changes of an expense. Throws `invalid` by field. */
export async function parseChanges(
  desk: Desk,
  values: ExpenseValues,
  before: Expense,
): Promise<ExpenseChanges & { readonly exported: boolean | undefined }> {
  const { begin, project, activity, expenseCategory, exported } = values
  if (exported !== undefined && exported !== before.billed && !leadsExpenses(desk.actor)) throw extraField()
  if (values.user !== undefined && values.user !== null && values.user !== before.personId) {
    throw wrongChoice('user')
  }
  const { projectId, activityId } = before
  const moved = project !== undefined || activity !== undefined || values.billableMode === 'auto'
  const target = project ?? projectId
  // An expense of another door may belong to no project; then there is no place to look at.
  if (target === null && typeof activity === 'number') throw wrongChoice('activity')
  const at =
    moved && target !== null
      ? await place(desk, target, activity === undefined ? activityId : activity, before)
      : undefined
  const other = at !== undefined && at.project.id !== projectId
  const category =
    expenseCategory === undefined || expenseCategory === before.categoryId
      ? undefined
      : await categoryOf(desk, expenseCategory)
  const billable = billableOf(values, at)
  return {
    exported,
    ...(begin === undefined || begin === null ? {} : { spentAt: begin, timeZone: desk.actor.timeZone }),
    ...(at === undefined ? {} : { projectId: at.project.id, activityId: at.activity?.id ?? null }),
    ...(other ? { clientId: at.client?.id ?? null, currency: currencyAt(at, desk) } : {}),
    ...(category === undefined ? {} : { category: { id: category.id }, unit: category.unit }),
    ...(values.description === undefined ? {} : { description: values.description }),
    ...(values.multiplier === undefined ? {} : { quantity: values.multiplier ?? decimal('1') }),
    ...(values.cost === undefined ? {} : { unitPrice: values.cost ?? decimal('0') }),
    ...(billable === undefined ? {} : { billable }),
  }
}

// The word of 2.x goes before the flag of 1.x; `auto` asks the place.
function billableOf({ billableMode, refundable }: ExpenseValues, at: Place | undefined): boolean | undefined {
  if (billableMode === 'yes') return true
  if (billableMode === 'no') return false
  if (billableMode === 'auto') return at === undefined ? undefined : isBillable(at)
  return refundable
}

/** A category that may be chosen. Throws `invalid` otherwise. */
async function categoryOf({ core, actor }: Desk, id: number | null) {
  const [category] = id === null ? [] : await core.categories.byIds(actor, [id])
  if (category === undefined || category.state !== 'active' || category.deletedAt !== null) {
    throw wrongChoice('expenseCategory')
  }
  return category
}
