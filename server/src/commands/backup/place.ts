// Where the book of a command lies, without opening it: a backup or a check must not bring its schema up to date.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { doors } from '../../app.ts'
import { readConfig } from '../../config.ts'
import type { Files } from '../../core/ports.ts'
import { createDiskFiles } from '../../outside/files.ts'
import { type Input, UsageError } from '../command.ts'

/** The parts of the configuration that say where a book lies. */
export type Place = {
  /** Absolute path of the data folder. */
  readonly data: string
  /** Path of the SQLite file, or a `postgres://` address. */
  readonly database: string
  /** Folder of the receipt files. */
  readonly filesFolder: string
  readonly files: Files
}

/** The place that the environment names. Throws `ConfigError`. */
export function placeOf({ env }: Pick<Input, 'env'>): Place {
  const names = doors.map((door) => door.name)
  const { data, database, files } = readConfig(env, names)
  return { data, database, filesFolder: files, files: createDiskFiles(files) }
}

/** The absolute path of the folder that was named beside the command. */
export function folderOf(input: Pick<Input, 'rest'>): string {
  return pathOf(input, 'Name the folder of the backup.')
}

/** The absolute path that was named beside the command; `words` say what to name when none was. */
export function pathOf({ rest }: Pick<Input, 'rest'>, words: string): string {
  const [path] = rest
  if (path === undefined || path === '') throw new UsageError(words)
  return resolve(path)
}

/** The version of this Daybook. */
export function daybookVersion(): string {
  const text = readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
