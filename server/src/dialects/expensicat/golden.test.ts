// What the door answers for the demo world, kept as files to be read: one for each scenario, named by its sentence.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Reply } from '../../../test/door-client.ts'
import { type Client, callExpensicat, testKeys } from '../../../test/expensicat-door.ts'
import { openGoldens } from '../../../test/golden.ts'
import { type Filled, openFilled } from '../../commands/demo/filled.ts'
import { utc } from '../../commands/demo/pacific.ts'
import { createIds } from './ids.ts'
import { idPurpose } from './index.ts'

const testIds = createIds(testKeys.derive(idPurpose))

type Scenario = readonly [sentence: string, status: number, call: (owner: Client) => Promise<Reply>]

const api = '/api/v1'
const studio = 1
const idOf = (noun: Parameters<typeof testIds.present>[0], id: number) => testIds.present(noun, studio, id)
const get =
  (path: string) =>
  (owner: Client): Promise<Reply> =>
    owner.get(api + path)
const send =
  (method: string, path: string, body: unknown) =>
  (owner: Client): Promise<Reply> =>
    owner.send(method, api + path, body)

const march = { start_time: '2026-03-02T09:00:00Z', description: 'Carriage of tens' }

const scenarios: readonly Scenario[] = [
  ['lists the latest entries', 200, get('/time-entries?limit=5')],
  ['lists the entries of two days', 200, get('/time-entries?start_date=2026-09-01&end_date=2026-09-02')],
  ['lists my own', 200, get('/time-entries?user_id=me&limit=3')],
  ['lists what a description contains', 200, get('/time-entries?q=berth&limit=2')],
  ['lists nothing', 200, get('/time-entries?q=nowhere')],
  ['reads an entry', 200, get(`/time-entries/${idOf('time_entry', 100)}`)],
  ['lists the projects', 200, get('/projects')],
  ['reads a project', 200, get(`/projects/${idOf('project', 1)}`)],
  ['lists the customers', 200, get('/customers')],
  ['lists the recurring invoices', 200, get('/recurring-invoices')],
  ['lists the categories', 200, get('/categories')],
  ['lists the members', 200, get('/members')],
  ['reads the organization', 200, get('/organizations/current')],
  ['asks for a token', 401, (owner) => owner.as().get(`${api}/time-entries`)],
  ['refuses a wrong token', 401, (owner) => owner.as('nobody').get(`${api}/time-entries`)],
  ['refuses a page that is too long', 400, get('/time-entries?limit=101')],
  ['refuses a cursor of its own making', 400, get('/time-entries?cursor=abc')],
  ['does not find a published sample id', 404, get('/time-entries/string')],
  ['refuses an entry without anything', 400, send('POST', '/time-entries', {})],
  [
    'refuses an end before the start',
    400,
    send('POST', '/time-entries', { ...march, end_time: '2026-03-02T08:00:00Z' }),
  ],
  [
    'refuses to change what is billed',
    409,
    send('PATCH', `/time-entries/${idOf('time_entry', 100)}`, { billable: false }),
  ],
  ['refuses what is no JSON', 400, send('POST', '/time-entries', '{')],
  ['creates a running entry', 201, send('POST', '/time-entries', march)],
  [
    'creates an entry in a project',
    201,
    send('POST', '/time-entries', {
      ...march,
      end_time: '2026-03-02T10:30:00+01:00',
      project_id: idOf('project', 1),
      billable: false,
    }),
  ],
  [
    'changes an entry',
    200,
    send('PATCH', `/time-entries/${idOf('time_entry', 100)}`, { description: 'Corrected' }),
  ],
  ['creates a customer', 201, send('POST', '/customers', { name: 'Royal Society', country_code: 'GB' })],
  ['creates a project', 201, send('POST', '/projects', { name: 'Difference engine', hourly_rate: 92.5 })],
]

describe('The answers for the demo world', () => {
  const goldens = openGoldens(new URL('golden/', import.meta.url))
  let book: Filled
  let owner: Client
  before(async () => {
    book = await openFilled()
    const { token } = book.summary.doors.expensicat
    owner = callExpensicat({ core: book.core, clock: () => utc('2026-11-20 08:00:00') }).as(token)
  })
  after(() => book.close())

  for (const [sentence, status, call] of scenarios) {
    test(sentence, async () => {
      const reply = await call(owner)
      assert.equal(reply.status, status, reply.text)
      goldens.check(sentence, { kind: 'json', text: reply.text })
    })
  }

  test('no file is left over from a scenario that is gone', () => goldens.checkNothingLeft())
})
