// A picture that is valid and like no other: one grey dot, and a text chunk that makes it unique and of any size.

import { crc32, deflateSync } from 'node:zlib'

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** A PNG that carries the text, followed by `padding` more bytes of it. */
export function drawPicture(text: string, padding: number): Uint8Array<ArrayBuffer> {
  // Width and height 1, eight bits of grey, the usual methods.
  const header = Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0)
  const comment = Buffer.from(`Comment\0${text}${'.'.repeat(padding)}`, 'latin1')
  const dot = deflateSync(Uint8Array.of(0, 0x80))
  return Uint8Array.from(
    Buffer.concat([
      signature,
      chunk('IHDR', header),
      chunk('tEXt', comment),
      chunk('IDAT', dot),
      chunk('IEND', new Uint8Array()),
    ]),
  )
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}
