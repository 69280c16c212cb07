// A small administration in which everything of the Moneybird door occurs.

import assert from 'node:assert/strict'
import { timeZone } from '../src/core/day.ts'
import { decimal } from '../src/core/decimal.ts'
import { createTestBook, type TestBook, type TestEngine } from './harness.ts'
import { callMoneybird, enter, type Moneybird } from './moneybird-client.ts'

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
  const home = { country: 'NL', city: 'Delft', timeZone: timeZone('Europe/Amsterdam') }
  await book.core.organizations.updateOrganization(by, home)
  const owner = await enter(book, callMoneybird(book), await book.again(by))
  const fields = await addFields(book)
  const goods = await addGoods(book, owner)
  const contacts = await addContacts(owner, fields.contact)
  const work = await addWork(book, owner, contacts)
  const invoices = await addInvoices(owner, { ...goods, ...contacts, ...work, ...fields })
  await make(owner, '/webhooks', { url: 'https://example.com/hook', enabled_events: ['time_entry'] })
  const user = String(by.personId)
  return { book, owner, ids: { user, ...contacts, ...work, ...invoices, rate: goods.rate } }
}

async function make(owner: Moneybird, path: string, body: object): Promise<string> {
  const reply = await owner.post(path, body)
  assert.equal(reply.status, 201, reply.text)
  return reply.json<{ id: string }>().id
}

async function addFields({ core, actorOf }: TestBook) {
  const add = async (name: string, label: string, subjectNoun: 'client' | 'invoice') =>
    String((await core.customFields.add(actorOf('owner'), { name, label, subjectNoun })).id)
  return {
    contact: await add('po', 'Inkoopnummer', 'client'),
    invoice: await add('job', 'Project', 'invoice'),
  }
}

async function addGoods({ core, actorOf }: TestBook, owner: Moneybird) {
  const high = { name: '21% btw', percent: decimal('21'), country: 'NL' }
  const rate = String((await core.taxRates.add(actorOf('owner'), high)).id)
  const account = await make(owner, '/ledger_accounts', {
    ledger_account: { name: 'Omzet', account_type: 'revenue', account_id: '8000' },
  })
  const product = await make(owner, '/products', {
    product: {
      title: 'Ontwerp',
      description: 'Uur ontwerp',
      price: '95',
      identifier: 'ONTW',
      tax_rate_id: rate,
      ledger_account_id: account,
    },
  })
  return { rate, account, product }
}

async function addContacts(owner: Moneybird, field: string) {
  const acme = await make(owner, '/contacts', {
    contact: {
      company_name: 'Acme B.V.',
      address1: 'Hoofdstraat 12',
      send_invoices_to_email: 'info@acme.example',
      custom_fields_attributes: [{ id: field, value: 'PO-1' }],
    },
  })
  await make(owner, `/contacts/${acme}/contact_people`, {
    contact_person: { firstname: 'Piet', lastname: 'Jansen' },
  })
  await make(owner, `/contacts/${acme}/notes`, { note: { note: 'Belt graag terug' } })
  const bos = await make(owner, '/contacts', { contact: { firstname: 'Anna', lastname: 'Bos' } })
  return { acme, bos }
}

async function addWork(book: TestBook, owner: Moneybird, { acme, bos }: { acme: string; bos: string }) {
  const user = String(book.actorOf('owner').personId)
  const site = await make(owner, '/projects', { project: { name: 'Website', budget: 10 } })
  const entry = (description: string, from: string, to: string | null, more: object = {}) =>
    make(owner, '/time_entries', {
      time_entry: {
        user_id: user,
        description,
        started_at: `2026-05-20T${from}Z`,
        ended_at: to === null ? null : `2026-05-20T${to}Z`,
        ...more,
      },
    })
  const where = { contact_id: acme, project_id: site, paused_duration: 900 }
  const billed = await entry('Ontwerp', '08:00:00', '09:30:00', where)
  const free = await entry('Overleg', '10:00:00', '10:00:45', { contact_id: bos, billable: false })
  await make(owner, `/time_entries/${free}/notes`, { note: { note: 'Nabellen', assignee_id: user } })
  await entry('Loopt', '11:30:00', null)
  book.clock.advance(60_000)
  await owner.patch(`/time_entries/${free}`, { time_entry: { description: 'Overleg met Anna' } })
  return { site, billed, free }
}

async function addInvoices(
  owner: Moneybird,
  ids: Record<'acme' | 'bos' | 'site' | 'billed' | 'rate' | 'product' | 'account' | 'invoice', string>,
) {
  const hours = {
    description: 'Ontwerp',
    price: '95',
    amount: '1.25 uur',
    tax_rate_id: ids.rate,
    project_id: ids.site,
    product_id: ids.product,
    ledger_account_id: ids.account,
    period: '202605..202605',
  }
  const sent = await make(owner, '/sales_invoices', {
    sales_invoice: {
      contact_id: ids.acme,
      reference: 'Website mei',
      payment_conditions: 'Graag binnen veertien dagen.',
      time_entry_ids: [ids.billed],
      custom_fields_attributes: [{ id: ids.invoice, value: 'Website' }],
      details_attributes: [hours, { description: 'Hosting', price: '10,50' }],
    },
  })
  await owner.patch(`/sales_invoices/${sent}/send_invoice`)
  await make(owner, `/sales_invoices/${sent}/payments`, {
    payment: { price: '50', payment_date: '2026-05-20' },
  })
  await make(owner, `/sales_invoices/${sent}/notes`, { note: { note: 'Eerste deel is binnen' } })
  const draft = await make(owner, '/sales_invoices', { sales_invoice: { contact_id: ids.bos } })
  return { sent, draft }
}
