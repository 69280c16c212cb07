// Child processes of the measurements. Every one of them is gone when this process ends, however it ends.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout these scripts belong to. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Ends a child whose parent was killed too hard to end it. */
const tie = join(root, 'bin', 'tie.mjs')

const running = new Set<ChildProcess>()

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(128 + constants.signals[signal]))
}

/** What becomes of a child's stdin, stdout and stderr; a number is an open file. */
export type Streams = readonly ['ignore' | 'pipe', 'ignore' | 'pipe' | number, 'inherit' | 'pipe' | number]

/** Starts a script of the checkout on this Node.js. */
export function startScript(
  script: string,
  args: readonly string[],
  streams: Streams,
  env: NodeJS.ProcessEnv = process.env,
): ChildProcess {
  const child = spawn(process.execPath, ['--import', tie, join(root, script), ...args], {
    cwd: root,
    env,
    stdio: [...streams, 'ipc'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** Ends a child and waits until it is gone. What does not heed the signal in time is killed. */
export async function endChild(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  child.kill(signal)
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await ended
  clearTimeout(late)
}

/** Whether a child is gone. */
export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** Starts a script that reads a job as JSON from stdin and says one line of JSON when it is ready, or done. */
export async function startJob<Answer>(
  script: string,
  job: unknown,
  limitMs: number,
): Promise<{ readonly child: ChildProcess; readonly answer: Answer }> {
  const child = startScript(script, [], ['pipe', 'pipe', 'inherit'])
  child.stdin?.on('error', () => {})
  child.stdin?.end(JSON.stringify(job))
  const late = setTimeout(() => child.kill('SIGKILL'), limitMs)
  try {
    return { child, answer: JSON.parse(await firstLine(child, script)) as Answer }
  } finally {
    clearTimeout(late)
  }
}

/** Runs such a script to its end and answers what it said. Throws when it fails or takes longer than the limit. */
export async function runJob<Answer>(script: string, job: unknown, limitMs: number): Promise<Answer> {
  const { child, answer } = await startJob<Answer>(script, job, limitMs)
  await endChild(child, 'SIGTERM')
  return answer
}

/** The job that `startJob` gave to this process. */
export async function readJob<Job>(): Promise<Job> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Job
}

function firstLine(child: ChildProcess, script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      const end = text.indexOf('\n')
      if (end >= 0) resolve(text.slice(0, end))
    })
    child.once('error', reject)
    child.once('close', (code, signal) => {
      reject(new Error(`${script} ended with ${signal ?? `code ${code}`} and said nothing.`))
    })
  })
}
