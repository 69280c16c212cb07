// The verbs of totals: who sees what of whom, limits, and what is never counted.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import {
  createTestBook,
  forEachEngine,
  noon,
  refusal,
  type TestBook,
  withScopes,
} from '../../../test/harness.ts'
import type { Actor } from '../actor.ts'
import { type LocalDate, type LocalDateTime, timeZone } from '../day.ts'
import { decimal } from '../decimal.ts'
import { currency } from '../money.ts'
import type { Role } from '../people/nouns.ts'
import type { TimeDimension } from './nouns.ts'

const hour = 3_600_000
const day = 24 * hour
const lunchtime = '2026-05-20T12:00:00' as LocalDateTime

/** A finished hour of the actor's, some days after the noon of the tests. */
function logHour(
  book: TestBook,
  actor: Actor,
  more: Parameters<TestBook['core']['time']['log']>[1] | object = {},
) {
  return book.core.time.log(actor, { startedAt: noon, endedAt: noon + hour, ...more })
}

function spend(book: TestBook, actor: Actor, amount: string, more: object = {}) {
  const category = { name: 'Lunch' }
  return book.core.expenses.record(actor, { category, spentAt: lunchtime, amount: decimal(amount), ...more })
}

forEachEngine('Totals', (engine) => {
  describe('by role', () => {
    let book: TestBook
    const workers: Role[] = ['owner', 'admin', 'manager', 'member']

    before(async () => {
      book = await createTestBook(engine)
      for (const role of workers) {
        await logHour(book, book.actorOf(role))
        await spend(book, book.actorOf(role), '10.00')
      }
      await logHour(book, book.actorOf('owner'), { hourlyRate: decimal('90') })
      await logHour(book, book.actorOf('owner', 'b'))
      await spend(book, book.actorOf('owner', 'b'), '999')
    })

    const cases: [role: Role, entries: number, expenses: number, seesRates: boolean][] = [
      ['owner', 5, 4, true],
      ['admin', 5, 4, true],
      ['manager', 5, 4, true],
      ['accountant', 5, 4, true],
      ['member', 1, 1, false],
      ['guest', 0, 0, false],
    ]
    for (const [role, entries, expenses, seesRates] of cases) {
      test(`${role} totals ${entries} entries and ${expenses} expenses, ${seesRates ? 'with' : 'without'} money of time`, async () => {
        const actor = book.actorOf(role)
        const time = await book.core.totals.time(actor)
        assert.equal(time.whole.count, entries)
        assert.equal(time.whole.seconds, entries * 3600)
        const { money, unpricedSeconds } = time.whole
        assert.deepEqual(
          [money, unpricedSeconds],
          [
            seesRates
              ? [{ currency: 'EUR', amountMinor: 9000n, billableMinor: 9000n, billedMinor: 0n }]
              : null,
            seesRates ? 4 * 3600 : null,
          ],
        )
        for (const group of time.groups) assert.equal(group.money === null, !seesRates)
        assert.equal((await book.core.totals.expenses(actor)).whole.count, expenses)
      })
    }

    test('a member who asks for someone else gets nothing', async () => {
      const { personId } = book.actorOf('owner')
      const member = book.actorOf('member')
      assert.deepEqual((await book.core.totals.time(member, { filter: { personId } })).groups, [])
      assert.deepEqual((await book.core.totals.expenses(member, { filter: { personId } })).groups, [])
    })

    test("someone else's report is not found", async () => {
      const [report] = await book.core.reports.list(book.actorOf('owner'), {
        personId: book.actorOf('owner').personId,
      })
      const filter = { reportId: report?.id ?? 0 }
      assert.equal((await book.core.totals.expenses(book.actorOf('owner'), { filter })).whole.count, 1)
      for (const actor of [book.actorOf('member'), book.actorOf('owner', 'b')]) {
        await assert.rejects(book.core.totals.expenses(actor, { filter }), refusal('not_found'))
      }
    })

    test('a personal door and the default report reach the own only', async () => {
      const personal = { ...book.actorOf('owner'), personal: true }
      assert.equal((await book.core.totals.time(personal)).whole.count, 2)
      assert.equal((await book.core.totals.expenses(personal)).whole.count, 1)
      const owner = book.actorOf('owner')
      assert.equal(
        (await book.core.totals.expenses(owner, { filter: { reportId: 'default' } })).whole.count,
        1,
      )
    })

    test('a token needs the scope, and sees no rates without that of the catalogue', async () => {
      const owner = book.actorOf('owner')
      const missing = refusal('forbidden', { reason: 'scope_missing' })
      await assert.rejects(book.core.totals.time(withScopes(owner, 'expenses:read')), missing)
      await assert.rejects(book.core.totals.expenses(withScopes(owner, 'time:read')), missing)
      const { whole } = await book.core.totals.time(withScopes(owner, 'time:read'))
      assert.deepEqual([whole.count, whole.money], [5, null])
    })

    test('groups tell persons apart', async () => {
      const { groups } = await book.core.totals.time(book.actorOf('manager'), { by: ['person'] })
      const counts = new Map(groups.map(({ key, count }) => [key.person, count]))
      const wanted = workers.map((role) => [book.actorOf(role).personId, role === 'owner' ? 2 : 1] as const)
      assert.deepEqual(counts, new Map(wanted.toSorted(([a], [b]) => a - b)))
    })
  })

  describe('of what counts', () => {
    let book: TestBook
    let owner: Actor

    before(async () => {
      book = await createTestBook(engine)
      owner = book.actorOf('owner')
    })

    test('nothing in an empty book', async () => {
      const none = { count: 0, money: [] }
      assert.deepEqual(await book.core.totals.time(owner, { by: ['week'] }), {
        groups: [],
        whole: { key: {}, ...none, seconds: 0, billableSeconds: 0, billedSeconds: 0, unpricedSeconds: 0 },
        running: 0,
        zone: 'Europe/Amsterdam',
      })
      assert.deepEqual(await book.core.totals.expenses(owner, { by: ['week'] }), {
        groups: [],
        whole: { key: {}, ...none, baseAmountMinor: 0n },
      })
    })

    test('no tombstones, even when a filter made for lists asks for them', async () => {
      const { id } = await logHour(book, owner)
      const expense = await spend(book, owner, '5')
      const filter = { deleted: 'with', limit: 1 } as object
      assert.equal((await book.core.totals.time(owner, { filter })).whole.count, 1)
      await book.core.time.remove(owner, id)
      await book.core.expenses.remove(owner, expense.id)
      assert.equal((await book.core.totals.time(owner, { filter })).whole.count, 0)
      assert.equal((await book.core.totals.expenses(owner, { filter })).whole.count, 0)
    })

    test('running entries are counted apart', async () => {
      const running = await book.core.time.start(owner, {})
      await logHour(book, owner, { startedAt: noon + day, endedAt: noon + day + hour })
      const totals = await book.core.totals.time(owner)
      assert.deepEqual([totals.whole.count, totals.whole.seconds, totals.running], [1, 3600, 1])
      const asked = async (filter: object) => {
        const { whole, running: still } = await book.core.totals.time(owner, { filter })
        return [whole.count, still]
      }
      assert.deepEqual(await asked({ running: true }), [0, 1])
      assert.deepEqual(await asked({ running: false }), [1, 0])
      assert.deepEqual(await asked({ startedAt: { from: noon + 1 } }), [1, 0])
      await book.core.time.remove(owner, running.id)
      assert.deepEqual(await asked({}), [1, 0])
    })

    test('an entry over midnight belongs to the day on which it starts, in the zone that is asked for', async () => {
      const late = Date.parse('2026-07-01T21:30:00Z')
      await logHour(book, owner, { startedAt: late, endedAt: late + 2 * hour })
      const filter = { startedAt: { from: late - day, to: late + day } }
      const days = async (zone?: string) => {
        const { groups } = await book.core.totals.time(owner, {
          ...{ filter, by: ['day'] },
          ...(zone === undefined ? {} : { zone: timeZone(zone) }),
        })
        return groups.map(({ key, seconds }) => [key.day, seconds])
      }
      assert.deepEqual(await days(), [['2026-07-01', 7200]])
      assert.deepEqual(await days('Australia/Lord_Howe'), [['2026-07-02', 7200]])
    })

    test('several tags count for each, and once in the whole', async () => {
      const at = Date.parse('2026-08-01T12:00:00Z')
      await logHour(book, owner, { startedAt: at, endedAt: at + hour, tagNames: ['red', 'blue'] })
      await logHour(book, owner, { startedAt: at, endedAt: at + hour })
      const { groups, whole } = await book.core.totals.time(owner, {
        filter: { startedAt: { from: at } },
        by: ['tag'],
      })
      assert.deepEqual(
        groups.map(({ count }) => count),
        [1, 1, 1],
      )
      assert.equal(groups.at(-1)?.key.tag, null)
      assert.deepEqual([whole.count, whole.seconds], [2, 7200])
    })

    test('money by currency, and all of it in the own one', async () => {
      const spentAt = '2026-09-01T12:00:00' as LocalDateTime
      await spend(book, owner, '10.00', { spentAt, billable: true })
      const exchange = { rate: decimal('0.5'), source: 'test', on: '2026-09-01' as LocalDate }
      await spend(book, owner, '8.00', { spentAt, currency: currency('USD'), exchange, billable: false })
      const filter = { spentAt: { from: spentAt } }
      const { whole } = await book.core.totals.expenses(owner, { filter })
      assert.deepEqual(whole.money, [
        {
          currency: 'EUR',
          amountMinor: 1000n,
          billableMinor: whole.money[0]?.billableMinor,
          billedMinor: 0n,
        },
        { currency: 'USD', amountMinor: 800n, billableMinor: 0n, billedMinor: 0n },
      ])
      assert.equal(whole.baseAmountMinor, 1400n)
      const { groups } = await book.core.totals.expenses(owner, { filter, by: ['currency'] })
      assert.deepEqual(
        groups.map(({ key }) => key),
        [{ currency: 'EUR' }, { currency: 'USD' }],
      )
    })

    test('what a transaction has written so far, from within it', async () => {
      const before = (await book.core.totals.time(owner)).whole.count
      await book.core.together(owner, async (actor) => {
        await logHour(book, actor)
        assert.equal((await book.core.totals.time(actor)).whole.count, before + 1)
        assert.equal((await book.core.totals.time(owner)).whole.count, before)
      })
      assert.equal((await book.core.totals.time(owner)).whole.count, before + 1)
    })
  })

  test('sums beyond 64 bits are exact', async () => {
    const book = await createTestBook(engine)
    const owner = book.actorOf('owner')
    const { id } = await spend(book, owner, '1.00')
    const [expense] = await book.store.byId('expense', owner.organizationId, [id])
    assert.ok(expense)
    const amountMinor = BigInt(Number.MAX_SAFE_INTEGER)
    await book.store.write(owner.organizationId, async (tx) => {
      for (let i = 1; i <= 1100; i += 1) {
        await tx.insert('expense', { ...expense, id: id + i, amountMinor, baseAmountMinor: -amountMinor })
      }
    })
    const { whole } = await book.core.totals.expenses(owner, { by: ['project', 'month'] })
    assert.equal(whole.money[0]?.amountMinor, 100n + 1100n * amountMinor)
    assert.equal(whole.baseAmountMinor, 100n - 1100n * amountMinor)
  })

  describe('within limits', () => {
    let book: TestBook
    let owner: Actor

    before(async () => {
      book = await createTestBook(engine)
      owner = book.actorOf('owner')
      await logHour(book, owner)
    })

    test('three dimensions, known ones, doubles aside', async () => {
      const refused = (by: unknown, code: 'too_many' | 'unknown_value') =>
        assert.rejects(
          book.core.totals.time(owner, { by: by as TimeDimension[] }),
          refusal('invalid', { path: 'by', code }),
        )
      await refused(['client', 'project', 'activity', 'day'], 'too_many')
      await refused(['category'], 'unknown_value')
      await refused(['__proto__'], 'unknown_value')
      await refused(["day'; drop table time_entries"], 'unknown_value')
      const { groups } = await book.core.totals.time(owner, { by: ['day', 'day', 'week', 'year', 'day'] })
      assert.deepEqual(
        groups.map(({ key }) => key),
        [{ day: '2026-05-20', week: '2026-W21', year: '2026' }],
      )
    })

    test('ten years of a calendar, and any time without one', async () => {
      const from = Date.parse('2020-03-01T00:00:00+01:00')
      const to = Date.parse('2030-02-28T23:59:59+01:00')
      const count = async (range: object, ...by: TimeDimension[]) =>
        (await book.core.totals.time(owner, { filter: { startedAt: range }, by })).whole.count
      const refused = refusal('invalid', { path: 'startedAt', code: 'range' })
      assert.equal(await count({ from, to }, 'day'), 1)
      await assert.rejects(count({ from, to: to + 1000 }, 'day'), refused)
      await assert.rejects(count({ from, to: to + 1000 }, 'year', 'client'), refused)
      assert.equal(await count({ from, to: to + 1000 }, 'client'), 1)
      await assert.rejects(count({ from: Number.NaN }, 'day'), refused)
      const never = refusal('invalid', { path: 'spentAt', code: 'range' })
      const spentAt = {
        from: '2000-01-01T00:00:00' as LocalDateTime,
        to: '2026-01-01T00:00:00' as LocalDateTime,
      }
      await assert.rejects(book.core.totals.expenses(owner, { filter: { spentAt }, by: ['week'] }), never)
    })

    test('open and endless ranges reach as far as there are entries', async () => {
      const days = async (range: object) => {
        const { groups } = await book.core.totals.time(owner, { filter: { startedAt: range }, by: ['day'] })
        return groups.map(({ key }) => key.day)
      }
      for (const range of [
        {},
        { from: 0 },
        { to: 1e300 },
        { from: -1e300, to: 1e300 },
        { from: noon, to: noon },
      ]) {
        assert.deepEqual(await days(range), ['2026-05-20'], JSON.stringify(range))
      }
      for (const range of [
        { from: noon + 1 },
        { to: noon - 1 },
        { from: noon + 1, to: noon - 1 },
        { from: 1e300 },
      ]) {
        assert.deepEqual(await days(range), [], JSON.stringify(range))
      }
      const far = Date.parse('9999-12-30T22:00:00Z')
      await logHour(book, owner, { startedAt: far, endedAt: far + hour })
      assert.deepEqual(await days({ from: far }), ['9999-12-30'])
      await assert.rejects(days({}), refusal('invalid', { path: 'startedAt', code: 'range' }))
    })

    test('a text to look for is no longer than any other', async () => {
      const text = 'x'.repeat(1001)
      const refused = refusal('invalid', { path: 'text', code: 'too_long' })
      await assert.rejects(book.core.totals.time(owner, { filter: { text } }), refused)
      await assert.rejects(book.core.totals.expenses(owner, { filter: { text } }), refused)
    })

    test('ten thousand groups', async () => {
      const entry = await logHour(book, owner, { startedAt: 0, endedAt: hour })
      await book.store.write(owner.organizationId, async (tx) => {
        for (let i = 1; i <= 101; i += 1) {
          const fields = { id: entry.id + i, projectId: i, activityId: i }
          await tx.insert('time_entry', {
            ...entry,
            ...fields,
            tagIds: Array.from({ length: 100 }, (_, tag) => tag + 1),
          })
        }
      })
      const filter = { startedAt: { from: 0, to: 0 } }
      const { groups } = await book.core.totals.time(owner, { filter, by: ['project'] })
      assert.equal(groups.length, 102)
      await assert.rejects(
        book.core.totals.time(owner, { filter, by: ['project', 'tag'] }),
        refusal('invalid', { path: 'by', code: 'too_many' }),
      )
    })
  })
})
