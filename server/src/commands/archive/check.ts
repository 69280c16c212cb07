// Reads a whole archive before anything is written: that it is complete, and that it holds one organization and no more.

import { createHash } from 'node:crypto'
import type { Files } from '../../core/ports.ts'
import { dumpPages, type TableDump } from '../../store/dump.ts'
import type { Row } from '../../store/engine.ts'
import type { RowsOf } from '../../store/load.ts'
import { migrations } from '../../store/migrations/index.ts'
import type { Schema } from '../../store/schema.ts'
import { toldElsewhere } from '../../store/slice.ts'
import { damaged, manifestFile, schemaIn } from '../backup/manifest.ts'
import { namedFiles } from '../backup/receipt-files.ts'
import { rowsIn } from './lines.ts'
import { type ArchiveManifest, fileName, hashIn, readArchiveManifest, rowsName } from './manifest.ts'
import type { TarReader } from './tar.ts'

/** Bytes of one receipt file at most: more than the book has ever taken. */
const maxFileBytes = 64 * 1024 * 1024

/** An archive that was found to be what it says. */
export type CheckedArchive = {
  readonly manifest: ArchiveManifest
  readonly schema: Schema
  readonly rowsOf: RowsOf
  readonly files: Pick<Files, 'get'>
}

/**
 * Checks it to the last byte. Throws `invalid` for one that is damaged, incomplete, or holds anything that is not the
 * organization's own, `conflict` for one of a newer Daybook.
 */
export async function checkArchive(tar: TarReader, known = migrations): Promise<CheckedArchive> {
  const manifest = await readArchiveManifest(tar.read)
  const schema = await schemaIn(manifest, known)
  const rowsOf: RowsOf = (table) => rowsIn(table, tar.pieces(rowsName(table.name)))
  const files = { get: (contentHash: string) => readFile(tar, contentHash) }
  await checkRows(manifest, schema, rowsOf)
  await checkFiles(tar, manifest, rowsOf, files)
  return { manifest, schema, rowsOf, files }
}

async function checkRows(manifest: ArchiveManifest, schema: Schema, rowsOf: RowsOf): Promise<void> {
  const members = new Set<unknown>()
  // People are known by their memberships, so these are read first.
  const first = (table: TableDump) => (table.name === 'memberships' ? 0 : 1)
  for (const table of manifest.tables.toSorted((a, b) => first(a) - first(b))) {
    const { name, columns } = table
    const check = objections[name] ?? (columns.includes('organization_id') ? ofOrganization : nothingElse)
    const around: Around = { manifest, members, schema }
    const found = await dumpPages(table, rowsOf(table), async (_, rows) => {
      for (const row of rows) {
        const values = Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null]))
        const words = check(values, around)
        if (words !== undefined) throw damaged(`${rowsName(name)} has ${words}.`)
        if (name === 'memberships') members.add(values.person_id)
      }
    })
    if (found.rows !== table.rows || found.sha256 !== table.sha256)
      throw damaged(`${rowsName(name)} is damaged.`)
  }
  const organizations = manifest.tables.find(({ name }) => name === 'organizations')?.rows
  if (organizations !== 1) throw damaged('The archive does not hold one organization.')
}

type Values = Readonly<Record<string, Row[number]>>
type Around = {
  readonly manifest: ArchiveManifest
  readonly members: ReadonlySet<unknown>
  readonly schema: Schema
}
/** What is wrong with a row, as it continues a sentence; undefined when nothing is. */
type Objection = (row: Values, around: Around) => string | undefined

const foreign = 'a row of another organization'

const ofOrganization: Objection = (row, { manifest }) =>
  row.organization_id === manifest.organization.id ? undefined : foreign

const nothingElse: Objection = () => 'what is of no organization'

/** The tables in which a row is told to be the organization's by something else than its own column. */
const objections: Readonly<Record<string, Objection>> = {
  organizations: (row, { manifest }) => {
    const { id, name } = manifest.organization
    return row.id === id && row.name === name ? undefined : foreign
  },
  people: (row, { members }) => (members.has(row.id) ? undefined : 'someone who is no member'),
  passwords: (row, { manifest, members }) =>
    manifest.secrets && members.has(row.person_id) ? undefined : 'a password that is not to be there',
  credentials(row, around) {
    const isSecret = row.digest !== null && !(around.manifest.secrets && row.kind === 'token')
    return isSecret ? 'a secret that is not to be there' : ofOrganization(row, around)
  },
  webhooks(row, around) {
    const isSecret = row.secret !== null && !around.manifest.secrets
    return isSecret ? 'a secret that is not to be there' : ofOrganization(row, around)
  },
  idempotency_keys: nothingElse,
  settings: (row, around) => (row.name === toldElsewhere ? undefined : nothingElse(row, around)),
  id_counters: (row, { schema }) =>
    schema.nouns.includes(String(row.noun)) ? undefined : 'a counter of nothing',
}

/** The files in it are those that the rows name, each once, and nothing lies beside them. */
async function checkFiles(
  tar: TarReader,
  { tables, files: told }: ArchiveManifest,
  rowsOf: RowsOf,
  files: Pick<Files, 'get'>,
): Promise<void> {
  const missing = new Set(told.missing)
  const expected = new Set([manifestFile, ...tables.map(({ name }) => rowsName(name))])
  for await (const { contentHash, where } of namedFiles(rowsOf, tables)) {
    const name = fileName(contentHash)
    if (missing.has(contentHash) || expected.has(name)) continue
    if (hashIn(name) !== contentHash) throw damaged(`${where}: It names no file.`)
    await files.get(contentHash).catch((error: unknown) => {
      throw damaged(`${where}: ${error instanceof Error ? error.message : String(error)}`)
    })
    expected.add(name)
  }
  const odd = [...tar.files.keys()].find((name) => !expected.has(name))
  if (odd !== undefined) throw damaged(`${odd} belongs to nothing in the archive.`)
  const sizes = [...tar.files].flatMap(([name, size]) => (hashIn(name) === undefined ? [] : size))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  if (sizes.length !== told.count || bytes !== told.bytes)
    throw damaged(`${manifestFile} contradicts itself.`)
}

async function readFile(tar: TarReader, contentHash: string): Promise<Uint8Array> {
  const name = fileName(contentHash)
  if (!tar.files.has(name)) throw new Error(`The file ${contentHash} is missing.`)
  const bytes = await tar.read(name, maxFileBytes)
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== contentHash) throw new Error(`The file ${contentHash} is damaged.`)
  return bytes
}
