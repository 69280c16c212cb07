// Bodies: JSON read strictly, and files, raw or as a form. Everything else is of an unknown type.

import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { maxReceiptBytes } from '../core/expenses/receipts.ts'
import type { Server } from '../http/door.ts'
import { readMultipart } from '../http/multipart.ts'
import { maxBodyBytes } from '../http/server.ts'
import { readJson } from './json.ts'
import type { Operation, Upload } from './operation.ts'
import { Refusal, unreadable } from './problem.ts'
import { check } from './validate.ts'

type IncomingMessage = FastifyRequest['raw']

/** A body that has been read: what it says, and a digest of it for idempotency. */
export type Read = { readonly body: unknown; readonly upload: Upload | undefined; readonly digest: string }

/** Bytes of a form around its file. */
const formOverhead = 64 * 1024

/** Lets every body through unread: what a body may be depends on the operation, and on who sends it. */
export function addBodyReaders(server: Server): void {
  server.addContentTypeParser(
    '*',
    (_: unknown, payload: IncomingMessage, done: (e: null, b: unknown) => void) => {
      done(null, payload)
    },
  )
}

/** Reads the body that an operation takes. Throws a 400, 413, 415 or 422. */
export async function readBody(request: FastifyRequest, operation: Operation): Promise<Read> {
  if (operation.takesFile) return readUpload(request)
  const bytes = await collect(request, maxBodyBytes)
  if (bytes.length === 0 && (operation.body === undefined || operation.bodyOptional)) {
    return { body: operation.body === undefined ? undefined : {}, upload: undefined, digest: '' }
  }
  if (operation.body === undefined) throw unreadable('This takes no body.')
  checkType(request.headers['content-type'])
  const body = readJson(bytes)
  if (body === undefined) throw unreadable('The body is empty.')
  check(operation.body, body)
  return { body, upload: undefined, digest: digestOf(bytes) }
}

function checkType(type: string | undefined): void {
  const [name = '', ...parameters] = (type ?? '').toLowerCase().split(';')
  const isJson = /^application\/(?:json|merge-patch\+json)$/.test(name.trim())
  const charset = parameters.map((part) => part.trim()).find((part) => part.startsWith('charset='))
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset)
  if (isJson && isUtf8) return
  throw new Refusal(415, 'unsupported_type', 'The body must be application/json in UTF-8.')
}

/** The bytes of a body. Throws a 413 for more than `limit`, and a 400 for one that was cut. */
async function collect({ body }: FastifyRequest, limit: number): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array()
  const payload = body as IncomingMessage
  const tooLarge = new Refusal(413, 'too_large', `The body has more than ${limit} bytes.`)
  if (Number(payload.headers?.['content-length'] ?? 0) > limit) throw tooLarge
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let size = 0
    payload.on('data', (chunk: Uint8Array) => {
      size += chunk.length
      // The rest is read and dropped, so that the sender gets to read the answer.
      if (size > limit) reject(tooLarge)
      else chunks.push(chunk)
    })
    payload.on('end', () => resolve(Buffer.concat(chunks)))
    payload.on('error', () => reject(unreadable('The body was cut.')))
    payload.on('close', () => reject(unreadable('The body was cut.')))
  })
}

async function readUpload(request: FastifyRequest): Promise<Read> {
  const type = request.headers['content-type']
  const file = /^multipart\/form-data/i.test(type ?? '') ? await readForm(request) : await readRaw(request)
  const digest = createHash('sha256').update(file.fileName).update('\0').update(file.bytes).digest('hex')
  return { body: undefined, upload: file, digest }
}

async function readForm({ body, headers }: FastifyRequest): Promise<Upload> {
  if (body === undefined || body === null) throw unreadable('The form is empty.')
  const limits = { maxFileBytes: maxReceiptBytes, maxFiles: 1, maxFieldBytes: formOverhead }
  const form = await readMultipart(body as IncomingMessage, headers, limits)
  if (form === 'broken') throw unreadable('The form cannot be read.')
  if (form === 'too_large')
    throw new Refusal(413, 'too_large', `A file has at most ${maxReceiptBytes} bytes.`)
  const [file] = form.files
  if (file === undefined) throw unreadable('The form has no file.')
  return { fileName: file.fileName, bytes: file.bytes }
}

async function readRaw(request: FastifyRequest): Promise<Upload> {
  const bytes = await collect(request, maxReceiptBytes)
  const header = request.headers['x-file-name']
  return { fileName: decoded(typeof header === 'string' ? header : ''), bytes }
}

// Percent-encoded, since a header holds no other letters than those of ASCII for sure.
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    throw unreadable('The file name cannot be read.', [
      { in: 'header', path: '/X-File-Name', code: 'format', message: 'It is percent-encoded UTF-8.' },
    ])
  }
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
