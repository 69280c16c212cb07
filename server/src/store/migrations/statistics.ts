// What SQLite's planner is told about the tables, so that its plans are good from the first row and never change.

import type { Execute } from './index.ts'

/** A large book, spread over some organizations. */
const rows = 1_000_000
const perOrganization = 100_000

// How many rows of one organization share a value of the column, roughly. What is missing is taken as unique.
const sharing: Readonly<Record<string, number>> = {
  organization_id: perOrganization,
  person_id: 10_000,
  credential_id: 20,
  noun: 20_000,
  subject_noun: 20_000,
  category_id: 2000,
  client_id: 2000,
  project_id: 1000,
  tag_id: 1000,
  report_id: 50,
  invoice_id: 50,
  task_list_id: 50,
  spent_at: 5,
  started_at: 5,
  name_folded: 2,
  expense_id: 2,
  time_entry_id: 2,
  subject_id: 3,
  entity_id: 5,
  content_hash: 2,
}

/**
 * Writes the planner's statistics for every index. Without any it takes a primary key that begins with the organization
 * for as good as unique and scans the whole of it; gathered ones would differ from book to book and change plans by
 * surprise.
 */
export async function writeStatistics(execute: Execute): Promise<void> {
  const known = await execute("select 1 from sqlite_schema where name = 'sqlite_stat1'")
  // The first migration meets empty tables, so this makes the table of statistics and nothing else.
  if (known.length === 0) await execute('analyze')
  await execute('delete from sqlite_stat1')
  const indexes = await execute(
    `select t.name, l.name, l.origin, l.partial, group_concat(i.name, ',' order by i.seqno)
     from sqlite_schema t, pragma_index_list(t.name) l, pragma_index_info(l.name) i
     where t.type = 'table' and t.name not like 'sqlite%' group by t.name, l.name`,
  )
  for (const [table, name, origin, partial, columns] of indexes) {
    // The key of a table without row ids goes by the table's name.
    const index = origin === 'pk' ? table : name
    const stat = statistic(String(columns).split(','), partial === 1)
    await execute(`insert into sqlite_stat1 (tbl, idx, stat) values ('${table}', '${index}', '${stat}')`)
  }
  await execute('analyze sqlite_schema')
}

/** Rows in all, then rows that share the first column, the first two, and so on. A partial index holds few rows. */
function statistic(columns: readonly string[], partial: boolean): string {
  let left = partial ? perOrganization : rows
  const numbers = columns.map((column, i) => {
    const shared = sharing[column] ?? 1
    left = Math.min(left, partial ? Math.min(shared, i === 0 ? 1000 : 2) : shared)
    return left
  })
  return [partial ? perOrganization : rows, ...numbers].join(' ')
}
