// What both binaries do first: see that the dependencies are installed, then hand over to the pinned Node.js.
// Written for any Node.js from 20.0 on; nothing here may print to stdout, which belongs to the command.

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout this file belongs to, wherever it was called from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const modules = join(root, 'node_modules')
const pinnedNode = join(modules, 'node', 'bin', 'node')
const stampFile = join(modules, '.daybook-stamp')
const lockFile = join(modules, '.daybook-installing')

// Little room for young objects and few pools of memory: with the defaults a busy server holds a hundred megabytes more
// and is no quicker.
const heapOptions = '--max-semi-space-size=4'
const memoryPools = { MALLOC_ARENA_MAX: '2' }

// TypeScript is read once and kept as the JavaScript it is, which makes later starts quicker and smaller.
const compileCache = join(modules, '.cache', 'daybook')

/** Installs the dependencies unless they are those of package-lock.json. Costs a few milliseconds when they are. */
export function ensureInstalled() {
  if (isInstalled()) return
  takeLock()
  try {
    if (!isInstalled()) install()
  } finally {
    rmSync(lockFile, { force: true })
  }
}

/**
 * Runs a script of the checkout on the pinned Node.js with our streams, working directory, signals and exit code.
 * Where the running Node.js can, it becomes that process; else it stands before it and dies with it.
 */
export function handOver(script, args) {
  ensureInstalled()
  const command = [join(root, script), ...args]
  const options = `${heapOptions} ${process.env.NODE_OPTIONS ?? ''}`.trim()
  const env = { NODE_COMPILE_CACHE: compileCache, ...memoryPools, ...process.env, NODE_OPTIONS: options }
  if (typeof process.execve === 'function') process.execve(pinnedNode, [pinnedNode, ...command], env)
  const tie = fileURLToPath(new URL('./tie.mjs', import.meta.url))
  const child = spawn(pinnedNode, ['--import', tie, ...command], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env,
  })
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
    process.on(signal, () => {
      // A terminal sends SIGINT to both of us; a second one could mean "at once" to the child.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (error) => stop(`cannot run ${pinnedNode}: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

/** Runs a program of a dependency on the pinned Node.js and answers its exit code. */
export function runTool(name, args) {
  const { status } = spawnSync(pinnedNode, [join(modules, '.bin', name), ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  return status ?? 1
}

/** Ends the process with one line on stderr. */
export function stop(message) {
  process.stderr.write(`daybook: ${message}\n`)
  process.exit(1)
}

function isInstalled() {
  if (!existsSync(pinnedNode)) return false
  const wanted = readFileSync(join(root, 'package-lock.json'), 'utf8')
  if (read(stampFile) === digest(wanted)) return true
  if (!agrees(wanted, read(join(modules, '.package-lock.json')))) return false
  writeStamp(wanted)
  return true
}

/** Compares with npm's own record of what is in node_modules, for those who have called npm themselves. */
function agrees(wanted, installed) {
  const found = installed === undefined ? {} : JSON.parse(installed).packages
  return Object.entries(JSON.parse(wanted).packages).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || optional || devOptional || found[path]?.version === version,
  )
}

function install() {
  process.stderr.write(
    'daybook: installing the dependencies of package-lock.json, once; this takes a moment.\n',
  )
  const bin = join(modules, '.bin')
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== bin)
  // Not `npm ci`: the lock file does not name the optional packages of every platform, and `ci` insists on them.
  const options = ['install', '--no-save', '--no-audit', '--no-fund', '--include=dev']
  const { status, error } = spawnSync('npm', options, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // Without our own programs, so that npm does not run on the Node.js it may be about to replace.
    env: { ...process.env, PATH: path.join(delimiter) },
  })
  rmSync(stampFile, { force: true })
  if (error !== undefined) giveUp(`cannot run npm to install the dependencies: ${error.message}`)
  if (status !== 0) giveUp(`npm install failed with code ${status}; its own words are above.`)
  if (!existsSync(pinnedNode)) giveUp(`npm left out ${pinnedNode}; are install scripts switched off?`)
  writeStamp(readFileSync(join(root, 'package-lock.json'), 'utf8'))
}

function giveUp(message) {
  rmSync(lockFile, { force: true })
  stop(message)
}

/** Two first starts at the same time would write the same folders. The second waits, and takes over from a dead first. */
function takeLock() {
  for (let first = true; ; first = false) {
    try {
      mkdirSync(modules, { recursive: true })
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
      return
    } catch (error) {
      if (error.code !== 'EEXIST') stop(`cannot write to ${modules}: ${error.message}`)
    }
    if (!isAlive(Number(read(lockFile)))) rmSync(lockFile, { force: true })
    else if (first) process.stderr.write('daybook: waiting for another start to install the dependencies.\n')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function writeStamp(installed) {
  try {
    writeFileSync(stampFile, digest(installed))
  } catch {
    // A read-only checkout only costs the longer comparison at each start.
  }
}

function digest(text) {
  return createHash('sha256').update(text).digest('hex')
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
