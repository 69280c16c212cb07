// The expense resource.

import { at, dayOf, localOf } from '../../core/day.ts'
import { compareDecimals } from '../../core/decimal.ts'
import type { Expense } from '../../core/expenses/nouns.ts'
import type { ExpenseRelations } from '../../core/expenses/related.ts'
import type { ExpenseChanges, ExpenseFilter } from '../../core/expenses/verbs.ts'
import { toDecimal } from '../../core/money.ts'
import type { Call } from './call.ts'
import { parseCurrencyCode } from './currencies.ts'
import { fields } from './fields.ts'
import { fieldsOf, given, type Input, missing } from './input.ts'
import { keepReceipt, presentReceipts, replaceReceipt } from './receipts.ts'
import { children, type Filter, parent, type Resource, type Row, relations } from './resource.ts'
import { datetime, money, type WireObject } from './wire.ts'

/**
 * The category of expenses that are made here: Paymo has none. The same one that a line without a known word falls back
 * to, so that the book does not fill with two names for "anything".
 */
export const category = { name: 'Misc' }

/** The expense resource. */
export const expenses: Resource = {
  name: 'expenses',
  fields: [
    'id',
    'client_id',
    'project_id',
    'user_id',
    'amount',
    'currency',
    'date',
    'notes',
    'invoiced',
    'invoice_item_id',
    'file',
    'image_thumb_large',
    'image_thumb_medium',
    'image_thumb_small',
    'created_on',
    'updated_on',
    'tags',
  ],
  extras: ['download_token', 'active', 'billable'],
  relations: relations({
    client: parent('clients', 'client_id'),
    project: parent('projects', 'project_id'),
    user: parent('users', 'user_id'),
    invoiceitems: children('invoiceitems', 'expense_id'),
  }),
  filters: fields.expenses,
  sorts: {
    id: 'id',
    client_id: 'clientId',
    project_id: 'projectId',
    user_id: 'personId',
    amount: 'amountMinor',
    currency: 'currency',
    date: 'spentAt',
    notes: 'description',
    invoiced: 'billed',
    invoice_item_id: 'invoiceLineId',
    created_on: 'createdAt',
    updated_on: 'updatedAt',
  },
  lasting: true,
  page: readExpenses,
  stamps: ({ core, actor }, filter) => core.expenses.stamps(actor, filter as ExpenseFilter),
  create: createExpense,
  update: updateExpense,
  remove: ({ core, actor }, id) => core.expenses.remove(actor, id),
  keepFile: keepReceipt,
}

async function readExpenses(call: Call, filter: Filter): Promise<Row[]> {
  const { core, actor } = call
  const found = await core.expenses.list(actor, filter as ExpenseFilter)
  const related = await core.expenses.related(actor, found)
  return found.map((expense) => ({
    id: expense.id,
    revision: expense.revision,
    object: presentExpense(expense, related, call),
  }))
}

/** An expense in the key order of the published example. */
export function presentExpense(
  expense: Expense,
  related: ExpenseRelations,
  { door }: Pick<Call, 'door'>,
): WireObject {
  return {
    id: expense.id,
    client_id: expense.clientId,
    project_id: expense.projectId,
    user_id: expense.personId,
    amount: money(expense.amountMinor, expense.currency),
    currency: expense.currency,
    date: dayOf(expense.spentAt),
    notes: expense.description,
    invoiced: expense.billed,
    invoice_item_id: expense.invoiceLineId,
    ...presentReceipts(related.receipts.get(expense.id)?.at(-1), door),
    created_on: datetime(expense.createdAt),
    updated_on: datetime(expense.updatedAt),
    tags: expense.tagIds.flatMap((id) => related.tags.get(id)?.name ?? []),
    active: true,
    billable: expense.billable,
  }
}

async function createExpense(call: Call, input: Input): Promise<number> {
  const { core, actor, now } = call
  const read = fieldsOf(input)
  const changes = parseExpense(input)
  const { clientId, currency, amount, ...rest } = changes
  if (clientId === undefined || clientId === null) throw missing('client_id')
  if (currency === undefined) throw missing('currency')
  if (amount === undefined) throw missing('amount')
  const day = read.day('date') ?? dayOf(localOf(now, actor.timeZone))
  const spentAt = at(day, '00:00:00')
  const expense = await core.expenses.record(actor, {
    ...rest,
    clientId,
    currency,
    amount,
    category,
    spentAt,
  })
  if (call.kept !== undefined) await core.receipts.attach(actor, expense.id, call.kept)
  return expense.id
}

async function updateExpense(call: Call, id: number, input: Input): Promise<void> {
  const { core, actor } = call
  const day = fieldsOf(input).day('date')
  const changes = parseExpense(input)
  const { expenses: found } = await core.expenses.read(actor, id)
  await core.expenses.update(actor, id, (before) => ({
    ...changed(changes, before),
    // A day says nothing of the time that another door has given it.
    ...(day === undefined || day === null ? {} : { spentAt: at(day, before.spentAt.slice(11)) }),
  }))
  if (found[0] !== undefined) await replaceReceipt(call, found[0], input)
}

/** Clients send the whole object back: what is as it was is no change, even where a change would be refused. */
function changed(changes: ExpenseChanges, before: Expense): ExpenseChanges {
  const { amount, currency, ...rest } = changes
  const same = amount === undefined || compareDecimals(toDecimal(before), amount) === 0
  const price = same && (currency === undefined || currency === before.currency)
  return price ? rest : changes
}

function parseExpense(input: Input): ExpenseChanges {
  const read = fieldsOf(input)
  const currency = read.text('currency')
  return given({
    personId: read.id('user_id') ?? undefined,
    clientId: read.id('client_id'),
    projectId: read.id('project_id'),
    amount: read.decimal('amount') ?? undefined,
    currency: currency ? parseCurrencyCode('currency', currency) : undefined,
    description: read.text('notes'),
    billed: read.flag('invoiced'),
    tagNames: read.texts('tags'),
  })
}
