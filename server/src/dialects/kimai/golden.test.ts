// What the door answers for the demo world, kept as files to be read: one for each scenario, named by its sentence.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { appOver, callDoor, type Reply } from '../../../test/door-client.ts'
import { openGoldens } from '../../../test/golden.ts'
import { bearer, type KimaiClient, kimaiClient } from '../../../test/kimai-client.ts'
import { type Filled, openFilled } from '../../commands/demo/filled.ts'
import { utc } from '../../commands/demo/pacific.ts'

type As = (username: string) => KimaiClient
type Scenario = readonly [sentence: string, status: number, call: (as: As) => Promise<Reply>]

const get =
  (path: string, username = 'marit') =>
  (as: As): Promise<Reply> =>
    as(username).get(`/api/${path}`)
const send =
  (method: string, path: string, body?: unknown, username = 'marit') =>
  (as: As): Promise<Reply> =>
    as(username).send(method, `/api/${path}`, body)

const expense = { begin: '2026-11-20T09:30:00', project: 1, expenseCategory: 1 }

const scenarios: readonly Scenario[] = [
  ['answers the ping', 200, get('ping')],
  ['tells its version', 200, get('version')],
  ['lists the newest expenses', 200, get('expenses?size=3')],
  [
    'lists what was exported for a customer',
    200,
    get('expenses?customers[]=1&exported=1&size=2&orderBy=total'),
  ],
  ['lists the own expenses of a member', 200, get('expenses?size=2', 'tom')],
  ['lists the categories', 200, get('expenses/categories')],
  ['reads an expense', 200, get('expenses/4124')],
  [
    'creates a mileage in the form of 1.x',
    200,
    send('POST', 'expenses', { ...expense, multiplier: '30', refundable: true }),
  ],
  [
    'creates an expense in the form of 2.x',
    200,
    send('POST', 'expenses', {
      ...expense,
      expenseCategory: 4,
      cost: 18.4,
      multiplier: 1,
      billableMode: 'no',
      description: 'Delft',
    }),
  ],
  ['refuses an expense without anything', 400, send('POST', 'expenses', {})],
  ['refuses an expense with a field of no form', 400, send('POST', 'expenses', { ...expense, total: 1 })],
  ['does not know an expense', 404, get('expenses/999999')],
  ['keeps the expense of a colleague to itself', 403, get('expenses/4124', 'tom')],
  ['lists time', 200, get('timesheets?size=2')],
  ['lists time with everything around it', 200, get('timesheets?size=1&full=1&project=1')],
  ['lists time without rates for a member', 200, get('timesheets?size=1', 'tom')],
  ['lists recent work', 200, get('timesheets/recent?size=2')],
  ['starts a timer', 200, send('POST', 'timesheets', { project: 1, activity: 9, tags: 'remote' })],
  [
    'refuses an end before the begin',
    400,
    send('POST', 'timesheets', {
      project: 1,
      activity: 9,
      begin: '2026-11-20T09:00',
      end: '2026-11-20T08:00',
    }),
  ],
  ['lists the customers', 200, get('customers')],
  ['reads a customer', 200, get('customers/1')],
  ['lists the projects that run today', 200, get('projects')],
  ['reads a project', 200, get('projects/3')],
  ['lists the activities of a project', 200, get('activities?project=1')],
  ['lists the rates of a customer', 200, get('customers/3/rates')],
  ['lists the tags', 200, get('tags')],
  ['finds tags', 200, get('tags/find?name=e')],
  ['reads oneself', 200, get('users/me')],
  ['lists the users', 200, get('users')],
  ['forbids the users to a member', 403, get('users', 'tom')],
  ['lists the teams', 200, get('teams')],
  ['reads a team', 200, get('teams/1')],
  ['lists the invoices', 200, get('invoices?size=2')],
  ['lists what is pending of a customer', 200, get('invoices?size=1&status[]=pending')],
  ['forbids the invoices to a member', 403, get('invoices', 'tom')],
  ['says what is gone', 410, send('POST', 'projects/1/team', {})],
]

describe('The answers for the demo world', () => {
  const goldens = openGoldens(new URL('golden/', import.meta.url))
  let book: Filled
  let as: As
  before(async () => {
    book = await openFilled()
    const app = appOver({ core: book.core, clock: () => utc('2026-11-20 08:00:00') })
    const door = callDoor(app, '/kimai')
    as = (username) =>
      kimaiClient(
        door,
        bearer(book.summary.people.find((person) => person.username === username)?.token ?? ''),
      )
  })
  after(() => book.close())

  for (const [sentence, status, call] of scenarios) {
    test(sentence, async () => {
      const reply = await call(as)
      assert.equal(reply.status, status, reply.text)
      goldens.check(sentence, { kind: 'json', text: reply.text })
    })
  }

  test('no file is left over from a scenario that is gone', () => goldens.checkNothingLeft())
})
