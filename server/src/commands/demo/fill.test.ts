// The demo world as a whole: the same each time, complete, and never poured into a book in use.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { reportStates } from '../../core/expenses/nouns.ts'
import { invoiceStates } from '../../core/invoices/nouns.ts'
import { roles } from '../../core/people/nouns.ts'
import { fillDemo } from './fill.ts'
import { type Filled, openFilled } from './filled.ts'

describe('the demo world', () => {
  let book: Filled
  before(async () => {
    book = await openFilled()
  })
  after(() => book.close())

  test('is the same each time, secrets included', async () => {
    const other = await openFilled(0)
    assert.equal(await other.digest(), await book.digest())
    assert.deepEqual(other.summary, book.summary)
    await other.close()
  })

  test('tells who there is and how to come in, under the agreed names', () => {
    const { organizations, people, doors } = book.summary
    assert.deepEqual(organizations, [
      { id: 1, name: 'Harbour Studio', currency: 'EUR', timeZone: 'Europe/Amsterdam' },
      { id: 2, name: 'Pacific Freelance', currency: 'USD', timeZone: 'America/Los_Angeles' },
    ])
    const fields = ['id', 'name', 'email', 'username', 'password', 'role', 'organizationId', 'token']
    for (const person of people) assert.deepEqual(Object.keys(person), fields)
    const { token, email, password } = people[0] ?? assert.fail()
    const base = 'http://127.0.0.1:4000'
    assert.deepEqual(doors, {
      native: { base: `${base}/api/v1`, token },
      kimai: { base: `${base}/kimai`, user: 'marit', token },
      xpenser: { base: `${base}/xpenser`, user: 'user', password: 'password' },
      expensicat: { base: `${base}/expensicat`, token },
      paymo: { base: `${base}/paymo`, user: email, password, apiKey: token },
      moneybird: { base: `${base}/moneybird`, administrationId: '1', token },
    })
  })

  test('lets everyone in, by token and by password', async () => {
    for (const { id, username, email, password, role, organizationId } of book.summary.people) {
      const byToken = await book.actor(username)
      assert.deepEqual([byToken.personId, byToken.role, byToken.organizationId], [id, role, organizationId])
      const arrival = { door: 'xpenser', requestId: 'test', address: '127.0.0.1' } as const
      assert.equal((await book.core.signIn.byPassword(username, password, arrival)).personId, id)
      assert.equal((await book.core.signIn.byPassword(email, password, arrival)).personId, id)
    }
  })

  test('has every role and every state of a report in the studio', async () => {
    const known = new Set(
      book.summary.people.filter((one) => one.organizationId === 1).map((one) => one.role),
    )
    assert.deepEqual([...known].sort(), [...roles].sort())
    for (const organizationId of [1, 2]) {
      const rows = await book.select(
        `select distinct state from expense_reports where organization_id = ${organizationId}`,
      )
      assert.deepEqual(rows.flat().sort(), [...reportStates].sort())
    }
  })

  test('has invoices in every state, what they bill, and what came in for them', async () => {
    const states = await book.select('select distinct state from invoices where organization_id = 1')
    assert.deepEqual(states.flat().sort(), [...invoiceStates].sort())
    const [row = []] = await book.select(
      `select (select count(*) from time_entries where invoice_line_id is not null),
         (select count(*) from expenses where invoice_line_id is not null),
         (select count(*) from payments), (select count(*) from invoices where number is null)`,
    )
    const [entries, expenses, payments, drafts] = row.map(Number)
    assert.ok((entries ?? 0) > 100 && (expenses ?? 0) > 3, `${row}`)
    assert.deepEqual([payments, drafts], [3, 1])
  })

  test('has one running timer, of a member', async () => {
    const rows = await book.select(
      `select m.role, t.organization_id from time_entries t join memberships m
       on m.organization_id = t.organization_id and m.person_id = t.person_id where t.ended_at is null`,
    )
    assert.deepEqual(rows, [['member', 1]])
  })

  test('has a year of work with breaks, tags, and hours that are not billed or cannot be', async () => {
    const [row = []] = await book.select(
      `select count(*), count(distinct person_id), sum(break_seconds > 0), sum(billable = 0), sum(billed), sum(timed = 0)
       from time_entries where organization_id = 1 and deleted_at is null`,
    )
    const [count, people, breaks, unbillable, billed, untimed] = row.map(Number)
    assert.equal(people, 5)
    for (const [number, least] of [
      [count, 2000],
      [breaks, 100],
      [unbillable, 200],
      [billed, 200],
      [untimed, 20],
    ]) {
      assert.ok((number ?? 0) >= (least ?? 0), `${number} is below ${least}`)
    }
    const [months = []] = await book.select(
      `select count(distinct strftime('%Y-%m', started_at / 1000, 'unixepoch')) from time_entries where organization_id = 1`,
    )
    assert.deepEqual(months, [13])
  })

  test('has nobody at two places at once', async () => {
    const overlaps = await book.select(
      `select a.id, b.id from time_entries a join time_entries b on a.organization_id = b.organization_id
       and a.person_id = b.person_id and a.id < b.id and a.started_at < b.ended_at and b.started_at < a.ended_at
       where a.organization_id = 1`,
    )
    assert.deepEqual(overlaps, [])
  })

  test('has money in several currencies at pinned rates, distances, days and hours', async () => {
    const rows = await book.select(
      `select currency, count(*), count(exchange_rate), count(exchange_on), max(exchange_source) from expenses
       where organization_id = 1 group by currency order by currency`,
    )
    assert.deepEqual(
      rows.map(([code]) => code),
      ['CHF', 'EUR', 'GBP', 'JPY', 'USD'],
    )
    for (const [code, count, rates, days, source] of rows) {
      const pinned = code === 'EUR' ? [0, 0, ''] : [count, count, 'ECB']
      assert.deepEqual([rates, days, source], pinned)
    }
    const units = await book.select('select distinct unit from expenses where unit is not null order by unit')
    assert.deepEqual(units.flat(), ['day', 'hour', 'km', 'mi', 'minute'])
    const clients = await book.select('select distinct currency from clients where currency is not null')
    assert.equal(clients.length, 6)
  })

  test('has notes, to-dos that are open, assigned and done, and properties', async () => {
    const [row = []] = await book.select(
      'select sum(todo = 0), sum(todo = 1 and completed_at is null), count(assignee_id), count(completed_at) from notes',
    )
    assert.ok(row.every((number) => Number(number) >= 2))
    assert.ok((await book.select('select * from properties')).length >= 4)
  })

  test('tells its story in the order of time, without gaps', async () => {
    for (const organizationId of [1, 2]) {
      const rows = await book.select(
        `select sequence, at from events where organization_id = ${organizationId} order by sequence`,
      )
      for (const [index, [sequence, at]] of rows.entries()) {
        assert.equal(sequence, index + 1)
        assert.ok(Number(at) >= Number(rows[index - 1]?.[1] ?? 0))
      }
    }
  })

  test('gives no number twice, in whatever organization', async () => {
    for (const table of ['expenses', 'expense_reports', 'receipts', 'tags', 'categories', 'time_entries']) {
      const doubles = await book.select(`select id from ${table} group by id having count(*) > 1`)
      assert.deepEqual(doubles, [], table)
    }
  })

  test('stays out of a book that has an organization, and changes nothing there', async () => {
    const digest = await book.digest()
    const { store, files } = book
    await assert.rejects(fillDemo({ store, files, publicUrl: 'http://127.0.0.1:4000' }), {
      name: 'DomainError',
      kind: 'conflict',
      reason: 'already_exists',
    })
    assert.equal(await book.digest(), digest)
  })

  test('refuses a size that is no whole number', async () => {
    const { store, files } = book
    for (const size of [-1, 0.5, Number.NaN]) {
      await assert.rejects(fillDemo({ store, files, size, publicUrl: '' }), RangeError)
    }
  })
})

test('a size of one adds a thousand expenses in twenty reports, and a hundred time entries', async () => {
  const book = await openFilled(1)
  const reports = await book.select(
    `select r.name, count(*), min(e.spent_at), max(e.spent_at) from expense_reports r join expenses e
     on e.report_id = r.id where r.name like 'Bench %' group by r.id order by r.id`,
  )
  assert.equal(reports.length, 20)
  for (const [index, [name, count, first]] of reports.entries()) {
    assert.deepEqual([name, count], [`Bench ${index + 1}`, 50])
    assert.ok(Number(first) > Number(reports[index - 1]?.[3] ?? 0))
  }
  const old = await book.select(
    `select organization_id, count(*) from time_entries where started_at < ${Date.UTC(2025, 0, 1)} group by 1`,
  )
  assert.deepEqual(old, [[1, 100]])
  await book.close()
})
