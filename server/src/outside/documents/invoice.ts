// An invoice on paper.

import type { InvoiceDocument } from '../../core/documents/nouns.ts'
import type { InvoiceLine } from '../../core/invoices/nouns.ts'
import {
  closePaper,
  footPages,
  heightOf,
  ink,
  looks,
  openPaper,
  type Paper,
  rule,
  sheet,
  write,
} from './page.ts'
import { address, day, money, number, unitPrice } from './words.ts'

const columns = {
  what: { x: sheet.left, width: 258 },
  quantity: { x: 322, width: 50 },
  price: { x: 376, width: 74 },
  amount: { x: 454, width: 85 },
} as const

/** Prints an invoice. The same invoice makes the same bytes; nothing is fetched, nothing of its texts is interpreted. */
export async function printInvoice(document: InvoiceDocument): Promise<Uint8Array> {
  const { invoice, organization } = document
  const title = titleOf(document)
  // A date of the content: the moment of printing would make other bytes each time.
  const paper = await openPaper({ title, author: organization.name, at: new Date(invoice.updatedAt) })
  let y = head(paper, document, title)
  y = table(paper, document, y)
  y = totals(paper, document, y)
  closing(paper, document, y)
  const taxNumber = organization.taxNumber === '' ? '' : ` · Tax no. ${organization.taxNumber}`
  footPages(paper, `${organization.name}${taxNumber}${invoice.state === 'draft' ? ' · Draft' : ''}`)
  return closePaper(paper)
}

function titleOf({ invoice }: InvoiceDocument): string {
  const kind = invoice.totalMinor < 0n ? 'Credit note' : 'Invoice'
  if (invoice.number === null) return `${kind} (draft)`
  return `${kind} ${invoice.number}`
}

function head(paper: Paper, { organization, client, invoice }: InvoiceDocument, title: string): number {
  const right = { x: 320, width: sheet.right - 320, align: 'right' as const }
  write(paper, { ...looks.lead, color: ink.accent }, organization.name, {
    x: sheet.left,
    y: sheet.top,
    width: 250,
  })
  const sender = [address(organization), organization.email, organization.phone, organization.website]
  let y = write(paper, looks.small, sender.filter(Boolean).join('\n'), { ...right, y: sheet.top })
  y = Math.max(y, 110) + 22
  y = write(paper, looks.title, title, { x: sheet.left, y, width: sheet.width }) + 4
  if (invoice.title !== '') {
    y = write(paper, looks.body, invoice.title, { x: sheet.left, y, width: sheet.width })
  }
  y += 18
  write(paper, looks.label, 'BILLED TO', { x: sheet.left, y, width: 220 })
  const billTo = invoice.billTo === '' ? [client.name, address(client)] : [invoice.billTo]
  const taxNumber = client.taxNumber === '' ? [] : [`Tax no. ${client.taxNumber}`]
  const left = write(paper, looks.body, [...billTo, ...taxNumber].filter(Boolean).join('\n'), {
    x: sheet.left,
    y: y + 13,
    width: 240,
  })
  const facts = [
    ['DATE', invoice.issuedOn === null ? '' : day(invoice.issuedOn)],
    ['DUE', invoice.dueOn === null ? '' : day(invoice.dueOn)],
    ['REFERENCE', invoice.reference],
  ].filter(([, value]) => value !== '')
  let below = y
  for (const [label = '', value = ''] of facts) {
    write(paper, looks.label, label, { x: 340, y: below + 2, width: 70 })
    below =
      write(paper, looks.body, value, { x: 412, y: below, width: sheet.right - 412, align: 'right' }) + 3
  }
  return Math.max(left, below) + 26
}

function tableHead(paper: Paper, y: number): number {
  const right = { align: 'right' as const }
  write(paper, looks.label, 'DESCRIPTION', { ...columns.what, y })
  write(paper, looks.label, 'QUANTITY', { ...columns.quantity, y, ...right })
  write(paper, looks.label, 'PRICE', { ...columns.price, y, ...right })
  write(paper, looks.label, 'AMOUNT', { ...columns.amount, y, ...right })
  rule(paper, y + 14, sheet.left, ink.soft)
  return y + 22
}

function table(paper: Paper, { invoice, lines }: InvoiceDocument, start: number): number {
  let y = tableHead(paper, start)
  for (const line of lines) {
    const title = line.title === '' ? line.description : line.title
    const below = line.title === '' ? '' : detailOf(line)
    const height =
      heightOf(paper, looks.body, title || '–', columns.what.width) +
      heightOf(paper, looks.small, below, columns.what.width)
    if (y + height > sheet.bottom) {
      paper.addPage()
      y = tableHead(paper, sheet.top)
    }
    const right = { y, align: 'right' as const }
    write(paper, looks.body, number(line.quantity), { ...columns.quantity, ...right })
    write(paper, looks.body, unitPrice(line.unitPrice, invoice.currency), { ...columns.price, ...right })
    write(paper, looks.body, money(line.amountMinor, invoice.currency), { ...columns.amount, ...right })
    const end = write(paper, looks.body, title || '–', { ...columns.what, y })
    y = write(paper, looks.small, below, { ...columns.what, y: end }) + 6
    rule(paper, y)
    y += 8
  }
  return y
}

function detailOf({ description, from, to }: InvoiceLine): string {
  const period =
    from === null && to === null ? [] : [[from, to].flatMap((on) => (on ? day(on) : [])).join(' – ')]
  return [description, ...period].filter(Boolean).join('\n')
}

function totals(paper: Paper, { invoice }: InvoiceDocument, start: number): number {
  const { currency } = invoice
  const rows: [string, bigint, boolean][] = [['Subtotal', invoice.subtotalMinor, false]]
  if (invoice.discountMinor !== 0n) {
    rows.push([`Discount ${number(invoice.discountPercent)} %`, -invoice.discountMinor, false])
  }
  const within = invoice.pricesIncludeTax ? 'incl. ' : ''
  for (const [i, tax] of invoice.taxes.entries()) {
    const amount = BigInt(invoice.taxAmounts[i] ?? '0')
    rows.push([`${within}${tax.name || 'Tax'} ${number(tax.percent)} %`, amount, false])
  }
  rows.push(['Total', invoice.totalMinor, true])
  if (invoice.paidMinor !== 0n) {
    rows.push(
      ['Paid', -invoice.paidMinor, false],
      ['Still to pay', invoice.totalMinor - invoice.paidMinor, true],
    )
  }
  let y = start + 4
  if (y + rows.length * 20 > sheet.bottom) {
    paper.addPage()
    y = sheet.top
  }
  for (const [label, amount, strong] of rows) {
    if (strong) {
      rule(paper, y, 322, ink.soft)
      y += 7
    }
    const look = strong ? { ...looks.lead, size: 10.5 } : looks.body
    write(paper, look, label, { x: 322, y, width: 110 })
    y =
      write(paper, look, money(amount, currency), { x: 420, y, width: sheet.right - 420, align: 'right' }) + 5
  }
  return y + 20
}

function closing(paper: Paper, { invoice }: InvoiceDocument, start: number): void {
  let y = start
  for (const [look, text] of [
    [looks.body, invoice.notes],
    [looks.small, invoice.footer],
  ] as const) {
    if (text === '') continue
    if (y + Math.min(heightOf(paper, look, text, 360), 400) > sheet.bottom) {
      paper.addPage()
      y = sheet.top
    }
    y = write(paper, look, text, { x: sheet.left, y, width: 360 }) + 12
  }
}
