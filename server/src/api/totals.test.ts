// Totals over the wire: hours and money by what they are grouped by, for the filters of the lists.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { createTestBook, forEachEngine, type TestBook } from '../../test/harness.ts'
import { callNative, type Native, type Wire } from '../../test/native-door.ts'

forEachEngine('Totals of the native API', (engine) => {
  let book: TestBook
  let owner: Native

  before(async () => {
    book = await createTestBook(engine)
    owner = callNative(book, 'owner')
    const client = await owner.expect(201, owner.post('/clients', { name: 'Ada', currency: 'USD' }))
    const rated = { name: 'Engine', client_id: client.id, hourly_rate: { amount: '80.00' } }
    await owner.expect(201, owner.post('/projects', rated))
    const work = (day: string, hours: number, more: object = {}) =>
      owner.expect(
        201,
        owner.post('/time-entries', {
          started_at: `${day}T08:00:00Z`,
          ended_at: `${day}T${String(8 + hours).padStart(2, '0')}:00:00Z`,
          ...more,
        }),
      )
    await work('2026-05-18', 2, { project_id: 1, tags: ['a', 'b'] })
    await work('2026-05-25', 3, { project_id: 1, billable: false })
    await work('2026-05-25', 1)
    await owner.expect(201, owner.post('/time-entries/start', {}))
    for (const [amount, currency] of [
      ['10.00', 'EUR'],
      ['5.50', 'EUR'],
      ['7.00', 'USD'],
    ]) {
      const spent = { category: 'Lunch', spent_at: '2026-05-20', amount: { amount, currency } }
      await owner.expect(201, owner.post('/expenses', spent))
    }
  })

  test('Time by project and week, with what it is worth', async () => {
    const totals = await owner.expect(200, owner.get('/totals?by=project,week'))
    assert.deepEqual(
      totals.groups.map(({ key, seconds, money }: Wire) => [
        key,
        seconds,
        money.map(({ amount }: Wire) => amount),
      ]),
      [
        [{ project: 1, week: '2026-W21' }, 7200, [{ amount: '160.00', currency: 'USD' }]],
        [{ project: 1, week: '2026-W22' }, 10800, [{ amount: '240.00', currency: 'USD' }]],
        [{ project: null, week: '2026-W22' }, 3600, []],
      ],
    )
    assert.deepEqual([totals.whole.seconds, totals.whole.billable_seconds, totals.running], [21600, 10800, 1])
    assert.equal(totals.whole.unpriced_seconds, 3600)
    assert.deepEqual(await owner.expect(200, owner.get('/time-entries/totals?by=project,week')), totals)
  })

  test('The filters of the list hold', async () => {
    const seconds = async (query: string) =>
      (await owner.expect(200, owner.get(`/time-entries/totals?${query}`))).whole.seconds
    assert.equal(await seconds('project_id=1'), 18000)
    assert.equal(await seconds('tag=a'), 7200)
    assert.equal(await seconds('started_at_from=2026-05-20T00:00:00Z'), 14400)
    assert.equal(await seconds('billable=false'), 10800)
    assert.equal(await seconds('client_id=999'), 0)
  })

  test('Expenses by currency', async () => {
    const totals = await owner.expect(200, owner.get('/totals?of=expenses&by=currency'))
    assert.deepEqual(
      totals.groups.map(({ key, count, money }: Wire) => [key.currency, count, money[0].amount.amount]),
      [
        ['EUR', 2, '15.50'],
        ['USD', 1, '7.00'],
      ],
    )
    assert.equal(totals.whole.base_amount.currency, 'EUR')
  })

  test('A role that sees no rates sees hours, its own', async () => {
    const member = callNative(book, 'member')
    await member.expect(
      201,
      member.post('/time-entries', {
        started_at: '2026-05-18T08:00:00Z',
        ended_at: '2026-05-18T09:00:00Z',
        project_id: 1,
      }),
    )
    const { whole } = await member.expect(200, member.get('/totals'))
    assert.deepEqual([whole.seconds, whole.money, whole.unpriced_seconds], [3600, null, null])
  })

  for (const query of [
    'by=colour',
    'by=project,client,day,tag',
    'of=all',
    'of=time&category=x',
    'of=expenses&running=true',
    'time_zone=Nowhere',
    'sort=id',
    'with=project',
  ]) {
    test(`?${query} is refused by name`, async () => {
      const reply = await owner.get(`/totals?${query}`)
      assert.ok([400, 422].includes(reply.status), reply.text)
      assert.equal(reply.json<Wire>().errors[0].in, 'query')
    })
  }
})
