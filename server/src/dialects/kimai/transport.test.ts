// Credentials, methods, origins and bodies: what holds for every address of the Kimai door.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { basic, type Headers } from '../../../test/door-client.ts'
import { createTestEngine, password } from '../../../test/harness.ts'
import { bearer, createKimaiBook, type KimaiBook, pair } from '../../../test/kimai-client.ts'
import { refused, routes } from './routes.ts'

describe('The Kimai door', () => {
  const engine = createTestEngine('sqlite')
  let kimai: KimaiBook
  let token: string
  before(async () => {
    kimai = await createKimaiBook(engine)
    const actor = kimai.book.actorOf('owner')
    token = (await kimai.book.core.signIn.issueToken(actor, { name: 't', scopes: ['*'] })).secret
  })

  const call = (method: string, path: string, headers: Headers = {}, body?: string, type?: string) =>
    kimai.door.send(method, path, body === undefined ? undefined : { bytes: body, type }, headers)
  const at = (path: string) => path.replace(/:\w+/g, '1')

  describe('lets in', () => {
    const in_: readonly (readonly [string, () => Headers])[] = [
      ['a Bearer token', () => bearer(token)],
      ['the pair with a token', () => pair('owner@a.example', token)],
      ['the pair with a password', () => pair('owner@a.example', password)],
      ['the pair in any letter case', () => pair('OWNER@A.example', token)],
      ['a Bearer token beside a wrong pair', () => ({ ...bearer(token), ...pair('x', 'y') })],
    ]
    for (const [sentence, headers] of in_) {
      test(sentence, async () => assert.equal((await call('GET', '/api/ping', headers())).status, 200))
    }
  })

  describe('keeps out', () => {
    const invalid = '{"message":"Invalid credentials"}'
    const missing = (name: string) => `{"message":"Authentication required, missing ${name}"}`
    const unauthorized = '{"code":401,"message":"Unauthorized"}'
    const out: readonly (readonly [string, () => Headers, number, string])[] = [
      ['nobody', () => ({}), 401, unauthorized],
      ['a user alone', () => ({ 'x-auth-user': 'owner@a.example' }), 401, unauthorized],
      ['a token alone', () => ({ 'x-auth-token': token }), 401, unauthorized],
      ['Basic', () => ({ authorization: basic('owner@a.example', password) }), 401, unauthorized],
      ['a lower-case bearer', () => ({ authorization: `bearer ${token}` }), 401, unauthorized],
      ['an empty user', () => pair('', token), 403, missing('user header: X-AUTH-USER')],
      ['an empty token', () => pair('owner@a.example', ''), 403, missing('token header: X-AUTH-TOKEN')],
      ['a wrong user', () => pair('nobody', token), 403, invalid],
      ['a wrong token', () => pair('owner@a.example', 'x'), 403, invalid],
      ['the token of somebody else', () => pair('member@a.example', token), 403, invalid],
      ['an unknown token', () => bearer('0'.repeat(32)), 401, ''],
      ['an empty Bearer', () => bearer(''), 401, ''],
      ['a token that is none', () => bearer('../../etc'), 401, ''],
    ]
    for (const [sentence, headers, status, text] of out) {
      test(sentence, async () => {
        const reply = await call('GET', '/api/expenses', headers())
        assert.deepEqual([reply.status, reply.text], [status, text])
        const challenge =
          text === '' ? 'Bearer error="invalid_token",error_description="Invalid credentials."' : undefined
        assert.equal(reply.headers['www-authenticate'], challenge)
      })
    }

    test('everyone without credentials, at every address', async () => {
      for (const { path, methods } of routes) {
        for (const method of Object.keys(methods)) {
          const reply = await call(method, at(path))
          assert.deepEqual([reply.status, reply.text], [401, unauthorized], `${method} ${path}`)
        }
      }
    })

    test('a token whose scope does not reach', async () => {
      const actor = kimai.book.actorOf('owner')
      const narrow = await kimai.book.core.signIn.issueToken(actor, {
        name: 'n',
        scopes: ['time:read', 'catalogue:read'],
      })
      assert.equal((await call('GET', '/api/timesheets', bearer(narrow.secret))).status, 200)
      assert.equal((await call('GET', '/api/expenses', bearer(narrow.secret))).status, 403)
      assert.equal(
        (
          await call(
            'POST',
            '/api/timesheets',
            bearer(narrow.secret),
            '{"project":1,"activity":1}',
            'application/json',
          )
        ).status,
        403,
      )
    })

    test('a guesser, for a while', async () => {
      let last = { status: 0, retry: undefined as string | undefined }
      for (let guess = 0; guess < 12; guess += 1) {
        const reply = await call('GET', '/api/ping', pair('guest@a.example', `guess ${guess}`))
        last = { status: reply.status, retry: reply.headers['retry-after'] }
      }
      assert.equal(last.status, 400)
      assert.ok(Number(last.retry) > 0)
    })
  })

  describe('answers', () => {
    test('405 to a method that an address does not have', async () => {
      for (const { path, methods } of routes) {
        for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
          if (method in methods) continue
          const reply = await call(method, at(path), bearer(token))
          assert.deepEqual([reply.status, reply.text], [405, '{"code":405,"message":"Method Not Allowed"}'])
          assert.equal(reply.headers.allow, Object.keys(methods).join(', '))
        }
      }
    })

    test('404 to unknown and refused addresses', async () => {
      for (const path of [
        '/api',
        '/api/nothing',
        '/api/expenses/x',
        '/api/expenses/1/nothing',
        '/',
        ...refused.map(at),
      ]) {
        const reply = await call('GET', path, bearer(token))
        assert.deepEqual([reply.status, reply.text], [404, '{"code":404,"message":"Not Found"}'], path)
      }
    })

    test('HEAD with the head of a GET, and changes nothing', () =>
      kimai.book.unchanged(async () => {
        const reply = await call('HEAD', '/api/expenses', bearer(token))
        assert.deepEqual([reply.status, reply.text, reply.headers['x-page']], [200, '', '1'])
        assert.equal((await call('HEAD', '/api/projects/1/duplicate', bearer(token))).status, 405)
      }))

    test('browsers of any origin', async () => {
      const origin = { origin: 'https://pages.example' }
      const before = await call('OPTIONS', '/api/expenses/1', {
        ...origin,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'x-auth-user,x-auth-token',
      })
      assert.equal(before.status, 204)
      assert.equal(before.headers['access-control-allow-origin'], '*')
      assert.match(before.headers['access-control-allow-headers'] ?? '', /X-AUTH-USER, X-AUTH-TOKEN/)
      assert.match(before.headers['access-control-allow-methods'] ?? '', /PATCH/)
      const after = await call('GET', '/api/expenses', { ...origin, ...bearer(token) })
      assert.match(
        after.headers['access-control-expose-headers'] ?? '',
        /X-Page, X-Total-Count, X-Total-Pages, X-Per-Page/,
      )
      assert.equal(
        (await call('GET', '/api/expenses', bearer(token))).headers['access-control-allow-origin'],
        undefined,
      )
    })

    for (const [sentence, path, key] of [
      ['ping', '/api/ping', 'message'],
      ['its version', '/api/version', 'version,versionId,candidate,semver,name,copyright'],
      ['formats', '/api/config/i18n', 'formDateTime,formDate,dateTime,date,time,duration,is24hours,now'],
    ] as const) {
      test(sentence, async () => {
        assert.equal(Object.keys((await call('GET', path, bearer(token))).json<object>()).join(), key)
      })
    }

    test('that expenses are served, in a version that takes Bearer tokens', async () => {
      const plugins = (await call('GET', '/api/plugins', bearer(token))).json<
        { name: string; version: unknown }[]
      >()
      assert.deepEqual(plugins, [{ name: 'ExpensesBundle', version: '2.10.0' }])
      const { version, versionId } = (await call('GET', '/api/version', bearer(token))).json<{
        version: string
        versionId: number
      }>()
      assert.deepEqual([version, versionId], ['2.66.0', 26_600])
    })
  })

  describe('takes a body', () => {
    const json = 'application/json'
    for (const [sentence, body, type, status] of [
      ['of nothing', '', json, 200],
      ['of an empty object', '{}', json, 200],
      ['of blanks', ' \n', json, 200],
      ['without a type', '{"comment":"a"}', undefined, 200],
      ['under a wrong type', '{"comment":"b"}', 'text/plain', 200],
      ['with a charset', '{"comment":"é"}', 'application/json; charset=utf-8', 200],
      ['as a form', 'comment=a+b', 'application/x-www-form-urlencoded', 200],
      ['of a list', '[]', json, 400],
      ['of a number', '1', json, 400],
      ['of null', 'null', json, 400],
      ['that is cut', '{"comment":', json, 400],
      ['that is no JSON', 'comment=a', json, 400],
      ['with a comment', '{"comment":"a"} // b', json, 400],
      ['nested without end', '['.repeat(100_000), json, 400],
      ['nested deep', `{"comment":${'['.repeat(20)}${']'.repeat(20)}}`, json, 400],
      ['of a prototype', '{"__proto__":{"role":"owner"}}', json, 400],
      ['of a constructor', '{"constructor":1}', json, 400],
      ['with a lone surrogate', '{"comment":"\\ud800"}', json, 400],
      ['with NUL', '{"comment":"\\u0000"}', json, 400],
      ['beyond every number', '{"budget":1e400}', json, 400],
      ['with a number that is none', '{"budget":NaN}', json, 400],
    ] as const) {
      test(`${sentence}: ${status}`, async () => {
        const path = `/api/customers/${kimai.things.customer}`
        assert.equal((await call('PATCH', path, bearer(token), body, type)).status, status)
      })
    }

    test('that is no UTF-8: 400', async () => {
      const bytes = Buffer.from('7b22636f6d6d656e74223a22ff227d', 'hex')
      const path = `/api/customers/${kimai.things.customer}`
      const reply = await kimai.door.send('PATCH', path, { bytes, type: json }, bearer(token))
      assert.deepEqual([reply.status, reply.text], [400, '{"code":400,"message":"Bad Request"}'])
    })

    test('that is too large: 413', async () => {
      const body = `{"comment":"${'x'.repeat(3_000_000)}"}`
      const reply = await call('PATCH', `/api/customers/${kimai.things.customer}`, bearer(token), body, json)
      assert.equal(reply.status, 413)
    })
  })

  test('a right that is revoked is gone with the next request', async () => {
    const manager = kimai.as('manager')
    assert.equal((await manager.get('/api/expenses/categories')).status, 200)
    const { personId } = kimai.book.actorOf('manager')
    await kimai.book.core.organizations.updateMember(kimai.book.actorOf('owner'), personId, {
      role: 'member',
    })
    assert.equal((await manager.get('/api/expenses/categories')).status, 403)
  })
})
