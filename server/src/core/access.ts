// The one table of who may do what on whose data, and which fields a role does not see.

import type { Actor } from './actor.ts'
import type { Entities, Noun } from './entity.ts'
import { DomainError, forbidden } from './errors.ts'
import type { Role } from './people/nouns.ts'

/** On whose data: everybody's in the organization, or only one's own. */
export type Reach = 'all' | 'own'

// Read as: this permission needs that scope of a token, and the roles reach that far.
// Owners and admins reach everything; `everyone` is what the other four have.
const table = {
  'organization.read': row('organization:read', {
    manager: 'all',
    member: 'all',
    accountant: 'all',
    guest: 'all',
  }),
  'organization.write': row('organization:write', {}),
  'people.read': row('people:read', { manager: 'all', member: 'all', accountant: 'all', guest: 'own' }),
  'people.write': row('people:write', {}),
  // One's own name, address and password.
  'profile.write': row('people:write', { manager: 'own', member: 'own', accountant: 'own', guest: 'own' }),
  'credential.read': row('people:read', { manager: 'own', member: 'own', accountant: 'own', guest: 'own' }),
  'credential.write': row('people:write', { manager: 'own', member: 'own', accountant: 'own', guest: 'own' }),
  // Programs of others: who lets one in for all members vouches for it.
  'application.read': row('organization:read', {}),
  'application.write': row('organization:write', {}),
  'catalogue.read': row('catalogue:read', { manager: 'all', member: 'all', accountant: 'all', guest: 'all' }),
  'catalogue.write': row('catalogue:write', { manager: 'all' }),
  'expense.read': row('expenses:read', { manager: 'all', member: 'own', accountant: 'all', guest: 'own' }),
  'expense.write': row('expenses:write', { manager: 'all', member: 'own', accountant: 'own' }),
  'report.approve': row('expenses:write', { manager: 'all' }),
  'time.read': row('time:read', { manager: 'all', member: 'own', accountant: 'all', guest: 'own' }),
  'time.write': row('time:write', { manager: 'all', member: 'own', accountant: 'own' }),
  'rates.read': row('catalogue:read', { manager: 'all', accountant: 'all' }),
  'costs.read': row('catalogue:read', { accountant: 'all' }),
  'budgets.read': row('catalogue:read', { manager: 'all', accountant: 'all' }),
  'rates.write': row('catalogue:write', { manager: 'all' }),
  'invoice.read': row('invoices:read', { manager: 'all', accountant: 'all' }),
  'invoice.write': row('invoices:write', { manager: 'all' }),
  'webhook.read': row('webhooks:read', { manager: 'own', member: 'own', accountant: 'own' }),
  'webhook.write': row('webhooks:write', { manager: 'own', member: 'own', accountant: 'own' }),
  'events.read': row('events:read', { accountant: 'all' }),
} as const

export type Permission = keyof typeof table

/** Every scope a token can carry. */
export const scopes: readonly string[] = [...new Set(Object.values(table).map((entry) => entry.scope))]

/** How far the actor's role and scopes reach; undefined when not at all. */
export function reach(actor: Actor, permission: Permission): Reach | undefined {
  const entry = table[permission]
  if (actor.scopes !== null && !actor.scopes.has('*') && !actor.scopes.has(entry.scope)) return undefined
  return narrowed(actor, permission, entry.roles[actor.role])
}

/** Throws unless the actor may do this at all; answers how far. */
export function require(actor: Actor, permission: Permission): Reach {
  const entry = table[permission]
  if (actor.scopes !== null && !actor.scopes.has('*') && !actor.scopes.has(entry.scope)) {
    throw new DomainError('forbidden', 'scope_missing', `This needs the scope ${entry.scope}.`)
  }
  const far = entry.roles[actor.role]
  if (far === undefined) throw forbidden('Your role does not allow this.')
  return narrowed(actor, permission, far) ?? far
}

/** Whether the actor may do this on data of that person. */
export function may(actor: Actor, permission: Permission, personId: number): boolean {
  const far = reach(actor, permission)
  return far === 'all' || (far === 'own' && actor.personId === personId)
}

// Data that belongs to someone; at a personal door one reaches only one's own.
const personalData: ReadonlySet<Permission> = new Set<Permission>([
  'credential.read',
  'credential.write',
  'expense.read',
  'expense.write',
  'time.read',
  'time.write',
])

function narrowed(actor: Actor, permission: Permission, far: Reach | undefined): Reach | undefined {
  return far === 'all' && actor.personal === true && personalData.has(permission) ? 'own' : far
}

// Fields that a role without the permission reads as null, in every door, export and event.
const veiled: { [N in Noun]?: { readonly [field in keyof Entities[N]]?: Permission } } = {
  membership: { hourlyRate: 'rates.read', costRate: 'costs.read' },
  client: { budgetMinor: 'budgets.read', budgetSeconds: 'budgets.read' },
  project: { hourlyRate: 'rates.read', budgetMinor: 'budgets.read', budgetSeconds: 'budgets.read' },
  activity: { hourlyRate: 'rates.read', budgetMinor: 'budgets.read', budgetSeconds: 'budgets.read' },
  time_entry: { hourlyRate: 'rates.read', fixedRate: 'rates.read' },
  rate: { costAmount: 'costs.read' },
}

/** Fields of the noun that this actor reads as null. */
export function hiddenFields(actor: Actor, noun: Noun): string[] {
  return Object.entries(veiled[noun] ?? {})
    .filter(([, permission]) => !reach(actor, permission as Permission))
    .map(([field]) => field)
}

/** The entity as this actor may see it. */
export function visible<N extends Noun>(actor: Actor, noun: N, entity: Entities[N]): Entities[N] {
  if (veiled[noun] === undefined) return entity
  const hidden = hiddenFields(actor, noun)
  if (hidden.length === 0) return entity
  return { ...entity, ...Object.fromEntries(hidden.map((field) => [field, null])) }
}

function row<S extends string>(scope: S, roles: { readonly [R in Role]?: Reach }) {
  const all: { readonly [R in Role]?: Reach } = { owner: 'all', admin: 'all', ...roles }
  return { scope, roles: all }
}
