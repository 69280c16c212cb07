// Who comes in with which token, and how far it reaches.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { basic } from '../../../test/door-client.ts'
import { callExpensicat, refused, signedIn } from '../../../test/expensicat-door.ts'
import { createTestBook, forEachEngine, password, type TestBook, withScopes } from '../../../test/harness.ts'
import { scopes as knownScopes } from '../../core/access.ts'
import { mayUse, scopes } from './scopes.ts'

const path = '/api/v1/time-entries'

forEachEngine('Signing in at the Expensicat door', (engine) => {
  let book: TestBook
  let token: string
  before(async () => {
    book = await createTestBook(engine)
    token = (await book.core.signIn.issueToken(book.actorOf('owner'), { name: 't', scopes: ['*'] })).secret
  })
  const door = () => callExpensicat({ core: book.core, clock: () => book.clock.now })

  test('takes a Bearer token, however the scheme is written', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      assert.equal((await door().get(path, { authorization: `${scheme} ${token}` })).status, 200)
    }
  })

  test('asks for one where there is none, or where there is something else', async () => {
    for (const authorization of [
      undefined,
      basic('owner@a.example', password),
      token,
      'Bearer',
      'Bearer ',
      `Bearer ${token} x`,
    ]) {
      const reply = await door().get(path, authorization === undefined ? {} : { authorization })
      assert.equal(refused(reply), '401 UNAUTHORIZED')
      assert.equal(reply.headers['www-authenticate'], 'Bearer')
    }
  })

  test('refuses a token that is wrong, in words that tell nothing', async () => {
    for (const wrong of [
      'x',
      '0'.repeat(32),
      token.toUpperCase().replace(/\d/g, 'A'),
      `${token}0`,
      "' or 1=1",
    ]) {
      const reply = await door().as(wrong.replaceAll(' ', '')).get(path)
      assert.equal(refused(reply), '401 UNAUTHORIZED')
      assert.equal(reply.headers['www-authenticate'], 'Bearer error="invalid_token"')
    }
  })

  test('takes no token from the address, and no session', async () => {
    assert.equal(refused(await door().get(`${path}?access_token=${token}`)), '401 UNAUTHORIZED')
    const session = await book.core.signIn.startSession(book.actorOf('owner'), 'browser')
    assert.equal(refused(await door().as(session.secret).get(path)), '401 UNAUTHORIZED')
  })

  test('refuses a token from the moment it has ended or was revoked', async () => {
    const owner = book.actorOf('owner')
    const short = await book.core.signIn.issueToken(owner, {
      name: 'short',
      scopes: ['*'],
      expiresAt: book.clock.now + 1000,
    })
    assert.equal((await door().as(short.secret).get(path)).status, 200)
    book.clock.advance(1000)
    assert.equal(refused(await door().as(short.secret).get(path)), '401 UNAUTHORIZED')
    const other = await book.core.signIn.issueToken(owner, { name: 'other', scopes: ['*'] })
    assert.equal((await door().as(other.secret).get(path)).status, 200)
    await book.core.signIn.revokeCredential(owner, other.credential.id)
    assert.equal(refused(await door().as(other.secret).get(path)), '401 UNAUTHORIZED')
  })

  test('lets a token do what its scopes allow', async () => {
    const reader = await signedIn(book, 'owner', 'a', ['time:read'])
    const body = { start_time: '2026-03-02T09:00:00Z', description: '' }
    assert.equal((await reader.get(path)).status, 200)
    await book.unchanged(async () => {
      assert.equal(refused(await reader.post(path, body)), '403 FORBIDDEN')
      assert.equal(refused(await reader.get('/api/v1/projects')), '403 FORBIDDEN')
      assert.equal(refused(await reader.get('/api/v1/members')), '403 FORBIDDEN')
    })
  })
})

describe('The scopes', () => {
  test('are all the documented ones, and stand for scopes that the core knows', () => {
    assert.deepEqual(Object.keys(scopes).sort(), [
      'analytics:read',
      'banking:read',
      'banking:write',
      'documents:read',
      'documents:write',
      'entries:read',
      'entries:write',
      'invoices:read',
      'invoices:write',
      'team:admin',
      'team:read',
      'transactions:read',
      'transactions:write',
    ])
    for (const { core, words } of Object.values(scopes)) {
      assert.ok(words.length > 0)
      for (const scope of core) assert.ok(knownScopes.includes(scope), scope)
    }
  })

  test('of an application are what it was allowed, and nothing else', () => {
    const actor = withScopes({} as Parameters<typeof withScopes>[0], 'time:read')
    assert.equal(mayUse(actor, 'entries:write'), true)
    const granted = { ...actor, grantedScopes: new Set(['entries:read']) }
    assert.equal(mayUse(granted, 'entries:read'), true)
    assert.equal(mayUse(granted, 'entries:write'), false)
  })
})
