// Calls to a door as its clients make them: forms, uploads, and whatever else arrives over a wire.

import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { createApp } from '../src/app.ts'
import type { Clock } from '../src/core/ports.ts'
import type { Server } from '../src/http/door.ts'
import { readXml } from './xml.ts'

/** An answer, and what stands in it. */
export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
  readonly bytes: Uint8Array
  /** The body read as JSON. */
  json<T>(): T
}

/** A body: form fields, a form as its sender spelled it, or any bytes under any type. */
export type Body =
  | Readonly<Record<string, string>>
  | string
  | { readonly bytes: string | Uint8Array; readonly type: string | undefined }

/** One part of an upload; with a file name it is a file. */
export type Part = {
  readonly name: string
  readonly value: string | Uint8Array
  readonly fileName?: string
  readonly type?: string
}

export type Headers = Readonly<Record<string, string>>

/** Sends requests to one door, as one account or as nobody. */
export type Caller = {
  get(path: string, headers?: Headers): Promise<Reply>
  post(path: string, body?: Body, headers?: Headers): Promise<Reply>
  send(method: string, path: string, body?: Body, headers?: Headers): Promise<Reply>
  /** The same door for somebody else; without a name without credentials. */
  as(user?: string, password?: string): Caller
}

/** What holds for every answer of a door; it throws when it does not. */
export type Law = (reply: Reply, call: string) => void

/** The app over a book, quiet, with the book's own clock. */
export function appOver(book: { core: Parameters<typeof createApp>[0]['core']; clock: Clock }): Server {
  return createApp(book, { publicUrl: 'http://127.0.0.1', hosts: new Map([['xpenser.example', 'xpenser']]) })
}

/** A caller of the door below `prefix`, over a book whose clock the test moves. */
export function callBook(
  { core, clock }: { core: Parameters<typeof createApp>[0]['core']; clock: { readonly now: number } },
  prefix: string,
  laws: readonly Law[] = [],
): Caller {
  return callDoor(appOver({ core, clock: () => clock.now }), prefix, laws)
}

/** A caller below `prefix`. Every answer must hold to `laws`, and never be a bug of ours. */
export function callDoor(server: Server, prefix: string, laws: readonly Law[] = []): Caller {
  return callerWith({})

  function callerWith(own: Headers): Caller {
    const send: Caller['send'] = async (method, path, body, headers = {}) => {
      const { bytes, type } = wire(body)
      const response = await server.inject({
        method: method as 'GET',
        url: prefix + path,
        headers: { ...own, ...(type === undefined ? {} : { 'content-type': type }), ...headers },
        ...(bytes === undefined ? {} : { payload: typeof bytes === 'string' ? bytes : Buffer.from(bytes) }),
      })
      const reply: Reply = {
        status: response.statusCode,
        headers: response.headers as Reply['headers'],
        text: response.payload,
        bytes: response.rawPayload,
        json: () => JSON.parse(response.payload),
      }
      const call = `${method} ${path.slice(0, 200)}`
      assert.notEqual(reply.status, 500, `${call} met a bug`)
      for (const law of laws) law(reply, call)
      return reply
    }
    return {
      send,
      get: (path, headers) => send('GET', path, undefined, headers),
      post: (path, body = '', headers) => send('POST', path, body, headers),
      as: (user, password) =>
        callerWith(user === undefined ? {} : { authorization: basic(user, password ?? '') }),
    }
  }
}

/** Whatever says that it is JSON or XML can be read as such. */
export const readable: Law = ({ status, headers, text }, call) => {
  const type = headers['content-type'] ?? ''
  if (text === '' || status === 204) return
  try {
    if (type.startsWith('application/json')) JSON.parse(text)
    if (type.startsWith('text/xml')) readXml(text)
  } catch (error) {
    assert.fail(`${call} cannot be read: ${String(error)}\n${text.slice(0, 500)}`)
  }
}

/** A door whose every refusal is plain text. */
export const plainRefusals: Law = ({ status, headers }, call) => {
  if (status >= 400) assert.equal(headers['content-type'], 'text/plain; charset=utf-8', call)
}

/** The value of an Authorization header. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

const boundary = 'daybook-test-boundary'

/** A form with files, as a browser writes it. */
export function upload(...parts: readonly Part[]): { bytes: Uint8Array; type: string } {
  const chunks = parts.flatMap(({ name, value, fileName, type }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"`
    const typed = fileName === undefined ? '' : `Content-Type: ${type ?? 'application/octet-stream'}\r\n`
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${typed}\r\n`
    return [Buffer.from(head), Buffer.from(value as string), Buffer.from('\r\n')]
  })
  const bytes = Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)])
  return { bytes, type: `multipart/form-data; boundary=${boundary}` }
}

/** Sends bytes over a connection of their own to a listening server and answers everything that comes back. */
export async function exchange(port: number, request: string | Uint8Array, cut = false): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
  })
  // A server that has said all may close before the last byte was sent.
  socket.on('error', () => undefined)
  const closed = new Promise((resolve) => socket.on('close', resolve))
  socket.write(request)
  if (cut) socket.end()
  await closed
  return text
}

/** Lets a server listen on a free port of this machine. */
export async function listen(server: Server): Promise<number> {
  await server.listen({ host: '127.0.0.1', port: 0 })
  const address = server.server.address()
  return typeof address === 'object' && address !== null ? address.port : assert.fail('It does not listen.')
}

function wire(body: Body | undefined): { bytes?: string | Uint8Array; type?: string | undefined } {
  if (body === undefined) return {}
  if (typeof body === 'string') return { bytes: body, type: 'application/x-www-form-urlencoded' }
  if ('bytes' in body && 'type' in body) return body as { bytes: string | Uint8Array; type: string }
  return wire(new URLSearchParams(body as Record<string, string>).toString())
}
