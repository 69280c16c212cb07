// The part of a book that is one organization's: which rows of which table, and what of them is left out.

import { orderOf } from './dump.ts'
import type { Row } from './engine.ts'
import { countersTable, quoted, type Schema, type SchemaTable } from './schema.ts'
import type { Session } from './session.ts'
import { tables } from './tables.ts'

export type Slice = {
  readonly organizationId: number
  /** With password hashes and the digests of tokens, so that people and programs come in as before. */
  readonly secrets: boolean
}

/**
 * The name of the setting that lists people whose history is only in part in the organization's own log, because other
 * organizations that they belong to changed them too. A book that holds one organization alone cannot know the rest.
 */
export const toldElsewhere = 'people_told_elsewhere'

/** Of the server or of its machinery, whoever's organization it is: such rows are in no slice. */
const leftOut: readonly string[] = [
  // Answers may hold secrets that are shown once, and nobody repeats a request at another server.
  'idempotency_keys',
  // They are for the server that knows them. Who had a second factor sets it up anew.
  'second_factors',
  'recovery_codes',
  // What applications were let in by counts at the server that let them in.
  'oauth_records',
]

/** The rows of a table that belong to the organization, in the order of the key, the same on both engines. */
export function pagesOfSlice(
  session: Session,
  schema: Schema,
  table: SchemaTable,
  slice: Slice,
): AsyncIterable<readonly Row[]> {
  const { name, columns, key } = table
  if (name === countersTable) return counters(session, schema, slice)
  if (name === 'settings') return settings(session, slice)
  const order = orderOf(session, key)
  const shown = columns.map((column) => expressionOf(name, column, slice))
  return session.pages(
    `select ${shown} from ${quoted(name)} where ${conditionOf(schema.tables, table, slice)} order by ${order}`,
  )
}

/** The people of an organization, those who left included. */
function membersOf({ organizationId }: Slice): string {
  return `select person_id from memberships where organization_id = ${organizationId}`
}

/** Which rows. Throws for a table of which nobody has decided it. */
function conditionOf(all: readonly SchemaTable[], { name, columns }: SchemaTable, slice: Slice): string {
  if (leftOut.includes(name)) return '1 = 0'
  if (columns.includes('organization_id')) return `organization_id = ${slice.organizationId}`
  if (name === 'organizations') return `id = ${slice.organizationId}`
  if (name === 'people') return `id in (${membersOf(slice)})`
  if (name === 'passwords') {
    if (!slice.secrets) return '1 = 0'
    // A password that was not enough alone must not become enough elsewhere.
    const hasFactors = all.some((table) => table.name === 'second_factors')
    const guarded = hasFactors
      ? ' and person_id not in (select person_id from second_factors where confirmed_at is not null)'
      : ''
    return `person_id in (${membersOf(slice)})${guarded}`
  }
  throw new Error(`It is not known which rows of ${name} belong to an organization.`)
}

/** What stands in place of a column, without and with secrets. Sessions always end; tokens and hooks go on if they may. */
const guarded: Readonly<Record<string, { readonly without: string; readonly with: string }>> = {
  'credentials.password_revision': { without: 'null', with: 'null' },
  'credentials.digest': {
    without: 'null',
    with: `case when kind = 'token' and deleted_at is null then digest end`,
  },
  'applications.secret_digest': { without: 'null', with: 'secret_digest' },
  'webhooks.secret': { without: 'null', with: 'secret' },
}

function expressionOf(table: string, column: string, { secrets }: Slice): string {
  const instead = guarded[`${table}.${column}`]
  if (instead === undefined) return quoted(column)
  return secrets ? instead.with : instead.without
}

/** Each noun with the highest number that the organization has: what the server gave to others is not its business. */
async function* counters(
  session: Session,
  { nouns, tables: present }: Schema,
  slice: Slice,
): AsyncGenerator<readonly Row[]> {
  const page: Row[] = []
  for (const noun of nouns) {
    const name = Object.entries(tables).find(([known]) => known === noun)?.[1].name
    const table = present.find((each) => each.name === name)
    if (table === undefined) throw new Error(`It is not known where a ${noun} is kept.`)
    const where = conditionOf(present, table, slice)
    const [row] = await session.rows(`select coalesce(max(id), 0) from ${quoted(table.name)} where ${where}`)
    page.push([noun, row?.[0] ?? 0])
  }
  yield page
}

/** Nothing, or the one row about people that others changed too. */
async function* settings(session: Session, slice: Slice): AsyncGenerator<readonly Row[]> {
  const { organizationId } = slice
  // Every revision has its event: as many events as the revision says are all there are.
  const found = await session.rows(
    `select p.id from people p where p.id in (${membersOf(slice)}) and p.revision <> (
       select count(*) from events e
       where e.organization_id = ${organizationId} and e.noun = 'person' and e.entity_id = p.id
     ) order by p.id`,
  )
  if (found.length > 0) yield [[toldElsewhere, JSON.stringify(found.map(([id]) => id))]]
}

/** The people that the setting of a book lists; none in a book that was never imported. */
export async function peopleToldElsewhere(session: Session): Promise<ReadonlySet<number>> {
  const [row] = await session.rows(`select value from settings where name = '${toldElsewhere}'`)
  try {
    const value: unknown = JSON.parse(String(row?.[0] ?? '[]'))
    if (Array.isArray(value)) return new Set(value.filter((id) => Number.isSafeInteger(id)))
  } catch {
    // A setting that cannot be read excuses nobody.
  }
  return new Set()
}
