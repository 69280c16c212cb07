// Verbs on expenses: record, change, delete, list.

import { require as requirePermission } from '../access.ts'
import type { Actor } from '../actor.ts'
import type { Unit } from '../catalogue/nouns.ts'
import { checkPlacement, named, tagIdsOf } from '../catalogue/verbs.ts'
import {
  type Context,
  checkMember,
  checkReference,
  limitTo,
  reader,
  readOwn,
  readToChange,
} from '../context.ts'
import { type LocalDateTime, localSeconds, type TimeZone } from '../day.ts'
import { type Decimal, decimal } from '../decimal.ts'
import type { Stamp } from '../entity.ts'
import { DomainError, invalid, notFound } from '../errors.ts'
import type { Currency } from '../money.ts'
import { type Cursor, maxIds } from '../page.ts'
import type { ExpenseQuery } from '../queries.ts'
import { checkSearch, maxTextLength, text } from '../text.ts'
import { checkWhere } from '../where.ts'
import type { Change, Fresh } from '../writing.ts'
import { type Exchange, price, type Value } from './amount.ts'
import type { Expense, ExpenseReport } from './nouns.ts'
import { type ExpenseRelations, loadRelations } from './related.ts'

/** What a caller gives. Category and tags may be named instead of numbered: unknown names become new ones. */
export type ExpenseInput = {
  /** Default: the actor. */
  readonly personId?: number
  /** Default: the person's default report. */
  readonly reportId?: number
  readonly category: { readonly id: number } | { readonly name: string }
  readonly clientId?: number | null
  readonly projectId?: number | null
  readonly activityId?: number | null
  readonly spentAt: LocalDateTime
  /** Default: the actor's zone. */
  readonly timeZone?: TimeZone
  readonly description?: string
  /** Default 1. */
  readonly quantity?: Decimal
  readonly unit?: Unit | null
  /** Either this or `amount` is given: the other one follows. */
  readonly unitPrice?: Decimal
  readonly amount?: Decimal
  /** Default: the organization's. */
  readonly currency?: Currency
  readonly exchange?: Exchange | null
  readonly billable?: boolean
  readonly billed?: boolean
  readonly tagNames?: readonly string[]
}

/** Any subset of an input. `update` may also depend on what is there: it then gets the expense as it stands. */
export type ExpenseChanges = Partial<ExpenseInput>

/** A query, where the report may also be the actor's default one. */
export type ExpenseFilter = Omit<ExpenseQuery, 'organizationId' | 'reportId'> & {
  readonly reportId?: number | 'default'
}

/** Expenses together with what they refer to. */
export type ExpensePage = { readonly expenses: readonly Expense[]; readonly related: ExpenseRelations }

export type Expenses = ReturnType<typeof createExpenses>

const permissions = { read: 'expense.read', write: 'expense.write' } as const

/** Verbs on expenses. Members reach their own, managers and above everybody's. */
export function createExpenses(context: Context) {
  const { write } = context

  const scoped = (actor: Actor, filter: ExpenseFilter) => expensesInReach(context, actor, filter)

  return {
    /** Keeps a new expense. Throws `invalid` per wrong field, `locked` when its report is closed. */
    record(actor: Actor, input: ExpenseInput): Promise<Expense> {
      return write(actor, (change) => recordWithin(change, actor, input))
    },

    /** Changes some fields; the rest stays. The changes may be computed from the expense as it stands. */
    update(
      actor: Actor,
      id: number,
      changes: ExpenseChanges | ((before: Expense) => ExpenseChanges),
    ): Promise<Expense> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'expense', id)
        await openReport(change, before.reportId)
        const input = typeof changes === 'function' ? changes(before) : changes
        const fields = await changedFields(change, actor, before, input)
        checkBilled(before, fields)
        return change.alter('expense', before, fields)
      })
    },

    /** Keeps a copy of an expense without its receipts, not billed, in a report that is open. */
    duplicate(actor: Actor, id: number): Promise<Expense> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'expense', id)
        await openReport(change, before.reportId)
        const { id: _, revision, createdAt, updatedAt, deletedAt, ...fields } = before
        return change.add('expense', { ...fields, billed: false, invoiceId: null, invoiceLineId: null })
      })
    },

    /** Leaves a tombstone; repeats change nothing. */
    remove(actor: Actor, id: number): Promise<void> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'expense', id, true)
        if (before.deletedAt !== null) return
        await openReport(change, before.reportId)
        if (before.billed) throw billed()
        await change.remove('expense', before)
      })
    },

    restore(actor: Actor, id: number): Promise<Expense> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'expense', id, true)
        if (before.deletedAt === null) return before
        await openReport(change, before.reportId)
        return change.restore('expense', before)
      })
    },

    /** One expense with its relations; `deleted` answers tombstones too. */
    async read(actor: Actor, id: number, deleted = false): Promise<ExpensePage> {
      const from = reader(context, actor)
      const expense = await readOwn(from, actor, 'expense.read', 'expense', id, deleted)
      return withRelations(actor, [expense])
    },

    /** The stamp of one expense: enough to answer it from a rendered fragment. */
    async stamp(actor: Actor, id: number, deleted = false): Promise<Stamp | undefined> {
      const filter: ExpenseFilter = { ids: [id], deleted: deleted ? 'with' : 'without', limit: 1 }
      const [stamp] = await reader(context, actor).stamps('expense', await scoped(actor, filter))
      return stamp
    },

    /** One page of stamps: the first one, or the one behind `last`. A named report must be readable. */
    async stamps(actor: Actor, filter: ExpenseFilter, last?: Stamp): Promise<Stamp[]> {
      const from = reader(context, actor)
      const query = await scoped(actor, filter)
      if (last === undefined) return from.stamps('expense', query)
      const [entity] = await from.byId('expense', actor.organizationId, [last.id])
      return entity === undefined ? [] : from.stamps('expense', { ...query, after: cursorOf(query, entity) })
    },

    /** The expenses of these ids that the actor may read, tombstones included, with their relations. */
    async byIds(actor: Actor, ids: readonly number[]): Promise<ExpensePage> {
      if (ids.length > maxIds) throw invalid('ids', 'too_many', `At most ${maxIds} ids.`)
      const far = requirePermission(actor, 'expense.read')
      const found = await reader(context, actor).byId('expense', actor.organizationId, ids)
      return withRelations(
        actor,
        far === 'all' ? found : found.filter((expense) => expense.personId === actor.personId),
      )
    },

    /** What expenses that a verb has just answered refer to. */
    related(actor: Actor, expenses: readonly Expense[]): Promise<ExpenseRelations> {
      return loadRelations(reader(context, actor), actor.organizationId, expenses)
    },

    /** One page of expenses. */
    async list(actor: Actor, filter: ExpenseFilter): Promise<Expense[]> {
      return reader(context, actor).list('expense', await scoped(actor, filter))
    },

    async count(actor: Actor, filter: ExpenseFilter): Promise<number> {
      return context.count(actor, 'expense', await scoped(actor, filter))
    },
  }

  async function withRelations(actor: Actor, expenses: readonly Expense[]): Promise<ExpensePage> {
    const related = await loadRelations(reader(context, actor), actor.organizationId, expenses)
    return { expenses, related }
  }
}

