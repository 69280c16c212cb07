// Makes small PNG files of images. The library is loaded with the first one: many a server never sees any.

import type { Pixels } from './pdf-page.ts'

/** Bytes of a decoded image at most: 106 million pixels in three colours, as the largest phones make them. */
const maxDecodedBytes = 320_000_000

/** Bytes of one sample, by what it is called. */
const sampleBytes: Readonly<Record<string, number>> = { uchar: 1, char: 1, ushort: 2, short: 2 }

/** How long the making of one picture may take. */
const maxSeconds = 10

// The kinds a receipt can be of. All others stay closed, whatever a file claims to be: SVG, PDF, or some raw format.
const loaders = ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Tiff', 'Heif'].map((kind) => `VipsForeignLoad${kind}`)

type Sharp = typeof import('sharp')['default']

let loading: Promise<Sharp> | undefined

function load(): Promise<Sharp> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({ operation: loaders })
    // No file is drawn twice, and several pictures at once keep the cores busy enough.
    sharp.cache(false)
    sharp.concurrency(1)
    return sharp
  })
  return loading
}

/** A PNG of the first frame, upright, at most `longestSide` pixels wide and high; null when it cannot be drawn. */
export async function drawImage(bytes: Uint8Array, longestSide: number): Promise<Uint8Array | null> {
  const sharp = await load()
  const size = { width: longestSide, height: longestSide }
  try {
    const image = sharp(bytes, { limitInputPixels: maxDecodedBytes, failOn: 'error', sequentialRead: true })
    const { width, height, channels, depth } = await image.metadata()
    // Some kinds are decoded row by row and need far less, but which do is the library's business.
    if (width * height * channels * (sampleBytes[depth] ?? 8) > maxDecodedBytes) return null
    return await image
      .timeout({ seconds: maxSeconds })
      .autoOrient()
      .resize({ ...size, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .png()
      .toBuffer()
  } catch {
    // Broken, too large, too slow, or of a kind that is not drawn: to the one who looks it is all the same.
    return null
  }
}

/** These pixels as a PNG. */
export async function encodePixels({ data, width, height }: Pixels): Promise<Uint8Array> {
  const sharp = await load()
  return sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .png()
    .toBuffer()
}
