// Black and white PNG files.

import { crc32, deflateSync } from 'node:zlib'
import type { Raster } from './glyphs.ts'

/** Pixels of one dot in each direction. */
const scale = 3

/** The raster as a PNG with one bit per pixel. */
export function encodePng({ width, height, rows }: Raster): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width * scale, 0)
  header.writeUInt32BE(height * scale, 4)
  // One bit, grayscale; the usual compression, filter and no interlacing are all 0.
  header[8] = 1
  const lines = rows.flatMap((row) => Array<Buffer>(scale).fill(encodeRow(row)))
  // Stored, not compressed: compressors differ between machines, and the same demo has the same bytes everywhere.
  const data = deflateSync(Buffer.concat(lines), { level: 0 })
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function encodeRow(row: readonly boolean[]): Buffer {
  // The first byte says that the row is not filtered. A set bit is white.
  const line = Buffer.alloc(1 + Math.ceil((row.length * scale) / 8))
  for (const [dot, ink] of row.entries()) {
    for (let x = dot * scale; !ink && x < (dot + 1) * scale; x += 1) {
      const at = 1 + (x >> 3)
      line[at] = (line[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return line
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8 + body.length)
  frame.writeUInt32BE(data.length, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), 4 + body.length)
  return frame
}
