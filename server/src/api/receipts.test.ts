// Receipts: uploaded raw or as a form, told from their bytes, given back under headers that let nothing run.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { upload } from '../../test/door-client.ts'
import { createTestBook, forEachEngine, type TestBook } from '../../test/harness.ts'
import { callNative, type Native, type Wire } from '../../test/native-door.ts'
import { drawReceipt } from '../commands/demo/receipts.ts'

const slip = { shop: 'Harbor Grill', day: '2026-10-02', items: ['lunch'], total: 'EUR 34.50', number: '7' }
const png = drawReceipt('a.png', slip).bytes
const pdf = drawReceipt('a.pdf', slip).bytes

forEachEngine('Receipts at the native API', (engine) => {
  let book: TestBook
  let member: Native
  let path: string

  before(async () => {
    book = await createTestBook(engine)
    member = callNative(book, 'member')
    const lunch = { category: 'Lunch', spent_at: '2026-05-20', amount: { amount: '34.50' } }
    const { id } = await member.expect(201, member.post('/expenses', lunch))
    path = `/expenses/${id}/receipts`
  })

  const raw = (bytes: Uint8Array, name: string, type = 'application/octet-stream') =>
    member.caller.send('POST', path, { bytes, type }, { 'x-file-name': encodeURIComponent(name) })

  test('Raw bytes and a form both make one, and the expense names them', async () => {
    const first = await raw(png, 'Lunch – März.png')
    assert.equal(first.status, 201, first.text)
    const { duplicates, ...receipt } = first.json<Wire>()
    assert.deepEqual(duplicates, [])
    assert.deepEqual(
      [receipt.file_name, receipt.media_type, receipt.size_bytes],
      ['Lunch – März.png', 'image/png', png.length],
    )
    assert.equal(first.headers.location, `http://127.0.0.1/api/v1/receipts/${receipt.id}`)
    const form = upload({ name: 'file', value: pdf, fileName: 'taxi.pdf', type: 'image/png' })
    const second = await member.caller.send('POST', path, form)
    assert.equal(second.json<Wire>().media_type, 'application/pdf', 'told from the bytes')
    const expense = await member.expect(200, member.get(path.replace('/receipts', '')))
    assert.deepEqual(expense.receipt_ids, [receipt.id, second.json<Wire>().id])
    const list = await member.expect(200, member.get(path))
    assert.deepEqual(list.data[0], receipt)
  })

  test('The file comes back byte by byte, and runs nothing', async () => {
    const name = 'a"b\r\nSet-Cookie: x=1;\u202egnp.<script>.png'
    const { id } = (await raw(png, name)).json<Wire>()
    const reply = await member.get(`/receipts/${id}/file`)
    assert.deepEqual(Buffer.from(reply.bytes), Buffer.from(png))
    assert.equal(reply.headers['content-type'], 'image/png')
    assert.equal(reply.headers['content-security-policy'], "default-src 'none'; sandbox")
    assert.equal(reply.headers['x-content-type-options'], 'nosniff')
    assert.equal(reply.headers['set-cookie'], undefined)
    assert.match(
      reply.headers['content-disposition'] ?? '',
      /^inline; filename="[\w .()-]+"; filename\*=UTF-8''[\w.%!~-]+$/,
    )
    const { etag = '' } = reply.headers
    assert.equal((await member.get(`/receipts/${id}/file`, { 'if-none-match': etag })).status, 304)
  })

  test('Names of paths lose their folders', async () => {
    for (const [name, kept] of [
      ['../../etc/passwd', 'passwd'],
      ['C:\\temp\\a.png', 'a.png'],
    ]) {
      assert.equal((await raw(png, name ?? '')).json<Wire>().file_name, kept)
    }
  })

  test('What is no picture or PDF is refused, whatever it is called', () =>
    book.unchanged(async () => {
      for (const [text, type] of [
        ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'image/svg+xml'],
        ['<html><script>alert(1)</script>', 'image/jpeg'],
        ['', 'image/png'],
        ['hello', 'application/pdf'],
      ] as const) {
        const reply = await raw(Buffer.from(text), 'a.png', type)
        assert.equal(reply.status, 422, reply.text)
      }
      const broken = await member.caller.send('POST', path, {
        bytes: '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
        type: 'multipart/form-data; boundary=x',
      })
      assert.equal(broken.status, 400)
      const empty = await member.caller.send('POST', path, upload({ name: 'note', value: 'x' }))
      assert.equal(empty.status, 400)
      const badName = await member.caller.send(
        'POST',
        path,
        { bytes: png, type: 'image/png' },
        { 'x-file-name': '%' },
      )
      assert.equal(badName.status, 400)
    }))

  test('A file of more than twenty megabytes is refused', () =>
    book.unchanged(async () => {
      const large = Buffer.alloc(20 * 1024 * 1024 + 1)
      assert.equal((await raw(large, 'a.png')).status, 413)
      const form = upload({ name: 'file', value: large, fileName: 'a.png' })
      assert.equal((await member.caller.send('POST', path, form)).status, 413)
    }))

  test('The same upload under one key makes one receipt', async () => {
    const key = { 'idempotency-key': 'upload', 'x-file-name': 'once.png' }
    const send = () => member.caller.send('POST', path, { bytes: png, type: 'image/png' }, key)
    const first = await send()
    await book.unchanged(async () => {
      const again = await send()
      assert.deepEqual([again.status, again.text], [201, first.text])
    })
  })

  test('Thumbnails are pictures of three sizes, of PDFs too', async () => {
    const widths: number[] = []
    for (const bytes of [png, pdf]) {
      const { id } = (await raw(bytes, 'thumb')).json<Wire>()
      for (const size of ['small', 'medium', 'large']) {
        const reply = await member.get(`/receipts/${id}/thumbnails/${size}`)
        assert.deepEqual([reply.status, reply.headers['content-type']], [200, 'image/png'])
        const side = Math.max(
          Buffer.from(reply.bytes).readUInt32BE(16),
          Buffer.from(reply.bytes).readUInt32BE(20),
        )
        widths.push(side)
        const { etag = '' } = reply.headers
        const again = await member.get(`/receipts/${id}/thumbnails/${size}`, { 'if-none-match': etag })
        assert.equal(again.status, 304)
      }
      assert.equal((await member.get(`/receipts/${id}/thumbnails/huge`)).status, 404)
    }
    // What is small already is not enlarged.
    assert.deepEqual(widths, [100, 250, 348, 100, 250, 500])
  })

  test('The same bytes behind another expense are pointed out', async () => {
    const lunch = { category: 'Lunch', spent_at: '2026-05-21', amount: { amount: '34.50' } }
    const { id } = await member.expect(201, member.post('/expenses', lunch))
    const own = drawReceipt('b.png', { ...slip, number: '8' }).bytes
    const first = (await raw(own, 'b.png')).json<Wire>()
    assert.deepEqual(first.duplicates, [])
    const upload = { bytes: own, type: 'image/png' }
    const again = await member.caller.send('POST', `/expenses/${id}/receipts`, upload)
    assert.deepEqual(
      again.json<Wire>().duplicates.map((each: Wire) => each.id),
      [first.id],
    )
    const manager = callNative(book, 'manager')
    const stranger = await manager.expect(201, manager.post('/expenses', lunch))
    const seen = await manager.caller.send('POST', `/expenses/${stranger.id}/receipts`, upload)
    assert.equal(seen.json<Wire>().duplicates.length, 2, 'a manager reads those of others')
  })

  test('One that was deleted is gone, and its file too', async () => {
    const { id } = (await raw(png, 'gone.png')).json<Wire>()
    assert.equal((await member.delete(`/receipts/${id}`)).status, 204)
    assert.equal((await member.get(`/receipts/${id}`)).status, 404)
    assert.equal((await member.get(`/receipts/${id}/file`)).status, 404)
  })
})
