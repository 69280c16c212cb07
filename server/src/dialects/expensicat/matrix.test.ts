// Every address with an id, by every method, by every role, with every kind of id: what one may reach is found, nothing
// else is, and nothing changes. Made from the route table, so that a new route is in it from the start.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { type Client, refused, signedIn, testKeys } from '../../../test/expensicat-door.ts'
import { createTestBook, forEachEngine, type TestBook } from '../../../test/harness.ts'
import { roles } from '../../core/people/nouns.ts'
import { createIds, type IdNoun } from './ids.ts'
import { idPurpose } from './index.ts'
import { routes } from './routes.ts'

const testIds = createIds(testKeys.derive(idPurpose))

const api = '/api/v1'
const methods = ['GET', 'PATCH', 'DELETE'] as const

/** What stands for an id in an address and is none. */
const nothing = [
  ...['string', '1', '0', '-1', 'me', 'null', '%00', '..%2F..', '%2e%2e', "1'%20or%201=1", '*', '__proto__'],
  ...['00000000-0000-0000-0000-000000000000', '01890a5d-ac96-7b7c-8f00-000000000000', 'x'.repeat(90)],
]

/** What the last part of a path counts. */
const nouns: Readonly<Record<string, IdNoun>> = {
  '/time-entries/:id': 'time_entry',
  '/projects/:id': 'project',
  '/customers/:id': 'client',
  '/categories/:id': 'category',
  '/members/:id': 'person',
}

forEachEngine('Ids at the Expensicat door', (engine) => {
  let book: TestBook
  const clients = new Map<string, Client>()
  /** The number of one of each noun in both organizations. */
  let things: Readonly<Record<'a' | 'b', Readonly<Partial<Record<IdNoun, number>>>>>

  async function fill(organization: 'a' | 'b') {
    const actor = book.actorOf('owner', organization)
    const { core } = book
    const client = (await core.clients.add(actor, { name: 'Acme' })).id
    const project = (await core.projects.add(actor, { name: 'Rockets', clientId: client })).id
    const category = (await core.categories.add(actor, { name: 'Travel' })).id
    const startedAt = book.clock.now
    const time_entry = (await core.time.log(actor, { startedAt, projectId: project })).id
    return { client, project, category, time_entry, person: book.actorOf('manager', organization).personId }
  }

  before(async () => {
    book = await createTestBook(engine)
    // Numbers are given per noun, so those of B differ from those of A.
    things = { a: await fill('a'), b: await fill('b') }
    for (const role of roles) clients.set(role, await signedIn(book, role))
  })

  const idOf = (noun: IdNoun, organization: 'a' | 'b', number = things[organization][noun] ?? 0) =>
    testIds.present(noun, book.organizations[organization], number)

  test('name every route that has one', () => {
    assert.deepEqual(
      Object.keys(nouns).sort(),
      routes
        .map(({ path }) => path)
        .filter((path) => path.endsWith(':id'))
        .sort(),
    )
  })

  for (const { path, methods: known } of routes.filter((route) => route.path.endsWith(':id'))) {
    const noun = nouns[path] ?? assert.fail(path)

    describe(path, () => {
      for (const role of roles) {
        test(`finds nothing for a ${role} by an id of nothing, and changes nothing`, () =>
          book.unchanged(async () => {
            const client = clients.get(role) ?? assert.fail()
            const own = book.organizations.a
            const foreign = [
              idOf(noun, 'b'),
              // The other organization's thing as if it were one's own, and one's own as if it were the other's.
              testIds.present(noun, own, things.b[noun] ?? 0),
              testIds.present(noun, book.organizations.b, things.a[noun] ?? 0),
              testIds.present(noun, own, 999_999),
              // A thing of another kind that has the same number.
              testIds.present(noun === 'client' ? 'project' : 'client', own, things.a[noun] ?? 0),
              createIds(new Uint8Array(32)).present(noun, own, things.a[noun] ?? 0),
            ]
            for (const id of [...foreign, ...nothing]) {
              for (const method of methods) {
                const body = method === 'GET' ? undefined : {}
                const reply = await client.send(method, `${api}${path.replace(':id', id)}`, body)
                const forbidden = method in known && reply.status === 403
                assert.ok(
                  forbidden || refused(reply) === '404 NOT_FOUND',
                  `${role} ${method} ${id.slice(0, 40)}: ${reply.status}`,
                )
                if (forbidden) assert.ok(!['owner', 'admin'].includes(role))
              }
            }
          }))

        test(`lets a ${role} read what the role may read, and change nothing by asking for no change`, () =>
          book.unchanged(async () => {
            const client = clients.get(role) ?? assert.fail()
            const address = `${api}${path.replace(':id', idOf(noun, 'a'))}`
            if ('GET' in known) {
              // Members and guests see their own time only; this entry is the owner's.
              const hidden = noun === 'time_entry' && ['member', 'guest'].includes(role)
              assert.equal((await client.get(address)).status, hidden ? 404 : 200)
            }
            if (!('PATCH' in known)) return
            const { status } = await client.patch(address, {})
            const reads = noun === 'time_entry' && ['member', 'guest'].includes(role)
            const admins = ['owner', 'admin']
            const writers = noun === 'person' ? admins : [...admins, 'manager']
            // A guest sees no member but themself.
            const hidden = reads || (noun === 'person' && role === 'guest')
            const expected = hidden ? 404 : writers.includes(role) ? 200 : 403
            assert.equal(status, expected, `${role} ${address}`)
          }))
      }
    })
  }

  test('of others in a filter or a field find nothing, and change nothing', () =>
    book.unchanged(async () => {
      const owner = clients.get('owner') ?? assert.fail()
      const start = { start_time: '2026-03-02T09:00:00Z', description: '' }
      const entry = `/time-entries/${idOf('time_entry', 'a')}`
      for (const id of [idOf('project', 'b'), idOf('project', 'a', 999_999), idOf('client', 'a')]) {
        for (const [method, path, body] of [
          ['POST', '/time-entries', { ...start, project_id: id }],
          ['PATCH', entry, { project_id: id }],
        ] as const) {
          assert.equal(refused(await owner.send(method, api + path, body)), '404 NOT_FOUND')
        }
        const list = await owner.get(`${api}/time-entries?project_id=${id}`)
        assert.deepEqual(list.json(), { data: [], meta: { count: 0, next_cursor: null } })
      }
      for (const id of [idOf('person', 'b'), idOf('project', 'a')]) {
        assert.deepEqual((await owner.get(`${api}/time-entries?user_id=${id}`)).json<{ data: [] }>().data, [])
      }
      for (const id of [idOf('client', 'b'), idOf('project', 'a')]) {
        const project = `/projects/${idOf('project', 'a')}`
        assert.equal(
          refused(await owner.post(`${api}/projects`, { name: 'X', customer_id: id })),
          '404 NOT_FOUND',
        )
        assert.equal(refused(await owner.patch(api + project, { customer_id: id })), '404 NOT_FOUND')
        assert.deepEqual(
          (await owner.get(`${api}/recurring-invoices?customer_id=${id}`)).json<{ data: [] }>().data,
          [],
        )
      }
    }))
})
