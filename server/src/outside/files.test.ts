// Receipt files on disk: whole or not there, once each, never damaged in silence, and known by their bytes.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { refusal } from '../../test/harness.ts'
import { createDiskFiles } from './files.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('Files on disk', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'daybook-files-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  /** Every file below a folder, with its path. */
  const all = (below = folder) =>
    readdirSync(below, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))

  test('come back as they went in, whatever their bytes', async () => {
    const files = createDiskFiles(join(folder, 'any'))
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        const hash = await files.put(bytes)
        assert.equal(hash, hashOf(bytes))
        assert.deepEqual(new Uint8Array(await files.get(hash)), bytes)
      }),
      { numRuns: 20 },
    )
  })

  test('put twice are kept once, at the same moment too', async () => {
    const own = join(folder, 'twice')
    const files = createDiskFiles(own)
    const bytes = bytesOf('the same')
    const hash = await files.put(bytes)
    const { ino } = statSync(all(own)[0] ?? '')
    assert.equal(await files.put(bytes), hash)
    assert.equal(statSync(all(own)[0] ?? '').ino, ino)
    await Promise.all(Array.from({ length: 20 }, () => files.put(bytesOf('at once'))))
    assert.equal(all(own).length, 2)
  })

  test('lie under their hash and nothing else is left beside them', async () => {
    const own = join(folder, 'beside')
    const files = createDiskFiles(own)
    const hash = await files.put(bytesOf('alone'))
    assert.deepEqual(all(own), [join(own, hash.slice(0, 2), hash.slice(2))])
  })

  test('are never seen half written', async () => {
    const own = join(folder, 'half')
    const files = createDiskFiles(own)
    const large = new Uint8Array(8 * 1024 * 1024).fill(7)
    const path = join(own, hashOf(large).slice(0, 2), hashOf(large).slice(2))
    let writing = true
    const put = files.put(large).finally(() => {
      writing = false
    })
    let looks = 0
    while (writing) {
      const size = statSync(path, { throwIfNoEntry: false })?.size
      assert.ok(size === undefined || size === large.length, `${size} bytes were there`)
      looks += 1
      await new Promise((resolve) => setImmediate(resolve))
    }
    await put
    assert.ok(looks > 0)
    assert.equal(readFileSync(path).length, large.length)
  })

  test('that are missing are told by name', async () => {
    const files = createDiskFiles(join(folder, 'missing'))
    const hash = hashOf(bytesOf('never put'))
    await assert.rejects(files.get(hash), new RegExp(`${hash}.*missing`))
  })

  test('that are damaged are told by name, and healed by putting the good bytes again', async () => {
    const own = join(folder, 'damaged')
    const files = createDiskFiles(own)
    for (const damage of ['', 'changed', 'the good bytes and more']) {
      const hash = await files.put(bytesOf('the good bytes'))
      writeFileSync(all(own)[0] ?? '', damage)
      await assert.rejects(files.get(hash), new RegExp(`${hash}.*damaged`))
      await files.put(bytesOf('the good bytes'))
      assert.equal(new TextDecoder().decode(await files.get(hash)), 'the good bytes')
    }
  })

  const notHashes = [
    '',
    '..',
    '../../etc/passwd',
    `../${'a'.repeat(61)}`,
    `${'a'.repeat(62)}/.`,
    'A'.repeat(64),
    'a'.repeat(63),
    'a'.repeat(65),
    `${'a'.repeat(64)}\n`,
    `${'a'.repeat(63)}\u0000`,
    '/'.repeat(64),
  ]
  for (const hash of notHashes) {
    test(`are not looked for under ${JSON.stringify(hash.slice(0, 24))}`, async () => {
      const files = createDiskFiles(join(folder, 'any'))
      await assert.rejects(files.get(hash), RangeError)
    })
  }

  test('that cannot be written are told as unavailable, without a path in the words', async () => {
    const blocked = join(folder, 'blocked')
    // A file where the folder should be: no user, not even the first, can write below it.
    writeFileSync(blocked, '')
    chmodSync(blocked, 0o400)
    await assert.rejects(createDiskFiles(blocked).put(bytesOf('x')), (error: Error) => {
      assert.equal(error.message.includes(blocked), false)
      return refusal('unavailable', { reason: 'store_unavailable' })(error)
    })
  })
})

describe('The media type of bytes', () => {
  const { mediaTypeOf } = createDiskFiles(tmpdir())
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex')
  const gif = Buffer.from('R0lGODlhAQABAAAAACw=', 'base64')
  const known: readonly [string, Uint8Array, string][] = [
    ['a PNG', png, 'image/png'],
    ['a JPEG', jpeg, 'image/jpeg'],
    ['a GIF', gif, 'image/gif'],
    ['a PDF', bytesOf('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n'), 'application/pdf'],
    ['a PNG whose end is cut off', png.subarray(0, 40), 'image/png'],
    ['a WebP', Buffer.concat([bytesOf('RIFF'), Buffer.alloc(4), bytesOf('WEBPVP8 ')]), 'image/webp'],
  ]
  for (const [what, bytes, type] of known) {
    test(`of ${what} is ${type}`, async () => assert.equal(await mediaTypeOf(bytes), type))
  }

  const unknown: readonly [string, Uint8Array][] = [
    ['nothing', new Uint8Array()],
    ['one byte', new Uint8Array([0x89])],
    ['HTML', bytesOf('<!doctype html><script>alert(1)</script>')],
    ['HTML after blanks', bytesOf('\n\n  <html><body>')],
    ['plain text', bytesOf('hello')],
    ['a script', bytesOf('#!/bin/sh\nrm -rf /')],
    ['zeros', new Uint8Array(4096)],
  ]
  for (const [what, bytes] of unknown) {
    test(`of ${what} is not known`, async () => assert.equal(await mediaTypeOf(bytes), null))
  }

  test('of an SVG is never that of an image, with or without a heading', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    for (const text of [svg, `<?xml version="1.0"?>${svg}`, `\ufeff${svg}`, `<!-- -->${svg}`]) {
      assert.doesNotMatch((await mediaTypeOf(bytesOf(text))) ?? '', /^image\//)
    }
  })

  test('never throws, whatever the bytes', async () => {
    const starts = fc.constantFrom(png.subarray(0, 8), jpeg, gif, bytesOf('%PDF-'), bytesOf('PK\u0003\u0004'))
    const bytes = fc
      .tuple(starts, fc.uint8Array({ maxLength: 300 }))
      .map(([start, rest]) => Buffer.concat([start, rest]))
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, fc.uint8Array({ maxLength: 300 })), async (any) => {
        const type = await mediaTypeOf(any)
        assert.ok(type === null || typeof type === 'string')
      }),
      { numRuns: 300 },
    )
  })
})
