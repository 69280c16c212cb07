// What a backup says of itself: manifest.json, which tells all that must be there.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DomainError } from '../../core/errors.ts'
import { stateHashOf, type TableDump } from '../../store/dump.ts'
import { type Schema, schemaOf } from '../../store/schema.ts'

/** Of the folder's layout. A change that an older Daybook would misread makes it grow. */
export const format = 1

export const manifestFile = 'manifest.json'

export type Manifest = CommonManifest & {
  readonly madeAt: string
  readonly engine: 'sqlite' | 'postgres'
}

/** What backups and archives tell alike. */
export type CommonManifest = {
  readonly format: number
  /** Version of the Daybook that made it. */
  readonly daybook: string
  readonly migrations: readonly string[]
  /** Of the rows, which name the files by their content. */
  readonly stateHash: string
  readonly tables: readonly TableDump[]
  readonly files: {
    readonly count: number
    readonly bytes: number
    /** Content hashes of files that were missing or damaged when the backup was made. */
    readonly missing: readonly string[]
  }
}

/** Where the lines of a table lie in a backup. */
export function tablePath(folder: string, name: string): string {
  return join(folder, 'tables', `${name}.jsonl`)
}

/** Where the receipt files lie in a backup. */
export function filesPath(folder: string): string {
  return join(folder, 'files')
}

/** Reads and understands it. Throws `invalid` for a folder that is no backup, `conflict` for a later format. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestFile), 'utf8').catch(() => undefined)
  if (text === undefined) throw damaged(`${folder} is no backup: it has no ${manifestFile}.`)
  return parseManifest(text, format) as Manifest
}

/**
 * What the manifests of backups and archives have in common, understood; what only one of them has is not looked at.
 * Throws `invalid` for a damaged one, `conflict` when it is of another format than this.
 */
export function parseManifest(text: string, known: number): CommonManifest {
  const manifest = parse(text)
  if (manifest?.format === undefined) throw damaged(`${manifestFile} is damaged.`)
  if (manifest.format !== known) {
    const message = `It was made by a newer Daybook (format ${manifest.format}).`
    throw new DomainError('conflict', 'revision_changed', message)
  }
  if (!isManifest(manifest)) throw damaged(`${manifestFile} is damaged.`)
  return manifest
}

/**
 * The schema that its tables had. Throws `invalid` when the tables are others or the state hash is not theirs,
 * `conflict` when it is of a newer Daybook.
 */
export async function schemaIn(
  { migrations, tables, stateHash }: CommonManifest,
  known: Parameters<typeof schemaOf>[1],
): Promise<Schema> {
  const schema = await schemaOf(migrations, known)
  if (schema.tables.map(layout).join() !== tables.map(layout).join()) {
    throw damaged('It does not have the tables of the Daybook that made it.')
  }
  if (stateHashOf(migrations, tables) !== stateHash) throw damaged(`${manifestFile} contradicts itself.`)
  return schema
}

/** The backup is not as it was made. Nothing of it is used. */
export function damaged(message: string): DomainError {
  return new DomainError('invalid', 'wrong_input', message)
}

function parse(text: string): Partial<CommonManifest> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function isManifest(value: Partial<CommonManifest>): value is CommonManifest {
  const { migrations, stateHash, tables, files } = value
  return isTexts(migrations) && isHash(stateHash) && isTexts(files?.missing) && areTables(tables)
}

function areTables(value: unknown): boolean {
  if (!Array.isArray(value)) return false
  return value.every((table: Partial<TableDump> | null) => {
    const named = typeof table?.name === 'string' && isTexts(table.columns)
    return named && Number.isSafeInteger(table.rows) && isHash(table.sha256)
  })
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}

function layout({ name, columns }: Pick<TableDump, 'name' | 'columns'>): string {
  return JSON.stringify([name, columns])
}
