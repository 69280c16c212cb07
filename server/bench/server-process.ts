// The real server as a child process: started as `daybook serve` starts it, and ended by a signal.

import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync, truncateSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { endChild, hasEnded, startScript } from './processes.ts'

/** A start that takes longer has failed. */
const startLimitMs = 60_000

/** How often the log is read while the server starts. */
const lookEveryMs = 2

export type ServerProcess = {
  /** Where it listens, without a slash at the end. */
  readonly url: string
  readonly pid: number
  /** From the start of the process until `/readyz` answered 200. */
  readonly readyMs: number
  /** Throws away what it has logged. */
  readonly dropLog: () => void
  /** How it ended and the end of its log, when it is no longer there. */
  readonly death: () => string | undefined
  /** Lets it finish its requests, and waits for its end. */
  readonly stop: () => Promise<void>
  /** Ends it at once, as a power cut would end the process. */
  readonly kill: () => Promise<void>
}

export type ServerSettings = {
  readonly data: string
  /** A file for what it prints, outside the data folder. */
  readonly logFile: string
  /** More of the environment. */
  readonly env?: Readonly<Record<string, string>>
}

/** Starts the server on a free port of this machine and waits until it is ready. Throws with its log when it is not. */
export async function startServer(settings: ServerSettings): Promise<ServerProcess> {
  const { logFile } = settings
  const startedAt = performance.now()
  const child = spawnServer(settings)
  const log = () => readFileSync(logFile, 'utf8').slice(-4_000)

  async function untilReady(): Promise<string> {
    let url: string | undefined
    while (performance.now() - startedAt < startLimitMs && !hasEnded(child)) {
      url ??= /^Daybook serves on (http:\S+)$/m.exec(readFileSync(logFile, 'utf8'))?.[1]
      if (url !== undefined && (await fetch(`${url}/readyz`)).status === 200) return url
      await wait(lookEveryMs)
    }
    throw new Error(`The server did not start:\n${log()}`)
  }

  try {
    const url = await untilReady()
    return {
      url,
      pid: child.pid ?? 0,
      readyMs: performance.now() - startedAt,
      dropLog: () => truncateSync(logFile),
      death: () =>
        hasEnded(child) ? `${child.signalCode ?? `exit code ${child.exitCode}`}: ${log()}` : undefined,
      stop: () => endChild(child, 'SIGTERM'),
      kill: () => endChild(child, 'SIGKILL'),
    }
  } catch (error) {
    await endChild(child, 'SIGKILL')
    throw error
  }
}

/** Starts the server and kills it after a while, ready or not. */
export async function killWhileStarting(settings: ServerSettings, afterMs: number): Promise<void> {
  const child = spawnServer(settings)
  await wait(afterMs)
  await endChild(child, 'SIGKILL')
}

function spawnServer({ data, logFile, env = {} }: ServerSettings): ChildProcess {
  const output = openSync(logFile, 'a')
  truncateSync(logFile)
  const child = startScript('server/src/main.ts', ['serve'], ['ignore', output, output], {
    ...withoutSettings(process.env),
    DAYBOOK_DATA: data,
    PORT: '0',
    ...env,
  })
  closeSync(output)
  return child
}

/** The environment without settings of a server that somebody else may run here. */
export function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = /^(DAYBOOK_|DATABASE_URL$|PORT$|HOST$)/
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)))
}
