// The published sample calls as they stand, and the keys of the published sample answers.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { type Client, refused, signedIn } from '../../../test/expensicat-door.ts'
import { createTestBook, createTestEngine, type TestBook } from '../../../test/harness.ts'
import { currency } from '../../core/money.ts'

/** The sample entry, of which the list shows the invoice too. */
const sample = {
  id: 'string',
  organization_id: 'string',
  user_id: 'string',
  project_id: 'string',
  start_time: 'string',
  end_time: 'string',
  duration: 0,
  description: 'string',
  billable: true,
  invoice_id: 'string',
  created_at: 'string',
  updated_at: 'string',
  user: { id: 'string', full_name: 'string', email: 'string', avatar_url: 'string' },
  project: {
    id: 'string',
    name: 'string',
    customer_id: 'string',
    hourly_rate: 0,
    currency: 'string',
    customer: { id: 'string', name: 'string' },
  },
}
const invoice = { id: 'string', number: 'string', status: 'string', date: 'string', due_date: 'string' }

/** The keys of a value at every depth, in their order, with the JSON type of what is not null. */
function outline(value: unknown, known: unknown): unknown {
  // Pictures are not kept, so what the sample shows for one is null here.
  if (value === null) return typeof known
  if (typeof value !== 'object') return typeof value
  const expected = known as Record<string, unknown>
  return Object.entries(value).map(([key, field]) => [key, outline(field, expected[key])])
}

describe('The published samples of Expensicat', () => {
  const engine = createTestEngine('sqlite')
  let book: TestBook
  let owner: Client
  let id: string
  before(async () => {
    book = await createTestBook(engine)
    owner = await signedIn(book, 'owner')
    const { core } = book
    const actor = book.actorOf('owner')
    const client = await core.clients.add(actor, { name: 'Acme', currency: currency('EUR') })
    const project = await owner.post('/v1/projects', { name: 'Rockets', hourly_rate: 5 })
    const projectId = project.json<{ data: { id: string } }>().data.id
    const [kept] = await core.projects.page(actor, {})
    await core.projects.update(actor, kept?.id ?? 0, { clientId: client.id })
    const made = await owner.post('/v1/time-entries', {
      start_time: '2026-03-02T09:00:00Z',
      end_time: '2026-03-02T10:00:00Z',
      description: 'string',
      project_id: projectId,
    })
    id = made.json<{ data: { id: string } }>().data.id
    const [entry] = await core.time.list(actor, {})
    const draft = await core.invoices.add(actor, {
      clientId: client.id,
      lines: [{ title: 'Work', timeEntryIds: [entry?.id ?? 0] }],
    })
    await core.invoices.send(actor, draft.id)
  })

  test('curl -X GET /v1/time-entries answers a list like the sample, key by key', async () => {
    const answer = (await owner.get('/v1/time-entries')).json<{ data: unknown[]; meta: object }>()
    assert.deepEqual(Object.keys(answer), ['data', 'meta'])
    assert.deepEqual(Object.keys(answer.meta), ['count', 'next_cursor'])
    const whole = { ...sample, invoice }
    assert.deepEqual(outline(answer.data[0], whole), outline(whole, whole))
  })

  test('curl -X POST with the sample body says what is wrong with its time', async () => {
    const body = '{    "start_time": "string",    "description": "string"  }'
    assert.equal(
      refused(await owner.send('POST', '/v1/time-entries', body)),
      '400 VALIDATION_ERROR start_time',
    )
    const timed = body.replace('"start_time": "string"', '"start_time": "2026-03-02T09:00:00Z"')
    assert.equal((await owner.send('POST', '/v1/time-entries', timed)).status, 201)
  })

  test('curl -X GET /v1/time-entries/string finds nothing of that name, and an entry like the sample by its id', async () => {
    assert.equal(refused(await owner.get('/v1/time-entries/string')), '404 NOT_FOUND')
    const { data } = (await owner.get(`/v1/time-entries/${id}`)).json<{ data: object }>()
    assert.deepEqual(outline(data, sample), outline(sample, sample))
  })

  test('curl -X PATCH with the sample body {} changes nothing and answers an entry like the sample', async () => {
    await book.unchanged(async () => {
      const { data } = (await owner.send('PATCH', `/v1/time-entries/${id}`, '{}')).json<{ data: object }>()
      assert.deepEqual(outline(data, sample), outline(sample, sample))
    })
    assert.equal(refused(await owner.send('PATCH', '/v1/time-entries/string', '{}')), '404 NOT_FOUND')
  })

  test('curl -X DELETE answers nothing at all', async () => {
    assert.equal(refused(await owner.delete('/v1/time-entries/string')), '404 NOT_FOUND')
    const made = await owner.post('/v1/time-entries', { start_time: '2026-03-02T09:00:00Z', description: '' })
    const reply = await owner.delete(`/v1/time-entries/${made.json<{ data: { id: string } }>().data.id}`)
    assert.deepEqual([reply.status, reply.text, reply.headers['content-type']], [204, '', undefined])
  })
})
