// One query type per noun: every field is optional and all given ones must hold. Only the store turns it into SQL.

import type { Door } from './actor.ts'
import type { CatalogueState } from './catalogue/nouns.ts'
import type { Instant, LocalDate, LocalDateTime } from './day.ts'
import type { Noun } from './entity.ts'
import type { ReportState } from './expenses/nouns.ts'
import type { InvoiceState, RecurringState } from './invoices/nouns.ts'
import type { Currency } from './money.ts'
import type { SubjectNoun } from './notes/nouns.ts'
import type { Paging, Range } from './page.ts'
import type { CredentialKind, Role } from './people/nouns.ts'
import type { Where } from './where.ts'

type Base<Sort extends string = 'id'> = Paging<Sort> & {
  readonly organizationId: number
  readonly ids?: readonly number[]
  readonly createdAt?: Range<Instant>
  readonly updatedAt?: Range<Instant>
}

type Conditional = { readonly where?: Where }

export type CatalogueSort = 'id' | 'name' | 'updatedAt' | 'createdAt'

type CatalogueQuery<Sort extends string = CatalogueSort> = Base<Sort> & {
  /** Whole name, ignoring letter case. */
  readonly names?: readonly string[]
  /** Contained in the name, ignoring letter case. */
  readonly text?: string
  readonly state?: CatalogueState
}

/** Sorts by something that is shown beside an entry, by its name. */
type NamedSort = 'personName' | 'clientName' | 'projectName' | 'activityName'

export type ExpenseSort =
  | 'id'
  | 'spentAt'
  | 'updatedAt'
  | 'createdAt'
  | 'baseAmountMinor'
  | 'amountMinor'
  | 'currency'
  | 'description'
  | 'quantity'
  | 'unitPrice'
  | 'billed'
  | 'billable'
  | 'personId'
  | 'clientId'
  | 'projectId'
  | 'invoiceLineId'
  | 'categoryName'
  | NamedSort

export type ExpenseQuery = Base<ExpenseSort> &
  Conditional & {
    readonly personId?: number
    readonly personIds?: readonly number[]
    readonly reportId?: number
    readonly categoryIds?: readonly number[]
    readonly clientIds?: readonly number[]
    readonly projectIds?: readonly number[]
    readonly activityIds?: readonly number[]
    readonly invoiceIds?: readonly number[]
    /** Whole category name, ignoring letter case. */
    readonly categoryName?: string
    /** Any of these tags, by whole name, ignoring letter case. */
    readonly anyTagName?: readonly string[]
    /** Contained in the description, ignoring letter case. Wildcards mean themselves. */
    readonly text?: string
    readonly spentAt?: Range<LocalDateTime>
    /** In the organization's currency. */
    readonly baseAmountMinor?: Range<bigint>
    readonly currency?: Currency
    readonly billed?: boolean
    readonly billable?: boolean
  }

export type TimeEntrySort =
  | 'id'
  | 'startedAt'
  | 'endedAt'
  | 'updatedAt'
  | 'createdAt'
  | 'durationSeconds'
  | 'description'
  | 'billed'
  | 'billable'
  | 'personId'
  | 'projectId'
  | 'activityId'
  | NamedSort

export type TimeEntryQuery = Base<TimeEntrySort> &
  Conditional & {
    readonly personId?: number
    readonly personIds?: readonly number[]
    readonly clientIds?: readonly number[]
    readonly projectIds?: readonly number[]
    readonly activityIds?: readonly number[]
    readonly invoiceIds?: readonly number[]
    readonly anyTagName?: readonly string[]
    readonly running?: boolean
    readonly startedAt?: Range<Instant>
    readonly endedAt?: Range<Instant>
    /** Contained in the description, ignoring letter case. Wildcards mean themselves. */
    readonly text?: string
    readonly billed?: boolean
    readonly billable?: boolean
  }

export type InvoiceSort =
  | 'id'
  | 'updatedAt'
  | 'createdAt'
  | 'issuedOn'
  | 'dueOn'
  | 'number'
  | 'state'
  | 'currency'
  | 'totalMinor'
  | 'clientId'
  | 'clientName'

/** The query of each noun that can be listed. */
export type Queries = {
  membership: Base & { readonly personId?: number; readonly roles?: readonly Role[] }
  credential: Base & {
    readonly personId?: number
    readonly kind?: CredentialKind
    readonly applicationId?: number
  }
  application: Base
  client: CatalogueQuery & Conditional
  contact: Base<CatalogueSort> &
    Conditional & { readonly clientIds?: readonly number[]; readonly text?: string }
  project: CatalogueQuery<CatalogueSort | 'code' | 'clientId' | 'clientName' | 'hourlyRate'> &
    Conditional & { readonly clientIds?: readonly number[] }
  task_list: CatalogueQuery<CatalogueSort | 'position' | 'projectId'> &
    Conditional & { readonly projectIds?: readonly number[] }
  activity: CatalogueQuery<
    CatalogueSort | 'code' | 'position' | 'priority' | 'dueOn' | 'startsOn' | 'projectId' | 'projectName'
  > &
    Conditional & {
      readonly projectIds?: readonly number[]
      readonly taskListIds?: readonly number[]
      /** Those of no project only. */
      readonly global?: boolean
    }
  category: CatalogueQuery & { readonly usedByPersonId?: number }
  tag: CatalogueQuery & { readonly usedByPersonId?: number }
  tax_rate: CatalogueQuery
  product: CatalogueQuery & { readonly identifier?: string }
  ledger_account: CatalogueQuery
  team: CatalogueQuery
  custom_field: CatalogueQuery & { readonly subjectNoun?: SubjectNoun }
  rate: Base & {
    readonly clientIds?: readonly number[]
    readonly projectIds?: readonly number[]
    readonly activityIds?: readonly number[]
    readonly personIds?: readonly number[]
  }
  expense: ExpenseQuery
  receipt: Base & {
    readonly expenseIds?: readonly number[]
    readonly publicKey?: string
    readonly contentHash?: string
  }
  expense_report: Base<CatalogueSort> & {
    readonly personId?: number
    /** Whole name, ignoring letter case. */
    readonly names?: readonly string[]
    readonly states?: readonly ReportState[]
    readonly isDefault?: boolean
  }
  time_entry: TimeEntryQuery
  note: Base & { readonly subjectNoun?: SubjectNoun; readonly subjectIds?: readonly number[] }
  property: Base & {
    readonly subjectNoun?: SubjectNoun
    readonly subjectIds?: readonly number[]
    readonly space?: string
    readonly name?: string
  }
  invoice: Base<InvoiceSort> &
    Conditional & {
      readonly clientIds?: readonly number[]
      readonly states?: readonly InvoiceState[]
      readonly number?: string
      readonly reference?: string
      readonly issuedOn?: Range<LocalDate>
      readonly dueOn?: Range<LocalDate>
    }
  invoice_line: Base<'id' | 'position' | 'updatedAt'> &
    Conditional & { readonly invoiceIds?: readonly number[]; readonly expenseIds?: readonly number[] }
  payment: Base<'id' | 'updatedAt' | 'paidOn'> & Conditional & { readonly invoiceIds?: readonly number[] }
  recurring_invoice: Base & {
    readonly clientIds?: readonly number[]
    readonly states?: readonly RecurringState[]
  }
  webhook: Base & { readonly personId?: number; readonly door?: Door }
}

export type ListedNoun = keyof Queries & Noun
