// Session tokens by HTTP: traded for a password, sent as a Bearer, gone with their session.

import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import { lenient, serveOAuth, strict, whoIs } from '../../../test/oauth-client.ts'
import { createCore } from '../../core/index.ts'
import type { Keys } from '../../core/ports.ts'
import { printer } from '../../outside/documents/index.ts'
import { createKeys, openKeys } from '../../outside/keys.ts'
import { openStore } from '../../store/index.ts'
import type { Server } from '../door.ts'

forEachEngine('A session token', (engine) => {
  let book: TestBook
  let server: Server
  let keys: Keys
  before(async () => {
    book = await createTestBook(engine)
    keys = createKeys()
    server = serveOAuth(book, keys)
  })

  const ask = (payload: string | object, headers: Record<string, string> = {}) =>
    server.inject({ method: 'POST', url: '/strict/sign-in', payload, headers })
  async function tokenOf(email: string, more: object = {}): Promise<string> {
    const response = await ask({ email, password, ...more })
    assert.equal(response.statusCode, 200, response.payload)
    return response.json().token
  }
  const signOut = (token: string) =>
    server.inject({ method: 'POST', url: '/strict/sign-out', headers: { authorization: `Bearer ${token}` } })

  test('is given for a password, in JSON or a form, by e-mail or username', async () => {
    const member = book.actorOf('member')
    const form = new URLSearchParams({ username: 'Member@A.example', password }).toString()
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const response of [await ask({ email: 'member@a.example', password }), await ask(form, type)]) {
      assert.equal(response.statusCode, 200, response.payload)
      const { token, ...rest } = response.json()
      assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 30 * 24 * 60 * 60 })
      assert.equal(response.headers['cache-control'], 'no-store')
      assert.deepEqual(await whoIs(server, strict, token), {
        personId: member.personId,
        organizationId: member.organizationId,
        role: 'member',
        scopes: null,
        granted: null,
      })
      const [, claims = ''] = token.split('.')
      const read = JSON.parse(Buffer.from(claims, 'base64url').toString())
      assert.deepEqual(Object.keys(read), ['person', 'organization', 'session', 'aud', 'iat', 'exp'])
    }
  })

  test('is for the organization that was asked for, among the own ones', async () => {
    const owner = await book.again(book.actorOf('owner'))
    const both = { email: 'owner@b.example', name: '', password, role: 'guest' as const }
    await book.core.organizations.addMember(owner, both)
    const { a, b } = book.organizations
    for (const [id, role] of [
      [a, 'guest'],
      [b, 'owner'],
    ] as const) {
      const token = await tokenOf('owner@b.example', { organization_id: id })
      const who = (await whoIs(server, strict, token)) as Record<string, unknown>
      assert.deepEqual([who.organizationId, who.role], [id, role])
    }
    for (const organization_id of [b, 999_999, 'x', -1, '']) {
      const response = await ask({ email: 'member@a.example', password, organization_id })
      assert.equal(response.statusCode, 401, String(organization_id))
    }
  })

  test('is refused in the words of the door: wrong names and passwords alike, and bodies that cannot be read', async () => {
    const token = await book.core.signIn.issueToken(await book.again(book.actorOf('member')), {
      name: 'x',
      scopes: ['time:read'],
    })
    for (const [payload, status] of [
      [{ email: 'member@a.example', password: 'wrong' }, 401],
      [{ email: 'nobody@a.example', password }, 401],
      [{ email: 'member@a.example' }, 401],
      [{}, 401],
      [{ email: 'member@a.example', password: token.secret }, 401],
      ['{', 400],
    ] as const) {
      const type = { 'content-type': 'application/json' }
      const response = await ask(payload as object, type)
      assert.equal(response.statusCode, status, JSON.stringify(payload))
      assert.ok(['credentials_wrong', 'wrong_input'].includes(response.json().refused))
    }
  })

  describe('ends', () => {
    test('with its sign-out, and no other one does', async () => {
      const first = await tokenOf('member@a.example')
      const second = await tokenOf('member@a.example')
      assert.equal(typeof (await whoIs(server, strict, first)), 'object')
      assert.equal((await signOut(first)).statusCode, 204)
      assert.equal(await whoIs(server, strict, first), 401)
      assert.equal((await signOut(first)).statusCode, 401)
      assert.equal(typeof (await whoIs(server, strict, second)), 'object')
    })

    test('when it is revoked in another process', async () => {
      const token = await tokenOf('manager@a.example')
      assert.equal(typeof (await whoIs(server, strict, token)), 'object')
      const store = engine.closing(await openStore(book.address))
      const { clock, secrets, files } = book
      const core = createCore({ store, clock: () => clock.now, secrets, files, printer })
      const arrival = { door: 'native', requestId: 'r', address: '' } as const
      const manager = await core.signIn.byLogin('manager@a.example', book.organizations.a, arrival)
      const [session] = await core.signIn.listCredentials(manager, manager.personId)
      assert.deepEqual([session?.kind, session?.name], ['session', 'Strict session'])
      await core.signIn.revokeCredential(manager, session?.id ?? 0)
      assert.equal(await whoIs(server, strict, token), 401)
    })

    test('after thirty days', async () => {
      const token = await tokenOf('member@a.example')
      book.clock.advance(30 * 24 * 60 * 60 * 1000 - 1000)
      assert.equal(typeof (await whoIs(server, strict, token)), 'object')
      book.clock.advance(1000)
      assert.equal(await whoIs(server, strict, token), 401)
    })

    test('with a new password', async () => {
      const token = await tokenOf('accountant@a.example')
      assert.equal(typeof (await whoIs(server, strict, token)), 'object')
      const accountant = await book.again(book.actorOf('accountant'))
      await book.core.signIn.changePassword(accountant, password, 'another password', { tokens: false })
      assert.equal(await whoIs(server, strict, token), 401)
    })

    test('when the person leaves, or sinks', async () => {
      const owner = await book.again(book.actorOf('owner'))
      const input = { email: 'leaving@example.org', name: 'Leaving', password, role: 'admin' as const }
      const { person } = await book.core.organizations.addMember(owner, input)
      const token = await tokenOf('leaving@example.org')
      await book.core.organizations.updateMember(owner, person.id, { role: 'guest' })
      assert.equal(((await whoIs(server, strict, token)) as Record<string, unknown>).role, 'guest')
      await book.core.organizations.removeMember(owner, person.id)
      assert.equal(await whoIs(server, strict, token), 401)
      await book.core.organizations.addMember(owner, input)
      assert.equal(await whoIs(server, strict, token), 401)
    })
  })

  test('counts at its own door, with its own key, as it was signed', async () => {
    const token = await tokenOf('member@a.example')
    const [head = '', body = '', signature = ''] = token.split('.')
    const other = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), person: 1 }
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    assert.equal(await whoIs(server, lenient, token), 401)
    assert.equal(await whoIs(serveOAuth(book), strict, token), 401)
    assert.equal(typeof (await whoIs(serveOAuth(book, keys), strict, token)), 'object')
    for (const forged of [
      `${head}.${encoded(other)}.${signature}`,
      `${encoded({ alg: 'none', typ: 'JWT' })}.${body}.`,
      `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(other)}.`,
      `${head}.${body}`,
      `${head}.${body}.${signature}x`,
      '..',
    ]) {
      assert.equal(await whoIs(server, strict, forged), 401, forged)
    }
  })

  test('goes on after the next start, since the key lies in the data folder', async () => {
    const folder = mkdtempSync(join(engine.folder, 'data-'))
    const before = serveOAuth(book, openKeys(folder))
    const payload = { email: 'member@a.example', password }
    const { token } = (await before.inject({ method: 'POST', url: '/strict/sign-in', payload })).json()
    await before.close()
    assert.equal(typeof (await whoIs(serveOAuth(book, openKeys(folder)), strict, token)), 'object')
  })

  test('costs no row beyond the standing while nothing happens in the organization', async () => {
    const token = await tokenOf('member@a.example')
    let reads = 0
    const { session } = book.store.people
    Object.assign(book.store.people, {
      session: (...key: Parameters<typeof session>) => {
        reads += 1
        return session(...key)
      },
    })
    for (let i = 0; i < 5; i += 1) await whoIs(server, strict, token)
    assert.equal(reads, 1)
    await book.core.time.start(await book.again(book.actorOf('member')), {})
    for (let i = 0; i < 5; i += 1) await whoIs(server, strict, token)
    assert.equal(reads, 2)
    Object.assign(book.store.people, { session })
  })
})
