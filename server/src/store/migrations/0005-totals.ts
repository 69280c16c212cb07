// Indexes that totals are summed from, and lists of everybody's expenses by date.

import type { Migration } from './index.ts'

/**
 * On SQLite the rows lie in the tree of their key, and reading a million of them through another index takes seconds:
 * there the index by date holds what is summed. It replaces the narrower one of time entries, so that an insert writes
 * one index more only for expenses. PostgreSQL sums by reading the table, which is as quick.
 */
export const totals: Migration = {
  name: '0005-totals',
  statements(engine) {
    const stamped = 'id, revision, deleted_at'
    if (engine === 'postgres') {
      return [`create index expenses_spent on expenses (organization_id, spent_at, ${stamped})`]
    }
    const placed = 'person_id, client_id, project_id, activity_id, billable, billed'
    return [
      'drop index time_entries_start',
      `create index time_entries_start on time_entries (organization_id, started_at, ${stamped},
       ended_at, duration_seconds, hourly_rate, fixed_rate, ${placed})`,
      `create index expenses_spent on expenses (organization_id, spent_at, ${stamped},
       report_id, category_id, currency, amount_minor, base_amount_minor, ${placed})`,
    ]
  },
}
