// The second factor: set up with care, asked for everywhere a password is, each code good for once, and no way around.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import {
  createTestBook,
  forEachEngine,
  noon,
  password,
  refusal,
  type TestBook,
  withScopes,
} from '../../../test/harness.ts'
import type { Actor } from '../actor.ts'
import { doors } from '../actor.ts'
import { recoveryCodeCount } from './two-factor.ts'

const stepMs = 30_000
const codeAt = (secret: string, at: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at })

const required = refusal('unauthenticated', { reason: 'second_factor_required' })
const wrong = refusal('unauthenticated', { reason: 'second_factor_wrong' })
const limited = refusal('limit', { reason: 'too_many_attempts' })

forEachEngine('The second factor', (engine) => {
  let book: TestBook
  before(async () => {
    book = await createTestBook(engine)
  })
  const twoFactor = () => book.core.twoFactor
  const code = (secret: string, steps = 0) => codeAt(secret, book.clock.now + steps * stepMs)

  let count = 0
  /** Someone new, from an address of their own, so that no test has to wait for another. */
  async function newcomer() {
    count += 1
    const email = `person-${count}@example.org`
    const arrival = { door: 'native', requestId: 'request', address: `192.0.2.${count}` as string } as const
    const { person } = await book.core.organizations.addMember(book.actorOf('owner'), {
      email,
      name: 'Newcomer',
      password,
      role: 'member',
    })
    const actor = await book.core.signIn.byLogin(email, book.organizations.a, arrival)
    const enter = (given?: string, secret = password, address = arrival.address) =>
      book.core.signIn.byPassword(email, secret, { ...arrival, address }, given)
    return { email, person, actor, arrival, enter }
  }

  /** Someone new with a second factor, some steps after it was confirmed, so that fresh codes are there. */
  async function guarded() {
    const someone = await newcomer()
    const { secret } = await twoFactor().begin(someone.actor, password)
    const recoveryCodes = await twoFactor().confirm(someone.actor, code(secret))
    book.clock.advance(3 * stepMs)
    return { ...someone, secret, recoveryCodes }
  }

  describe('is set up', () => {
    test('with the password, a secret for the app, and a code that shows it has arrived', async () => {
      const { actor, email, enter } = await newcomer()
      assert.deepEqual(await twoFactor().status(actor), { confirmedAt: null, recoveryCodes: 0 })
      const { secret, address } = await twoFactor().begin(actor, password)
      assert.match(secret, /^[A-Z2-7]{32}$/)
      const uri = new URL(address)
      assert.deepEqual([uri.protocol, uri.host], ['otpauth:', 'totp'])
      assert.equal(decodeURIComponent(uri.pathname), `/Daybook:${email}`)
      assert.deepEqual(
        ['secret', 'issuer', 'digits', 'period', 'algorithm'].map((name) => uri.searchParams.get(name)),
        [secret, 'Daybook', '6', '30', 'SHA1'],
      )
      // Until it is confirmed, nobody is kept out by an app that was never set up.
      await enter()
      const codes = await twoFactor().confirm(actor, code(secret))
      assert.equal(codes.length, recoveryCodeCount)
      assert.equal(new Set(codes).size, recoveryCodeCount)
      for (const each of codes) assert.match(each, /^[0-9a-f]{5}(-[0-9a-f]{5}){3}$/)
      assert.deepEqual(await twoFactor().status(actor), {
        confirmedAt: book.clock.now,
        recoveryCodes: recoveryCodeCount,
      })
      await assert.rejects(enter(), required)
    })

    test('not without the right password, and wrong ones are told to wait', async () => {
      const { actor, enter } = await newcomer()
      await book.unchanged(async () => {
        for (let i = 0; i < 10; i += 1)
          await assert.rejects(twoFactor().begin(actor, `guess ${i}`), refusal('forbidden'))
        await assert.rejects(twoFactor().begin(actor, password), limited)
        await assert.rejects(twoFactor().disable(actor, password), limited)
      })
      await enter()
      book.clock.advance(15 * 60 * 1000)
      await twoFactor().begin(actor, password)
    })

    test('not with a wrong, old or foreign code, and not before it was begun', async () => {
      const { actor } = await newcomer()
      await assert.rejects(twoFactor().confirm(actor, '123456'), refusal('not_found'))
      const first = await twoFactor().begin(actor, password)
      const { secret } = await twoFactor().begin(actor, password)
      await book.unchanged(async () => {
        const bad = [
          '',
          '1',
          'abcdef',
          '１２３４５６',
          '\u0000',
          '9'.repeat(100_000),
          code(first.secret),
          code(secret, -9),
        ]
        for (const each of bad) {
          if (each === code(secret)) continue
          await assert.rejects(
            twoFactor().confirm(actor, each),
            refusal('invalid', { path: 'code', code: 'unknown_value' }),
          )
        }
      })
      await twoFactor().confirm(actor, ` ${code(secret).replace(/(...)/, '$1 ')} `)
    })

    test('once: nobody replaces a confirmed one, at the same moment neither', async () => {
      const { actor, secret } = await guarded()
      await assert.rejects(
        twoFactor().begin(actor, password),
        refusal('conflict', { reason: 'already_exists' }),
      )
      await assert.rejects(twoFactor().confirm(actor, code(secret)), refusal('conflict'))
      const other = await newcomer()
      const begun = await twoFactor().begin(other.actor, password)
      const results = await Promise.allSettled(
        Array.from({ length: 5 }, () => twoFactor().confirm(other.actor, code(begun.secret))),
      )
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
    })

    test('inside a change with a proof of the password, which is good for its own person only', async () => {
      const [one, two] = [await newcomer(), await newcomer()]
      await assert.rejects(twoFactor().provePassword(one.actor, 'wrong horse'), refusal('forbidden'))
      const proof = await twoFactor().provePassword(one.actor, password)
      const { secret } = await book.core.together(one.actor, (actor) => twoFactor().begin(actor, proof))
      await book.core.together(one.actor, (actor) => twoFactor().confirm(actor, code(secret)))
      await assert.rejects(one.enter(), required)
      const forged = { __provenPassword: true } as const
      for (const other of [proof, forged]) {
        await assert.rejects(twoFactor().begin(two.actor, other), refusal('forbidden'))
        await assert.rejects(twoFactor().disable(two.actor, other), refusal('forbidden'))
      }
      await assert.rejects(twoFactor().disable(one.actor, forged), refusal('forbidden'))
      await book.core.together(one.actor, (actor) => twoFactor().disable(actor, proof))
      await one.enter()
    })

    test('with rights on one’s own profile only', async () => {
      const { actor } = await newcomer()
      const narrow = withScopes(actor, 'time:write')
      for (const ask of [
        () => twoFactor().status(narrow),
        () => twoFactor().begin(narrow, password),
        () => twoFactor().confirm(narrow, '123456'),
        () => twoFactor().renewRecoveryCodes(narrow, password),
        () => twoFactor().disable(narrow, password),
      ]) {
        await assert.rejects(ask(), refusal('forbidden', { reason: 'scope_missing' }))
      }
    })
  })

  describe('is asked for at sign-in', () => {
    test('at every door, while tokens as passwords and sessions go on', async () => {
      const { actor, email, arrival, enter, secret } = await guarded()
      const token = await book.core.signIn.issueToken(actor, { name: 'script', scopes: ['*'] })
      for (const door of doors) {
        const at = { ...arrival, door }
        await assert.rejects(book.core.signIn.byPassword(email, password, at), required)
        const program = await book.core.signIn.byPassword(email, token.secret, at)
        assert.deepEqual([program.personId, program.door], [actor.personId, door])
      }
      const entered = await enter(code(secret))
      const session = await book.core.signIn.startSession(entered, 'browser')
      assert.equal((await book.core.signIn.bySecret(session.secret, arrival))?.personId, actor.personId)
    })

    test('also where the password alone was let in and remembered a moment before', async () => {
      const { actor, enter } = await newcomer()
      await enter()
      const { secret } = await twoFactor().begin(actor, password)
      await enter()
      await twoFactor().confirm(actor, code(secret))
      await assert.rejects(enter(), required)
      await enter(code(secret, 1))
      await assert.rejects(enter(), required)
    })

    test('and says nothing about it to those who do not know the password', async () => {
      const { enter, secret } = await guarded()
      const bad = refusal('unauthenticated', { reason: 'credentials_wrong' })
      await assert.rejects(enter(undefined, 'wrong horse'), bad)
      await assert.rejects(enter(code(secret), 'wrong horse'), bad)
      // The code was not used up by that.
      await enter(code(secret))
    })

    test('with a code that is good for one time, even if many come at once', async () => {
      const { enter, secret } = await guarded()
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => enter(code(secret))))
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
      await assert.rejects(enter(code(secret)), wrong)
      // Nor does an earlier one count any more, though it is still within its time.
      await assert.rejects(enter(code(secret, -1)), wrong)
      book.clock.advance(stepMs)
      await enter(code(secret))
    })

    test('with a code of the step before or after, and no others', async () => {
      const { enter, secret } = await guarded()
      for (const steps of [-2, 2, 1000]) await assert.rejects(enter(code(secret, steps)), wrong)
      await enter(code(secret, -1))
      await enter(code(secret, 1))
    })

    test('not with the code that confirmed it', async () => {
      const { actor, enter } = await newcomer()
      const { secret } = await twoFactor().begin(actor, password)
      await twoFactor().confirm(actor, code(secret))
      await assert.rejects(enter(code(secret)), wrong)
    })

    test('with codes that are none, each refused', async () => {
      const { enter, secret } = await guarded()
      for (const bad of ['', ' ', '000', 'abcdef', "' or 1=1 --", `${code(secret)}0`, '\u0000']) {
        await assert.rejects(enter(bad), wrong)
      }
      await enter(code(secret))
    })

    test('and guessing codes is told to wait after ten, from however many addresses, many at once too', async () => {
      const { enter, secret } = await guarded()
      const guess = (i: number) => enter(String(i).padStart(6, '7'), password, `198.51.100.${i}`)
      const results = await Promise.allSettled(Array.from({ length: 40 }, (_, i) => guess(i)))
      const kinds = results.map((each) => (each.status === 'rejected' ? each.reason.kind : 'in'))
      assert.equal(kinds.filter((kind) => kind === 'unauthenticated').length, 10)
      assert.equal(kinds.filter((kind) => kind === 'limit').length, 30)
      await assert.rejects(enter(code(secret), password, '203.0.113.9'), limited)
      book.clock.advance(15 * 60 * 1000)
      await enter(code(secret), password, '203.0.113.9')
    })

    test('and signing in often with right codes is never told to wait', async () => {
      const { enter, secret } = await guarded()
      for (let i = 0; i < 25; i += 1) {
        book.clock.advance(stepMs)
        await enter(code(secret))
      }
    })
  })

  describe('has recovery codes', () => {
    test('each good for one time, in capitals and without hyphens too', async () => {
      const { actor, enter, recoveryCodes } = await guarded()
      const [first = '', second = '', third = ''] = recoveryCodes
      await enter(first)
      await assert.rejects(enter(first), wrong)
      await enter(second.toUpperCase().replaceAll('-', ' '))
      const results = await Promise.allSettled(Array.from({ length: 6 }, () => enter(third)))
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
      assert.equal((await twoFactor().status(actor)).recoveryCodes, recoveryCodeCount - 3)
    })

    test('which others cannot use, and which new ones replace', async () => {
      const { actor, enter, recoveryCodes } = await guarded()
      const other = await guarded()
      await assert.rejects(enter(other.recoveryCodes[0]), wrong)
      await assert.rejects(twoFactor().renewRecoveryCodes(actor, 'wrong horse'), refusal('forbidden'))
      const renewed = await twoFactor().renewRecoveryCodes(actor, password)
      assert.equal(renewed.length, recoveryCodeCount)
      await assert.rejects(enter(recoveryCodes[0]), wrong)
      await enter(renewed[0])
      const { actor: without } = await newcomer()
      await assert.rejects(twoFactor().renewRecoveryCodes(without, password), refusal('not_found'))
    })
  })

  describe('goes', () => {
    test('with the password, and then the password alone is enough again', async () => {
      const { actor, enter, secret, recoveryCodes } = await guarded()
      await assert.rejects(twoFactor().disable(actor, 'wrong horse'), refusal('forbidden'))
      await assert.rejects(enter(), required)
      await twoFactor().disable(actor, password)
      await enter()
      assert.deepEqual(await twoFactor().status(actor), { confirmedAt: null, recoveryCodes: 0 })
      await book.unchanged(() => twoFactor().disable(actor, password))
      // Another one knows nothing of the first.
      const next = await twoFactor().begin(actor, password)
      assert.notEqual(next.secret, secret)
      await twoFactor().confirm(actor, code(next.secret))
      await assert.rejects(enter(recoveryCodes[0]), wrong)
    })

    test('with a reset on the command line, which gives a new password and ends the sessions', async () => {
      const { actor, person, arrival, enter } = await guarded()
      const session = await book.core.signIn.startSession(actor, 'browser')
      const token = await book.core.signIn.issueToken(actor, { name: 'script', scopes: ['*'] })
      const owner = book.actorOf('owner')
      const console: Actor = { ...owner, door: 'command' }
      await book.unchanged(async () => {
        await assert.rejects(book.core.resetPerson(owner, person.id, 'battery staple'), refusal('forbidden'))
        const member: Actor = { ...actor, door: 'command' }
        await assert.rejects(book.core.resetPerson(member, person.id, 'battery staple'), refusal('forbidden'))
        const other: Actor = { ...book.actorOf('owner', 'b'), door: 'command' }
        await assert.rejects(book.core.resetPerson(other, person.id, 'battery staple'), refusal('not_found'))
        await assert.rejects(book.core.resetPerson(console, person.id, 'short'), refusal('invalid'))
      })
      await book.core.resetPerson(console, person.id, 'battery staple')
      await enter(undefined, 'battery staple')
      await assert.rejects(enter(), refusal('unauthenticated', { reason: 'credentials_wrong' }))
      assert.equal(await book.core.signIn.bySecret(session.secret, arrival), undefined)
      assert.ok(await book.core.signIn.bySecret(token.secret, arrival))
    })
  })

  test('is never in the log, nor its codes', async () => {
    const { secret, recoveryCodes } = await guarded()
    const log = JSON.stringify(await book.log())
    for (const hidden of [
      secret,
      ...recoveryCodes,
      ...recoveryCodes.map((each) => each.replaceAll('-', '')),
    ]) {
      assert.equal(log.includes(hidden), false)
    }
    assert.ok(book.clock.now > noon)
  })
})

forEachEngine('One’s own password', (engine) => {
  test('can be guessed ten times when it is to be changed, then one is told to wait', async () => {
    const book = await createTestBook(engine)
    const member = book.actorOf('member')
    const change = (given: string, actor = member) =>
      book.core.signIn.changePassword(actor, given, 'battery staple', { tokens: false })
    const guesses = await Promise.allSettled(Array.from({ length: 30 }, (_, i) => change(`guess ${i}`)))
    const kinds = guesses.map((each) => (each.status === 'rejected' ? each.reason.kind : 'changed'))
    assert.deepEqual(
      [kinds.filter((kind) => kind === 'forbidden').length, kinds.filter((kind) => kind === 'limit').length],
      [10, 20],
    )
    await assert.rejects(change(password), limited)
    // Others are not held up by it.
    await change(password, book.actorOf('manager'))
    book.clock.advance(15 * 60 * 1000)
    await change(password)
  })
})
