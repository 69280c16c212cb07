// Codes, access tokens and refresh tokens by HTTP: what they are worth, and how soon they are worth nothing.

import assert from 'node:assert/strict'
import { before, beforeEach, describe, test } from 'node:test'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import {
  type Client,
  createBrowser,
  fieldsOf,
  flowOf,
  lenient,
  letIn,
  type Pair,
  refresh,
  register,
  serveOAuth,
  signIn,
  strict,
  tokensFor,
  trade,
  tradeCode,
  whoIs,
} from '../../../test/oauth-client.ts'
import { createCore } from '../../core/index.ts'
import { printer } from '../../outside/documents/index.ts'
import { createKeys } from '../../outside/keys.ts'
import { checkBook } from '../../store/check/index.ts'
import { openStore } from '../../store/index.ts'
import { openSession } from '../../store/session.ts'
import type { Server } from '../door.ts'

const minute = 60 * 1000
const day = 24 * 60 * minute

forEachEngine('What an application holds', (engine) => {
  let book: TestBook
  let server: Server
  let client: Client
  before(async () => {
    book = await createTestBook(engine)
    server = serveOAuth(book)
  })
  beforeEach(async () => {
    client = await register(book, book.actorOf('owner'))
  })

  /** A code that was not traded yet. */
  async function codeFor(login = 'member@a.example', of = client) {
    const browser = createBrowser(server)
    const flow = flowOf(of)
    const back = await letIn(browser, of, flow, login)
    return { browser, flow, code: back.get('code') ?? '' }
  }

  const isDead = async (pair: Pair, of = client) => {
    assert.equal(await whoIs(server, of.description, pair.access_token), 401)
    const answer = await refresh(createBrowser(server), of, pair.refresh_token)
    assert.deepEqual([answer.status, answer.json().error], [400, 'invalid_grant'])
  }
  const lives = async (pair: Pair, of = client) =>
    assert.equal(typeof (await whoIs(server, of.description, pair.access_token)), 'object')

  describe('A code', () => {
    const wrong: readonly [string, Readonly<Record<string, string>>][] = [
      ['another verifier', { code_verifier: 'x'.repeat(43) }],
      ['no verifier', { code_verifier: '' }],
      ['a verifier that is none', { code_verifier: 'short' }],
      ['another address', { redirect_uri: 'https://app.example/other' }],
      ['another code', { code: 'x'.repeat(43) }],
    ]
    for (const [what, more] of wrong) {
      test(`is worth nothing with ${what}`, async () => {
        const { browser, flow, code } = await codeFor()
        const right = { grant_type: 'authorization_code', code, redirect_uri: 'https://app.example/done' }
        const answer = await trade(browser, client, { ...right, code_verifier: flow.verifier, ...more })
        assert.equal(answer.status, 400, answer.text)
        assert.match(String(answer.json().error), /^invalid_(?:grant|request)$/)
        assert.deepEqual(Object.keys(answer.json()), ['error', 'error_description'])
      })
    }

    test('is worth nothing to another application', async () => {
      const { browser, flow, code } = await codeFor()
      const other = await register(book, book.actorOf('owner'))
      const answer = await tradeCode(browser, other, flow, code)
      assert.deepEqual([answer.status, answer.json().error], [400, 'invalid_grant'])
    })

    test('counts once: used again, it ends all that came from it', async () => {
      const { browser, flow, code } = await codeFor()
      const pair = (await tradeCode(browser, client, flow, code)).json<Pair>()
      await lives(pair)
      const again = await tradeCode(browser, client, flow, code)
      assert.deepEqual([again.status, again.json().error], [400, 'invalid_grant'])
      await isDead(pair)
    })

    test('counts once among many that use it at the same moment', async () => {
      const { browser, flow, code } = await codeFor()
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => tradeCode(browser, client, flow, code)),
      )
      const won = answers.filter((answer) => answer.status === 200)
      assert.ok(won.length <= 1)
      for (const answer of won)
        assert.equal(await whoIs(server, strict, answer.json<Pair>().access_token), 401)
    })

    test('lasts ten minutes', async () => {
      const { browser, flow, code } = await codeFor()
      book.clock.advance(10 * minute)
      const answer = await tradeCode(browser, client, flow, code)
      assert.deepEqual([answer.status, answer.json().error], [400, 'invalid_grant'])
    })

    test('is no token, and a token is no code', async () => {
      const { browser, flow, code } = await codeFor()
      assert.equal(await whoIs(server, strict, code), 401)
      const pair = await tokensFor(server, client, 'member@a.example')
      assert.equal((await tradeCode(browser, client, flow, pair.access_token)).status, 400)
      assert.equal((await refresh(browser, client, pair.access_token)).status, 400)
      assert.equal(await whoIs(server, strict, pair.refresh_token), 401)
    })
  })

  describe('An access token', () => {
    test('lasts an hour', async () => {
      const pair = await tokensFor(server, client, 'member@a.example')
      book.clock.advance(60 * minute - 1)
      await lives(pair)
      book.clock.advance(1)
      assert.equal(await whoIs(server, strict, pair.access_token), 401)
    })

    test('does what was allowed, as far as the role reaches', async () => {
      const pair = await tokensFor(server, client, 'guest@a.example', {
        scope: 'entries:read entries:write',
      })
      const arrival = { door: 'expensicat', requestId: 'r', address: '' } as const
      const actor = await book.core.signIn.byAccessToken(pair.access_token, arrival, () => ['time:read', '*'])
      assert.ok(actor)
      assert.deepEqual([[...(actor.scopes ?? [])], actor.role], [['time:read'], 'guest'])
      await assert.rejects(async () => book.core.time.start(actor, {}), /scope/)
    })

    test('opens its own door only', async () => {
      const loose = await register(book, book.actorOf('owner'), { door: 'moneybird' })
      const strictPair = await tokensFor(server, client, 'member@a.example')
      const loosePair = await tokensFor(server, loose, 'member@a.example')
      await lives(strictPair)
      await lives(loosePair, loose)
      assert.equal(await whoIs(server, lenient, strictPair.access_token), 401)
      assert.equal(await whoIs(server, strict, loosePair.access_token), 401)
    })

    test('without end goes on for years where its door has it so, and can be refreshed', async () => {
      const loose = await register(book, book.actorOf('owner'), { door: 'moneybird' })
      const pair = await tokensFor(server, loose, 'member@a.example')
      book.clock.advance(2000 * day)
      await lives(pair, loose)
      const answer = await refresh(createBrowser(server), loose, pair.refresh_token)
      const next = answer.json<Pair>()
      assert.equal(next.refresh_token, pair.refresh_token)
      assert.notEqual(next.access_token, pair.access_token)
      await lives(next, loose)
      await lives(pair, loose)
      assert.equal((await refresh(createBrowser(server), loose, pair.refresh_token)).status, 200)
      book.clock.now -= 2000 * day
    })
  })

  test('Tokens without end do not pile up: the newest fifty of a consent are kept', async () => {
    const loose = await register(book, book.actorOf('owner'), { door: 'moneybird' })
    const first = await tokensFor(server, loose, 'member@a.example')
    const browser = createBrowser(server)
    const pairs = [first]
    for (let i = 0; i < 50; i += 1) {
      book.clock.advance(1)
      pairs.push((await refresh(browser, loose, first.refresh_token)).json<Pair>())
    }
    assert.equal(await whoIs(server, lenient, first.access_token), 401)
    for (const pair of [pairs[1], pairs[50]]) await lives(pair ?? first, loose)
    assert.equal((await refresh(browser, loose, first.refresh_token)).status, 200)
  })

  describe('A refresh token', () => {
    test('is traded for a new pair, with no more than was allowed', async () => {
      const pair = await tokensFor(server, client, 'member@a.example')
      book.clock.advance(61 * minute)
      const browser = createBrowser(server)
      const wider = await trade(browser, client, {
        grant_type: 'refresh_token',
        refresh_token: pair.refresh_token,
        scope: 'entries:read entries:write',
      })
      assert.deepEqual([wider.status, wider.json().error], [400, 'invalid_scope'])
      const next = (await refresh(browser, client, pair.refresh_token)).json<Pair>()
      await lives(next)
      assert.notEqual(next.refresh_token, pair.refresh_token)
      assert.equal(next.scope, 'entries:read')
    })

    test('counts once: used again, it ends the whole family', async () => {
      const first = await tokensFor(server, client, 'member@a.example')
      const browser = createBrowser(server)
      const second = (await refresh(browser, client, first.refresh_token)).json<Pair>()
      const third = (await refresh(browser, client, second.refresh_token)).json<Pair>()
      await lives(third)
      const replayed = await refresh(browser, client, first.refresh_token)
      assert.deepEqual([replayed.status, replayed.json().error], [400, 'invalid_grant'])
      await isDead(third)
      await isDead(second)
    })

    test('counts once among many that use it at the same moment', async () => {
      const pair = await tokensFor(server, client, 'member@a.example')
      const browser = createBrowser(server)
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => refresh(browser, client, pair.refresh_token)),
      )
      assert.ok(answers.filter((answer) => answer.status === 200).length <= 1)
    })

    test('lasts thirty days, counted anew with each use', async () => {
      let pair = await tokensFor(server, client, 'member@a.example')
      const browser = createBrowser(server)
      for (let i = 0; i < 3; i += 1) {
        book.clock.advance(30 * day - 1)
        pair = (await refresh(browser, client, pair.refresh_token)).json<Pair>()
      }
      await lives(pair)
      book.clock.advance(30 * day)
      await isDead(pair)
    })

    test('is worth nothing to another application', async () => {
      const pair = await tokensFor(server, client, 'member@a.example')
      const other = await register(book, book.actorOf('owner'))
      const answer = await refresh(createBrowser(server), other, pair.refresh_token)
      assert.deepEqual([answer.status, answer.json().error], [400, 'invalid_grant'])
      assert.equal((await refresh(createBrowser(server), client, pair.refresh_token)).status, 200)
    })
  })

  describe('Everything ends at once', () => {
    test('when the application revokes either token; unknown ones are no error', async () => {
      const browser = createBrowser(server)
      for (const which of ['access_token', 'refresh_token'] as const) {
        const pair = await tokensFor(server, client, 'member@a.example')
        const other = await register(book, book.actorOf('owner'))
        const url = '/strict/oauth2/revoke'
        const byOther = await browser.post(url, { client_id: other.id, token: pair[which] })
        assert.equal(byOther.status, 200)
        await lives(pair)
        const answer = await browser.post(url, { client_id: client.id, token: pair[which] })
        assert.deepEqual([answer.status, answer.text], [200, ''])
        await isDead(pair)
        assert.equal((await browser.post(url, { client_id: client.id, token: pair[which] })).status, 200)
      }
      const unknown = await browser.post('/strict/oauth2/revoke', { client_id: client.id, token: 'x' })
      assert.equal(unknown.status, 200)
      const nobody = await browser.post('/strict/oauth2/revoke', { client_id: 'x', token: 'x' })
      assert.deepEqual([nobody.status, nobody.json().error], [401, 'invalid_client'])
    })

    test('when the person takes the consent back', async () => {
      const pair = await tokensFor(server, client, 'manager@a.example')
      const manager = await book.again(book.actorOf('manager'))
      const [credential] = await book.core.signIn.listCredentials(manager, manager.personId)
      assert.equal(credential?.kind, 'application')
      const { digest } = book.secrets
      const kept = () => book.store.grants.record('expensicat', 'RefreshToken', digest(pair.refresh_token))
      assert.ok(await kept())
      await book.core.signIn.revokeCredential(manager, credential?.id ?? 0)
      assert.equal(await kept(), undefined, 'Nothing is left lying about.')
      await isDead(pair)
    })

    test('when the application is removed', async () => {
      const pair = await tokensFor(server, client, 'member@a.example')
      const { browser, flow, code } = await codeFor()
      await book.core.applications.remove(await book.again(book.actorOf('owner')), client.applicationId)
      assert.equal(await whoIs(server, strict, pair.access_token), 401)
      for (const answer of [
        await refresh(browser, client, pair.refresh_token),
        await tradeCode(browser, client, flow, code),
      ]) {
        assert.deepEqual([answer.status, answer.json().error], [401, 'invalid_client'])
      }
      const owner = await book.again(book.actorOf('owner'))
      const credentials = await book.core.signIn.listCredentials(owner)
      assert.ok(!credentials.some((credential) => credential.applicationId === client.applicationId))
    })

    test('when the person leaves, and does not come back with them', async () => {
      const owner = await book.again(book.actorOf('owner'))
      const input = { email: 'leaving@example.org', name: 'Leaving', password, role: 'member' as const }
      const { person } = await book.core.organizations.addMember(owner, input)
      const pair = await tokensFor(server, client, 'leaving@example.org')
      const { browser, flow, code } = await codeFor('leaving@example.org')
      await book.core.organizations.removeMember(owner, person.id)
      await isDead(pair)
      assert.equal((await tradeCode(browser, client, flow, code)).json().error, 'invalid_grant')
      await book.core.organizations.addMember(owner, input)
      await isDead(pair)
    })

    test('with a new password only when that was asked for', async () => {
      const pair = await tokensFor(server, client, 'admin@a.example')
      const admin = () => book.again(book.actorOf('admin'))
      await book.core.signIn.changePassword(await admin(), password, 'another password', { tokens: false })
      await lives(pair)
      await book.core.signIn.changePassword(await admin(), 'another password', password, { tokens: true })
      await isDead(pair)
    })

    test('also in other organizations of the person', async () => {
      const command = { ...book.actorOf('owner'), door: 'command' } as const
      const everywhere = await register(book, command, { reach: 'server' })
      const pair = await tokensFor(server, everywhere, 'manager@b.example')
      const owner = await book.again(book.actorOf('owner'))
      await book.core.organizations.addMember(owner, {
        email: 'manager@b.example',
        name: '',
        password,
        role: 'guest',
      })
      await lives(pair)
      const guest = await book.core.signIn.byLogin('manager@b.example', book.organizations.a, {
        door: 'native',
        requestId: 'r',
        address: '',
      })
      await book.core.signIn.changePassword(guest, password, password, { tokens: true })
      await isDead(pair, everywhere)
    })
  })

  describe('The secret of an application', () => {
    test('can be another one; the old one ends, the tokens go on', async () => {
      const owner = await book.again(book.actorOf('owner'))
      const loose = await register(book, owner, { door: 'moneybird' })
      const pair = await tokensFor(server, loose, 'member@a.example')
      const { secret } = await book.core.applications.renewSecret(owner, loose.applicationId)
      const browser = createBrowser(server)
      const old = await refresh(browser, loose, pair.refresh_token)
      assert.deepEqual([old.status, old.json().error], [401, 'invalid_client'])
      assert.equal((await refresh(browser, { ...loose, secret }, pair.refresh_token)).status, 200)
      await lives(pair, loose)
    })
  })

  describe('Hostile requests', () => {
    const bodies: readonly [string, string, string][] = [
      ['broken JSON', 'application/json', '{'],
      ['a list', 'application/json', '[]'],
      ['nested JSON', 'application/json', '{"grant_type":{"a":1}}'],
      ['JSON of a hundred thousand levels', 'application/json', '['.repeat(30_000)],
      ['a prototype', 'application/json', '{"__proto__":{"client_id":"x"},"grant_type":"x"}'],
      ['another type', 'text/xml', '<a/>'],
      ['no UTF-8', 'application/x-www-form-urlencoded', 'grant_type=%ff'],
      ['names twice', 'application/x-www-form-urlencoded', 'grant_type=a&grant_type=b&client_id=x'],
      [
        'NUL',
        'application/x-www-form-urlencoded',
        'client_id=%00&grant_type=refresh_token&refresh_token=%00',
      ],
      ['nothing', 'application/json', ''],
      ['too much', 'application/json', JSON.stringify({ code: 'x'.repeat(40_000) })],
    ]
    for (const [what, type, payload] of bodies) {
      test(`${what} at the token endpoint is told as OAuth has it`, async () => {
        const response = await server.inject({
          method: 'POST',
          url: '/strict/oauth2/token',
          headers: { 'content-type': type },
          payload,
        })
        assert.ok([400, 401, 413].includes(response.statusCode), response.payload)
        assert.match(response.json().error, /^invalid_(?:request|client|grant)$/)
        assert.equal(response.headers['content-type'], 'application/json')
      })
    }

    test('other ways to a token are none', async () => {
      const browser = createBrowser(server)
      for (const grant_type of ['password', 'client_credentials', 'implicit', 'urn:x', '']) {
        const answer = await trade(browser, client, {
          grant_type,
          username: 'owner@a.example',
          password,
          scope: 'entries:read',
        })
        assert.equal(answer.status, 400)
        assert.match(String(answer.json().error), /^(?:unsupported_grant_type|invalid_request)$/)
      }
    })

    test('tokens that are none are nobody, whatever they look like', async () => {
      const tokens = [
        '',
        'x',
        '0'.repeat(32),
        'a.b.c',
        'é',
        '\u0000',
        'x'.repeat(1999),
        '../..',
        "' or 1=1 --",
      ]
      for (const token of tokens) {
        const headers = { authorization: `Bearer ${token}` }
        const { statusCode } = await server.inject({ method: 'GET', url: '/strict/me', headers })
        assert.equal(statusCode, 401, token.slice(0, 20))
      }
    })
  })

  describe('Another process', () => {
    test('knows every code, token and sign-in under way, and so does a start later', async () => {
      const keys = createKeys()
      const here = serveOAuth(book, keys)
      const store = engine.closing(await openStore(book.address))
      const { clock, secrets, files } = book
      const core = createCore({ store, clock: () => clock.now, secrets, files, printer })
      const there = serveOAuth({ core, clock }, keys)

      const flow = flowOf(client)
      const browser = createBrowser(here)
      const url = `/strict/oauth2/authorize?${new URLSearchParams(flow.query)}`
      const address = (await browser.get(url)).location ?? ''
      const other = createBrowser(there)
      for (const [name, kept] of browser.jar) other.jar.set(name, kept)
      const consent = await signIn(other, address, 'member@a.example')
      const sent = await browser.post(address, { action: 'allow', ...fieldsOf(consent) })
      const back = await other.get(sent.location ?? '')
      const code = new URL(back.location ?? '').searchParams.get('code') ?? ''
      const pair = (await tradeCode(browser, client, flow, code)).json<Pair>()
      assert.equal(typeof (await whoIs(there, strict, pair.access_token)), 'object')
      const next = (await refresh(other, client, pair.refresh_token)).json<Pair>()
      assert.equal(typeof (await whoIs(here, strict, next.access_token)), 'object')

      await browser.post('/strict/oauth2/revoke', { client_id: client.id, token: next.refresh_token })
      assert.equal(await whoIs(there, strict, next.access_token), 401)
    })

    test('does not count a code again', async () => {
      const store = engine.closing(await openStore(book.address))
      const { clock, secrets, files } = book
      const core = createCore({ store, clock: () => clock.now, secrets, files, printer })
      const there = createBrowser(serveOAuth({ core, clock }))
      const { browser, flow, code } = await codeFor()
      const answers = await Promise.all(
        [browser, there, browser, there].map((each) => tradeCode(each, client, flow, code)),
      )
      const won = answers.filter((answer) => answer.status === 200)
      assert.ok(won.length <= 1)
      for (const answer of won)
        assert.equal(await whoIs(server, strict, answer.json<Pair>().access_token), 401)
    })

    test('with another key knows no sign-in under way', async () => {
      const browser = createBrowser(serveOAuth(book))
      const start = await browser.get(`/strict/oauth2/authorize?${new URLSearchParams(flowOf(client).query)}`)
      const other = createBrowser(serveOAuth(book))
      for (const [name, kept] of browser.jar) other.jar.set(name, kept)
      assert.equal((await browser.get(start.location ?? '')).status, 200)
      assert.equal((await other.get(start.location ?? '')).status, 400)
    })
  })

  test('No secret is kept as it is, and what has expired goes', async () => {
    const pair = await tokensFor(server, client, 'member@a.example')
    const found = await book.store.grants.record(
      'expensicat',
      'AccessToken',
      book.secrets.digest(pair.access_token),
    )
    assert.ok(found)
    assert.ok(!JSON.stringify(found).includes(pair.access_token))
    book.clock.advance(40 * day)
    await codeFor()
    const gone = await book.store.grants.record('expensicat', 'AccessToken', found.digest)
    assert.equal(gone, undefined)
  })

  test('The book is whole after all of this', async () => {
    const session = await openSession(book.address, 'read')
    try {
      const stored = (async function* none() {})()
      const { problems } = await checkBook(session, { files: book.files, stored })
      assert.deepEqual(problems, [])
    } finally {
      await session.close()
    }
  })
})
