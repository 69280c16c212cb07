// The Moneybird door. Its resources are not there yet, and every path says so in Moneybird's own error form.

import type { FastifyReply } from 'fastify'
import type { DoorDefinition } from '../../http/door.ts'
import { logFailure } from '../../http/server.ts'
import { contentType, presentFailure } from './errors.ts'

/** Moneybird's API. */
export const moneybird: DoorDefinition = {
  name: 'moneybird',
  prefix: '/moneybird',
  register(server) {
    server.addContentTypeParser('*', { parseAs: 'buffer' }, async (_: unknown, body: Buffer) => body)
    server.setNotFoundHandler((_, reply) => refuse(reply, 404))
    server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) =>
      refuse(reply, logFailure(error, request) < 500 ? 400 : 500),
    )
  },
}

// Bytes, because the framework adds a charset to the type of a text.
function refuse(reply: FastifyReply, status: 400 | 404 | 500): FastifyReply {
  return reply
    .code(status)
    .header('content-type', contentType)
    .send(Buffer.from(presentFailure(status)))
}
