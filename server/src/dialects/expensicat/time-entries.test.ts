// Time entries as a client of Expensicat uses them: kept, listed page by page, changed, stopped, deleted.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import {
  type Client,
  refused,
  signedIn,
  testKeys,
  type Wire,
  type WirePage,
} from '../../../test/expensicat-door.ts'
import { createTestBook, forEachEngine, noon, type TestBook } from '../../../test/harness.ts'
import { decimal } from '../../core/decimal.ts'
import { currency } from '../../core/money.ts'
import { createIds } from './ids.ts'
import { idPurpose } from './index.ts'

const testIds = createIds(testKeys.derive(idPurpose))

type Entry = {
  id: string
  organization_id: string
  user_id: string
  project_id: string | null
  start_time: string
  end_time: string | null
  duration: number | null
  description: string
  billable: boolean
  invoice_id: string | null
  created_at: string
  updated_at: string
  user: Wire
  project: Wire | null
  invoice?: Wire | null
}

const path = '/api/v1/time-entries'
const nowhere = '01890a5d-ac96-7b7c-8f00-000000000000'

forEachEngine('Time entries at the Expensicat door', (engine) => {
  let book: TestBook
  let owner: Client
  let member: Client
  let accountant: Client
  let stranger: Client
  before(async () => {
    book = await createTestBook(engine)
    owner = await signedIn(book, 'owner')
    member = await signedIn(book, 'member')
    accountant = await signedIn(book, 'accountant')
    stranger = await signedIn(book, 'owner', 'b')
  })

  const organizationId = () => book.organizations.a
  const idOf = (noun: 'person' | 'project' | 'client', id: number) =>
    testIds.present(noun, organizationId(), id)
  const create = async (body: object = {}, by: Client = owner) => {
    const reply = await by.post(path, {
      start_time: '2026-03-02T09:00:00Z',
      end_time: '2026-03-02T10:30:00Z',
      description: 'Work',
      ...body,
    })
    assert.equal(reply.status, 201, reply.text)
    return reply.json<{ data: Entry }>().data
  }
  const read = async (id: string, by: Client = owner) =>
    (await by.get(`${path}/${id}`)).json<{ data: Entry }>().data
  const list = async (query: string, by: Client = owner) =>
    (await by.get(path + query)).json<WirePage<Entry>>()
  const project = async (more: object = {}) => {
    const actor = book.actorOf('owner')
    const client = await book.core.clients.add(actor, { name: 'Acme', currency: currency('USD') })
    const added = await book.core.projects.add(actor, {
      name: 'Rockets',
      clientId: client.id,
      hourlyRate: decimal('92.50'),
      ...more,
    })
    return { client, project: added, id: idOf('project', added.id) }
  }

  describe('Creating one', () => {
    test('answers every documented key in its order, and no invoice', async () => {
      const { id, client } = await project()
      const reply = await owner.post(path, {
        start_time: '2026-03-02T10:00:00+01:00',
        end_time: '2026-03-02T09:00:01.999Z',
        description: 'Ignition',
        project_id: id,
      })
      assert.equal(reply.status, 201)
      const person = idOf('person', book.actorOf('owner').personId)
      const { data } = reply.json<{ data: Entry }>()
      const expected = {
        id: data.id,
        organization_id: testIds.present('organization', organizationId(), organizationId()),
        user_id: person,
        project_id: id,
        start_time: '2026-03-02T09:00:00.000Z',
        end_time: '2026-03-02T09:00:01.000Z',
        duration: 1,
        description: 'Ignition',
        billable: true,
        invoice_id: null,
        created_at: new Date(noon).toISOString(),
        updated_at: new Date(noon).toISOString(),
        user: { id: person, full_name: 'owner of A', email: 'owner@a.example', avatar_url: null },
        project: {
          id,
          name: 'Rockets',
          customer_id: idOf('client', client.id),
          hourly_rate: 92.5,
          currency: 'USD',
          customer: { id: idOf('client', client.id), name: 'Acme' },
        },
      }
      assert.deepEqual(data, expected)
      assert.equal(JSON.stringify(data), JSON.stringify(expected), 'The keys stand in their order.')
      assert.match(reply.text, /"hourly_rate":92\.50,/)
      assert.deepEqual(await read(data.id), data)
    })

    test('without an end starts a running one, beside others that run', async () => {
      const first = await create({ end_time: undefined })
      const second = await create({ end_time: null })
      for (const { id } of [first, second]) {
        const { end_time, duration } = await read(id)
        assert.deepEqual([end_time, duration], [null, null])
      }
    })

    test('takes what the sample call sends, with an empty description, and a length of nothing', async () => {
      const entry = await create({ description: '', end_time: '2026-03-02T09:00:00Z', billable: false })
      assert.deepEqual(
        [entry.description, entry.duration, entry.billable, entry.project],
        ['', 0, false, null],
      )
    })

    test('belongs to the client of the project, as at every other door', async () => {
      const { id, client } = await project()
      const entry = await create({ project_id: id })
      const number = testIds.parse('time_entry', organizationId(), entry.id) ?? 0
      assert.equal((await book.core.time.read(book.actorOf('owner'), number)).clientId, client.id)
    })

    const wrong: readonly [string, object | string, string][] = [
      ['nothing', '', 'start_time'],
      ['an empty object', {}, 'start_time'],
      ['no description', { start_time: '2026-03-02T09:00:00Z' }, 'description'],
      ['a start without a zone', { start_time: '2026-03-02T09:00:00' }, 'start_time'],
      ['a day as start', { start_time: '2026-03-02' }, 'start_time'],
      ['a number as start', { start_time: 1_772_442_000 }, 'start_time'],
      ['null as start', { start_time: null }, 'start_time'],
      ['an impossible day', { start_time: '2026-02-30T09:00:00Z' }, 'start_time'],
      ['a leap second', { start_time: '2016-12-31T23:59:60Z' }, 'start_time'],
      ['the year 0000', { start_time: '0000-06-01T00:00:00Z' }, 'start_time'],
      ['the sample word', { start_time: 'string' }, 'start_time'],
      ['an end before the start', { end_time: '2026-03-02T08:59:59Z' }, 'end_time'],
      ['an end a thousand years on', { end_time: '3026-03-02T09:00:00Z' }, 'end_time'],
      ['a text for a flag', { billable: 'true' }, 'billable'],
      ['null for a flag', { billable: null }, 'billable'],
      ['a number as description', { description: 5 }, 'description'],
      ['null as description', { description: null }, 'description'],
      ['a description that is too long', { description: 'x'.repeat(20_001) }, 'description'],
      ['a project that is no UUID', { project_id: '17' }, 'project_id'],
      ['a number as project', { project_id: 17 }, 'project_id'],
    ]
    for (const [what, body, at] of wrong) {
      test(`with ${what} is refused at ${at}`, () =>
        book.unchanged(async () => {
          const whole = { start_time: '2026-03-02T09:00:00Z', description: 'Work' }
          const partial = what === 'nothing' || what === 'an empty object' || what === 'no description'
          const sent = typeof body === 'string' || partial ? body : { ...whole, ...body }
          assert.equal(refused(await owner.post(path, sent)), `400 VALIDATION_ERROR ${at}`)
        }))
    }

    test('tells everything that is wrong at once', async () => {
      const reply = await owner.post(path, { start_time: 5, end_time: 'soon', billable: 1 })
      const issues = reply.json<{ error: { details: { issues: { path: string; code: string }[] } } }>().error
        .details.issues
      assert.deepEqual(
        issues.map(({ path, code }) => `${path} ${code}`),
        [
          'description required',
          'start_time invalid_type',
          'end_time invalid_format',
          'billable invalid_type',
        ],
      )
    })

    test('in a project that is not there, or is another organization’s, is not found', () =>
      book.unchanged(async () => {
        const foreign = await book.core.projects.page(book.actorOf('owner', 'b'), {})
        assert.equal(foreign.length, 0)
        for (const id of [nowhere, idOf('project', 999_999), idOf('client', 1)]) {
          const reply = await owner.post(path, {
            start_time: '2026-03-02T09:00:00Z',
            description: '',
            project_id: id,
          })
          assert.equal(refused(reply), '404 NOT_FOUND')
        }
      }))

    test('takes no field that is not the client’s to set', async () => {
      const entry = await create({
        id: nowhere,
        user_id: idOf('person', book.actorOf('member').personId),
        organization_id: nowhere,
        duration: 1,
        invoice_id: nowhere,
        created_at: '2001-01-01T00:00:00Z',
        invoiced: true,
        hourly_rate: 1,
        __proto__: { billable: false },
      })
      const own = idOf('person', book.actorOf('owner').personId)
      assert.deepEqual(
        [entry.user_id, entry.duration, entry.invoice_id, entry.billable, entry.created_at],
        [own, 5400, null, true, new Date(noon).toISOString()],
      )
    })

    test('is for members too, not for those who only read', async () => {
      const entry = await create({}, member)
      assert.equal(entry.user_id, idOf('person', book.actorOf('member').personId))
      const guest = await signedIn(book, 'guest')
      const body = { start_time: '2026-03-02T09:00:00Z', description: '' }
      await book.unchanged(async () => assert.equal(refused(await guest.post(path, body)), '403 FORBIDDEN'))
    })
  })

  describe('Changing one', () => {
    test('by nothing changes nothing', async () => {
      const entry = await create()
      book.clock.advance(1000)
      await book.unchanged(async () => {
        for (const body of [{}, '', { description: 'Work' }, { unknown: 1 }]) {
          const reply = await owner.patch(`${path}/${entry.id}`, body)
          assert.equal(reply.status, 200, reply.text)
          assert.deepEqual(reply.json<{ data: Entry }>().data, entry)
        }
      })
    })

    test('stops it, lets it run again, moves it, and tells when', async () => {
      const { id: projectId } = await project()
      const entry = await create({ end_time: null, project_id: projectId })
      const change = async (body: object) => {
        book.clock.advance(1000)
        const reply = await owner.patch(`${path}/${entry.id}`, body)
        assert.equal(reply.status, 200, reply.text)
        return reply.json<{ data: Entry }>().data
      }
      const stopped = await change({ end_time: '2026-03-02T09:20:00Z' })
      assert.deepEqual([stopped.duration, stopped.end_time], [1200, '2026-03-02T09:20:00.000Z'])
      assert.equal(stopped.updated_at, new Date(book.clock.now).toISOString())
      assert.equal(stopped.created_at, entry.created_at)
      assert.equal((await change({ end_time: null })).duration, null)
      assert.equal((await change({ project_id: null })).project, null)
      const renamed = await change({ description: 'Other', billable: false })
      assert.deepEqual([renamed.description, renamed.billable, renamed.end_time], ['Other', false, null])
      assert.equal(
        (await change({ start_time: '2026-03-02T08:00:00Z' })).start_time,
        '2026-03-02T08:00:00.000Z',
      )
    })

    test('to an end before its start is refused, whichever of both is sent', async () => {
      const entry = await create()
      await book.unchanged(async () => {
        for (const body of [{ end_time: '2026-03-02T08:00:00Z' }, { start_time: '2026-03-02T11:00:00Z' }]) {
          const reply = await owner.patch(`${path}/${entry.id}`, body)
          assert.equal(refused(reply), '400 VALIDATION_ERROR end_time')
        }
      })
    })

    test('that is on an invoice keeps what was billed; its words may still be corrected', async () => {
      const { id, client } = await project()
      const entry = await create({ project_id: id })
      const number = testIds.parse('time_entry', organizationId(), entry.id) ?? 0
      const actor = book.actorOf('owner')
      await book.core.invoices.add(actor, { clientId: client.id, timeEntryIds: [number] })
      await book.unchanged(async () => {
        for (const body of [
          { start_time: '2026-03-02T08:00:00Z' },
          { end_time: '2026-03-02T11:00:00Z' },
          { end_time: null },
          { project_id: null },
          { billable: false },
        ]) {
          assert.equal(refused(await owner.patch(`${path}/${entry.id}`, body)), '409 CONFLICT')
        }
        assert.equal(refused(await owner.delete(`${path}/${entry.id}`)), '409 CONFLICT')
      })
      const reply = await owner.patch(`${path}/${entry.id}`, { description: 'Corrected' })
      assert.equal(reply.json<{ data: Entry }>().data.description, 'Corrected')
    })

    test('of a colleague is for managers and above; a member does not even find it', async () => {
      const entry = await create()
      const theirs = await create({}, member)
      await book.unchanged(async () => {
        assert.equal(
          refused(await member.patch(`${path}/${entry.id}`, { description: 'x' })),
          '404 NOT_FOUND',
        )
        assert.equal(
          refused(await accountant.patch(`${path}/${entry.id}`, { description: 'x' })),
          '403 FORBIDDEN',
        )
        assert.equal(
          refused(await stranger.patch(`${path}/${entry.id}`, { description: 'x' })),
          '404 NOT_FOUND',
        )
      })
      assert.equal((await owner.patch(`${path}/${theirs.id}`, { description: 'x' })).status, 200)
    })
  })

  test('Deleting one leaves nothing to find, and doing it again finds nothing', async () => {
    const entry = await create()
    const reply = await owner.delete(`${path}/${entry.id}`)
    assert.deepEqual([reply.status, reply.text], [204, ''])
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      assert.equal(refused(await owner.send(method, `${path}/${entry.id}`)), '404 NOT_FOUND')
    }
    assert.ok(!(await list('?limit=100')).data.some(({ id }) => id === entry.id))
  })

  describe('Listing them', () => {
    let shop: Awaited<ReturnType<typeof project>>
    before(async () => {
      shop = await project({ name: 'Shop' })
      const days = ['2027-01-01', '2027-01-02', '2027-01-02', '2027-01-03', '2027-01-04']
      for (const [i, day] of days.entries()) {
        await create(
          {
            start_time: `${day}T00:00:00Z`,
            end_time: `${day}T0${i + 1}:00:00Z`,
            description: i === 3 ? 'ÄRGER 100%_a' : `Listed ${i}`,
            project_id: i % 2 === 0 ? shop.id : null,
          },
          i === 1 ? member : owner,
        )
      }
    })
    const described = async (query: string, by?: Client) =>
      (await list(query, by)).data.map(({ description }) => description)
    const all = ['Listed 4', 'ÄRGER 100%_a', 'Listed 2', 'Listed 1', 'Listed 0']
    const in2027 = 'start_date=2027-01-01'

    test('shows the newest start first, of the whole organization', async () => {
      const { data, meta } = await list(`?${in2027}`)
      assert.deepEqual(
        data.map(({ description }) => description),
        all,
      )
      assert.deepEqual(meta, { count: 5, next_cursor: null })
      assert.deepEqual(Object.keys(data[0] ?? {}).slice(-3), ['user', 'project', 'invoice'])
    })

    test('takes both days inclusively, by the clock of UTC', async () => {
      assert.deepEqual(await described('?start_date=2027-01-02&end_date=2027-01-03'), all.slice(1, 4))
      assert.deepEqual(await described('?start_date=2027-01-04&end_date=2027-01-04'), all.slice(0, 1))
      assert.deepEqual(await described('?start_date=2027-01-04&end_date=2027-01-03'), [])
      assert.deepEqual(await described(`?end_date=2027-01-01&${in2027}`), ['Listed 0'])
    })

    test('finds what a description contains, in any letter case, wildcards as they are', async () => {
      for (const [q, found] of [
        ['ärger', 1],
        ['100%25_A', 1],
        ['%25', 1],
        ['_', 1],
        ['LISTED', 4],
        ['', 5],
        ['nowhere', 0],
        ["'%20or%201=1--", 0],
      ] as const) {
        assert.equal((await described(`?${in2027}&q=${q}`)).length, found, q)
      }
    })

    test('takes a project, and a user by id or as me', async () => {
      assert.deepEqual(await described(`?${in2027}&project_id=${shop.id}`), [
        'Listed 4',
        'Listed 2',
        'Listed 0',
      ])
      assert.deepEqual(await described(`?${in2027}&project_id=${shop.id.toUpperCase()}&q=4`), ['Listed 4'])
      assert.deepEqual(await described(`?${in2027}&user_id=me`, member), ['Listed 1'])
      const theirs = idOf('person', book.actorOf('member').personId)
      assert.deepEqual(await described(`?${in2027}&user_id=${theirs}`), ['Listed 1'])
      assert.equal((await described(`?${in2027}&user_id=me`)).length, 4)
    })

    test('finds nothing for ids of nothing, never everything', async () => {
      const other = testIds.present('project', book.organizations.b, 1)
      for (const id of [nowhere, other, idOf('client', 1)]) {
        assert.deepEqual(await described(`?project_id=${id}`), [])
        assert.deepEqual(await described(`?user_id=${id}`), [])
      }
    })

    test('shows a member their own entries only, whoever is asked for', async () => {
      assert.deepEqual(await described(`?${in2027}`, member), ['Listed 1'])
      const other = idOf('person', book.actorOf('owner').personId)
      assert.deepEqual(await described(`?user_id=${other}`, member), [])
      assert.deepEqual(await described('', stranger), [])
      assert.equal((await described(`?${in2027}`, accountant)).length, 5)
    })

    test('shows the invoice of an entry, here alone, to those who may read invoices', async () => {
      const entry = await create({ project_id: shop.id, description: 'On a bill' }, member)
      const number = testIds.parse('time_entry', organizationId(), entry.id) ?? 0
      const actor = book.actorOf('owner')
      const { invoices } = book.core
      const draft = await invoices.add(actor, {
        clientId: shop.client.id,
        lines: [{ title: 'Work', timeEntryIds: [number] }],
      })
      const shown = async (by: Client) => (await list('?q=on+a+bill', by)).data[0]
      const invoice = (await shown(owner))?.invoice
      const id = testIds.present('invoice', organizationId(), draft.id)
      assert.deepEqual(invoice, { id, number: null, status: 'draft', date: null, due_date: null })
      const sent = await invoices.send(actor, draft.id)
      assert.deepEqual((await shown(owner))?.invoice, {
        id,
        number: sent.number,
        status: 'sent',
        date: '2026-05-20',
        due_date: '2026-06-03',
      })
      await invoices.setState(actor, draft.id, 'paid')
      assert.equal((await shown(owner))?.invoice?.status, 'paid')
      const own = await shown(member)
      assert.deepEqual([own?.invoice_id, own?.invoice], [id, null])
      assert.equal('invoice' in (await read(entry.id)), false)
    })

    test('hides rates from those who may not see them', async () => {
      await create({ project_id: shop.id, description: 'Rated' }, member)
      const rate = async (by: Client) => (await list('?q=rated', by)).data[0]?.project?.hourly_rate
      assert.equal(await rate(owner), 92.5)
      assert.equal(await rate(member), null)
      assert.equal(await rate(accountant), 92.5)
    })

    test('shows what is renamed under its new name, and what is deleted under its last', async () => {
      await create({ project_id: shop.id, description: 'Renamed' })
      const name = async () => (await list('?q=renamed')).data[0]?.project?.name
      assert.equal(await name(), 'Shop')
      const manager = book.actorOf('manager')
      await book.core.projects.update(manager, shop.project.id, { name: 'Store' })
      assert.equal(await name(), 'Store')
      await book.core.projects.remove(manager, shop.project.id)
      assert.equal(await name(), 'Store')
      await book.core.projects.restore(manager, shop.project.id)
    })

    test('shows the new name of somebody who was renamed in another organization', async () => {
      const { core } = book
      const email = 'both@a.example'
      const input = { email, name: 'Before', password: 'correct horse', role: 'member' } as const
      const { person } = await core.organizations.addMember(book.actorOf('owner'), input)
      await core.organizations.addMember(book.actorOf('owner', 'b'), input)
      const arrival = { door: 'native', requestId: 'x', address: '' } as const
      const [here, there] = [
        await core.signIn.byLogin(email, book.organizations.a, arrival),
        await core.signIn.byLogin(email, book.organizations.b, arrival),
      ]
      const entry = await core.time.log(here, { startedAt: noon, description: 'Of both' })
      const names = async () => [
        (await list('?q=of+both')).data[0]?.user.full_name,
        (await read(testIds.present('time_entry', organizationId(), entry.id))).user.full_name,
      ]
      assert.deepEqual(await names(), ['Before', 'Before'])
      await core.organizations.updatePerson(there, person.id, { name: 'After' })
      assert.deepEqual(await names(), ['After', 'After'])
    })

    const wrong = [
      ['limit=0', 'limit'],
      ['limit=101', 'limit'],
      ['limit=-1', 'limit'],
      ['limit=1.5', 'limit'],
      ['limit=1e1', 'limit'],
      ['limit=', 'limit'],
      ['limit=ten', 'limit'],
      ['limit=1&limit=2', 'limit'],
      ['start_date=2026-1-1', 'start_date'],
      ['start_date=2026-02-30', 'start_date'],
      ['start_date=2026-01-01T00:00:00Z', 'start_date'],
      ['start_date=', 'start_date'],
      ['end_date=yesterday', 'end_date'],
      ['end_date=20260101', 'end_date'],
      ['project_id=', 'project_id'],
      ['project_id=5', 'project_id'],
      ['project_id=me', 'project_id'],
      ['user_id=', 'user_id'],
      ['user_id=ME', 'user_id'],
      ['user_id=1%20or%201=1', 'user_id'],
      ['cursor=abc', 'cursor'],
      ['cursor=%00', 'cursor'],
      ['cursor=MA', 'cursor'],
      [`q=${'x'.repeat(1001)}`, 'q'],
    ] as const
    for (const [query, at] of wrong) {
      test(`with ${query.slice(0, 40)} is refused at ${at}`, async () => {
        assert.equal(refused(await owner.get(`${path}?${query}`)), `400 VALIDATION_ERROR ${at}`)
      })
    }

    test('ignores parameters that it does not know, and takes an empty cursor as the start', async () => {
      assert.deepEqual(await described(`?${in2027}&sort=asc&cursor=&page=2`), all)
    })
  })

  describe('Paging through them', () => {
    const walk = async (
      limit: number,
      between: (page: number) => Promise<unknown> = async () => undefined,
    ) => {
      const seen: Entry[] = []
      let cursor: string | null = ''
      for (let page = 0; cursor !== null; page += 1) {
        const answer: WirePage<Entry> = await list(`?start_date=2028-01-01&limit=${limit}&cursor=${cursor}`)
        assert.equal(answer.meta.count, answer.data.length)
        assert.ok(answer.data.length > 0, 'No cursor leads to an empty page.')
        seen.push(...answer.data)
        cursor = answer.meta.next_cursor
        await between(page)
      }
      return seen.map(({ description }) => description)
    }
    const expected = Array.from({ length: 12 }, (_, i) => `Page ${11 - i}`)
    before(async () => {
      // Three at each instant, so that the id has to tell them apart.
      for (let i = 0; i < 12; i += 1) {
        await create({
          start_time: `2028-01-0${1 + Math.floor(i / 3)}T00:00:00Z`,
          end_time: null,
          description: `Page ${i}`,
        })
      }
    })

    for (const limit of [1, 2, 3, 4, 5, 11, 12, 13, 100]) {
      test(`finds each of them once, ${limit} at a time`, async () => {
        assert.deepEqual(await walk(limit), expected)
      })
    }

    test('starts with twenty', async () => {
      const { data, meta } = await list('')
      assert.equal(data.length, 20)
      assert.equal(meta.count, 20)
      assert.equal(typeof meta.next_cursor, 'string')
    })

    test('repeats nothing and leaves nothing out when others come and go meanwhile', async () => {
      const seen = await walk(5, async (page) => {
        if (page !== 0) return
        // One before the place, one behind it, and the very one that the cursor names is gone.
        await create({ start_time: '2028-06-01T00:00:00Z', end_time: null, description: 'Came before' })
        await create({ start_time: '2028-01-01T00:00:00Z', end_time: null, description: 'Came behind' })
        const named = (await list('?q=page+7&start_date=2028-01-01')).data[0]
        await owner.delete(`${path}/${named?.id}`)
      })
      assert.deepEqual(seen, [...expected.slice(0, 9), 'Came behind', ...expected.slice(9)])
    })

    test('takes no cursor of another list or another organization', async () => {
      await project()
      await project()
      const cursors = [
        (await list('?limit=1')).meta.next_cursor,
        (await owner.get('/api/v1/projects?limit=1')).json<WirePage>().meta.next_cursor,
      ]
      assert.ok(cursors.every((cursor) => typeof cursor === 'string'))
      assert.equal(refused(await stranger.get(`${path}?cursor=${cursors[0]}`)), '400 VALIDATION_ERROR cursor')
      assert.equal(refused(await owner.get(`${path}?cursor=${cursors[1]}`)), '400 VALIDATION_ERROR cursor')
    })
  })
})
