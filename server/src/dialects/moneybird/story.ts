// A small administration in which everything of this door occurs; for the tests of this folder only.

import assert from 'node:assert/strict'
import { createTestBook, type TestBook, type TestEngine } from '../../../test/harness.ts'
import { timeZone } from '../../core/day.ts'
import { decimal } from '../../core/decimal.ts'
import { callMoneybird, enter, type Moneybird } from './caller.ts'

/** The book, its owner at the door, and the ids of what there is. */
export type Story = {
  readonly book: TestBook
  readonly owner: Moneybird
  readonly ids: Readonly<
    Record<'user' | 'acme' | 'bos' | 'site' | 'billed' | 'free' | 'sent' | 'draft' | 'rate', string>
  >
}

/** Tells the story: two contacts, a project, three entries, two invoices, one of them sent and half paid. */
export async function tellStory(engine: TestEngine): Promise<Story> {
  const book = await createTestBook(engine)
  const by = book.actorOf('owner')
  await book.core.organizations.updateOrganization(by, {
    country: 'NL',
    city: 'Delft',
    timeZone: timeZone('Europe/Amsterdam'),
  })
  const owner = await enter(book, callMoneybird(book), await book.again(by))
  const made = async (path: string, body: object): Promise<string> => {
    const reply = await owner.post(path, body)
    assert.equal(reply.status, 201, reply.text)
    return reply.json<{ id: string }>().id
  }
  const user = String(by.personId)
  const field = await book.core.customFields.add(by, {
    name: 'po',
    label: 'Inkoopnummer',
    subjectNoun: 'client',
  })
  const shown = await book.core.customFields.add(by, {
    name: 'job',
    label: 'Project',
    subjectNoun: 'invoice',
  })
  const rate = String(
    (await book.core.taxRates.add(by, { name: '21% btw', percent: decimal('21'), country: 'NL' })).id,
  )
  const account = await made('/ledger_accounts', {
    ledger_account: { name: 'Omzet', account_type: 'revenue', account_id: '8000' },
  })
  const product = await made('/products', {
    product: {
      title: 'Ontwerp',
      description: 'Uur ontwerp',
      price: '95',
      identifier: 'ONTW',
      tax_rate_id: rate,
      ledger_account_id: account,
    },
  })
  const acme = await made('/contacts', {
    contact: {
      company_name: 'Acme B.V.',
      address1: 'Hoofdstraat 12',
      send_invoices_to_email: 'info@acme.example',
      custom_fields_attributes: [{ id: String(field.id), value: 'PO-1' }],
    },
  })
  await made(`/contacts/${acme}/contact_people`, {
    contact_person: { firstname: 'Piet', lastname: 'Jansen' },
  })
  await made(`/contacts/${acme}/notes`, { note: { note: 'Belt graag terug' } })
  const bos = await made('/contacts', { contact: { firstname: 'Anna', lastname: 'Bos' } })
  const site = await made('/projects', { project: { name: 'Website', budget: 10 } })
  const entry = (description: string, hour: string, more: object) =>
    made('/time_entries', {
      time_entry: {
        user_id: user,
        description,
        started_at: `2026-05-20T${hour}:00Z`,
        ended_at: `2026-05-20T${hour}:45Z`,
        ...more,
      },
    })
  const billed = await entry('Ontwerp', '08:00', {
    contact_id: acme,
    project_id: site,
    ended_at: '2026-05-20T09:30:00Z',
    paused_duration: 900,
  })
  const free = await entry('Overleg', '10:00', { contact_id: bos, billable: false })
  await made(`/time_entries/${free}/notes`, { note: { note: 'Nabellen', assignee_id: user } })
  await entry('Loopt', '11:30', { ended_at: null })
  book.clock.advance(60_000)
  await owner.patch(`/time_entries/${free}`, { time_entry: { description: 'Overleg met Anna' } })
  const sent = await made('/sales_invoices', {
    sales_invoice: {
      contact_id: acme,
      reference: 'Website mei',
      payment_conditions: 'Graag binnen veertien dagen.',
      time_entry_ids: [billed],
      custom_fields_attributes: [{ id: String(shown.id), value: 'Website' }],
      details_attributes: [
        {
          description: 'Ontwerp',
          price: '95',
          amount: '1.25 uur',
          tax_rate_id: rate,
          project_id: site,
          product_id: product,
          ledger_account_id: account,
          period: '202605..202605',
        },
        { description: 'Hosting', price: '10,50' },
      ],
    },
  })
  await owner.patch(`/sales_invoices/${sent}/send_invoice`)
  await made(`/sales_invoices/${sent}/payments`, { payment: { price: '50', payment_date: '2026-05-20' } })
  await made(`/sales_invoices/${sent}/notes`, { note: { note: 'Eerste deel is binnen' } })
  const draft = await made('/sales_invoices', { sales_invoice: { contact_id: bos } })
  await made('/webhooks', { url: 'https://example.com/hook', enabled_events: ['time_entry'] })
  return { book, owner, ids: { user, acme, bos, site, billed, free, sent, draft, rate } }
}
