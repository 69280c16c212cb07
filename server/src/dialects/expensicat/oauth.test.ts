// Applications at this door: let in by their person, limited to what was allowed; and session tokens for a password.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { callExpensicat, refused, testKeys } from '../../../test/expensicat-door.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import {
  type Client as Application,
  createBrowser,
  refresh,
  register,
  tokensFor,
} from '../../../test/oauth-client.ts'
import { createApp } from '../../app.ts'
import type { Server } from '../../http/door.ts'
import { createIds } from './ids.ts'
import { idPurpose } from './index.ts'
import { describeOAuth } from './oauth.ts'
import { routes } from './routes.ts'
import { type Scope, scopes } from './scopes.ts'

const ids = createIds(testKeys.derive(idPurpose))
const description = describeOAuth(ids.parseOrganization)
const publicUrl = 'http://book.example'
const api = '/api/v1'

forEachEngine('Applications at the Expensicat door', (engine) => {
  let book: TestBook
  let server: Server
  let application: Application
  before(async () => {
    book = await createTestBook(engine)
    const { core } = book
    server = createApp({ core, clock: () => book.clock.now, keys: testKeys }, { publicUrl, hosts: new Map() })
    const known = await register(book, book.actorOf('owner'), { scopes: Object.keys(scopes) })
    application = { ...known, description }
  })
  const door = () => callExpensicat({ core: book.core, clock: () => book.clock.now })
  const allowed = async (scope: string, login = 'owner@a.example') =>
    tokensFor(server, application, login, { scope })

  test('act for the person who lets them in, and are refreshed by a token that counts once', async () => {
    const pair = await allowed('entries:read entries:write')
    const client = door().as(pair.access_token)
    const made = await client.post(`${api}/time-entries`, {
      start_time: '2026-03-02T09:00:00Z',
      description: 'By an application',
    })
    assert.equal(made.status, 201, made.text)
    const { data } = made.json<{ data: { user: { email: string } } }>()
    assert.equal(data.user.email, 'owner@a.example')
    book.clock.advance(61 * 60 * 1000)
    assert.equal(refused(await client.get(`${api}/time-entries`)), '401 UNAUTHORIZED')
    const next = await refresh(createBrowser(server), application, pair.refresh_token)
    assert.equal(next.status, 200, next.text)
    const { access_token, token_type, expires_in, scope } = next.json<Record<string, string>>()
    assert.deepEqual([token_type, expires_in, scope], ['Bearer', 3600, 'entries:read entries:write'])
    assert.equal((await door().as(access_token).get(`${api}/time-entries`)).status, 200)
    const again = await refresh(createBrowser(server), application, pair.refresh_token)
    assert.deepEqual([again.status, again.json().error], [400, 'invalid_grant'])
  })

  test('reach the routes of their scopes, whatever the role of their person, and no other', async () => {
    const all: readonly Scope[] = [
      'entries:read',
      'entries:write',
      'invoices:read',
      'invoices:write',
      'team:read',
      'team:admin',
      'banking:read',
    ]
    for (const scope of all) {
      const client = door().as((await allowed(scope)).access_token)
      for (const { path, methods, read, write } of routes) {
        for (const method of Object.keys(methods)) {
          const needed = method === 'GET' ? read : write
          const reply = await client.send(
            method,
            api + path.replace(':id', 'string'),
            method === 'GET' ? undefined : [],
          )
          const call = `${scope}: ${method} ${path}`
          if (needed === scope) assert.ok([200, 400, 404].includes(reply.status), `${call} ${reply.text}`)
          else {
            assert.equal(refused(reply), '403 FORBIDDEN', call)
            assert.equal(
              reply.headers['www-authenticate'],
              `Bearer error="insufficient_scope", scope="${needed}"`,
            )
          }
        }
      }
    }
  })

  test('do everything behind a scope that it is documented for', async () => {
    const writer = door().as((await allowed('entries:write')).access_token)
    const project = await writer.post(`${api}/projects`, { name: 'Rockets', hourly_rate: 5 })
    assert.equal(project.status, 201, project.text)
    const { id } = project.json<{ data: { id: string } }>().data
    assert.equal((await writer.patch(`${api}/projects/${id}`, { name: 'R' })).status, 200)
    assert.equal((await writer.post(`${api}/categories`, { name: 'Travel' })).status, 201)
    const biller = door().as((await allowed('invoices:write')).access_token)
    const customer = await biller.post(`${api}/customers`, { name: 'Acme', country: 'Nowhere' })
    assert.equal(customer.status, 201, customer.text)
    const recurring = await biller.post(`${api}/recurring-invoices`, {
      customer_id: customer.json<{ data: { id: string } }>().data.id,
      frequency: 'weekly',
      start_date: '2026-06-01',
      items: [{ name: 'A', quantity: 1, price: 1 }],
    })
    assert.equal(recurring.status, 201, recurring.text)
    const admin = door().as((await allowed('team:admin')).access_token)
    assert.equal((await admin.patch(`${api}/organizations/current`, { name: 'New' })).status, 200)
    const reader = door().as((await allowed('team:read')).access_token)
    assert.equal((await reader.get(`${api}/members`)).status, 200)
    const member = door().as((await allowed('entries:write entries:read', 'member@a.example')).access_token)
    assert.equal((await member.get(`${api}/time-entries`)).status, 200)
    // What the role of the person forbids, no scope allows.
    assert.equal(refused(await member.post(`${api}/projects`, { name: 'X' })), '403 FORBIDDEN')
  })

  test('find where to go in a document, at the root and below the door', async () => {
    for (const path of [
      '/.well-known/oauth-authorization-server/expensicat',
      '/expensicat/.well-known/oauth-authorization-server',
    ]) {
      const reply = await server.inject({ url: path })
      assert.equal(reply.statusCode, 200, path)
      const document = reply.json<Record<string, unknown>>()
      assert.equal(document.token_endpoint, `${publicUrl}/expensicat/api/auth/oauth2/token`)
      assert.equal(document.authorization_endpoint, `${publicUrl}/expensicat/api/auth/oauth2/authorize`)
      assert.deepEqual(document.code_challenge_methods_supported, ['S256'])
    }
  })

  describe('Session tokens', () => {
    const signIn = (body: object) =>
      server.inject({ method: 'POST', url: '/expensicat/api/auth/sign-in', payload: body })

    test('are given for a password, do what the role allows, and end when they are signed out', async () => {
      const reply = await signIn({ email: 'owner@a.example', password })
      assert.equal(reply.statusCode, 200, reply.payload)
      const { token } = reply.json<{ token: string }>()
      const client = door().as(token)
      for (const path of ['time-entries', 'customers', 'members', 'organizations/current']) {
        assert.equal((await client.get(`${api}/${path}`)).status, 200)
      }
      const out = await server.inject({
        method: 'POST',
        url: '/expensicat/api/auth/sign-out',
        headers: { authorization: `Bearer ${token}` },
      })
      assert.equal(out.statusCode, 204, out.payload)
      assert.equal(refused(await client.get(`${api}/time-entries`)), '401 UNAUTHORIZED')
    })

    test('are for the organization that is named by its id', async () => {
      const { a, b } = book.organizations
      const own = ids.present('organization', a, a)
      assert.equal(
        (await signIn({ email: 'owner@a.example', password, organization_id: own })).statusCode,
        200,
      )
      for (const organization_id of [ids.present('organization', b, b), String(a), 'string']) {
        const reply = await signIn({ email: 'owner@a.example', password, organization_id })
        assert.equal(reply.statusCode, 401, reply.payload)
      }
    })

    test('are refused in the envelope, with the same words whether the person exists or not', async () => {
      const wrong = await signIn({ email: 'owner@a.example', password: 'wrong password' })
      const unknown = await signIn({ email: 'nobody@a.example', password: 'wrong password' })
      assert.equal(wrong.payload, unknown.payload)
      assert.deepEqual([wrong.statusCode, wrong.json().error.code], [401, 'UNAUTHORIZED'])
    })
  })
})
