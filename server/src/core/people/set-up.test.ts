// The first start of an empty book: the set-up link works once, and only while the book is empty.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestSecrets, forEachEngine, noon, password, refusal } from '../../../test/harness.ts'
import { printer } from '../../outside/documents/index.ts'
import { createDiskFiles } from '../../outside/files.ts'
import { openStore } from '../../store/index.ts'
import { timeZone } from '../day.ts'
import { createCore } from '../index.ts'
import { currency } from '../money.ts'

const organization = { name: 'First', currency: currency('EUR'), timeZone: timeZone('Europe/Berlin') }
const owner = { email: 'first@example.org', name: 'First', password }

forEachEngine('The set-up of an empty book', (engine) => {
  async function emptyBook() {
    const store = engine.closing(await openStore(await engine.freshAddress()))
    const files = createDiskFiles(engine.folder)
    const core = createCore({ store, clock: () => noon, secrets: createTestSecrets(), files, printer })
    return { store, core, setUp: core.setUp }
  }

  test('makes the first organization with the secret of the link, once', async () => {
    const { store, core, setUp } = await emptyBook()
    assert.equal(await setUp.isNeeded(), true)
    const secret = await setUp.invite()
    await setUp.check(secret)
    await setUp.accept(secret, organization, owner)
    assert.equal(await setUp.isNeeded(), false)
    assert.equal((await store.people.organizations()).length, 1)
    await assert.rejects(setUp.check(secret), refusal('not_found'))
    await assert.rejects(setUp.accept(secret, organization, owner), refusal('not_found'))
    const arrival = { door: 'native', requestId: 'r', address: '192.0.2.1' } as const
    assert.equal((await core.signIn.byPassword('first@example.org', password, arrival)).role, 'owner')
  })

  test('knows no other secret, and none before there is a link', async () => {
    const { store, setUp } = await emptyBook()
    await assert.rejects(setUp.check(''), refusal('not_found'))
    const old = await setUp.invite()
    const secret = await setUp.invite()
    for (const wrong of ['', 'x', old, `${secret} `, '\u0000']) {
      await assert.rejects(setUp.accept(wrong, organization, owner), refusal('not_found'))
    }
    assert.deepEqual(await store.people.organizations(), [])
    await setUp.accept(secret, organization, owner)
  })

  test('gives the link back when the input was wrong', async () => {
    const { setUp } = await emptyBook()
    const secret = await setUp.invite()
    await assert.rejects(
      setUp.accept(secret, organization, { ...owner, password: 'short' }),
      refusal('invalid', { path: 'password', code: 'range' }),
    )
    await setUp.accept(secret, organization, owner)
  })

  test('is won by one of many at the same link', async () => {
    const { store, setUp } = await emptyBook()
    const secret = await setUp.invite()
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) =>
        setUp.accept(secret, organization, { ...owner, email: `person${i}@example.org` }),
      ),
    )
    assert.equal(tries.filter((each) => each.status === 'fulfilled').length, 1)
    assert.equal((await store.people.organizations()).length, 1)
  })

  test('does not open a book that has an organization, even with a fresh link', async () => {
    const { core, setUp } = await emptyBook()
    const secret = await setUp.invite()
    await core.organizations.foundOrganization(organization, owner)
    await assert.rejects(setUp.accept(secret, organization, owner), refusal('not_found'))
  })
})
