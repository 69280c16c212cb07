// `npm run torture`: writers, `kill -9` at random moments, restart, compare. Ends with 1 when anything acknowledged was
// lost or doubled, or the log disagrees with the book. Options: see `usage`.

import { randomInt } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '../test/run/postgres.ts'
import type { Tally } from './crash/ledger.ts'
import { torture } from './crash/rounds.ts'

const usage = `Usage: npm run torture -- [options]

  --rounds N       Default: 50.
  --engine NAME    sqlite, postgres or both. With postgres a database server is started for the run; only our own
                   server is killed. Default: sqlite.
  --seed N         Decides the moments of the kills and what is written. Default: by chance, and printed.
  --dir FOLDER     Where the book lies. Default: the system's temporary folder.
`

/** Violations shown at most; the first ones tell enough. */
const shownViolations = 20

type Engine = 'sqlite' | 'postgres'
type Plan = {
  readonly rounds: number
  readonly seed: number
  readonly engines: readonly Engine[]
  readonly dir: string
}

function readPlan(args: string[]): Plan | undefined {
  const text = { type: 'string' } as const
  try {
    const options = { rounds: text, engine: text, seed: text, dir: text, help: { type: 'boolean' } } as const
    const { values } = parseArgs({ args, options })
    const { engine = 'sqlite', dir = tmpdir() } = values
    const rounds = Number(values.rounds ?? '50')
    const seed = Number(values.seed ?? randomInt(1, 1_000_000))
    const known = engine === 'sqlite' || engine === 'postgres' || engine === 'both'
    if (values.help || !known || !Number.isSafeInteger(seed)) return undefined
    if (!(Number.isInteger(rounds) && rounds >= 1 && rounds <= 100_000)) return undefined
    return { rounds, seed, dir, engines: engine === 'both' ? ['sqlite', 'postgres'] : [engine] }
  } catch {
    return undefined
  }
}

async function runOn(engine: Engine, { rounds, seed }: Plan, folder: string): Promise<Tally> {
  const report = (line: string) => process.stderr.write(`torture: ${engine}, ${line}\n`)
  if (engine === 'sqlite') return torture({ rounds, seed, folder, postgres: undefined, report })
  const database = await startPostgres(join(folder, 'postgres'))
  try {
    return await torture({ rounds, seed, folder, postgres: database.url, report })
  } finally {
    await database.stop()
  }
}

function show(engine: Engine, tally: Tally, seconds: number): string {
  const { rounds, acknowledged, unanswered, lost, doubled, violations } = tally
  const { creates, updates, deletes, receipts } = acknowledged
  const written = creates + updates + deletes + receipts
  const shown = violations.slice(0, shownViolations).map((line) => `  ${line}\n`)
  const more = violations.length - shown.length
  return `${engine}: ${rounds} rounds in ${seconds.toFixed(0)} s, ${written} writes acknowledged (${creates} creates, \
${updates} updates, ${deletes} deletes, ${receipts} receipts)
  in flight at a kill: ${unanswered.kept} took effect, ${unanswered.dropped} did not
  lost ${lost}, doubled ${doubled}, violations in all ${violations.length}
${shown.join('')}${more > 0 ? `  and ${more} more\n` : ''}`
}

const plan = readPlan(process.argv.slice(2))
if (plan === undefined) {
  process.stderr.write(usage)
  process.exitCode = process.argv.includes('--help') ? 0 : 2
} else {
  process.stdout.write(`torture: seed ${plan.seed}\n`)
  for (const engine of plan.engines) {
    const folder = mkdtempSync(join(plan.dir, 'daybook-torture-'))
    // PostgreSQL runs as somebody else when we are root, and must be able to enter.
    chmodSync(folder, 0o755)
    process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
    const startedAt = performance.now()
    const tally = await runOn(engine, plan, folder)
    process.stdout.write(show(engine, tally, (performance.now() - startedAt) / 1000))
    if (tally.violations.length > 0) process.exitCode = 1
  }
}
