// The rounds: writers at work, the server killed at a random moment, started again on the same data, and compared.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { createRandom } from '../../src/commands/demo/random.ts'
import { killWhileStarting, type ServerProcess, type ServerSettings, startServer } from '../server-process.ts'
import { checkLog, checkWholeLog, createLogMemory } from './check-log.ts'
import { type Door, type Login, openDoor } from './door.ts'
import { createTally, type Entry, type Found, settle, type Tally } from './ledger.ts'
import { type Writer, writeUntilKilled } from './writer.ts'

/** Writers at the same time: enough that commits are shared. */
const writerCount = 8

/** The kill comes so many milliseconds after the first write. */
const earliestMs = 20
const latestMs = 400

/** On PostgreSQL, where a fresh server first opens its connections, and each write takes several round trips. */
const latestMsOnPostgres = 1000

/** Once in so many restarts the server is killed while it starts, at a moment before or just after it is ready. */
const killedStartsEvery = 5
const latestStartKillMs = 600

/** Receipts are written in one of so many rounds: each costs several fsyncs, so fewer other writes get through. */
const receiptsEvery = 3

/** How long a database server may take to notice that its client was killed. */
const settleLimitMs = 10_000

const login: Login = { email: 'writer@example.com', password: 'correct horse battery' }

export type Torture = {
  readonly rounds: number
  readonly seed: number
  /** An existing folder of its own. */
  readonly folder: string
  /** An empty PostgreSQL database; undefined for SQLite in the folder. */
  readonly postgres: string | undefined
  /** Told after each round. */
  readonly report?: (line: string) => void
}

/** Runs all rounds on one book and compares everything once more at the end. Leaves no process behind. */
export async function torture({ rounds, seed, folder, postgres, report }: Torture): Promise<Tally> {
  const data = join(folder, 'data')
  mkdirSync(data, { recursive: true })
  const random = createRandom(seed)
  const writers = Array.from(
    { length: writerCount },
    (_, number): Writer => ({ number, random: createRandom(random.int(1, 2 ** 30)), entries: [] }),
  )
  const address = postgres ?? join(data, 'daybook.db')
  const memory = createLogMemory()
  const tally = createTally()
  const settings: ServerSettings = {
    data,
    logFile: join(folder, 'server.log'),
    env: {
      DAYBOOK_LOG: 'warn',
      DAYBOOK_OWNER_EMAIL: login.email,
      DAYBOOK_OWNER_PASSWORD: login.password,
      ...(postgres === undefined ? {} : { DATABASE_URL: postgres }),
    },
  }

  async function killStart(): Promise<void> {
    await killWhileStarting(settings, random.int(earliestMs, latestStartKillMs))
    if (postgres !== undefined) await untilAlone(postgres)
  }

  // The first start migrates and makes the owner: that, too, happens wholly or not at all.
  await killStart()
  let server = await startServer(settings)
  try {
    for (let number = 1; number <= rounds; number += 1) {
      const delayMs = random.int(earliestMs, postgres === undefined ? latestMs : latestMsOnPostgres)
      const withReceipts = number % receiptsEvery === 0
      const { touched, reportId } = await writeAndKill(server, {
        number,
        delayMs,
        withReceipts,
        writers,
        tally,
      })
      if (postgres !== undefined) await untilAlone(postgres)
      if (random.oneIn(killedStartsEvery)) await killStart()
      server = await startServer(settings)
      await compareRound(openDoor(server.url, login), reportId, touched, tally)
      tally.violations.push(...(await checkLog(address, memory)))
      tally.rounds = number
      report?.(`round ${number}: killed after ${delayMs} ms, ${touched.size} entries touched`)
    }
    await compareAll(openDoor(server.url, login), writers, tally)
    const expenses = writers.flatMap(({ entries }) => entries).filter(({ known }) => known !== null).length
    tally.violations.push(...(await checkWholeLog(address, expenses)))
  } finally {
    await server.kill()
  }
  if (postgres === undefined) tally.violations.push(...checkFile(address))
  return tally
}

type Round = {
  readonly number: number
  readonly delayMs: number
  readonly withReceipts: boolean
  readonly writers: readonly Writer[]
  readonly tally: Tally
}

async function writeAndKill(
  server: ServerProcess,
  { number, delayMs, withReceipts, writers, tally }: Round,
): Promise<{ touched: Set<Entry>; reportId: number }> {
  const door = openDoor(server.url, login)
  // A report for each round; and with it the password is verified before the clock runs.
  const reportId = await door.createReport(`Round ${number}`)
  let killed = false
  const isKilled = () => killed
  const writing = writers.map((writer) =>
    writeUntilKilled(writer, { door, reportId, withReceipts, tally, isKilled }),
  )
  await wait(delayMs)
  killed = true
  await server.kill()
  const touched = new Set<Entry>()
  for (const entries of await Promise.all(writing)) for (const entry of entries) touched.add(entry)
  return { touched, reportId }
}

/** Compares what the round has touched; and the round's report must hold nothing else. */
async function compareRound(
  door: Door,
  reportId: number,
  touched: ReadonlySet<Entry>,
  tally: Tally,
): Promise<void> {
  const inReport = Map.groupBy(await door.list(reportId), ({ note }) => note)
  for (const entry of touched) {
    const found = inReport.get(entry.note) ?? []
    inReport.delete(entry.note)
    if (entry.reportId === reportId || entry.id === undefined) settle(entry, found, tally)
    else settle(entry, [await door.read(entry.id), ...found], tally)
  }
  for (const note of inReport.keys()) tally.violations.push(`${note}: nobody has written this.`)
}

async function compareAll(door: Door, writers: readonly Writer[], tally: Tally): Promise<void> {
  const all = Map.groupBy(await door.list('*'), ({ note }): string => note)
  for (const { entries } of writers) {
    for (const entry of entries) {
      const found: Found[] = all.get(entry.note) ?? []
      all.delete(entry.note)
      settle(entry, found, tally)
    }
  }
  for (const note of all.keys()) tally.violations.push(`${note}: nobody has written this.`)
}

/** Waits until the killed server's connections are gone: what they had been asked to commit is decided by then. */
async function untilAlone(address: string): Promise<void> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    const limit = performance.now() + settleLimitMs
    while (performance.now() < limit) {
      const { rows } = await client.query(
        `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
         and backend_type = 'client backend'`,
      )
      if (rows.length === 0) return
      await wait(10)
    }
    throw new Error('Connections of the killed server are still open.')
  } finally {
    await client.end()
  }
}

function checkFile(path: string): string[] {
  const database = new DatabaseSync(path)
  try {
    const problems = database
      .prepare('pragma integrity_check')
      .all()
      .map((row) => String(Object.values(row)[0]))
    return problems.length === 1 && problems[0] === 'ok' ? [] : problems
  } finally {
    database.close()
  }
}
