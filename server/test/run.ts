// What `npm test` runs: the check, then every test file on a real PostgreSQL and, last, in a real browser.
// `npm test -- quick-entry rooms` runs the files whose path has one of these words in it.

import { spawn } from 'node:child_process'
import { chmodSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './run/chromium.ts'
import { type FileResult, runFile } from './run/one-file.ts'
import { type Postgres, startPostgres } from './run/postgres.ts'
import { showFile, showSummary } from './run/show.ts'

const filesAtOnce = 2
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Runs what the words select and answers all results. `signal` ends it early. */
async function runTests(words: readonly string[], signal: AbortSignal): Promise<FileResult[]> {
  const selected = (path: string) => words.length === 0 || words.some((word) => path.includes(word))
  const files = globSync('server/**/*.test.ts', { cwd: root }).filter(selected).sort()
  const inBrowser = files.filter((file) => file.endsWith('.browser.test.ts'))
  const others = files.filter((file) => !file.endsWith('.browser.test.ts'))
  const results: FileResult[] = []
  const add = (result: FileResult) => {
    results.push(result)
    if (!signal.aborted) process.stdout.write(showFile(result))
  }

  const scratch = mkdtempSync(join(tmpdir(), 'daybook-test-'))
  // PostgreSQL runs as somebody else when we are root, and must be able to enter.
  chmodSync(scratch, 0o755)
  const temporary = join(scratch, 'temporary')
  mkdirSync(temporary)
  // A zone that is never UTC and seldom on its date, so that what leans on the machine's own zone is found out.
  const env: NodeJS.ProcessEnv = { ...process.env, TZ: 'Pacific/Chatham', TMPDIR: temporary }
  const around = { root, scratch, env, signal }
  const runAll = (list: string[]) => inParallel(list, async (file) => add(await runFile(file, around)))
  /** What `make` answers, or undefined and a failed result that says why not. */
  const attempt = async <T>(name: string, make: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await make()
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error)
      add({ file: name, outcomes: [{ name: 'is there', failure }], output: '', seconds: 0 })
      return undefined
    }
  }
  let postgres: Postgres | undefined
  try {
    // Both are made while other things run.
    const server = files.length > 0 && attempt('PostgreSQL', () => startPostgres(join(scratch, 'postgres')))
    const chromium = inBrowser.length > 0 && attempt('Chromium', () => findChromium(process.env, signal))
    if (selected('check')) add(await runCheck(signal))
    postgres = (await server) || undefined
    env.DAYBOOK_TEST_POSTGRES = postgres?.url
    await runAll(others)
    env.DAYBOOK_TEST_CHROMIUM = (await chromium) || undefined
    await runAll(inBrowser)
  } finally {
    await postgres?.stop()
    rmSync(scratch, { recursive: true, force: true })
  }
  return results
}

/** Types, lint and format as one test. */
function runCheck(signal: AbortSignal): Promise<FileResult> {
  const started = performance.now()
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(process.execPath, [join(root, 'bin', 'daybook-dev'), 'check'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    })
    const keep = (chunk: Buffer) => {
      output += chunk.toString('utf8')
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => keep(Buffer.from(error.message)))
    child.on('close', (code) => {
      const name = 'types, lint and format'
      const outcome = code === 0 ? { name } : { name, failure: output }
      resolve({
        file: 'check',
        outcomes: [outcome],
        output: '',
        seconds: (performance.now() - started) / 1000,
      })
    })
  })
}

async function inParallel(files: readonly string[], run: (file: string) => Promise<void>): Promise<void> {
  const queue = files.values()
  const worker = async () => {
    for (const file of queue) await run(file)
  }
  await Promise.all(Array.from({ length: filesAtOnce }, worker))
}

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())

const words = process.argv.slice(2)
const results = await runTests(words, stopping.signal)
const { text, succeeded } = showSummary(results, stopping.signal.aborted)
process.stdout.write(text)
process.exitCode = succeeded ? 0 : 1