/** Keeps a new expense inside an open change; other verbs that end in an expense use it. */
export async function recordWithin(change: Change, actor: Actor, input: ExpenseInput): Promise<Expense> {
  const far = requirePermission(actor, 'expense.write')
  const personId = input.personId ?? actor.personId
  if (far === 'own' && personId !== actor.personId) {
    throw new DomainError('forbidden', 'role_forbids', 'You can record your own expenses only.')
  }
  const { organizationId, organization } = actor
  if (personId !== actor.personId) await checkMember(change, organizationId, 'personId', personId)
  const report = await reportFor(change, organizationId, personId, input.reportId)
  const fields: Fresh<'expense'> = {
    organizationId,
    personId,
    reportId: report.id,
    categoryId: await categoryFor(change, organizationId, input.category),
    clientId: input.clientId ?? null,
    projectId: input.projectId ?? null,
    activityId: input.activityId ?? null,
    spentAt: input.spentAt,
    timeZone: input.timeZone ?? actor.timeZone,
    description: text('description', input.description ?? '', maxTextLength),
    unit: input.unit ?? null,
    ...price(
      givenValue(input.quantity ?? decimal('1'), input),
      input.currency ?? organization.currency,
      organization.currency,
      input.exchange ?? null,
    ),
    billable: input.billable ?? true,
    billed: input.billed ?? false,
    invoiceId: null,
    invoiceLineId: null,
    tagIds: await tagIdsOf(change, organizationId, input.tagNames ?? []),
  }
  await checkPlacement(change, organizationId, fields)
  return change.add('expense', fields)
}

async function changedFields(
  change: Change,
  actor: Actor,
  before: Expense,
  input: ExpenseChanges,
): Promise<Partial<Fresh<'expense'>>> {
  const { organizationId, organization } = actor
  const { category, tagNames, exchange, quantity, unitPrice, amount, currency, ...others } = input
  const { personId, reportId, ...rest } = others
  const fields: { -readonly [K in keyof Expense]?: Expense[K] } = {}
  for (const [field, value] of Object.entries(rest)) {
    if (value !== undefined) Object.assign(fields, { [field]: value })
  }
  if (fields.description !== undefined) text('description', fields.description, maxTextLength)
  if (personId !== undefined && personId !== before.personId) {
    throw invalid('personId', 'unknown_value', 'An expense keeps its person.')
  }
  if (reportId !== undefined && reportId !== before.reportId) {
    fields.reportId = (await reportFor(change, organizationId, before.personId, reportId)).id
  }
  if (category !== undefined) fields.categoryId = await categoryFor(change, organizationId, category)
  if (tagNames !== undefined) fields.tagIds = await tagIdsOf(change, organizationId, tagNames)
  const repriced = [exchange, quantity, unitPrice, amount, currency].some((value) => value !== undefined)
  if (repriced) {
    const pinned = exchange === undefined ? pinnedExchange(before, currency) : exchange
    const newCurrency = currency ?? before.currency
    const value = givenValue(quantity ?? before.quantity, { unitPrice, amount }, before.unitPrice)
    Object.assign(fields, price(value, newCurrency, organization.currency, pinned))
  }
  await checkPlacement(change, organizationId, fields)
  return fields
}

