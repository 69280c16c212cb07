// Pictures of receipts: upright, small, without anything personal, and harmless whatever a stranger sends.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { createDiskFiles, previewsFolder } from './files.ts'
import { drawFirstPage } from './pdf-pages.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-previews-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

const sheet = (width: number, height: number, background = '#336699') =>
  sharp({ create: { width, height, channels: 3, background } })

/** A PDF of these objects, the first of which is the catalogue. */
function pdf(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n')]
  const offsets: number[] = []
  const length = () => parts.reduce((sum, part) => sum + part.length, 0)
  for (const [index, object] of objects.entries()) {
    offsets.push(length())
    parts.push(Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n'))
  }
  const start = length()
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R ${trailer}>>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.concat([...parts, Buffer.from(end)])
}

const stream = (content: Buffer | string, more = '') =>
  Buffer.concat([
    Buffer.from(`<< /Length ${content.length} ${more}>>\nstream\n`),
    Buffer.from(content),
    Buffer.from('\nendstream'),
  ])

/** One page of this size, filled with red from its lower edge to its middle. */
const redBelow = (width: number, height: number, more = '') =>
  pdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R ${more}>>`,
    stream(`1 0 0 rg 0 0 ${width} ${height / 2} re f`),
  ])

/** A PNG whose head says a size that its body does not have. */
function flood(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const around = Buffer.alloc(8)
    around.writeUInt32BE(data.length)
    around.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  const body = deflateSync(Buffer.alloc(1_000_000))
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', body),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

async function previewOf(bytes: Uint8Array, mediaType: string, longestSide = 100) {
  const files = createDiskFiles(mkdtempSync(join(folder, 'files-')))
  const contentHash = await files.put(bytes)
  return files.preview({ contentHash, mediaType }, longestSide)
}

async function drawn(bytes: Uint8Array, mediaType: string, longestSide = 100) {
  const made = await previewOf(bytes, mediaType, longestSide)
  assert.ok(made !== null, 'No picture was made.')
  const { data, info } = await sharp(made).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => {
    const start = (y * info.width + x) * info.channels
    return [...data.subarray(start, start + 3)]
  }
  return { made, ...(await sharp(made).metadata()), at }
}

describe('A preview', () => {
  for (const format of ['jpeg', 'png', 'gif', 'webp', 'tiff'] as const) {
    test(`of a ${format} is a PNG with the longer side asked for`, async () => {
      const bytes = await sheet(640, 320).toFormat(format).toBuffer()
      const mediaType = `image/${format}`
      for (const [longestSide, height] of [
        [100, 50],
        [250, 125],
        [500, 250],
      ] as const) {
        const found = await drawn(bytes, mediaType, longestSide)
        assert.deepEqual([found.format, found.width, found.height], ['png', longestSide, height])
      }
    })
  }

  test('of a small image is not blown up', async () => {
    const { width, height } = await drawn(await sheet(30, 20).png().toBuffer(), 'image/png', 500)
    assert.deepEqual([width, height], [30, 20])
  })

  test('of an image ten thousand times as wide as high has one row at least', async () => {
    const { width, height } = await drawn(await sheet(10_000, 1).png().toBuffer(), 'image/png')
    assert.deepEqual([width, height], [100, 1])
  })

  test('is turned upright and tells nothing of where and by whom the photo was taken', async () => {
    const bytes = await sheet(400, 200)
      .composite([{ input: await sheet(400, 20, '#ff0000').png().toBuffer(), top: 0, left: 0 }])
      .jpeg({ quality: 100 })
      .withExif({
        IFD0: { Artist: 'Ann Secret' },
        IFD3: { GPSLatitude: '52/1 22/1 0/1', GPSLatitudeRef: 'N' },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer()
    assert.ok(bytes.includes('Ann Secret'))
    const { made, exif, icc, xmp, width, height, orientation, at } = await drawn(bytes, 'image/jpeg')
    // Turned by a quarter to the right: what was on top is on the right now.
    assert.deepEqual([width, height, orientation], [50, 100, undefined])
    const [red = 0, green = 255] = at(48, 50)
    assert.ok(red > 200 && green < 60, `${at(48, 50)}`)
    assert.deepEqual([exif, icc, xmp], [undefined, undefined, undefined])
    assert.equal(Buffer.from(made).includes('Ann Secret'), false)
  })

  test('of an animation is its first frame', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#00ff00', '#0000ff'].map((color) => sheet(60, 40, color).png().toBuffer()),
    )
    for (const format of ['gif', 'webp'] as const) {
      const bytes = await sharp(frames, { join: { animated: true } })
        .toFormat(format, { lossless: true } as object)
        .toBuffer()
      const { width, height, at } = await drawn(bytes, `image/${format}`)
      assert.deepEqual([width, height, at(30, 20)], [60, 40, [255, 0, 0]])
    }
  })

  test('of an image in the colours of print has those of screens', async () => {
    const bytes = await sheet(40, 40, '#ff0000').toColourspace('cmyk').jpeg().toBuffer()
    assert.equal((await sharp(bytes).metadata()).space, 'cmyk')
    const { space, at } = await drawn(bytes, 'image/jpeg')
    assert.equal(space, 'srgb')
    const [red = 0, , blue = 255] = at(20, 20)
    assert.ok(red > 150 && blue < 100, `${at(20, 20)}`)
  })

  test('of a PDF is its first page on white', async () => {
    const { format, width, height, at } = await drawn(redBelow(300, 600), 'application/pdf')
    assert.deepEqual([format, width, height], ['png', 50, 100])
    assert.deepEqual(
      [at(25, 10), at(25, 90)],
      [
        [255, 255, 255],
        [255, 0, 0],
      ],
    )
  })

  test('of a PDF page that is turned, tiny or huge fits all the same', async () => {
    const turned = await drawn(redBelow(300, 600, '/Rotate 90 '), 'application/pdf')
    assert.deepEqual([turned.width, turned.height], [100, 50])
    for (const [wide, high] of [
      [1, 1],
      [14_400, 14_400],
      [100_000, 10],
    ] as const) {
      const { width = 0, height = 0 } = await drawn(redBelow(wide, high), 'application/pdf')
      assert.ok(Math.max(width, height) === 100 && Math.min(width, height) >= 1)
    }
  })

  test('of a PDF of ten thousand pages is that of its first', async () => {
    const kids = Array.from({ length: 10_000 }, (_, i) => `${i + 4} 0 R`).join(' ')
    const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 3 0 R >>'
    const bytes = pdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Kids [${kids}] /Count 10000 >>`,
      stream('1 0 0 rg 0 0 100 100 re f'),
      ...Array<string>(10_000).fill(page),
    ])
    const { at } = await drawn(bytes, 'application/pdf')
    assert.deepEqual(at(50, 50), [255, 0, 0])
  })
})

