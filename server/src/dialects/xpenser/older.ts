// The calls of the older API that clients still use.

import { roundDecimal } from '../../core/decimal.ts'
import type { Expense } from '../../core/expenses/nouns.ts'
import { enteredNumber, ownAmount } from '../../core/expenses/revalue.ts'
import type { ExpensePage } from '../../core/expenses/verbs.ts'
import { exponentOf } from '../../core/money.ts'
import { maxPageSize } from '../../core/page.ts'
import type { Organization } from '../../core/people/nouns.ts'
import { first } from '../../http/pairs.ts'
import type { Answer, Call } from './call.ts'
import { createFromLine, saveWithFile } from './expenses.ts'
import { presentInstant, presentLocal, type WireObject } from './wire.ts'

/**
 * `GET` or `POST /api/simple/`: creates an expense from `q`, on GET too. That a GET writes is the original's own
 * contract: shell scripts and phone shortcuts live from it.
 */
export async function createSimple(call: Call): Promise<Answer> {
  const given = (name: string) => first(call.form, name) ?? first(call.query, name)
  return saveWithFile(call, (actor) =>
    createFromLine(call, actor, given('q') ?? '', given('d'), given('report')),
  )
}

/** An expense as Django's serialiser writes it: tags are ids, amounts have at least the currency's decimals. */
export function presentSerialised(expense: Expense, type: string, organization: Organization): WireObject {
  const decimals = exponentOf(organization.currency)
  const fixed = (amount: Expense['amount']) => {
    const point = amount.indexOf('.')
    const scale = point < 0 ? 0 : amount.length - point - 1
    return roundDecimal(amount, Math.max(scale, decimals), 'half-away-from-zero')
  }
  return {
    pk: expense.id,
    model: 'xpense.expense',
    fields: {
      report: expense.reportId,
      modified: presentInstant(expense.updatedAt),
      rawamount: fixed(enteredNumber(expense)),
      category: expense.categoryId,
      sourceid: '',
      notes: expense.description,
      amount: fixed(ownAmount(expense, organization)),
      tags: [...expense.tagIds],
      date: presentLocal(expense.spentAt),
      type,
      user: expense.personId,
      status: 1,
      created: presentInstant(expense.createdAt),
    },
  }
}

/** `GET /api/expenses/`: the expenses of the default report, newest first. */
export async function listSerialised(call: Call): Promise<Answer> {
  const { core, actor, format } = call
  const filter = { reportId: 'default', sort: 'spentAt', descending: true } as const
  // Read before the first byte leaves, so that whoever may not read gets a refusal and no broken list.
  const start = await core.expenses.stamps(actor, filter)
  return { pages: pages() }

  async function* pages(): AsyncGenerator<readonly string[]> {
    let stamps = start
    while (stamps.length > 0) {
      const page = await core.expenses.byIds(
        actor,
        stamps.map((stamp) => stamp.id),
      )
      yield inOrder(stamps, page).map((expense) => {
        const type = page.related.categories.get(expense.categoryId)?.name ?? ''
        return format.item(presentSerialised(expense, type, actor.organization))
      })
      const last = stamps.at(-1)
      if (stamps.length < maxPageSize || last === undefined) return
      stamps = await core.expenses.stamps(actor, filter, last)
    }
  }
}

function inOrder(stamps: readonly { id: number }[], page: ExpensePage): Expense[] {
  const byId = new Map(page.expenses.map((expense) => [expense.id, expense]))
  return stamps.flatMap(({ id }) => byId.get(id) ?? [])
}
