// Time entries: starting, stopping, logging, changing and removing, by whom and on whose behalf.

import assert from 'node:assert/strict'
import { before, beforeEach, describe, test } from 'node:test'
import {
  createTestBook,
  forEachEngine,
  noon,
  refusal,
  type TestBook,
  withScopes,
} from '../../../test/harness.ts'
import type { Actor } from '../actor.ts'
import { timeZone } from '../day.ts'
import { decimal } from '../decimal.ts'
import type { IssueCode } from '../errors.ts'
import type { TimeEntryInput } from './verbs.ts'

const hour = 3_600_000

forEachEngine('Time entries', (engine) => {
  let book: TestBook
  before(async () => {
    book = await createTestBook(engine)
  })
  beforeEach(() => {
    book.clock.now = noon
  })
  const member = () => book.actorOf('member')
  const manager = () => book.actorOf('manager')
  const time = () => book.core.time
  const log = (actor: Actor = member(), more: Partial<TimeEntryInput> = {}) =>
    time().log(actor, { startedAt: noon, endedAt: noon + hour, ...more })

  describe('A timer', () => {
    test('runs from now until it is stopped, in whole seconds', async () => {
      book.clock.now = noon + 999
      const running = await time().start(member(), { description: 'work' })
      assert.deepEqual(
        [running.startedAt, running.endedAt, running.durationSeconds, running.timeZone, running.timed],
        [noon, null, null, 'Europe/Amsterdam', true],
      )
      book.clock.now = noon + hour + 500
      const stopped = await time().stop(member(), running.id)
      assert.deepEqual([stopped.endedAt, stopped.durationSeconds], [noon + hour, 3600])
      const actions = (await book.log())
        .filter((event) => event.noun === 'time_entry' && event.entityId === running.id)
        .map((event) => event.action)
      assert.deepEqual(actions, ['started', 'stopped'])
    })

    test('that is stopped twice stays as it was', async () => {
      const running = await time().start(member(), {})
      book.clock.advance(hour)
      const stopped = await time().stop(member(), running.id)
      book.clock.advance(hour)
      await book.unchanged(async () => assert.deepEqual(await time().stop(member(), running.id), stopped))
    })

    test('stopped from two devices at once is stopped once', async () => {
      const running = await time().start(member(), {})
      book.clock.advance(hour)
      const both = await Promise.all([time().stop(member(), running.id), time().stop(member(), running.id)])
      assert.deepEqual(both[0], both[1])
      assert.equal(both[0].revision, 2)
    })

    test('started alone stops the others of that person and of nobody else', async () => {
      const other = await time().start(manager(), {})
      const [one, two] = [await time().start(member(), {}), await time().start(member(), {})]
      book.clock.advance(hour)
      const three = await time().start(member(), {}, { alone: true })
      const ends = []
      for (const id of [one.id, two.id, three.id]) ends.push((await time().read(member(), id)).endedAt)
      assert.deepEqual(ends, [noon + hour, noon + hour, null])
      assert.equal((await time().read(manager(), other.id)).endedAt, null)
      await time().stop(manager(), other.id)
      await time().stop(member(), three.id)
    })

    test('has no negative time when the clock was set back, or the start lies ahead', async () => {
      const running = await time().start(member(), { breakSeconds: 60 })
      book.clock.now = noon - hour
      const stopped = await time().stop(member(), running.id)
      assert.deepEqual(
        [stopped.endedAt, stopped.durationSeconds, stopped.breakSeconds],
        [stopped.startedAt, 0, 0],
      )
    })

    test('is continued as a new entry of the actor, with the same work', async () => {
      const project = await book.core.projects.add(manager(), { name: 'P' })
      const old = await log(member(), {
        projectId: project.id,
        description: 'the same',
        billable: false,
        tagNames: ['one', 'two'],
      })
      book.clock.advance(2 * hour)
      const next = await time().continueEntry(member(), old.id)
      assert.notEqual(next.id, old.id)
      assert.deepEqual(
        [next.projectId, next.description, next.billable, next.tagIds, next.startedAt, next.endedAt],
        [project.id, 'the same', false, old.tagIds, noon + 2 * hour, null],
      )
      const byManager = await time().continueEntry(manager(), old.id, { alone: true })
      assert.equal(byManager.personId, manager().personId)
      await assert.rejects(
        time().continueEntry(book.actorOf('accountant', 'b'), old.id),
        refusal('not_found'),
      )
      await time().stop(member(), next.id)
    })
  })

  describe('The client of an entry', () => {
    const projectOf = async (name: string, clientId: number | null) =>
      (await book.core.projects.add(manager(), { name, clientId })).id
    const client = async (name: string) => (await book.core.clients.add(manager(), { name })).id

    test('is that of its project unless another one is named', async () => {
      const [acme, other] = [await client('Acme'), await client('Other')]
      const projectId = await projectOf('Rockets', acme)
      assert.equal((await log(member(), { projectId })).clientId, acme)
      assert.equal((await time().start(member(), { projectId })).clientId, acme)
      assert.equal((await log(member(), { projectId, clientId: other })).clientId, other)
      assert.equal((await log(member(), { projectId, clientId: null })).clientId, null)
      assert.equal((await log(member(), { clientId: other })).clientId, other)
    })

    test('comes and goes with the project, and stays when it was named', async () => {
      const [acme, other] = [await client('Acme'), await client('Other')]
      const [rockets, kites, own] = [
        await projectOf('Rockets', acme),
        await projectOf('Kites', other),
        await projectOf('Own', null),
      ]
      const entry = await log(member(), { projectId: rockets })
      const moved = async (projectId: number | null) =>
        (await time().update(member(), entry.id, { projectId })).clientId
      assert.equal(await moved(kites), other)
      assert.equal(await moved(own), null)
      assert.equal(await moved(rockets), acme)
      assert.equal(await moved(null), null)
      const named = await log(member(), { projectId: own, clientId: acme })
      assert.equal((await time().update(member(), named.id, { projectId: null })).clientId, acme)
      assert.equal((await time().update(member(), named.id, { description: 'x' })).clientId, acme)
    })

    test('is found and shown with the entry, and so is its invoice for those who may read invoices', async () => {
      const acme = (await book.core.clients.add(manager(), { name: 'Acme', budgetMinor: 100n })).id
      const projectId = await projectOf('Rockets', acme)
      const entry = await log(member(), { projectId })
      const invoice = await book.core.invoices.add(manager(), { clientId: acme, timeEntryIds: [entry.id] })
      const billed = await time().read(manager(), entry.id)
      const related = await time().related(manager(), [billed])
      assert.equal(related.clients.get(acme)?.name, 'Acme')
      assert.equal(related.projects.get(projectId)?.name, 'Rockets')
      assert.equal(related.people.get(member().personId)?.name, 'member of A')
      assert.equal(related.invoices.get(invoice.id)?.state, 'draft')
      const seen = await time().related(member(), [billed])
      assert.equal(seen.invoices.size, 0)
      assert.equal(seen.clients.get(acme)?.budgetMinor, null)
    })
  })

  describe('A logged entry', () => {
    test('keeps its zone, its breaks and its words', async () => {
      const entry = await log(member(), {
        timeZone: timeZone('Asia/Kolkata'),
        breakSeconds: 900,
        timed: false,
        description: '{{7*7}} <script>',
        tagNames: ['b', 'A', 'b', ' a '],
      })
      assert.deepEqual(
        [entry.timeZone, entry.breakSeconds, entry.durationSeconds, entry.timed, entry.description],
        ['Asia/Kolkata', 900, 2700, false, '{{7*7}} <script>'],
      )
      const tags = await book.core.tags.list(member(), { ids: entry.tagIds })
      const names = entry.tagIds.map((id) => tags.find((tag) => tag.id === id)?.name)
      assert.deepEqual(names, ['b', 'A'])
      assert.deepEqual(await time().read(member(), entry.id), entry)
    })

    const wrong: readonly [string, Partial<TimeEntryInput>, string, IssueCode][] = [
      ['an end before the start', { endedAt: noon - 1000 }, 'endedAt', 'order'],
      ['a start that is no time', { startedAt: Number.NaN }, 'startedAt', 'range'],
      ['a break longer than the entry', { breakSeconds: 3601 }, 'breakSeconds', 'range'],
      ['a text with NUL', { description: '\u0000' }, 'description', 'format'],
      ['a text of 20,001 characters', { description: 'x'.repeat(20_001) }, 'description', 'too_long'],
      ['an unknown client', { clientId: 999_999_999 }, 'clientId', 'unknown_reference'],
      ['an unknown project', { projectId: -1 }, 'projectId', 'unknown_reference'],
      ['an unknown activity', { activityId: 0 }, 'activityId', 'unknown_reference'],
      ['a blank tag', { tagNames: ['ok', ' '] }, 'tags', 'required'],
      ['a tag of 51 characters', { tagNames: ['x'.repeat(51)] }, 'tags', 'too_long'],
      ['sixty-five tags', { tagNames: Array.from({ length: 65 }, (_, i) => `t${i}`) }, 'tags', 'too_many'],
    ]
    for (const [what, input, path, code] of wrong) {
      test(`with ${what} is refused, as a change too`, async () => {
        const entry = await log()
        await book.unchanged(async () => {
          await assert.rejects(log(member(), input), refusal('invalid', { path, code }))
          await assert.rejects(time().update(member(), entry.id, input), refusal('invalid', { path, code }))
        })
        assert.deepEqual(await time().read(member(), entry.id), entry)
      })
    }

    test('refers to things of its own organization only', async () => {
      const stranger = book.actorOf('owner', 'b')
      const client = await book.core.clients.add(stranger, { name: 'Theirs' })
      const project = await book.core.projects.add(stranger, { name: 'Theirs' })
      const activity = await book.core.activities.add(stranger, { name: 'Theirs' })
      for (const [path, input] of [
        ['clientId', { clientId: client.id }],
        ['projectId', { projectId: project.id }],
        ['activityId', { activityId: activity.id }],
      ] as const) {
        await book.unchanged(() =>
          assert.rejects(log(member(), input), refusal('invalid', { path, code: 'unknown_reference' })),
        )
      }
    })

    test('changes field by field, and not at all when nothing differs', async () => {
      const entry = await log(member(), { description: 'first' })
      const later = await time().update(member(), entry.id, { endedAt: noon + 2 * hour })
      assert.deepEqual([later.durationSeconds, later.description, later.revision], [7200, 'first', 2])
      await book.unchanged(() =>
        time().update(member(), entry.id, { description: 'first', endedAt: noon + 2 * hour }),
      )
      const open = await time().update(member(), entry.id, { endedAt: null })
      assert.deepEqual([open.endedAt, open.durationSeconds], [null, null])
      await assert.rejects(
        time().update(member(), entry.id, { personId: manager().personId }),
        refusal('invalid', { path: 'personId', code: 'unknown_value' }),
      )
      const other = book.actorOf('owner').personId
      await assert.rejects(time().update(manager(), entry.id, { personId: other }), refusal('invalid'))
    })

    test('that is billed keeps what the bill was made from, until it is no longer billed', async () => {
      const entry = await log(manager(), { billed: true })
      const locked = refusal('locked', { reason: 'entry_billed' })
      await book.unchanged(async () => {
        await assert.rejects(time().update(manager(), entry.id, { endedAt: noon + 2 * hour }), locked)
        await assert.rejects(time().update(manager(), entry.id, { billable: false }), locked)
        await assert.rejects(time().update(manager(), entry.id, { hourlyRate: decimal('1') }), locked)
        await assert.rejects(time().remove(manager(), entry.id), locked)
      })
      const worded = await time().update(manager(), entry.id, { description: 'clearer' })
      assert.equal(worded.description, 'clearer')
      await time().update(manager(), entry.id, { billed: false })
      await time().remove(manager(), entry.id)
    })

    test('is removed, stays known to those who synchronise, and comes back', async () => {
      const entry = await log()
      await time().remove(member(), entry.id)
      await assert.rejects(time().read(member(), entry.id), refusal('not_found'))
      await assert.rejects(time().update(member(), entry.id, { description: 'x' }), refusal('not_found'))
      await assert.rejects(time().stop(member(), entry.id), refusal('not_found'))
      await book.unchanged(() => time().remove(member(), entry.id))
      const [tombstone] = await time().list(member(), { ids: [entry.id], deleted: 'only' })
      assert.equal(tombstone?.deletedAt, noon)
      const back = await time().restore(member(), entry.id)
      assert.deepEqual({ ...back, revision: 1, updatedAt: entry.updatedAt }, entry)
      await book.unchanged(() => time().restore(member(), entry.id))
    })

    test('removed and changed at once is either changed first or not found, never both lost', async () => {
      const entry = await log()
      const [removed, changed] = await Promise.allSettled([
        time().remove(member(), entry.id),
        time().update(member(), entry.id, { description: 'late' }),
      ])
      assert.equal(removed.status, 'fulfilled')
      if (changed.status === 'rejected') refusal('not_found')(changed.reason)
    })
  })

  describe('Other people’s time', () => {
    test('is not found by members and guests, and read by managers and accountants', async () => {
      const entry = await log(book.actorOf('owner'))
      for (const role of ['member', 'guest'] as const) {
        const actor = book.actorOf(role)
        await assert.rejects(time().read(actor, entry.id), refusal('not_found'))
        await assert.rejects(time().update(actor, entry.id, { description: 'x' }), refusal('not_found'))
        await assert.rejects(time().stop(actor, entry.id), refusal('not_found'))
        await assert.rejects(time().remove(actor, entry.id), refusal('not_found'))
        await assert.rejects(time().restore(actor, entry.id), refusal('not_found'))
        await assert.rejects(time().continueEntry(actor, entry.id), refusal('not_found'))
        assert.deepEqual(await time().list(actor, { ids: [entry.id] }), [])
      }
      for (const role of ['admin', 'manager', 'accountant'] as const) {
        assert.equal((await time().read(book.actorOf(role), entry.id)).id, entry.id)
      }
      await assert.rejects(
        time().update(book.actorOf('accountant'), entry.id, { description: 'x' }),
        refusal('forbidden'),
      )
      assert.equal((await time().update(manager(), entry.id, { description: 'x' })).description, 'x')
    })

    test('asked for by someone who may not read it is nothing, not one’s own instead', async () => {
      await log(member())
      await log(book.actorOf('owner'))
      assert.deepEqual(await time().list(member(), { personId: book.actorOf('owner').personId }), [])
      const own = await time().list(member(), {})
      assert.ok(own.length > 0 && own.every((entry) => entry.personId === member().personId))
      const asked = await time().list(manager(), { personId: member().personId })
      assert.deepEqual(
        asked.map((entry) => entry.id),
        own.map((entry) => entry.id),
      )
    })

    test('is logged by managers for members of the organization only', async () => {
      const entry = await log(manager(), { personId: member().personId })
      assert.equal(entry.personId, member().personId)
      for (const personId of [book.actorOf('member', 'b').personId, 999_999_999]) {
        await book.unchanged(() =>
          assert.rejects(
            log(manager(), { personId }),
            refusal('invalid', { path: 'personId', code: 'unknown_reference' }),
          ),
        )
      }
      await book.unchanged(() =>
        assert.rejects(log(member(), { personId: manager().personId }), refusal('forbidden')),
      )
    })

    test('of another organization does not exist, for anybody', async () => {
      const entry = await log()
      await book.unchanged(async () => {
        for (const role of ['owner', 'member', 'accountant'] as const) {
          const stranger = book.actorOf(role, 'b')
          await assert.rejects(time().read(stranger, entry.id), refusal('not_found'))
          await assert.rejects(time().update(stranger, entry.id, { description: 'x' }), refusal('not_found'))
          await assert.rejects(time().stop(stranger, entry.id), refusal('not_found'))
          await assert.rejects(time().remove(stranger, entry.id), refusal('not_found'))
          await assert.rejects(time().restore(stranger, entry.id), refusal('not_found'))
          assert.deepEqual(await time().list(stranger, { ids: [entry.id] }), [])
        }
      })
    })

    test('at a door that knows one person only is nobody’s', async () => {
      const entry = await log()
      const personal = { ...book.actorOf('owner'), personal: true }
      await assert.rejects(time().read(personal, entry.id), refusal('not_found'))
      assert.deepEqual(await time().list(personal, { ids: [entry.id] }), [])
    })
  })

  describe('Roles and scopes', () => {
    test('guests keep no time, and tokens need the scope', async () => {
      const guest = book.actorOf('guest')
      for (const work of [
        () => time().start(guest, {}),
        () => log(guest),
        () => time().start(withScopes(member(), 'time:read'), {}),
        () => log(withScopes(member(), 'expenses:write')),
      ]) {
        await book.unchanged(() => assert.rejects(work(), refusal('forbidden')))
      }
      await assert.rejects(time().list(withScopes(member(), 'time:write'), {}), refusal('forbidden'))
    })

    test('rates are set and seen by those who may see rates, and survive those who may not', async () => {
      const entry = await log(manager(), { personId: member().personId, hourlyRate: decimal('95.50') })
      assert.equal(entry.hourlyRate, '95.50')
      assert.equal((await time().read(member(), entry.id)).hourlyRate, null)
      // What a client of a member's reads, changes and sends back whole.
      const sentBack = await time().update(member(), entry.id, { description: 'mine', hourlyRate: null })
      assert.equal(sentBack.hourlyRate, null)
      assert.equal((await time().read(manager(), entry.id)).hourlyRate, '95.50')
      for (const work of [
        () => time().update(member(), entry.id, { hourlyRate: decimal('500') }),
        () => log(member(), { hourlyRate: decimal('500') }),
      ]) {
        await book.unchanged(() => assert.rejects(work(), refusal('forbidden', { reason: 'role_forbids' })))
      }
      await time().remove(member(), entry.id)
      assert.equal((await time().restore(member(), entry.id)).hourlyRate, null)
      const [listed] = await time().list(member(), { ids: [entry.id] })
      assert.equal(listed?.hourlyRate, null)
      assert.equal((await time().read(manager(), entry.id)).hourlyRate, '95.50')
    })
  })

  describe('A list of time', () => {
    test('is filtered and paged', async () => {
      const owner = book.actorOf('owner', 'b')
      for (let i = 0; i < 5; i += 1) {
        await time().log(owner, {
          startedAt: noon + i * hour,
          endedAt: noon + (i + 1) * hour,
          description: `n${i}%`,
        })
      }
      const words = async (filter: Parameters<ReturnType<typeof time>['list']>[1]) =>
        (await time().list(owner, filter)).map((entry) => entry.description)
      assert.deepEqual(await words({ sort: 'startedAt', descending: true, limit: 2 }), ['n4%', 'n3%'])
      assert.deepEqual(await words({ startedAt: { from: noon + hour, to: noon + 2 * hour } }), ['n1%', 'n2%'])
      assert.deepEqual(await words({ text: '3%' }), ['n3%'])
      assert.deepEqual(await words({ text: '_' }), [])
      assert.deepEqual(await words({ running: true }), [])
      await assert.rejects(
        time().list(owner, { text: 'x'.repeat(1001) }),
        refusal('invalid', { path: 'text', code: 'too_long' }),
      )
    })
  })
})