describe('No preview is made, and nothing breaks,', () => {
  const key = '<28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a>'
  const hostile: readonly [string, string, () => Buffer | Promise<Buffer>][] = [
    ['of 50,000 × 50,000 pixels', 'image/png', () => flood(50_000, 50_000)],
    ['of 2,000,000,000 × 1 pixels', 'image/png', () => flood(2_000_000_000, 1)],
    [
      'of fewer pixels, each of which is large',
      'image/png',
      () => sheet(8000, 8000).toColourspace('rgb16').png({ compressionLevel: 1 }).toBuffer(),
    ],
    ['of no pixels', 'image/png', () => flood(0, 0)],
    [
      'of an image that is cut off',
      'image/jpeg',
      async () => (await sheet(900, 900).jpeg().toBuffer()).subarray(0, 700),
    ],
    ['of a head without a body', 'image/webp', () => Buffer.from('RIFF\u0000\u0000\u0000\u0000WEBPVP8 ')],
    [
      'of an SVG',
      'image/png',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
    ['of a PDF that says it is an image', 'image/png', () => redBelow(100, 100)],
    [
      'of HEIC, which has no free decoder',
      'image/heic',
      () => Buffer.from('000000186674797068656963000000006d69663168656963', 'hex'),
    ],
    ['of a PDF that is none', 'application/pdf', () => Buffer.from('%PDF-1.7 and nothing else')],
    ['of a PDF that is cut off', 'application/pdf', () => redBelow(100, 100).subarray(0, 90)],
    [
      'of a PDF without pages',
      'application/pdf',
      () => pdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>']),
    ],
    [
      'of an encrypted PDF',
      'application/pdf',
      () =>
        pdf(
          [
            '<< /Type /Catalog /Pages 2 0 R >>',
            '<< /Type /Pages /Kids [] /Count 0 >>',
            `<< /Filter /Standard /V 1 /R 2 /P -4 /O ${key} /U ${key} >>`,
          ],
          '/Encrypt 3 0 R /ID [<00><00>] ',
        ),
    ],
  ]
  for (const [what, mediaType, make] of hostile) {
    test(what, async () => assert.equal(await previewOf(await make(), mediaType), null))
  }

  test('when a page unpacks to gigabytes, draws itself in itself, or takes too long', async () => {
    const once = deflateSync(Buffer.alloc(100_000_000, 'q '))
    const bomb = pdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>',
      stream(
        deflateSync(Buffer.concat(Array<Buffer>(10).fill(once))),
        '/Filter [/FlateDecode /FlateDecode] ',
      ),
    ])
    const circle = pdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>',
      stream('/X Do'),
      stream(
        '/X Do /X Do',
        '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> ',
      ),
    ])
    // Whether something is drawn of these is the reader's business; that an answer comes and the process lives is ours.
    for (const bytes of [bomb, circle]) await previewOf(bytes, 'application/pdf')
    assert.equal(await drawFirstPage(redBelow(100, 100), 100, 0), null)
    assert.ok(await drawFirstPage(redBelow(100, 100), 100))
  })
})

