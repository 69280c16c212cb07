// Books of a given size: filled by the demo command, or copied from where an earlier run has kept one.

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { constants, open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { root, startScript } from '../processes.ts'
import { withoutSettings } from '../server-process.ts'
import { spread } from './figures.ts'

/** The report size that the demo promises for its extra expenses. */
export const perReport = 50

/** Entries that reading one of them goes round. */
const singleEntries = 1000

/** Filling writes tens of thousands of entries in a second, at worst a tenth of that. */
const fillLimitMs = 3 * 60 * 60 * 1000

/** What scenarios need to know of a filled book. */
export type FilledBook = {
  /** Thousands of entries. */
  readonly size: number
  /** The data folder. */
  readonly folder: string
  readonly fillSeconds: number
  readonly user: string
  readonly password: string
  readonly organizationId: number
  /** An API token of the studio's owner, who reaches everybody's time. */
  readonly token: string
  /** All reports that hold exactly fifty expenses. */
  readonly reports: readonly number[]
  /** A thousand expenses, spread over the whole book. */
  readonly expenses: readonly number[]
  /** Bytes of an average expense row. */
  readonly rowBytes: number
}

type Facts = Omit<FilledBook, 'folder'>

/** Makes a book in `folder`. With `cache` it is kept there, or taken from there, so that filling happens once. */
export async function fillBook(size: number, folder: string, cache: string | undefined): Promise<FilledBook> {
  const kept = cache === undefined ? undefined : join(cache, `${size}-${sourceKey()}`)
  if (kept === undefined) return { ...(await fill(size, folder)), folder }
  if (!existsSync(kept)) {
    // Filled aside, so that a run that is broken off leaves nothing that looks whole.
    const aside = `${kept}.${process.pid}`
    try {
      const facts = await fill(size, aside)
      writeFileSync(join(aside, 'facts.json'), JSON.stringify(facts))
      renameSync(aside, kept)
      forgetOlder(dirname(kept), basename(kept), size)
    } finally {
      rmSync(aside, { recursive: true, force: true })
    }
  }
  cpSync(kept, folder, { recursive: true, mode: constants.COPYFILE_FICLONE })
  // On disk before anything is measured: the copy must not compete with commits for it.
  const copy = await open(join(folder, 'daybook.db'), 'r')
  await copy.sync()
  await copy.close()
  const facts = JSON.parse(readFileSync(join(folder, 'facts.json'), 'utf8')) as Facts
  return { ...facts, folder }
}

/** Removes books of the same size that other sources made: nobody will ask for them again. */
function forgetOlder(cache: string, present: string, size: number): void {
  for (const name of readdirSync(cache)) {
    const isBook = name !== present && name.startsWith(`${size}-`) && /^\d+-[0-9a-f]{12}$/.test(name)
    if (isBook) rmSync(join(cache, name), { recursive: true, force: true })
  }
}

/** Changes when what the demo writes, or where, may have changed. */
function sourceKey(): string {
  const hash = createHash('sha256')
  const sources = ['migrations/*.ts', 'tables.ts'].map((path) => `server/src/store/${path}`)
  for (const path of globSync([...sources, 'server/src/commands/demo/*.ts'], { cwd: root }).sort()) {
    hash.update(readFileSync(join(root, path)))
  }
  return hash.digest('hex').slice(0, 12)
}

async function fill(size: number, folder: string): Promise<Facts> {
  mkdirSync(folder, { recursive: true })
  const startedAt = performance.now()
  const env = { ...withoutSettings(process.env), DAYBOOK_DATA: folder }
  const args = ['demo', '--size', String(size), '--json']
  const child = startScript('server/src/main.ts', args, ['ignore', 'pipe', 'inherit'], env)
  const late = setTimeout(() => child.kill('SIGKILL'), fillLimitMs)
  let printed = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString('utf8')
  })
  const [code] = await once(child, 'close')
  clearTimeout(late)
  if (code !== 0) throw new Error(`The demo could not fill a book of ${size} thousand entries.`)
  const fillSeconds = (performance.now() - startedAt) / 1000
  const summary = JSON.parse(printed) as {
    people: { username: string; organizationId: number }[]
    doors: { xpenser: { user: string; password: string }; native: { token: string } }
  }
  const { user, password } = summary.doors.xpenser
  const organizationId = summary.people.find(({ username }) => username === user)?.organizationId
  if (organizationId === undefined) throw new Error(`The demo has nobody named ${user}.`)
  const { token } = summary.doors.native
  return { size, fillSeconds, user, password, organizationId, token, ...look(folder, organizationId) }
}

function look(folder: string, organizationId: number): Pick<Facts, 'reports' | 'expenses' | 'rowBytes'> {
  const database = new DatabaseSync(join(folder, 'daybook.db'))
  const reports = database
    .prepare(
      `select report_id as id from expenses where organization_id = ? and deleted_at is null
       group by report_id having count(*) = ? order by report_id`,
    )
    .all(organizationId, perReport)
    .map((row) => Number(row.id))
  if (reports.length === 0) throw new Error(`The demo made no report of ${perReport} expenses.`)
  const inReport = database.prepare('select id from expenses where organization_id = ? and report_id = ?')
  const expenses = spread(reports, singleEntries).flatMap((report) => {
    const ids = inReport.all(organizationId, report).map((row) => Number(row.id))
    return spread(ids, Math.ceil(singleEntries / Math.min(reports.length, singleEntries)))
  })
  const sample = database
    .prepare('select * from expenses where organization_id = ? and report_id = ?')
    .all(organizationId, reports[0] ?? 0)
  database.close()
  const bytes = sample.map((row) => Buffer.byteLength(Object.values(row).join('')))
  const rowBytes = Math.round(bytes.reduce((sum, each) => sum + each, 0) / bytes.length)
  return { reports, expenses: expenses.slice(0, singleEntries), rowBytes }
}
