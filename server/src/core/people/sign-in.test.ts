// From credentials to an actor: passwords, tokens, sessions, and how soon a taken-back right is gone.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import {
  createTestBook,
  createTestSecrets,
  forEachEngine,
  password,
  refusal,
  type TestBook,
  withScopes,
} from '../../../test/harness.ts'
import { createSecrets } from '../../outside/secrets.ts'
import type { Actor } from '../actor.ts'
import { roles } from '../people/nouns.ts'
import type { Secrets } from '../ports.ts'
import { sessionMs } from './sign-in.ts'

const arrival = { door: 'kimai', requestId: 'request', address: '192.0.2.1' } as const
const from = (address: string) => ({ ...arrival, address })

forEachEngine('Signing in', (engine) => {
  let book: TestBook
  before(async () => {
    book = await createTestBook(engine)
  })
  const signIn = () => book.core.signIn

  /** A member of their own for tests that change passwords. */
  async function newcomer(email: string): Promise<Actor> {
    const person = { email, name: 'Newcomer', password, role: 'member' } as const
    await book.core.organizations.addMember(book.actorOf('owner'), person)
    return signIn().byLogin(email, book.organizations.a, arrival)
  }

  describe('with a password', () => {
    test('makes an actor of that person, organization, role and door', async () => {
      const actor = await signIn().byPassword('MANAGER@a.example', password, arrival)
      assert.deepEqual(
        [actor.personId, actor.organizationId, actor.role, actor.scopes, actor.door, actor.requestId],
        [book.actorOf('manager').personId, book.organizations.a, 'manager', null, 'kimai', 'request'],
      )
      assert.equal(actor.timeZone, 'Europe/Amsterdam')
      assert.equal(actor.organization.currency, 'EUR')
    })

    test('that is wrong, of nobody, or empty is refused in the same words', async () => {
      const messages = new Set<string>()
      for (const [i, [login, given]] of [
        ['member@a.example', 'wrong horse'],
        ['nobody@a.example', password],
        ['member@a.example', ''],
        ['', ''],
        ['member@a.example\u0000', password],
        ['\u0000', '\u0000'],
        ['\ud800', '\ud800'],
        ["' or 1=1 --", password],
        ['%@a.example', password],
        ['x'.repeat(100_000), password],
      ].entries() as IterableIterator<[number, [string, string]]>) {
        await assert.rejects(signIn().byPassword(login, given, from(`198.51.100.${i}`)), (error: Error) => {
          messages.add(error.message)
          return refusal('unauthenticated', { reason: 'credentials_wrong' })(error)
        })
      }
      assert.equal(messages.size, 1)
    })

    test('counts other letters of a password as another password', async () => {
      await assert.rejects(
        signIn().byPassword('member@a.example', password.toUpperCase(), from('198.51.100.99')),
        refusal('unauthenticated'),
      )
    })

    test('fails ten times and is then told to wait, the right one too', async () => {
      await newcomer('guessed@example.org')
      const guess = (given: string, address = '203.0.113.1') =>
        signIn().byPassword('guessed@example.org', given, from(address))
      for (let i = 0; i < 10; i += 1) await assert.rejects(guess(`guess ${i}`), refusal('unauthenticated'))
      await assert.rejects(guess('guess'), refusal('limit', { reason: 'too_many_attempts' }))
      await assert.rejects(guess(password), refusal('limit'))
      assert.equal((await guess(password, '203.0.113.2')).role, 'member')
      book.clock.advance(15 * 60 * 1000)
      assert.equal((await guess(password)).role, 'member')
    })

    test('guessed many times at once tells no more than ten guesses would', async () => {
      await newcomer('flooded@example.org')
      const guesses = Array.from({ length: 60 }, (_, i) => (i === 40 ? password : `guess ${i}`))
      const flood = () =>
        Promise.allSettled(
          // Twice each: a guess that is being tried already must not slip through either.
          [...guesses, ...guesses].map((guess) =>
            signIn().byPassword('flooded@example.org', guess, from('203.0.113.3')),
          ),
        )
      for (const round of [await flood(), await flood()]) {
        assert.equal(round.filter((each) => each.status === 'fulfilled').length, 0)
        const wrong = round.filter(
          (each) => each.status === 'rejected' && each.reason.kind === 'unauthenticated',
        )
        assert.ok(wrong.length <= 10, `${wrong.length} guesses were answered`)
      }
    })
  })

  describe('with a password that is remembered', () => {
    test('hashes once for many requests at once and for later ones, until five minutes have passed', async () => {
      let verified = 0
      const plain = createTestSecrets()
      const secrets: Secrets = {
        ...plain,
        verifyPassword(hash, given) {
          verified += 1
          return plain.verifyPassword(hash, given)
        },
      }
      const own = await createTestBook(engine, { secrets })
      const enter = () => own.core.signIn.byPassword('member@a.example', password, arrival)
      await Promise.all(Array.from({ length: 50 }, enter))
      await enter()
      assert.equal(verified, 1)
      own.clock.advance(5 * 60 * 1000)
      await enter()
      assert.equal(verified, 2)
      await own.core.organizations.removeMember(own.actorOf('owner'), own.actorOf('member').personId)
      await assert.rejects(enter(), refusal('unauthenticated'))
    })

    test('is forgotten with a new password, at once', async () => {
      const actor = await newcomer('changing@example.org')
      await signIn().byPassword('changing@example.org', password, arrival)
      await signIn().changePassword(actor, password, 'battery staple', { tokens: false })
      await assert.rejects(
        signIn().byPassword('changing@example.org', password, arrival),
        refusal('unauthenticated'),
      )
      const again = await signIn().byPassword('changing@example.org', 'battery staple', arrival)
      assert.equal(again.personId, actor.personId)
    })
  })

  describe('A token', () => {
    test('is 32 hexadecimal characters, kept as a digest only, and works with its scopes', async () => {
      const { secret, credential } = await signIn().issueToken(book.actorOf('manager'), {
        name: ' Script ',
        scopes: ['time:read', 'time:write', 'time:read'],
      })
      assert.match(secret, /^[0-9a-f]{32}$/)
      assert.deepEqual(
        [credential.name, credential.scopes, credential.kind],
        ['Script', ['time:read', 'time:write'], 'token'],
      )
      const actor = await signIn().bySecret(secret, arrival)
      assert.deepEqual(
        [actor?.personId, actor?.role, [...(actor?.scopes ?? [])]],
        [book.actorOf('manager').personId, 'manager', ['time:read', 'time:write']],
      )
      assert.equal(JSON.stringify(await book.log()).includes(secret), false)
      assert.equal(JSON.stringify(await book.log()).includes(book.secrets.digest(secret)), false)
    })

    test('serves as the password of its own person, in any organization of theirs, and of no other', async () => {
      const { secret } = await signIn().issueToken(book.actorOf('member'), { name: 't', scopes: ['*'] })
      const actor = await signIn().byPassword('Member@A.example', secret, arrival)
      assert.equal(actor.personId, book.actorOf('member').personId)
      await assert.rejects(
        signIn().byPassword('manager@a.example', secret, from('198.51.100.20')),
        refusal('unauthenticated'),
      )
    })

    test('of a session is no password', async () => {
      const { secret } = await signIn().startSession(book.actorOf('member'), 'browser')
      await assert.rejects(
        signIn().byPassword('member@a.example', secret, from('198.51.100.21')),
        refusal('unauthenticated'),
      )
      assert.equal(await signIn().bySecret(secret, arrival, 'token'), undefined)
      assert.notEqual(await signIn().bySecret(secret, arrival, 'session'), undefined)
    })

    test('of a session shows that session to its person alone, until it ends', async () => {
      const { credential, secret } = await signIn().startSession(book.actorOf('member'), 'browser')
      const token = await signIn().issueToken(book.actorOf('member'), { name: 't', scopes: ['*'] })
      assert.deepEqual(await signIn().readSession(book.actorOf('member'), secret), credential)
      for (const [actor, wrong] of [
        [book.actorOf('manager'), secret],
        [book.actorOf('member', 'b'), secret],
        [book.actorOf('member'), token.secret],
        [book.actorOf('member'), 'f'.repeat(32)],
      ] as const) {
        await assert.rejects(signIn().readSession(actor, wrong), refusal('not_found'))
      }
      await signIn().revokeCredential(book.actorOf('member'), credential.id)
      await assert.rejects(signIn().readSession(book.actorOf('member'), secret), refusal('not_found'))
    })

    test('that nobody has is nobody’s', async () => {
      const { secret } = await signIn().issueToken(book.actorOf('member'), { name: 't', scopes: ['*'] })
      for (const wrong of [
        '',
        '0'.repeat(31),
        'f'.repeat(32),
        secret.toUpperCase().replace(/\d/g, 'A'),
        ` ${secret}`,
        `${secret}\n`,
        '%'.repeat(32),
        '\u0000'.repeat(32),
      ]) {
        assert.equal(await signIn().bySecret(wrong, arrival), undefined)
      }
    })

    test('ends at its expiry, to the millisecond', async () => {
      const expiresAt = book.clock.now + 60_000
      const { secret } = await signIn().issueToken(book.actorOf('member'), {
        name: 't',
        scopes: ['*'],
        expiresAt,
      })
      book.clock.advance(59_999)
      assert.notEqual(await signIn().bySecret(secret, arrival), undefined)
      book.clock.advance(1)
      assert.equal(await signIn().bySecret(secret, arrival), undefined)
      await assert.rejects(
        signIn().byPassword('member@a.example', secret, from('198.51.100.22')),
        refusal('unauthenticated'),
      )
    })

    test('with an expiry that is no time is refused', async () => {
      for (const expiresAt of [Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5, 1e300]) {
        await assert.rejects(
          async () => signIn().issueToken(book.actorOf('member'), { name: 't', scopes: ['*'], expiresAt }),
          refusal('invalid', { path: 'expiresAt', code: 'range' }),
        )
      }
    })

    test('needs a name and known scopes', async () => {
      const actor = book.actorOf('member')
      const wrong = [
        [{ name: ' ', scopes: ['*'] }, 'name', 'required'],
        [{ name: 't', scopes: [] }, 'scopes', 'required'],
        [{ name: 't', scopes: ['everything'] }, 'scopes', 'unknown_value'],
        [{ name: 't', scopes: ['time:read', 'TIME:WRITE'] }, 'scopes', 'unknown_value'],
        [{ name: 't', scopes: ['__proto__'] }, 'scopes', 'unknown_value'],
      ] as const
      for (const [input, path, code] of wrong) {
        await book.unchanged(() =>
          assert.rejects(signIn().issueToken(actor, input), refusal('invalid', { path, code })),
        )
      }
    })

    test('makes no stronger one and no session', async () => {
      const weak = withScopes(book.actorOf('owner'), 'people:write', 'time:read')
      for (const scopes of [['*'], ['time:write'], ['people:write', 'time:write']]) {
        await book.unchanged(() =>
          assert.rejects(signIn().issueToken(weak, { name: 't', scopes }), refusal('forbidden')),
        )
      }
      await assert.rejects(async () => signIn().startSession(weak, 'browser'), refusal('forbidden'))
      const { secret } = await signIn().issueToken(weak, { name: 't', scopes: ['time:read'] })
      const weaker = await signIn().bySecret(secret, arrival)
      assert.ok(weaker)
      await assert.rejects(
        async () => signIn().issueToken(weaker, { name: 't', scopes: ['time:read'] }),
        refusal('forbidden', { reason: 'scope_missing' }),
      )
    })

    test('has the role its person has at the next request, and none after they left', async () => {
      const actor = await newcomer('tokened@example.org')
      const { secret } = await signIn().issueToken(actor, { name: 't', scopes: ['*'] })
      const { updateMember, removeMember } = book.core.organizations
      await updateMember(book.actorOf('owner'), actor.personId, { role: 'guest' })
      assert.equal((await signIn().bySecret(secret, arrival))?.role, 'guest')
      await removeMember(book.actorOf('owner'), actor.personId)
      assert.equal(await signIn().bySecret(secret, arrival), undefined)
    })
  })

  describe('Taking a credential back', () => {
    test('ends it with the next request', async () => {
      const actor = book.actorOf('member')
      const { secret, credential } = await signIn().issueToken(actor, { name: 't', scopes: ['*'] })
      await signIn().revokeCredential(actor, credential.id)
      assert.equal(await signIn().bySecret(secret, arrival), undefined)
      await assert.rejects(signIn().revokeCredential(actor, credential.id), refusal('not_found'))
    })

    test('of someone else is for admins; others do not even learn that it exists', async () => {
      const { credential, secret } = await signIn().issueToken(book.actorOf('accountant'), {
        name: 't',
        scopes: ['*'],
      })
      for (const role of ['manager', 'member', 'guest'] as const) {
        await book.unchanged(() =>
          assert.rejects(signIn().revokeCredential(book.actorOf(role), credential.id), refusal('not_found')),
        )
      }
      for (const role of roles) {
        await assert.rejects(
          signIn().revokeCredential(book.actorOf(role, 'b'), credential.id),
          refusal('not_found'),
        )
      }
      assert.notEqual(await signIn().bySecret(secret, arrival), undefined)
      await signIn().revokeCredential(book.actorOf('admin'), credential.id)
      assert.equal(await signIn().bySecret(secret, arrival), undefined)
    })

    test('is only possible for those one can list', async () => {
      const own = await signIn().listCredentials(book.actorOf('member'))
      assert.ok(own.length > 0)
      assert.ok(own.every((credential) => credential.personId === book.actorOf('member').personId))
      const others = await signIn().listCredentials(
        book.actorOf('member'),
        book.actorOf('accountant').personId,
      )
      assert.deepEqual(others, [])
      const all = await signIn().listCredentials(book.actorOf('owner'))
      assert.ok(new Set(all.map((credential) => credential.personId)).size > 1)
      assert.deepEqual(
        all.map((credential) => credential.id),
        all.map((credential) => credential.id).sort((a, b) => b - a),
      )
    })
  })

  describe('A session', () => {
    test('lives thirty days', async () => {
      const { secret } = await signIn().startSession(book.actorOf('guest'), 'browser')
      book.clock.advance(sessionMs - 1)
      assert.equal((await signIn().bySecret(secret, arrival))?.role, 'guest')
      book.clock.advance(1)
      assert.equal(await signIn().bySecret(secret, arrival), undefined)
    })
  })

  describe('A new password', () => {
    test('ends all sessions in all organizations and leaves tokens alone', async () => {
      const here = await newcomer('two@example.org')
      await book.core.organizations.addMember(book.actorOf('owner', 'b'), {
        email: 'two@example.org',
        name: 'x',
        password,
        role: 'member',
      })
      const there = await signIn().byLogin('two@example.org', book.organizations.b, arrival)
      const made = [
        await signIn().startSession(here, 'one'),
        await signIn().startSession(there, 'two'),
        await signIn().issueToken(here, { name: 'three', scopes: ['*'] }),
        await signIn().issueToken(there, { name: 'four', scopes: ['*'] }),
      ]
      const alive = () =>
        Promise.all(made.map(async ({ secret }) => (await signIn().bySecret(secret, arrival)) !== undefined))
      assert.deepEqual(await alive(), [true, true, true, true])
      await signIn().changePassword(here, password, 'second password', { tokens: false })
      assert.deepEqual(await alive(), [false, false, true, true])
      await signIn().changePassword(here, 'second password', 'third password', { tokens: true })
      assert.deepEqual(await alive(), [false, false, false, false], 'Tokens of both organizations end.')
      const session = await signIn().startSession(here, 'again')
      assert.notEqual(await signIn().bySecret(session.secret, arrival), undefined)
    })

    test('leaves the credentials of others alone', async () => {
      const other = await signIn().startSession(book.actorOf('manager'), 'browser')
      const actor = await newcomer('lonely@example.org')
      await signIn().changePassword(actor, password, 'battery staple', { tokens: true })
      assert.notEqual(await signIn().bySecret(other.secret, arrival), undefined)
    })

    test('needs the current one, a fitting length and the scope', async () => {
      const actor = await newcomer('careful@example.org')
      const change = (current: string, next: string, who = actor) =>
        signIn().changePassword(who, current, next, { tokens: false })
      await book.unchanged(async () => {
        await assert.rejects(change('wrong horse', 'battery staple'), refusal('forbidden'))
        await assert.rejects(
          change(password, 'short'),
          refusal('invalid', { path: 'password', code: 'range' }),
        )
        await assert.rejects(
          change(password, 'x'.repeat(201)),
          refusal('invalid', { path: 'password', code: 'range' }),
        )
        await assert.rejects(
          change(password, 'battery staple', withScopes(actor, 'time:write')),
          refusal('forbidden', { reason: 'scope_missing' }),
        )
      })
      assert.notEqual(await signIn().byPassword('careful@example.org', password, arrival), undefined)
    })
  })

  test('with really hashed passwords works all the same', async () => {
    const own = await createTestBook(engine, { secrets: cheapOnce(createSecrets()) })
    const actor = await own.core.signIn.byPassword('owner@a.example', password, arrival)
    assert.equal(actor.role, 'owner')
    await assert.rejects(
      own.core.signIn.byPassword('owner@a.example', 'wrong horse', arrival),
      refusal('unauthenticated'),
    )
    await assert.rejects(
      own.core.signIn.byPassword('nobody@a.example', password, arrival),
      refusal('unauthenticated'),
    )
  })
})

/** Real secrets that hash each password once, because a book has twelve people with the same one. */
function cheapOnce(secrets: Secrets): Secrets {
  const hashes = new Map<string, Promise<string>>()
  return {
    ...secrets,
    hashPassword(given) {
      const known = hashes.get(given) ?? secrets.hashPassword(given)
      hashes.set(given, known)
      return known
    },
  }
}
