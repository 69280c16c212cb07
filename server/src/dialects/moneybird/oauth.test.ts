// Applications at this door: let in with Moneybird's permissions, with the code in the address or on a page.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { appOver } from '../../../test/door-client.ts'
import { createTestBook, createTestEngine, type TestBook } from '../../../test/harness.ts'
import {
  allow,
  begin,
  type Client,
  createBrowser,
  flowOf,
  refresh,
  register,
  shown,
  signIn,
  tokensFor,
  trade,
} from '../../../test/oauth-client.ts'
import type { Server } from '../../http/door.ts'
import { oauth } from './oauth.ts'

describe('OAuth at the Moneybird door', () => {
  const engine = createTestEngine('sqlite')
  const plain = { code_challenge: undefined, code_challenge_method: undefined }
  let book: TestBook
  let server: Server
  let client: Client

  before(async () => {
    book = await createTestBook(engine)
    server = appOver({ core: book.core, clock: () => book.clock.now })
    const registered = await register(book, book.actorOf('owner'), {
      door: 'moneybird',
      redirectUris: ['https://app.example/done', 'urn:ietf:wg:oauth:2.0:oob'],
      scopes: Object.keys(oauth.scopes),
    })
    client = { ...registered, description: oauth }
  })

  const browser = () => createBrowser(server, '127.0.0.1')
  const get = (path: string, token: string) =>
    server.inject({ url: `/moneybird/api/v2${path}`, headers: { authorization: `Bearer ${token}` } })
  const tokens = (scope: string | undefined) => tokensFor(server, client, 'owner@a.example', { scope })

  test('a token reaches what was granted, in these words, and nothing else', async () => {
    const { access_token } = await tokens('time_entries settings')
    const a = book.organizations.a
    assert.equal((await get('/administrations.json', access_token)).json()[0].id, String(a))
    assert.equal((await get(`/${a}/time_entries.json`, access_token)).statusCode, 200)
    assert.equal((await get(`/${a}/users.json`, access_token)).statusCode, 200)
    assert.equal((await get(`/${a}/contacts.json`, access_token)).statusCode, 200)
    const refused = await get(`/${a}/sales_invoices.json`, access_token)
    assert.deepEqual([refused.statusCode, refused.json()], [401, { error: 'No access to sales_invoices' }])
  })

  const reach: [scope: string, path: string, status: number][] = [
    ['time_entries', '/contacts', 401],
    ['time_entries', '/projects', 401],
    ['time_entries', '/time_entries', 200],
    ['sales_invoices', '/time_entries', 401],
    ['sales_invoices', '/contacts', 200],
    ['sales_invoices', '/sales_invoices', 200],
    ['sales_invoices', '/tax_rates', 200],
    ['sales_invoices', '/projects', 401],
    ['documents', '/contacts', 200],
    ['documents', '/ledger_accounts', 200],
    ['documents', '/sales_invoices', 401],
    ['estimates', '/contacts', 200],
    ['estimates', '/workflows', 200],
    ['estimates', '/sales_invoices', 401],
    ['bank', '/contacts', 200],
    ['bank', '/ledger_accounts', 401],
    ['settings', '/projects', 200],
    ['settings', '/webhooks', 200],
    ['settings', '/time_entries', 401],
  ]
  for (const [scope, path, status] of reach) {
    test(`${scope} at ${path} is ${status}`, async () => {
      const { access_token } = await tokens(scope)
      assert.equal((await get(`/${book.organizations.a}${path}`, access_token)).statusCode, status)
    })
  }

  test('a token for time entries alone shows the names that stand inside them', async () => {
    const by = book.actorOf('owner')
    const clientId = (await book.core.clients.add(by, { name: 'Acme' })).id
    await book.core.time.log(by, { startedAt: book.clock.now - 60_000, endedAt: book.clock.now, clientId })
    const { access_token } = await tokens('time_entries')
    const [entry] = (await get(`/${book.organizations.a}/time_entries`, access_token)).json()
    assert.deepEqual([entry.contact.company_name, entry.user.name], ['Acme', 'owner of A'])
    assert.ok(!('sales_invoice' in entry))
  })

  test('the answer of the token endpoint has these keys, and sales invoices without being asked', async () => {
    const pair = await tokens(undefined)
    assert.deepEqual(Object.keys(pair), [
      'access_token',
      'token_type',
      'refresh_token',
      'scope',
      'created_at',
    ])
    assert.match(pair.access_token, /^[0-9a-f]{64}$/)
    assert.equal(pair.scope, 'sales_invoices')
  })

  test('the code is shown on a page for programs that cannot be sent anything', async () => {
    const someone = browser()
    const address = await begin(someone, client, flowOf(client, { ...plain, ...shown }))
    const page = await allow(someone, address, await signIn(someone, address, 'owner@a.example'))
    const [, code = ''] = /<code>([0-9a-f]{64})<\/code>/.exec(page.text) ?? []
    const answer = await trade(someone, client, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: shown.redirect_uri,
    })
    assert.equal(answer.status, 200, answer.text)
  })

  test('13. the token endpoint reads a form, JSON and the query, with a slash at its end too', async () => {
    const { refresh_token } = await tokens('time_entries')
    const fields = {
      grant_type: 'refresh_token',
      refresh_token,
      client_id: client.id,
      client_secret: client.secret ?? '',
    }
    const query = new URLSearchParams(fields).toString()
    const type = (name: string) => ({ 'content-type': name })
    for (const request of [
      { payload: query, headers: type('application/x-www-form-urlencoded'), url: '/moneybird/oauth/token' },
      { payload: fields, url: '/moneybird/oauth/token/' },
      { url: `/moneybird/oauth/token?${query}` },
    ]) {
      const reply = await server.inject({ method: 'POST', ...request })
      assert.equal(reply.statusCode, 200, reply.payload)
      const { access_token } = reply.json()
      assert.equal((await get('/administrations', access_token)).statusCode, 200)
    }
    assert.equal((await refresh(browser(), client, 'f'.repeat(64))).status, 400)
  })

  test('what was taken away is unknown at once', async () => {
    const { access_token } = await tokens('time_entries')
    await book.core.applications.remove(book.actorOf('owner'), client.applicationId)
    const reply = await get('/administrations', access_token)
    assert.deepEqual(
      [reply.statusCode, reply.json()],
      [401, { error: 'token is invalid', symbolic: { request: 'invalid_grant' } }],
    )
  })
})
