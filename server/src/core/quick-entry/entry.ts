// What quick entry is given besides the text, and what it answers.

import type { LocalDateTime } from '../day.ts'
import type { Decimal } from '../decimal.ts'
import type { Currency } from '../money.ts'

/** Everything the meaning of a line depends on besides its text. Same text and context, same result. */
export type QuickEntryContext = {
  /** The user's wall clock. */
  readonly now: LocalDateTime
  /** The account's own currency. */
  readonly currency: Currency
  /** Units of the own currency for one unit of a foreign one, or undefined when not known. */
  readonly rates: (code: Currency) => Decimal | undefined
  readonly distanceUnit: DistanceUnit
  /** Own currency for one distance unit. */
  readonly distanceRate: Decimal | undefined
  /** Own currency for one hour. */
  readonly hourlyRate: Decimal | undefined
  /** How `10/2` is read. */
  readonly dateOrder: 'month-day' | 'day-month'
  /** Expense types of the account, in its spelling. */
  readonly knownTypes: readonly string[]
  readonly reports: readonly { readonly id: number; readonly name: string }[]
  readonly defaultReportId: number
  /** A date given beside the text, unread; it switches off reading dates from the text. */
  readonly date?: string | undefined
  /** The id of a report given beside the text, unread; it outranks a report named in the text. */
  readonly reportId?: string | undefined
}

/** Units in which an account counts distances. */
export type DistanceUnit = 'mi' | 'km'

/** Why a line is no expense. */
export type QuickEntryError = 'empty' | 'no amount' | 'bad date' | 'unknown report' | 'too long'

/** What a piece of the text was taken for. */
export type SpanMeaning = 'type' | 'quantity' | 'date' | 'tag' | 'report' | 'note' | 'ignored'

/** A piece of the original text, in UTF-16 units, `to` exclusive. */
export type Span = { readonly from: number; readonly to: number; readonly means: SpanMeaning }

/** An expense as read from one line. */
export type QuickEntry = {
  readonly type: string
  readonly kind: 'money' | 'distance' | 'duration'
  /** The currency of the money typed; the own currency for distances and durations. */
  readonly currency: Currency
  /** Money as typed, distance in the account's unit, or whole minutes. */
  readonly rawAmount: Decimal
  /** In the own currency when a rate is known, else the same number as `rawAmount`. */
  readonly amount: Decimal
  /** 1 for money, else the same number as `rawAmount`. */
  readonly quantity: Decimal
  /** Undefined for money. */
  readonly unit: DistanceUnit | 'minute' | undefined
  /** The number typed for money, the rate for distances, undefined for durations and without a rate. */
  readonly unitPrice: Decimal | undefined
  /** Only for foreign money whose rate is known. */
  readonly exchangeRate: Decimal | undefined
  readonly notes: string
  /** In the order typed, each once whatever its letter case. */
  readonly tags: readonly string[]
  readonly spentAt: LocalDateTime
  readonly reportId: number
  /** Sorted and apart from each other. Blanks between two pieces belong to none, inside a piece they do. */
  readonly spans: readonly Span[]
}

/** The expense, or the one reason why there is none. */
export type QuickEntryResult =
  | { readonly ok: true; readonly entry: QuickEntry }
  | { readonly ok: false; readonly error: QuickEntryError }
