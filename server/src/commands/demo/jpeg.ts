// Gray JPEG files in which every block of eight by eight pixels has one tone, so that only tones need coding.

import type { Raster } from './glyphs.ts'

const block = 8
const paper = 244
const ink = 52

// The usual code lengths of tone differences: how many codes there are of each length, then what they stand for.
const toneCounts = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
const toneCategories = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
// Detail within a block never occurs: the one code, a zero bit, says that a block is over.
const detailCounts = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]

/** The raster as a baseline JPEG; each dot is one block. */
export function encodeJpeg({ width, height, rows }: Raster): Uint8Array {
  const size = [(height * block) >> 8, (height * block) & 255, (width * block) >> 8, (width * block) & 255]
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0', 'latin1'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    // A step of 8 undoes the factor 8 that a flat block carries, so that tones are coded as they are.
    segment(0xdb, [0, ...Array<number>(64).fill(8)]),
    segment(0xc0, [8, ...size, 1, 1, 0x11, 0]),
    segment(0xc4, [0x00, ...toneCounts, ...toneCategories]),
    segment(0xc4, [0x10, ...detailCounts, 0]),
    segment(0xda, [1, 1, 0, 0, 63, 0]),
    encodeTones(rows),
    Buffer.from([0xff, 0xd9]),
  ])
}

function encodeTones(rows: readonly (readonly boolean[])[]): Uint8Array {
  const codes = codesOf(toneCounts, toneCategories)
  let bits = ''
  let last = 128
  for (const dot of rows.flat()) {
    const tone = dot ? ink : paper
    const difference = tone - last
    last = tone
    const category = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference))
    // A negative difference is written as one less, which starts with a zero bit.
    const value = difference < 0 ? difference + 2 ** category - 1 : difference
    bits += `${codes.get(category) ?? ''}${category === 0 ? '' : value.toString(2).padStart(category, '0')}0`
  }
  const bytes: number[] = []
  for (let start = 0; start < bits.length; start += 8) {
    const byte = Number.parseInt(bits.slice(start, start + 8).padEnd(8, '1'), 2)
    // A zero behind 255 tells readers that it is no marker.
    bytes.push(byte, ...(byte === 255 ? [0] : []))
  }
  return Uint8Array.from(bytes)
}

/** The canonical codes: ascending within a length, one zero bit longer for each next length. */
function codesOf(counts: readonly number[], symbols: readonly number[]): Map<number, string> {
  const codes = new Map<number, string>()
  let code = 0
  let used = 0
  for (const [shorter, count] of counts.entries()) {
    for (const symbol of symbols.slice(used, used + count)) {
      codes.set(symbol, code.toString(2).padStart(shorter + 1, '0'))
      code += 1
    }
    used += count
    code <<= 1
  }
  return codes
}

function segment(marker: number, body: readonly number[]): Uint8Array {
  const length = body.length + 2
  return Uint8Array.from([0xff, marker, length >> 8, length & 255, ...body])
}
