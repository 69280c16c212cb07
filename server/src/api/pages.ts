// The pages of the web app's shell, and the set-up page of the first start.

import { readFileSync } from 'node:fs'
import type { FastifyReply } from 'fastify'
import { parseTimeZone } from '../core/day.ts'
import { DomainError } from '../core/errors.ts'
import type { Core } from '../core/index.ts'
import { parseCurrency } from '../core/money.ts'
import type { Server } from '../http/door.ts'
import { first, type Pairs, queryOf, readPairs } from '../http/pairs.ts'
import { addDocs } from './docs/serve.ts'

const web = new URL('../../../web/', import.meta.url)

/** Characters of a set-up form at most. */
const maxForm = 10_000

/** Serves the shell at `/`, and `/set-up` while the book is empty and the link is right. */
export function addPages(server: Server, core: Core): void {
  const shell = readFileSync(new URL('index.html', web), 'utf8')
  const style = readFileSync(new URL('style.css', web), 'utf8')
  const form = readFileSync(new URL('set-up.html', web), 'utf8')
  const type = 'application/x-www-form-urlencoded'
  server.addContentTypeParser(
    type,
    { parseAs: 'string', bodyLimit: maxForm },
    async (_: unknown, body: string) => readPairs(body),
  )

  addDocs(server)
  server.get('/', async (_, reply) => page(reply, 200, shell))
  server.get('/style.css', async (_, reply) => reply.type('text/css; charset=utf-8').send(style))

  server.get('/set-up', async (request, reply) => {
    const key = first(readPairs(queryOf(request.url)) ?? [], 'key') ?? ''
    const refusal = await refusalOf(() => core.setUp.check(key))
    if (refusal !== undefined) return page(reply, 404, shellWith(shell, 'This link is used up or wrong.'))
    return page(reply, 200, filled(form, [['key', key]], ''))
  })

  server.post('/set-up', async (request, reply) => {
    const pairs = (request.body as Pairs | undefined) ?? []
    const refusal = await refusalOf(() => accept(core, pairs))
    if (refusal !== undefined) return page(reply, 400, filled(form, pairs, refusal))
    return page(
      reply,
      200,
      shellWith(shell, 'The book is yours. Sign in with your e-mail address and password.'),
    )
  })
}

async function accept(core: Core, pairs: Pairs): Promise<void> {
  const given = (name: string) => first(pairs, name) ?? ''
  const currency = parseCurrency(given('currency').trim())
  const timeZone = parseTimeZone(given('time-zone').trim())
  if (currency === undefined) throw new DomainError('invalid', 'wrong_input', 'This is no currency in use.')
  if (timeZone === undefined) throw new DomainError('invalid', 'wrong_input', 'This is no time zone.')
  await core.setUp.accept(
    given('key'),
    { name: given('organization'), currency, timeZone },
    { email: given('email'), name: given('name'), password: given('password') },
  )
}

async function refusalOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof DomainError) return error.message
    throw error
  }
}

function page(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'",
    )
    .header('referrer-policy', 'no-referrer')
    .header('x-frame-options', 'DENY')
    .type('text/html; charset=utf-8')
    .send(html)
}

function shellWith(shell: string, message: string): string {
  return shell.replace('<!-- message -->', `<p role="status">${escapeHtml(message)}</p>`)
}

/** The form with what was typed, except the password. */
function filled(form: string, pairs: Pairs, refusal: string): string {
  const message = refusal === '' ? '' : `<p role="alert">${escapeHtml(refusal)}</p>`
  return form.replace(/\{(\w[\w-]*)\}/g, (_, name: string) =>
    name === 'message' ? message : name === 'password' ? '' : escapeHtml(first(pairs, name) ?? ''),
  )
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}
