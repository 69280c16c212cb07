// Expenses on paper: what, when, for whom, and what they come to in each currency.

import type { ExpensesDocument } from '../../core/documents/nouns.ts'
import type { Expense } from '../../core/expenses/nouns.ts'
import {
  closePaper,
  footPages,
  heightOf,
  ink,
  looks,
  openPaper,
  type Paper,
  rule,
  sheet,
  write,
} from './page.ts'
import { day, money, number, unitPrice } from './words.ts'

const columns = {
  on: { x: sheet.left, width: 78 },
  what: { x: 138, width: 212 },
  who: { x: 356, width: 92 },
  amount: { x: 452, width: 87 },
} as const

/** Prints expenses in the order given. The same expenses make the same bytes. */
export async function printExpenses(document: ExpensesDocument): Promise<Uint8Array> {
  const { organization, expenses } = document
  const title = expenses.length === 1 ? 'Expense' : 'Expenses'
  const at = new Date(Math.max(...expenses.map(({ updatedAt }) => updatedAt)))
  const paper = await openPaper({ title, author: organization.name, at })
  write(paper, { ...looks.lead, color: ink.accent }, organization.name, {
    x: sheet.left,
    y: sheet.top,
    width: 300,
  })
  let y = write(paper, looks.title, title, { x: sheet.left, y: 92, width: sheet.width }) + 20
  y = tableHead(paper, y)
  for (const expense of expenses) y = row(paper, document, expense, y)
  sums(paper, expenses, y)
  footPages(paper, organization.name)
  return closePaper(paper)
}

function tableHead(paper: Paper, y: number): number {
  write(paper, looks.label, 'DATE', { ...columns.on, y })
  write(paper, looks.label, 'EXPENSE', { ...columns.what, y })
  write(paper, looks.label, 'PERSON', { ...columns.who, y })
  write(paper, looks.label, 'AMOUNT', { ...columns.amount, y, align: 'right' })
  rule(paper, y + 14, sheet.left, ink.soft)
  return y + 22
}

function row(paper: Paper, document: ExpensesDocument, expense: Expense, start: number): number {
  const { categories, clients, projects, people } = document
  const category = categories.get(expense.categoryId)?.name ?? ''
  const place = [clients.get(expense.clientId ?? 0)?.name, projects.get(expense.projectId ?? 0)?.name]
  const counted =
    expense.unit === null
      ? []
      : [`${number(expense.quantity)} ${expense.unit} × ${unitPrice(expense.unitPrice, expense.currency)}`]
  const title = expense.description === '' ? category : expense.description
  const around = [expense.description === '' ? '' : category, ...place, ...counted]
  const below = around.filter(Boolean).join(' · ')
  const height =
    heightOf(paper, looks.body, title || '–', columns.what.width) +
    heightOf(paper, looks.small, below, columns.what.width)
  let y = start
  if (y + height > sheet.bottom) {
    paper.addPage()
    y = tableHead(paper, sheet.top)
  }
  write(paper, looks.body, day(expense.spentAt), { ...columns.on, y })
  write(paper, looks.body, people.get(expense.personId)?.name ?? '', { ...columns.who, y })
  const amount = money(expense.amountMinor, expense.currency)
  write(paper, looks.body, amount, { ...columns.amount, y, align: 'right' })
  const end = write(paper, looks.body, title || '–', { ...columns.what, y })
  y = write(paper, looks.small, below, { ...columns.what, y: end }) + 6
  rule(paper, y)
  return y + 8
}

function sums(paper: Paper, expenses: readonly Expense[], start: number): void {
  const totals = new Map<Expense['currency'], bigint>()
  for (const { currency, amountMinor } of expenses) {
    totals.set(currency, (totals.get(currency) ?? 0n) + amountMinor)
  }
  let y = start + 4
  if (y + totals.size * 20 > sheet.bottom) {
    paper.addPage()
    y = sheet.top
  }
  for (const [currency, amountMinor] of totals) {
    write(paper, looks.strong, 'Total', { x: 356, y, width: 60 })
    y = write(paper, looks.strong, money(amountMinor, currency), { ...columns.amount, y, align: 'right' }) + 4
  }
}
