// Clients, projects, activities, categories and tags: who may change them, what is refused, and what a removal leaves.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, refusal, type TestBook, withScopes } from '../../../test/harness.ts'
import type { Actor } from '../actor.ts'
import { decimal } from '../decimal.ts'
import type { IssueCode } from '../errors.ts'
import { roles } from '../people/nouns.ts'

const nouns = ['clients', 'projects', 'activities', 'categories', 'tags'] as const

forEachEngine('The catalogue', (engine) => {
  let book: TestBook
  let count = 0
  before(async () => {
    book = await createTestBook(engine)
  })
  const owner = () => book.actorOf('owner')
  const fresh = () => {
    count += 1
    return `name ${count}`
  }

  for (const noun of nouns) {
    const verbs = () => book.core[noun]

    describe(`Of ${noun}`, () => {
      test('a new one has its name without the blanks around it and is active', async () => {
        const name = fresh()
        const made = await verbs().add(owner(), { name: ` ${name}\n` })
        assert.deepEqual([made.name, made.state, made.revision, made.deletedAt], [name, 'active', 1, null])
        assert.deepEqual(await verbs().list(owner(), { ids: [made.id] }), [made])
      })

      test('one can be renamed, archived, removed and brought back', async () => {
        const made = await verbs().add(owner(), { name: fresh() })
        const renamed = await verbs().update(owner(), made.id, { name: fresh(), color: '#abc' })
        assert.deepEqual([renamed.revision, renamed.color], [2, '#abc'])
        const archived = await verbs().update(owner(), made.id, { state: 'archived' })
        assert.equal(archived.state, 'archived')
        await verbs().remove(owner(), made.id)
        assert.deepEqual(await verbs().list(owner(), { ids: [made.id] }), [])
        const [tombstone] = await verbs().list(owner(), { ids: [made.id], deleted: 'only' })
        assert.equal(tombstone?.deletedAt, book.clock.now)
        await assert.rejects(verbs().update(owner(), made.id, { name: 'x' }), refusal('not_found'))
        await book.unchanged(() => verbs().remove(owner(), made.id))
        const back = await verbs().restore(owner(), made.id)
        assert.deepEqual([back.deletedAt, back.name, back.state], [null, renamed.name, 'archived'])
        await book.unchanged(() => verbs().restore(owner(), made.id))
      })

      const wrong: readonly [string, object, string, IssueCode][] = [
        ['an empty name', { name: '' }, 'name', 'required'],
        ['a blank name', { name: ' \t\n' }, 'name', 'required'],
        ['a name with NUL', { name: 'a\u0000' }, 'name', 'format'],
        ['half a character', { name: 'a\ud83d' }, 'name', 'format'],
        ['a name of 201 characters', { name: 'x'.repeat(201) }, 'name', 'too_long'],
        ['a color with NUL', { name: 'x', color: '\u0000' }, 'color', 'format'],
      ]
      for (const [what, input, path, code] of wrong) {
        test(`${what} is refused when adding and when changing`, async () => {
          const made = await verbs().add(owner(), { name: fresh() })
          await book.unchanged(async () => {
            await assert.rejects(
              verbs().add(owner(), input as { name: string }),
              refusal('invalid', { path, code }),
            )
            const change = 'color' in input ? { color: '\u0000' } : input
            await assert.rejects(verbs().update(owner(), made.id, change), refusal('invalid', { path, code }))
          })
        })
      }

      test('owners, admins and managers change them, everybody reads them', async () => {
        const made = await verbs().add(owner(), { name: fresh() })
        for (const role of roles) {
          const actor = book.actorOf(role)
          assert.equal((await verbs().list(actor, { ids: [made.id] })).length, 1)
          if (['owner', 'admin', 'manager'].includes(role)) {
            await verbs().update(actor, made.id, { name: fresh() })
            continue
          }
          for (const work of [
            async () => verbs().add(actor, { name: fresh() }),
            async () => verbs().update(actor, made.id, { name: fresh() }),
            async () => verbs().remove(actor, made.id),
            async () => verbs().restore(actor, made.id),
          ]) {
            await book.unchanged(() =>
              assert.rejects(work(), refusal('forbidden', { reason: 'role_forbids' })),
            )
          }
        }
      })

      test('a token needs the scope for each', async () => {
        const made = await verbs().add(owner(), { name: fresh() })
        const reads = withScopes(owner(), 'catalogue:read')
        assert.equal((await verbs().list(reads, { ids: [made.id] })).length, 1)
        await assert.rejects(
          verbs().update(reads, made.id, { name: 'x' }),
          refusal('forbidden', { reason: 'scope_missing' }),
        )
        await assert.rejects(
          async () => verbs().list(withScopes(owner(), 'time:read'), {}),
          refusal('forbidden', { reason: 'scope_missing' }),
        )
      })

      test('those of another organization do not exist', async () => {
        const made = await verbs().add(owner(), { name: fresh() })
        const stranger = book.actorOf('owner', 'b')
        await book.unchanged(async () => {
          for (const id of [made.id, 999_999_999, 0, -1, Number.NaN]) {
            await assert.rejects(verbs().update(stranger, id, { name: 'x' }), refusal('not_found'))
            await assert.rejects(verbs().remove(stranger, id), refusal('not_found'))
            await assert.rejects(verbs().restore(stranger, id), refusal('not_found'))
          }
          assert.deepEqual(await verbs().list(stranger, { ids: [made.id], deleted: 'with' }), [])
        })
      })
    })
  }

  for (const noun of ['categories', 'tags'] as const) {
    describe(`Names of ${noun}`, () => {
      const taken = refusal('invalid', { path: 'name', code: 'taken' })

      test('are unique, letter case and composition aside, among the living', async () => {
        const verbs = book.core[noun]
        const made = await verbs.add(owner(), { name: `Café ${noun}` })
        const other = await verbs.add(owner(), { name: fresh() })
        await book.unchanged(async () => {
          for (const name of [`café ${noun}`, `CAFE\u0301 ${noun.toUpperCase()}`, ` Café ${noun} `]) {
            await assert.rejects(verbs.add(owner(), { name }), taken)
            await assert.rejects(verbs.update(owner(), other.id, { name }), taken)
          }
        })
        assert.equal((await verbs.update(owner(), made.id, { name: `CAFÉ ${noun}` })).name, `CAFÉ ${noun}`)
        await verbs.remove(owner(), made.id)
        const next = await verbs.add(owner(), { name: `café ${noun}` })
        assert.notEqual(next.id, made.id)
        await book.unchanged(() => assert.rejects(verbs.restore(owner(), made.id), taken))
      })

      test('may be the same in two organizations', async () => {
        const name = fresh()
        await book.core[noun].add(owner(), { name })
        await book.core[noun].add(book.actorOf('owner', 'b'), { name })
      })

      test('are given to one of many who ask at once', async () => {
        const name = fresh()
        const results = await Promise.allSettled(
          Array.from({ length: 16 }, () => book.core[noun].add(owner(), { name })),
        )
        assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1)
        for (const result of results) if (result.status === 'rejected') taken(result.reason)
      })
    })
  }

  describe('References', () => {
    const unknown = (path: string) => refusal('invalid', { path, code: 'unknown_reference' })

    test('of projects and activities must be live ones of the same organization', async () => {
      const theirs = await book.core.clients.add(book.actorOf('owner', 'b'), { name: 'Theirs' })
      const theirProject = await book.core.projects.add(book.actorOf('owner', 'b'), { name: 'Theirs' })
      const gone = await book.core.clients.add(owner(), { name: fresh() })
      await book.core.clients.remove(owner(), gone.id)
      const project = await book.core.projects.add(owner(), { name: fresh() })
      const activity = await book.core.activities.add(owner(), { name: fresh() })
      await book.unchanged(async () => {
        for (const clientId of [theirs.id, gone.id, 999_999_999, -1]) {
          await assert.rejects(book.core.projects.add(owner(), { name: 'x', clientId }), unknown('clientId'))
          await assert.rejects(
            book.core.projects.update(owner(), project.id, { clientId }),
            unknown('clientId'),
          )
        }
        for (const projectId of [theirProject.id, 999_999_999]) {
          await assert.rejects(
            book.core.activities.add(owner(), { name: 'x', projectId }),
            unknown('projectId'),
          )
          await assert.rejects(
            book.core.activities.update(owner(), activity.id, { projectId }),
            unknown('projectId'),
          )
        }
      })
    })

    test('can be taken away again', async () => {
      const client = await book.core.clients.add(owner(), { name: fresh() })
      const project = await book.core.projects.add(owner(), { name: fresh(), clientId: client.id })
      assert.equal(project.clientId, client.id)
      assert.equal((await book.core.projects.update(owner(), project.id, { clientId: null })).clientId, null)
    })
  })

  describe('Budgets and rates', () => {
    test('are kept as typed and shown to those who may see them', async () => {
      const project = await book.core.projects.add(book.actorOf('manager'), {
        name: fresh(),
        hourlyRate: decimal('90.50'),
        budgetMinor: 10n ** 15n,
        budgetSeconds: 3600,
      })
      const seen = async (actor: Actor) => {
        const [found] = await book.core.projects.list(actor, { ids: [project.id] })
        return [found?.hourlyRate, found?.budgetMinor, found?.budgetSeconds]
      }
      for (const role of ['owner', 'admin', 'manager', 'accountant'] as const) {
        assert.deepEqual(await seen(book.actorOf(role)), ['90.50', 10n ** 15n, 3600])
      }
      for (const role of ['member', 'guest'] as const) {
        assert.deepEqual(await seen(book.actorOf(role)), [null, null, null])
      }
      const writes = withScopes(owner(), 'catalogue:write', 'catalogue:read')
      assert.equal((await book.core.projects.update(writes, project.id, { code: 'P' })).hourlyRate, '90.50')
    })

    const wrong: readonly [string, object, string][] = [
      ['a negative budget', { budgetMinor: -1n }, 'budgetMinor'],
      ['a budget beyond all amounts', { budgetMinor: 10n ** 15n + 1n }, 'budgetMinor'],
      ['a negative time', { budgetSeconds: -1 }, 'budgetSeconds'],
      ['half a second', { budgetSeconds: 0.5 }, 'budgetSeconds'],
      ['a time that is no number', { budgetSeconds: Number.NaN }, 'budgetSeconds'],
      ['an endless time', { budgetSeconds: Number.POSITIVE_INFINITY }, 'budgetSeconds'],
    ]
    for (const [what, input, path] of wrong) {
      test(`${what} is refused`, async () => {
        await book.unchanged(() =>
          assert.rejects(
            book.core.projects.add(owner(), { name: fresh(), ...input }),
            refusal('invalid', { path, code: 'range' }),
          ),
        )
      })
    }
  })
})
