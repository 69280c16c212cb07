// Serves the OpenAPI document, to everyone.

import { createHash } from 'node:crypto'
import type { Server } from '../../http/door.ts'
import { names } from '../entity-tag.ts'
import { openApiDocument } from './document.ts'

/** Adds `GET /openapi.json`. */
export function addOpenApi(server: Server): void {
  let made: { readonly text: string; readonly etag: string } | undefined
  server.get('/openapi.json', async (request, reply) => {
    if (made === undefined) {
      const text = JSON.stringify(openApiDocument())
      made = { text, etag: `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"` }
    }
    reply.header('etag', made.etag).header('cache-control', 'public, max-age=300')
    if (names(request.headers['if-none-match'], made.etag)) return reply.code(304).send()
    return reply.type('application/json; charset=utf-8').send(made.text)
  })
}
