// Anything at all at the Kimai door: random bodies, queries and addresses never meet a bug, and refusals change nothing.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { forEachEngine } from '../../../test/harness.ts'
import { createKimaiBook, type KimaiBook } from '../../../test/kimai-client.ts'
import { type Method, routes } from './routes.ts'

const names = [
  'begin',
  'end',
  'project',
  'activity',
  'expenseCategory',
  'multiplier',
  'cost',
  'description',
  'tags',
  'user',
  'name',
  'customer',
  'budget',
  'timeBudget',
  'color',
  'visible',
  'teams',
  'members',
  'roles',
  'rate',
  'message',
  'value',
  'break',
  'copy',
  'nonsense',
]

const parameters = [
  'begin',
  'end',
  'term',
  'order',
  'orderBy',
  'page',
  'size',
  'full',
  'user',
  'users[]',
  'customers[]',
]
const more = [
  'projects',
  'tags[]',
  'visible',
  'exported',
  'active',
  'modified_after',
  'name',
  'status[]',
  'globals',
  'start',
]

const plausible = [
  '1',
  '2',
  '0',
  '-1',
  'all',
  '2026-05-20T10:00:00',
  '1:30',
  '#abc',
  'true',
  'ASC',
  'id',
  'name',
  '',
  'a:b !c',
]

const scalar = fc.oneof(
  fc.constantFrom(...plausible),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
)

const body = fc.oneof(
  fc.dictionary(
    fc.constantFrom(...names),
    fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.dictionary(fc.string(), scalar)),
    {
      maxKeys: 8,
    },
  ),
  fc.array(fc.record({ name: scalar, value: scalar }), { maxLength: 3 }),
  fc.jsonValue({ maxDepth: 4 }),
)

const query = fc
  .array(
    fc.tuple(
      fc.constantFrom(...parameters, ...more),
      fc.oneof(fc.constantFrom(...plausible), fc.string({ unit: 'binary', maxLength: 20 })),
    ),
    {
      maxLength: 5,
    },
  )
  .map((pairs) =>
    pairs.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&'),
  )

const endpoints = routes.flatMap(({ path, methods }) =>
  (Object.keys(methods) as Method[])
    // What ends accounts, tokens and things would leave nothing to try on.
    .filter((method) => method !== 'DELETE' && !path.includes('comments') && path !== '/api/users')
    .map((method) => ({ method, path })),
)

forEachEngine('Anything at all at the Kimai door', (engine) => {
  let kimai: KimaiBook
  before(async () => {
    kimai = await createKimaiBook(engine)
    const { project, activity, category } = kimai.things
    const begin = '2026-05-20T10:00:00'
    for (const role of ['owner', 'member']) {
      await kimai.as(role).made('POST', '/api/expenses', { begin, project, expenseCategory: category })
      await kimai.as(role).made('POST', '/api/timesheets', { begin, end: begin, project, activity })
    }
  })

  const log = async () => (await kimai.book.log()).length

  test('is answered, and what is refused changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...endpoints),
        fc.constantFrom('owner', 'member'),
        fc.integer({ min: 1, max: 3 }),
        body,
        query,
        async ({ method, path }, role, id, sent, asked) => {
          const address = `${path.replace(':id', String(id)).replace(':other', '1')}?${asked}`
          const before = await log()
          // The laws of the door are checked with every call: no bug, JSON or nothing, refusals in their form.
          const reply = await kimai.as(role).send(method, address, method === 'GET' ? undefined : sent)
          if (method === 'GET' || reply.status >= 400)
            assert.equal(await log(), before, `${method} ${address}`)
        },
      ),
      { numRuns: 400, seed: 20_261_120 },
    )
  })
})
