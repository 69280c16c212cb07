// What carries every call: formats, addresses with and without a slash, methods, bodies in every wrapping, host names.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import {
  appOver,
  basic,
  type Caller,
  callBook,
  callDoor,
  plainRefusals,
  readable,
  upload,
} from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import { routes } from './index.ts'

type Wire = { id: number; notes: string; type: string; amount: string; tags: { name: string }[] }

forEachEngine('A call at the Xpenser door', (engine) => {
  let book: TestBook
  let nobody: Caller
  let user: Caller
  let id: number
  before(async () => {
    book = await createTestBook(engine)
    nobody = callBook(book, '/xpenser', [plainRefusals, readable])
    user = nobody.as('owner@a.example', password)
    id = (await user.post('/api/v1.0/expense/', { q: 'lunch 12 with Zoë #a' })).json<Wire>().id
  })

  /** An address of the route table with ids that exist. */
  const filled = (path: string) => path.replace(':id', '1').replaceAll(' ', '%20')

  describe('has a format', () => {
    test('JSON by default, and by name', async () => {
      for (const query of ['', '?format=json']) {
        const reply = await user.get(`/api/v1.0/expense/${id}${query}`)
        assert.equal(reply.headers['content-type'], 'application/json; charset=utf-8')
        assert.ok(reply.text.includes('"with Zoë"'), 'Text is not escaped.')
      }
    })

    test('XML by name, on create and update too, and from the body', async () => {
      const xml = 'text/xml; charset=utf-8'
      for (const reply of [
        await user.get(`/api/v1.0/expense/${id}?format=xml`),
        await user.post('/api/v1.0/expense/?format=xml', { q: 'lunch 3' }),
        await user.post('/api/v1.0/expense/', { q: 'lunch 3', format: 'xml' }),
        await user.post(`/api/v1.0/expense/${id}?format=xml`, { notes: 'with Zoë' }),
        await user.post('/api/v1.0/report/?format=xml', { name: 'R' }),
        await user.get('/api/v1.0/user/?format=xml'),
      ]) {
        assert.deepEqual([reply.status, reply.headers['content-type']], [200, xml])
        assert.match(reply.text, /^<\?xml version="1.0" encoding="utf-8"\?>\n<response><\w+>/)
      }
    })

    test('unknown ones are refused by name, and nothing is done', () =>
      book.unchanged(async () => {
        for (const { path, methods } of routes) {
          for (const method of Object.keys(methods)) {
            const reply = await user.send(method, `${filled(path)}?format=foo&q=lunch+12`)
            assert.deepEqual([reply.status, reply.text], [400, "Invalid output format specified 'foo'."])
          }
        }
        const long = (await user.get(`/api/v1.0/tags/?format=${'x'.repeat(5000)}`)).text
        assert.ok(long.length < 100)
      }))

    test('refusals are plain text even when XML was asked for', async () => {
      const reply = await user.get('/api/v1.0/expense/999999?format=xml')
      assert.deepEqual([reply.status, reply.text], [404, 'Not Found'])
    })
  })

  describe('finds its address', () => {
    test('with and without the slash at its end, without a redirect', async () => {
      for (const { path, methods } of routes) {
        if (methods.GET === undefined || path === '/api/simple') continue
        const [bare, slash] = [await user.get(filled(path)), await user.get(`${filled(path)}/`)]
        assert.ok([200, 404].includes(bare.status), path)
        assert.deepEqual([slash.status, slash.text], [bare.status, bare.text], path)
      }
    })

    test('with the stray blank of a published sample', async () => {
      const [plain, stray] = [await user.get('/api/v1.0/expenses/'), await user.get('/api/v1.0/%20expenses/')]
      assert.equal(stray.status, 200)
      assert.equal(stray.text, plain.text)
    })

    test('by a host name that leads to this door, without the prefix', async () => {
      const app = appOver({ core: book.core, clock: () => book.clock.now })
      const bare = callDoor(app, '', [plainRefusals, readable])
      const authorization = basic('owner@a.example', password)
      for (const host of ['xpenser.example', 'XPENSER.example:443']) {
        const reply = await bare.get('/api/v1.0/expenses/', { host, authorization })
        assert.equal(reply.status, 200)
      }
    })

    test('or learns that there is nothing', async () => {
      for (const path of [
        '',
        '/',
        '/api',
        '/api/v1.0/',
        '/api/v2.0/expenses/',
        '/api/v1.0/Expenses/',
        '/api/v1.0/expense/1/2',
      ]) {
        const reply = await user.get(path)
        assert.deepEqual([reply.status, reply.text], [404, 'Not Found'], path)
      }
    })
  })

  describe('has a method', () => {
    test('every other one is refused with those that work, and changes nothing', () =>
      book.unchanged(async () => {
        for (const { path, methods } of routes) {
          const allow = Object.keys(methods).join(', ')
          for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
            if (method in methods) continue
            const reply = await user.send(method, `${filled(path)}?q=lunch+12`)
            assert.deepEqual(
              [reply.status, reply.headers.allow, reply.text],
              [405, allow, ''],
              `${method} ${path}`,
            )
          }
        }
      }))

    test('HEAD says what GET would, sends nothing, and changes nothing', () =>
      book.unchanged(async () => {
        for (const { path, methods } of routes) {
          const reply = await user.send('HEAD', `${filled(path)}?q=lunch+12`)
          assert.equal(reply.text, '')
          if (methods.GET === undefined || path === '/api/simple') assert.equal(reply.status, 405)
          else assert.equal(reply.status, (await user.get(filled(path))).status)
        }
      }))

    test('is what the request line says, whatever headers and fields say', () =>
      book.unchanged(async () => {
        const override = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' }
        assert.equal((await user.get(`/api/v1.0/expense/${id}?_method=DELETE`, override)).status, 200)
        assert.equal((await user.get(`/api/v1.0/expense/${id}?action=delete`)).status, 200)
      }))
  })

  describe('has a body', () => {
    const posted = async (
      bytes: string | Uint8Array,
      type: string | undefined,
      path = '/api/v1.0/expense/',
    ) => {
      const reply = await user.send('POST', path, { bytes, type })
      assert.equal(reply.status, 200, reply.text)
      return reply.json<Wire>()
    }

    test('of any type that a form may come in, or of none', async () => {
      for (const type of [
        'application/x-www-form-urlencoded',
        'application/x-www-form-urlencoded; charset=UTF-8',
        'APPLICATION/X-WWW-FORM-URLENCODED',
        'text/plain',
        'application/octet-stream',
        undefined,
      ]) {
        assert.equal((await posted('q=lunch+12+with+jack', type)).notes, 'with jack', String(type))
      }
    })

    test('in which + and %20 are blanks and a raw # is a character', async () => {
      const made = await posted(
        'q=lunch+12%20with%20jack+#personal+%23cash',
        'application/x-www-form-urlencoded',
      )
      assert.equal(made.notes, 'with jack')
      assert.deepEqual(
        made.tags.map(({ name }) => name),
        ['personal', 'cash'],
      )
    })

    test('in which %2B is a plus, a bare percent sign itself, and = belongs to the value', async () => {
      assert.equal((await posted('q=dinner+40%2B8', undefined)).amount, '48')
      assert.equal((await posted('q=lunch+12+100%+a=b', undefined)).notes, '100% a=b')
    })

    test('that ends in a line break, as files do', async () => {
      assert.equal((await posted('q=lunch+12+with+jack\r\n', undefined)).notes, 'with jack')
    })

    test('as JSON with the same keys', async () => {
      const type = 'application/json'
      assert.equal((await posted('{"q": "lunch 12 with jack"}', type)).notes, 'with jack')
      assert.equal((await posted('{"q": "lunch 12", "d": null, "r": null}', type)).amount, '12')
      assert.equal((await posted('', type, `/api/v1.0/expense/${id}`)).id, id)
    })

    test('as a form with parts', async () => {
      const { bytes, type } = upload(
        { name: 'q', value: 'lunch 12 with Zoë' },
        { name: 'd', value: '2009-10-02' },
      )
      assert.equal((await posted(bytes, type)).notes, 'with Zoë')
    })

    test('or none, where none is needed', async () => {
      const made = await posted('q=lunch+12', undefined)
      const reply = await user.send('POST', `/api/v1.0/expense/${made.id}?action=delete`)
      assert.equal(reply.status, 204)
    })
  })

  test('carries headers that keep answers private and apart', async () => {
    for (const reply of [await user.get('/api/v1.0/expenses/'), await nobody.get('/api/v1.0/expenses/')]) {
      assert.equal(reply.headers.vary, 'Authorization')
      assert.equal(reply.headers['cache-control'], 'no-store')
      assert.equal(reply.headers['x-content-type-options'], 'nosniff')
      assert.equal(reply.headers['set-cookie'], undefined)
    }
  })
})
