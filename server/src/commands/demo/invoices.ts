// The studio's invoices, one in every state: of hours, of expenses, paid, half paid, late, void and still being written.

import { at, instantOf, type LocalDate } from '../../core/day.ts'
import { decimal } from '../../core/decimal.ts'
import type { LineInput } from '../../core/invoices/input.ts'
import type { Invoice } from '../../core/invoices/nouns.ts'
import type { Harbour } from './harbour.ts'
import type { Ledger } from './ledger.ts'
import type { Stage } from './stage.ts'

type Plan = {
  readonly project: string
  /** The month whose work it bills. */
  readonly month: string
  readonly issuedOn: string
  readonly rate: string
  readonly tax: boolean
  readonly becomes: 'draft' | 'sent' | 'viewed' | 'part' | 'paid' | 'void'
}

const plans: readonly Plan[] = [
  {
    project: 'Annual report 2025',
    month: '2026-04',
    issuedOn: '2026-05-04',
    rate: '87.50',
    tax: false,
    becomes: 'paid',
  },
  {
    project: 'Fleet portal',
    month: '2026-08',
    issuedOn: '2026-09-01',
    rate: '95',
    tax: true,
    becomes: 'paid',
  },
  {
    project: 'Booking site',
    month: '2026-08',
    issuedOn: '2026-09-02',
    rate: '120',
    tax: false,
    becomes: 'void',
  },
  {
    project: 'Online shop',
    month: '2026-09',
    issuedOn: '2026-10-01',
    rate: '110',
    tax: false,
    becomes: 'part',
  },
  {
    project: 'Fleet portal',
    month: '2026-09',
    issuedOn: '2026-10-01',
    rate: '95',
    tax: true,
    becomes: 'viewed',
  },
  {
    project: 'Reading room',
    month: '2026-10',
    issuedOn: '2026-11-10',
    rate: '85',
    tax: true,
    becomes: 'sent',
  },
  {
    project: 'Fleet portal',
    month: '2026-10',
    issuedOn: '2026-11-18',
    rate: '95',
    tax: true,
    becomes: 'draft',
  },
]

/** Writes them, after everything else has happened: what they bill is not billed otherwise. */
export async function writeInvoices(stage: Stage, harbour: Harbour, ledger: Ledger): Promise<void> {
  const { core } = stage
  const owner = harbour.actor('marit')
  for (const plan of plans) {
    const { id: projectId, clientId } = harbour.project(plan.project)
    if (clientId === null) throw new RangeError(`${plan.project} has no client.`)
    const draft = await core.invoices.add(owner, {
      clientId,
      title: `${plan.project}, ${plan.month}`,
      issuedOn: plan.issuedOn as LocalDate,
      notes: 'Thank you for working with us.',
      taxes: plan.tax
        ? [{ name: 'VAT', percent: decimal('21'), compound: false, taxRateId: ledger.highTaxId }]
        : [],
      lines: await linesOf(stage, harbour, ledger, plan, projectId),
    })
    await bring(stage, harbour, draft, plan.becomes)
  }
  await core.recurringInvoices.add(owner, {
    clientId: harbour.clientId('Stadsarchief Delft'),
    frequency: 'monthly',
    startsOn: '2026-12-01' as LocalDate,
    lines: [{ title: 'Hosting', description: '', quantity: decimal('1'), unitPrice: decimal('45.00') }],
  })
}

/** A line for the hours of the month, and one for each expense of it. */
async function linesOf(
  { core }: Stage,
  harbour: Harbour,
  ledger: Ledger,
  { project, month, rate }: Plan,
  projectId: number,
): Promise<LineInput[]> {
  const owner = harbour.actor('marit')
  const { timeZone } = harbour.organization
  const first = `${month}-01` as LocalDate
  const last = Temporal.PlainDate.from(first).add({ months: 1 }).subtract({ days: 1 }).toString() as LocalDate
  const startedAt = {
    from: instantOf(at(first, '00:00:00'), timeZone),
    to: instantOf(at(last, '23:59:59'), timeZone),
  }
  const { clientId } = harbour.project(project)
  const { currency = null } = clientId === null ? {} : await core.clients.read(owner, clientId)
  const projectIds = [projectId]
  const entries = await core.time.list(owner, {
    projectIds,
    startedAt,
    billable: true,
    billed: false,
    running: false,
  })
  const seconds = entries.reduce((sum, entry) => sum + (entry.durationSeconds ?? 0), 0)
  const quantity = decimal((Math.round(seconds / 36) / 100).toFixed(2))
  const spentAt = { from: at(first, '00:00:00'), to: at(last, '23:59:59') }
  const expenses = await core.expenses.list(owner, {
    projectIds,
    spentAt,
    billable: true,
    billed: false,
    limit: 5,
  })
  return [
    {
      title: 'Hours',
      description: `${entries.length} entries`,
      quantity,
      unitPrice: decimal(rate),
      projectId,
      ledgerAccountId: ledger.hoursAccountId,
      timeEntryIds: entries.map(({ id }) => id),
      from: first,
      to: last,
    },
    ...expenses.map((expense) => ({
      title: 'Expense',
      description: expense.description,
      expenseId: expense.id,
      ...(expense.currency === currency ? {} : { unitPrice: decimal('25.00') }),
      taxes: [],
    })),
    { title: 'Hosting', unitPrice: decimal('45.00'), productId: ledger.hostingId },
  ]
}

async function bring(
  stage: Stage,
  harbour: Harbour,
  draft: Invoice,
  becomes: Plan['becomes'],
): Promise<void> {
  if (becomes === 'draft') return
  const owner = harbour.actor('marit')
  const { invoices } = stage.core
  const sent = await invoices.send(owner, draft.id)
  const pay = (amountMinor: bigint, paidOn: string) =>
    invoices.addPayment(owner, { invoiceId: sent.id, amountMinor, paidOn: paidOn as LocalDate })
  if (becomes === 'viewed' || becomes === 'void') await invoices.setState(owner, sent.id, becomes)
  if (becomes === 'part') await pay(sent.totalMinor / 2n, '2026-10-20')
  if (becomes === 'paid') await pay(sent.totalMinor, '2026-11-02')
}
