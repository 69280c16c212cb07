// Time entries as clients use them: created, changed, stopped, resumed, billed and deleted.

import assert from 'node:assert/strict'
import { before, beforeEach, describe, test } from 'node:test'
import type { Reply } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, noon, type TestBook } from '../../../test/harness.ts'
import { callMoneybird, enter, type Moneybird } from '../../../test/moneybird-client.ts'
import { type Instant, timeZone } from '../../core/day.ts'

type Entry = {
  id: string
  started_at: string
  ended_at: string | null
  description: string
  paused_duration: number
  billable: boolean
  contact_id: string | null
  project_id: string | null
  sales_invoice_id: string | null
  user_id: string
  updated_at: string
  contact: { id: string; company_name: string | null; firstname: string | null } | null
  project: { name: string; budget: number | null } | null
  sales_invoice?: { id: string; time_entries: { id: string }[] } | null
  events: { action: string; user_id: string; link_entity_id: string | null; data: Record<string, unknown> }[]
  notes: { id: string; note: string }[]
}

forEachEngine('Time entries at the Moneybird door', (engine) => {
  let book: TestBook
  let owner: Moneybird
  let member: Moneybird
  let userId: string
  let contactId: string
  let projectId: string

  before(async () => {
    book = await createTestBook(engine)
    const door = callMoneybird(book)
    owner = await enter(book, door, book.actorOf('owner'))
    member = await enter(book, door, book.actorOf('member'))
    userId = String(book.actorOf('owner').personId)
    const client = await book.core.clients.add(book.actorOf('owner'), { name: 'Acme B.V.' })
    contactId = String(client.id)
    const project = await book.core.projects.add(book.actorOf('owner'), {
      name: 'Website',
      clientId: client.id,
      budgetSeconds: 36_000,
    })
    projectId = String(project.id)
  })
  beforeEach(() => {
    book.clock.now = noon
  })

  const body = (attributes: Record<string, unknown>) => ({
    time_entry: {
      user_id: userId,
      started_at: '2026-05-20T09:00:00Z',
      ended_at: '2026-05-20T10:30:00Z',
      description: 'Ontwerp',
      ...attributes,
    },
  })
  const created = async (attributes: Record<string, unknown> = {}): Promise<Entry> => {
    const reply = await owner.post('/time_entries.json', body(attributes))
    assert.equal(reply.status, 201, reply.text)
    return reply.json<Entry>()
  }
  const read = async (id: string) => (await owner.get(`/time_entries/${id}.json`)).json<Entry>()
  const patch = async (id: string, attributes: Record<string, unknown>) => {
    const reply = await owner.patch(`/time_entries/${id}.json`, { time_entry: attributes })
    assert.equal(reply.status, 200, reply.text)
    return reply.json<Entry>()
  }
  const says = (reply: Reply, status: number, expected: object) => {
    assert.equal(reply.status, status, reply.text)
    assert.deepEqual(reply.json(), expected)
  }
  const refused = async (attributes: Record<string, unknown>, status: number, expected: object) =>
    book.unchanged(async () => says(await owner.post('/time_entries', body(attributes)), status, expected))
  const wrong = (attribute: string, text: string, code: string) => ({
    error: { [attribute]: [text] },
    details: { [attribute]: [{ error: code }] },
  })
  const missing = (attribute: string) => ({
    error: 'record not found',
    symbolic: { [attribute]: 'not_found' },
  })

  describe('Creating one', () => {
    test('answers it whole, with what stands inside it', async () => {
      const entry = await created({
        contact_id: Number(contactId),
        project_id: projectId,
        paused_duration: 900,
      })
      assert.equal(entry.started_at, '2026-05-20T09:00:00.000Z')
      assert.equal(entry.ended_at, '2026-05-20T10:30:00.000Z')
      assert.deepEqual(
        [entry.user_id, entry.contact_id, entry.project_id, entry.paused_duration, entry.billable],
        [userId, contactId, projectId, 900, true],
      )
      assert.deepEqual(entry.contact, {
        id: contactId,
        firstname: null,
        lastname: null,
        company_name: 'Acme B.V.',
      })
      assert.deepEqual(entry.project, { id: projectId, name: 'Website', state: 'active', budget: 10 })
      assert.deepEqual(
        entry.events.map(({ action, data }) => [action, data]),
        [['time_entry_created', {}]],
      )
      assert.deepEqual(entry.notes, [])
      assert.deepEqual(await read(entry.id), entry)
    })

    const moments: [given: string, shown: string][] = [
      ['2026-05-20T09:00:59.999Z', '2026-05-20T09:00:00.000Z'],
      ['2026-05-20T09:00:00Z', '2026-05-20T09:00:00.000Z'],
      ['2026-05-20 09:00:30 UTC', '2026-05-20T09:00:00.000Z'],
      ['2026-05-20 09:00:00 +00:00', '2026-05-20T09:00:00.000Z'],
      ['2026-05-20T11:00:00+02:00', '2026-05-20T09:00:00.000Z'],
      ['2026-05-20 11:00:00 +0200', '2026-05-20T09:00:00.000Z'],
      ['2026-05-20 11:00', '2026-05-20T09:00:00.000Z'],
      ['2026-05-20T11:00:00', '2026-05-20T09:00:00.000Z'],
      ['2026-05-20', '2026-05-19T22:00:00.000Z'],
    ]
    for (const [given, shown] of moments) {
      test(`reads ${given}`, async () => {
        assert.equal((await created({ started_at: given })).started_at, shown)
      })
    }

    const rounded: [start: string, end: string, shown: string][] = [
      ['09:00:00', '09:00:00', '09:01'],
      ['09:00:10', '09:00:50', '09:01'],
      ['09:00:59', '09:01:00', '09:01'],
      ['09:00:59', '09:02:59', '09:02'],
    ]
    for (const [start, end, shown] of rounded) {
      test(`from ${start} to ${end} ends at ${shown}`, async () => {
        const entry = await created({ started_at: `2026-05-20T${start}Z`, ended_at: `2026-05-20T${end}Z` })
        assert.equal(entry.started_at, '2026-05-20T09:00:00.000Z')
        assert.equal(entry.ended_at, `2026-05-20T${shown}:00.000Z`)
      })
    }

    test('cuts pauses down to minutes', async () => {
      assert.equal((await created({ paused_duration: 119 })).paused_duration, 60)
      assert.equal((await created({ paused_duration: '59' })).paused_duration, 0)
    })

    test('may end in the future', async () => {
      assert.equal((await created({ ended_at: '2026-05-20T18:00:00Z' })).ended_at, '2026-05-20T18:00:00.000Z')
    })

    test('takes flags and references in every form, and ignores what it does not know', async () => {
      const entry = await created({
        billable: 'false',
        contact_id: '',
        project_id: null,
        sales_invoice_id: '',
        detail_id: null,
        customer_id: 'raycast sends this',
        id: 7,
        administration_id: 2,
        created_at: '1999-01-01',
        user: { id: 1 },
      })
      assert.deepEqual([entry.billable, entry.contact_id, entry.project_id], [false, null, null])
    })

    test('refuses everything that is wrong at once', () =>
      refused({ ended_at: '2026-05-20T08:59:00Z', description: ' ' }, 422, {
        error: { ended_at: ['cannot be before the start time'], description: ["can't be blank"] },
        details: {
          ended_at: [{ error: 'ended_at_before_started_at' }],
          description: [{ error: 'blank' }],
        },
      }))

    test('needs a start, a description and a user', async () => {
      await refused({ started_at: '' }, 422, wrong('started_at', "can't be blank", 'blank'))
      await refused({ description: undefined }, 422, wrong('description', "can't be blank", 'blank'))
      await refused({ user_id: undefined }, 422, wrong('user_id', "can't be blank", 'blank'))
      says(await owner.post('/time_entries', {}), 400, { error: 'time_entry is missing' })
      says(await owner.post('/time_entries', { time_entry: 'x' }), 400, { error: 'time_entry is missing' })
    })

    test('refuses times that are none', async () => {
      for (const text of [
        'soon',
        '2026-02-30',
        '2026-05-20T25:00',
        '2026-05-20T09:00:00+99:00',
        '0000-01-01',
      ]) {
        await refused(
          { started_at: text },
          422,
          wrong('started_at', 'is not a valid date', 'is not a valid date'),
        )
      }
    })

    test('refuses what is not there', async () => {
      await refused({ contact_id: 999999 }, 404, missing('contact_id'))
      await refused({ project_id: 'x' }, 404, missing('project_id'))
      await refused({ user_id: 999999 }, 404, missing('user_id'))
      await refused({ detail_id: 999999 }, 404, missing('detail_id'))
      await refused({ sales_invoice_id: 999999 }, 404, {
        error: 'no sales invoice with given ID found',
        symbolic: { sales_invoice_id: 'not_found' },
      })
    })

    test('refuses a pause that is none or longer than the entry', async () => {
      await refused(
        { paused_duration: 'long' },
        422,
        wrong('paused_duration', 'is not a number', 'not_a_number'),
      )
      await refused({ paused_duration: 6000 }, 422, wrong('paused_duration', 'is invalid', 'invalid'))
    })

    test('is for oneself unless the role reaches further', async () => {
      const attributes = body({}).time_entry
      says(await member.post('/time_entries', { time_entry: attributes }), 401, {
        error: 'No access to time_entries',
      })
      const own = { ...attributes, user_id: String(book.actorOf('member').personId) }
      assert.equal((await member.post('/time_entries', { time_entry: own })).status, 201)
    })
  })

  describe('A running one', () => {
    test('stops with the minute that has begun, and stays stopped', async () => {
      const { id } = await created({ ended_at: undefined })
      assert.equal((await read(id)).ended_at, null)
      book.clock.now = noon + 95_000
      const stopped = (
        await owner.send('PATCH', `/${owner.administration}/time_entries/${id}/stop.json`, {
          bytes: '',
          type: 'application/json',
        })
      ).json<Entry>()
      assert.equal(stopped.ended_at, '2026-05-20T12:01:00.000Z')
      const [, event] = stopped.events
      assert.equal(event?.action, 'time_entry_updated')
      assert.deepEqual(event?.data, {
        ended_at: [null, '2026-05-20T14:01:00.000+02:00'],
        updated_at: ['2026-05-20T14:00:00.000+02:00', '2026-05-20T14:01:35.000+02:00'],
      })
      book.clock.now = noon + 600_000
      await book.unchanged(async () => {
        assert.deepEqual((await owner.patch(`/time_entries/${id}/stop`)).json(), stopped)
      })
    })

    test('that began in this minute ends as it began', async () => {
      const { id } = await created({ started_at: '2026-05-20T12:00:00Z', ended_at: null })
      book.clock.now = noon + 20_000
      const stopped = (await owner.patch(`/time_entries/${id}/stop`)).json<Entry>()
      assert.equal(stopped.ended_at, stopped.started_at)
    })

    test('from another door, begun within this minute, ends no earlier than it began', async () => {
      book.clock.now = noon + 20_000
      const entry = await book.core.time.start(book.actorOf('owner'), {})
      book.clock.now = noon + 40_000
      const stopped = (await owner.patch(`/time_entries/${entry.id}/stop`)).json<Entry>()
      assert.equal(stopped.ended_at, '2026-05-20T12:00:20.000Z')
    })

    test('is alone: another one stops it', async () => {
      const first = await created({ ended_at: undefined })
      book.clock.now = noon + 61_000
      const second = await created({ ended_at: undefined })
      assert.equal((await read(first.id)).ended_at, '2026-05-20T12:01:00.000Z')
      assert.equal((await read(second.id)).ended_at, null)
      await owner.patch(`/time_entries/${second.id}/stop`)
    })

    test('cannot start later than now', () =>
      refused(
        { started_at: '2026-05-20T12:01:00Z', ended_at: undefined },
        422,
        wrong('started_at', 'cannot be in the future', 'in_the_future'),
      ))

    test('is stopped by older clients with an end', async () => {
      const { id } = await created({ ended_at: undefined })
      assert.equal(
        (await patch(id, { ended_at: '2026-05-20T11:00:30Z' })).ended_at,
        '2026-05-20T11:00:00.000Z',
      )
    })
  })

  describe('Resuming', () => {
    const cannot = wrong('base', 'Cannot resume timer', 'cannot_resume_timer')

    test('lets an entry of today run again, and stops the other one', async () => {
      const first = await created({ paused_duration: 60 })
      const other = await created({ ended_at: undefined })
      const resumed = (await owner.patch(`/time_entries/${first.id}/resume`)).json<Entry>()
      assert.deepEqual([resumed.ended_at, resumed.paused_duration], [null, 60])
      assert.equal((await read(other.id)).ended_at, '2026-05-20T12:00:00.000Z')
      await book.unchanged(async () =>
        says(await owner.patch(`/time_entries/${first.id}/resume`), 422, cannot),
      )
      await owner.patch(`/time_entries/${first.id}/stop`)
    })

    test('is for entries of today, as the administration counts days', async () => {
      const late = await created({ started_at: '2026-05-19T22:30:00Z', ended_at: '2026-05-19T23:00:00Z' })
      assert.equal((await owner.patch(`/time_entries/${late.id}/resume`)).status, 200)
      await owner.patch(`/time_entries/${late.id}/stop`)
      const yesterday = await created({
        started_at: '2026-05-19T21:30:00Z',
        ended_at: '2026-05-19T23:00:00Z',
      })
      says(await owner.patch(`/time_entries/${yesterday.id}/resume`), 422, cannot)
      book.clock.now = Date.parse('2026-05-20T22:00:00Z')
      says(await owner.patch(`/time_entries/${late.id}/resume`), 422, cannot)
    })

    test('is not for what is billed', async () => {
      const { id } = await created()
      await book.core.time.update(book.actorOf('owner'), Number(id), { billed: true })
      says(await owner.patch(`/time_entries/${id}/resume`), 422, cannot)
    })

    test('and stopping need an entry', async () => {
      for (const verb of ['stop', 'resume']) {
        says(await owner.patch(`/time_entries/999999/${verb}`), 404, missing('id'))
      }
    })
  })

  describe('Changing one', () => {
    test('changes the given attributes and tells what they were', async () => {
      const { id } = await created({ contact_id: contactId })
      book.clock.advance(1)
      const changed = await patch(id, { description: 'Anders', contact_id: null, user_id: 999 })
      assert.deepEqual([changed.description, changed.contact_id, changed.user_id], ['Anders', null, userId])
      const event = changed.events.at(-1)
      assert.deepEqual(event?.data.description, ['Ontwerp', 'Anders'])
      assert.deepEqual(event?.data.contact_id, [contactId, null])
      assert.deepEqual(Object.keys(event?.data ?? {}), ['description', 'contact_id', 'updated_at'])
    })

    test('with all of it as it was read changes nothing', async () => {
      const whole = await created({ contact_id: contactId, project_id: projectId, paused_duration: 60 })
      await book.unchanged(async () => {
        assert.deepEqual(await patch(whole.id, whole), whole)
        assert.deepEqual(
          (
            await owner.send('PUT', `/${owner.administration}/time_entries/${whole.id}`, {
              bytes: JSON.stringify({ time_entry: whole }),
              type: 'application/json',
            })
          ).json(),
          whole,
        )
      })
    })

    test('leaves the seconds of another door alone unless they are changed', async () => {
      const at = (text: string): Instant => Date.parse(`2026-05-20T${text}Z`)
      const entry = await book.core.time.log(book.actorOf('owner'), {
        startedAt: at('09:00:12'),
        endedAt: at('09:00:40'),
        breakSeconds: 7,
        timeZone: timeZone('Asia/Kolkata'),
        description: 'kimai',
      })
      const shown = await read(String(entry.id))
      assert.deepEqual(
        [shown.started_at, shown.ended_at, shown.paused_duration],
        ['2026-05-20T09:00:12.000Z', '2026-05-20T09:00:40.000Z', 7],
      )
      await book.unchanged(() => patch(shown.id, shown))
      assert.equal((await patch(shown.id, { description: 'x' })).started_at, '2026-05-20T09:00:12.000Z')
      const moved = await patch(shown.id, { ended_at: '2026-05-20T09:05:59Z' })
      assert.deepEqual(
        [moved.started_at, moved.ended_at],
        ['2026-05-20T09:00:12.000Z', '2026-05-20T09:05:00.000Z'],
      )
    })

    test('leaves one alone that another door left without words, or that ended as it began', async () => {
      const startedAt = Date.parse('2026-05-20T09:00:00Z')
      const entry = await book.core.time.log(book.actorOf('owner'), { startedAt, endedAt: startedAt })
      const shown = await read(String(entry.id))
      assert.deepEqual([shown.description, shown.ended_at], ['', shown.started_at])
      await book.unchanged(() => patch(shown.id, shown))
    })

    test('refuses a blank description and an end before the start', async () => {
      const { id } = await created()
      await book.unchanged(async () => {
        const sent = (attributes: object) => owner.patch(`/time_entries/${id}`, { time_entry: attributes })
        says(await sent({ description: '' }), 422, wrong('description', "can't be blank", 'blank'))
        says(
          await sent({ started_at: '2026-05-20T11:00:00Z' }),
          422,
          wrong('ended_at', 'cannot be before the start time', 'ended_at_before_started_at'),
        )
        says(await owner.patch('/time_entries/999999', body({})), 404, missing('id'))
      })
    })
  })

  describe('Billing', () => {
    const draft = async (details: object[] = []) =>
      (
        await owner.post('/sales_invoices', {
          sales_invoice: { contact_id: contactId, details_attributes: details },
        })
      ).json<{ id: string; details: { id: string }[] }>()

    test('by the entry’s invoice shows on both sides, and is undone', async () => {
      const invoice = await draft()
      const entry = await created({ sales_invoice_id: invoice.id })
      assert.equal(entry.sales_invoice_id, invoice.id)
      assert.equal(entry.sales_invoice?.id, invoice.id)
      assert.deepEqual(
        entry.sales_invoice?.time_entries.map(({ id }) => id),
        [entry.id],
      )
      const told = entry.events.find(({ action }) => action === 'time_entry_sales_invoice_created')
      assert.equal(told?.link_entity_id, invoice.id)
      const freed = await patch(entry.id, { sales_invoice_id: null })
      assert.deepEqual([freed.sales_invoice_id, freed.sales_invoice], [null, null])
    })

    test('by a line, as older clients do', async () => {
      const invoice = await draft([{ description: 'Work', price: 1 }])
      const { id } = await created()
      const entry = await patch(id, { detail_id: invoice.details[0]?.id })
      assert.equal(entry.sales_invoice_id, invoice.id)
      const stored = await book.core.time.read(book.actorOf('owner'), Number(id))
      assert.equal(String(stored.invoiceLineId), invoice.details[0]?.id)
      assert.equal((await patch(id, { sales_invoice_id: '' })).sales_invoice_id, null)
    })

    test('by another invoice moves it', async () => {
      const [first, second] = [await draft(), await draft()]
      const { id } = await created({ sales_invoice_id: first.id })
      assert.equal((await patch(id, { sales_invoice_id: second.id })).sales_invoice_id, second.id)
    })

    test('does not keep one of a draft from being deleted', async () => {
      const invoice = await draft()
      const { id } = await created({ sales_invoice_id: invoice.id })
      assert.equal((await owner.remove(`/time_entries/${id}`)).status, 204)
      says(await owner.get(`/time_entries/${id}`), 404, missing('id'))
    })

    test('keeps one of an issued invoice as it is', async () => {
      const invoice = await draft([{ description: 'Work', price: 1 }])
      const { id } = await created({ sales_invoice_id: invoice.id })
      const sending = { sales_invoice_sending: { delivery_method: 'Manual' } }
      assert.equal((await owner.patch(`/sales_invoices/${invoice.id}/send_invoice`, sending)).status, 200)
      await book.unchanged(async () => {
        for (const reply of [
          await owner.remove(`/time_entries/${id}`),
          await owner.patch(`/time_entries/${id}`, { time_entry: { sales_invoice_id: null } }),
          await owner.patch(`/time_entries/${id}`, { time_entry: { started_at: '2026-05-20T08:00:00Z' } }),
        ]) {
          assert.equal(reply.status, 422, reply.text)
          assert.deepEqual(Object.keys(reply.json<{ error: object }>().error), ['base'])
        }
      })
      assert.equal((await patch(id, { description: 'corrected' })).description, 'corrected')
    })

    test('does not show to those without access to invoices', async () => {
      const door = callMoneybird(book)
      const own = await enter(book, door, book.actorOf('member'))
      const only = await enter(book, door, book.actorOf('owner'), 'time:read', 'time:write')
      const [mine] = (await own.get('/time_entries')).json<Entry[]>()
      const [theirs] = (await only.get('/time_entries')).json<Entry[]>()
      const [all] = (await owner.get('/time_entries')).json<Entry[]>()
      assert.deepEqual(
        [mine, theirs, all].map((entry) => entry !== undefined && 'sales_invoice' in entry),
        [false, false, true],
      )
      assert.notEqual(theirs?.contact, undefined)
    })
  })

  describe('Notes', () => {
    test('and to-dos show on the entry, newest first, with their events', async () => {
      const { id } = await created()
      const add = async (note: object) =>
        (await owner.post(`/time_entries/${id}/notes.json`, { note })).json<{ id: string; todo: boolean }>()
      const first = await add({ note: 'first' })
      const second = await add({ note: 'second', assignee_id: userId })
      assert.deepEqual([first.todo, second.todo], [false, true])
      const entry = await read(id)
      assert.deepEqual(
        entry.notes.map(({ note }) => note),
        ['second', 'first'],
      )
      assert.deepEqual(
        entry.events.map(({ action }) => action),
        ['time_entry_created', 'note_created', 'todo_created'],
      )
      assert.equal((await owner.remove(`/time_entries/${id}/notes/${first.id}`)).status, 204)
      assert.deepEqual(
        (await read(id)).notes.map(({ note }) => note),
        ['second'],
      )
      says(await owner.remove(`/time_entries/${id}/notes/${first.id}`), 404, missing('id'))
    })

    test('without words, on nothing, or for nobody are refused', async () => {
      const { id } = await created()
      await book.unchanged(async () => {
        says(await owner.post(`/time_entries/${id}/notes`, { note: { note: ' ' } }), 422, {
          error: { note: ["can't be blank"], todo_type: ["can't be blank"] },
          details: { note: [{ error: 'blank' }], todo_type: [{ error: 'blank' }] },
        })
        says(await owner.post('/time_entries/999999/notes', { note: { note: 'x' } }), 400, {
          error: 'Entity is invalid; User has no permissions to notes for TimeEntry',
          symbolic: { entity: 'not_found', user: 'insufficient_permissions' },
        })
        says(
          await owner.post(`/time_entries/${id}/notes`, { note: { note: 'x', assignee_id: 999999 } }),
          404,
          missing('assignee_id'),
        )
        says(await owner.post(`/time_entries/${id}/notes`, {}), 400, {
          error: 'Note is required',
          symbolic: { note: 'required' },
        })
      })
    })
  })
})
