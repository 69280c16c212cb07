// A thread of its own that draws the first page of one PDF and ends. Whoever starts it ends it when it takes too long.

import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { PDFiumLibrary } from '@hyzyla/pdfium'

/** What the thread is given. */
export type PageOrder = { readonly bytes: Uint8Array; readonly longestSide: number }

/** A drawn picture: four bytes for each pixel, red, green, blue and alpha, row by row. */
export type Pixels = { readonly data: Uint8Array; readonly width: number; readonly height: number }

// The types of Node.js leave this to those of browsers, of which the rest would not be true here.
declare const WebAssembly: {
  compile(program: Uint8Array): Promise<object>
  Instance: new (program: object, imports: object) => { readonly exports: object }
}

/** Memory of the library at most. A page that needs more, such as one whose streams unpack to gigabytes, is not drawn. */
const maxMemoryBytes = 384 * 1024 * 1024

const { bytes, longestSide } = workerData as PageOrder
const document = await (await openLibrary()).loadDocument(bytes)
const page = document.getPage(0)
const { originalWidth, originalHeight } = page.getOriginalSize()
const longest = Math.max(originalWidth, originalHeight)
if (!(longest > 0)) throw new Error('There is no page.')
const scale = longestSide / longest
const fit = (points: number) => Math.min(longestSide, Math.max(1, Math.round(points * scale)))
const size = { width: fit(originalWidth), height: fit(originalHeight) }
const { data, width, height } = await page.render({ ...size, scale: 1, render: 'bitmap' })
const pixels: Pixels = { data, width, height }
parentPort?.postMessage(pixels)

type Imports = { env: { emscripten_resize_heap: (size: number) => number } }

async function openLibrary(): Promise<PDFiumLibrary> {
  const program = await WebAssembly.compile(
    await readFile(new URL(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm'))),
  )
  const instantiateWasm = (imports: Imports, done: (instance: object) => void): object => {
    // It grows its memory through a function that it is given, which is where it can be told no.
    const grow = imports.env.emscripten_resize_heap
    imports.env.emscripten_resize_heap = (size) => (size > maxMemoryBytes ? 0 : grow(size))
    const instance = new WebAssembly.Instance(program, imports)
    done(instance)
    return instance.exports
  }
  return PDFiumLibrary.init({ instantiateWasm })
}
