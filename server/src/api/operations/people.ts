// The organization and its people: members with their roles, and oneself.

import Type, { type TSchema } from 'typebox'
import { notFound } from '../../core/errors.ts'
import { type Organization, roles } from '../../core/people/nouns.ts'
import type {
  Member,
  MemberInput,
  OrganizationInput,
  PasswordHash,
  PersonInput,
} from '../../core/people/organizations.ts'
import { listOf } from '../crud.ts'
import { ownCurrency, rate } from '../currencies.ts'
import { checkMatch, tagOf } from '../entity-tag.ts'
import { choice, type Fields, type Given, keptFields, whole, words } from '../fields.ts'
import { formOf } from '../form.ts'
import { type Answer, type Call, done, json, type Operation } from '../operation.ts'
import { count } from '../parameters.ts'
import {
  countryText,
  currencyCode,
  id,
  nullable,
  presentInstant,
  readCurrency,
  readZone,
  zoneText,
} from '../wire.ts'
import { checkCurrencies, worded } from '../writing.ts'

const group = 'People and organization'

const zoneField: Fields<Member>[string] = {
  out: nullable(zoneText),
  in: nullable(zoneText),
  about: "Null: the organization's.",
  show: ({ person }) => person.timeZone,
  take(value, given) {
    given.timeZone = value === null ? null : readZone('timeZone', value as string)
  },
}

function ofPerson(name: 'email' | 'username' | 'name', required?: true): Fields<Member>[string] {
  return {
    ...words(name),
    ...(required ? { required } : {}),
    show: ({ person }) => person[name],
  }
}

const role = choice('role', roles)
const memberRate = (name: 'hourlyRate' | 'costRate', about: string): Fields<Member>[string] => {
  const field = rate(name, about, (_: { hourlyRate: null; costRate: null }, look) => ownCurrency(_, look))
  return { ...field, show: ({ membership }, look) => field.show(membership as never, look) }
}

/** A member of the organization. The id is the person's. */
export const person = formOf<Member>('person', {
  id: { out: id, show: ({ person: { id: own } }) => own },
  name: ofPerson('name', true),
  email: ofPerson('email', true),
  username: ofPerson('username'),
  time_zone: zoneField,
  role: { ...role, required: true, show: ({ membership }) => membership.role },
  hourly_rate: memberRate('hourlyRate', "Price of an hour, in the organization's currency."),
  cost_rate: memberRate('costRate', 'What an hour costs.'),
  password: {
    out: Type.Null(),
    in: Type.String({ minLength: 8, maxLength: 200 }),
    required: true,
    fixed: true,
    hidden: true,
    about: 'Somebody who is known on this server keeps their own.',
    show: () => null,
    take(value, given) {
      given.password = value
    },
  },
  // Person and membership change apart; what is shown changes with either.
  revision: { ...keptFields.revision, show: revisionOf },
  created_at: { ...keptFields.created_at, show: ({ membership }) => presentInstant(membership.createdAt) },
  updated_at: {
    ...keptFields.updated_at,
    show: ({ membership, person: { updatedAt } }) =>
      presentInstant(Math.max(membership.updatedAt, updatedAt)),
  },
})

function revisionOf({ person: { revision }, membership }: Member): number {
  return revision + membership.revision
}

const letterhead = ['email', 'phone', 'website', 'addressLine1', 'addressLine2'] as const

/** The organization. */
export const organization = formOf<Organization>('organization', {
  id: { out: id, show: (found) => found.id },
  name: words('name'),
  currency: {
    out: currencyCode,
    in: currencyCode,
    about: 'Fixed once there are expenses.',
    show: (found) => found.currency,
    take(value, given) {
      given.currency = readCurrency('currency', value as string)
    },
  },
  time_zone: {
    out: zoneText,
    in: zoneText,
    show: (found) => found.timeZone,
    take(value, given) {
      given.timeZone = readZone('timeZone', value as string)
    },
  },
  distance_unit: choice('distanceUnit', ['mi', 'km']),
  distance_rate: rate('distanceRate', 'Price of a distance unit.', ownCurrency),
  hourly_rate: rate('hourlyRate', 'Price of an hour of an expense counted in time.', ownCurrency),
  date_order: choice('dateOrder', ['month-day', 'day-month'], { about: 'How 10/2 is read.' }),
  ...Object.fromEntries(
    letterhead.map((name) => [name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), words(name)]),
  ),
  postal_code: words('postalCode'),
  city: words('city'),
  region: words('region'),
  country: { ...words('country'), in: countryText },
  tax_number: words('taxNumber'),
  invoice_pattern: words('invoicePattern', {
    about: 'How invoices are numbered: {yyyy}, {yy}, {mm}, {dd} are of the date, {n}, {nn}… count.',
  }),
  invoice_due_days: whole('invoiceDueDays', 0, 3650),
  ...keptFields,
})

