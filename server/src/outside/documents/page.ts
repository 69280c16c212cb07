// A page to print on: fonts, colours, columns, and page breaks. It knows no invoice.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** The parts of a `pdfkit` document that are used here. */
export type Paper = PDFKit.PDFDocument

/** A4 in points, with room to breathe. */
export const sheet = { left: 56, right: 539, top: 56, bottom: 770, width: 483 }

export const ink = { text: '#18212b', soft: '#66727f', faint: '#d9dee3', accent: '#0b6b62' }

/** How a text stands: its size, weight and colour. */
export type Look = { readonly size: number; readonly bold?: boolean; readonly color?: string }

export const looks = {
  title: { size: 22, bold: true },
  lead: { size: 11, bold: true },
  body: { size: 9.5 },
  strong: { size: 9.5, bold: true },
  small: { size: 8, color: ink.soft },
  label: { size: 7.5, bold: true, color: ink.soft },
} as const satisfies Readonly<Record<string, Look>>

/** What identifies a document. The same content must make the same bytes, so its date is a date of the content. */
export type Identity = { readonly title: string; readonly author: string; readonly at: Date }

const fonts = createRequire(import.meta.url)
const fontFile = (name: string) => fonts.resolve(`@expo-google-fonts/inter/${name}`)

/**
 * Makes an empty PDF/A-3b with embedded fonts. The library is loaded at the first document: most processes print none.
 */
export async function openPaper({ title, author, at }: Identity): Promise<Paper> {
  const { default: PDFDocument } = await import('pdfkit')
  const paper = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b' as 'PDF/A-3',
    lang: 'en',
    displayTitle: true,
    info: { Title: title, Author: author, CreationDate: at, ModDate: at },
  })
  paper.registerFont('regular', readFileSync(fontFile('400Regular/Inter_400Regular.ttf')))
  paper.registerFont('bold', readFileSync(fontFile('600SemiBold/Inter_600SemiBold.ttf')))
  return paper
}

/** The whole document as bytes. */
export function closePaper(paper: Paper): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  paper.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<Uint8Array>((resolve, reject) => {
    paper.on('end', () => resolve(Buffer.concat(chunks)))
    paper.on('error', reject)
  })
  paper.end()
  return done
}

/** Writes a text into a box and answers where it ends. Control characters other than line ends are left out. */
export function write(
  paper: Paper,
  look: Look,
  text: string,
  box: { x: number; y: number; width: number; align?: 'left' | 'right' },
): number {
  const shown = printable(text)
  if (shown === '') return box.y
  paper
    .font(look.bold === true ? 'bold' : 'regular')
    .fontSize(look.size)
    .fillColor(look.color ?? ink.text)
    .text(shown, box.x, box.y, {
      width: box.width,
      align: box.align ?? 'left',
      lineGap: look.size * 0.25,
      // Figures of one width stand below one another; within a sentence they look torn apart.
      features: box.align === 'right' ? ['tnum', 'kern', 'liga'] : ['kern', 'liga'],
    })
  return paper.y
}

/** How high a text would be in a box of that width. */
export function heightOf(paper: Paper, look: Look, text: string, width: number): number {
  const shown = printable(text)
  if (shown === '') return 0
  paper.font(look.bold === true ? 'bold' : 'regular').fontSize(look.size)
  return paper.heightOfString(shown, { width, lineGap: look.size * 0.25 })
}

/** A hairline across the sheet. */
export function rule(paper: Paper, y: number, from = sheet.left, color: string = ink.faint): void {
  paper.moveTo(from, y).lineTo(sheet.right, y).lineWidth(0.6).strokeColor(color).stroke()
}

/** Writes on the foot of every page, once all are there. */
export function footPages(paper: Paper, words: string): void {
  const { count } = paper.bufferedPageRange()
  for (let page = 0; page < count; page += 1) {
    paper.switchToPage(page)
    write(paper, looks.small, words, { x: sheet.left, y: 796, width: 400 })
    const place = `${page + 1} / ${count}`
    write(paper, looks.small, place, { x: sheet.right - 60, y: 796, width: 60, align: 'right' })
  }
}

function printable(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[\p{Cc}\p{Cf}]/gu, (mark) => (mark === '\n' ? mark : ''))
}
