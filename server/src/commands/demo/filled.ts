// A book in memory filled with the demo, and a look into its tables; for the tests of this folder only.

import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCore } from '../../core/index.ts'
import { printer } from '../../outside/documents/index.ts'
import { createDiskFiles } from '../../outside/files.ts'
import { createSecrets } from '../../outside/secrets.ts'
import type { Row } from '../../store/engine.ts'
import { openEngine, storeOver } from '../../store/index.ts'
import { migrate } from '../../store/migrations/index.ts'
import { fillDemo } from './fill.ts'
import { utc } from './pacific.ts'

export type Filled = Awaited<ReturnType<typeof openFilled>>

/** Opens a book and fills it. `select` runs any query on its tables; `close` leaves nothing behind. */
export async function openFilled(size?: number) {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-demo-'))
  const engine = await openEngine(':memory:')
  await migrate(engine)
  const store = storeOver(engine)
  const files = createDiskFiles(folder)
  const options = { store, files, publicUrl: 'http://127.0.0.1:4000/' }
  const summary = await fillDemo(size === undefined ? options : { ...options, size })
  const core = createCore({
    store,
    files,
    printer,
    secrets: createSecrets(),
    clock: () => utc('2026-11-20 08:00:00'),
  })

  function select(sql: string): Promise<Row[]> {
    return engine.rows({ name: 'look', sql, order: [] }, [])
  }

  return {
    store,
    files,
    core,
    summary,
    select,

    /** A digest of every row of every table. */
    async digest(): Promise<string> {
      const hash = createHash('sha256')
      for (const [name] of await select(
        "select name from sqlite_master where type = 'table' order by name",
      )) {
        const rows = await select(`select * from ${name}`)
        hash.update(JSON.stringify([name, rows.map((row) => JSON.stringify(row)).sort()]))
      }
      return hash.digest('hex')
    },

    /** The actor behind a token of the summary. */
    async actor(username: string) {
      const person = summary.people.find((one) => one.username === username)
      const arrival = { door: 'native', requestId: 'test', address: '127.0.0.1' } as const
      const actor = await core.signIn.bySecret(person?.token ?? '', arrival, 'token')
      if (actor === undefined) throw new Error(`${username} cannot sign in.`)
      return actor
    },

    async close(): Promise<void> {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}
