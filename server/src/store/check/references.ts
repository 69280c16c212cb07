// What rows point to is there, in the same organization.

import { quoted, type Schema, type SchemaTable } from '../schema.ts'
import type { Session } from '../session.ts'
import { tables } from '../tables.ts'
import { type Findings, placeOf } from './findings.ts'

/** A column and the one it points to. `within`: both rows must belong to the same organization. */
type Reference = { readonly table: string; readonly column: string; readonly target: Target }
type Target = { readonly table: string; readonly column: string; readonly within: boolean }

// A person acts and is named in an organization as its member, perhaps a former one.
const member: Target = { table: 'memberships', column: 'person_id', within: true }
const person: Target = { table: 'people', column: 'id', within: false }
const organization: Target = { table: 'organizations', column: 'id', within: false }
const inside = (table: string): Target => ({ table, column: 'id', within: true })

/** What a column of this name points to, in whatever table it stands. */
const byColumn: Readonly<Record<string, Target>> = {
  organization_id: organization,
  person_id: member,
  assignee_id: member,
  completed_by_id: member,
  client_id: inside('clients'),
  project_id: inside('projects'),
  activity_id: inside('activities'),
  category_id: inside('categories'),
  report_id: inside('expense_reports'),
  expense_id: inside('expenses'),
  time_entry_id: inside('time_entries'),
  tag_id: inside('tags'),
  credential_id: inside('credentials'),
  // One that reaches the whole server belongs to one organization and is let into others.
  application_id: { table: 'applications', column: 'id', within: false },
  task_list_id: inside('task_lists'),
  tax_rate_id: inside('tax_rates'),
  product_id: inside('products'),
  ledger_account_id: inside('ledger_accounts'),
  invoice_id: inside('invoices'),
  invoice_line_id: inside('invoice_lines'),
}

/** What is looked at elsewhere, or refers to something outside the book. */
const elsewhere: readonly string[] = [
  // The log is compared with the rows it tells of.
  'events.entity_id',
  // Checked for each noun that it may name.
  'notes.subject_id',
  'properties.subject_id',
  // Free text of the request.
  'events.request_id',
]

/** Every reference of the schema that is known here. */
export function referencesOf({ tables: all }: Schema): Reference[] {
  const found = all.flatMap((table) =>
    table.columns.flatMap((column): Reference[] => {
      const target = targetOf(table, column)
      return target === undefined ? [] : [{ table: table.name, column, target }]
    }),
  )
  const counters = { table: 'organization_counters', column: 'organization_id', within: false }
  return [...found, { table: 'organizations', column: 'id', target: counters }]
}

/** Columns that look like a reference and are not known to be one or none: a new table brings them. */
export function unknownReferences({ tables: all }: Schema): string[] {
  return all.flatMap((table) =>
    table.columns
      .filter((column) => column.endsWith('_id') && targetOf(table, column) === undefined)
      .map((column) => `${table.name}.${column}`)
      .filter((name) => !elsewhere.includes(name)),
  )
}

function targetOf({ name, columns }: SchemaTable, column: string): Target | undefined {
  if (elsewhere.includes(`${name}.${column}`)) return undefined
  // A membership is what makes a person one of the organization.
  const isMember = columns.includes('organization_id') && name !== 'memberships'
  return column === 'person_id' && !isMember ? person : byColumn[column]
}

/** Checks them all, and what notes and properties hang on. */
export async function checkReferences(session: Session, schema: Schema, findings: Findings): Promise<void> {
  const named = new Map(schema.tables.map((table) => [table.name, table]))
  for (const reference of referencesOf(schema)) {
    const table = named.get(reference.table)
    if (table !== undefined) await check(session, table, reference, '', findings)
  }
  for (const table of ['notes', 'properties'].flatMap((name) => named.get(name) ?? [])) {
    for (const [noun] of await session.rows(`select distinct subject_noun from ${quoted(table.name)}`)) {
      const subject = Object.entries(tables).find(([name]) => name === noun)?.[1]
      if (subject === undefined) {
        findings.add('reference', table.name, `Some hang on a "${noun}", which is nothing.`)
        continue
      }
      const reference = { table: table.name, column: 'subject_id', target: inside(subject.name) }
      await check(session, table, reference, ` and subject_noun = '${noun}'`, findings)
    }
  }
}

/** Looks up each value that is pointed to once, however many rows point to it. */
async function check(
  session: Session,
  table: SchemaTable,
  { column, target }: Reference,
  where: string,
  { add }: Findings,
): Promise<void> {
  const owned = table.columns.includes('organization_id')
  const within = target.within && owned
  const example = exampleOf(table)
  // The organization itself may be what is asked about.
  const groups = owned && column !== 'organization_id' ? ['organization_id', column] : [column]
  const lost = session.pages(
    `select ${owned ? 'r.organization_id' : 'null'}, r.value, r.example, r.n from (
       select ${groups.length > 1 ? 'organization_id, ' : ''}${column} as value, min(${example}) as example,
         count(*) as n${owned && groups.length === 1 ? `, ${column} as organization_id` : ''}
       from ${quoted(table.name)} where ${column} is not null${where} group by ${groups}
     ) r left join ${quoted(target.table)} t on t.${target.column} = r.value
     ${within ? 'and t.organization_id = r.organization_id' : ''} where t.${target.column} is null`,
  )
  for await (const page of lost) {
    for (const [organizationId, value, id, count] of page) {
      const others = Number(count) > 1 ? ` So do ${Number(count) - 1} others.` : ''
      add(
        'reference',
        placeOf(organizationId ?? null, table.name, id),
        `Its ${column} is ${value}, but there is none in ${target.table}.${others}`,
      )
    }
  }
}

/** The column that names a row best. */
function exampleOf({ columns, key }: SchemaTable): string {
  if (columns.includes('id')) return 'id'
  return key.find(({ name, text }) => name !== 'organization_id' && !text)?.name ?? 'organization_id'
}