function givenValue(
  quantity: Decimal,
  given: { unitPrice?: Decimal | undefined; amount?: Decimal | undefined },
  present?: Decimal,
): Value {
  const { unitPrice = given.amount === undefined ? present : undefined, amount } = given
  if (unitPrice !== undefined && amount !== undefined) {
    throw invalid('amount', 'unknown_value', 'Give the unit price or the amount, not both.')
  }
  if (amount !== undefined) return { quantity, amount }
  if (unitPrice !== undefined) return { quantity, unitPrice }
  throw invalid('amount', 'required', 'An expense has a unit price or an amount.')
}

function cursorOf({ sort = 'id' }: ExpenseQuery, { id, spentAt, updatedAt }: Expense): Cursor {
  return { id, value: sort === 'spentAt' ? localSeconds(spentAt) : sort === 'updatedAt' ? updatedAt : id }
}

/** The query of a filter, limited to what the actor may read. A named report must be readable. */
export async function expensesInReach(
  context: Context,
  actor: Actor,
  { reportId, ...filter }: ExpenseFilter,
): Promise<ExpenseQuery> {
  const personId = limitTo(actor, 'expense.read', filter.personId)
  checkSearch('text', filter.text)
  if (filter.where !== undefined) checkWhere('where', 'expense', filter.where)
  const query = {
    ...filter,
    organizationId: actor.organizationId,
    ...(personId === undefined ? {} : { personId }),
  }
  if (reportId === undefined) return query
  const from = reader(context, actor)
  if (reportId !== 'default') {
    const report = await readOwn(from, actor, 'expense.read', 'expense_report', reportId)
    // Every expense of a report is its person's, so the report alone finds them, by its own index.
    return { ...withoutPerson(query, report.personId), reportId }
  }
  const own = { organizationId: actor.organizationId, personId: actor.personId, isDefault: true, limit: 1 }
  const [report] = await from.list('expense_report', own)
  if (report === undefined) throw notFound('expense report')
  return { ...withoutPerson(query, report.personId), reportId: report.id }
}

function withoutPerson(query: ExpenseQuery, personId: number): ExpenseQuery {
  if (query.personId !== personId) return query
  const { personId: _, ...rest } = query
  return rest
}

// What a bill was made from must not drift; words may still be corrected.
function checkBilled(before: Expense, fields: Partial<Fresh<'expense'>>): void {
  // What an invoice bills becomes free by changing that invoice, never behind its back.
  if (before.invoiceId !== null && fields.billed === false) throw billed()
  if (!before.billed || fields.billed === false) return
  const fixed = ['amountMinor', 'currency', 'spentAt', 'clientId', 'projectId', 'billable'] as const
  if (fixed.some((field) => fields[field] !== undefined && fields[field] !== before[field])) throw billed()
}

function billed(): DomainError {
  return new DomainError('locked', 'entry_billed', 'The expense is billed.')
}

// The rate pinned when the expense was recorded goes on counting while the currency stays.
function pinnedExchange(before: Expense, currency: Currency | undefined): Exchange | null {
  const { exchangeRate, exchangeOn, exchangeSource } = before
  if (exchangeRate === null || exchangeOn === null) return null
  if (currency !== undefined && currency !== before.currency) return null
  return { rate: exchangeRate, source: exchangeSource, on: exchangeOn }
}

/** The open report an expense goes to: the named one of that person, else the default one. */
async function reportFor(
  change: Change,
  organizationId: number,
  personId: number,
  reportId: number | undefined,
): Promise<ExpenseReport> {
  const found =
    reportId === undefined
      ? await change.remember('expense_report', `default of ${personId}`, () =>
          change.tx.list('expense_report', { organizationId, personId, isDefault: true, limit: 1 }),
        )
      : await change.tx.byId('expense_report', organizationId, [reportId])
  const report = found[0]
  if (report === undefined || report.deletedAt !== null || report.personId !== personId) {
    throw invalid('reportId', 'unknown_reference', 'There is no such expense report.')
  }
  return checkOpen(report)
}

/** Throws `locked` while the report takes no changes. */
export async function openReport(change: Change, reportId: number): Promise<void> {
  checkOpen(await change.read('expense_report', reportId))
}

function checkOpen(report: ExpenseReport): ExpenseReport {
  if (report.state === 'open' || report.state === 'rejected') return report
  throw new DomainError('locked', 'report_closed', `The report is ${report.state} and takes no changes.`)
}

async function categoryFor(
  change: Change,
  organizationId: number,
  category: ExpenseInput['category'],
): Promise<number> {
  if ('name' in category) return (await named(change, organizationId, 'category', category.name)).id
  await checkReference(change, organizationId, 'category', 'category', category.id)
  return category.id
}
