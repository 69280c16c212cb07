// The members of the organization: list, change of role, removal.

import type { Actor } from '../../core/actor.ts'
import { notFound } from '../../core/errors.ts'
import type { Person, Role } from '../../core/people/nouns.ts'
import type { Member } from '../../core/people/organizations.ts'
import type { Answer, Call } from './call.ts'
import { cutPage, pageQuery, presentCursor } from './cursors.ts'
import { readFields } from './fields.ts'
import type { Ids } from './ids.ts'
import { wordOf } from './query.ts'
import { presentOne, presentPage, presentText } from './wire.ts'

/** The roles there are here, and which of ours each stands for. The first of them is the one that is set. */
const roles = {
  owner: ['owner'],
  admin: ['admin'],
  member: ['member', 'manager', 'accountant', 'guest'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

type WireRole = keyof typeof roles
const wireRoles = Object.keys(roles) as WireRole[]

function presentRole(role: Role): WireRole {
  return wireRoles.find((each) => (roles[each] as readonly Role[]).includes(role)) ?? 'member'
}

/** Somebody by id, name and address; pictures are not kept. */
export function presentUser(ids: Ids, organizationId: number, personId: number, person: Person | undefined) {
  return {
    id: ids.present('person', organizationId, personId),
    full_name: presentText(person?.name ?? ''),
    email: person?.email ?? '',
    avatar_url: null,
  }
}

function presentMember({ person, membership }: Member, ids: Ids) {
  const { id, organizationId, role } = membership
  const { full_name, avatar_url, ...user } = presentUser(ids, organizationId, person.id, person)
  return {
    id: ids.present('membership', organizationId, id),
    role: presentRole(role),
    user: { ...user, full_name, avatar_url },
  }
}

/** `GET members`: who joined last comes first. */
export async function listMembers(call: Call): Promise<Answer> {
  const page = pageQuery(call, 'membership')
  const role = wordOf(call.query, 'role', wireRoles)
  const filter = role === undefined ? page : { ...page, roles: roles[role] }
  const { items, last } = cutPage(await call.core.organizations.pageOfMembers(call.actor, filter), page)
  const id = last?.membership.id
  const next = id === undefined ? null : presentCursor(call, 'membership', { value: id, id })
  const texts = items.map((member) => JSON.stringify(presentMember(member, call.ids)))
  return { text: presentPage(texts, next) }
}

/** `PATCH members/{userId}`: the role. Someone who is shown with it already keeps the finer one of ours. */
export async function updateMember({ core, actor, ids, ...call }: Call): Promise<Answer> {
  const fields = readFields(call.bytes)
  const role = fields.word('role', ['admin', 'member'])
  fields.check()
  const personId = personOf({ ids, actor, id: call.id })
  const member = await core.together(actor, async (actor) => {
    const before = await memberOf(core, actor, personId)
    const same = role === undefined || presentRole(before.membership.role) === role
    await core.organizations.updateMember(actor, personId, same ? {} : { role })
    return memberOf(core, actor, personId)
  })
  return { text: presentOne(JSON.stringify(presentMember(member, ids))) }
}

/** `DELETE members/{userId}`: the membership ends; what the person recorded stays. */
export async function deleteMember(call: Call): Promise<Answer> {
  await call.core.organizations.removeMember(call.actor, personOf(call))
  return 'empty'
}

function personOf({ ids, actor, id }: Pick<Call, 'ids' | 'actor' | 'id'>): number {
  const personId = ids.parse('person', actor.organizationId, id)
  if (personId === undefined) throw notFound('member')
  return personId
}

async function memberOf(core: Call['core'], actor: Actor, personId: number): Promise<Member> {
  const [member] = await core.organizations.pageOfMembers(actor, { personId, limit: 1 })
  if (member === undefined) throw notFound('member')
  return member
}
