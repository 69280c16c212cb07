// One operation of this door: everything that routing, validation, the OpenAPI document and the docs page need of it.

import type { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import type { Actor } from '../core/actor.ts'
import type { Instant } from '../core/day.ts'
import type { Core } from '../core/index.ts'
import type { DoorTools } from '../http/door.ts'
import type { Parameters, Values } from './parameters.ts'
import type { Views } from './views.ts'
import type { Waiting } from './waiting.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A request as operations see it: read, validated, and with the caller known. */
export type Call = {
  readonly core: Core
  /** In a write its verbs all join one transaction. */
  readonly actor: Actor
  readonly now: Instant
  /** Ids in the path, by name. */
  readonly ids: Readonly<Record<string, number>>
  /** All of what stands in the path, by name. */
  readonly texts: Readonly<Record<string, string>>
  readonly query: Values
  /** Of the body, already valid. Undefined where there is none. */
  readonly body: unknown
  /** The bytes of the body, where the operation takes a file. */
  readonly upload: Upload | undefined
  readonly ifMatch: string | undefined
  readonly headers: FastifyRequest['headers']
  readonly views: Views
  readonly method: string
  readonly waiting: Waiting
  /** Calls the listener when the answer has been sent or its receiver has gone. */
  readonly onClose: (listener: () => void) => void
  /** The caller anew, for answers that take long: throws when the right to be here is gone. */
  readonly again: () => Promise<Actor>
  /** Tells of a failure that can no longer be answered. */
  readonly log: (error: Error) => void
  readonly tools: DoorTools
}

export type Upload = { readonly fileName: string; readonly bytes: Uint8Array }

/** What an operation answers. A text is JSON. */
export type Answer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** A body that comes over time; its type is in the headers. */
  readonly stream?: Readable
}

export type Example = {
  /** What stands for the names in the path, such as `{ id: 3 }`. */
  readonly ids?: Readonly<Record<string, number>>
  readonly query?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type Operation = {
  /** Unique; the method's name in generated clients. */
  readonly name: string
  readonly method: Method
  /** Below the door, ids in braces: `/projects/{id}`. */
  readonly path: string
  /** The heading it stands under. */
  readonly group: string
  readonly summary: string
  readonly about?: string
  readonly query?: Parameters
  readonly body?: TSchema
  /** Takes a file: raw, or as the first file of a form. */
  readonly takesFile?: true
  /** The body may be left out. */
  readonly bodyOptional?: true
  readonly status: number
  /** The answer's schema; absent for answers without a body. */
  readonly answer?: TSchema
  /** The type of an answer that is no JSON. */
  readonly answerType?: string
  readonly example: Example
  /** A read whose answer depends on nothing but the organization, so that it stays true while nothing in that happens. */
  readonly lasting?: (query: Values) => boolean
  /** Takes `If-Match`. */
  readonly conditional?: true
  /** A write that opens its transactions by itself, or none; it takes no idempotency key. */
  readonly alone?: true
  /** What takes long and must be done before a transaction is open; its result is handed to `run`. */
  readonly prepare?: (call: Call) => Promise<unknown>
  /** The answer as it is kept for replays, when that must not hold all of it. */
  readonly keptAs?: (answer: Answer) => Answer
  /** The handler of an operation that needs no credentials; there is no actor in its call. */
  readonly open?: (call: Omit<Call, 'actor'> & { readonly request: FastifyRequest }) => Promise<Answer>
  readonly run: (call: Call, prepared: unknown) => Promise<Answer>
}

/** An answer of JSON. */
export function json(value: unknown, status = 200, headers?: Answer['headers']): Answer {
  const body = JSON.stringify(value)
  return headers === undefined ? { status, body } : { status, body, headers }
}

/** Done, and nothing to tell. */
export const done: Answer = { status: 204 }
