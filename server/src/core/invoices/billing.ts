// What it does to expenses and time entries that an invoice bills them, and that it no longer does.

import { listAll } from '../context.ts'
import { DomainError, invalid } from '../errors.ts'
import type { Change } from '../writing.ts'
import { maxBilledEntries } from './input.ts'

/** The invoice, or the line of it, that bills something. */
export type Bill = {
  readonly organizationId: number
  readonly invoiceId: number
  readonly lineId: number | null
}

const free = { billed: false, invoiceId: null, invoiceLineId: null } as const

/** Marks an expense as billed. Throws `invalid` when another bill has it. */
export async function billExpense(
  change: Change,
  bill: Bill,
  expenseId: number,
  path: string,
): Promise<void> {
  const expense = await change.read('expense', expenseId)
  if (expense.invoiceId === bill.invoiceId && expense.invoiceLineId === bill.lineId) return
  if (expense.billed) throw invalid(path, 'taken', 'The expense is billed already.')
  await change.alter('expense', expense, {
    billed: true,
    invoiceId: bill.invoiceId,
    invoiceLineId: bill.lineId,
  })
}

/** Takes an expense off its bill. */
export async function freeExpense(change: Change, organizationId: number, expenseId: number): Promise<void> {
  const [expense] = await change.tx.byId('expense', organizationId, [expenseId])
  if (expense !== undefined && expense.deletedAt === null) await change.alter('expense', expense, free)
}

/**
 * Makes these the time entries that the bill bills: the line's, or without a line those of the invoice as a whole. Others
 * of it become free. Throws `invalid` for unknown ones and for those that another bill has.
 */
export async function billTimeEntries(
  change: Change,
  bill: Bill,
  ids: readonly number[],
  path: string,
): Promise<void> {
  const { organizationId, invoiceId, lineId } = bill
  const wanted = new Set(ids)
  if (wanted.size > maxBilledEntries) throw invalid(path, 'too_many', `At most ${maxBilledEntries} entries.`)
  const known = await listAll(change.tx, 'time_entry', { organizationId, invoiceIds: [invoiceId] })
  for (const entry of known) {
    if (entry.invoiceLineId === lineId && !wanted.delete(entry.id)) {
      await change.alter('time_entry', entry, free)
    }
  }
  const entries = await change.tx.byId('time_entry', organizationId, [...wanted])
  for (const entry of entries) {
    if (entry.deletedAt !== null) continue
    const here = entry.invoiceId === invoiceId
    if (entry.billed && !here) throw invalid(path, 'taken', 'A time entry is billed already.')
    wanted.delete(entry.id)
    await change.alter('time_entry', entry, { billed: true, invoiceId, invoiceLineId: lineId })
  }
  if (wanted.size > 0) throw invalid(path, 'unknown_reference', 'There is no such time entry.')
}

/** Frees everything that the line bills. */
export async function freeLine(
  change: Change,
  bill: Bill & { readonly expenseId: number | null },
): Promise<void> {
  if (bill.expenseId !== null) await freeExpense(change, bill.organizationId, bill.expenseId)
  await billTimeEntries(change, bill, [], 'timeEntryIds')
}

/** Throws `locked` unless the invoice is still a draft: what was sent stays as it is. */
export function checkDraft(invoice: { readonly state: string }): void {
  if (invoice.state === 'draft') return
  throw new DomainError('locked', 'invoice_issued', 'The invoice is issued and takes no changes.')
}
