// Verbs on expense reports: open, rename, move through their states, delete.

import { require as requirePermission } from '../access.ts'
import type { Actor } from '../actor.ts'
import { type Context, limitTo, listAll, reader, readOwn, readToChange, type Unpaged } from '../context.ts'
import { DomainError } from '../errors.ts'
import { maxPageSize } from '../page.ts'
import { name } from '../text.ts'
import type { ExpenseReport, ReportState } from './nouns.ts'

export type ReportChanges = { readonly name?: string; readonly state?: ReportState }

export type Reports = ReturnType<typeof createReports>

const permissions = { read: 'expense.read', write: 'expense.write' } as const

// Whoever owns the report may hand it in, take it back and put it away; the rest is a decision of others.
const ownMoves: ReadonlySet<ReportState> = new Set<ReportState>(['open', 'submitted', 'archived'])

/** Verbs on expense reports. Members reach their own, managers and above everybody's. */
export function createReports(context: Context) {
  const { write } = context

  return {
    /** Opens a new report of the actor. Names need not be unique. */
    add(
      actor: Actor,
      input: { readonly name: string; readonly state?: ReportState },
    ): Promise<ExpenseReport> {
      requirePermission(actor, 'expense.write')
      const state = input.state ?? 'open'
      if (!ownMoves.has(state)) requirePermission(actor, 'report.approve')
      return write(actor, (change) =>
        change.add('expense_report', {
          organizationId: actor.organizationId,
          personId: actor.personId,
          name: name('name', input.name),
          state,
          isDefault: false,
        }),
      )
    },

    /** Renames a report or moves it to a state. Approving, rejecting and paying need the right to approve. */
    update(actor: Actor, id: number, changes: ReportChanges): Promise<ExpenseReport> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'expense_report', id)
        const { state } = changes
        const moves = state !== undefined && state !== before.state
        if (moves && !(ownMoves.has(state) && mayTakeBack(before))) {
          requirePermission(actor, 'report.approve')
        }
        if (moves && state !== 'open' && before.isDefault) {
          throw new DomainError('conflict', 'default_report', 'The default report stays open.')
        }
        return change.alter('expense_report', before, {
          ...(changes.name === undefined ? {} : { name: name('name', changes.name) }),
          ...(state === undefined ? {} : { state }),
        })
      })
    },

    /** Deletes a report and the expenses in it. The default report stays; one that is decided upon is locked. */
    remove(actor: Actor, id: number): Promise<void> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'expense_report', id, true)
        if (before.deletedAt !== null) return
        if (before.isDefault) {
          throw new DomainError('conflict', 'default_report', 'The default report cannot be deleted.')
        }
        if (before.state !== 'open' && before.state !== 'rejected') {
          throw new DomainError('locked', 'report_closed', `The report is ${before.state}.`)
        }
        const query = { organizationId: actor.organizationId, reportId: id, limit: maxPageSize }
        let page = await change.tx.list('expense', query)
        while (page.length > 0) {
          for (const expense of page) {
            if (expense.billed) throw new DomainError('locked', 'entry_billed', 'An expense in it is billed.')
            await change.remove('expense', expense)
          }
          page = await change.tx.list('expense', query)
        }
        await change.remove('expense_report', before)
      })
    },

    /** Brings a deleted report back, with the expenses that went with it. */
    restore(actor: Actor, id: number): Promise<ExpenseReport> {
      return write(actor, async (change) => {
        const before = await readToChange(change, actor, permissions, 'expense_report', id, true)
        if (before.deletedAt === null) return before
        const report = await change.restore('expense_report', before)
        const query = { organizationId: actor.organizationId, reportId: id, deleted: 'only' } as const
        for (const expense of await listAll(change.tx, 'expense', query)) {
          if (expense.deletedAt === before.deletedAt) await change.restore('expense', expense)
        }
        return report
      })
    },

    read(actor: Actor, id: number): Promise<ExpenseReport> {
      return readOwn(reader(context, actor), actor, 'expense.read', 'expense_report', id)
    },

    /** All matching reports by id; everybody's where the role reaches that far and no person is named. */
    list(actor: Actor, query: Unpaged<'expense_report'>): Promise<ExpenseReport[]> {
      const personId = limitTo(actor, 'expense.read', query.personId)
      const scoped = { ...query, organizationId: actor.organizationId }
      return listAll(
        reader(context, actor),
        'expense_report',
        personId === undefined ? scoped : { ...scoped, personId },
      )
    },
  }
}

// What was approved or paid is not reopened by its owner.
function mayTakeBack(report: ExpenseReport): boolean {
  return report.state === 'open' || report.state === 'submitted' || report.state === 'rejected'
}
