// Moneybird's permissions and the scopes of our tokens: the one table between them.

import type { Actor } from '../../core/actor.ts'
import { type Refusal, symbolic } from './errors.ts'

/** What a token is asked for there. */
export const permissions = [
  'estimates',
  'sales_invoices',
  'documents',
  'bank',
  'settings',
  'time_entries',
] as const
export type Permission = (typeof permissions)[number]

/** What a request needs: any of these. None: any token will do. */
export type Access = readonly Permission[]

const names = ['catalogue:read', 'catalogue:write'] as const

/**
 * A token with one of `marks` has the permission; one that is given the permission gets all of `grants`. Whoever writes
 * invoices or keeps documents also keeps the contacts they are for. The book has no estimates and no bank: those
 * permissions reach the contacts and nothing else.
 */
export const scopeTable: {
  readonly [P in Permission]: { readonly marks: readonly string[]; readonly grants: readonly string[] }
} = {
  estimates: { marks: [], grants: names },
  sales_invoices: {
    marks: ['invoices:read', 'invoices:write'],
    grants: ['invoices:read', 'invoices:write', ...names],
  },
  documents: {
    marks: ['expenses:read', 'expenses:write'],
    grants: ['expenses:read', 'expenses:write', ...names],
  },
  bank: { marks: [], grants: names },
  settings: {
    marks: ['organization:read', 'organization:write'],
    grants: ['organization:read', 'people:read', ...names, 'webhooks:read', 'webhooks:write'],
  },
  time_entries: { marks: ['time:read', 'time:write'], grants: ['time:read', 'time:write'] },
}

/** Contacts: every permission but `time_entries` reaches them. */
export const contactAccess: Access = ['estimates', 'sales_invoices', 'documents', 'bank', 'settings']

/** Whether the token has any of these permissions. What the role allows is the core's to decide. */
export function hasAccess(
  { scopes, grantedScopes }: Pick<Actor, 'scopes' | 'grantedScopes'>,
  access: Access,
): boolean {
  // What an application was granted is known in these words.
  if (grantedScopes !== undefined) return access.length === 0 || access.some((one) => grantedScopes.has(one))
  if (scopes === null || scopes.has('*') || access.length === 0) return true
  if (access === contactAccess && names.some((scope) => scopes.has(scope))) return true
  return access.some((permission) => scopeTable[permission].marks.some((scope) => scopes.has(scope)))
}

/** A token or a user without the permission: 401, where others say 403. */
export function noAccess(access: Access): Refusal | undefined {
  if (access.length === 0) return undefined
  const [last = '', ...others] = [...access].reverse()
  const all = others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`
  return symbolic(401, `No access to ${all}`)
}
