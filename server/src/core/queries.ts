// One query type per noun: every field is optional and all given ones must hold. Only the store turns it into SQL.

import type { CatalogueState } from './catalogue/nouns.ts'
import type { Instant, LocalDateTime } from './day.ts'
import type { Noun } from './entity.ts'
import type { ReportState } from './expenses/nouns.ts'
import type { SubjectNoun } from './notes/nouns.ts'
import type { Paging, Range } from './page.ts'

type Base<Sort extends string = 'id'> = Paging<Sort> & {
  readonly organizationId: number
  readonly ids?: readonly number[]
  readonly createdAt?: Range<Instant>
  readonly updatedAt?: Range<Instant>
}

type CatalogueQuery = Base & {
  /** Whole name, ignoring letter case. */
  readonly names?: readonly string[]
  readonly state?: CatalogueState
}

export type ExpenseQuery = Base<'id' | 'spentAt' | 'updatedAt'> & {
  readonly personId?: number
  readonly reportId?: number
  readonly clientIds?: readonly number[]
  readonly projectIds?: readonly number[]
  readonly activityIds?: readonly number[]
  /** Whole category name, ignoring letter case. */
  readonly categoryName?: string
  /** Any of these tags, by whole name, ignoring letter case. */
  readonly anyTagName?: readonly string[]
  /** Contained in the description, ignoring letter case. Wildcards mean themselves. */
  readonly text?: string
  readonly spentAt?: Range<LocalDateTime>
  /** In the organization's currency. */
  readonly baseAmountMinor?: Range<bigint>
  readonly billed?: boolean
  readonly billable?: boolean
}

/** The query of each noun that can be listed. */
export type Queries = {
  membership: Base & { readonly personId?: number }
  credential: Base & { readonly personId?: number; readonly kind?: 'token' | 'session' }
  client: CatalogueQuery
  project: CatalogueQuery & { readonly clientIds?: readonly number[] }
  activity: CatalogueQuery & { readonly projectIds?: readonly number[] }
  category: CatalogueQuery & { readonly usedByPersonId?: number }
  tag: CatalogueQuery & { readonly usedByPersonId?: number }
  expense: ExpenseQuery
  receipt: Base & { readonly expenseIds?: readonly number[]; readonly publicKey?: string }
  expense_report: Base & {
    readonly personId?: number
    /** Whole name, ignoring letter case. */
    readonly names?: readonly string[]
    readonly states?: readonly ReportState[]
    readonly isDefault?: boolean
  }
  time_entry: Base<'id' | 'startedAt' | 'updatedAt'> & {
    readonly personId?: number
    readonly clientIds?: readonly number[]
    readonly projectIds?: readonly number[]
    readonly activityIds?: readonly number[]
    readonly running?: boolean
    readonly startedAt?: Range<Instant>
    readonly text?: string
    readonly billed?: boolean
    readonly billable?: boolean
  }
  note: Base & { readonly subjectNoun?: SubjectNoun; readonly subjectIds?: readonly number[] }
  property: Base & {
    readonly subjectNoun?: SubjectNoun
    readonly subjectIds?: readonly number[]
    readonly space?: string
    readonly name?: string
  }
}

export type ListedNoun = keyof Queries & Noun
