// Members and roles: joining, changing, leaving, and who may do that to whom.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import {
  createTestBook,
  forEachEngine,
  password,
  refusal,
  type TestBook,
  withScopes,
} from '../../../test/harness.ts'
import { timeZone } from '../day.ts'
import { decimal } from '../decimal.ts'
import { currency } from '../money.ts'

const arrival = { door: 'native', requestId: 'r', address: '192.0.2.9' } as const

forEachEngine('Organizations and their members', (engine) => {
  let book: TestBook
  before(async () => {
    book = await createTestBook(engine)
  })
  const owner = () => book.actorOf('owner')
  const organizations = () => book.core.organizations
  const newcomer = (email: string, more: object = {}) => ({
    email,
    name: 'Newcomer',
    password,
    role: 'member' as const,
    ...more,
  })

  describe('Adding a member', () => {
    test('keeps the person with a default report, and says so in the log', async () => {
      const before = (await book.log()).length
      const { person, membership, isNew } = await organizations().addMember(
        owner(),
        newcomer(' Anna@Example.ORG ', { costRate: decimal('40.0'), hourlyRate: decimal('90') }),
      )
      assert.equal(isNew, true)
      assert.deepEqual(
        [person.email, person.username, person.name],
        ['anna@example.org', 'anna@example.org', 'Newcomer'],
      )
      assert.deepEqual(
        [membership.role, membership.hourlyRate, membership.costRate],
        ['member', '90', '40.0'],
      )
      const events = (await book.log()).slice(before)
      assert.deepEqual(
        events.map((event) => [event.noun, event.action]),
        [
          ['person', 'created'],
          ['membership', 'created'],
          ['expense_report', 'created'],
        ],
      )
      const actor = await book.core.signIn.byPassword('anna@example.org', password, arrival)
      const [report] = await book.core.reports.list(actor, {})
      assert.deepEqual([report?.isDefault, report?.state, report?.name], [true, 'open', 'Default'])
    })

    const wrong: readonly [string, object, string, 'format' | 'required' | 'range' | 'too_long'][] = [
      ['no address', { email: '' }, 'email', 'required'],
      ['an address without @', { email: 'anna' }, 'email', 'format'],
      ['two addresses', { email: 'a@x.example,b@x.example' }, 'email', 'format'],
      ['a header in the address', { email: 'a@x.example\r\nBcc: b@x.example' }, 'email', 'format'],
      ['a look-alike username', { username: 'аnna' }, 'username', 'format'],
      ['a username with blanks', { username: 'an na' }, 'username', 'format'],
      ['a blank name', { name: ' \t' }, 'name', 'required'],
      ['a name of 201 characters', { name: 'x'.repeat(201) }, 'name', 'too_long'],
      ['a name with NUL', { name: 'a\u0000b' }, 'name', 'format'],
      ['a short password', { password: '1234567' }, 'password', 'range'],
      ['a long password', { password: 'x'.repeat(201) }, 'password', 'range'],
    ]
    for (const [what, more, path, code] of wrong) {
      test(`refuses ${what}, naming the field`, async () => {
        await book.unchanged(() =>
          assert.rejects(
            organizations().addMember(owner(), newcomer('wrong@example.org', more)),
            refusal('invalid', { path, code }),
          ),
        )
      })
    }

    test('refuses someone who is a member already, however the address is typed', async () => {
      await organizations().addMember(owner(), newcomer('twice@example.org'))
      await organizations().addMember(owner(), newcomer('jose\u0301@example.org', { username: 'jose' }))
      for (const email of ['twice@example.org', 'TWICE@example.org', 'JOS\u00c9@example.org']) {
        await book.unchanged(() =>
          assert.rejects(
            organizations().addMember(owner(), newcomer(email)),
            refusal('invalid', { path: 'email', code: 'taken' }),
          ),
        )
      }
    })

    test('finds a person whose address has accents at sign-in, composed or not', async () => {
      await organizations().addMember(owner(), newcomer('zoe\u0308@example.org', { username: 'zoe' }))
      for (const login of ['zo\u00eb@example.org', 'zoe\u0308@example.org', 'ZO\u00cb@example.org', 'Zoe']) {
        assert.equal((await book.core.signIn.byPassword(login, password, arrival)).role, 'member')
      }
    })

    test('refuses a username that someone else has', async () => {
      await organizations().addMember(owner(), newcomer('first@example.org', { username: 'shared' }))
      await book.unchanged(() =>
        assert.rejects(
          organizations().addMember(owner(), newcomer('second@example.org', { username: 'Shared' })),
          refusal('conflict', { reason: 'already_exists' }),
        ),
      )
    })

    test('is for owners and admins only, and only owners make owners', async () => {
      for (const role of ['manager', 'member', 'accountant', 'guest'] as const) {
        await assert.rejects(
          async () => organizations().addMember(book.actorOf(role), newcomer('x@example.org')),
          refusal('forbidden', { reason: 'role_forbids' }),
        )
      }
      const admin = book.actorOf('admin')
      await assert.rejects(
        organizations().addMember(admin, newcomer('x@example.org', { role: 'owner' })),
        refusal('forbidden'),
      )
      await organizations().addMember(admin, newcomer('by-admin@example.org', { role: 'admin' }))
    })

    test('needs the scope to do so', async () => {
      await assert.rejects(
        async () =>
          organizations().addMember(
            withScopes(owner(), 'people:read', 'time:write'),
            newcomer('x@example.org'),
          ),
        refusal('forbidden', { reason: 'scope_missing' }),
      )
    })
  })

  describe('Someone known from another organization', () => {
    test('joins with name and password as they are', async () => {
      const { person, isNew } = await organizations().addMember(
        owner(),
        newcomer('guest@b.example', { name: 'Other', password: 'another password', role: 'manager' }),
      )
      assert.equal(isNew, false)
      assert.deepEqual([person.id, person.name], [book.actorOf('guest', 'b').personId, 'guest of B'])
      await assert.rejects(
        book.core.signIn.byPassword('guest@b.example', 'another password', arrival),
        refusal('unauthenticated'),
      )
      const there = await book.core.signIn.byLogin('guest@b.example', book.organizations.b, arrival)
      const here = await book.core.signIn.byLogin('guest@b.example', book.organizations.a, arrival)
      assert.deepEqual([there.role, here.role], ['guest', 'manager'])
      assert.deepEqual(
        (await book.core.reports.list(here, { personId: here.personId })).map((report) => report.isDefault),
        [true],
      )
    })

    test('is found by address alone: a username that looks like one brings nobody in', async () => {
      const thief = book.actorOf('member', 'b')
      await organizations().updatePerson(thief, thief.personId, { username: 'boss@example.org' })
      await organizations().addMember(
        owner(),
        newcomer('boss@example.org', { role: 'admin', username: 'boss' }),
      )
      const members = await organizations().listMembers(owner())
      assert.equal(
        members.some(({ person }) => person.id === thief.personId),
        false,
      )
      assert.equal((await book.core.signIn.byPassword('boss', password, arrival)).role, 'admin')
    })

    test('changes the profile alone, not by an admin of one of them', async () => {
      const shared = await book.core.signIn.byLogin('guest@b.example', book.organizations.a, arrival)
      await assert.rejects(
        organizations().updatePerson(owner(), shared.personId, { name: 'Renamed' }),
        refusal('forbidden'),
      )
      const renamed = await organizations().updatePerson(shared, shared.personId, { name: 'Renamed' })
      assert.equal(renamed.name, 'Renamed')
    })
  })

  describe('Changing a member', () => {
    test('takes effect with the next request', async () => {
      await organizations().addMember(owner(), newcomer('rising@example.org'))
      const rising = await book.core.signIn.byLogin('rising@example.org', book.organizations.a, arrival)
      await organizations().updateMember(owner(), rising.personId, { role: 'guest' })
      assert.equal((await book.again(rising)).role, 'guest')
      await assert.rejects(
        async () => book.core.time.start(await book.again(rising), {}),
        refusal('forbidden', { reason: 'role_forbids' }),
      )
    })

    test('with the same values changes nothing and says nothing', async () => {
      const { personId } = book.actorOf('member')
      await book.unchanged(() => organizations().updateMember(owner(), personId, { role: 'member' }))
    })

    test('keeps the last owner an owner, until there is another one', async () => {
      const own = owner().personId
      for (const work of [
        () => organizations().updateMember(owner(), own, { role: 'admin' }),
        () => organizations().removeMember(owner(), own),
      ]) {
        await book.unchanged(() => assert.rejects(work(), refusal('conflict', { reason: 'last_owner' })))
      }
      await organizations().addMember(owner(), newcomer('second-owner@example.org', { role: 'owner' }))
      const second = await book.core.signIn.byLogin('second-owner@example.org', book.organizations.a, arrival)
      await organizations().updateMember(second, own, { role: 'admin' })
      await organizations().updateMember(second, own, { role: 'owner' })
    })

    test('is not for admins where an owner is concerned', async () => {
      const admin = book.actorOf('admin')
      const ownerId = owner().personId
      for (const work of [
        () => organizations().updateMember(admin, ownerId, { role: 'guest' }),
        () => organizations().updateMember(admin, book.actorOf('member').personId, { role: 'owner' }),
        () => organizations().removeMember(admin, ownerId),
        () => organizations().updatePerson(admin, ownerId, { email: 'admin-too@example.org' }),
      ]) {
        await book.unchanged(() => assert.rejects(work(), refusal('forbidden', { reason: 'role_forbids' })))
      }
    })

    test('of another organization, or of none, finds nobody', async () => {
      for (const id of [book.actorOf('member', 'b').personId, 999_999, 0, -1]) {
        for (const work of [
          () => organizations().updateMember(owner(), id, { role: 'guest' }),
          () => organizations().removeMember(owner(), id),
          () => organizations().updatePerson(owner(), id, { name: 'X' }),
        ]) {
          await book.unchanged(() => assert.rejects(work(), refusal('not_found')))
        }
      }
    })

    test('answers no rates to a token that may not read them', async () => {
      const { personId } = book.actorOf('accountant')
      const narrow = withScopes(owner(), 'people:write')
      const changed = await organizations().updateMember(narrow, personId, { costRate: decimal('55') })
      assert.equal(changed.costRate, null)
    })
  })

  describe('Removing a member', () => {
    test('ends every credential, and coming back does not bring them back', async () => {
      await organizations().addMember(owner(), newcomer('leaving@example.org'))
      const leaving = await book.core.signIn.byLogin('leaving@example.org', book.organizations.a, arrival)
      const token = await book.core.signIn.issueToken(leaving, { name: 'script', scopes: ['*'] })
      const session = await book.core.signIn.startSession(leaving, 'browser')
      await organizations().removeMember(owner(), leaving.personId)
      assert.equal(await book.core.signIn.bySecret(token.secret, arrival), undefined)
      await assert.rejects(
        book.core.signIn.byPassword('leaving@example.org', password, arrival),
        refusal('unauthenticated'),
      )
      await organizations().addMember(owner(), newcomer('leaving@example.org'))
      assert.equal(await book.core.signIn.bySecret(token.secret, arrival), undefined)
      assert.equal(await book.core.signIn.bySecret(session.secret, arrival), undefined)
      const back = await book.core.signIn.byPassword('leaving@example.org', password, arrival)
      const reports = await book.core.reports.list(back, { personId: back.personId })
      assert.deepEqual(
        reports.map((report) => report.isDefault),
        [true],
        'The old default report is found again.',
      )
    })

    test('twice finds nobody the second time', async () => {
      const { person } = await organizations().addMember(owner(), newcomer('gone@example.org'))
      await organizations().removeMember(owner(), person.id)
      await assert.rejects(organizations().removeMember(owner(), person.id), refusal('not_found'))
    })
  })

  describe('A person', () => {
    test('changes the own profile in any role, given the scope', async () => {
      for (const role of ['owner', 'manager', 'member', 'accountant', 'guest'] as const) {
        const actor = book.actorOf(role)
        const changed = await organizations().updatePerson(actor, actor.personId, {
          timeZone: timeZone('Asia/Kolkata'),
        })
        assert.equal(changed.timeZone, 'Asia/Kolkata')
        assert.equal((await book.again(actor)).timeZone, 'Asia/Kolkata')
        await organizations().updatePerson(actor, actor.personId, { timeZone: null })
        await assert.rejects(
          async () =>
            organizations().updatePerson(withScopes(actor, 'time:write'), actor.personId, {
              email: 'x@y.example',
            }),
          refusal('forbidden', { reason: 'scope_missing' }),
        )
      }
      assert.equal((await book.again(book.actorOf('member'))).timeZone, 'Europe/Amsterdam')
    })

    test('cannot take an address or a username of someone else', async () => {
      const actor = book.actorOf('member')
      for (const input of [{ email: 'owner@b.example' }, { username: 'OWNER@b.example' }]) {
        await book.unchanged(() =>
          assert.rejects(
            organizations().updatePerson(actor, actor.personId, input),
            refusal('conflict', { reason: 'already_exists' }),
          ),
        )
      }
    })

    test('cannot change another person without the right', async () => {
      await assert.rejects(
        organizations().updatePerson(book.actorOf('manager'), book.actorOf('member').personId, { name: 'X' }),
        refusal('forbidden'),
      )
    })
  })

  describe('The list of members', () => {
    test('shows everybody their colleagues, guests only themselves, and rates to those who may see them', async () => {
      const seen = async (role: Parameters<TestBook['actorOf']>[0]) => {
        const members = await organizations().listMembers(book.actorOf(role))
        return members.find(({ person }) => person.email === 'anna@example.org')?.membership
      }
      const rates = async (role: Parameters<TestBook['actorOf']>[0]) => {
        const membership = await seen(role)
        return membership && [membership.hourlyRate, membership.costRate]
      }
      assert.deepEqual(await rates('owner'), ['90', '40.0'])
      assert.deepEqual(await rates('accountant'), ['90', '40.0'])
      assert.deepEqual(await rates('manager'), ['90', null])
      assert.deepEqual(await rates('member'), [null, null])
      assert.equal(await seen('guest'), undefined)
      const alone = await organizations().listMembers(book.actorOf('guest'))
      assert.deepEqual(
        alone.map(({ person }) => person.email),
        ['guest@a.example'],
      )
    })

    test('never shows anybody of another organization', async () => {
      const members = await organizations().listMembers(book.actorOf('owner', 'b'))
      assert.ok(members.every(({ person }) => !person.email.endsWith('@a.example')))
    })
  })

  describe('An organization', () => {
    test('is changed by owners and admins', async () => {
      const changed = await organizations().updateOrganization(book.actorOf('admin'), {
        name: ' New name ',
        distanceUnit: 'mi',
        distanceRate: decimal('0.50'),
      })
      assert.deepEqual([changed.name, changed.distanceUnit, changed.distanceRate], ['New name', 'mi', '0.50'])
      assert.equal((await book.again(owner())).organization.name, 'New name')
      assert.equal((await book.again(book.actorOf('owner', 'b'))).organization.name, 'B')
    })

    test('keeps its currency once there are expenses', async () => {
      const changed = await organizations().updateOrganization(owner(), { currency: currency('CHF') })
      assert.equal(changed.currency, 'CHF')
      await organizations().updateOrganization(owner(), { currency: currency('EUR') })
      await book.core.quickEntries.record(await book.again(owner()), { text: 'lunch 12' })
      await book.unchanged(() =>
        assert.rejects(
          organizations().updateOrganization(owner(), { currency: currency('CHF') }),
          refusal('conflict', { reason: 'still_referenced' }),
        ),
      )
    })

    test('is not changed by others, nor by wrong names', async () => {
      for (const role of ['manager', 'member', 'accountant', 'guest'] as const) {
        await assert.rejects(
          async () => organizations().updateOrganization(book.actorOf(role), { name: 'X' }),
          refusal('forbidden'),
        )
      }
      await book.unchanged(() =>
        assert.rejects(
          organizations().updateOrganization(owner(), { name: ' ' }),
          refusal('invalid', { path: 'name', code: 'required' }),
        ),
      )
    })

    test('can be founded by someone who has one already', async () => {
      const { organization, owner: founder } = await organizations().foundOrganization(
        { name: 'C', currency: currency('JPY'), timeZone: timeZone('Asia/Tokyo') },
        { email: 'owner@a.example', name: 'ignored', password },
      )
      assert.equal(founder.person.id, owner().personId)
      const actor = await book.core.signIn.byLogin('owner@a.example', organization.id, arrival)
      assert.deepEqual([actor.role, actor.organization.currency], ['owner', 'JPY'])
      assert.equal((await book.store.events(organization.id, 0, 10))[0]?.sequence, 1)
    })
  })
})
