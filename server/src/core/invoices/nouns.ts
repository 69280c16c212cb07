// Invoices: bills to clients, their lines, what was paid, and what is billed again and again.

import type { Instant, LocalDate } from '../day.ts'
import type { Decimal } from '../decimal.ts'
import type { Owned } from '../entity.ts'
import type { Currency } from '../money.ts'

/** From being written to being settled. Late is no state: it follows from `dueOn` and what is unpaid. */
export const invoiceStates = ['draft', 'sent', 'viewed', 'paid', 'void'] as const
export type InvoiceState = (typeof invoiceStates)[number]

/** A tax of one invoice; lines name the taxes they bear by their place in the list. */
export type InvoiceTax = {
  readonly name: string
  /** `21` means 21 %. */
  readonly percent: Decimal
  /** Taken on the net and on the taxes before it. */
  readonly compound: boolean
  readonly taxRateId: number | null
}

/** Bill to a client. Texts are empty rather than null. */
export type Invoice = Owned & {
  readonly clientId: number
  /** Who wrote it. */
  readonly personId: number
  /** Unique in the organization; null until it is given, and it never changes then. */
  readonly number: string | null
  readonly state: InvoiceState
  readonly currency: Currency
  readonly issuedOn: LocalDate | null
  readonly dueOn: LocalDate | null
  readonly title: string
  readonly reference: string
  readonly notes: string
  readonly footer: string
  /** Name and address of the client as they are to stand on it; empty: those of the client. */
  readonly billTo: string
  /** Off every line: `10` means 10 %. */
  readonly discountPercent: Decimal
  /** Whether unit prices have the taxes in them. */
  readonly pricesIncludeTax: boolean
  readonly taxes: readonly InvoiceTax[]
  /** Sum of the lines before discount. */
  readonly subtotalMinor: bigint
  readonly discountMinor: bigint
  /** One amount for each of `taxes`, as exact text of minor units. */
  readonly taxAmounts: readonly string[]
  readonly totalMinor: bigint
  readonly paidMinor: bigint
  readonly sentAt: Instant | null
  readonly viewedAt: Instant | null
  readonly paidAt: Instant | null
  /** Unguessable part of the public address. */
  readonly publicKey: string
}

/** One thing billed. `quantity × unitPrice = amountMinor`, rounded once, half away from zero. */
export type InvoiceLine = Owned & {
  readonly invoiceId: number
  readonly position: number
  readonly title: string
  readonly description: string
  readonly quantity: Decimal
  readonly unitPrice: Decimal
  readonly amountMinor: bigint
  /** Places in the invoice's `taxes`. */
  readonly taxes: readonly number[]
  readonly projectId: number | null
  readonly expenseId: number | null
  readonly productId: number | null
  readonly ledgerAccountId: number | null
  /** When the work was done, both inclusive. */
  readonly from: LocalDate | null
  readonly to: LocalDate | null
}

/** Money that came in for an invoice, in its currency. */
export type Payment = Owned & {
  readonly invoiceId: number
  readonly amountMinor: bigint
  readonly paidOn: LocalDate
  readonly comment: string
}

/** How often a recurring invoice comes. */
export const frequencies = ['weekly', 'biweekly', 'monthly', 'quarterly', 'yearly'] as const
export type Frequency = (typeof frequencies)[number]

/** Whether more of them are to come. */
export const recurringStates = ['active', 'paused', 'cancelled', 'completed'] as const
export type RecurringState = (typeof recurringStates)[number]

/** A line of an invoice to come. */
export type RecurringLine = {
  readonly title: string
  readonly description: string
  readonly quantity: Decimal
  readonly unitPrice: Decimal
}

/** An invoice that is written again and again. */
export type RecurringInvoice = Owned & {
  readonly clientId: number
  readonly personId: number
  readonly frequency: Frequency
  readonly startsOn: LocalDate
  readonly endsOn: LocalDate | null
  readonly maxInvoices: number | null
  readonly notes: string
  readonly autoSend: boolean
  readonly lines: readonly RecurringLine[]
  readonly state: RecurringState
  readonly generated: number
  readonly nextOn: LocalDate | null
  readonly lastOn: LocalDate | null
}
