// The body of a request as pairs and files, whatever its type.

import type { FastifyRequest } from 'fastify'
import type { Core } from '../../core/index.ts'
import type { Server } from '../../http/door.ts'
import type { FilePart, FormProblem } from '../../http/multipart.ts'
import { readMultipart } from '../../http/multipart.ts'
import { type Pairs, readPairs } from '../../http/pairs.ts'
import { authenticate } from './auth.ts'
import { uploadLimits } from './receipts.ts'

export type Body = { readonly pairs: Pairs; readonly files: readonly FilePart[] }

const empty: Body = { pairs: [], files: [] }

/** Registers the readers of bodies. Every one answers a `Body`, or tells what is wrong. */
export function addBodyReaders(server: Server, core: Core): void {
  const text = { parseAs: 'buffer' } as const
  server.addContentTypeParser('multipart/form-data', async (request: FastifyRequest) => {
    if (!(await isKnown(core, request))) return empty
    const form = await readMultipart(request.raw, request.headers, uploadLimits)
    // Bytes that are no text have become replacement characters by now; other bodies are refused for them.
    const damaged = typeof form !== 'string' && form.pairs.some(([, value]) => value.includes('\ufffd'))
    return damaged ? 'broken' : form
  })
  server.addContentTypeParser('application/json', text, async (_: unknown, bytes: Buffer) => readJson(bytes))
  // Forms come with their own type, with curl's default one, with a wrong one, and with none at all.
  server.addContentTypeParser('*', text, async (_: unknown, bytes: Buffer) => readForm(bytes))
}

/** Whether someone known sends this. Files are large, so those of strangers are dropped as they come. */
async function isKnown(core: Core, request: FastifyRequest): Promise<boolean> {
  try {
    if (!('status' in (await authenticate(core, request)))) return true
  } catch (error) {
    request.raw.resume()
    throw error
  }
  request.raw.resume()
  return false
}

/** The body a parser left, or what is wrong with it. A request without one is an empty form. */
export function bodyOf(request: FastifyRequest): Body | FormProblem {
  const { body } = request
  return (body as Body | FormProblem | undefined | null) ?? empty
}

function readForm(bytes: Buffer): Body | FormProblem {
  const text = decode(bytes)
  const pairs = text === undefined ? undefined : readPairs(text.trim())
  return pairs === undefined ? 'broken' : { pairs, files: [] }
}

/** A flat JSON object with the same keys as a form. Numbers keep the digits they were sent with. */
function readJson(bytes: Buffer): Body | FormProblem {
  const text = decode(bytes)
  if (text === undefined) return 'broken'
  if (text.trim() === '') return empty
  try {
    const value: unknown = JSON.parse(text, (_, field, context?: { source?: string }) =>
      typeof field === 'number' ? (context?.source ?? String(field)) : field,
    )
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'broken'
    const pairs: [string, string][] = []
    for (const [name, field] of Object.entries(value)) {
      // Tags may come as a list; anything nested deeper has no meaning here.
      const values: unknown[] = Array.isArray(field) ? field : [field]
      if (values.some((value) => typeof value === 'object' && (value !== null || field !== null)))
        return 'broken'
      if (field !== null) pairs.push([name, values.join(' ')])
    }
    return { pairs, files: [] }
  } catch {
    return 'broken'
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}
