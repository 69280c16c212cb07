// Expenses, the receipts behind them and the reports that bundle them.

import type { Unit } from '../catalogue/nouns.ts'
import type { LocalDate, LocalDateTime, TimeZone } from '../day.ts'
import type { Decimal } from '../decimal.ts'
import type { Owned } from '../entity.ts'
import type { Currency } from '../money.ts'

/**
 * Money spent: `quantity × unitPrice = amountMinor`, rounded once, half away from zero.
 * Plain money has quantity `1` and no unit; its unit price is the amount as typed.
 */
export type Expense = Owned & {
  readonly personId: number
  readonly reportId: number
  readonly categoryId: number
  readonly clientId: number | null
  readonly projectId: number | null
  readonly activityId: number | null
  /** Wall-clock time where the money was spent. Kept as such, so daylight-saving gaps change nothing. */
  readonly spentAt: LocalDateTime
  /** The zone of `spentAt`. */
  readonly timeZone: TimeZone
  readonly description: string
  readonly quantity: Decimal
  readonly unit: Unit | null
  readonly unitPrice: Decimal
  readonly currency: Currency
  /** The amount in `currency` with the decimals it was typed with; a computed one has the currency's own. */
  readonly amount: Decimal
  readonly amountMinor: bigint
  /** Value in the organization's currency, converted once at the pinned rate. */
  readonly baseAmountMinor: bigint
  /** Own-currency units for one unit of `currency`; null when both are the same or no rate was known. */
  readonly exchangeRate: Decimal | null
  readonly exchangeSource: string
  readonly exchangeOn: LocalDate | null
  readonly billable: boolean
  readonly billed: boolean
  /** The invoice that bills it, and where known the line of it. */
  readonly invoiceId: number | null
  readonly invoiceLineId: number | null
  /** In the order they were given. */
  readonly tagIds: readonly number[]
}

/** A file behind an expense. The bytes lie in the file store under their content hash. */
export type Receipt = Owned & {
  readonly expenseId: number
  readonly personId: number
  /** Hash of the bytes: SHA-256 as 64 hexadecimal characters. */
  readonly contentHash: string
  readonly sizeBytes: number
  /** Decided from the bytes, never from what the sender says. */
  readonly mediaType: string
  /** Name as given, last path segment only. */
  readonly fileName: string
  /** Unguessable part of the public address. */
  readonly publicKey: string
}

/** From being filled to being put away. */
export const reportStates = ['open', 'submitted', 'approved', 'rejected', 'paid', 'archived'] as const
export type ReportState = (typeof reportStates)[number]

/** Bundle of one person's expenses with an approval state. Each member has exactly one default report. */
export type ExpenseReport = Owned & {
  readonly personId: number
  readonly name: string
  readonly state: ReportState
  readonly isDefault: boolean
}
