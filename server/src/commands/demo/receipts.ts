// Receipts to put behind expenses: real pictures and documents that say what was bought.

import type { ReceiptFile } from '../../core/expenses/receipts.ts'
import { writeSlip } from './glyphs.ts'
import { encodeJpeg } from './jpeg.ts'
import { encodePdf } from './pdf.ts'
import { encodePng } from './png.ts'

/** What stands on a receipt. Together with its file name this makes every file a different one. */
export type Slip = {
  readonly shop: string
  readonly day: string
  readonly items: readonly string[]
  /** Currency and amount, such as `EUR 34.50`. */
  readonly total: string
  readonly number: string
}

/** The receipt as a file; the ending of its name, in any letter case, decides what it is: jpg, pdf, else png. */
export function drawReceipt(fileName: string, slip: Slip): ReceiptFile {
  const { shop, day, items, total, number } = slip
  const lines = [
    shop,
    '',
    `Date ${day}`,
    `No. ${number}`,
    '',
    ...items,
    '',
    `TOTAL ${total}`,
    '',
    'Thank you',
  ]
  const ending = fileName.toLowerCase().split('.').at(-1)
  if (ending === 'pdf') return { fileName, bytes: encodePdf(lines) }
  const raster = writeSlip(lines)
  return { fileName, bytes: ending === 'jpg' ? encodeJpeg(raster) : encodePng(raster) }
}
