// Runs one test file in a process of its own and answers what each of its tests came to.

import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Outcome } from './reporter.ts'

/** No single test may take longer. */
const testLimitMs = 120_000
/** No file may take longer: its tests may all have ended while a forgotten server keeps the process alive. */
const fileLimitMs = 600_000
/** How much of what a file prints is worth showing when it fails. */
const shownOutputLength = 8_000

/** What a file came to. */
export type FileResult = {
  readonly file: string
  readonly outcomes: readonly Outcome[]
  /** The end of what it printed. */
  readonly output: string
  readonly seconds: number
}

/** What running a file needs. */
export type Surroundings = {
  readonly root: string
  /** Where result files go; the caller removes it. */
  readonly scratch: string
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  readonly fileLimitMs?: number
}

/**
 * Runs `file`, a path below the root. A file that crashes, holds no test or outlives its limit has one more outcome,
 * a failed one. Never throws for what the file does.
 */
export async function runFile(file: string, around: Surroundings): Promise<FileResult> {
  const started = performance.now()
  const resultFile = join(around.scratch, `${file.replaceAll('/', '+')}.jsonl`)
  const reporter = fileURLToPath(new URL('./reporter.ts', import.meta.url))
  const options = [
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${resultFile}`,
    `--test-timeout=${testLimitMs}`,
  ]
  const end = await runToEnd([...options, join(around.root, file)], around)
  const lines = existsSync(resultFile) ? readFileSync(resultFile, 'utf8').split('\n').filter(Boolean) : []
  // The last line may be cut in the middle when the process was killed.
  const outcomes = lines.flatMap((line) => (line.endsWith('}') ? [JSON.parse(line) as Outcome] : []))
  const broken = brokenFile(outcomes, end)
  return {
    file,
    outcomes: broken === undefined ? outcomes : [...outcomes, { name: 'the file itself', failure: broken }],
    output: end.output,
    seconds: (performance.now() - started) / 1000,
  }
}

type End = { readonly how: string | null; readonly late: boolean; readonly output: string }

function brokenFile(outcomes: readonly Outcome[], end: End): string | undefined {
  if (end.late) {
    const last = outcomes.at(-1)?.name ?? 'none'
    return `Still running after its limit, so it was killed. The last test that ended: ${last}. Either the next one \
blocks the process, or something was not closed: a server, a timer, a connection.`
  }
  if (end.how !== null && outcomes.every(({ failure }) => failure === undefined))
    return `It ended with ${end.how}.`
  if (outcomes.length === 0) return 'There is no test in it.'
  return undefined
}

function runToEnd(args: string[], around: Surroundings): Promise<End> {
  return new Promise((resolve) => {
    let output = ''
    let late = false
    const child = spawn(process.execPath, args, {
      cwd: around.root,
      env: around.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: around.signal,
      killSignal: 'SIGKILL',
    })
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-shownOutputLength)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, around.fileLimitMs ?? fileLimitMs)
    // A failed start says so through `error`, and `close` follows.
    child.on('error', (error) => keep(Buffer.from(`${error.message}\n`)))
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ how: signal ?? (code === 0 ? null : `exit code ${code}`), late, output })
    })
  })
}
