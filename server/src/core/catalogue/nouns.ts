// What work, spending and bills are sorted by: clients with their contacts, projects, task lists, activities, categories,
// tags, tax rates, products, ledger accounts, teams and custom fields.

import type { Instant, LocalDate } from '../day.ts'
import type { Decimal } from '../decimal.ts'
import type { Owned } from '../entity.ts'
import type { Currency } from '../money.ts'
import type { SubjectNoun } from '../notes/nouns.ts'

/** Archived things stay on old entries but are not offered for new ones. */
export type CatalogueState = 'active' | 'archived'

/** Over what a budget reaches: all of the time, or each calendar month. */
export type BudgetPeriod = 'total' | 'month'

/** What may be used up. Money is in minor units of the client's currency, time in whole seconds; null: no limit. */
export type Budget = {
  readonly budgetMinor: bigint | null
  readonly budgetSeconds: number | null
  readonly budgetPeriod: BudgetPeriod
}

/** Who is billed. Texts are empty rather than null. */
export type Client = Owned &
  Budget & {
    readonly name: string
    readonly number: string
    /** Null: the organization's currency. */
    readonly currency: Currency | null
    readonly contactPerson: string
    readonly email: string
    readonly phone: string
    readonly website: string
    readonly addressLine1: string
    readonly addressLine2: string
    readonly postalCode: string
    readonly city: string
    readonly region: string
    /** ISO 3166 two letters, or empty. */
    readonly country: string
    readonly taxNumber: string
    readonly comment: string
    readonly color: string
    readonly billable: boolean
    readonly state: CatalogueState
  }

/** Someone to talk to at a client. */
export type Contact = Owned & {
  readonly clientId: number
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly phone: string
  readonly mobile: string
  readonly department: string
  readonly jobTitle: string
  readonly comment: string
  /** The one that is asked first. */
  readonly main: boolean
}

/** A client's job. Without a client it is the organization's own. */
export type Project = Owned &
  Budget & {
    readonly clientId: number | null
    readonly name: string
    readonly code: string
    readonly comment: string
    readonly color: string
    readonly billable: boolean
    readonly hourlyRate: Decimal | null
    readonly startsOn: LocalDate | null
    readonly endsOn: LocalDate | null
    /** People who work on it. */
    readonly memberIds: readonly number[]
    /** Those of them who run it. */
    readonly managerIds: readonly number[]
    readonly state: CatalogueState
  }

/** Activities of one project that belong together. */
export type TaskList = Owned & {
  readonly projectId: number
  readonly name: string
  readonly comment: string
  readonly color: string
  readonly position: number
  readonly state: CatalogueState
}

/** Kind of work, inside one project or, with `projectId` null, across all. It may be a task that ends. */
export type Activity = Owned &
  Budget & {
    readonly projectId: number | null
    readonly taskListId: number | null
    readonly name: string
    readonly code: string
    readonly comment: string
    readonly color: string
    readonly billable: boolean
    readonly hourlyRate: Decimal | null
    readonly position: number
    /** 0 to 100; most are 50. */
    readonly priority: number
    readonly startsOn: LocalDate | null
    readonly dueOn: LocalDate | null
    /** Null while there is something left to do. */
    readonly completedAt: Instant | null
    readonly completedById: number | null
    /** Who is to do it; nobody: everyone. */
    readonly assigneeIds: readonly number[]
    readonly state: CatalogueState
  }

/** Longest name of a category, in UTF-16 units; people type these, in one line with everything else. */
export const maxCategoryName = 100

/** Longest name of a tag, in UTF-16 units. */
export const maxTagName = 50

/** Tags on one entity at most. */
export const maxTags = 64

/** What an expense counts when it is not plain money. */
export const units = ['mi', 'km', 'minute', 'hour', 'day', 'piece'] as const
export type Unit = (typeof units)[number]

/** Kind of expense; may carry a unit and a unit price. */
export type Category = Owned & {
  readonly name: string
  readonly unit: Unit | null
  readonly unitPrice: Decimal | null
  readonly comment: string
  readonly color: string
  readonly state: CatalogueState
}

/** Free label. Names are unique in an organization, letter case aside. */
export type Tag = Owned & {
  readonly name: string
  readonly color: string
  readonly state: CatalogueState
}

/** A tax as it is put on an invoice's lines. */
export type TaxRate = Owned & {
  readonly name: string
  readonly comment: string
  readonly color: string
  /** `21` means 21 %. */
  readonly percent: Decimal
  /** ISO 3166 two letters, or empty. */
  readonly country: string
  readonly state: CatalogueState
}

/** Something sold again and again. */
export type Product = Owned & {
  readonly name: string
  readonly comment: string
  readonly color: string
  readonly identifier: string
  readonly unitPrice: Decimal
  /** Null: the organization's currency. */
  readonly currency: Currency | null
  readonly taxRateId: number | null
  readonly ledgerAccountId: number | null
  readonly state: CatalogueState
}

/** What side of the books an account is on. */
export const ledgerKinds = ['revenue', 'expenses', 'assets', 'liabilities', 'equity'] as const
export type LedgerKind = (typeof ledgerKinds)[number]

/** Where bookkeeping puts what an invoice line earns. */
export type LedgerAccount = Owned & {
  readonly name: string
  readonly comment: string
  readonly color: string
  readonly number: string
  readonly kind: LedgerKind
  readonly state: CatalogueState
}

/** People and what they work on together. */
export type Team = Owned & {
  readonly name: string
  readonly comment: string
  readonly color: string
  readonly memberIds: readonly number[]
  /** Those of the members who lead it. */
  readonly leadIds: readonly number[]
  readonly clientIds: readonly number[]
  readonly projectIds: readonly number[]
  readonly activityIds: readonly number[]
  readonly state: CatalogueState
}

/** A named value that the organization wants to keep on every entity of a noun, as a property of its own space. */
export type CustomField = Owned & {
  readonly subjectNoun: SubjectNoun
  /** As in the property. Unique for its noun. */
  readonly name: string
  readonly label: string
  readonly comment: string
  readonly color: string
  readonly state: CatalogueState
}
