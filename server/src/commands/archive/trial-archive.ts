// An archive taken apart and put together again with changes, for the tests of import only.

import { createHash } from 'node:crypto'
import { createDiskFiles } from '../../outside/files.ts'
import { stateHashOf, type TableDump } from '../../store/dump.ts'
import type { Row } from '../../store/engine.ts'
import { manifestFile } from '../backup/manifest.ts'
import type { Trial } from '../backup/trial.ts'
import { lineOf } from './lines.ts'
import { type ArchiveManifest, rowsName, spelled } from './manifest.ts'
import { createTar, openTar } from './tar.ts'
import { writeArchive } from './write.ts'

type Values = Record<string, Row[number]>

/** What stands in an archive. Tests change it in place. */
export type Parts = {
  manifest: ArchiveManifest
  /** Rows by table. */
  readonly rows: Map<string, Values[]>
  /** All other files by name. */
  readonly files: Map<string, Buffer>
}

/** Exports an organization of the demo world; answers the path. */
export async function exportDemo(trial: Trial, organization: string, secrets = false): Promise<string> {
  const path = trial.fresh('archive')
  const { database, files } = trial.demo
  const order = { database, files: createDiskFiles(files), organization, secrets, path, version: 'trial' }
  await writeArchive(order)
  return path
}

/** Takes an archive apart. */
export async function takeApart(path: string): Promise<Parts> {
  const tar = await openTar(path)
  const all = new Map<string, Buffer>()
  for (const [name, size] of tar.files) all.set(name, await tar.read(name, size))
  await tar.close()
  const manifest = JSON.parse(String(all.get(manifestFile))) as ArchiveManifest
  const rows = new Map<string, Values[]>()
  for (const { name } of manifest.tables) {
    const lines = String(all.get(rowsName(name)))
      .split('\n')
      .slice(0, -1)
    rows.set(
      name,
      lines.map((line) => JSON.parse(line)),
    )
  }
  const files = new Map([...all].filter(([name]) => name.startsWith('files/')))
  return { manifest, rows, files }
}

/** Puts it together under another path, with hashes and sizes that fit what it holds now. */
export async function putTogether({ manifest, rows, files }: Parts, path: string): Promise<void> {
  const tar = await createTar(path)
  const tables: TableDump[] = []
  for (const table of manifest.tables) {
    const own = (rows.get(table.name) ?? []).map((row) => table.columns.map((column) => row[column] ?? null))
    const lines = own.map((row) => `${JSON.stringify(row)}\n`).join('')
    tables.push({ ...table, rows: own.length, sha256: createHash('sha256').update(lines).digest('hex') })
    await tar.add(rowsName(table.name), (write) => write(own.map((row) => lineOf(table, row)).join('')))
  }
  for (const [name, bytes] of files) await tar.add(name, (write) => write(bytes))
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0)
  const fitting: ArchiveManifest = {
    ...manifest,
    tables,
    stateHash: stateHashOf(manifest.migrations, tables),
    files: { ...manifest.files, count: files.size, bytes },
  }
  await tar.add(manifestFile, (write) => write(spelled(fitting)))
  await tar.end()
  await tar.close()
}
