// Users, teams, tags and invoices at the Kimai door.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { callBook } from '../../../test/door-client.ts'
import { forEachEngine, password } from '../../../test/harness.ts'
import {
  bearer,
  createKimaiBook,
  type KimaiBook,
  type KimaiClient,
  kimaiClient,
  pair,
  wrongIn,
} from '../../../test/kimai-client.ts'
import type { LocalDate } from '../../core/day.ts'
import { decimal } from '../../core/decimal.ts'
import { sentences } from './form.ts'

type User = {
  readonly id: number
  readonly username: string
  readonly alias: string | null
  readonly roles: readonly string[]
  readonly preferences: readonly { name: string; value: unknown }[]
  readonly [key: string]: unknown
}

forEachEngine('People at the Kimai door', (engine) => {
  let kimai: KimaiBook
  let owner: KimaiClient
  before(async () => {
    kimai = await createKimaiBook(engine)
    owner = kimai.as('owner')
  })
  const personOf = (role: 'owner' | 'member' | 'guest') => kimai.book.actorOf(role).personId

  describe('users', () => {
    test('read themselves with their roles', async () => {
      for (const [role, expected] of [
        ['owner', ['ROLE_SUPER_ADMIN', 'ROLE_USER']],
        ['admin', ['ROLE_ADMIN', 'ROLE_USER']],
        ['manager', ['ROLE_TEAMLEAD', 'ROLE_USER']],
        ['member', ['ROLE_USER']],
        ['accountant', ['ROLE_USER']],
        ['guest', ['ROLE_USER']],
      ] as const) {
        const me = await kimai.as(role).made<User>('GET', '/api/users/me')
        assert.deepEqual(
          [me.username, me.roles, me.timezone],
          [`${role}@a.example`, expected, 'Europe/Amsterdam'],
        )
      }
    })

    test('are listed for those who may see them', async () => {
      const users = await owner.made<User[]>('GET', '/api/users')
      assert.deepEqual(
        users.map(({ username }) => username.replace(/@.*/, '')),
        ['accountant', 'admin', 'guest', 'manager', 'member', 'owner'],
      )
      assert.ok(!('roles' in (users[0] ?? {})))
      assert.equal(
        (await owner.made<User[]>('GET', '/api/users?full=1&term=guest'))[0]?.roles[0],
        'ROLE_USER',
      )
      assert.deepEqual(await owner.made('GET', '/api/users?visible=2'), [])
      const backwards = await owner.made<User[]>('GET', '/api/users?order=DESC&orderBy=email')
      assert.equal(backwards[0]?.username, 'owner@a.example')
      for (const role of ['member', 'accountant', 'guest']) {
        assert.equal((await kimai.as(role).get('/api/users')).status, 403)
      }
    })

    test('read others when they may, and nobody of elsewhere', async () => {
      assert.equal(
        (await owner.made<User>('GET', `/api/users/${personOf('member')}`)).username,
        'member@a.example',
      )
      assert.equal((await kimai.as('member').get(`/api/users/${personOf('owner')}`)).status, 403)
      assert.equal((await kimai.as('member').get(`/api/users/${personOf('member')}`)).status, 200)
      const stranger = kimai.book.actorOf('owner', 'b').personId
      for (const id of [stranger, 999_999]) assert.equal((await owner.get(`/api/users/${id}`)).status, 404)
    })

    test('are made by admins, and sign in', async () => {
      const sent = {
        username: 'newcomer',
        email: 'new@a.example',
        plainPassword: 'a long password',
        language: 'de',
        timezone: 'Europe/Berlin',
        title: 'Engineer',
        roles: ['ROLE_TEAMLEAD'],
      }
      const made = await owner.made<User>('POST', '/api/users', sent)
      assert.deepEqual(
        [made.username, made.alias, made.language, made.timezone, made.title, made.roles],
        ['newcomer', null, 'de', 'Europe/Berlin', 'Engineer', ['ROLE_TEAMLEAD', 'ROLE_USER']],
      )
      const them = kimaiClient(kimai.door, { 'x-auth-user': 'newcomer', 'x-auth-token': 'a long password' })
      assert.equal((await them.made<User>('GET', '/api/users/me')).id, made.id)
      const changed = await owner.made<User>('PATCH', `/api/users/${made.id}`, { alias: 'Newt', roles: [] })
      assert.deepEqual([changed.alias, changed.roles], ['Newt', ['ROLE_USER']])
      for (const [role, status] of [
        ['manager', 403],
        ['member', 403],
      ] as const) {
        assert.equal(
          (await kimai.as(role).send('POST', '/api/users', { ...sent, email: 'x@a.example' })).status,
          status,
        )
        assert.equal(
          (await kimai.as(role).send('PATCH', `/api/users/${made.id}`, { alias: 'x' })).status,
          status,
        )
      }
    })

    test('cannot make themselves more than they are', () =>
      kimai.book.unchanged(async () => {
        const path = `/api/users/${personOf('member')}`
        assert.equal(
          (await kimai.as('member').send('PATCH', path, { roles: ['ROLE_SUPER_ADMIN'] })).status,
          403,
        )
        assert.equal(
          (await kimai.as('admin').send('PATCH', path, { roles: ['ROLE_SUPER_ADMIN'] })).status,
          403,
        )
        const preference = [{ name: 'hourly_rate', value: '1000' }]
        assert.equal((await kimai.as('member').send('PATCH', `${path}/preferences`, preference)).status, 403)
      }))

    test('are refused when wrong, and keep what only the creator sends', async () => {
      const wrong = wrongIn(
        await owner.send('POST', '/api/users', { username: 'x', plainPassword: 'short', enabled: false }),
      )
      assert.deepEqual(Object.keys(wrong).sort(), [
        'email',
        'enabled',
        'language',
        'plainPassword',
        'timezone',
        'username',
      ])
      for (const name of ['username', 'plainPassword', 'plainApiToken']) {
        const reply = await owner.send('PATCH', `/api/users/${personOf('member')}`, {
          [name]: 'something long',
        })
        assert.deepEqual(wrongIn(reply), { '': [sentences.extra] })
      }
      const roles = await owner.send('PATCH', `/api/users/${personOf('member')}`, { roles: ['ROLE_KING'] })
      assert.deepEqual(wrongIn(roles), { roles: [sentences.choice] })
    })

    test('keep preferences', async () => {
      const path = `/api/users/${personOf('member')}/preferences`
      const member = kimai.as('member')
      const shown = await member.made<User>('PATCH', path, [
        { name: 'skin', value: 'dark' },
        { name: 'timezone', value: 'Asia/Tokyo' },
      ])
      assert.equal(shown.timezone, 'Asia/Tokyo')
      assert.deepEqual(
        shown.preferences.find(({ name }) => name === 'skin'),
        { name: 'skin', value: 'dark' },
      )
      for (const [body, status] of [
        [{ name: 'skin', value: 'x' }, 400],
        [[{ name: 'skin' }], 400],
        [[{ value: 'x' }], 400],
        [[{ name: 'shoe_size', value: '42' }], 404],
        [[{ name: 'timezone', value: 'Nowhere' }], 400],
      ] as const) {
        assert.equal((await member.send('PATCH', path, body)).status, status, JSON.stringify(body))
      }
      await member.made('PATCH', path, [{ name: 'timezone', value: 'Europe/Amsterdam' }])
    })

    test('end their own tokens only', async () => {
      const actor = kimai.book.actorOf('member')
      const token = { name: 't', scopes: ['*'] }
      const { credential, secret } = await kimai.book.core.signIn.issueToken(actor, token)
      const others = await kimai.book.core.signIn.issueToken(kimai.book.actorOf('owner'), token)
      const them = kimaiClient(kimai.door, bearer(secret))
      assert.equal((await them.made<User>('GET', '/api/users/me')).apiToken, true)
      assert.equal((await them.send('DELETE', `/api/users/api-token/${others.credential.id}`)).status, 404)
      assert.equal((await them.send('DELETE', `/api/users/api-token/${credential.id}`)).status, 200)
      assert.equal((await them.get('/api/users/me')).status, 401)
    })
  })

  describe('teams', () => {
    type Team = {
      id: number
      members: { user: { id: number }; teamlead: boolean }[]
      projects: unknown[]
      customers: unknown[]
    }

    test('have people and what they work on', async () => {
      const [member, guest] = [personOf('member'), personOf('guest')]
      const made = await owner.made<Team>('POST', '/api/teams', {
        name: 'Red',
        color: '#f00',
        members: [{ user: member, teamlead: true }],
      })
      assert.deepEqual(
        made.members.map(({ user, teamlead }) => [user.id, teamlead]),
        [[member, true]],
      )
      const { customer, project, activity } = kimai.things
      for (const [list, id] of [
        ['members', guest],
        ['customers', customer],
        ['projects', project],
        ['activities', activity],
      ] as const) {
        const path = `/api/teams/${made.id}/${list}/${id}`
        const added = await owner.made<Record<string, unknown[]>>('POST', path)
        assert.equal(added[list]?.length, list === 'members' ? 2 : 1)
        assert.equal((await owner.send('POST', path)).status, 400)
        assert.equal((await owner.send('POST', `/api/teams/${made.id}/${list}/999999`)).status, 404)
      }
      assert.equal((await owner.send('DELETE', `/api/teams/${made.id}/members/${member}`)).status, 400)
      assert.equal(
        (await owner.made<Team>('DELETE', `/api/teams/${made.id}/members/${guest}`)).members.length,
        1,
      )
      assert.equal((await owner.send('DELETE', `/api/teams/${made.id}/projects/${project}`)).status, 200)
      assert.equal((await owner.send('DELETE', `/api/teams/${made.id}/projects/${project}`)).status, 400)
      const me = await kimai
        .as('member')
        .made<{ memberships: { team: { name: string }; teamlead: boolean }[] }>('GET', '/api/users/me')
      assert.deepEqual(
        me.memberships.map(({ team, teamlead }) => [team.name, teamlead]),
        [['Red', true]],
      )
      const changed = await owner.made<Team>('PATCH', `/api/teams/${made.id}`, { members: [{ user: guest }] })
      assert.deepEqual(
        changed.members.map(({ user }) => user.id),
        [guest],
      )
      assert.equal((await owner.send('DELETE', `/api/teams/${made.id}`)).status, 204)
      assert.equal((await owner.get(`/api/teams/${made.id}`)).status, 404)
    })

    test('tell a wrong member at its place', async () => {
      const reply = await owner.send('POST', '/api/teams', {
        name: 'Bad',
        members: [{ user: 999_999, teamlead: true }],
      })
      const { errors } = reply.json<{ errors: { children: Record<string, unknown> } }>()
      assert.deepEqual(errors.children.members, {
        children: [{ children: { user: { errors: [sentences.choice] }, teamlead: {} } }],
      })
      assert.deepEqual(wrongIn(await owner.send('POST', '/api/teams', { name: 'Bad' })), {
        members: [sentences.blank],
      })
      assert.equal(
        (
          await kimai
            .as('member')
            .send('POST', '/api/teams', { name: 'No', members: [{ user: personOf('member') }] })
        ).status,
        403,
      )
    })
  })

  describe('tags', () => {
    test('are listed by name, found by part of one, made and deleted', async () => {
      const made = await owner.made<{ id: number }>('POST', '/api/tags', {
        name: 'Night',
        color: '#123',
        visible: true,
      })
      assert.deepEqual(made, {
        id: made.id,
        name: 'Night',
        color: '#112233',
        'color-safe': '#112233',
        visible: true,
      })
      await owner.made('POST', '/api/tags', { name: 'absent flag means hidden' })
      await owner.made('POST', '/api/tags', { name: 'day', visible: true })
      assert.deepEqual(await owner.made('GET', '/api/tags'), ['day', 'Night'])
      assert.deepEqual(await owner.made('GET', '/api/tags?name=igh'), ['Night'])
      assert.deepEqual(await owner.made('GET', '/api/tags/find'), [])
      assert.deepEqual(await owner.made('GET', '/api/tags/find?name=NIG'), [made])
      assert.equal((await owner.made<unknown[]>('GET', '/api/tags/find?name=')).length, 2)
      for (const name of ['a', 'a,b', '', 'x'.repeat(51)]) {
        assert.deepEqual(Object.keys(wrongIn(await owner.send('POST', '/api/tags', { name }))), ['name'])
      }
      assert.deepEqual(wrongIn(await owner.send('POST', '/api/tags', { name: 'NIGHT' })), {
        name: ['This value is already used.'],
      })
      assert.equal((await owner.send('DELETE', `/api/tags/${made.id}`)).status, 204)
      assert.equal((await owner.send('DELETE', `/api/tags/${made.id}`)).status, 404)
    })
  })

  describe('invoices', () => {
    let id: number
    before(async () => {
      const { core } = kimai.book
      const actor = await kimai.book.again(kimai.book.actorOf('owner'))
      const invoice = await core.invoices.add(actor, {
        clientId: kimai.things.customer,
        notes: 'Thanks',
        taxes: [{ name: 'VAT', percent: decimal('21'), compound: false, taxRateId: null }],
        lines: [{ title: 'Work', quantity: decimal('2'), unitPrice: decimal('50'), taxes: [0] }],
      })
      id = invoice.id
      await core.invoices.send(actor, id, { issuedOn: '2026-04-01' as LocalDate })
    })

    test('are read with customer and user', async () => {
      const { customer, user, ...shown } = await owner.made<Record<string, unknown>>(
        'GET',
        `/api/invoices/${id}`,
      )
      assert.equal((customer as { name: string }).name, 'Acme')
      assert.equal((user as User).username, 'owner@a.example')
      assert.deepEqual(shown, {
        id,
        invoiceNumber: '2026-0001',
        comment: 'Thanks',
        createdAt: '2026-05-20T14:00:00+0200',
        total: 121,
        tax: 21,
        vat: 21,
        currency: 'EUR',
        dueDays: 14,
        status: 'pending',
        invoiceFilename: '2026-0001.pdf',
        paymentDate: null,
        overdue: true,
        metaFields: [],
      })
    })

    test('are listed by state, customer and time', async () => {
      const count = async (query: string) =>
        (await owner.made<unknown[]>('GET', `/api/invoices?${query}`)).length
      assert.equal(await count(''), 1)
      assert.equal(await count('status[]=pending&status[]=paid'), 1)
      assert.equal(await count('status[]=new'), 0)
      assert.equal(await count(`customers[]=${kimai.things.customer}`), 1)
      assert.equal(await count('customers[]=999999'), 0)
      assert.equal(await count('begin=2026-05-21T00:00:00'), 0)
      assert.equal(await count('end=2026-05-21T00:00:00'), 1)
      assert.equal((await owner.get('/api/invoices?status[]=open')).status, 400)
      assert.equal((await owner.get('/api/invoices')).headers['x-total-count'], '1')
    })

    test('are not for everyone, and come as PDF', async () => {
      assert.equal((await kimai.as('member').get('/api/invoices')).status, 403)
      assert.equal((await kimai.as('accountant').get(`/api/invoices/${id}`)).status, 200)
      const file = await kimaiClient(callBook(kimai.book, '/kimai'), pair('owner@a.example', password)).get(
        `/api/invoices/${id}/download`,
      )
      assert.deepEqual(
        [file.status, file.headers['content-type'], file.text.slice(0, 5)],
        [200, 'application/pdf', '%PDF-'],
      )
      assert.match(file.headers['content-disposition'] ?? '', /^attachment; filename\*=UTF-8''.+\.pdf$/)
      assert.equal((await kimai.as('member').get(`/api/invoices/${id}/download`)).status, 403)
      assert.equal((await kimai.as('owner', 'b').get(`/api/invoices/${id}`)).status, 404)
    })

    test('carry custom fields', async () => {
      await kimai.book.core.customFields.add(kimai.book.actorOf('owner'), {
        subjectNoun: 'invoice',
        name: 'po',
      })
      const pairs = [{ name: 'po', value: '7' }]
      const shown = await owner.made<{ metaFields: unknown }>(
        'PATCH',
        `/api/invoices/${id}/custom-fields`,
        pairs,
      )
      assert.deepEqual(shown.metaFields, pairs)
      assert.equal((await owner.send('PATCH', `/api/invoices/${id}/custom-fields`, pairs[0])).status, 400)
      assert.equal(
        (await owner.send('PATCH', `/api/invoices/${id}/custom-fields`, [{ name: 'x', value: '1' }])).status,
        404,
      )
    })
  })
})
