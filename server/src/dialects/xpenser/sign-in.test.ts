// Who may come in at this door: by password, by token, and after how many wrong guesses no longer.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { basic, type Caller, callBook, plainRefusals, readable } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, noon, password, type TestBook } from '../../../test/harness.ts'
import { routes } from './index.ts'

forEachEngine('Signing in at the Xpenser door', (engine) => {
  let book: TestBook
  let nobody: Caller
  before(async () => {
    book = await createTestBook(engine)
    nobody = callBook(book, '/xpenser', [plainRefusals, readable])
  })
  const path = '/api/v1.0/expenses/'

  test('without credentials is challenged on every address, with a quoted realm, and does nothing', () =>
    book.unchanged(async () => {
      for (const { path: route, methods } of routes) {
        for (const method of [...Object.keys(methods), 'PATCH']) {
          const reply = await nobody.send(
            method,
            `${route.replace(':id', '1').replace(' ', '%20')}?q=lunch+12`,
          )
          assert.deepEqual(
            [reply.status, reply.headers['www-authenticate'], reply.text],
            [401, 'Basic realm="API"', 'Authorization Required'],
          )
        }
      }
    }))

  test('with wrong or unreadable credentials is challenged in the same way', async () => {
    const { headers, ...expected } = await nobody.get(path)
    for (const authorization of [
      basic('owner@a.example', 'wrong'),
      basic('nobody@a.example', password),
      basic('owner@a.example', ''),
      basic('', ''),
      basic("' or 1=1 --", password),
      basic('owner@a.example\u0000', password),
      'Basic',
      'Basic !!!',
      `Basic ${Buffer.from('no colon').toString('base64')}`,
      `Bearer ${password}`,
      `Basic ${'x'.repeat(5000)}`,
      'Digest username="owner@a.example"',
    ]) {
      const reply = await nobody.get(path, { authorization })
      assert.deepEqual([reply.status, reply.text], [expected.status, expected.text])
      assert.equal(reply.headers['www-authenticate'], headers['www-authenticate'])
    }
  })

  test('takes the address in any letter case, and a scheme in any too', async () => {
    assert.equal((await nobody.as('Owner@A.example', password).get(path)).status, 200)
    const authorization = basic('owner@a.example', password).replace('Basic', 'bAsIc')
    assert.equal((await nobody.get(path, { authorization })).status, 200)
  })

  test('takes a password with colons and other letters', async () => {
    const person = {
      email: 'colon@a.example',
      name: 'Colon',
      password: 'a:b::ç ✓ and more',
      role: 'member',
    } as const
    await book.core.organizations.addMember(book.actorOf('owner'), person)
    assert.equal((await nobody.as(person.email, person.password).get(path)).status, 200)
  })

  test('takes an API token as the password, for its own person only', async () => {
    const { secret } = await book.core.signIn.issueToken(book.actorOf('manager'), {
      name: 't',
      scopes: ['*'],
    })
    assert.equal((await nobody.as('manager@a.example', secret).get(path)).status, 200)
    assert.equal((await nobody.as('owner@a.example', secret).get(path)).status, 401)
    assert.equal((await nobody.as('', secret).get(path)).status, 401)
  })

  test('ends with the token: when it is taken back, and when its time is over', async () => {
    const manager = book.actorOf('manager')
    const taken = await book.core.signIn.issueToken(manager, { name: 'taken', scopes: ['*'] })
    const short = await book.core.signIn.issueToken(manager, {
      name: 'short',
      scopes: ['*'],
      expiresAt: book.clock.now + 1000,
    })
    const by = (secret: string) => nobody.as('manager@a.example', secret).get(path)
    assert.deepEqual([(await by(taken.secret)).status, (await by(short.secret)).status], [200, 200])
    await book.core.signIn.revokeCredential(manager, taken.credential.id)
    book.clock.advance(1000)
    assert.deepEqual([(await by(taken.secret)).status, (await by(short.secret)).status], [401, 401])
  })

  test('with a token that may only read refuses every write, and keeps nothing', async () => {
    const manager = book.actorOf('manager')
    const full = nobody.as('manager@a.example', password)
    const made = (await full.post('/api/v1.0/expense/', { q: 'lunch 12' })).json<{
      id: number
      report_id: number
    }>()
    const scopes = ['expenses:read', 'catalogue:read', 'people:read']
    const { secret } = await book.core.signIn.issueToken(manager, { name: 'reader', scopes })
    const reading = nobody.as('manager@a.example', secret)
    for (const read of ['expenses/', `expense/${made.id}`, 'reports/', 'tags/', 'types/', 'user/']) {
      assert.equal((await reading.get(`/api/v1.0/${read}`)).status, 200, read)
    }
    await book.unchanged(async () => {
      for (const [method, to, form] of [
        ['POST', '/api/v1.0/expense/', 'q=lunch+12'],
        ['POST', '/api/v1.0/expense/', 'type=lunch&amount=12'],
        ['POST', `/api/v1.0/expense/${made.id}`, 'notes=x'],
        ['PUT', `/api/v1.0/expense/${made.id}`, 'notes=x'],
        ['POST', `/api/v1.0/expense/${made.id}?action=delete`, ''],
        ['DELETE', `/api/v1.0/expense/${made.id}`, ''],
        ['POST', '/api/v1.0/report/', 'name=x'],
        ['POST', `/api/v1.0/report/${made.report_id}`, 'name=x'],
        ['DELETE', `/api/v1.0/report/${made.report_id}`, ''],
        ['POST', '/api/simple/', 'q=lunch+12'],
        ['GET', '/api/simple/?q=lunch+12', ''],
      ] as const) {
        const reply = await reading.send(method, to, method === 'GET' ? undefined : form)
        assert.deepEqual([reply.status, reply.text], [403, 'Forbidden'], `${method} ${to}`)
      }
    })
  })

  test('with a token for other things refuses to list, in the older form too', async () => {
    const { secret } = await book.core.signIn.issueToken(book.actorOf('manager'), {
      name: 't',
      scopes: ['time:read'],
    })
    const other = nobody.as('manager@a.example', secret)
    for (const to of [
      '/api/v1.0/expenses/',
      '/api/expenses/',
      '/api/v1.0/reports/',
      '/api/v1.0/tags/',
      '/api/v1.0/types/',
    ]) {
      assert.equal((await other.get(to)).status, 403, to)
    }
  })

  test('as a guest reads, and writes nothing', async () => {
    const guest = nobody.as('guest@a.example', password)
    assert.equal((await guest.get(path)).text, '[]')
    await book.unchanged(async () => {
      assert.equal((await guest.post('/api/v1.0/expense/', { q: 'lunch 12' })).status, 403)
      assert.equal((await guest.post('/api/v1.0/report/', { name: 'x' })).status, 403)
    })
  })

  test('ends with the membership', async () => {
    const person = { email: 'leaver@a.example', name: 'Leaver', password, role: 'member' } as const
    const { person: added } = await book.core.organizations.addMember(book.actorOf('owner'), person)
    const leaver = nobody.as(person.email, password)
    assert.equal((await leaver.get(path)).status, 200)
    await book.core.organizations.removeMember(book.actorOf('owner'), added.id)
    assert.equal((await leaver.get(path)).status, 401)
  })

  test('is throttled after ten wrong guesses, even with the right password, until a while has passed', async () => {
    const guess = (secret: string) => nobody.as('accountant@a.example', secret).get(path)
    for (let i = 0; i < 10; i += 1) assert.equal((await guess(`wrong ${i}`)).status, 401)
    const throttled = await guess(password)
    const wait = Number(throttled.headers['retry-after'])
    assert.ok(wait > 0 && wait <= 900)
    assert.deepEqual([throttled.status, throttled.text], [503, `Throttled, wait ${wait} seconds.`])
    book.clock.advance(wait * 1000)
    assert.equal((await guess(password)).status, 200)
    assert.ok(book.clock.now > noon)
  })
})
