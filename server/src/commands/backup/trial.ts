// The demo world on disk and its commands called without a process; for the tests of backup, restore and verify only.

import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Book, openBook } from '../../app.ts'
import type { Command } from '../command.ts'
import { fillDemo } from '../demo/fill.ts'
import type { DemoSummary } from '../demo/summary.ts'
import { type BackupOrder, writeBackup } from './write.ts'

/** A book that is perhaps not there yet. */
export type TrialBook = {
  readonly data: string
  readonly database: string
  readonly files: string
  /** As the environment names it. */
  readonly env: Readonly<Record<string, string>>
}

/** What a command came to: its exit code, and what it prints with `--json`. */
export type Ran<T> = { readonly code: number; readonly data: T; readonly text: string }

export type Trial = Awaited<ReturnType<typeof createTrial>>

/** When the backups of a trial are made. */
export const madeAt = Date.parse('2026-11-20T08:00:00Z')

/** Fills a demo book on SQLite and makes a backup of it. All else happens in folders beside them. */
export async function createTrial() {
  const root = mkdtempSync(join(tmpdir(), 'daybook-backup-'))
  let count = 0

  /** A path that nothing has yet. */
  function fresh(name: string): string {
    count += 1
    return join(root, `${name}-${count}`)
  }

  /** Where a book can be made: in a file, or in the database of that address. */
  function place(address?: string): TrialBook {
    const data = fresh('book')
    const database = address ?? join(data, 'daybook.db')
    const env = { DAYBOOK_DATA: data, ...(address === undefined ? {} : { DATABASE_URL: address }) }
    return { data, database, files: join(data, 'files'), env }
  }

  async function withBook<T>(at: TrialBook, work: (book: Book) => Promise<T>): Promise<T> {
    const book = await openBook(at)
    try {
      return await work(book)
    } finally {
      await book.close()
    }
  }

  const demo = place()
  const summary: DemoSummary = await withBook(demo, ({ store, files }) =>
    fillDemo({ store, files, publicUrl: 'http://127.0.0.1:4000' }),
  )
  const backup = fresh('backup')
  await withBook(demo, ({ files }) => writeBackup(orderOf(demo, files, backup)))

  return {
    demo,
    summary,
    /** The folder of its backup. Tests look at it and change only copies. */
    backup,
    fresh,
    place,
    withBook,
    orderOf,
    /** A copy of a book or a backup, to be damaged. */
    copy(folder: string): string {
      const to = fresh('copy')
      cpSync(folder, to, { recursive: true })
      return to
    },
    /** Runs a command; `--name` and `--name=value` among the words are its options. */
    async run<T>(command: Command, at: TrialBook, ...words: string[]): Promise<Ran<T>> {
      let printed: { text: string; data: unknown } | undefined
      const print = (text: string, data: unknown) => {
        printed = { text, data }
      }
      const options = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('='))
      const code = await command.run({
        values: Object.fromEntries(options.filter(({ length }) => length > 1)),
        flags: new Set(options.filter(({ length }) => length === 1).map(([name = '']) => name)),
        rest: words.filter((word) => !word.startsWith('--')),
        env: at.env,
        print,
      })
      return { code, text: printed?.text ?? '', data: printed?.data as T }
    },
    close(): void {
      rmSync(root, { recursive: true, force: true })
    },
  }
}

function orderOf({ database }: TrialBook, files: Book['files'], folder: string): BackupOrder {
  return { database, files, folder, version: 'trial', madeAt }
}