describe('Previews', () => {
  test('are kept beside the files, made once for all who ask, and made again when lost or half written', async () => {
    const own = mkdtempSync(join(folder, 'kept-'))
    const files = createDiskFiles(own)
    const bytes = await sheet(400, 400).png().toBuffer()
    const contentHash = await files.put(bytes)
    const ask = () => files.preview({ contentHash, mediaType: 'image/png' }, 100)
    const answers = await Promise.all(Array.from({ length: 20 }, ask))
    assert.equal(new Set(answers).size, 1)
    const [made] = answers
    const path = join(own, previewsFolder, contentHash.slice(0, 2), `${contentHash.slice(2)}-100.png`)
    assert.deepEqual(readdirSync(join(own, previewsFolder, contentHash.slice(0, 2))), [
      `${contentHash.slice(2)}-100.png`,
    ])
    for (const harm of [() => truncateSync(path, 60), () => writeFileSync(path, ''), () => rmSync(path)]) {
      harm()
      assert.deepEqual(await ask(), made)
    }
    // The second time it comes from the disk, whatever became of the file itself.
    rmSync(join(own, contentHash.slice(0, 2)), { recursive: true })
    assert.deepEqual(await ask(), made)
  })

  test('of a missing file fail by name', async () => {
    const files = createDiskFiles(mkdtempSync(join(folder, 'missing-')))
    const contentHash = createHash('sha256').update('never put').digest('hex')
    await assert.rejects(
      files.preview({ contentHash, mediaType: 'image/png' }, 100),
      new RegExp(`${contentHash}.*missing`),
    )
  })

  test('many at once are all made', async () => {
    const files = createDiskFiles(mkdtempSync(join(folder, 'many-')))
    const made = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const contentHash = await files.put(
          await sheet(50 + i, 50)
            .png()
            .toBuffer(),
        )
        return files.preview({ contentHash, mediaType: 'image/png' }, 500)
      }),
    )
    const widths = await Promise.all(
      made.map(async (png) => (await sharp(png ?? undefined).metadata()).width),
    )
    assert.deepEqual(
      widths,
      Array.from({ length: 12 }, (_, i) => 50 + i),
    )
  })
})
