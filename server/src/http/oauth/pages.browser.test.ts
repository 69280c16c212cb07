// Letting an application in with a real browser: its cookies, its policy on where forms may lead, and a narrow screen.

import assert from 'node:assert/strict'
import { createServer, type Server as NodeServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { listen } from '../../../test/door-client.ts'
import { createTestBook, createTestEngine, password, type TestBook } from '../../../test/harness.ts'
import {
  authorizeUrl,
  type Client,
  createBrowser,
  flowOf,
  register,
  serveOAuth,
  tradeCode,
} from '../../../test/oauth-client.ts'
import type { Server } from '../door.ts'

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

describe('Letting an application in with a browser', () => {
  const engine = createTestEngine('sqlite')
  const complaints: string[] = []
  let book: TestBook
  let server: Server
  let application: NodeServer
  let client: Client
  let browser: Browser
  let page: Page
  let origin: string
  let done: string

  before(async () => {
    const executablePath = process.env.DAYBOOK_TEST_CHROMIUM
    assert.ok(executablePath, 'DAYBOOK_TEST_CHROMIUM names no browser: run this through npm test.')
    book = await createTestBook(engine)
    server = serveOAuth(book)
    origin = `http://127.0.0.1:${await listen(server)}`
    application = createServer((_, response) => response.end('<!doctype html><title>Back</title>'))
    await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve))
    done = `http://127.0.0.1:${(application.address() as AddressInfo).port}/done`
    client = await register(book, book.actorOf('owner'), { redirectUris: [done] })
    browser = await chromium.launch({ executablePath, args: quiet })
    page = await browser.newPage({ viewport: { width: 360, height: 640 } })
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
  })

  after(async () => {
    await browser?.close()
    await server?.close()
    application?.close()
  })

  test('leads there and back', async () => {
    const flow = flowOf(client, { redirect_uri: done, scope: 'entries:read entries:write' })
    await page.goto(origin + authorizeUrl(client, flow))
    assert.equal(await page.title(), 'Sign in · Daybook')
    await page.getByLabel('E-mail or username').fill('member@a.example')
    await page.getByLabel('Password').fill('wrong password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    assert.match((await page.getByRole('alert').textContent()) ?? '', /wrong/)
    assert.equal(await page.getByLabel('E-mail or username').inputValue(), 'member@a.example')
    await page.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Allow' }).waitFor()
    assert.deepEqual(await page.getByRole('listitem').allTextContents(), [
      'See time entries',
      'Change time entries',
    ])
    const width = await page.evaluate('document.documentElement.scrollWidth')
    assert.equal(width, 360, 'Nothing reaches beyond a narrow screen.')
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.waitForURL(`${done}?**`)
    const back = new URL(page.url()).searchParams
    assert.equal(back.get('state'), 'a state & more')
    const answer = await tradeCode(createBrowser(server), client, flow, back.get('code') ?? '')
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual(
      complaints.filter((each) => !/403/.test(each)),
      [],
    )
  })

  test('can be left at any page', async () => {
    for (const signedIn of [false, true]) {
      await page.goto(origin + authorizeUrl(client, flowOf(client, { redirect_uri: done })))
      if (signedIn) {
        await page.getByLabel('E-mail or username').fill('member@a.example')
        await page.getByLabel('Password').fill(password)
        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.getByRole('link', { name: 'Not you?' }).click()
        await page.getByLabel('Password').waitFor()
        await page.getByLabel('E-mail or username').fill('manager@a.example')
        await page.getByLabel('Password').fill(password)
        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.getByText('Signed in as manager of A').waitFor()
      }
      await page.getByRole('button', { name: signedIn ? 'Deny' : 'Cancel' }).click()
      await page.waitForURL(`${done}?**`)
      assert.equal(new URL(page.url()).searchParams.get('error'), 'access_denied')
    }
  })
})
