// What work and spending are sorted by: clients, projects, activities, categories, tags.

import type { LocalDate } from '../day.ts'
import type { Decimal } from '../decimal.ts'
import type { Owned } from '../entity.ts'
import type { Currency } from '../money.ts'

/** Archived things stay on old entries but are not offered for new ones. */
export type CatalogueState = 'active' | 'archived'

/** Who is billed. Texts are empty rather than null. */
export type Client = Owned & {
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

/** A client's job. Without a client it is the organization's own. */
export type Project = Owned & {
  readonly clientId: number | null
  readonly name: string
  readonly code: string
  readonly comment: string
  readonly color: string
  readonly billable: boolean
  readonly hourlyRate: Decimal | null
  readonly budgetMinor: bigint | null
  readonly budgetSeconds: number | null
  readonly startsOn: LocalDate | null
  readonly endsOn: LocalDate | null
  readonly state: CatalogueState
}

/** Kind of work, inside one project or, with `projectId` null, across all. */
export type Activity = Owned & {
  readonly projectId: number | null
  readonly name: string
  readonly code: string
  readonly comment: string
  readonly color: string
  readonly billable: boolean
  readonly hourlyRate: Decimal | null
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
