// A journey through all five doors: what is begun at one is seen, stopped, noted, billed and deleted at the others, and at
// every step all of them agree to the second and to the cent.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { appOver, basic } from '../door-client.ts'
import { createTestBook, forEachEngine, noon, password, type TestBook } from '../harness.ts'

// biome-ignore lint/suspicious/noExplicitAny: a journey reads answers of five shapes, and asserts what it finds.
type Wire = any

const second = 1000

forEachEngine('A journey through five doors', (engine) => {
  let book: TestBook
  let call: (method: string, url: string, body?: unknown, status?: number) => Promise<Wire>
  let moneybird: string
  before(async () => {
    book = await createTestBook(engine)
    const owner = book.actorOf('owner')
    const { secret } = await book.core.signIn.issueToken(owner, { name: 'journey', scopes: ['*'] })
    const server = appOver({ core: book.core, clock: () => book.clock.now })
    moneybird = `/moneybird/api/v2/${owner.organizationId}`
    call = async (method, url, body, status = method === 'POST' ? 201 : 200) => {
      const personal = url.startsWith('/xpenser')
      const reply = await server.inject({
        method: method as 'GET',
        url,
        headers: {
          authorization: /^\/(?:xpenser|paymo)/.test(url)
            ? basic(personal ? 'owner@a.example' : secret, personal ? password : 'X')
            : `Bearer ${secret}`,
          ...(body === undefined
            ? {}
            : { 'content-type': personal ? 'application/x-www-form-urlencoded' : 'application/json' }),
        },
        ...(body === undefined ? {} : { payload: personal ? String(body) : JSON.stringify(body) }),
      })
      assert.equal(reply.statusCode, status, `${method} ${url}: ${reply.payload.slice(0, 500)}`)
      return reply.payload === '' ? undefined : reply.json()
    }
  })

  describe('An entry of time', () => {
    // Kimai begins on the whole minute, whatever the second of the request; what is kept is the same for all.
    const started = noon
    const ended = started + 4371 * second
    let id: number
    let uuid: string
    let customer: string
    let projectId: number

    /** The same moment in each door's words, milliseconds since 1970 again. */
    const moment = (text: string | null) => (text === null ? null : Date.parse(text))

    /** What each door says of the entry: when it started, when it ended, how long it was, what it is about. */
    async function told() {
      const kimai = await call('GET', `/kimai/api/timesheets/${id}`)
      const expensicat = (await call('GET', `/expensicat/api/v1/time-entries/${uuid}`)).data
      const [paymo] = (await call('GET', `/paymo/api/entries/${id}`)).entries
      const bird = await call('GET', `${moneybird}/time_entries/${id}.json`)
      const over = kimai.end !== null
      return {
        kimai: [moment(kimai.begin), moment(kimai.end), over ? kimai.duration : null, kimai.description],
        expensicat: [
          moment(expensicat.start_time),
          moment(expensicat.end_time),
          expensicat.duration,
          expensicat.description,
        ],
        paymo: [
          moment(paymo.start_time),
          moment(paymo.end_time),
          over ? paymo.duration : null,
          paymo.description,
        ],
        // This one tells no duration: it follows from both ends and the pauses between.
        moneybird: [
          moment(bird.started_at),
          moment(bird.ended_at),
          over
            ? (Date.parse(bird.ended_at) - Date.parse(bird.started_at)) / second - bird.paused_duration
            : null,
          bird.description,
        ],
      }
    }

    async function agree(...expected: readonly unknown[]) {
      const { kimai, expensicat, paymo, moneybird } = await told()
      assert.deepEqual(
        { kimai, expensicat, paymo, moneybird },
        { kimai: expected, expensicat: expected, paymo: expected, moneybird: expected },
      )
    }

    test('begins at Kimai, for a project made at Expensicat, and is seen running at all', async () => {
      const made = await call('POST', '/expensicat/api/v1/customers', { name: 'Acme' })
      customer = made.data.id
      await call('POST', '/expensicat/api/v1/projects', {
        name: 'Rockets',
        customer_id: customer,
        hourly_rate: 92.5,
      })
      const projects = await call('GET', '/kimai/api/projects')
      projectId = projects.find((one: Wire) => one.name === 'Rockets').id
      const activity = await call(
        'POST',
        '/kimai/api/activities',
        { name: 'Launch', project: projectId },
        200,
      )
      book.clock.now = started + 17 * second
      const sheet = { project: projectId, activity: activity.id, description: 'Ignition' }
      id = (await call('POST', '/kimai/api/timesheets', sheet, 200)).id
      const { data } = await call('GET', '/expensicat/api/v1/time-entries?q=ignition&user_id=me')
      assert.equal(data.length, 1)
      uuid = data[0].id
      assert.deepEqual([data[0].project.name, data[0].project.customer.name], ['Rockets', 'Acme'])
      await agree(started, null, null, 'Ignition')
      const active = await call('GET', '/kimai/api/timesheets/active')
      assert.deepEqual(
        active.map((one: Wire) => one.id),
        [id],
      )
    })

    test('is stopped at Paymo, and has the same end and the same worth at all', async () => {
      book.clock.now = ended
      const end = new Date(ended).toISOString().replace('.000Z', 'Z')
      await call('PUT', `/paymo/api/entries/${id}`, { end_time: end })
      await agree(started, ended, 4371, 'Ignition')
      // 4371 seconds at 92.50 an hour are 112.3104…; Kimai tells more than cents.
      assert.equal((await call('GET', `/kimai/api/timesheets/${id}`)).rate.toFixed(2), '112.31')
    })

    test('is noted at Moneybird, where the note is seen, and nothing else of it changes', async () => {
      await call('POST', `${moneybird}/time_entries/${id}/notes.json`, { note: { note: 'Checked by two' } })
      const { notes } = await call('GET', `${moneybird}/time_entries/${id}.json`)
      assert.deepEqual(
        notes.map((one: Wire) => one.note),
        ['Checked by two'],
      )
      await agree(started, ended, 4371, 'Ignition')
    })

    test('is renamed at Expensicat, and has its new name at all', async () => {
      await call('PATCH', `/expensicat/api/v1/time-entries/${uuid}`, { description: 'Ignition, and off' })
      await agree(started, ended, 4371, 'Ignition, and off')
    })

    test('is billed at Moneybird to the cent, seen as billed at all, and changed at none', async () => {
      const entry = await call('GET', `${moneybird}/time_entries/${id}.json`)
      const invoice = await call('POST', `${moneybird}/sales_invoices.json`, {
        sales_invoice: {
          contact_id: entry.contact_id,
          time_entry_ids: [String(id)],
          details_attributes: [{ description: 'Launch', amount: '1', price: '112.31' }],
        },
      })
      assert.equal(Number(invoice.total_price_excl_tax), 112.31)
      const listed = (await call('GET', '/expensicat/v1/time-entries?user_id=me')).data[0]
      assert.equal(listed.invoice.id, listed.invoice_id)
      assert.equal(listed.invoice.status, 'draft')
      assert.equal((await call('GET', `/kimai/api/timesheets/${id}`)).exported, true)
      assert.equal((await call('GET', `/paymo/api/entries/${id}`)).entries[0].billed, true)
      const [theirs] = (await call('GET', `/paymo/api/invoices/${invoice.id}`)).invoices
      assert.equal(Number(theirs.subtotal), 112.31)
      await call('PATCH', `/expensicat/v1/time-entries/${uuid}`, { billable: false }, 409)
      await call('DELETE', `/expensicat/v1/time-entries/${uuid}`, undefined, 409)
      await agree(started, ended, 4371, 'Ignition, and off')
      await call('DELETE', `${moneybird}/sales_invoices/${invoice.id}.json`, undefined, 204)
      assert.equal((await call('GET', `/expensicat/v1/time-entries/${uuid}`)).data.invoice_id, null)
      assert.equal((await call('GET', `/paymo/api/entries/${id}`)).entries[0].billed, false)
    })

    test('is deleted at Expensicat, and found at none', async () => {
      await call('DELETE', `/expensicat/v1/time-entries/${uuid}`, undefined, 204)
      await call('GET', `/expensicat/v1/time-entries/${uuid}`, undefined, 404)
      await call('GET', `/kimai/api/timesheets/${id}`, undefined, 404)
      await call('GET', `/paymo/api/entries/${id}`, undefined, 404)
      await call('GET', `${moneybird}/time_entries/${id}.json`, undefined, 404)
    })
  })

  describe('An expense', () => {
    let id: number

    test('typed as a line at Xpenser is seen at Kimai and Paymo to the cent', async () => {
      const typed = await call('POST', '/xpenser/api/v1.0/expense/', 'q=lunch+34.50+with+jack', 200)
      id = (Array.isArray(typed) ? typed[0] : typed).id
      const kimai = await call('GET', `/kimai/api/expenses/${id}`)
      const [paymo] = (await call('GET', `/paymo/api/expenses/${id}`)).expenses
      assert.deepEqual([kimai.total, Number(paymo.amount)], [34.5, 34.5])
    })

    test('deleted at Paymo is a tombstone at Xpenser and found at no other', async () => {
      await call('DELETE', `/paymo/api/expenses/${id}`)
      await call('GET', `/kimai/api/expenses/${id}`, undefined, 404)
      const deleted = await call('GET', `/xpenser/api/v1.0/expense/${id}?status=all`)
      assert.deepEqual([deleted.status, deleted.amount], [-1, '34.50'])
    })
  })
})
