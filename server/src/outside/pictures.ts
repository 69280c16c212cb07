// Makes small PNG files of images. The library is loaded with the first one: many a server never sees any.

import type { Pixels } from './pdf-page.ts'

/** Pixels of an image at most: some large phones make 100 million. Decoded whole, that is 400 megabytes. */
const maxPixels = 100_000_000

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
    return await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true })
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
