// The web app's client: it is what the API's document says today, and a use of it type-checks and works.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { before, describe, test } from 'node:test'
import { type Client, createClient, ProblemError } from '../../../../web/src/api/request.ts'
import { appOver } from '../../../test/door-client.ts'
import { createTestBook, createTestEngine } from '../../../test/harness.ts'
import { openApiDocument } from '../../api/openapi/document.ts'
import { clientSource, type Document, typeOf } from './generate.ts'

const file = new URL('../../../../web/src/api/operations.ts', import.meta.url)

test('The committed client is the one that the document makes.', () => {
  const source = clientSource(openApiDocument() as unknown as Document)
  if (process.env.DAYBOOK_ACCEPT === '1') writeFileSync(file, source)
  assert.ok(readFileSync(file, 'utf8') === source, 'Run it again with DAYBOOK_ACCEPT=1 and read the diff.')
})

test('Schemas become the types that people would write.', () => {
  assert.equal(typeOf({ type: 'array', items: { enum: ['a', 'b'] } }, ''), "readonly ('a' | 'b')[]")
  assert.equal(
    typeOf({ anyOf: [{ $ref: '#/components/schemas/Money' }, { type: 'null' }] }, ''),
    'Money | null',
  )
  assert.equal(
    typeOf(
      { type: 'object', required: ['a'], properties: { a: { type: 'integer' }, b: { type: 'string' } } },
      '',
    ),
    '{\n  readonly a: number\n  readonly b?: string\n}',
  )
})

describe('A program that uses the client', () => {
  const engine = createTestEngine('sqlite')
  let client: Client

  before(async () => {
    const book = await createTestBook(engine)
    const { secret } = await book.core.signIn.issueToken(book.actorOf('owner'), {
      name: 'web',
      scopes: ['*'],
    })
    const server = appOver({ core: book.core, clock: () => book.clock.now })
    client = createClient({
      base: '/api/v1',
      token: secret,
      async fetch(address, init) {
        const answer = await server.inject({
          method: init.method as 'GET',
          url: address,
          headers: Object.fromEntries(new Headers(init.headers)),
          ...(typeof init.body === 'string' ? { payload: init.body } : {}),
        })
        const bytes = answer.statusCode === 204 ? null : answer.rawPayload
        return new Response(bytes && new Uint8Array(bytes), {
          status: answer.statusCode,
          headers: answer.headers as Record<string, string>,
        })
      },
    })
  })

  test('makes, finds and deletes things by their types', async () => {
    const project = await client.createProject({ body: { name: 'Atlas', billable: false } })
    const entry = await client.startTimeEntry({ body: { project_id: project.id, tags: ['map'] } })
    assert.equal(entry.ended_at, null)
    const page = await client.listTimeEntries({
      query: { project_id: [project.id], with: ['project'], limit: 5 },
    })
    assert.equal(page.data[0]?.project?.name, 'Atlas')
    assert.equal(await client.deleteTimeEntry({ path: { id: entry.id } }), undefined)
  })

  test('is told a refusal with every wrong place', async () => {
    const wrong = client.createExpense({ body: { spent_at: 'yesterday', amount: { amount: '1' } } })
    await assert.rejects(wrong, (error: unknown) => {
      assert.ok(error instanceof ProblemError)
      assert.deepEqual(
        error.problem.errors?.map(({ path }) => path),
        ['/spent_at'],
      )
      return true
    })
  })

  test('writes once under one key', async () => {
    const manner = { idempotencyKey: 'once' }
    const first = await client.createTag({ body: { name: 'only one' } }, manner)
    assert.deepEqual(await client.createTag({ body: { name: 'only one' } }, manner), first)
  })
})
