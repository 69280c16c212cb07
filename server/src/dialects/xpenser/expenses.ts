// The expense resource: list, create, read, update, delete.

import type { Actor } from '../../core/actor.ts'
import { type LocalDateTime, localOf } from '../../core/day.ts'
import type { Stamp } from '../../core/entity.ts'
import { invalid, notFound } from '../../core/errors.ts'
import type { Expense } from '../../core/expenses/nouns.ts'
import type { ExpenseRelations } from '../../core/expenses/related.ts'
import { enteredNumber, ownAmount, revalue } from '../../core/expenses/revalue.ts'
import type { ExpenseChanges, ExpenseFilter, ExpensePage } from '../../core/expenses/verbs.ts'
import { maxPageSize } from '../../core/page.ts'
import type { Organization } from '../../core/people/nouns.ts'
import { first, type Pairs } from '../../http/pairs.ts'
import type { Answer, Call } from './call.ts'
import { badRequest, notFoundRefusal } from './errors.ts'
import { parseFilter } from './filters.ts'
import { parseId } from './ids.ts'
import { keepFile, presentReceipt } from './receipts.ts'
import {
  hasTime,
  parseDate,
  parseTypedAmount,
  presentInstant,
  presentLocal,
  type WireObject,
} from './wire.ts'

/** An expense with the key order of the published samples. The newest receipt shows; without any the key is absent. */
export function presentExpense(
  expense: Expense,
  related: ExpenseRelations,
  organization: Organization,
): WireObject {
  const receipt = related.receipts.get(expense.id)?.at(-1)
  return {
    status: expense.deletedAt === null ? 1 : -1,
    receipt: receipt && presentReceipt(receipt),
    rawamount: enteredNumber(expense),
    notes: expense.description,
    created: presentInstant(expense.createdAt),
    modified: presentInstant(expense.updatedAt),
    amount: ownAmount(expense, organization),
    date: presentLocal(expense.spentAt),
    type: related.categories.get(expense.categoryId)?.name ?? '',
    id: expense.id,
    tags: expense.tagIds.flatMap((id) => {
      const tag = related.tags.get(id)
      return tag === undefined ? [] : [{ name: tag.name, id }]
    }),
    report_id: expense.reportId,
  }
}

/** `GET expenses/`. Everything that matches, whatever its number: long lists are sent page by page. */
export async function listExpenses(call: Call): Promise<Answer> {
  const filter = parseFilter(call.query, call.actor.organization.currency)
  if (filter === 'no such report') return notFoundRefusal
  if ('reason' in filter) return badRequest(filter.reason)
  const page = await call.core.expenses.stamps(call.actor, filter)
  if (page.length < maxPageSize) return { items: await render(call, page) }
  return { pages: pagesFrom(call, filter, page) }
}

async function* pagesFrom(
  call: Call,
  filter: ExpenseFilter,
  start: readonly Stamp[],
): AsyncGenerator<readonly string[]> {
  let stamps = start
  while (stamps.length > 0) {
    yield await render(call, stamps)
    const last = stamps.at(-1)
    if (stamps.length < maxPageSize || last === undefined) return
    stamps = await call.core.expenses.stamps(call.actor, filter, last)
  }
}

/** `GET expense/{id}`. Deleted ones show with `status=all` only. */
export async function readExpense(call: Call): Promise<Answer> {
  const stamp = await call.core.expenses.stamp(call.actor, call.id, first(call.query, 'status') === 'all')
  if (stamp === undefined) return notFoundRefusal
  const [item] = await render(call, [stamp])
  return item === undefined ? notFoundRefusal : { item }
}

/** `POST expense/`: one line of text in `q`, or the fields of an update. */
export async function createExpense(call: Call): Promise<Answer> {
  const line = first(call.form, 'q')
  const fields = ['type', 'amount', 'rawamount'].some((name) => first(call.form, name) !== undefined)
  return saveWithFile(call, (actor) =>
    line === undefined && fields
      ? createFromFields(call, actor)
      : createFromLine(call, actor, line ?? '', first(call.form, 'd'), first(call.form, 'r')),
  )
}

