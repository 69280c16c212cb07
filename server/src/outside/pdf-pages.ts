// Draws first pages of PDF files, each in a thread that can be stopped: a page may take forever, or bring its reader down.

import { Worker } from 'node:worker_threads'
import type { PageOrder, Pixels } from './pdf-page.ts'

/** How long the drawing of one page may take, the start of the thread included. */
const patienceMs = 10_000

/** The pixels of the first page, `longestSide` wide or high; null when it is broken, encrypted or too much. */
export function drawFirstPage(
  bytes: Uint8Array,
  longestSide: number,
  maxMs = patienceMs,
): Promise<Pixels | null> {
  const order: PageOrder = { bytes, longestSide }
  const thread = new Worker(new URL('./pdf-page.ts', import.meta.url), {
    workerData: order,
    // It reads what strangers sent: it knows nothing of the server's secrets, and what it prints goes nowhere.
    env: {},
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 128 },
  })
  return new Promise((resolve) => {
    const limit = setTimeout(() => thread.terminate(), maxMs)
    const finish = (pixels: Pixels | null) => {
      clearTimeout(limit)
      resolve(pixels)
    }
    thread.once('message', (pixels: Pixels) => {
      finish(pixels)
      void thread.terminate()
    })
    thread.once('error', () => finish(null))
    thread.once('exit', () => finish(null))
  })
}
