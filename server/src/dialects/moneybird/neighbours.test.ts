// What stands around time entries: contacts, projects, invoices, products and the rest, as clients use them.

import assert from 'node:assert/strict'
import { before, beforeEach, describe, test } from 'node:test'
import type { Reply } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, noon, type TestBook } from '../../../test/harness.ts'
import { callMoneybird, enter, type Moneybird } from '../../../test/moneybird-client.ts'
import { decimal } from '../../core/decimal.ts'

type Thing = Record<string, unknown> & { id: string }

forEachEngine('Around time entries at the Moneybird door', (engine) => {
  let book: TestBook
  let owner: Moneybird

  before(async () => {
    book = await createTestBook(engine)
    owner = await enter(book, callMoneybird(book), book.actorOf('owner'))
  })
  beforeEach(() => {
    book.clock.now = noon
  })

  const ok = async (reply: Promise<Reply>, status = 200): Promise<Thing> => {
    const found = await reply
    assert.equal(found.status, status, found.text)
    return status === 204 ? { id: '' } : found.json<Thing>()
  }
  const says = async (reply: Promise<Reply>, status: number, expected: object) => {
    const found = await reply
    assert.equal(found.status, status, found.text)
    assert.deepEqual(found.json(), expected)
  }
  const notFound = { error: 'record not found', symbolic: { id: 'not_found' } }
  const wrong = (attribute: string, text: string, code: string) => ({
    error: { [attribute]: [text] },
    details: { [attribute]: [{ error: code }] },
  })
  const contact = (attributes: object) => ok(owner.post('/contacts', { contact: attributes }), 201)
  const list = async (path: string) => (await owner.get(path)).json<Thing[]>()
  const names = async (path: string) =>
    (await list(path)).map((one) => one.company_name || one.lastname || one.name)

  describe('Projects', () => {
    test('are made, changed, archived when in use, else deleted', async () => {
      const project = await ok(owner.post('/projects', { project: { name: 'Site', budget: 100 } }), 201)
      assert.deepEqual(project, { id: project.id, name: 'Site', state: 'active', budget: 100 })
      await says(owner.get(`/projects/${project.id}`), 200, project)
      assert.equal(
        (await ok(owner.patch(`/projects/${project.id}`, { project: { budget: '' } }))).budget,
        null,
      )
      const used = await ok(owner.post('/projects', { project: { name: 'Used' } }), 201)
      await book.core.time.start(book.actorOf('owner'), { projectId: Number(used.id) })
      await ok(owner.remove(`/projects/${used.id}`), 204)
      await ok(owner.remove(`/projects/${project.id}`), 204)
      assert.equal((await ok(owner.get(`/projects/${used.id}`))).state, 'archived')
      await says(owner.get(`/projects/${project.id}`), 404, {
        error: 'Record not found for model name: Project',
      })
      await says(owner.remove(`/projects/${project.id}`), 404, notFound)
      await says(owner.patch('/projects/999', { project: { name: 'x' } }), 404, notFound)
      assert.deepEqual(await names('/projects?query=ignored'), [])
      assert.deepEqual(await names('/projects?filter=state:archived'), ['Used'])
      assert.deepEqual(await names('/projects?filter=state:all'), ['Used'])
    })

    test('need a name of their own', async () => {
      await ok(owner.post('/projects', { project: { name: 'Twin' } }), 201)
      await book.unchanged(async () => {
        await says(
          owner.post('/projects', { project: { name: 'twin ' } }),
          422,
          wrong('name', 'has already been taken', 'taken'),
        )
        await says(
          owner.post('/projects', { project: { name: ' ' } }),
          422,
          wrong('name', "can't be blank", 'blank'),
        )
        await says(owner.post('/projects', {}), 400, { error: 'project is missing' })
      })
    })

    test('come in pages of 25', async () => {
      for (let i = 0; i < 27; i += 1) await ok(owner.post('/projects', { project: { name: `P${i}` } }), 201)
      const reply = await owner.get('/projects')
      assert.equal(reply.json<object[]>().length, 25)
      await says(owner.get('/projects?page=0'), 400, {
        error: 'Page is too small',
        symbolic: { page: 'min' },
      })
      await says(owner.get('/projects?per_page=x'), 400, {
        error: 'per_page is invalid, per_page does not have a valid value',
      })
      await says(owner.get('/sales_invoices?page=0'), 400, { error: 'page does not have a valid value' })
      for (const size of ['0', '101', '-1', '1e1', '99999999999999']) {
        const path = `/contacts?per_page=${size}`
        await says(owner.get(path), 400, { error: 'per_page does not have a valid value' })
      }
    })
  })

  describe('Contacts', () => {
    test('are companies with a person, or persons alone', async () => {
      const company = await contact({
        company_name: 'Acme B.V.',
        firstname: 'Jan',
        lastname: 'de Boer',
        email: 'a@acme.example',
      })
      assert.deepEqual(
        [
          company.company_name,
          company.firstname,
          company.lastname,
          company.email,
          company.send_invoices_to_email,
        ],
        ['Acme B.V.', 'Jan', 'de Boer', 'a@acme.example', 'a@acme.example'],
      )
      const person = await contact({ firstname: 'Anna Maria', lastname: 'Bos' })
      assert.deepEqual([person.company_name, person.firstname, person.lastname], ['', 'Anna Maria', 'Bos'])
      const client = await book.core.clients.read(book.actorOf('owner'), Number(person.id))
      assert.deepEqual([client.name, client.contactPerson], ['Anna Maria Bos', 'Anna Maria Bos'])
      const renamed = await ok(
        owner.patch(`/contacts/${company.id}`, { contact: { lastname: '', phone: '123', email: 'ignored' } }),
      )
      assert.deepEqual(
        [renamed.firstname, renamed.lastname, renamed.phone, renamed.email],
        ['Jan', '', '123', 'a@acme.example'],
      )
    })

    test('of other doors have their contact person as first and last name', async () => {
      const client = await book.core.clients.add(book.actorOf('owner'), {
        name: 'Kimai customer',
        contactPerson: 'Dana van Dijk',
      })
      const shown = await ok(owner.get(`/contacts/${client.id}`))
      assert.deepEqual(
        [shown.company_name, shown.firstname, shown.lastname],
        ['Kimai customer', 'Dana', 'van Dijk'],
      )
    })

    test('keep what only this door knows', async () => {
      const given = {
        chamber_of_commerce: '123',
        sepa_iban: 'NL13TEST0123456789',
        email_ubl: 'true',
        delivery_method: 'Manual',
      }
      const made = await contact({ company_name: 'Keeper', ...given })
      const read = await ok(owner.get(`/contacts/${made.id}`))
      assert.deepEqual(
        [read.chamber_of_commerce, read.sepa_iban, read.email_ubl, read.delivery_method],
        ['123', 'NL13TEST0123456789', true, 'Manual'],
      )
      const cleared = await ok(
        owner.patch(`/contacts/${made.id}`, { contact: { sepa_iban: '', email_ubl: false } }),
      )
      assert.deepEqual(
        [cleared.sepa_iban, cleared.email_ubl, cleared.chamber_of_commerce],
        ['', false, '123'],
      )
    })

    test('have customer ids of their own, by which they are found', async () => {
      const first = await contact({ company_name: 'Numbered', customer_id: 'K-77' })
      assert.equal((await ok(owner.get('/contacts/customer_id/K-77.json'))).id, first.id)
      const taken = wrong('customer_id', 'is already in use', 'is already in use')
      await says(owner.post('/contacts', { contact: { company_name: 'x', customer_id: 'k-77' } }), 422, taken)
      const next = await contact({ company_name: 'Auto' })
      assert.match(String(next.customer_id), /^\d+$/)
      await says(owner.get('/contacts/customer_id/none'), 404, {
        error: 'record not found',
        symbolic: { customer_id: 'not_found' },
      })
    })

    test('need a name', async () => {
      const required = { error: 'is required' }
      await says(owner.post('/contacts', { contact: { phone: '1' } }), 422, {
        error: { company_name: ['is required'], firstname: ['is required'], lastname: ['is required'] },
        details: { company_name: [required], firstname: [required], lastname: [required] },
      })
      await says(owner.post('/contacts', {}), 400, {
        error: 'Contact is required',
        symbolic: { contact: 'required' },
      })
    })

    test('are searched, filtered and archived', async () => {
      await contact({ company_name: 'Zoek BV', city: 'Almelo', firstname: 'Ko', lastname: 'Zeil' })
      const gone = await contact({ company_name: 'Zoek oud' })
      await ok(owner.patch(`/contacts/${gone.id}/archive`), 204)
      await says(owner.patch(`/contacts/${gone.id}/archive`), 400, {
        error: 'Contact can not be archived',
        symbolic: { id: 'can_not_be_archived' },
      })
      assert.deepEqual(await names('/contacts?query=zoek'), ['Zoek BV'])
      assert.deepEqual(await names('/contacts?query=ALMELO'), ['Zoek BV'])
      assert.deepEqual(await names('/contacts?query=zoek&include_archived=true'), ['Zoek BV', 'Zoek oud'])
      assert.deepEqual(await names('/contacts?query=%25'), [])
      assert.deepEqual(await names('/contacts?contact_field=city&contact_value=Almelo'), ['Zoek BV'])
      assert.equal((await owner.get('/contacts?contact_field=__proto__&contact_value=x')).status, 400)
      assert.deepEqual(await names('/contacts/filter?filter=first_name:ko,last_name:ZEIL'), ['Zoek BV'])
      assert.deepEqual(await names('/contacts/filter?filter=created_after:2026-05-20T12:00:00Z'), [])
      const before = await names('/contacts/filter?filter=created_after:2026-05-20 11:59:59 UTC')
      assert.ok(before.includes('Zoek BV'))
      assert.equal((await owner.get('/contacts/filter?filter=created_after:soon')).status, 400)
      assert.equal((await owner.get('/contacts/filter?filter=contact_type:company')).status, 400)
    })

    test('have people and notes', async () => {
      const made = await contact({ company_name: 'People' })
      const at = `/contacts/${made.id}/contact_people`
      const person = await ok(
        owner.post(at, { contact_person: { firstname: 'P', lastname: 'Q', department: 'R&D' } }),
        201,
      )
      assert.equal(person.contact_id, made.id)
      await ok(owner.patch(`${at}/${person.id}`, { contact_person: { phone: '12' } }))
      await ok(owner.post(`/contacts/${made.id}/notes`, { note: { note: 'hi', todo: true } }), 201)
      const shown = await ok(owner.get(`/contacts/${made.id}`))
      assert.deepEqual(
        (shown.contact_people as Thing[]).map(({ firstname, phone }) => [firstname, phone]),
        [['P', '12']],
      )
      assert.deepEqual(
        (shown.notes as Thing[]).map(({ note, entity_type }) => [note, entity_type]),
        [['hi', 'Contact']],
      )
      assert.ok((shown.events as Thing[]).some(({ action }) => action === 'todo_created'))
      const other = await contact({ company_name: 'Not theirs' })
      await says(owner.get(`/contacts/${other.id}/contact_people/${person.id}`), 404, notFound)
      await ok(owner.remove(`${at}/${person.id}`), 204)
      await says(owner.get(`${at}/${person.id}`), 404, notFound)
      await says(
        owner.post(at, { contact_person: { firstname: 'P' } }),
        422,
        wrong('lastname', "can't be blank", 'blank'),
      )
    })

    test('are synchronized by versions', async () => {
      const made = await contact({ company_name: 'Sync' })
      const versionOf = async () =>
        (await list('/contacts/synchronization')).find(({ id }) => id === made.id)?.version as number
      const version = await versionOf()
      assert.equal(version, made.version)
      book.clock.advance(5000)
      await ok(owner.patch(`/contacts/${made.id}`, { contact: { city: 'Ede' } }))
      assert.equal(await versionOf(), version + 5)
      const [whole] = (
        await owner.post('/contacts/synchronization', { ids: { 0: made.id, 1: '99999' } })
      ).json<Thing[]>()
      assert.deepEqual(whole, await ok(owner.get(`/contacts/${made.id}`)))
      await says(owner.post('/contacts/synchronization', {}), 400, {
        error: 'Ids is required',
        symbolic: { ids: 'required' },
      })
      await says(owner.post('/contacts/synchronization', { ids: 'x' }), 400, {
        error: "Ids isn't an array",
        symbolic: { ids: 'array' },
      })
    })

    test('stay while something belongs to them', async () => {
      const used = await contact({ company_name: 'In use' })
      const entry = await book.core.time.start(book.actorOf('owner'), { clientId: Number(used.id) })
      await says(owner.remove(`/contacts/${used.id}`), 422, wrong('base', 'Contact is in use', 'in_use'))
      await book.core.time.remove(book.actorOf('owner'), entry.id)
      await ok(owner.remove(`/contacts/${used.id}`), 204)
      await says(owner.get(`/contacts/${used.id}`), 404, notFound)
    })

    test('carry custom fields', async () => {
      const by = book.actorOf('owner')
      const field = await book.core.customFields.add(by, {
        name: 'po',
        label: 'Purchase order',
        subjectNoun: 'client',
      })
      const made = await contact({
        company_name: 'Custom',
        custom_fields_attributes: { 0: { id: String(field.id), value: 'PO-1' } },
      })
      assert.deepEqual(made.custom_fields, [{ id: String(field.id), name: 'Purchase order', value: 'PO-1' }])
      assert.deepEqual(await list('/custom_fields'), [
        {
          id: String(field.id),
          administration_id: owner.administration,
          name: 'Purchase order',
          source: 'contact',
        },
      ])
    })
  })

  describe('Sales invoices', () => {
    let clientId: string
    let high: number
    before(async () => {
      clientId = (await contact({ company_name: 'Billed', send_invoices_to_email: 'b@x.example' })).id
      const by = book.actorOf('owner')
      high = (await book.core.taxRates.add(by, { name: '21% btw', percent: decimal('21') })).id
    })
    const invoice = (attributes: object) =>
      ok(owner.post('/sales_invoices', { sales_invoice: { contact_id: clientId, ...attributes } }), 201)
    const details = (whole: Thing) => whole.details as Thing[]

    test('add up to the cent, with tax and discount', async () => {
      const made = await invoice({
        discount: '10',
        details_attributes: [
          {
            description: 'Hours',
            price: '95,50',
            amount: '1.5 uur',
            tax_rate_id: String(high),
            period: '202605..202605',
          },
          { description: 'Fixed', price: 10.25 },
        ],
      })
      assert.deepEqual(
        details(made).map((line) => [
          line.amount,
          line.amount_decimal,
          line.price,
          line.period,
          line.tax_rate_id,
          line.total_price_excl_tax_with_discount,
        ]),
        [
          ['1.5 uur', '1.5', '95.5', '20260501..20260531', String(high), '128.93'],
          ['1 x', '1.0', '10.25', null, null, '9.23'],
        ],
      )
      assert.deepEqual(
        [made.total_price_excl_tax, made.total_price_incl_tax, made.total_discount, made.discount],
        ['138.15', '165.22', '15.35', '10.0'],
      )
      assert.deepEqual(made.tax_totals, [
        {
          tax_rate_id: String(high),
          taxable_amount: '128.93',
          taxable_amount_base: '128.93',
          tax_amount: '27.07',
          tax_amount_base: '27.07',
        },
      ])
    })

    test('with prices that have the tax in them', async () => {
      const made = await invoice({
        prices_are_incl_tax: true,
        details_attributes: [{ price: '121', tax_rate_id: high }],
      })
      assert.deepEqual([made.total_price_excl_tax, made.total_price_incl_tax], ['100.0', '121.0'])
      assert.equal(details(made)[0]?.total_price_excl_tax_with_discount, '100.0')
    })

    test('change line by line, and keep the order that is asked for', async () => {
      const made = await invoice({
        details_attributes: [
          { description: 'b', price: 1, row_order: 2 },
          { description: 'a', price: 2, row_order: 1 },
        ],
      })
      const [a, b] = details(made)
      assert.deepEqual([a?.description, b?.description], ['a', 'b'])
      const changed = await ok(
        owner.patch(`/sales_invoices/${made.id}`, {
          sales_invoice: {
            reference: 'R',
            details_attributes: [
              { id: a?.id, _destroy: '1' },
              { id: b?.id, amount: '3 stuks' },
              { description: 'c', price: 5, tax_rate_id: high },
            ],
          },
        }),
      )
      assert.deepEqual(
        details(changed).map(({ id, description, amount }) => [id === b?.id, description, amount]),
        [
          [true, 'b', '3 stuks'],
          [false, 'c', '1 x'],
        ],
      )
      assert.deepEqual([changed.reference, changed.total_price_incl_tax], ['R', '9.05'])
      await book.unchanged(async () => {
        const reply = await owner.patch(`/sales_invoices/${made.id}`, {
          sales_invoice: { details_attributes: [{ id: '999999', price: 1 }] },
        })
        assert.equal(reply.status, 422)
      })
    })

    test('bill entries as a whole and by line, and free them', async () => {
      const entry = async () =>
        String(
          (await book.core.time.log(book.actorOf('owner'), { startedAt: noon - 60_000, endedAt: noon })).id,
        )
      const [whole, line] = [await entry(), await entry()]
      const made = await invoice({
        time_entry_ids: [whole],
        details_attributes: [{ description: 'x', price: 1, time_entry_ids: [Number(line)] }],
      })
      const linked = async (id: string) => (await ok(owner.get(`/time_entries/${id}`))).sales_invoice_id
      assert.deepEqual([await linked(whole), await linked(line)], [made.id, made.id])
      await ok(owner.patch(`/sales_invoices/${made.id}`, { sales_invoice: { time_entry_ids: [] } }))
      assert.deepEqual([await linked(whole), await linked(line)], [null, made.id])
      await ok(owner.remove(`/sales_invoices/${made.id}`), 204)
      assert.equal(await linked(line), null)
      await says(
        owner.post('/sales_invoices', {
          sales_invoice: { contact_id: clientId, time_entry_ids: ['999999'] },
        }),
        404,
        {
          error: 'record not found',
          symbolic: { time_entry_ids: 'not_found' },
        },
      )
    })

    test('are sent, paid and found', async () => {
      const empty = await invoice({ reference: 'SENT-1', first_due_interval: 30 })
      const at = `/sales_invoices/${empty.id}`
      await says(owner.patch(`${at}/send_invoice`), 400, {
        error: 'details cannot be empty',
        symbolic: { sales_invoice: 'details_cannot_be_empty' },
      })
      await ok(owner.patch(at, { sales_invoice: { details_attributes: [{ price: 100 }] } }))
      assert.deepEqual([empty.state, empty.invoice_id, typeof empty.draft_id], ['draft', null, 'number'])
      const sent = await ok(owner.patch(`${at}/send_invoice.json`))
      assert.deepEqual(
        [sent.state, sent.invoice_date, sent.due_date, sent.sent_at, sent.draft_id],
        ['open', '2026-05-20', '2026-06-19', '2026-05-20', null],
      )
      assert.match(String(sent.invoice_id), /^2026-\d{4}$/)
      assert.equal(
        (await ok(owner.get(`/sales_invoices/find_by_invoice_id/${sent.invoice_id}.json`))).id,
        empty.id,
      )
      assert.equal((await ok(owner.get('/sales_invoices/find_by_reference/SENT-1'))).id, empty.id)
      await says(owner.get('/sales_invoices/find_by_invoice_id/1337'), 404, {
        error: 'Sales invoice with invoice_id: 1337 was not found',
        symbolic: { invoice_id: 'not_found' },
      })
      book.clock.now = Date.parse('2026-06-19T21:59:00Z')
      assert.equal((await ok(owner.get(at))).state, 'open')
      book.clock.now = Date.parse('2026-06-19T22:00:00Z')
      assert.equal((await ok(owner.get(at))).state, 'late')
      assert.ok((await list('/sales_invoices?filter=state:late')).some(({ id }) => id === empty.id))
      const payment = await ok(
        owner.post(`${at}/payments`, { payment: { price: '40', payment_date: '2026-06-20' } }),
        201,
      )
      assert.deepEqual([payment.price, payment.invoice_id], ['40.0', empty.id])
      assert.equal((await ok(owner.get(at))).total_unpaid, '60.0')
      await ok(owner.post(`${at}/payments`, { payment: { price: '60', payment_date: '2026-06-21' } }), 201)
      const paid = await ok(owner.get(at))
      assert.deepEqual([paid.state, paid.total_paid, paid.paid_at], ['paid', '100.0', '2026-06-19'])
      assert.deepEqual(
        (paid.events as Thing[]).map(({ action }) => action),
        [
          'sales_invoice_created',
          'sales_invoice_updated',
          'sales_invoice_state_changed_to_open',
          'sales_invoice_updated',
          'sales_invoice_state_changed_to_paid',
        ].filter((action, i, all) => i === all.indexOf(action) || action === 'sales_invoice_updated'),
      )
      await says(owner.remove(at), 422, wrong('base', 'The invoice has payments.', 'invoice_paid'))
      await ok(owner.remove(`${at}/payments/${payment.id}`), 204)
      assert.equal((await ok(owner.get(at))).state, 'late')
      await says(owner.remove(`${at}/payments/${payment.id}`), 404, notFound)
    })

    test('take no more than what is unpaid, and nothing below zero', async () => {
      const made = await invoice({ details_attributes: [{ price: 10 }] })
      for (const price of ['10.01', '-1', '0']) {
        await says(
          owner.post(`/sales_invoices/${made.id}/payments`, {
            payment: { price, payment_date: '2026-05-20' },
          }),
          422,
          wrong('price', 'is invalid', 'invalid'),
        )
      }
    })

    test('inside an entry are cut where they would fill a page of entries with themselves', async () => {
      const details = Array.from({ length: 201 }, (_, i) => ({ description: `${i}`, price: 1 }))
      const entry = await book.core.time.log(book.actorOf('owner'), {
        startedAt: noon - 60_000,
        endedAt: noon,
      })
      const made = await invoice({ details_attributes: details, time_entry_ids: [String(entry.id)] })
      assert.equal((made.details as Thing[]).length, 201)
      const shown = (await ok(owner.get(`/time_entries/${entry.id}`))).sales_invoice as Thing
      assert.deepEqual([shown.id, (shown.details as Thing[]).length], [made.id, 200])
    })

    test('need an address for a delivery by e-mail', async () => {
      const silent = await contact({ company_name: 'No mail' })
      const made = await invoice({ contact_id: silent.id, details_attributes: [{ price: 1 }] })
      const send = (sending: object) =>
        owner.patch(`/sales_invoices/${made.id}/send_invoice`, { sales_invoice_sending: sending })
      await says(send({}), 422, wrong('email_address', "can't be blank", 'blank'))
      await says(
        send({ delivery_method: 'Pigeon' }),
        422,
        wrong('delivery_method', 'is not included in the list', 'inclusion'),
      )
      await ok(send({ delivery_method: 'Manual' }))
    })

    test('are filtered by state, period, contact and reference', async () => {
      const ids = async (query: string) => (await list(`/sales_invoices?${query}`)).map(({ id }) => id)
      const old = await invoice({ invoice_date: '2024-03-31', reference: 'OLD' })
      const draft = await invoice({ reference: 'NEW' })
      assert.ok(!(await ids('')).includes(old.id))
      assert.ok((await ids('')).includes(draft.id))
      assert.deepEqual(await ids('filter=period:202403..202403'), [old.id])
      assert.deepEqual(await ids('filter=reference:OLD'), [old.id])
      assert.deepEqual(await ids('filter=state:paid|uncollectible'), [])
      assert.ok((await ids('filter=state:draft')).includes(old.id))
      assert.deepEqual(await ids('filter=contact_id:999999'), [])
      assert.deepEqual(await ids('filter=recurring_sales_invoice_id:1'), [])
      await says(owner.get('/sales_invoices?filter=period:202403'), 400, {
        error: 'Period must have both a start and end date',
      })
      await says(owner.get('/sales_invoices/synchronization?filter=state:foo'), 400, {
        error: 'Status is not included in the list',
        symbolic: { filter: 'invalid' },
      })
      const versions = await list('/sales_invoices/synchronization?filter=nothing:1')
      assert.ok(versions.some(({ id }) => id === old.id))
      const [whole] = (await owner.post('/sales_invoices/synchronization', { ids: [old.id] })).json<Thing[]>()
      assert.deepEqual(whole, await ok(owner.get(`/sales_invoices/${old.id}`)))
    })

    test('are refused with what is wrong', async () => {
      await book.unchanged(async () => {
        const post = (body: object) => owner.post('/sales_invoices', body)
        await says(post({}), 400, {
          error: 'Sales invoice is required',
          symbolic: { sales_invoice: 'required' },
        })
        await says(post({ sales_invoice: {} }), 422, wrong('contact_id', "can't be blank", 'blank'))
        const gone = (attribute: string) => ({
          error: 'record not found',
          symbolic: { [attribute]: 'not_found' },
        })
        await says(post({ sales_invoice: { contact_id: 999999 } }), 404, gone('contact_id'))
        const line = (attributes: object) =>
          post({ sales_invoice: { contact_id: clientId, details_attributes: [attributes] } })
        await says(line({ tax_rate_id: 999999 }), 404, gone('tax_rate_id'))
        await says(line({ project_id: 999999 }), 404, gone('details.project_id'))
        await says(line({ price: 'much' }), 422, wrong('price', 'is not a number', 'not_a_number'))
        await says(line({ price: '1e400' }), 422, wrong('price', 'is not a number', 'not_a_number'))
        await says(line({ period: '2026' }), 400, { error: 'Period is invalid' })
        await says(
          post({ sales_invoice: { contact_id: clientId, currency: 'XYZ' } }),
          422,
          wrong('currency', 'is not included in the list', 'inclusion'),
        )
        await says(
          post({ sales_invoice: { contact_id: clientId, discount: '101' } }),
          422,
          wrong('discount', 'is invalid', 'invalid'),
        )
      })
    })

    test('may come unwrapped, as the command-line tool sends them', async () => {
      await ok(owner.post('/sales_invoices', { contact_id: clientId, reference: 'bare' }), 201)
    })
  })

  describe('Products and accounts', () => {
    test('are kept', async () => {
      const account = await ok(
        owner.post('/ledger_accounts', { ledger_account: { name: 'Omzet', account_type: 'revenue' } }),
        201,
      )
      assert.ok((account.allowed_document_types as string[]).includes('sales_invoice'))
      const product = await ok(
        owner.post('/products', {
          product: { description: 'Hour', price: '95,5', identifier: 'H', ledger_account_id: account.id },
        }),
        201,
      )
      assert.deepEqual(
        [product.title, product.price, product.currency, product.ledger_account_id],
        ['Hour', '95.5', 'EUR', account.id],
      )
      assert.equal((await ok(owner.get('/products/identifier/H.json'))).id, product.id)
      await says(owner.get('/products/identifier/none'), 404, {
        error: 'Record not found for model name: Product',
      })
      await ok(owner.patch(`/products/${product.id}`, { product: { price: 100 } }))
      assert.deepEqual(
        (await list('/products?query=hou&currency=EUR&active=true')).map(({ price }) => price),
        ['100.0'],
      )
      assert.deepEqual(await list('/products?currency=USD'), [])
      await ok(owner.remove(`/products/${product.id}`), 204)
      await says(owner.get(`/products/${product.id}`), 404, {
        error: 'Record not found for model name: Product',
      })
      await ok(owner.patch(`/ledger_accounts/${account.id}`, { ledger_account: { name: 'Revenue' } }))
      assert.deepEqual(
        (await list('/ledger_accounts')).map(({ name }) => name),
        ['Revenue'],
      )
      await ok(owner.remove(`/ledger_accounts/${account.id}`), 204)
      await says(owner.get(`/ledger_accounts/${account.id}`), 404, {
        error: 'Record not found for model name: Category',
      })
    })

    test('tax rates are filtered', async () => {
      const rates = async (filter: string) =>
        (await list(`/tax_rates?filter=${filter}`)).map(({ name }) => name)
      assert.deepEqual(await rates('percentage:21.0'), ['21% btw'])
      assert.deepEqual(await rates('partial_name:BTW,active:true,tax_rate_type:sales_invoice'), ['21% btw'])
      assert.deepEqual(await rates('name:21'), [])
      assert.deepEqual(await rates('tax_rate_type:purchase_invoice'), [])
    })
  })

  describe('Users', () => {
    test('are the members, accountants and former ones when asked for', async () => {
      const types = async (query: string) => (await list(`/users${query}`)).map(({ user_type }) => user_type)
      assert.deepEqual(await types('?page=3'), ['owner', 'employee', 'employee', 'employee', 'end_user'])
      assert.ok((await types('?include_accountants=true')).includes('accountant'))
      const by = book.actorOf('owner')
      await book.core.organizations.removeMember(by, book.actorOf('guest').personId)
      assert.equal((await types('')).length, 4)
      const former = (await list('/users?include_inactive=true')).at(-1)
      assert.deepEqual(Object.keys(former ?? {}), ['id', 'name', 'created_at', 'updated_at'])
    })
  })

  describe('Webhooks', () => {
    test('are kept with a secret that is told once, and nothing is fetched', async () => {
      const made = await ok(
        owner.post('/webhooks', {
          url: 'http://127.0.0.1:1/',
          enabled_events: { 0: 'time_entry', 1: 'note_created' },
        }),
        201,
      )
      assert.match(String(made.secret), /^[0-9a-f]{64}$/)
      assert.match(String(made.token), /^[0-9a-f]{24}$/)
      assert.deepEqual(made.enabled_events, ['time_entry', 'note_created'])
      const [shown] = await list('/webhooks')
      assert.ok(shown !== undefined && !('secret' in shown))
      const off = await ok(owner.patch(`/webhooks/${made.id}/deactivate`))
      assert.equal(off.deactivated_at, '2026-05-20T12:00:00.000Z')
      assert.equal((await ok(owner.patch(`/webhooks/${made.id}/activate`))).deactivated_at, null)
      await ok(owner.remove(`/webhooks/${made.id}`), 204)
      await says(owner.remove(`/webhooks/${made.id}`), 404, notFound)
      await says(owner.patch(`/webhooks/${made.id}/activate`), 404, {
        error: 'Record not found for model name: Webhook',
      })
    })

    test('need an address, and know enabled_events only', async () => {
      await book.unchanged(async () => {
        await says(owner.post('/webhooks', {}), 400, {
          error: 'Url is required',
          symbolic: { url: 'required' },
        })
        await says(owner.post('/webhooks', { url: 'http://x.example', events: ['x'] }), 400, {
          error: "'events' has been removed from webhooks, use 'enabled_events'",
          symbolic: { events: 'removed' },
        })
        await says(
          owner.post('/webhooks', { url: 'file:///etc/passwd' }),
          422,
          wrong('url', 'is invalid', 'invalid'),
        )
      })
    })
  })

  describe('What there is one of', () => {
    test('has the id of the administration', async () => {
      for (const path of ['/workflows', '/document_styles', '/identities']) {
        assert.deepEqual(
          (await list(path)).map(({ id }) => id),
          [owner.administration],
        )
      }
      assert.equal((await ok(owner.get('/identities/default'))).company_name, 'A')
      assert.equal((await ok(owner.get(`/identities/${owner.administration}`))).company_name, 'A')
      assert.equal((await owner.get('/identities/999')).status, 404)
      assert.deepEqual(await list('/financial_accounts'), [])
      const [administration] = (await owner.send('GET', '/administrations.json')).json<Thing[]>()
      assert.deepEqual(administration, {
        id: owner.administration,
        name: 'A',
        language: 'en',
        currency: 'EUR',
        country: '',
        time_zone: 'Europe/Amsterdam',
        access: 'user',
        suspended: false,
        period_locked_until: null,
        period_start_date: '2026-01-01',
      })
    })
  })
})
