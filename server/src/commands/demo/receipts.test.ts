// Receipts are real files: other programs could open every one of them.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { inflateSync } from 'node:zlib'
import { createDiskFiles } from '../../outside/files.ts'
import { createSecrets } from '../../outside/secrets.ts'
import { type Filled, openFilled } from './filled.ts'
import { drawReceipt } from './receipts.ts'

const slip = {
  shop: 'Café (Zürich) 12',
  day: '2026-05-04',
  items: ['Tea'],
  total: 'CHF 7.50',
  number: '0042',
}

describe('drawing', () => {
  const files = createDiskFiles('unused')

  test('the ending of the name decides what it is', async () => {
    for (const [name, mediaType] of [
      ['a.png', 'image/png'],
      ['a.JPG', 'image/jpeg'],
      ['a.pdf', 'application/pdf'],
    ] as const) {
      assert.equal(await files.mediaTypeOf(drawReceipt(name, slip).bytes), mediaType)
    }
  })

  test('a PNG holds as many rows as it says', () => {
    const bytes = Buffer.from(drawReceipt('a.png', slip).bytes)
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
    const start = bytes.indexOf('IDAT')
    const data = inflateSync(bytes.subarray(start + 4, start + 4 + bytes.readUInt32BE(start - 4)))
    assert.equal(data.length, height * (1 + Math.ceil(width / 8)))
    assert.ok(data.includes(0xff) && new Set(data).size > 10)
  })

  test('a JPEG codes one tone for each block of its frame, and nothing else', () => {
    const bytes = Buffer.from(drawReceipt('a.jpg', slip).bytes)
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
    const blocks = (bytes.readUInt16BE(frame + 5) / 8) * (bytes.readUInt16BE(frame + 7) / 8)
    const scan = bytes.indexOf(Buffer.from([0xff, 0xda]))
    assert.equal(bytes.subarray(-2).toString('hex'), 'ffd9')
    assert.equal(readTones(bytes.subarray(scan + 10, -2)).length, blocks)
    assert.deepEqual(new Set(readTones(bytes.subarray(scan + 10, -2))), new Set([244, 52]))
  })

  test('a PDF finds each of its objects', () => {
    const text = Buffer.from(drawReceipt('a.pdf', slip).bytes).toString('latin1')
    const xref = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1])
    assert.equal(text.slice(xref, xref + 4), 'xref')
    const offsets = [...text.slice(xref).matchAll(/(\d{10}) 00000 n /g)].map((match) => Number(match[1]))
    assert.equal(offsets.length, 5)
    for (const [index, offset] of offsets.entries()) {
      assert.ok(text.slice(offset).startsWith(`${index + 1} 0 obj\n`))
    }
    const [, length, stream = ''] = /Length (\d+) >>\nstream\n(.*?)\nendstream/s.exec(text) ?? []
    assert.equal(stream.length, Number(length))
    assert.ok(stream.includes('(Café \\(Zürich\\) 12) Tj'))
  })
})

describe('the receipts of the demo', () => {
  let book: Filled
  before(async () => {
    book = await openFilled()
  })
  after(() => book.close())

  test('are all there, all different, and what they say they are', async () => {
    const rows = await book.select('select content_hash, size_bytes, media_type, file_name from receipts')
    assert.ok(rows.length > 100)
    assert.equal(new Set(rows.map(([hash]) => hash)).size, rows.length)
    assert.deepEqual(
      new Set(rows.map(([, , mediaType]) => mediaType)),
      new Set(['image/png', 'image/jpeg', 'application/pdf']),
    )
    const { digest } = createSecrets()
    for (const [hash, size, mediaType] of rows) {
      const bytes = await book.files.get(String(hash))
      assert.deepEqual([digest(bytes), bytes.length], [hash, size])
      assert.equal(await book.files.mediaTypeOf(bytes), mediaType)
    }
  })
})

/** Reads the tones of a scan that holds flat blocks only, with the usual codes for their differences. */
function readTones(scan: Uint8Array): number[] {
  const plain = [...scan].filter((byte, index) => !(byte === 0 && scan[index - 1] === 255))
  const bits = plain.map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const codes = ['00', '010', '011', '100', '101', '110', '1110', '11110', '111110', '1111110', '11111110']
  const tones: number[] = []
  let at = 0
  let tone = 128
  // What fills the last byte is ones, which begin no code that short.
  while (bits.length - at >= 8 || bits.slice(at).includes('0')) {
    const category = codes.findIndex((code) => bits.startsWith(code, at))
    assert.ok(category >= 0)
    at += codes[category]?.length ?? 0
    const value = category === 0 ? 0 : Number.parseInt(bits.slice(at, at + category), 2)
    tone += category > 0 && bits[at] === '0' ? value - 2 ** category + 1 : value
    at += category
    assert.equal(bits[at], '0')
    at += 1
    tones.push(tone)
  }
  return tones
}
