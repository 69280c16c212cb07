// Every call, parameter and filter of the older public page on time entries, as it stands there.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestEngine } from '../../../test/harness.ts'
import { type Story, tellStory } from '../../../test/moneybird-story.ts'

describe('The page on time entries', () => {
  const engine = createTestEngine('sqlite')
  let story: Story
  before(async () => {
    story = await tellStory(engine)
  })

  const form = (fields: Record<string, string>) => ({
    bytes: Object.entries(fields)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&'),
    type: 'application/x-www-form-urlencoded',
  })

  test('lists with every filter it names', async () => {
    const { owner, ids } = story
    const periods = ['month', 'quarter', 'year'].flatMap((span) =>
      ['this', 'prev', 'next'].map((turn) => `${turn}_${span}`),
    )
    for (const filter of [
      'period:this_year,state:all',
      'state:all',
      'state:open',
      'state:non_billable',
      'state:open|non_billable',
      ...[...periods, '201301..201302', '20130101..20130131'].map((period) => `period:${period}`),
      `contact_id:${ids.acme}`,
      `contact_id:${ids.acme},include_nil_contacts:true`,
      'include_active:true',
      `project_id:${ids.site}`,
      `user_id:${ids.user}`,
      'day:2026-05-20',
    ]) {
      const reply = await owner.get(`/time_entries.json?filter=${encodeURIComponent(filter)}`)
      assert.equal(reply.status, 200, `${filter}: ${reply.text}`)
      assert.ok(Array.isArray(reply.json()), filter)
    }
    assert.equal((await owner.get('/time_entries.json?query=ontwerp&per_page=1')).json<object[]>().length, 1)
    assert.equal((await owner.get('/time_entries.json?per_page=1&page=2')).json<object[]>().length, 1)
  })

  test('answers the errors it names', async () => {
    const { owner } = story
    assert.equal((await owner.get('/time_entries.json?per_page=1000')).status, 400)
    assert.equal((await owner.get('/time_entries.json?filter=contact_id:1337')).status, 404)
    assert.equal((await owner.get('/time_entries.json?filter=user_id:1337')).status, 404)
    assert.equal((await owner.get('/time_entries/1337.json')).status, 404)
  })

  test('creates, changes, notes and deletes with the parameters it names', async () => {
    const { owner, ids } = story
    const at = `/${owner.administration}/time_entries`
    const invoice = (
      await owner.post('/sales_invoices', {
        sales_invoice: { contact_id: ids.acme, details_attributes: [{ description: 'x', price: 1 }] },
      })
    ).json<{ id: string; details: { id: string }[] }>()
    const created = await owner.send(
      'POST',
      `${at}.json`,
      form({
        'time_entry[user_id]': ids.user,
        'time_entry[started_at]': '2026-05-20 09:12:34 UTC',
        'time_entry[ended_at]': '2026-05-20 10:12:59 UTC',
        'time_entry[description]': 'Test',
        'time_entry[contact_id]': ids.acme,
        'time_entry[project_id]': ids.site,
        'time_entry[detail_id]': invoice.details[0]?.id ?? '',
        'time_entry[billable]': 'true',
        'time_entry[paused_duration]': '119',
      }),
    )
    assert.equal(created.status, 201, created.text)
    const entry = created.json<Record<string, unknown>>()
    assert.deepEqual(
      [entry.started_at, entry.ended_at, entry.paused_duration, entry.sales_invoice_id],
      ['2026-05-20T09:12:00.000Z', '2026-05-20T10:12:00.000Z', 60, invoice.id],
    )
    const changed = await owner.send(
      'PATCH',
      `${at}/${entry.id}.json`,
      form({ 'time_entry[description]': 'Anders' }),
    )
    assert.equal(changed.json<{ description: string }>().description, 'Anders')
    const noted = await owner.send(
      'POST',
      `${at}/${entry.id}/notes.json`,
      form({ 'note[note]': 'Bellen', 'note[todo]': 'true', 'note[assignee_id]': ids.user }),
    )
    assert.equal(noted.status, 201, noted.text)
    assert.equal(noted.json<{ todo: boolean }>().todo, true)
    const deleted = await owner.send('DELETE', `${at}/${entry.id}.json`)
    assert.deepEqual([deleted.status, deleted.text], [204, ''])
    assert.equal((await owner.get(`/time_entries/${entry.id}.json`)).status, 404)
  })

  test('refuses invalid details', async () => {
    const { owner } = story
    const reply = await owner.send(
      'POST',
      `/${owner.administration}/time_entries.json`,
      form({ 'time_entry[description]': '' }),
    )
    assert.equal(reply.status, 422)
  })
})
