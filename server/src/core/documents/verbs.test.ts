// Invoices and expenses on paper: what a reader finds on them, who may print them, and that printing twice makes no difference.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { createTestBook, forEachEngine, refusal, type TestBook } from '../../../test/harness.ts'
import type { LocalDateTime } from '../day.ts'
import { decimal } from '../decimal.ts'
import { currency } from '../money.ts'

/** The text of each page, as a reader selects it. */
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(bytes)
  const texts = [...document.pages()].map((page) => page.getText())
  document.destroy()
  library.destroy()
  return texts
}

forEachEngine('Documents', (engine) => {
  let book: TestBook
  let clientId: number
  before(async () => {
    book = await createTestBook(engine)
    const { core } = book
    clientId = (await core.clients.add(owner(), { name: 'Harbour <b>Brewing</b>', city: 'Hamburg' })).id
  })
  const owner = () => book.actorOf('owner')
  const spend = (description: string, amount: string, code: string) =>
    book.core.expenses.record(owner(), {
      category: { name: 'Travel' },
      spentAt: '2026-05-20T12:00:00' as LocalDateTime,
      unitPrice: decimal(amount),
      currency: currency(code),
      description,
    })

  test('of an invoice say what it says, every text as it was typed', async () => {
    const invoice = await book.core.invoices.add(owner(), {
      clientId,
      taxes: [{ name: 'VAT', percent: decimal('21'), compound: false, taxRateId: null }],
      notes: '{{7*7}} #{7*7} <script>alert(1)</script>',
      lines: [{ title: 'Design', quantity: decimal('12'), unitPrice: decimal('95.5') }],
    })
    await book.core.invoices.send(owner(), invoice.id)
    const { bytes, fileName, mediaType } = await book.core.documents.invoice(owner(), invoice.id)
    assert.deepEqual([fileName, mediaType], ['invoice-2026-0001.pdf', 'application/pdf'])
    const [page = ''] = await pagesOf(bytes)
    for (const words of [
      'Invoice 2026-0001',
      'Harbour <b>Brewing</b>',
      'Hamburg',
      '20 May 2026',
      '3 June 2026',
      'Design',
      '95.50',
      '1,146.00 EUR',
      'VAT 21 %',
      '240.66 EUR',
      '1,386.66 EUR',
      '{{7*7}} #{7*7} <script>alert(1)</script>',
    ]) {
      assert.ok(page.includes(words), `${words} in ${page}`)
    }
    const again = await book.core.documents.invoice(owner(), invoice.id)
    assert.ok(Buffer.from(bytes).equals(Buffer.from(again.bytes)))
    assert.ok(Buffer.from(bytes).includes('pdfaid:part'))
  })

  test('of many lines have many pages, and lose none', async () => {
    const lines = Array.from({ length: 120 }, (_, i) => ({ title: `Line ${i}`, unitPrice: decimal('1') }))
    const { id } = await book.core.invoices.add(owner(), { clientId, lines })
    const pages = await pagesOf((await book.core.documents.invoice(owner(), id)).bytes)
    assert.ok(pages.length > 3)
    const text = pages.join('\n')
    for (let i = 0; i < 120; i += 1) assert.match(text, new RegExp(`Line ${i}\\b`))
    assert.ok(text.includes('Invoice (draft)'))
  })

  test('of expenses add up each currency', async () => {
    const made = [
      await spend('Lunch', '34.50', 'EUR'),
      await spend('Hotel', '223.26', 'USD'),
      await spend('Taxi', '10', 'EUR'),
    ]
    const ids = made.map(({ id }) => id)
    const [page = ''] = await pagesOf((await book.core.documents.expenses(owner(), ids)).bytes)
    for (const words of ['Lunch', 'Hotel', 'Taxi', 'owner of A', '44.50 EUR', '223.26 USD']) {
      assert.ok(page.includes(words), `${words} in ${page}`)
    }
  })

  test('are printed for those who may read what stands in them', async () => {
    const { id } = await book.core.invoices.add(owner(), { clientId, lines: [{ unitPrice: decimal('1') }] })
    const expense = await spend('Secret', '1', 'EUR')
    for (const actor of [book.actorOf('owner', 'b'), book.actorOf('member')]) {
      await assert.rejects(book.core.documents.invoice(actor, id), (error: { kind?: string }) =>
        ['not_found', 'forbidden'].includes(error.kind ?? ''),
      )
      await assert.rejects(book.core.documents.expenses(actor, [expense.id]), refusal('not_found'))
    }
  })

  test('of an issued invoice are behind its public key, and opening it is noted once', async () => {
    const draft = await book.core.invoices.add(owner(), { clientId, lines: [{ unitPrice: decimal('1') }] })
    const { documents } = book.core
    await assert.rejects(documents.publicInvoice(draft.publicKey), refusal('not_found'))
    await assert.rejects(
      documents.publicInvoice('00000000-0000-0000-0000-000000000000'),
      refusal('not_found'),
    )
    const sent = await book.core.invoices.send(owner(), draft.id)
    const document = await documents.publicInvoice(sent.publicKey)
    await documents.markViewed(document, 'request')
    const viewed = await book.core.invoices.read(owner(), sent.id)
    assert.deepEqual([viewed.state, viewed.viewedAt], ['viewed', book.clock.now])
    await book.unchanged(() => documents.markViewed(document, 'request'))
    assert.ok((await documents.publicInvoiceFile(sent.publicKey)).bytes.length > 1000)
  })
})
