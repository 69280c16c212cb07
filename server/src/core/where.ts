// Conditions that callers write themselves, as a typed tree over an allow-list of fields. Only the store turns it into SQL.

import { invalid } from './errors.ts'
import { maxIds } from './page.ts'

/**
 * What a field holds, and so how it compares. `text` and `word` ignore letter case (`word` in ASCII only), `ids` and `names`
 * are lists.
 */
export type WhereKind =
  | 'integer'
  | 'decimal'
  | 'flag'
  | 'text'
  | 'word'
  | 'day'
  | 'local'
  | 'instant'
  | 'ids'
  | 'names'
  | 'property'

export type WhereValue = number | string | boolean

/**
 * A condition. Comparisons with a field that is null never hold, whatever the operator. In `like` each item of `parts` must
 * follow the one before it, anything may lie between two; the first and last are bound to the ends unless empty.
 */
export type Where =
  | { readonly all: readonly Where[] }
  | { readonly any: readonly Where[] }
  | { readonly field: string; readonly op: Comparison; readonly value: WhereValue }
  | { readonly field: string; readonly op: 'in' | 'not in'; readonly values: readonly WhereValue[] }
  | { readonly field: string; readonly op: 'null' | 'not null' | 'empty' | 'not empty' }
  | { readonly field: string; readonly op: 'like' | 'not like'; readonly parts: readonly string[] }
  | { readonly field: string; readonly op: 'has any' | 'has none'; readonly values: readonly WhereValue[] }

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='

/** Conditions in one tree, and nesting, at most. */
export const whereLimits = { terms: 200, depth: 10 }

/**
 * What can be asked of each noun: field and kind. Instants are milliseconds, days `YYYY-MM-DD`, local times
 * `YYYY-MM-DDTHH:MM:SS`, decimals their text, money integers of minor units. `tags` are names, `userIds` and alike are ids.
 */
export const whereFields = {
  client: {
    id: 'integer',
    name: 'text',
    number: 'word',
    contactPerson: 'word',
    email: 'word',
    phone: 'word',
    website: 'word',
    addressLine1: 'word',
    addressLine2: 'word',
    city: 'word',
    region: 'word',
    country: 'word',
    postalCode: 'word',
    taxNumber: 'word',
    currency: 'word',
    billable: 'flag',
    state: 'word',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  contact: {
    id: 'integer',
    clientId: 'integer',
    name: 'text',
    email: 'word',
    phone: 'word',
    mobile: 'word',
    jobTitle: 'word',
    main: 'flag',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  project: {
    id: 'integer',
    clientId: 'integer',
    name: 'text',
    code: 'word',
    state: 'word',
    color: 'word',
    billable: 'flag',
    hourlyRate: 'decimal',
    budgetSeconds: 'integer',
    budgetMinor: 'integer',
    startsOn: 'day',
    endsOn: 'day',
    memberIds: 'ids',
    managerIds: 'ids',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  task_list: {
    id: 'integer',
    projectId: 'integer',
    name: 'text',
    position: 'integer',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  activity: {
    id: 'integer',
    projectId: 'integer',
    taskListId: 'integer',
    name: 'text',
    code: 'word',
    state: 'word',
    billable: 'flag',
    hourlyRate: 'decimal',
    budgetSeconds: 'integer',
    budgetMinor: 'integer',
    position: 'integer',
    priority: 'integer',
    startsOn: 'day',
    dueOn: 'day',
    completedAt: 'instant',
    completedById: 'integer',
    assigneeIds: 'ids',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  expense: {
    id: 'integer',
    personId: 'integer',
    reportId: 'integer',
    categoryId: 'integer',
    clientId: 'integer',
    projectId: 'integer',
    activityId: 'integer',
    spentAt: 'local',
    description: 'text',
    quantity: 'decimal',
    unitPrice: 'decimal',
    currency: 'word',
    amountMinor: 'integer',
    baseAmountMinor: 'integer',
    billable: 'flag',
    billed: 'flag',
    invoiceId: 'integer',
    invoiceLineId: 'integer',
    tags: 'names',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  time_entry: {
    id: 'integer',
    personId: 'integer',
    clientId: 'integer',
    projectId: 'integer',
    activityId: 'integer',
    startedAt: 'instant',
    endedAt: 'instant',
    timed: 'flag',
    durationSeconds: 'integer',
    description: 'text',
    billable: 'flag',
    billed: 'flag',
    invoiceId: 'integer',
    invoiceLineId: 'integer',
    tags: 'names',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  invoice: {
    id: 'integer',
    clientId: 'integer',
    personId: 'integer',
    number: 'word',
    state: 'word',
    currency: 'word',
    issuedOn: 'day',
    dueOn: 'day',
    title: 'word',
    reference: 'word',
    subtotalMinor: 'integer',
    discountMinor: 'integer',
    totalMinor: 'integer',
    paidMinor: 'integer',
    sentAt: 'instant',
    paidAt: 'instant',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  invoice_line: {
    id: 'integer',
    invoiceId: 'integer',
    expenseId: 'integer',
    projectId: 'integer',
    title: 'word',
    description: 'word',
    position: 'integer',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  payment: {
    id: 'integer',
    invoiceId: 'integer',
    amountMinor: 'integer',
    paidOn: 'day',
    comment: 'word',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, WhereKind>>>>

export type WhereNoun = keyof typeof whereFields

/**
 * What stands before the name of a custom field, whose value is asked for with `like`, `not like`, `empty` (not kept) and
 * `not empty`. Without a name: any custom field. Names compare in any letter case, values as a `word` does.
 */
export const propertyPrefix = 'property:'

/** The kind of a field that may be asked for; undefined for any other name, inherited ones included. */
export function whereKind(noun: WhereNoun, field: string): WhereKind | undefined {
  if (field.startsWith(propertyPrefix)) return 'property'
  const fields: Readonly<Record<string, WhereKind>> = whereFields[noun]
  return Object.hasOwn(fields, field) ? fields[field] : undefined
}

/** Throws `invalid` at `path` when the tree is too large, or asks for what is not on the list. */
export function checkWhere(path: string, noun: WhereNoun, where: Where): void {
  let terms = 0
  const visit = (node: Where, depth: number): void => {
    terms += 1
    if (terms > whereLimits.terms || depth > whereLimits.depth) {
      throw invalid(path, 'too_many', `At most ${whereLimits.terms} conditions, ${whereLimits.depth} deep.`)
    }
    if ('all' in node || 'any' in node) {
      for (const part of 'all' in node ? node.all : node.any) visit(part, depth + 1)
      return
    }
    const { field } = node
    if (whereKind(noun, field) === undefined) {
      throw invalid(path, 'unknown_field', `There is no field ${field.slice(0, 100)} to look for.`)
    }
    if ('values' in node && node.values.length > maxIds) {
      throw invalid(path, 'too_many', `At most ${maxIds} values.`)
    }
  }
  visit(where, 1)
}
