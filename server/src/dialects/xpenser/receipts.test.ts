// Receipts at this door: files that come with an expense or alone, and go out again to whoever knows the address.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  appOver,
  basic,
  type Caller,
  callDoor,
  exchange,
  listen,
  plainRefusals,
  readable,
  upload,
} from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import { drawReceipt } from '../../commands/demo/receipts.ts'
import type { Server } from '../../http/door.ts'

type Wire = { id: number; receipt?: { image: string; id: number }; modified: string; notes: string }

const slip = { shop: 'Harbor Grill', day: '2009-10-02', items: ['lunch'], total: 'USD 34.50', number: '7' }
const jpeg = drawReceipt('a.jpg', slip).bytes
const png = drawReceipt('a.png', slip).bytes
const pdf = drawReceipt('a.pdf', slip).bytes
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const media = '/static/xpenser/media/Receipts/'

forEachEngine('A receipt at the Xpenser door', (engine) => {
  let book: TestBook
  let app: Server
  let nobody: Caller
  let user: Caller
  let colleague: Caller
  let stranger: Caller
  before(async () => {
    book = await createTestBook(engine)
    app = appOver({ core: book.core, clock: () => book.clock.now })
    nobody = callDoor(app, '/xpenser', [plainRefusals, readable])
    user = nobody.as('owner@a.example', password)
    colleague = nobody.as('member@a.example', password)
    stranger = nobody.as('owner@b.example', password)
  })
  after(() => app.close())

  async function expense(by = user): Promise<Wire> {
    return (await by.post('/api/v1.0/expense/', { q: 'lunch 12' })).json()
  }

  const file = (
    bytes: Uint8Array | string,
    fileName = 'IMG_0007.JPG',
    name = 'image',
    type = 'image/jpeg',
  ) => ({
    name,
    value: bytes,
    fileName,
    type,
  })

  describe('comes in', () => {
    test('with a new expense', async () => {
      const reply = await user.post(
        '/api/v1.0/expense/',
        upload({ name: 'q', value: 'lunch 12 with jack' }, file(jpeg)),
      )
      const made = reply.json<Wire>()
      assert.equal(made.notes, 'with jack')
      assert.match(made.receipt?.image ?? '', new RegExp(`^\\d{1,2}/${uuid}\\.JPG$`))
      assert.deepEqual((await user.get(`/api/v1.0/expense/${made.id}`)).json(), made)
      assert.deepEqual((await user.get(`/api/v1.0/receipt/${made.receipt?.id}`)).json(), made.receipt)
    })

    test('with an update, under the name image or receipt, beside fields or alone', async () => {
      const { id } = await expense()
      const first = await user.post(
        `/api/v1.0/expense/${id}`,
        upload({ name: 'notes', value: 'scanned' }, file(png, 'a.PNG')),
      )
      assert.equal(first.json<Wire>().notes, 'scanned')
      assert.match(first.json<Wire>().receipt?.image ?? '', /\.PNG$/)
      book.clock.advance(1000)
      const second = (
        await user.post(`/api/v1.0/expense/${id}`, upload(file(pdf, 'bill.pdf', 'receipt')))
      ).json<Wire>()
      assert.match(second.receipt?.image ?? '', /\.pdf$/, 'The newest one shows.')
      assert.ok(second.modified > first.json<Wire>().modified)
      assert.equal((await user.get(`/api/v1.0/receipt/${first.json<Wire>().receipt?.id}`)).status, 200)
    })

    test('alone, for an expense that is named', async () => {
      const { id, modified } = await expense()
      book.clock.advance(1000)
      const reply = await user.post(
        '/api/v1.0/receipt/',
        upload({ name: 'expense', value: String(id) }, file(jpeg)),
      )
      const receipt = reply.json<{ image: string; id: number }>()
      assert.deepEqual([reply.status, Object.keys(receipt)], [200, ['image', 'id']])
      const now = (await user.get(`/api/v1.0/expense/${id}`)).json<Wire>()
      assert.deepEqual(now.receipt, receipt)
      assert.ok(now.modified > modified, 'A synchronising client sees it.')
    })

    test('answered in XML when asked to', async () => {
      const { id } = await expense()
      const body = upload({ name: 'expense', value: String(id) }, file(jpeg))
      assert.match(
        (await user.post('/api/v1.0/receipt/?format=xml', body)).text,
        /<response><image>.*<\/image><id>/,
      )
    })

    test('without a name, or with one that has no ending: its bytes give the ending', async () => {
      const { id } = await expense()
      for (const [bytes, ending] of [
        [jpeg, 'jpg'],
        [png, 'png'],
        [pdf, 'pdf'],
      ] as const) {
        const reply = await user.post(`/api/v1.0/expense/${id}`, upload(file(bytes, 'scan')))
        assert.match(reply.json<Wire>().receipt?.image ?? '', new RegExp(`\\.${ending}$`))
      }
    })

    test('larger than other bodies may be', async () => {
      const { id } = await expense()
      const large = Buffer.concat([jpeg, Buffer.alloc(5 * 1024 * 1024)])
      const reply = await user.post(`/api/v1.0/expense/${id}`, upload(file(large)))
      const { bytes } = await nobody.get(media + reply.json<Wire>().receipt?.image)
      assert.ok(Buffer.from(bytes).equals(large))
    })

    test('not at all when a browser sends its form without a file chosen', async () => {
      const none = file('', '', 'image', 'application/octet-stream')
      const made = await user.post('/api/v1.0/expense/', upload({ name: 'q', value: 'lunch 12' }, none))
      assert.equal(made.status, 200)
      assert.ok(!('receipt' in made.json<Wire>()))
      const { id } = made.json<Wire>()
      const alone = await user.post(
        '/api/v1.0/receipt/',
        upload({ name: 'expense', value: String(id) }, none),
      )
      assert.equal(alone.text, 'Bad Request: no image')
    })
  })

  describe('is refused, and neither it nor its expense is kept,', () => {
    const pretended: readonly [name: string, bytes: string | Uint8Array][] = [
      ['an SVG with a script', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'],
      ['an SVG behind a declaration', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
      ['an HTML page', '<!DOCTYPE html><html><script>alert(1)</script></html>'],
      ['a script', '#!/bin/sh\nrm -rf /\n'],
      ['plain text', 'lunch 12'],
      ['a ZIP', Buffer.from('504b0304140000000000', 'hex')],
      ['an executable', Buffer.from('7f454c4602010100000000000000000002003e00', 'hex')],
      ['the first byte of a JPEG', Buffer.from('ff', 'hex')],
      ['an empty file', ''],
    ]
    for (const [name, bytes] of pretended) {
      test(`${name} under the name of a picture`, async () => {
        const { id } = await expense()
        await book.unchanged(async () => {
          for (const reply of [
            await user.post('/api/v1.0/expense/', upload({ name: 'q', value: 'lunch 12' }, file(bytes))),
            await user.post(
              `/api/v1.0/expense/${id}`,
              upload({ name: 'notes', value: 'changed' }, file(bytes)),
            ),
            await user.post(
              '/api/v1.0/receipt/',
              upload({ name: 'expense', value: String(id) }, file(bytes)),
            ),
          ]) {
            assert.equal(reply.status, 400, reply.text)
          }
        })
      })
    }

    test('one that is too large', () =>
      book.unchanged(async () => {
        const large = Buffer.concat([jpeg, Buffer.alloc(20 * 1024 * 1024)])
        const reply = await user.post(
          '/api/v1.0/expense/',
          upload({ name: 'q', value: 'lunch 12' }, file(large)),
        )
        assert.deepEqual([reply.status, reply.text], [413, 'Request Entity Too Large'])
      }))

    test('a second one in the same form', () =>
      book.unchanged(async () => {
        const body = upload({ name: 'q', value: 'lunch 12' }, file(jpeg), file(png))
        assert.equal((await user.post('/api/v1.0/expense/', body)).status, 413)
      }))

    test('one that comes with a line that cannot be read', () =>
      book.unchanged(async () => {
        const reply = await user.post('/api/v1.0/expense/', upload({ name: 'q', value: 'lunch' }, file(jpeg)))
        assert.equal(reply.text, 'Bad Request: no amount')
      }))

    test('one for no expense, or for one that is unknown, deleted, or of somebody else', async () => {
      const gone = await expense()
      await user.send('DELETE', `/api/v1.0/expense/${gone.id}`)
      const ids = [(await expense(colleague)).id, (await expense(stranger)).id, gone.id, 999_999]
      await book.unchanged(async () => {
        for (const id of ids) {
          const body = upload({ name: 'expense', value: String(id) }, file(jpeg))
          assert.equal((await user.post('/api/v1.0/receipt/', body)).status, 404)
          assert.equal((await user.post(`/api/v1.0/expense/${id}`, upload(file(jpeg)))).status, 404)
        }
        for (const id of ['', '0', 'abc', '1e3', '-1']) {
          const body = upload({ name: 'expense', value: id }, file(jpeg))
          assert.equal((await user.post('/api/v1.0/receipt/', body)).status, 400)
        }
        assert.equal((await user.post('/api/v1.0/receipt/', upload(file(jpeg)))).status, 400)
        assert.equal((await nobody.post('/api/v1.0/receipt/', upload(file(jpeg)))).status, 401)
      })
    })

    test('the twenty-first of one expense', async () => {
      const { id } = await expense()
      for (let i = 0; i < 20; i += 1) {
        assert.equal((await user.post(`/api/v1.0/expense/${id}`, upload(file(jpeg)))).status, 200)
      }
      await book.unchanged(async () => {
        assert.equal((await user.post(`/api/v1.0/expense/${id}`, upload(file(jpeg)))).status, 400)
      })
    })

    test('one whose form is broken', () =>
      book.unchanged(async () => {
        const { bytes, type } = upload({ name: 'q', value: 'lunch 12' }, file(jpeg))
        for (const cut of [1, 2, 4, 30, 3000]) {
          const reply = await user.post('/api/v1.0/expense/', { bytes: bytes.subarray(0, -cut - 2), type })
          assert.equal(reply.text, 'Bad Request: the request cannot be read')
        }
        for (const wrong of [
          'multipart/form-data',
          'multipart/form-data; boundary=',
          'multipart/form-data; boundary=other',
        ]) {
          assert.equal((await user.post('/api/v1.0/expense/', { bytes, type: wrong })).status, 400)
        }
      }))
  })

  test('cut off on its way leaves nothing behind', async () => {
    const port = await listen(app)
    const { bytes, type } = upload({ name: 'q', value: 'lunch 12' }, file(jpeg))
    const head = [
      'POST /xpenser/api/v1.0/expense/ HTTP/1.1',
      'Host: localhost',
      `Authorization: ${basic('owner@a.example', password)}`,
      `Content-Type: ${type}`,
      `Content-Length: ${bytes.length}`,
    ].join('\r\n')
    await book.unchanged(async () => {
      for (const length of [0, 100, 1000, bytes.length - 1]) {
        const part = Buffer.concat([Buffer.from(`${head}\r\n\r\n`), bytes.subarray(0, length)])
        assert.doesNotMatch(await exchange(port, part, true), / 200 OK/)
      }
      assert.equal((await user.get('/api/v1.0/expenses/')).status, 200)
    })
  })

  describe('goes out', () => {
    test('without credentials, as the bytes that came in, under their own type, for private caches only', async () => {
      for (const [bytes, name, type] of [
        [jpeg, 'a.JPG', 'image/jpeg'],
        [png, 'a.png', 'image/png'],
        [pdf, 'a.pdf', 'application/pdf'],
        // What the name says does not count.
        [png, 'a.html', 'image/png'],
        [jpeg, 'a.svg', 'image/jpeg'],
      ] as const) {
        const { id } = await expense()
        const made = await user.post(
          `/api/v1.0/expense/${id}`,
          upload(file(bytes, name, 'image', 'text/html')),
        )
        const reply = await nobody.get(media + made.json<Wire>().receipt?.image)
        assert.equal(reply.status, 200)
        assert.ok(Buffer.from(reply.bytes).equals(bytes))
        assert.equal(reply.headers['content-type'], type)
        assert.equal(reply.headers['cache-control'], 'private')
        assert.equal(reply.headers['x-content-type-options'], 'nosniff')
        assert.match(reply.headers['content-security-policy'] ?? '', /sandbox/)
        const head = await nobody.send('HEAD', media + made.json<Wire>().receipt?.image)
        assert.deepEqual([head.status, head.headers['content-type'], head.text], [200, type, ''])
      }
    })

    test('under its key alone; the number and the ending carry no meaning', async () => {
      const made = await user.post('/api/v1.0/expense/', upload({ name: 'q', value: 'lunch 12' }, file(jpeg)))
      const [, key] = /\/(.*)\.JPG$/.exec(made.json<Wire>().receipt?.image ?? '') ?? []
      for (const path of [`99/${key}.JPG`, `0/${key}.png`, `14/${key}`]) {
        assert.equal((await nobody.get(media + path)).status, 200, path)
      }
    })

    test('not when the key is unknown or the address another one; folders are not listed', async () => {
      const made = await user.post('/api/v1.0/expense/', upload({ name: 'q', value: 'lunch 12' }, file(jpeg)))
      const image = made.json<Wire>().receipt?.image ?? ''
      for (const path of [
        '',
        '14',
        '14/',
        '14/373835ab-17f7-4a0a-9c89-a26bf91f5687.JPG',
        `${image}x1y2z3`,
        `${image}/`.replace('/', '//').slice(0, 30),
        '14/ABCDEFAB-17F7-4A0A-9C89-A26BF91F5687.JPG',
        `${image}%00.jpg`,
        `${image}/../${image}`.slice(0, 60),
        `14/..%2f..%2f..%2fetc%2fpasswd`,
        `14/%2e%2e%2f%2e%2e%2fbook-1.db`,
        `14/..%5c..%5cbook.db`,
        `14/%252e%252e%252fbook.db`,
        '14/CON',
        '14/.htaccess',
        "14/' or '1'='1",
        `14/${'a'.repeat(90)}`,
      ]) {
        const reply = await nobody.get(media + path.replaceAll(' ', '%20'))
        assert.deepEqual([reply.status, reply.text], [404, 'Not Found'], path)
      }
    })

    test('no more once its expense is deleted, though the tombstone still names it', async () => {
      const made = (
        await user.post('/api/v1.0/expense/', upload({ name: 'q', value: 'lunch 12' }, file(jpeg)))
      ).json<Wire>()
      assert.equal((await nobody.get(media + made.receipt?.image)).status, 200)
      await user.send('DELETE', `/api/v1.0/expense/${made.id}`)
      assert.equal((await nobody.get(media + made.receipt?.image)).status, 404)
      const tombstone = (await user.get(`/api/v1.0/expense/${made.id}?status=all`)).json<
        Wire & { status: number }
      >()
      assert.deepEqual([tombstone.status, tombstone.receipt], [-1, made.receipt])
    })

    test('no more once it is deleted, and deleting it again changes nothing', async () => {
      const made = (
        await user.post('/api/v1.0/expense/', upload({ name: 'q', value: 'lunch 12' }, file(jpeg)))
      ).json<Wire>()
      const path = `/api/v1.0/receipt/${made.receipt?.id}`
      await book.unchanged(async () => {
        for (const other of [colleague, stranger]) {
          assert.equal((await other.get(path)).status, 404)
          assert.equal((await other.post(`${path}?action=delete`)).status, 404)
          assert.equal((await other.send('DELETE', path)).status, 404)
        }
        assert.equal((await user.post(path)).text, 'Bad Request: no action')
      })
      assert.equal((await user.send('POST', `${path}?action=delete`)).status, 204)
      assert.equal((await user.get(path)).status, 404)
      assert.ok(!('receipt' in (await user.get(`/api/v1.0/expense/${made.id}`)).json<Wire>()))
      assert.equal((await nobody.get(media + made.receipt?.image)).status, 404)
      await book.unchanged(async () => assert.equal((await user.send('DELETE', path)).status, 204))
    })
  })
})
