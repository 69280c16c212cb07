// What the studio bills with: letterhead, taxes, products, accounts, contacts, task lists, teams, rates and own fields.

import type { Actor } from '../../core/actor.ts'
import type { LocalDate } from '../../core/day.ts'
import { decimal } from '../../core/decimal.ts'
import type { Harbour } from './harbour.ts'
import type { Stage } from './stage.ts'

/** What invoices need of it. */
export type Ledger = {
  readonly highTaxId: number
  readonly hoursAccountId: number
  readonly hostingId: number
}

const contacts = [
  ['Noordzee Shipping B.V.', 'Hanneke', 'Vos', 'Operations', true],
  ['Noordzee Shipping B.V.', 'Piet', 'de Graaf', 'Accounts payable', false],
  ['Brightwater Brewing Co.', 'Dana', 'Cole', 'Owner', true],
  ['Kestrel & Finch Ltd', 'Oliver', 'Finch', 'Director', true],
  ['Alpenblick Hotels AG', 'Reto', 'Zürcher', 'Marketing', true],
] as const

const taskLists = [
  ['Fleet portal', 'Map', ['Harbour map tiles', 'Ship markers', 'Tide overlay']],
  ['Fleet portal', 'Launch', ['Load test', 'Training on the quay']],
  ['Online shop', 'Checkout', ['Age check', 'Gift cards']],
  ['Booking site', 'Rooms', ['Room photos', 'Season prices']],
] as const

/** Fills the cabinet of the studio. */
export async function fillLedger({ core }: Stage, harbour: Harbour): Promise<Ledger> {
  const owner = harbour.actor('marit')
  await core.organizations.updateOrganization(owner, {
    email: 'hello@harbour.example',
    phone: '+31 20 555 0100',
    website: 'https://harbour.example',
    addressLine1: 'Prinsengracht 263',
    postalCode: '1016 GV',
    city: 'Amsterdam',
    country: 'NL',
    taxNumber: 'NL009988776B01',
  })
  const high = await core.taxRates.add(owner, { name: 'VAT 21 %', percent: decimal('21'), country: 'NL' })
  await core.taxRates.add(owner, { name: 'VAT 9 %', percent: decimal('9'), country: 'NL' })
  await core.taxRates.add(owner, { name: 'Reverse charge', percent: decimal('0') })
  const hours = await core.ledgerAccounts.add(owner, { name: 'Revenue from hours', number: '8000' })
  const resale = await core.ledgerAccounts.add(owner, { name: 'Revenue from resale', number: '8100' })
  await core.ledgerAccounts.add(owner, { name: 'Travel costs', number: '4500', kind: 'expenses' })
  const hosting = await core.products.add(owner, {
    name: 'Hosting, a month',
    identifier: 'HOST-1',
    unitPrice: decimal('45.00'),
    taxRateId: high.id,
    ledgerAccountId: resale.id,
  })
  for (const [client, firstName, lastName, jobTitle, main] of contacts) {
    const email = `${firstName.toLowerCase()}@${harbour.clientId(client)}.example`
    const clientId = harbour.clientId(client)
    await core.contacts.add(owner, { clientId, firstName, lastName, jobTitle, email, main })
  }
  await fillWork({ core }, owner, harbour)
  return { highTaxId: high.id, hoursAccountId: hours.id, hostingId: hosting.id }
}

async function fillWork({ core }: Pick<Stage, 'core'>, owner: Actor, harbour: Harbour): Promise<void> {
  const id = (username: string) => harbour.actor(username).personId
  for (const [position, [projectName, name, tasks]] of taskLists.entries()) {
    const projectId = harbour.project(projectName).id
    const list = await core.taskLists.add(owner, { projectId, name, position })
    for (const [order, task] of tasks.entries()) {
      await core.activities.add(owner, {
        projectId,
        taskListId: list.id,
        name: task,
        position: order,
        assigneeIds: order === 0 ? [id('tom')] : [],
        ...(order === 1 ? { dueOn: '2026-12-11' as LocalDate } : {}),
      })
    }
  }
  for (const name of ['Fleet portal', 'Online shop']) {
    await core.projects.update(owner, harbour.project(name).id, {
      memberIds: [id('marit'), id('tom')],
      managerIds: [id('marit')],
    })
  }
  await core.teams.add(owner, {
    name: 'Harbour side',
    color: '#1f6feb',
    memberIds: [id('marit'), id('tom')],
    leadIds: [id('marit')],
    clientIds: [harbour.clientId('Noordzee Shipping B.V.')],
    projectIds: [harbour.project('Fleet portal').id],
  })
  await core.rates.add(owner, { amount: decimal('85') })
  await core.rates.add(owner, {
    projectId: harbour.project('Booking site').id,
    amount: decimal('125'),
    costAmount: decimal('60'),
  })
  await core.rates.add(owner, {
    clientId: harbour.clientId('Kestrel & Finch Ltd'),
    personId: id('tom'),
    amount: decimal('92.50'),
    validFrom: '2026-04-01' as LocalDate,
  })
  for (const [subjectNoun, name, label] of [
    ['client', 'purchase-order', 'Purchase order'],
    ['client', 'payment-days', 'Days to pay'],
    ['project', 'cost-centre', 'Cost centre'],
    ['expense', 'card', 'Paid with'],
    ['time_entry', 'ticket', 'Ticket'],
  ] as const) {
    await core.customFields.add(owner, { subjectNoun, name, label })
  }
}
