// The customer resource: our clients.

import type { Client } from '../../core/catalogue/nouns.ts'
import type { Call, Desk } from './call.ts'
import {
  handlersOf,
  joinTeams,
  type Kind,
  listWhole,
  parseShared,
  sharedFields,
  sharedPaths,
  teamsField,
} from './catalogue.ts'
import { addressOf, presentClient } from './entities.ts'
import type { Answer } from './errors.ts'
import { keepOwn } from './extras.ts'
import { country, currency, email, homepage, language, required, text, zone } from './fields.ts'
import { allOf, termCondition } from './filters.ts'
import { blank, type Form, type Values } from './form.ts'
import { choice, flag, visibility } from './query.ts'
import { loadTeams, lookAround } from './surroundings.ts'

const fields = {
  name: required(text(150, 2)),
  number: text(50),
  company: text(100),
  vatId: text(50),
  contact: text(100),
  address: text(2000),
  addressLine1: text(150),
  addressLine2: text(150),
  addressLine3: text(150),
  postCode: text(20),
  city: text(50),
  country,
  language,
  currency,
  timezone: zone,
  phone: text(30),
  fax: text(30),
  mobile: text(30),
  email,
  invoiceEmail: email,
  homepage,
  buyerReference: text(50),
  invoiceTemplate: text(150),
  ...sharedFields,
  ...teamsField,
}

type CustomerValues = Values<typeof fields>

const paths = {
  ...sharedPaths,
  taxNumber: 'vatId',
  contactPerson: 'contact',
  postalCode: 'postCode',
  website: 'homepage',
} as const satisfies Form<typeof fields>['paths']

function form(before: Client | undefined): Form<typeof fields> {
  if (before === undefined) return { fields, paths }
  const { teams: _, ...rest } = fields
  // A field that is not there has no value, which all of them allow.
  return { fields: rest as typeof fields, paths }
}

function parse(desk: Desk, values: CustomerValues, before: Client | undefined) {
  const { organization } = desk.actor
  const texts = {
    name: values.name,
    number: values.number,
    contactPerson: values.contact,
    email: values.email,
    phone: values.phone,
    website: values.homepage,
    addressLine1: values.addressLine1,
    addressLine2: values.addressLine2,
    postalCode: values.postCode,
    city: values.city,
    country: values.country,
    taxNumber: values.vatId,
  }
  const given = Object.entries(texts).filter(([, value]) => value !== undefined)
  const money = values.currency ?? before?.currency ?? organization.currency
  return {
    ...(Object.fromEntries(given) as { readonly [K in keyof typeof texts]?: string }),
    ...(values.currency === undefined ? {} : { currency: values.currency }),
    ...parseShared(values, money),
  }
}

// What our clients do not have and Kimai's customers do.
function parseOwn(values: CustomerValues) {
  const { company, address, addressLine3, language, timezone, fax, mobile, invoiceEmail } = values
  const { buyerReference, invoiceText, invoiceTemplate } = values
  const lines = { company, address, addressLine3, language, timezone, fax, mobile }
  return { ...lines, invoiceEmail, buyerReference, invoiceText, invoiceTemplate }
}

const kind: Kind<Client, typeof fields> = {
  noun: 'client',
  read: ({ core, actor }, id) => core.clients.read(actor, id),
  form,
  async create(desk, values) {
    const { core, actor } = desk
    const { name, ...input } = parse(desk, values, undefined)
    if (name === undefined) throw blank('name')
    const number = input.number || (await nextNumber(desk))
    const client = await core.clients.add(actor, { name, ...input, number })
    await keepOwn(desk, 'client', client.id, parseOwn(values))
    await joinTeams(desk, 'clientIds', client.id, values.teams)
    return client
  },
  async update(desk, before, values) {
    const client = await desk.core.clients.update(desk.actor, before.id, parse(desk, values, before))
    await keepOwn(desk, 'client', before.id, parseOwn(values))
    return client
  },
  async remove(desk, id) {
    // Projects and activities go with their customer; what was worked and spent stays in the book.
    const { core, actor } = desk
    const projects = await core.projects.list(actor, { clientIds: [id] })
    for (const project of projects) await removeProject(desk, project.id)
    await core.clients.remove(actor, id)
  },
  async show(desk, clients, depth) {
    const around = await lookAround(desk, { clients })
    const teams = await loadTeams(desk)
    return clients.map((client) => presentClient(client, around, teams, depth))
  },
}

/** Deletes a project with its activities. */
export async function removeProject({ core, actor }: Desk, id: number): Promise<void> {
  const activities = await core.activities.list(actor, { projectIds: [id] })
  for (const activity of activities) await core.activities.remove(actor, activity.id)
  await core.projects.remove(actor, id)
}

// Numbers count on, tombstones included, so that none comes twice.
async function nextNumber({ core, actor }: Desk): Promise<string> {
  const count = await core.clients.count(actor, { deleted: 'with' })
  return String(count + 1).padStart(4, '0')
}

/** Everything on customers but their list. */
export const customers = handlersOf(kind)

const searched = ['name', 'number', 'taxNumber', 'email', 'phone', 'addressLine1', 'city']

/** `GET /api/customers`: all of them; `full` adds addresses. */
export async function listCustomers(call: Call): Promise<Answer> {
  const { core, actor, query } = call
  const shown = visibility(query)
  const full = flag(query, 'full') ?? false
  choice(query, 'orderBy', ['id', 'name'])
  const clients = await core.clients.list(actor, {
    ...(shown === 'all' ? {} : { state: shown === 'visible' ? 'active' : 'archived' }),
    ...allOf(termCondition(query, searched)),
  })
  const answer = await listWhole(call, clients, undefined, async (sorted, teams) => {
    const around = await lookAround(call, { clients: sorted })
    return sorted.map((client) => ({
      ...presentClient(client, around, teams, 'list'),
      ...(full ? addressOf(client, around) : {}),
    }))
  })
  return { ...answer, lasting: true }
}
