// Expense reports: bundles of one person's expenses with an approval state.

import { type ExpenseReport, reportStates } from '../../core/expenses/nouns.ts'
import type { ReportChanges } from '../../core/expenses/reports.ts'
import { choice, flag, idOf, keptFields, readOnly, words } from '../fields.ts'
import { catalogueSorts, equals, keptFilters } from '../filters.ts'
import { names, oneId, someOf, yesOrNo } from '../parameters.ts'
import { toPerson } from '../people.ts'
import { resource } from '../resource.ts'

/** Expense reports. */
export const expenseReports = resource({
  noun: 'expense_report',
  object: 'expense_report',
  type: 'ExpenseReport',
  types: 'ExpenseReports',
  path: 'expense-reports',
  one: 'an expense report',
  many: 'Expense reports',
  about:
    "Bundle of one person's expenses. While it is submitted, approved, paid or archived, its expenses take no changes. Approving, rejecting and paying need a manager. Deleting one deletes its expenses, and restoring it brings these back.",
  fields: {
    person_id: readOnly<ExpenseReport>(idOf('personId')),
    name: words('name', { required: true }),
    state: choice('state', reportStates),
    is_default: readOnly<ExpenseReport>(flag('isDefault')),
    ...keptFields,
  },
  filters: {
    ...keptFilters,
    person_id: equals(oneId, 'personId'),
    name: equals(names, 'names'),
    state: equals(someOf(reportStates), 'states'),
    is_default: equals(yesOrNo, 'isDefault'),
  },
  sorts: catalogueSorts,
  order: 'id',
  relations: { person: toPerson((report: ExpenseReport) => report.personId) },
  verbs: {
    add: (core, actor, given) => core.reports.add(actor, given as ReportChanges & { readonly name: string }),
    update: (core, actor, id, given) => core.reports.update(actor, id, given as ReportChanges),
    remove: (core, actor, id) => core.reports.remove(actor, id),
    restore: (core, actor, id) => core.reports.restore(actor, id),
  },
  examples: { create: { name: 'Trade fair in Ghent' }, update: { name: 'Trade fair in Bruges' } },
})
