// Every address with a number × every role × every kind of foreign number: no read, no write, no hint.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { forEachEngine } from '../../../test/harness.ts'
import { createKimaiBook, type KimaiBook } from '../../../test/kimai-client.ts'
import { roles } from '../../core/people/nouns.ts'
import { type Method, routes } from './routes.ts'

/** No ids of anything, and not ids at all. As they stand in an address. */
const nothing = [
  '999999',
  '0',
  '-1',
  String(2 ** 53),
  '9'.repeat(30),
  'abc',
  '1e3',
  '%201',
  '+1',
  '01',
  '1.0',
  '0x1',
  '%EF%BC%91',
  '1,2',
  '*',
  'null',
  '1%00',
  "1'",
  '__proto__',
]

/** Bodies that would do harm if any of them were taken. */
const bodies: readonly unknown[] = [
  undefined,
  {},
  { name: 'taken', value: 'taken', message: 'taken', rate: 1, description: 'taken', alias: 'taken' },
  [{ name: 'skin', value: 'taken' }],
]

forEachEngine('Ids at the Kimai door', (engine) => {
  let kimai: KimaiBook
  let foreign: Record<string, number>
  let members: Record<string, number>

  /** One of everything, made by that person with the help of the owner. */
  async function things(organization: 'a' | 'b', role: string): Promise<Record<string, number>> {
    const owner = kimai.as('owner', organization)
    const by = kimai.as(role, organization)
    const { core } = kimai.book
    const actor = kimai.book.actorOf('owner', organization)
    const customers = (await owner.made('POST', '/api/customers', { name: 'Theirs' })).id
    const projects = (await owner.made('POST', '/api/projects', { name: 'Theirs', customer: customers })).id
    const activities = (await owner.made('POST', '/api/activities', { name: 'Theirs', project: projects })).id
    const category = (await core.categories.add(actor, { name: `Theirs ${role}` })).id
    const begin = '2026-05-20T10:00:00'
    const user = kimai.book.actorOf(role as 'owner', organization).personId
    const invoice = await core.invoices.add(actor, { clientId: customers, lines: [] })
    return {
      customers,
      projects,
      activities,
      expenses: (
        await by.made('POST', '/api/expenses', { begin, project: projects, expenseCategory: category })
      ).id,
      timesheets: (
        await by.made('POST', '/api/timesheets', {
          begin,
          end: begin,
          project: projects,
          activity: activities,
        })
      ).id,
      tags: (await owner.made('POST', '/api/tags', { name: `theirs ${role}` })).id,
      teams: (await owner.made('POST', '/api/teams', { name: 'Theirs', members: [{ user }] })).id,
      invoices: invoice.id,
      users: user,
      'api-token': (await core.signIn.issueToken(actor, { name: 't', scopes: ['*'] })).credential.id,
      rates: (await owner.made('POST', `/api/customers/${customers}/rates`, { rate: 1 })).id,
      comments: (await owner.made('POST', `/api/customers/${customers}/comments`, { message: 'x' })).id,
    }
  }

  before(async () => {
    kimai = await createKimaiBook(engine)
    foreign = await things('b', 'owner')
    members = await things('a', 'member')
  })

  /** What the first number of an address is one of: the last word before it. */
  const nounOf = (path: string) => /\/([a-z-]+)\/:id/.exec(path)?.[1] ?? ''

  /** What stands for the second number: one of the same organization. */
  const second = (path: string, of: Record<string, number>) =>
    String(of[/\/([a-z-]+)\/:other/.exec(path)?.[1]?.replace('members', 'users') ?? ''] ?? '')

  for (const route of routes.filter(({ path }) => path.includes(':id'))) {
    const { path, methods } = route
    for (const method of Object.keys(methods) as Method[]) {
      test(`${method} ${path} finds nothing that is foreign, for any role, and changes nothing`, () =>
        kimai.book.unchanged(async () => {
          const noun = nounOf(path)
          for (const role of roles) {
            const by = kimai.as(role)
            for (const id of [
              String(foreign[noun]),
              ...(role === 'owner' || role === 'guest' ? nothing : []),
            ]) {
              for (const body of id === String(foreign[noun]) ? bodies : [undefined]) {
                const address = path.replace(':id', id).replace(':other', second(path, foreign))
                const reply = await by.send(method, address, method === 'GET' ? undefined : body)
                // Whoever may not do this at all is told so, whatever the number; removed endpoints are gone.
                const allowed = path.endsWith('/team') ? [410, 404] : role === 'owner' ? [404] : [403, 404]
                assert.ok(allowed.includes(reply.status), `${role} ${method} ${address}: ${reply.status}`)
                assert.doesNotMatch(reply.text, /Theirs/i)
              }
            }
          }
        }))
    }
  }

  for (const route of routes.filter(({ noun }) => noun !== undefined)) {
    const { path, methods } = route
    for (const method of Object.keys(methods) as Method[]) {
      test(`${method} ${path} of a colleague is forbidden to those who see their own only`, () =>
        kimai.book.unchanged(async () => {
          const address = path.replace(
            ':id',
            String(members[nounOf(path).replace('favorites', 'timesheets')]),
          )
          for (const role of ['guest', 'accountant'] as const) {
            if (
              role === 'accountant' &&
              (method === 'GET' || path.includes('favorites') || /restart/.test(path))
            )
              continue
            for (const body of bodies) {
              const reply = await kimai.as(role).send(method, address, method === 'GET' ? undefined : body)
              // A number that cannot be written to may be told before or after a body that cannot be read.
              const allowed = role === 'guest' ? [403] : [400, 403, 404]
              assert.ok(
                allowed.includes(reply.status),
                `${role} ${method} ${address}: ${reply.status} ${reply.text}`,
              )
            }
          }
        }))
    }
  }

  test('in bodies and filters find nothing foreign either', async () => {
    const owner = kimai.as('owner')
    const { project, activity, category } = kimai.things
    const begin = '2026-05-20T10:00:00'
    const expense = { begin, project, expenseCategory: category }
    const lists = [
      ...['customers', 'projects', 'activities', 'users'].map(
        (name) => `/api/expenses?${name}[]=${foreign[name]}`,
      ),
      ...['customers', 'projects', 'activities', 'users'].map(
        (name) => `/api/timesheets?${name}[]=${foreign[name]}`,
      ),
      `/api/projects?customer=${foreign.customers}`,
      `/api/invoices?customers[]=${foreign.customers}`,
    ]
    for (const path of lists) assert.deepEqual(await owner.made('GET', path), [], path)
    await kimai.book.unchanged(async () => {
      for (const [path, body] of [
        ['/api/expenses', { ...expense, project: foreign.projects }],
        ['/api/expenses', { ...expense, activity: foreign.activities }],
        ['/api/expenses', { ...expense, user: foreign.users }],
        ['/api/timesheets', { project: foreign.projects, activity }],
        ['/api/timesheets', { project, activity: foreign.activities }],
        ['/api/timesheets', { project, activity, user: foreign.users }],
        ['/api/projects', { name: 'Mine', customer: foreign.customers }],
        ['/api/activities', { name: 'Mine', project: foreign.projects }],
        ['/api/customers', { name: 'Mine', teams: [foreign.teams] }],
        ['/api/teams', { name: 'Mine', members: [{ user: foreign.users }] }],
      ] as const) {
        const reply = await owner.send('POST', path, body)
        assert.equal(reply.status, 400, `${path} ${JSON.stringify(body)}: ${reply.text}`)
      }
      for (const list of ['members', 'customers', 'projects', 'activities']) {
        const id = foreign[list === 'members' ? 'users' : list]
        assert.equal((await owner.send('POST', `/api/teams/${members.teams}/${list}/${id}`)).status, 404)
      }
    })
  })
})
