// The user resource and `me`: the members of the organization.

import { randomUUID } from 'node:crypto'
import { parseTimeZone } from '../../core/day.ts'
import { compareDecimals, type Decimal } from '../../core/decimal.ts'
import { invalid, notFound } from '../../core/errors.ts'
import type { Role } from '../../core/people/nouns.ts'
import type { Member } from '../../core/people/organizations.ts'
import type { Call } from './call.ts'
import { fieldsOf, given, type Input, missing } from './input.ts'
import { ownFields } from './properties.ts'
import { children, type Filter, noList, type Resource, type Row, relations } from './resource.ts'
import { datetime, exactOrNull } from './wire.ts'

const own = ownFields('membership', {
  phone: ['text', ''],
  skype: ['text', ''],
  position: ['text', ''],
  workday_hours: ['decimal', null],
  date_format: ['text', 'Y-m-d'],
  time_format: ['text', 'H:i'],
  decimal_sep: ['text', '.'],
  thousands_sep: ['text', ','],
  week_start: ['text', '1'],
  language: ['text', 'en'],
  theme: ['text', null],
})

/** Paymo's types of users, and our roles that are shown as each; the first is what it makes. */
const types: Readonly<Record<string, readonly Role[]>> = {
  Admin: ['admin', 'owner'],
  Employee: ['member', 'manager', 'accountant'],
  Guest: ['guest'],
}

/** The user resource. Pictures are not kept. */
export const users: Resource = {
  name: 'users',
  fields: [
    'id',
    'name',
    'email',
    'type',
    'active',
    'timezone',
    'phone',
    'skype',
    'position',
    'workday_hours',
    'price_per_hour',
    'created_on',
    'updated_on',
    'date_format',
    'time_format',
    'decimal_sep',
    'thousands_sep',
    'week_start',
    'language',
    'theme',
    'assigned_projects',
    'managed_projects',
    'is_online',
  ],
  extras: ['image', 'image_thumb_large', 'image_thumb_medium', 'image_thumb_small', 'additional_privileges'],
  relations: relations({
    entries: children('entries', 'user_id'),
    expenses: children('expenses', 'user_id'),
    reports: children('reports', 'user_id'),
    comments: noList,
    discussions: noList,
    files: noList,
    milestones: noList,
  }),
  sorts: Object.fromEntries(['id', 'name', 'email', 'type', 'created_on', 'updated_on'].map((f) => [f, f])),
  // Another organization of the same person may change the name.
  lasting: false,
  page: (call, filter) => readUsers(call, filter),
  create: createUser,
  update: updateUser,
  async remove({ core, actor }, id) {
    await core.organizations.removeMember(actor, id)
  },
  alone: true,
}

/** The users that the caller sees, those who left as inactive ones: what they recorded is still shown with them. */
async function readUsers(call: Call, { ids }: Filter): Promise<Row[]> {
  const { core, actor } = call
  const members = await membersOf(call, ids)
  const more = await own.read(
    call,
    members.map(({ membership }) => membership.id),
  )
  const projects = await core.projects.list(actor, {})
  return members.map((member) => {
    const { person, membership } = member
    const listed = (field: 'memberIds' | 'managerIds') =>
      projects.filter((project) => project[field].includes(person.id)).map(({ id }) => id)
    return {
      id: person.id,
      revision: Math.max(person.revision, membership.revision),
      object: {
        ...presentUser(member, actor.organization.timeZone),
        ...more(membership.id),
        assigned_projects: listed('memberIds'),
        managed_projects: listed('managerIds'),
      },
    }
  })
}

async function membersOf({ core, actor }: Call, ids: readonly number[] | undefined): Promise<Member[]> {
  const byPerson = new Map<number, Member>()
  for (const member of await core.organizations.listMembers(actor, { former: true })) {
    const known = byPerson.get(member.person.id)
    // Someone who came back has an old place and a new one.
    if (known === undefined || known.membership.deletedAt !== null) byPerson.set(member.person.id, member)
  }
  const all = [...byPerson.values()]
  return ids === undefined ? all : all.filter(({ person }) => ids.includes(person.id))
}

function presentUser({ person, membership }: Member, zone: string) {
  const type = Object.keys(types).find((name) => types[name]?.includes(membership.role)) ?? 'Guest'
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    type,
    active: membership.deletedAt === null,
    timezone: person.timeZone ?? zone,
    price_per_hour: exactOrNull(membership.hourlyRate),
    is_online: false,
    additional_privileges: [],
    created_on: datetime(membership.createdAt),
    updated_on: datetime(Math.max(person.updatedAt, membership.updatedAt)),
  }
}

async function createUser(call: Call, input: Input): Promise<number> {
  const { core, actor } = call
  const read = fieldsOf(input)
  const email = read.text('email')
  if (!email) throw missing('email')
  const { person, membership } = await core.organizations.addMember(actor, {
    email,
    name: read.text('name') || email,
    // Without a password nobody gets in by one: the person sets it by invitation, or uses a token.
    password: read.text('password') || randomUUID(),
    role: roleOf(read.text('type') || 'Employee'),
    ...given({ timeZone: zoneOf(read.text('timezone')), hourlyRate: read.decimal('price_per_hour') }),
  })
  await own.write(call, membership.id, input)
  return person.id
}

async function updateUser(call: Call, id: number, input: Input): Promise<void> {
  const { core, actor } = call
  const member = (await core.organizations.listMembers(actor)).find(({ person }) => person.id === id)
  if (member === undefined) throw notFound('user')
  const read = fieldsOf(input)
  const type = read.text('type')
  const role = type === undefined || types[type]?.includes(member.membership.role) ? undefined : roleOf(type)
  const rate = read.decimal('price_per_hour')
  const membership = given({
    role,
    hourlyRate: sameRate(rate, member.membership.hourlyRate) ? undefined : rate,
  })
  const person = given({
    name: read.text('name'),
    email: read.text('email'),
    timeZone: zoneOf(read.text('timezone')),
  })
  await core.together(actor, async (inside) => {
    if (Object.keys(person).length > 0) await core.organizations.updatePerson(inside, id, person)
    if (Object.keys(membership).length > 0) await core.organizations.updateMember(inside, id, membership)
    await own.write({ ...call, actor: inside }, member.membership.id, input)
    if (read.flag('active') === false) await core.organizations.removeMember(inside, id)
  })
}

// Sent back, a rate has lost its padding.
function sameRate(given: Decimal | null | undefined, kept: Decimal | null): boolean {
  if (given === null || given === undefined || kept === null) return (given ?? null) === kept
  return compareDecimals(given, kept) === 0
}

function roleOf(type: string): Role {
  const role = Object.hasOwn(types, type) ? types[type]?.[0] : undefined
  if (role === undefined) throw invalid('type', 'unknown_value', 'type is Admin, Employee or Guest.')
  return role
}

function zoneOf(name: string | undefined) {
  if (name === undefined || name === '') return undefined
  const zone = parseTimeZone(name)
  if (zone === undefined) throw invalid('timezone', 'unknown_value', 'There is no such time zone.')
  return zone
}
