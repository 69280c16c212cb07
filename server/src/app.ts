// Composes the rooms: store, core, doors. The only place that knows all of them; tests build the same app.

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { native } from './api/index.ts'
import { addPages } from './api/pages.ts'
import type { Config } from './config.ts'
import { type Core, createCore } from './core/index.ts'
import type { Clock, Files, Keys, PinnedId, Secrets, Store } from './core/ports.ts'
import { expensicat } from './dialects/expensicat/index.ts'
import { kimai } from './dialects/kimai/index.ts'
import { moneybird } from './dialects/moneybird/index.ts'
import { paymo } from './dialects/paymo/index.ts'
import { xpenser } from './dialects/xpenser/index.ts'
import { createAnswers } from './http/answers.ts'
import type { DoorDefinition, Server } from './http/door.ts'
import { createFragments } from './http/fragments.ts'
import { createServer, type ServerOptions } from './http/server.ts'
import { systemClock } from './outside/clock.ts'
import { printer } from './outside/documents/index.ts'
import { createDiskFiles } from './outside/files.ts'
import { createKeys, openKeys } from './outside/keys.ts'
import { createSecrets } from './outside/secrets.ts'
import { openStore } from './store/index.ts'

/** Every way into the book. */
export const doors: readonly DoorDefinition[] = [native, kimai, xpenser, expensicat, paymo, moneybird]

/** Bytes of rendered fragments kept at most: some twenty thousand rows, a fraction of the process. */
const fragmentBytes = 8 * 1024 * 1024

/** Bytes of whole answers kept at most: some hundred pages. */
const answerBytes = 6 * 1024 * 1024

export type Book = {
  readonly core: Core
  readonly store: Store
  readonly files: Files
  readonly secrets: Secrets
  readonly clock: Clock
  readonly keys: Keys
  readonly close: () => Promise<void>
}

/** What tests and demos put in place of the world outside. */
export type Replacements = {
  readonly clock?: Clock
  readonly secrets?: Secrets
  readonly pinnedId?: PinnedId
}

/** Opens the book that the configuration names, brought up to date. */
export async function openBook(
  config: Pick<Config, 'data' | 'database' | 'files'>,
  replacements: Replacements = {},
): Promise<Book> {
  mkdirSync(config.data, { recursive: true, mode: 0o700 })
  if (!/^postgres/.test(config.database)) mkdirSync(dirname(config.database), { recursive: true })
  const store = await openStore(config.database)
  const { clock = systemClock, secrets = createSecrets(), pinnedId } = replacements
  const files = createDiskFiles(config.files)
  const core = createCore({
    store,
    clock,
    secrets,
    files,
    printer,
    ...(pinnedId === undefined ? {} : { pinnedId }),
  })
  const keys = openKeys(config.data)
  return { core, store, files, secrets, clock, keys, close: () => store.close() }
}

/** The server over an open book. It does not listen yet. Without keys it makes some that last as long as it does. */
export function createApp(
  { core, clock, keys = createKeys() }: Pick<Book, 'core' | 'clock'> & { readonly keys?: Keys },
  options: Pick<ServerOptions, 'publicUrl' | 'hosts' | 'log' | 'metricsToken' | 'trustedProxies'>,
): Server {
  return createServer({
    ...options,
    core,
    clock,
    keys,
    fragments: createFragments(fragmentBytes),
    answers: createAnswers(answerBytes),
    doors,
    pages: (server) => addPages(server, core),
  })
}
