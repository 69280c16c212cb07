// Answers come from rendered pieces and kept texts: after every kind of change they are what a server just started says.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, type TestBook } from '../../../test/harness.ts'
import { callMoneybird, type Moneybird, tokenOf, withToken } from '../../../test/moneybird-client.ts'
import type { Actor } from '../../core/actor.ts'
import { decimal } from '../../core/decimal.ts'
import type { Core } from '../../core/index.ts'

type World = {
  core: Core
  by: Actor
  entry: number
  other: number
  client: number
  project: number
  invoice: number
}
type Change = readonly [what: string, change: (world: World) => Promise<unknown>]

const changes: readonly Change[] = [
  ['an entry is changed', ({ core, by, entry }) => core.time.update(by, entry, { description: 'new' })],
  [
    'an entry is noted',
    ({ core, by, entry }) => core.notes.add(by, { noun: 'time_entry', id: entry }, { body: 'n' }),
  ],
  [
    'a to-do of an entry is done',
    async ({ core, by, entry }) => {
      const note = await core.notes.add(by, { noun: 'time_entry', id: entry }, { body: 'n', todo: true })
      await core.notes.setCompleted(by, note.id, true)
    },
  ],
  ['its client is renamed', ({ core, by, client }) => core.clients.update(by, client, { name: 'Renamed' })],
  [
    'its contact gets a first name',
    ({ core, by, client }) =>
      core.together(by, async (actor) => {
        await core.clients.update(actor, client, { contactPerson: 'Jan Bos' })
        await core.notes.setProperty(actor, { noun: 'client', id: client }, 'moneybird', 'firstname', 'Jan')
        await core.notes.setProperty(actor, { noun: 'client', id: client }, 'moneybird', 'lastname', 'Bos')
      }),
  ],
  [
    'the first name alone is another',
    ({ core, by, client }) =>
      core.together(by, async (actor) => {
        await core.notes.setProperty(
          actor,
          { noun: 'client', id: client },
          'moneybird',
          'firstname',
          'Jan Bos',
        )
        await core.notes.setProperty(actor, { noun: 'client', id: client }, 'moneybird', 'lastname', null)
      }),
  ],
  [
    'its project is archived',
    ({ core, by, project }) => core.projects.update(by, project, { state: 'archived' }),
  ],
  [
    'its project gets a budget',
    ({ core, by, project }) => core.projects.update(by, project, { budgetSeconds: 7200 }),
  ],
  [
    'its user is renamed',
    ({ core, by }) => core.organizations.updatePerson(by, by.personId, { name: 'Someone' }),
  ],
  [
    'an invoice bills it',
    ({ core, by, invoice, entry, other }) =>
      core.invoices.update(by, invoice, { timeEntryIds: [entry, other] }),
  ],
  [
    'another entry of the invoice is changed',
    ({ core, by, other }) => core.time.update(by, other, { description: 'o' }),
  ],
  [
    'a line of the invoice gets other words',
    ({ core, by, invoice }) =>
      core.invoices.update(by, invoice, ({ lines }) => ({
        lines: lines.map(({ id }) => ({ id, description: 'other' })),
      })),
  ],
  [
    'the invoice is noted',
    ({ core, by, invoice }) => core.notes.add(by, { noun: 'invoice', id: invoice }, { body: 'n' }),
  ],
  [
    'the contact gets a person',
    ({ core, by, client }) => core.contacts.add(by, { clientId: client, lastName: 'P' }),
  ],
  ['the invoice is sent', ({ core, by, invoice }) => core.invoices.send(by, invoice)],
  [
    'something is paid',
    ({ core, by, invoice }) => core.invoices.addPayment(by, { invoiceId: invoice, amountMinor: 1n }),
  ],
  [
    'the zone of the administration is another',
    ({ core, by }) =>
      core.organizations.updateOrganization(by, { timeZone: 'Asia/Tokyo' as Actor['timeZone'] }),
  ],
  [
    'an entry is deleted',
    ({ core, by }) => core.time.start(by, {}).then(({ id }) => core.time.remove(by, id)),
  ],
]

forEachEngine('Nothing stale is shown', (engine) => {
  let book: TestBook
  let world: World
  let warm: Moneybird
  let token: string

  before(async () => {
    book = await createTestBook(engine)
    const by = book.actorOf('owner')
    const { core } = book
    token = await tokenOf(book, by)
    warm = withToken(callMoneybird(book), String(by.organizationId), token)
    const client = (await core.clients.add(by, { name: 'Acme' })).id
    const project = (await core.projects.add(by, { name: 'Site', clientId: client })).id
    const log = async () =>
      (
        await core.time.log(by, {
          startedAt: book.clock.now - 3_600_000,
          endedAt: book.clock.now,
          clientId: client,
          projectId: project,
        })
      ).id
    const lines = [{ description: 'x', unitPrice: decimal('100') }]
    const invoice = (await core.invoices.add(by, { clientId: client, lines })).id
    world = { core, by, client, project, invoice, entry: await log(), other: await log() }
  })

  const paths = () => [
    '/time_entries',
    `/time_entries/${world.entry}`,
    '/contacts',
    `/contacts/${world.client}`,
    '/sales_invoices',
    `/sales_invoices/${world.invoice}`,
    '/projects?filter=state:all',
    '/users',
  ]

  describe('after', () => {
    for (const [what, change] of changes) {
      test(what, async () => {
        for (const path of paths()) await warm.get(path)
        book.clock.advance(1000)
        world = { ...world, by: await book.again(world.by) }
        await change(world)
        const cold = withToken(callMoneybird(book), warm.administration, token)
        for (const path of paths()) {
          const [shown, fresh] = [await warm.get(path), await cold.get(path)]
          assert.equal(shown.text, fresh.text, path)
          const headers = (reply: typeof shown) => [reply.headers.link, reply.headers['x-total-count']]
          assert.deepEqual(headers(shown), headers(fresh))
          // Asked again, it is the kept one.
          assert.deepEqual((await warm.get(path)).text, fresh.text)
        }
      })
    }

    test('its user is renamed in another organization', async () => {
      const { core } = book
      const there = book.actorOf('owner', 'b')
      const person = { email: 'owner@a.example', name: 'x', password: 'correct horse' }
      await core.organizations.addMember(there, { ...person, role: 'member' })
      const names = async () =>
        (await warm.get('/time_entries')).json<{ user: { name: string } }[]>().map((one) => one.user.name)
      await names()
      const arrival = { door: 'native', requestId: 'elsewhere', address: '127.0.0.1' } as const
      const elsewhere = await core.signIn.byLogin(person.email, there.organizationId, arrival)
      await core.organizations.updatePerson(elsewhere, elsewhere.personId, { name: 'Renamed elsewhere' })
      assert.ok((await names()).every((name) => name === 'Renamed elsewhere'))
    })

    test('the day is over', async () => {
      const before = (await warm.get('/sales_invoices')).text
      book.clock.advance(40 * 86_400_000)
      assert.notEqual((await warm.get('/sales_invoices')).text, before)
      assert.match((await warm.get('/sales_invoices')).text, /"state":"late"/)
    })
  })
})
