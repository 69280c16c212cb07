// Every operation by every role with ids of others: what is not theirs is not found, the same as what does not exist, and
// nothing changes. Generated from the table of operations, so a new one is covered as it comes.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, type TestBook } from '../../test/harness.ts'
import { callNative, type Native, nativeOver, type Wire } from '../../test/native-door.ts'
import { drawReceipt } from '../commands/demo/receipts.ts'
import { type Role, roles } from '../core/people/nouns.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations/index.ts'
import { resources } from './resources/index.ts'

const slip = { shop: 'Harbor Grill', day: '2026-10-02', items: ['lunch'], total: 'USD 34.50', number: '7' }
const png = drawReceipt('a.png', slip).bytes

/** No ids of anything, and not ids at all, as they stand in an address. */
const nothing = [
  '999999',
  '0',
  '-1',
  String(2 ** 53 - 1),
  String(2 ** 53),
  '9'.repeat(30),
  'abc',
  '1e3',
  '01',
  '+1',
  '1.0',
  '%201',
  '1%00',
  "1'--",
  '1%20or%201=1',
  '__proto__',
  '*',
  '1,2',
]

/** Operations that name something by an id. */
const named = operations.filter(({ path }) => path.includes('{id}'))

forEachEngine('Ids of others at the native API', (engine) => {
  let book: TestBook
  let strangers: Record<string, number>
  let ownersOnly: Record<string, number>
  const by = new Map<Role, Native>()

  before(async () => {
    book = await createTestBook(engine)
    for (const role of roles) by.set(role, callNative(book, role))
    strangers = await everything(callNative(book, 'owner', 'b'))
    ownersOnly = await everything(as('owner'))
  })

  function as(role: Role): Native {
    return by.get(role) ?? assert.fail(role)
  }

  /** One of everything, by the first part of its path. */
  async function everything(owner: Native): Promise<Record<string, number>> {
    const made: Record<string, number> = {}
    for (const { path, verbs, examples } of resources) {
      if (verbs.add === undefined) continue
      const body = pointed(examples.create, made) as Record<string, unknown>
      if (path === 'teams') Object.assign(body, { member_ids: [], lead_ids: [] })
      made[path] = (await owner.expect(201, owner.post(`/${path}`, withoutCurrencies(body)))).id
    }
    const upload = { bytes: png, type: 'image/png' }
    const reply = await owner.caller.send('POST', `/expenses/${made.expenses}/receipts`, upload)
    made.receipts = reply.json<Wire>().id
    const note = { subject_type: 'project', subject_id: made.projects, body: 'Hush', todo: true }
    made.notes = (await owner.expect(201, owner.post('/notes', note))).id
    made.tokens = (await owner.expect(201, owner.post('/tokens', { name: 'x', scopes: ['*'] }))).id
    const program = {
      name: 'x',
      door: 'moneybird',
      redirect_uris: ['https://x.example/'],
      scopes: ['time_entries'],
      confidential: true,
    }
    made.applications = (await owner.expect(201, owner.post('/applications', program))).id
    // Consent is given at the doors that speak OAuth; a token is none.
    made.consents = made.tokens ?? 0
    made.people = (await owner.expect(200, owner.get('/me'))).person.id
    made.sessions = (await owner.expect(201, owner.post('/session', await login(owner)))).id
    return made
  }

  async function login(owner: Native): Promise<object> {
    return { login: (await owner.expect(200, owner.get('/me'))).person.email, password: 'correct horse' }
  }

  function send(native: Native, operation: Operation, id: string) {
    const { method, path, example, takesFile } = operation
    const json = { bytes: JSON.stringify(example.body), type: 'application/json' }
    const body = takesFile ? { bytes: png, type: 'image/png' } : example.body === undefined ? undefined : json
    return native.caller.send(method, path.replace('{id}', id), body)
  }

  for (const operation of named) {
    const noun = operation.path.split('/')[1] ?? ''

    describe(`${operation.method} ${operation.path}`, () => {
      for (const role of roles) {
        test(`finds nothing of another organization for ${role}, and tells nothing of it`, () =>
          book.unchanged(async () => {
            const foreign = String(strangers[noun] ?? assert.fail(`There is nothing at ${noun}.`))
            const reply = await send(as(role), operation, foreign)
            const unknown = await send(as(role), operation, '999999')
            assert.ok([403, 404].includes(reply.status), `${reply.status} ${reply.text}`)
            assert.equal(reply.text, unknown.text, 'foreign and unknown read the same')
            assert.deepEqual([reply.status, reply.headers.etag], [unknown.status, undefined])
          }))
      }

      test('finds nothing under what is no id', () =>
        book.unchanged(async () => {
          // How an id is read has nothing to do with the engine.
          for (const id of engine.kind === 'sqlite' ? nothing : nothing.slice(0, 4)) {
            const reply = await send(as('owner'), operation, id)
            assert.equal(reply.status, 404, `${id}: ${reply.text}`)
          }
        }))

      test('asks for credentials first', () =>
        book.unchanged(async () => {
          for (const id of [String(ownersOnly[noun]), '999999', 'abc']) {
            const reply = await send(callNative(book, undefined), operation, id)
            assert.equal(reply.status, 401, id)
          }
        }))

      for (const role of ['member', 'guest'] as const) {
        test(`never lets a ${role} write what is the owner's`, () =>
          book.unchanged(async () => {
            if (operation.method === 'GET') return
            const reply = await send(as(role), operation, String(ownersOnly[noun]))
            assert.ok([403, 404].includes(reply.status), `${reply.status} ${reply.text}`)
          }))
      }
    })
  }

  const personal = [
    'expenses',
    'time-entries',
    'expense-reports',
    'receipts',
    'invoices',
    'payments',
    'rates',
  ]

  for (const role of ['member', 'guest'] as const) {
    test(`A ${role} reads nothing of what only others may see`, async () => {
      for (const noun of personal) {
        const reply = await as(role).get(`/${noun}/${ownersOnly[noun]}`)
        assert.ok([403, 404].includes(reply.status), `${noun}: ${reply.status}`)
        if (noun === 'receipts') continue
        const list = await as(role).get(`/${noun}?deleted=with`)
        if (list.status === 200) {
          const { data } = list.json<{ data: { id: number }[] }>()
          assert.equal(
            data.some(({ id }) => id === ownersOnly[noun]),
            false,
            noun,
          )
        }
      }
    })
  }

  for (const { path, filters } of resources) {
    test(`Filters of ${path} find nothing of another organization`, () =>
      book.unchanged(async () => {
        for (const name of Object.keys(filters).filter((filter) => /(^|_)id$/.test(filter))) {
          const noun = name === 'id' ? path : `${name.slice(0, -3)}s`
          const id = strangers[noun] ?? strangers[path] ?? 999999
          const list = await as('owner').get(`/${path}?${name}=${id}`)
          assert.equal(list.status, 200, list.text)
          const foreign = list.json<{ data: { id: number }[] }>().data
          assert.equal(
            foreign.some((each) => each.id === strangers[path]),
            false,
            name,
          )
        }
      }))
  }

  for (const { path, verbs, examples, create } of resources) {
    if (verbs.add === undefined) continue
    test(`A new one at ${path} points to nothing of another organization`, () =>
      book.unchanged(async () => {
        const fields = Object.keys((create as unknown as { properties: object }).properties)
        for (const name of fields.filter((field) => /_ids?$/.test(field) && field !== 'subject_id')) {
          const own = pointed(examples.create, ownersOnly) as Record<string, unknown>
          const noun = nounOf(name)
          const id = strangers[noun] ?? assert.fail(`${name} points to ${noun}`)
          if (name === 'category_id') own.category = undefined
          const body = { ...withoutCurrencies(own), name: 'Foreign', [name]: name.endsWith('s') ? [id] : id }
          const allowed = fields.includes('name') ? body : { ...body, name: undefined }
          const reply = await as('owner').post(`/${path}`, allowed)
          assert.equal(reply.status, 422, `${name}: ${reply.status} ${reply.text}`)
          assert.match(reply.text, /unknown_reference|There is no such/, name)
        }
      }))
  }

  test('Without credentials only the way in is open', async () => {
    const nobody = callNative(book, undefined)
    for (const operation of operations.filter(
      ({ open, path }) => open === undefined && !path.includes('{'),
    )) {
      assert.equal((await send(nobody, operation, '')).status, 401, operation.name)
    }
  })

  test('A token does what its scopes say, and nothing else', async () => {
    const owner = as('owner')
    const { secret } = await owner.expect(201, owner.post('/tokens', { name: 'time', scopes: ['time:read'] }))
    const caller = callNative(book, undefined).caller
    const headers = { authorization: `Bearer ${secret}` }
    await book.unchanged(async () => {
      for (const operation of operations.filter(({ open }) => open === undefined)) {
        const { method, path, example, query, name } = operation
        const id = String(ownersOnly[path.split('/')[1] ?? ''] ?? 1)
        const target =
          path.replace('{id}', id) +
          (Object.values(query ?? {}).some(({ required }) => required) ? `?${example.query}` : '')
        const body =
          example.body === undefined
            ? undefined
            : { bytes: JSON.stringify(example.body), type: 'application/json' }
        const upload = operation.takesFile ? { bytes: png, type: 'image/png' } : body
        const reply = await caller.send(method, target, upload, headers)
        const may = method === 'GET' && /\/time-entries|^\/totals/.test(path)
        const harmless = ['readMe', 'endSession'].includes(name)
        if (may || harmless) assert.ok(reply.status < 300, `${name}: ${reply.status} ${reply.text}`)
        else assert.equal(reply.status, 403, `${name}: ${reply.status} ${reply.text}`)
      }
      const inlined = await nativeOver(caller).get('/time-entries?with=project', headers)
      assert.equal(inlined.status, 403, 'related data need their own scope')
    })
  })
})

/** The path of what a field points to. */
function nounOf(field: string): string {
  const name = field.replace(/_ids?$/, '')
  const people = ['person', 'member', 'lead', 'manager', 'assignee']
  if (people.includes(name)) return 'people'
  if (name === 'report') return 'expense-reports'
  const plural = name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`
  return plural.replaceAll('_', '-')
}

/** The body with ids of things that are there. */
function pointed(body: object, known: Readonly<Record<string, number>>): object {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === 'number' && name.endsWith('_id') ? (known[nounOf(name)] ?? value) : value,
    ]),
  )
}

/** The organizations have different currencies, so money is given without. */
function withoutCurrencies(body: object): object {
  return JSON.parse(JSON.stringify(body, (name, value) => (name === 'currency' ? undefined : value)))
}
