// `serve`: opens the book and listens until it is told to stop.

import { pino } from 'pino'
import { createApp } from '../app.ts'
import type { Config } from '../config.ts'
import { timeZone } from '../core/day.ts'
import type { Core } from '../core/index.ts'
import { currency } from '../core/money.ts'
import type { Command } from './command.ts'
import { withBook } from './open.ts'

/** How long requests in flight may take after a stop signal. */
const graceMs = 10_000

/** Serves until SIGTERM or SIGINT; requests in flight are finished first. */
export const serve: Command = {
  name: 'serve',
  summary: 'Serves the book. The default of npm start.',
  options: {},
  run: (input) =>
    withBook(input, async (book, config) => {
      const here = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}`
      const publicUrl = config.publicUrl ?? `${here}:${config.port}`
      const log = openLog()
      const server = createApp(book, {
        publicUrl,
        hosts: config.hosts,
        trustedProxies: config.trustedProxies,
        log: { level: config.logLevel, stream: log.stream },
        ...(config.metricsToken === undefined ? {} : { metricsToken: config.metricsToken }),
      })
      const invitation = await firstStart(book.core, config)
      const address = await server.listen({ port: config.port, host: config.host })
      console.log(`Daybook serves on ${address}`)
      if (invitation !== undefined) {
        const origin = config.publicUrl ?? address
        console.log(`The book is empty. Set it up once at ${origin}/set-up?key=${invitation}`)
      }
      await stopSignal()
      const late = setTimeout(() => process.exit(1), graceMs)
      late.unref()
      await server.close()
      log.close()
      return 0
    }),
}

/**
 * Log lines in portions: a system call for each would cost more than many a request. The last second of them may be lost
 * when the process is killed, never anything of the book.
 */
function openLog() {
  const stream = pino.destination({ dest: 1, sync: true, minLength: 4096 })
  const timer = setInterval(() => stream.flushSync(), 500)
  timer.unref()
  return {
    stream,
    close() {
      clearInterval(timer)
      stream.flushSync()
    },
  }
}

/** An empty book gets the owner that the environment names, or a link that makes one: never a default account. */
async function firstStart(core: Core, config: Config): Promise<string | undefined> {
  if (!(await core.setUp.isNeeded())) return undefined
  if (config.owner === undefined) return core.setUp.invite()
  const { email, password } = config.owner
  await core.organizations.foundOrganization(
    { name: 'My book', currency: currency('EUR'), timeZone: timeZone('UTC') },
    { email, name: email, password },
  )
  return undefined
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
}
