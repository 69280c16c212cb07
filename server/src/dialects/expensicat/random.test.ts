// Anything at all, at every route: each answer is in the envelope, none is a bug, and what is refused has changed nothing.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import fc from 'fast-check'
import { type Client, signedIn, testKeys } from '../../../test/expensicat-door.ts'
import { createTestBook, createTestEngine, type TestBook } from '../../../test/harness.ts'
import { createIds } from './ids.ts'
import { idPurpose } from './index.ts'
import { routes } from './routes.ts'

const ids = createIds(testKeys.derive(idPurpose))
const runs = { numRuns: 300 }

describe('Anything at all at the Expensicat door', () => {
  const engine = createTestEngine('sqlite')
  let book: TestBook
  let owner: Client
  before(async () => {
    book = await createTestBook(engine)
    owner = await signedIn(book, 'owner')
    const actor = book.actorOf('owner')
    const client = await book.core.clients.add(actor, { name: 'Acme' })
    const project = await book.core.projects.add(actor, { name: 'Rockets', clientId: client.id })
    await book.core.time.log(actor, { startedAt: book.clock.now, projectId: project.id })
  })

  const uuid = fc
    .tuple(
      fc.constantFrom<Parameters<typeof ids.present>[0]>(
        'client',
        'project',
        'time_entry',
        'person',
        'category',
      ),
      fc.integer({ min: 1, max: 4 }),
    )
    .map(([noun, id]) => ids.present(noun, book.organizations.a, id))
  const instant = fc
    .date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') })
    .map((date) => date.toISOString())
  const value = fc.oneof(
    { weight: 2, arbitrary: uuid },
    { weight: 2, arbitrary: instant },
    instant.map((text) => text.slice(0, 10)),
    fc.constantFrom('admin', 'member', 'weekly', 'EUR', 'NL', '5', true, false, null, 0, -1, 1.5, 1e300),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.jsonValue({ maxDepth: 2 }),
  )
  const line = fc.record(
    { name: value, description: value, quantity: value, price: value },
    { requiredKeys: [] },
  )
  const names = [
    ...['start_time', 'end_time', 'description', 'project_id', 'billable', 'name', 'customer_id', 'color'],
    ...['hourly_rate', 'currency', 'active', 'email', 'country', 'country_code', 'notes', 'frequency'],
    ...['start_date', 'end_date', 'max_invoices', 'auto_send', 'role', 'logo', 'slug', 'id', '__proto__'],
  ]
  const fields = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 8 })
  const body = fc.oneof(
    { weight: 5, arbitrary: fields.map((some) => JSON.stringify(some)) },
    fc
      .tuple(fields, fc.array(line, { maxLength: 3 }))
      .map(([some, items]) => JSON.stringify({ ...some, items })),
    fc.json(),
    fc.string({ unit: 'binary', maxLength: 50 }).map((text) => Buffer.from(text).toString()),
  )

  for (const { path, methods } of routes) {
    for (const method of Object.keys(methods).filter((each) => each !== 'GET')) {
      test(`in the body of ${method} ${path}`, () =>
        fc.assert(
          fc.asyncProperty(uuid, body, async (id, text) => {
            const before = (await book.log()).length
            const reply = await owner.send(method, `/v1${path.replace(':id', id)}`, text)
            assert.ok([200, 201, 204, 400, 404, 409].includes(reply.status), `${reply.status} ${reply.text}`)
            if (reply.status >= 400) assert.equal((await book.log()).length, before, text)
          }),
          runs,
        ))
    }
  }

  const parameters = [
    'cursor',
    'limit',
    'start_date',
    'end_date',
    'q',
    'project_id',
    'user_id',
    'status',
    'role',
    'x',
  ]
  const query = fc
    .array(
      fc.tuple(
        fc.constantFrom(...parameters),
        fc.oneof(value.map(String), fc.constantFrom('me', '1', '100')),
      ),
      {
        maxLength: 5,
      },
    )
    .map((pairs) =>
      pairs.map(([name, text]) => `${name}=${encodeURIComponent(text.toWellFormed())}`).join('&'),
    )
  for (const { path } of routes.filter(({ methods }) => 'GET' in methods)) {
    test(`in the query of GET ${path}`, () =>
      fc.assert(
        fc.asyncProperty(uuid, query, async (id, text) => {
          const reply = await owner.get(`/v1${path.replace(':id', id)}?${text}`)
          assert.ok([200, 400, 404].includes(reply.status), `${reply.status} ${text}`)
        }),
        runs,
      ))
  }
})
