// Texts, to-dos and extra values that hang on other entities.

import type { Instant } from '../day.ts'
import type { Owned } from '../entity.ts'

/** Nouns that notes and properties may hang on. */
export const subjectNouns = [
  'client',
  'contact',
  'project',
  'task_list',
  'activity',
  'category',
  'tag',
  'team',
  'product',
  'expense',
  'expense_report',
  'time_entry',
  'invoice',
  'invoice_line',
  'payment',
  'membership',
] as const
export type SubjectNoun = (typeof subjectNouns)[number]

/** Text or to-do on an entity. */
export type Note = Owned & {
  readonly subjectNoun: SubjectNoun
  readonly subjectId: number
  readonly personId: number
  readonly body: string
  readonly todo: boolean
  readonly assigneeId: number | null
  readonly completedAt: Instant | null
  readonly completedById: number | null
  /** Shown before the others. */
  readonly pinned: boolean
}

/** Named value that one dialect or one organization adds to an entity. */
export type Property = Owned & {
  readonly subjectNoun: SubjectNoun
  readonly subjectId: number
  /** Who gives the name its meaning: a dialect's name, or `organization`. */
  readonly space: string
  readonly name: string
  readonly value: string | null
}
