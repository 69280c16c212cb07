// Every example of the documents, executed on a demo book of both engines: it succeeds, and its answer is as the schema
// says. What they answer stands in openapi/golden/examples.json; DAYBOOK_ACCEPT=1 writes it anew.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { callDoor } from '../../test/door-client.ts'
import { forEachEngine } from '../../test/harness.ts'
import { type Native, nativeLaw, nativeOver, type Wire } from '../../test/native-door.ts'
import { createApp, openBook } from '../app.ts'
import { fillDemo } from '../commands/demo/fill.ts'
import { drawReceipt } from '../commands/demo/receipts.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations/index.ts'
import { resources } from './resources/index.ts'
import { flawsOf } from './validate.ts'

const file = new URL('openapi/golden/examples.json', import.meta.url)
const slip = { shop: 'Harbor Grill', day: '2026-10-02', items: ['lunch'], total: 'EUR 34.50', number: '7' }
const png = drawReceipt('a.png', slip).bytes
const answers: Record<string, unknown> = {}

forEachEngine('The examples of the documents', (engine) => {
  let owner: Native
  let nobody: Native

  before(async () => {
    const folder = mkdtempSync(join(engine.folder, 'book-'))
    const config = { data: folder, database: await engine.freshAddress(), files: join(folder, 'files') }
    const clock = () => Date.parse('2026-11-20T08:00:00Z')
    const book = engine.closing(await openBook(config, { clock }))
    const { people } = await fillDemo({ ...book, publicUrl: 'http://127.0.0.1' })
    const caller = callDoor(createApp(book, { publicUrl: 'http://127.0.0.1', hosts: new Map() }), '/api/v1', [
      nativeLaw,
    ])
    nobody = nativeOver(caller)
    owner = nativeOver(caller.as(people[0]?.email, people[0]?.token))
  })

  /** Something of one's own for an operation that names one: made as its create example says. */
  async function freshId(path: string): Promise<number | undefined> {
    const [, first = '', , last = ''] = path.split('/')
    const made = await madeFor(first === 'expenses' && last === 'receipts' ? 'expenses' : first)
    if (made !== undefined && last === 'restore') await owner.delete(`/${first}/${made}`)
    if (first === 'time-entries' && last === 'stop') {
      return (await owner.expect(201, owner.post('/time-entries/start', {}))).id
    }
    return made
  }

  async function madeFor(noun: string): Promise<number | undefined> {
    if (noun === 'receipts') {
      const expense = await madeFor('expenses')
      const added = await owner.caller.send('POST', `/expenses/${expense}/receipts`, {
        bytes: png,
        type: 'image/png',
      })
      return added.json<Wire>().id
    }
    if (noun === 'sessions' || noun === 'consents') return undefined
    if (noun === 'applications') {
      return (await owner.expect(201, owner.post('/applications', exampleOf('createApplication')))).id
    }
    if (noun === 'tokens')
      return (await owner.expect(201, owner.post('/tokens', exampleOf('createToken')))).id
    if (noun === 'notes') return (await owner.expect(201, owner.post('/notes', exampleOf('createNote')))).id
    const resource = resources.find(({ path }) => path === noun)
    if (resource === undefined) return undefined
    const body =
      noun === 'payments' ? await payable(resource.examples.create) : unique(resource.examples.create)
    return (await owner.expect(201, owner.post(`/${noun}`, body))).id
  }

  async function payable(body: object): Promise<object> {
    return { ...body, invoice_id: await madeFor('invoices') }
  }

  for (const operation of operations) {
    test(`${operation.name} does as shown`, async () => {
      const { example, method, status, answer, name, takesFile } = operation
      if (name === 'setUp') return assertUsedUp()
      // What an app would show is not known here; the second factor has a test of its own.
      if (['confirmTwoFactor', 'renewRecoveryCodes', 'endConsent'].includes(name)) return
      const target = await addressOf(operation)
      const body = await bodyOf(operation)
      const by = operation.open === undefined ? owner : nobody
      const sent = takesFile
        ? { bytes: png, type: 'image/png' }
        : body === undefined
          ? undefined
          : { bytes: JSON.stringify(body), type: 'application/json' }
      const reply = await by.caller.send(method, target, sent, example.headers)
      assert.equal(reply.status, status, `${method} ${target}: ${reply.text.slice(0, 600)}`)
      if (answer === undefined) return
      assert.deepEqual(flawsOf(answer, reply.json()), [], `${name}: ${reply.text.slice(0, 600)}`)
      answers[name] = shortened(reply.json())
    })
  }

  async function addressOf({ path, example, name }: Operation): Promise<string> {
    const query = example.query === undefined ? '' : `?${example.query}`
    const fresh = name === 'endSessionById' ? await ownSession() : await freshId(path)
    const ids = path.replaceAll(/\{(\w+)\}/g, (_, each) => String(fresh ?? example.ids?.[each] ?? 1))
    return ids + query
  }

  async function ownSession(): Promise<number> {
    return (await nobody.expect(201, nobody.post('/session', exampleOf('startSession')))).id
  }

  async function bodyOf({ example, name }: Operation): Promise<unknown> {
    const { body } = example
    if (name === 'createPayment') return payable(body as object)
    if (name === 'bulkWritePayments') return bulkOf(body, await madeFor('payments'), payable)
    if (name.startsWith('bulkWrite')) {
      const resource = resources.find(({ types }) => name === `bulkWrite${types}`)
      return bulkOf(body, await madeFor(resource?.path ?? ''), async (data) => unique(data))
    }
    return name.startsWith('create') ? unique(body as object) : body
  }

  async function bulkOf(
    body: unknown,
    id: number | undefined,
    create: (data: object) => Promise<object>,
  ): Promise<object> {
    const { operations: rows } = body as { operations: Wire[] }
    const data = await create(rows[0].data)
    return {
      operations: [
        { ...rows[0], data },
        { ...rows[1], id },
      ],
    }
  }

  async function assertUsedUp(): Promise<void> {
    const { body } = operations.find(({ name }) => name === 'setUp')?.example ?? {}
    assert.equal((await nobody.post('/set-up', body)).status, 404, 'the demo book is set up already')
  }

  test('are shown in the documents with what they answer', () => {
    const shown = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    if (process.env.DAYBOOK_ACCEPT === '1') {
      const sorted = Object.fromEntries(
        Object.entries(answers).map(([name, value]) => [name, shortened(value)]),
      )
      writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`)
      return
    }
    assert.deepEqual(Object.keys(shown).sort(), Object.keys(answers).sort())
    for (const { name, answer } of operations) {
      if (answer !== undefined && name in shown) assert.deepEqual(flawsOf(answer, shown[name]), [], name)
    }
  })
})

let count = 0

/** Names that must be unique get a number. */
function unique(body: object): object {
  if (!('name' in body)) return body
  count += 1
  return { ...body, name: `${String(body.name)}${count < 2 ? '' : ` ${count}`}` }
}

function exampleOf(name: string): unknown {
  return operations.find((operation) => operation.name === name)?.example.body
}

/** As it is shown: lists with two items, and a secret that is none. */
function shortened(value: unknown): unknown {
  const { data, secret } = value as { data?: unknown; secret?: unknown }
  if (typeof secret === 'string') return { ...(value as object), secret: '0123456789abcdef'.repeat(2) }
  return Array.isArray(data) ? { ...(value as object), data: data.slice(0, 2) } : value
}
