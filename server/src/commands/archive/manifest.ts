// What the archive of an organization says of itself, and how what it holds is named.

import { type CommonManifest, damaged, manifestFile, parseManifest } from '../backup/manifest.ts'

/** Of the archive's layout. A change that an older Daybook would misread makes it grow. */
export const archiveFormat = 1

/** Bytes of a manifest at most: it names tables, and files that were missing. */
const maxManifestBytes = 16 * 1024 * 1024

export type ArchiveManifest = CommonManifest & {
  readonly organization: { readonly id: number; readonly name: string }
  /** Whether password hashes and digests of tokens came along. */
  readonly secrets: boolean
}

/** Where the rows of a table lie, a JSON object on each line. */
export function rowsName(table: string): string {
  return `tables/${table}.jsonl`
}

/** Where a receipt file lies, under the hash of its bytes. */
export function fileName(contentHash: string): string {
  return `files/${contentHash.slice(0, 2)}/${contentHash.slice(2)}`
}

/** The content hash in the name of a receipt file; undefined for other names. */
export function hashIn(name: string): string | undefined {
  const [, prefix, rest] = /^files\/([0-9a-f]{2})\/([0-9a-f]{62})$/.exec(name) ?? []
  return prefix === undefined ? undefined : `${prefix}${rest}`
}

/** Reads and understands it. Throws `invalid` for what is no archive, `conflict` for a later format. */
export async function readArchiveManifest(
  read: (name: string, maxBytes: number) => Promise<Buffer>,
): Promise<ArchiveManifest> {
  const text = (await read(manifestFile, maxManifestBytes)).toString('utf8')
  const manifest = parseManifest(text, archiveFormat)
  if (isOfOrganization(manifest) && spelled(manifest) === text) return manifest
  throw damaged(`${manifestFile} is damaged.`)
}

/** The text of a manifest; a field that is not named here is in none. */
export function spelled(manifest: ArchiveManifest): string {
  const { format, daybook, organization, secrets, migrations, stateHash, tables, files } = manifest
  const { id, name } = organization
  const { count, bytes, missing } = files
  const plain = {
    format,
    daybook,
    organization: { id, name },
    secrets,
    migrations,
    stateHash,
    tables: tables.map(({ name, columns, rows, sha256 }) => ({ name, columns, rows, sha256 })),
    files: { count, bytes, missing },
  }
  return `${JSON.stringify(plain, null, 2)}\n`
}

function isOfOrganization(manifest: CommonManifest): manifest is ArchiveManifest {
  const { organization, secrets } = manifest as Partial<ArchiveManifest>
  const { id, name } = organization ?? {}
  const isId = typeof id === 'number' && Number.isSafeInteger(id) && id > 0
  return isId && typeof name === 'string' && typeof secrets === 'boolean'
}
