// The first start in a real browser: a one-time link, a form, and a book that can be signed in to.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { type Book, createApp, openBook } from '../app.ts'

// Chromium asks its maker's servers for this and that unless told not to.
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const folder = mkdtempSync(join(tmpdir(), 'daybook-pages-'))
const complaints: string[] = []
let book: Book
let server: ReturnType<typeof createApp>
let browser: Browser
let page: Page
let origin: string

before(async () => {
  const executablePath = process.env.DAYBOOK_TEST_CHROMIUM
  assert.ok(executablePath, 'DAYBOOK_TEST_CHROMIUM names no browser: run this through npm test.')
  book = await openBook({ data: folder, database: join(folder, 'daybook.db'), files: join(folder, 'files') })
  server = createApp(book, { publicUrl: 'http://127.0.0.1', hosts: new Map() })
  await server.listen({ port: 0, host: '127.0.0.1' })
  origin = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  browser = await chromium.launch({ executablePath, args: quiet })
  page = await browser.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
})

after(async () => {
  await browser?.close()
  await server?.close()
  await book?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the front page shows what the book is', async () => {
  await page.goto(`${origin}/`)
  assert.equal(await page.title(), 'Daybook')
  assert.match((await page.locator('main').textContent()) ?? '', /time and expenses/)
  assert.deepEqual(complaints, [])
})

test('a set-up link makes the first owner, once', async () => {
  const link = `${origin}/set-up?key=${await book.core.setUp.invite()}`
  await page.goto(link)
  await page.getByLabel('Organization').fill('Reed & <Sons>')
  await page.getByLabel('Currency').fill('XXX')
  await page.getByLabel('Time zone').fill('Europe/Lisbon')
  await page.getByLabel('Your name').fill('Ines')
  await page.getByLabel('E-mail').fill('ines@reed.example')
  await page.getByLabel('Password').fill('a long password')
  await page.getByRole('button', { name: 'Open the book' }).click()
  assert.match((await page.getByRole('alert').textContent()) ?? '', /currency/, 'a wrong currency is told')
  assert.equal(await page.getByLabel('Organization').inputValue(), 'Reed & <Sons>', 'what was typed stays')

  await page.getByLabel('Currency').fill('EUR')
  await page.getByLabel('Password').fill('a long password')
  await page.getByRole('button', { name: 'Open the book' }).click()
  assert.match((await page.getByRole('status').textContent()) ?? '', /The book is yours/)

  const answer = await fetch(`${origin}/xpenser/api/v1.0/user/`, {
    headers: { authorization: `Basic ${btoa('ines@reed.example:a long password')}` },
  })
  assert.equal(((await answer.json()) as { email: string }).email, 'ines@reed.example')

  await page.goto(link)
  assert.match((await page.getByRole('status').textContent()) ?? '', /used up/)
})
