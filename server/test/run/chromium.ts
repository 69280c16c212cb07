// The browser of the browser tests: one that is there, or the system's package.

import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Answers the path of a Chromium, installing it where the system allows. Throws what the reader should do otherwise. */
export async function findChromium(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  const given = env.DAYBOOK_TEST_CHROMIUM || env.CHROMIUM
  if (given) return given
  const found = inPath(names, env)
  if (found !== undefined) return found
  const aptGet = inPath(['apt-get'], env)
  if (aptGet === undefined || process.getuid?.() !== 0) throw new Error(missing)
  process.stderr.write('Chromium is missing; installing it with apt-get for the browser tests.\n')
  await run(aptGet, ['update'], signal)
  await run(aptGet, ['install', '-y', '--no-install-recommends', 'chromium'], signal)
  const installed = inPath(names, env)
  if (installed === undefined)
    throw new Error(`apt-get ended well, but there is still no Chromium. ${missing}`)
  return installed
}

const missing =
  'The browser tests need Chromium: install it, or name its program in the environment variable CHROMIUM.'

function inPath(candidates: readonly string[], env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  return candidates.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function run(command: string, args: string[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      signal,
    })
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-2_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`${missing}\n${command} ${args.join(' ')} ended with code ${code}:\n${output}`))
    })
  })
}
