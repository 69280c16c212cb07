// The way in: sessions with their cookie, tokens with their scopes, the first start; and what ends them.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { basic, callBook, callDoor } from '../../test/door-client.ts'
import {
  createTestBook,
  createTestSecrets,
  forEachEngine,
  password,
  type TestBook,
} from '../../test/harness.ts'
import { callNative, type Native, nativeLaw, nativeOver, type Wire } from '../../test/native-door.ts'
import { createApp } from '../app.ts'
import { createCore } from '../core/index.ts'
import { printer } from '../outside/documents/index.ts'
import { openStore } from '../store/index.ts'

forEachEngine('Signing in at the native API', (engine) => {
  let book: TestBook
  let nobody: Native

  before(async () => {
    book = await createTestBook(engine)
    nobody = callNative(book, undefined)
  })

  async function cookieOf(login: string): Promise<string> {
    const reply = await nobody.post('/session', { login, password })
    assert.equal(reply.status, 201, reply.text)
    return String(reply.headers['set-cookie']).split(';')[0] ?? ''
  }

  describe('With a session', () => {
    test('the cookie is kept from scripts, and is no address of ours to others', async () => {
      const reply = await nobody.post('/session', { login: 'OWNER@A.example', password })
      const cookie = String(reply.headers['set-cookie'])
      assert.match(cookie, /^daybook=[0-9a-f]{32}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/)
      assert.equal(reply.text.includes(cookie.slice(8, 40)), false, 'the secret is in the cookie alone')
    })

    test('under https the cookie is secure, and no other host can set it', async () => {
      const server = createApp(
        { core: book.core, clock: () => book.clock.now },
        { publicUrl: 'https://book.example', hosts: new Map() },
      )
      const secure = nativeOver(callDoor(server, '/api/v1', [nativeLaw]))
      const reply = await secure.post('/session', { login: 'owner@a.example', password })
      const cookie = String(reply.headers['set-cookie'])
      assert.match(cookie, /^__Host-daybook=[0-9a-f]{32}; .*; Secure$/)
      const plain = cookie.split(';')[0]?.replace('__Host-', '') ?? ''
      assert.equal((await secure.get('/me', { cookie: plain })).status, 401)
      assert.equal((await secure.get('/me', { cookie: cookie.split(';')[0] ?? '' })).status, 200)
    })

    test('reading needs the cookie, writing a sign that it comes from our own pages', async () => {
      const cookie = await cookieOf('owner@a.example')
      assert.equal((await nobody.get('/me', { cookie })).status, 200)
      await book.unchanged(async () => {
        for (const headers of [
          {},
          { origin: 'https://evil.example' },
          { 'sec-fetch-site': 'cross-site' },
          { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1' },
          { origin: 'null' },
        ]) {
          const reply = await nobody.post('/tags', { name: 'forged' }, { cookie, ...headers } as never)
          assert.deepEqual([reply.status, reply.json<Wire>().code], [403, 'forged_request'])
        }
      })
      let count = 0
      for (const headers of [
        { 'x-requested-with': 'fetch' },
        { 'sec-fetch-site': 'same-origin' },
        { origin: 'http://127.0.0.1' },
      ]) {
        count += 1
        const reply = await nobody.post('/tags', { name: `own ${count}` }, { cookie, ...headers } as never)
        assert.equal(reply.status, 201, reply.text)
      }
    })

    test('two cookies of the name count as none', async () => {
      const cookie = await cookieOf('owner@a.example')
      assert.equal((await nobody.get('/me', { cookie: `${cookie}; ${cookie}` })).status, 401)
      assert.equal((await nobody.get('/me', { cookie: `other=1; ${cookie}` })).status, 200)
    })

    test('it ends when its person signs out, or ends it from elsewhere', async () => {
      const cookie = await cookieOf('manager@a.example')
      const headers = { cookie, 'x-requested-with': 'fetch' }
      const out = await nobody.delete('/session', headers)
      assert.equal(out.status, 204)
      assert.match(String(out.headers['set-cookie']), /^daybook=; Path=\/; Max-Age=0/)
      assert.equal((await nobody.get('/me', { cookie })).status, 401)

      const second = await cookieOf('manager@a.example')
      const manager = callNative(book, 'manager')
      const [session] = (await manager.expect(200, manager.get('/sessions'))).data
      assert.equal(session.object, 'session')
      assert.equal((await manager.delete(`/tokens/${session.id}`)).status, 404, 'a session is no token')
      assert.equal((await manager.delete(`/sessions/${session.id}`)).status, 204)
      assert.equal((await nobody.get('/me', { cookie: second })).status, 401)
    })

    test('a wrong name and a wrong password read the same', async () => {
      const wrong = await nobody.post('/session', { login: 'owner@a.example', password: 'wrong' })
      const unknown = await nobody.post('/session', { login: 'nobody@a.example', password })
      assert.deepEqual([wrong.status, wrong.text], [401, unknown.text])
      assert.equal(wrong.headers['set-cookie'], undefined)
    })

    test('many wrong passwords are slowed down', async () => {
      let last = await nobody.post('/session', { login: 'guest@a.example', password: 'wrong' })
      for (let i = 0; i < 30 && last.status === 401; i += 1) {
        last = await nobody.post('/session', { login: 'guest@a.example', password: 'wrong' })
      }
      assert.equal(last.status, 429)
      assert.ok(Number(last.headers['retry-after']) > 0)
    })
  })

  describe('With a token', () => {
    test('Bearer and Basic both work, and its scopes limit it', async () => {
      const member = callNative(book, 'member')
      const body = { name: 'script', scopes: ['time:read'], expires_at: '2026-06-01T00:00:00Z' }
      const token = await member.expect(201, member.post('/tokens', body))
      const bearer = { authorization: `Bearer ${token.secret}` }
      assert.deepEqual((await nobody.expect(200, nobody.get('/me', bearer))).scopes, ['time:read'])
      assert.equal((await nobody.get('/time-entries', bearer)).status, 200)
      assert.equal((await nobody.get('/expenses', bearer)).status, 403)
      const asPassword = { authorization: basic('member@a.example', token.secret) }
      assert.equal((await nobody.get('/expenses', asPassword)).status, 403)
      const listed = (await member.expect(200, member.get('/tokens'))).data
      assert.equal(JSON.stringify(listed).includes(token.secret), false)
      assert.equal((await nobody.post('/tokens', { name: 'x', scopes: ['*'] }, bearer)).status, 403)

      book.clock.now = Date.parse('2026-06-01T00:00:01Z')
      assert.equal((await nobody.get('/time-entries', bearer)).status, 401)
    })

    test('a secret of one kind is none of the other', async () => {
      const cookie = await cookieOf('owner@a.example')
      const secret = cookie.split('=')[1] ?? ''
      assert.equal((await nobody.get('/me', { authorization: `Bearer ${secret}` })).status, 401)
      const owner = callNative(book, 'owner')
      const token = await owner.expect(201, owner.post('/tokens', { name: 'x', scopes: ['*'] }))
      assert.equal((await nobody.get('/me', { cookie: `daybook=${token.secret}` })).status, 401)
    })

    test('unknown scopes and wrong expiries are told', async () => {
      const owner = callNative(book, 'owner')
      for (const [body, path] of [
        [{ name: 'x', scopes: ['all'] }, '/scopes'],
        [{ name: 'x', scopes: [] }, '/scopes'],
        [{ name: 'x', scopes: ['*'], expires_at: 'soon' }, '/expires_at'],
        [{ name: ' ', scopes: ['*'] }, '/name'],
      ] as const) {
        const reply = await owner.post('/tokens', body)
        assert.deepEqual([reply.status, reply.json<Wire>().errors[0].path], [422, path])
      }
    })

    test('it is gone with the next request when it is ended, or its person leaves', async () => {
      const owner = callNative(book, 'owner')
      const person = { name: 'Eve', email: 'eve@a.example', role: 'member', password: 'long enough' }
      const eve = await owner.expect(201, owner.post('/people', person))
      const her = nativeOver(nobody.caller.as('eve@a.example', 'long enough'))
      const token = await her.expect(201, her.post('/tokens', { name: 'x', scopes: ['*'] }))
      const bearer = { authorization: `Bearer ${token.secret}` }
      assert.equal((await nobody.get('/me', bearer)).status, 200)
      assert.equal((await owner.delete(`/people/${eve.id}`)).status, 204)
      assert.equal((await nobody.get('/me', bearer)).status, 401)
      assert.equal((await her.get('/me')).status, 401)
    })

    for (const header of [
      'Bearer',
      'Bearer ',
      'Bearer x',
      `Bearer ${'0'.repeat(31)}`,
      'Digest x',
      'Basic !!!',
      '',
    ]) {
      test(`the header "${header}" is no credential`, async () => {
        const reply = await nobody.get('/me', { authorization: header })
        assert.equal(reply.status, 401)
      })
    }
  })

  describe('People', () => {
    test('are added once, change themselves, and are ruled by owners and admins', async () => {
      const owner = callNative(book, 'owner')
      const person = { name: 'Max', email: 'max@a.example', role: 'member', password: 'long enough' }
      const added = await owner.expect(
        201,
        owner.post('/people', { ...person, hourly_rate: { amount: '80.00', currency: 'EUR' } }),
      )
      assert.deepEqual(added.hourly_rate, { amount: '80.00', currency: 'EUR' })
      await book.unchanged(async () => {
        assert.equal((await owner.post('/people', person)).status, 422)
        assert.equal((await callNative(book, 'manager').post('/people', person)).status, 403)
        assert.equal(
          (await callNative(book, 'admin').patch(`/people/${added.id}`, { role: 'owner' })).status,
          403,
        )
        const max = nativeOver(nobody.caller.as('max@a.example', 'long enough'))
        assert.equal((await max.patch(`/people/${added.id}`, { role: 'admin' })).status, 403)
        assert.equal((await max.patch(`/people/${added.id}`, { password: 'other password' })).status, 422)
      })
      const max = nativeOver(nobody.caller.as('max@a.example', 'long enough'))
      const renamed = await max.expect(200, max.patch(`/people/${added.id}`, { name: 'Maxine' }))
      assert.deepEqual([renamed.name, renamed.hourly_rate], ['Maxine', null])
    })

    test('are listed page by page, and a guest sees nobody else', async () => {
      const owner = callNative(book, 'owner')
      const all = (await owner.expect(200, owner.get('/people?limit=200'))).data
      const first = await owner.expect(200, owner.get('/people?limit=2'))
      const rest = await owner.expect(200, owner.get(`/people?limit=200&cursor=${first.next_cursor}`))
      assert.deepEqual([...first.data, ...rest.data], all)
      const accountant = callNative(book, 'accountant')
      assert.equal((await accountant.expect(200, accountant.get('/people'))).data.length, all.length)
    })

    test('change their password, which ends their sessions', async () => {
      const cookie = await cookieOf('accountant@a.example')
      const accountant = callNative(book, 'accountant')
      const body = { current_password: 'wrong', new_password: 'another password' }
      assert.equal((await accountant.post('/me/password', body)).status, 403)
      assert.equal(
        (await accountant.post('/me/password', { ...body, current_password: password })).status,
        204,
      )
      assert.equal((await nobody.get('/me', { cookie })).status, 401)
      assert.equal((await accountant.get('/me')).status, 401)
    })
  })

  test('With a second factor a password alone opens nothing, and a code opens once', async () => {
    const manager = callNative(book, 'manager')
    const begun = await manager.expect(201, manager.post('/me/two-factor', { password }))
    assert.match(begun.address, /^otpauth:/)
    const code = (secret: string) =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: book.clock.now })
    assert.equal((await manager.post('/me/two-factor', { password: 'wrong' })).status, 403)
    assert.equal((await manager.post('/me/two-factor/confirm', { code: '000000' })).status, 422)
    const { codes } = await manager.expect(
      200,
      manager.post('/me/two-factor/confirm', { code: code(begun.secret) }),
    )
    assert.equal(codes.length, 10)
    const alone = await manager.get('/me')
    assert.deepEqual([alone.status, alone.json<Wire>().code], [401, 'second_factor_required'])
    const login = { login: 'manager@a.example', password }
    assert.equal((await nobody.post('/session', login)).status, 401)
    assert.equal((await nobody.post('/session', { ...login, code: codes[0] })).status, 201)
    assert.equal((await nobody.post('/session', { ...login, code: codes[0] })).status, 401)
    book.clock.advance(60_000)
    const reply = await nobody.post('/session', { ...login, code: code(begun.secret) })
    const headers = {
      cookie: String(reply.headers['set-cookie']).split(';')[0] ?? '',
      'x-requested-with': 'x',
    }
    const status = await nobody.expect(200, nobody.get('/me/two-factor', headers))
    assert.equal(status.recovery_codes, 9)
    assert.equal((await nobody.post('/me/two-factor/disable', { password }, headers)).status, 204)
    assert.equal((await manager.get('/me')).status, 200)
  })

  test('An empty book is set up once, with its link only', async () => {
    const store = engine.closing(await openStore(await engine.freshAddress()))
    const clock = { now: book.clock.now }
    const core = createCore({
      store,
      clock: () => clock.now,
      secrets: createTestSecrets(),
      files: book.files,
      printer,
    })
    const fresh = nativeOver(callBook({ core, clock }, '/api/v1', [nativeLaw]))
    assert.equal((await fresh.expect(200, fresh.get('/set-up'))).needed, true)
    const key = await core.setUp.invite()
    const body = {
      key,
      organization: { name: 'Lighthouse', currency: 'EUR', time_zone: 'Europe/Amsterdam' },
      owner: { name: 'Ada', email: 'ada@reed.example', password: 'a long password' },
    }
    assert.equal((await fresh.post('/set-up', { ...body, key: '0'.repeat(32) })).status, 404)
    const wrong = { ...body, organization: { ...body.organization, currency: 'XXX' } }
    assert.equal((await fresh.post('/set-up', wrong)).status, 422)
    assert.equal((await fresh.post('/set-up', body)).status, 201)
    assert.equal((await fresh.post('/set-up', body)).status, 404)
    assert.equal((await fresh.expect(200, fresh.get('/set-up'))).needed, false)
  })

  test('Every answer tells what is left of the limit', async () => {
    const first = await callNative(book, 'owner').get('/tags')
    assert.ok(Number(first.headers['ratelimit-limit']) > 0)
    assert.ok(Number(first.headers['ratelimit-remaining']) < Number(first.headers['ratelimit-limit']))
    assert.ok(Number(first.headers['ratelimit-reset']) > 0)
  })
})
