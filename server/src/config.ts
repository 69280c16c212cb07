// The environment as typed configuration; all of its problems are told at once, by name.

import { isIP } from 'node:net'
import { join, resolve } from 'node:path'

export type Config = {
  readonly port: number
  readonly host: string
  /** Absolute path of the data folder. */
  readonly data: string
  /** Path of the SQLite file, or a `postgres://` address. */
  readonly database: string
  /** Folder of the receipt files. */
  readonly files: string
  /** As clients reach the server, without a slash at the end; undefined: where it listens. */
  readonly publicUrl: string | undefined
  /** Host names that lead straight to a door. */
  readonly hosts: ReadonlyMap<string, string>
  /** The owner to make at the first start of an empty book. */
  readonly owner: { readonly email: string; readonly password: string } | undefined
  /** Reverse proxies whose `X-Forwarded-For` is believed: addresses, networks, or `loopback`. */
  readonly trustedProxies: readonly string[]
  readonly metricsToken: string | undefined
  readonly logLevel: string
}

/** Several things are wrong with the environment; `problems` has a line for each, led by the variable's name. */
export class ConfigError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** Reads the configuration. `doors` are the names that `DAYBOOK_HOSTS` may lead to. Throws `ConfigError`. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  doors: readonly string[],
): Config {
  const problems: string[] = []
  const given = (name: string) => env[name]?.trim() || undefined

  const data = resolve(given('DAYBOOK_DATA') ?? 'data')
  const port = Number(given('PORT') ?? '4000')
  if (!Number.isInteger(port) || port < 0 || port > 65_535) problems.push('PORT: a number from 0 to 65535.')
  const database = readDatabase(given('DATABASE_URL'), data, problems)
  const publicUrl = readPublicUrl(given('DAYBOOK_PUBLIC_URL'), problems)
  const logLevel = given('DAYBOOK_LOG') ?? 'info'
  if (!logLevels.includes(logLevel)) problems.push(`DAYBOOK_LOG: one of ${logLevels.join(', ')}.`)
  const config: Config = {
    port,
    host: given('HOST') ?? '127.0.0.1',
    data,
    database,
    files: readFiles(given('DAYBOOK_FILES'), data, problems),
    publicUrl,
    hosts: readHosts(given('DAYBOOK_HOSTS'), doors, problems),
    owner: readOwner(given('DAYBOOK_OWNER_EMAIL'), env.DAYBOOK_OWNER_PASSWORD, problems),
    trustedProxies: readProxies(given('DAYBOOK_TRUSTED_PROXIES'), problems),
    metricsToken: given('DAYBOOK_METRICS_TOKEN'),
    logLevel,
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

function readDatabase(value: string | undefined, data: string, problems: string[]): string {
  if (value === undefined) return join(data, 'daybook.db')
  if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value)) {
    problems.push('DATABASE_URL: an address such as postgres://user:password@host/name.')
  }
  return value
}

function readFiles(value: string | undefined, data: string, problems: string[]): string {
  if (value === undefined) return join(data, 'files')
  if (value.includes('://')) problems.push('DAYBOOK_FILES: a folder; other places are not supported yet.')
  return resolve(value)
}

function readPublicUrl(value: string | undefined, problems: string[]): string | undefined {
  if (value === undefined) return undefined
  const url = URL.canParse(value) ? new URL(value) : undefined
  const fits =
    url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' && url.username === ''
  if (!fits)
    problems.push('DAYBOOK_PUBLIC_URL: an address such as https://book.example.com, without a query.')
  return value.replace(/\/+$/, '')
}

function readHosts(value: string | undefined, doors: readonly string[], problems: string[]) {
  const hosts = new Map<string, string>()
  for (const part of (value ?? '').split(',').filter((entry) => entry.trim() !== '')) {
    const [host = '', door = ''] = part.split('=').map((text) => text.trim().toLowerCase())
    if (host === '' || !doors.includes(door)) {
      problems.push(`DAYBOOK_HOSTS: ${part.trim()} is not host=door, with a door of ${doors.join(', ')}.`)
    } else hosts.set(host, door)
  }
  return hosts
}

function readProxies(value: string | undefined, problems: string[]): readonly string[] {
  const proxies = (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  for (const proxy of proxies) {
    const [address = '', bits, ...more] = proxy.split('/')
    const most = isIP(address) === 6 ? 128 : 32
    const network = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most)
    if (proxy !== 'loopback' && !(isIP(address) !== 0 && network && more.length === 0)) {
      problems.push(
        `DAYBOOK_TRUSTED_PROXIES: ${proxy} is no address, no network such as 10.0.0.0/8, nor loopback.`,
      )
    }
  }
  return proxies
}

function readOwner(email: string | undefined, password: string | undefined, problems: string[]) {
  if (email === undefined && !password) return undefined
  if (email === undefined)
    problems.push('DAYBOOK_OWNER_EMAIL: missing, though DAYBOOK_OWNER_PASSWORD is given.')
  if (!password) problems.push('DAYBOOK_OWNER_PASSWORD: missing, though DAYBOOK_OWNER_EMAIL is given.')
  return email === undefined || !password ? undefined : { email, password }
}
