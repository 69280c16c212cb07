// What a door is to the server: a name, where it is mounted, and a plugin that answers everything below.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { Core } from '../core/index.ts'
import type { Clock, Keys } from '../core/ports.ts'
import type { Answers } from './answers.ts'
import type { Fragments } from './fragments.ts'

/** The server as doors see it. */
export type Server = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger>

/** What every door is made from. */
export type DoorTools = {
  readonly core: Core
  readonly fragments: Fragments
  readonly answers: Answers
  readonly clock: Clock
  readonly keys: Keys
  /** Origin and prefix under which clients reach the server, without a slash at the end. */
  readonly publicUrl: string
}

/** What a door lets applications ask for. */
export type ApplicationTerms = {
  /** In its own words. */
  readonly scopes: readonly string[]
  /** Whether a code may be shown on a page, for programs that cannot be sent anything. */
  readonly outOfBand: boolean
}

export type DoorDefinition = {
  /** As in the actor and in `DAYBOOK_HOSTS`. */
  readonly name: string
  /** Where it is mounted, such as `/kimai`; all of its paths lie below. */
  readonly prefix: string
  /** What applications may be registered for here; absent at doors that let none in. */
  readonly applications?: ApplicationTerms
  /** Registers parsers, routes, error and not-found handlers on a server of its own scope. */
  readonly register: (server: Server, tools: DoorTools) => void
  /** Registers what has its place at the root of the server, such as documents below `/.well-known`. */
  readonly atRoot?: (server: Server, tools: DoorTools) => void
}