const me: TSchema = Type.Object(
  {
    object: Type.Literal('me'),
    person: person.schema,
    organization: organization.schema,
    scopes: Type.Array(Type.String(), { description: 'What the credentials allow; `*` is all of the role.' }),
  },
  { additionalProperties: false },
)

/** Operations on people and the organization. */
export const peopleOperations: readonly Operation[] = [
  {
    name: 'readMe',
    method: 'GET',
    path: '/me',
    group,
    summary: 'Who am I',
    status: 200,
    answer: me,
    example: {},
    run: readMe,
  },
  {
    name: 'changePassword',
    method: 'POST',
    path: '/me/password',
    group,
    summary: 'Change your password',
    about: 'All of your sessions end; with `end_tokens` your tokens too.',
    body: Type.Object(
      {
        current_password: Type.String({ maxLength: 200 }),
        new_password: Type.String({ minLength: 8, maxLength: 200 }),
        end_tokens: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    status: 204,
    example: { body: { current_password: 'lighthouse', new_password: 'a better password' } },
    prepare({ core, actor, body }) {
      const { current_password: current, new_password: next } = body as Record<string, string>
      return worded(body, () => core.signIn.nextPassword(actor, current ?? '', next ?? ''))
    },
    async run({ core, actor, body }, hash) {
      const { end_tokens: tokens = false } = body as { end_tokens?: boolean }
      await core.signIn.setPassword(actor, hash as PasswordHash, { tokens })
      return done
    },
  },
  {
    name: 'listPeople',
    method: 'GET',
    path: '/people',
    group,
    summary: 'List people',
    about: 'The members of the organization, by id.',
    query: { limit: count(1, 200), cursor: count(0, Number.MAX_SAFE_INTEGER) },
    status: 200,
    answer: listOf(person.schema),
    example: { query: 'limit=2' },
    run: listPeople,
  },
  {
    name: 'readPerson',
    method: 'GET',
    path: '/people/{id}',
    group,
    summary: 'Read a person',
    status: 200,
    answer: person.schema,
    example: { ids: { id: 1 } },
    run: async (call) => answerMember(call, await memberOf(call, call.ids.id ?? 0), 200),
  },
  {
    name: 'addPerson',
    method: 'POST',
    path: '/people',
    group,
    summary: 'Add a person',
    about:
      'Somebody who is known on this server by the e-mail address keeps name and password and becomes a member here too.',
    body: person.create,
    status: 201,
    answer: person.schema,
    example: {
      body: { name: 'Sam Ode', email: 'sam@ode.example', role: 'member', password: 'a long password' },
    },
    prepare: ({ core, body }) =>
      worded(body, () => core.organizations.hashPassword((body as { password: string }).password)),
    run: (call, hash) =>
      worded(call.body, async () => {
        const { core, actor, body } = call
        const given = person.take(body, { actor, related: {} }) as unknown as MemberInput
        const added = await core.organizations.addMember(actor, given, hash as PasswordHash)
        return answerMember(call, added, 201)
      }),
  },
  {
    name: 'updatePerson',
    method: 'PATCH',
    path: '/people/{id}',
    group,
    summary: 'Change a person',
    about: 'Everyone changes their own name and addresses; roles and rates are for owners and admins.',
    body: person.update,
    status: 200,
    answer: person.schema,
    conditional: true,
    example: { ids: { id: 1 }, body: { time_zone: 'Europe/Lisbon' } },
    run: (call) => worded(call.body, () => changePerson(call)),
  },
  {
    name: 'removePerson',
    method: 'DELETE',
    path: '/people/{id}',
    group,
    summary: 'End a membership',
    about: 'What the person recorded stays. All of their tokens and sessions here end.',
    status: 204,
    example: { ids: { id: 4 } },
    async run({ core, actor, ids }) {
      await core.organizations.removeMember(actor, ids.id ?? 0)
      return done
    },
  },
  {
    name: 'readOrganization',
    method: 'GET',
    path: '/organization',
    group,
    summary: 'Read the organization',
    status: 200,
    answer: organization.schema,
    example: {},
    run: async (call) => answerOrganization(call, await call.core.organizations.readOrganization(call.actor)),
  },
  {
    name: 'updateOrganization',
    method: 'PATCH',
    path: '/organization',
    group,
    summary: 'Change the organization',
    body: organization.update,
    status: 200,
    answer: organization.schema,
    conditional: true,
    example: { body: { city: 'Utrecht', invoice_due_days: 21 } },
    run: (call) =>
      worded(call.body, async () => {
        const { core, actor, body, ifMatch } = call
        checkMatch(ifMatch, (await core.organizations.readOrganization(actor)).revision)
        const given = organization.take(body, { actor, related: {} })
        const after = await core.organizations.updateOrganization(actor, given as Partial<OrganizationInput>)
        return answerOrganization(call, after)
      }),
  },
]

async function readMe({ core, actor }: Call): Promise<Answer> {
  const look = { actor, related: {} }
  const self = await core.organizations.readSelfMember(actor)
  return json({
    object: 'me',
    person: person.present(self, look),
    organization: organization.present(actor.organization, look),
    scopes: actor.scopes === null ? ['*'] : [...actor.scopes].sort(),
  })
}

async function listPeople({ core, actor, query }: Call): Promise<Answer> {
  const { limit = 50, cursor: after = 0 } = query as { limit?: number; cursor?: number }
  const members = (await core.organizations.listMembers(actor))
    .filter((member) => member.person.id > after)
    .sort((a, b) => a.person.id - b.person.id)
  const page = members.slice(0, limit)
  return json({
    object: 'list',
    data: page.map((member) => person.present(member, { actor, related: {} })),
    has_more: members.length > page.length,
    next_cursor: members.length > page.length ? String(page.at(-1)?.person.id) : null,
  })
}

async function memberOf({ core, actor }: Call, wanted: number): Promise<Member> {
  const members = await core.organizations.listMembers(actor)
  const member = members.find((each) => each.person.id === wanted)
  if (member === undefined) throw notFound('person')
  return member
}

const profile = ['name', 'email', 'username', 'timeZone'] as const
const terms = ['role', 'hourlyRate', 'costRate'] as const

async function changePerson(call: Call): Promise<Answer> {
  const { core, actor, ids, body, ifMatch } = call
  const wanted = ids.id ?? 0
  const before = await memberOf(call, wanted)
  checkMatch(ifMatch, revisionOf(before))
  const given = person.take(body, { actor, related: {} })
  const own = picked(given, profile)
  const placed = picked(given, terms)
  if (Object.keys(placed).length > 0) {
    await core.organizations.updateMember(actor, wanted, placed as Partial<MemberInput>)
  }
  if (Object.keys(own).length > 0 || Object.keys(placed).length === 0) {
    await core.organizations.updatePerson(actor, wanted, own as Partial<PersonInput>)
  }
  return answerMember(call, await memberOf(call, wanted), 200)
}

function picked(given: Given, names: readonly string[]): Given {
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name)))
}

function answerMember({ actor, body, tools }: Call, member: Member, status: number): Answer {
  const wire = person.present(member, { actor, related: {} })
  checkCurrencies(person, body, wire)
  const location = `${tools.publicUrl}/api/v1/people/${member.person.id}`
  const etag = tagOf(revisionOf(member), actor)
  return json(wire, status, status === 201 ? { location, etag } : { etag })
}

function answerOrganization({ actor, body }: Call, found: Organization): Answer {
  const wire = organization.present(found, { actor: { ...actor, organization: found }, related: {} })
  checkCurrencies(organization, body, wire)
  return json(wire, 200, { etag: tagOf(found.revision, actor) })
}
