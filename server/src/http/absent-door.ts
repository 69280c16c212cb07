// A door whose resources are not there yet: every path says so, in the form that its service words failures in.

import type { FastifyReply } from 'fastify'
import type { DoorDefinition } from './door.ts'
import { logFailure } from './server.ts'

/** What such a door has to say: that the request is unreadable, that nothing is there, or that something broke. */
export type AbsentStatus = 400 | 404 | 500

/** How a service words a failure: the body, and its type, which is sent exactly as it stands here. */
export type FailureForm = {
  readonly contentType: string
  readonly presentFailure: (status: AbsentStatus) => string
}

/** A door of that name, mounted under it, which serves nothing. */
export function absentDoor(name: string, { contentType, presentFailure }: FailureForm): DoorDefinition {
  // Bytes, because the framework adds a charset to the type of a text.
  const refuse = (reply: FastifyReply, status: AbsentStatus): FastifyReply =>
    reply
      .code(status)
      .header('content-type', contentType)
      .send(Buffer.from(presentFailure(status)))

  return {
    name,
    prefix: `/${name}`,
    register(server) {
      server.addContentTypeParser('*', { parseAs: 'buffer' }, async (_: unknown, body: Buffer) => body)
      server.setNotFoundHandler((_, reply) => refuse(reply, 404))
      server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) =>
        refuse(reply, logFailure(error, request) < 500 ? 400 : 500),
      )
    },
  }
}