/** The expense of one line; empty `d` and `r` count as not given. */
export function createFromLine(
  { core }: Call,
  actor: Actor,
  text: string,
  date: string | undefined,
  reportId: string | undefined,
): Promise<Expense> {
  // A report is named by its id alone here; inside the line its name will do.
  if (reportId && parseId(reportId) === undefined) throw notFound('expense report')
  return core.quickEntries.record(actor, {
    text,
    ...(date ? { date } : {}),
    ...(reportId ? { reportId } : {}),
  })
}

/** `POST expense/{id}`: any subset of the fields; the others stay. */
export async function updateExpense(call: Call): Promise<Answer> {
  const { core, form } = call
  const fields = parseFields(form)
  return saveWithFile(call, (actor) =>
    core.expenses.update(actor, call.id, (before) => ({
      ...fields.changes,
      ...revalue(before, actor.organization, fields),
      ...dated(form, before.spentAt),
    })),
  )
}

/** `POST` with `action=delete`, or `DELETE`. Repeats are harmless. */
export async function deleteExpense(call: Call): Promise<Answer> {
  await call.core.expenses.remove(call.actor, call.id)
  return 'empty'
}

/** Saves an expense together with the file that came along, both or none, and answers it. */
export async function saveWithFile(call: Call, save: (actor: Actor) => Promise<Expense>): Promise<Answer> {
  const { core } = call
  const file = await keepFile(call)
  const { expense, related } = await core.together(call.actor, async (actor) => {
    const saved = await save(actor)
    const expense = file === undefined ? saved : (await core.receipts.attach(actor, saved.id, file)).expense
    return { expense, related: await core.expenses.related(actor, [expense]) }
  })
  return { item: call.format.item(presentExpense(expense, related, call.actor.organization)) }
}

async function createFromFields({ core, form, now }: Call, actor: Actor): Promise<Expense> {
  const { changes, entered, amount } = parseFields(form)
  const { category } = changes
  const value = amount ?? entered
  if (category === undefined) throw invalid('type', 'required', 'no type')
  if (value === undefined) throw invalid('amount', 'required', 'no amount')
  const measured = entered !== undefined && amount !== undefined && entered !== amount
  return core.expenses.record(actor, {
    ...changes,
    category,
    spentAt: localOf(now, actor.timeZone),
    ...dated(form, localOf(now, actor.timeZone)),
    ...(measured ? { quantity: entered, amount } : { unitPrice: value }),
  })
}

/** The fields of create and update. Throws `invalid` for what cannot be read. */
function parseFields(form: Pairs) {
  const type = first(form, 'type')
  const notes = first(form, 'notes')
  const report = first(form, 'report')
  const tags = first(form, 'tags')
  const reportId = report ? parseId(report) : undefined
  if (report && reportId === undefined) throw notFound('expense report')
  const changes: ExpenseChanges = {
    ...(type === undefined ? {} : { category: { name: type } }),
    ...(notes === undefined ? {} : { description: notes }),
    ...(reportId === undefined ? {} : { reportId }),
    ...(tags === undefined ? {} : { tagNames: tags.split(/\s+/).filter((tag) => tag !== '') }),
  }
  return { changes, entered: amountField(form, 'rawamount'), amount: amountField(form, 'amount') }
}

function amountField(form: Pairs, name: string) {
  const text = first(form, name)
  if (text === undefined) return undefined
  const amount = parseTypedAmount(text)
  if (amount === undefined) throw invalid(name, 'format', `${name} '${text.slice(0, 40)}' is no number`)
  return amount
}

/** The `date` field. A day without a time of day keeps the time that `present` has, the seconds set to 00. */
function dated(form: Pairs, present: LocalDateTime): { spentAt?: LocalDateTime } {
  const text = first(form, 'date')
  if (!text) return {}
  const date = parseDate(text)
  if (date === undefined) throw invalid('date', 'format', `date '${text.slice(0, 40)}' is no date`)
  return { spentAt: hasTime(date) ? date : (`${date}T${present.slice(11, 16)}:00` as LocalDateTime) }
}

function render(call: Call, stamps: readonly Stamp[]): Promise<readonly string[]> {
  const { core, actor, format } = call
  let page: ExpensePage | undefined
  return call.expenseView.render(
    stamps,
    actor.referencesRevision,
    async (ids) => {
      page = await core.expenses.byIds(actor, ids)
      return page.expenses
    },
    (expense) =>
      page === undefined ? '' : format.item(presentExpense(expense, page.related, actor.organization)),
  )
}
