// The native door. Until its resources come, every path answers that it is not there, as RFC 9457 has it.

import { DomainError } from '../core/errors.ts'
import type { DoorDefinition } from '../http/door.ts'
import { logFailure } from '../http/server.ts'
import { problem } from './problem.ts'

/** The native API. */
export const native: DoorDefinition = {
  name: 'native',
  prefix: '/api/v1',
  register(server) {
    server.addContentTypeParser('*', { parseAs: 'buffer' }, async (_: unknown, body: Buffer) => body)
    server.setNotFoundHandler((_, reply) => problem(reply, 404, 'not_found', 'There is no such resource.'))
    server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const status = error instanceof DomainError ? 500 : logFailure(error, request)
      if (status < 500) return problem(reply, status, 'bad_request', 'The request cannot be read.')
      return problem(reply, 500, 'internal_error', 'Something went wrong.')
    })
  },
}
