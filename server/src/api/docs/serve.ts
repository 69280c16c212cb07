// Serves the docs page and its style: no script, and nothing from any other host.

import { readFileSync } from 'node:fs'
import type { Server } from '../../http/door.ts'
import { docsPage } from './page.ts'

const policy = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"

/** Adds `/api/docs`. */
export function addDocs(server: Server): void {
  const style = readFileSync(new URL('docs.css', import.meta.url), 'utf8')
  server.get('/api/docs', async (_, reply) =>
    reply
      .header('content-security-policy', policy)
      .header('referrer-policy', 'no-referrer')
      .header('x-frame-options', 'DENY')
      .header('cache-control', 'public, max-age=300')
      .type('text/html; charset=utf-8')
      .send(docsPage()),
  )
  server.get('/api/docs/style.css', async (_, reply) =>
    reply.header('cache-control', 'public, max-age=300').type('text/css; charset=utf-8').send(style),
  )
}
