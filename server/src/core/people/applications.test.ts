// Applications: who registers them, what they may look like, and what their organization alone may do with them.

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
import type { ApplicationInput } from './applications.ts'

const good: ApplicationInput = {
  name: ' Timer ',
  door: 'expensicat',
  redirectUris: ['https://app.example/done', 'https://app.example/done'],
  scopes: ['entries:read', 'entries:read'],
  confidential: true,
}

forEachEngine('Applications', (engine) => {
  let book: TestBook
  before(async () => {
    book = await createTestBook(engine)
  })
  const owner = () => book.actorOf('owner')
  const applications = () => book.core.applications

  test('are kept as they were meant, and found by their name and secret at their own door', async () => {
    const { application, secret } = await applications().register(owner(), good)
    assert.deepEqual(
      { ...application, id: 0 },
      {
        id: 0,
        revision: 1,
        createdAt: noon,
        updatedAt: noon,
        deletedAt: null,
        organizationId: book.organizations.a,
        name: 'Timer',
        identifier: application.identifier,
        door: 'expensicat',
        redirectUris: ['https://app.example/done'],
        scopes: ['entries:read'],
        confidential: true,
        reach: 'organization',
      },
    )
    const { grants } = book.core
    const found = await grants.application('expensicat', application.identifier)
    assert.ok(found)
    assert.deepEqual(found.application, application)
    assert.equal(grants.isSecret(found, secret ?? ''), true)
    for (const wrong of ['', 'x', found.secretDigest ?? ''])
      assert.equal(grants.isSecret(found, wrong), false)
    assert.equal(await grants.application('moneybird', application.identifier), undefined)
    assert.equal(await grants.application('expensicat', '0'.repeat(32)), undefined)
  })

  test('say in the log what happened to them, never their secret', async () => {
    const earlier = (await book.log()).length
    const { application, secret } = await applications().register(owner(), good)
    const renewed = await applications().renewSecret(owner(), application.id)
    await applications().remove(owner(), application.id)
    const events = (await book.log()).slice(earlier)
    assert.deepEqual(
      events.map(({ noun, action }) => [noun, action]),
      [
        ['application', 'created'],
        ['application', 'updated'],
        ['application', 'deleted'],
      ],
    )
    const text = JSON.stringify(events)
    for (const each of [secret, renewed.secret]) {
      assert.match(each ?? '', /^[0-9a-f]{64}$/)
      assert.ok(!text.includes(each ?? '') && !text.includes(book.secrets.digest(each ?? '')))
    }
    assert.equal(await book.core.grants.application('expensicat', application.identifier), undefined)
  })

  test('are for owners and admins, in their own organization, with the scope for it', async () => {
    const { application } = await applications().register(book.actorOf('admin'), good)
    for (const role of ['manager', 'member', 'accountant', 'guest'] as const) {
      const actor = book.actorOf(role)
      for (const work of [
        () => applications().register(actor, good),
        () => applications().list(actor),
        () => applications().renewSecret(actor, application.id),
        () => applications().remove(actor, application.id),
      ]) {
        await book.unchanged(() => assert.rejects(async () => work(), refusal('forbidden')))
      }
    }
    const stranger = book.actorOf('owner', 'b')
    assert.deepEqual(await applications().list(stranger), [])
    for (const work of [
      () => applications().renewSecret(stranger, application.id),
      () => applications().remove(stranger, application.id),
    ]) {
      await book.unchanged(() => assert.rejects(work(), refusal('not_found')))
    }
    const narrow = withScopes(owner(), 'organization:read')
    assert.ok((await applications().list(narrow)).some(({ id }) => id === application.id))
    await assert.rejects(
      applications().register(narrow, good),
      refusal('forbidden', { reason: 'scope_missing' }),
    )
  })

  test('for the whole server are registered at the command line alone', async () => {
    const input = { ...good, reach: 'server' } as const
    await book.unchanged(() => assert.rejects(applications().register(owner(), input), refusal('forbidden')))
    const { application } = await applications().register({ ...owner(), door: 'command' }, input)
    assert.equal(application.reach, 'server')
  })

  test('that keep no secret get none', async () => {
    const { application, secret } = await applications().register(owner(), { ...good, confidential: false })
    assert.equal(secret, null)
    await assert.rejects(applications().renewSecret(owner(), application.id), refusal('invalid'))
    const found = await book.core.grants.application('expensicat', application.identifier)
    assert.equal(found && book.core.grants.isSecret(found, ''), false)
  })

  describe('Redirect addresses', () => {
    const accepted = [
      'https://app.example',
      'https://app.example:8443/a/b?c=d&e=%20',
      'https://localhost.example/done',
      'http://localhost/done',
      'http://localhost:8080/',
      'http://127.0.0.1:1/done',
      'http://[::1]:3000/done',
      'com.example.app:/done',
      'com.example.app://done',
      'urn:ietf:wg:oauth:2.0:oob',
    ]
    for (const address of accepted) {
      test(`may be ${address}`, async () => {
        const { application } = await applications().register(owner(), { ...good, redirectUris: [address] })
        assert.deepEqual(application.redirectUris, [address])
      })
    }

    const refused = [
      '',
      ' ',
      'app.example/done',
      '/done',
      '//app.example',
      'http://app.example/done',
      'http://127.0.0.1.evil.example/',
      'http://localhost.evil.example/',
      'http://localhost@evil.example/',
      'https://user@app.example/',
      'https://user:secret@app.example/',
      'https://localhost/done',
      'https://127.0.0.1/done',
      'https://app.example/done#part',
      'https://app.example/\r\nSet-Cookie: x=y',
      'https://app.example/ done',
      'https://аpp.example/',
      'https://app.example\\@evil.example/',
      'https://*.example/',
      'https://app.example/"><script>',
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'myapp://done',
      'urn:ietf:wg:oauth:2.0:oob:auto',
      `https://app.example/${'x'.repeat(2000)}`,
    ]
    for (const address of refused) {
      test(`may not be ${JSON.stringify(address.slice(0, 60))}`, async () => {
        await book.unchanged(() =>
          assert.rejects(
            applications().register(owner(), { ...good, redirectUris: [address] }),
            refusal('invalid', { path: 'redirectUris', code: 'format' }),
          ),
        )
      })
    }

    test('are one to fifty', async () => {
      const many = Array.from({ length: 51 }, (_, i) => `https://app.example/${i}`)
      for (const redirectUris of [[], many]) {
        await assert.rejects(
          applications().register(owner(), { ...good, redirectUris }),
          refusal('invalid', { path: 'redirectUris' }),
        )
      }
    })
  })

  test('have one to fifty scopes of one word each', async () => {
    for (const scopes of [
      [],
      [''],
      ['a b'],
      ['a"'],
      ['é'],
      ['x'.repeat(101)],
      Array.from({ length: 51 }, String),
    ]) {
      await book.unchanged(() =>
        assert.rejects(
          applications().register(owner(), { ...good, scopes }),
          refusal('invalid', { path: 'scopes' }),
        ),
      )
    }
  })
})
