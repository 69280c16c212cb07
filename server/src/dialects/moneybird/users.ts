// Users: the members of the organization.

import type { Role } from '../../core/people/nouns.ts'
import type { Member } from '../../core/people/organizations.ts'
import { type Answer, type Call, flagParameter } from './call.ts'
import { languageOf } from './sales-invoice.ts'
import type { Permission } from './scopes.ts'
import { presentId, presentInstant, type WireObject } from './wire.ts'

/** What a role is called there, and what it may do. */
const roles: {
  readonly [R in Role]: { readonly type: string; readonly permissions: readonly (Permission | 'ownership')[] }
} = {
  owner: {
    type: 'owner',
    permissions: [
      'sales_invoices',
      'documents',
      'estimates',
      'bank',
      'settings',
      'ownership',
      'time_entries',
    ],
  },
  admin: {
    type: 'employee',
    permissions: ['sales_invoices', 'documents', 'estimates', 'bank', 'settings', 'time_entries'],
  },
  manager: { type: 'employee', permissions: ['sales_invoices', 'documents', 'settings', 'time_entries'] },
  member: { type: 'employee', permissions: ['documents', 'time_entries'] },
  accountant: { type: 'accountant', permissions: ['sales_invoices', 'documents', 'time_entries'] },
  guest: { type: 'end_user', permissions: [] },
}

/** `GET users`. Accountants and those who left show when they are asked for. Pages are not known here. */
export async function listUsers(call: Call): Promise<Answer> {
  const { core, actor } = call
  const former = flagParameter(call, 'include_inactive')
  const accountants = flagParameter(call, 'include_accountants')
  const members = await core.organizations.listMembers(actor, { former })
  const active = new Set(members.filter(({ membership }) => membership.deletedAt === null).map(personId))
  return {
    list: members
      // Whoever left and came back is one user.
      .filter((member) => member.membership.deletedAt === null || !active.has(personId(member)))
      .filter(({ membership }) => accountants || membership.role !== 'accountant')
      .map((member) => presentUser(call, member)),
  }
}

function presentUser({ actor }: Call, { person, membership }: Member): WireObject {
  const { type, permissions } = roles[membership.role]
  const first = {
    id: presentId(person.id),
    name: person.name,
    created_at: presentInstant(person.createdAt),
    updated_at: presentInstant(person.updatedAt),
  }
  if (membership.deletedAt !== null) return first
  return {
    ...first,
    email: person.email,
    email_validated: true,
    language: languageOf(actor.organization.country),
    time_zone: person.timeZone ?? actor.organization.timeZone,
    user_type: type,
    permissions,
  }
}

function personId({ person }: Member): number {
  return person.id
}
