// The body of a request as inputs and files, whatever its type.

import type { FastifyRequest } from 'fastify'
import { maxReceiptBytes } from '../../core/expenses/receipts.ts'
import type { Server } from '../../http/door.ts'
import { type FilePart, type FormProblem, readMultipart } from '../../http/multipart.ts'
import { type Pairs, readPairs } from '../../http/pairs.ts'
import type { Input, InputValue } from './input.ts'
import { readXmlInput } from './xml-input.ts'

/** One input, or for a JSON array several. */
export type Body = {
  readonly inputs: readonly Input[]
  readonly isList: boolean
  readonly files: readonly FilePart[]
}

/** What a form with files may hold. */
const uploadLimits = { maxFileBytes: maxReceiptBytes, maxFiles: 1, maxFieldBytes: 100_000 }

/** Objects in one JSON array at most. */
const maxInputs = 500

/** Objects and lists inside one another at most, in names of form fields. */
const maxBrackets = 4

const nothing: Body = { inputs: [], isList: false, files: [] }

/** Registers the readers of bodies. `isKnown` tells whether someone known sends this: uploads of strangers are dropped. */
export function addBodyReaders(server: Server, isKnown: (request: FastifyRequest) => Promise<boolean>): void {
  const bytes = { parseAs: 'buffer' } as const
  server.addContentTypeParser('multipart/form-data', async (request: FastifyRequest) => {
    let known = false
    try {
      known = await isKnown(request)
    } finally {
      if (!known) request.raw.resume()
    }
    if (!known) return nothing
    const form = await readMultipart(request.raw, request.headers, uploadLimits)
    if (typeof form === 'string') return form
    // Bytes that are no text have become replacement characters by now; other bodies are refused for them.
    if (form.pairs.some(([, value]) => value.includes('\ufffd'))) return 'broken'
    return ofInput(fromPairs(form.pairs), form.files)
  })
  server.addContentTypeParser('application/x-www-form-urlencoded', bytes, async (_: unknown, body: Buffer) =>
    readForm(body),
  )
  server.addContentTypeParser(['text/xml', 'application/xml'], bytes, async (_: unknown, body: Buffer) => {
    const text = decode(body)
    return text === undefined ? 'broken' : text.trim() === '' ? nothing : ofInput(readXmlInput(text))
  })
  server.addContentTypeParser('application/json', bytes, async (_: unknown, body: Buffer) => readJson(body))
  // One client sends JSON without saying so; curl says that everything is a form.
  server.addContentTypeParser('*', bytes, async (_: unknown, body: Buffer) =>
    /^\s*[[{]/.test(body.subarray(0, 100).toString('latin1')) ? readJson(body) : readForm(body),
  )
}

/** The body a reader left, or what is wrong with it. */
export function bodyOf(request: FastifyRequest): Body | FormProblem {
  return (request.body as Body | FormProblem | undefined | null) ?? nothing
}

/** Pairs as one input: `tags[]`, `tags[0]`, `items[0][item]`, and repeated names are lists. */
export function fromPairs(pairs: Pairs): Input | undefined {
  const root = emptyInput()
  for (const [name, value] of pairs) {
    const [, first = '', rest = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? ['', name, '']
    const keys = [...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, key = '']) => key)
    if (keys.length > maxBrackets) return undefined
    put(root, [first, ...keys], value)
  }
  return root
}

type Draft = { [name: string]: InputValue }

function put(into: Draft, [key = '', ...rest]: readonly string[], value: string): void {
  const name = key === '' ? String(Object.keys(into).length) : key
  const known = Object.hasOwn(into, name) ? into[name] : undefined
  if (rest.length === 0) {
    into[name] = known === undefined ? value : Array.isArray(known) ? [...known, value] : [known, value]
    return
  }
  const inner = typeof known === 'object' && known !== null && !Array.isArray(known) ? known : emptyInput()
  into[name] = inner
  put(inner as Draft, rest, value)
}

/** Without a prototype: no name that a client invents means anything more than itself. */
function emptyInput(): Draft {
  return Object.create(null) as Draft
}

function ofInput(input: Input | undefined, files: readonly FilePart[] = []): Body | FormProblem {
  return input === undefined ? 'broken' : { inputs: [input], isList: false, files }
}

function readForm(body: Buffer): Body | FormProblem {
  const pairs = readPairs(decode(body)?.trim() ?? '%')
  if (pairs === undefined || decode(body) === undefined) return 'broken'
  return pairs.length === 0 ? nothing : ofInput(fromPairs(pairs))
}

/** JSON whose numbers keep the digits they were sent with. */
function readJson(body: Buffer): Body | FormProblem {
  const text = decode(body)
  if (text === undefined) return 'broken'
  if (text.trim() === '') return nothing
  try {
    const value: unknown = JSON.parse(text, (_, field, context?: { source?: string }) =>
      typeof field === 'number' ? (context?.source ?? String(field)) : field,
    )
    if (typeof value !== 'object' || value === null) return 'broken'
    const inputs = Array.isArray(value) ? value : [value]
    if (inputs.length > maxInputs) return 'too_large'
    if (inputs.some((input) => typeof input !== 'object' || input === null || Array.isArray(input)))
      return 'broken'
    return { inputs: inputs as Input[], isList: Array.isArray(value), files: [] }
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
