// What applications may be allowed, in Expensicat's words, and what each stands for in the core.

import type { Actor } from '../../core/actor.ts'
import type { ScopeTerms } from '../../http/oauth/index.ts'

const readEntries = ['time:read', 'expenses:read', 'catalogue:read', 'invoices:read']
const readInvoices = ['invoices:read', 'catalogue:read']

/**
 * Every documented scope. Behind those that write are those that read, because the core reads what it changes; what the
 * door lets through is decided by the route, so `entries:write` alone lists nothing. `entries:read` shows the invoice of
 * an entry, as documented, and no other. The last four open nothing: their resources are not served.
 */
export const scopes = {
  'entries:read': { words: 'See projects and time entries', core: readEntries },
  'entries:write': {
    words: 'Create, change and delete projects and time entries',
    core: [...readEntries, 'time:write', 'expenses:write', 'catalogue:write'],
  },
  'invoices:read': { words: 'See invoices, customers and recurring invoices', core: readInvoices },
  'invoices:write': {
    words: 'Create, change and delete invoices, customers and recurring invoices',
    core: [...readInvoices, 'invoices:write', 'catalogue:write'],
  },
  'team:read': {
    words: 'See the members and the settings of the organization',
    core: ['people:read', 'organization:read'],
  },
  'team:admin': {
    words: 'Change the members and the settings of the organization',
    core: ['people:read', 'organization:read', 'people:write', 'organization:write'],
  },
  'transactions:read': { words: 'See transactions (there are none here)', core: [] },
  'transactions:write': { words: 'Change transactions (there are none here)', core: [] },
  'banking:read': { words: 'See bank accounts (there are none here)', core: [] },
  'banking:write': { words: 'Change bank accounts (there are none here)', core: [] },
  'documents:read': { words: 'See documents (there are none here)', core: [] },
  'documents:write': { words: 'Change documents (there are none here)', core: [] },
  'analytics:read': { words: 'See reports (there are none here)', core: [] },
} as const satisfies Readonly<Record<string, ScopeTerms>>

export type Scope = keyof typeof scopes

/** Whether the actor may use routes of the scope. Only applications are limited so; tokens of our own by the core. */
export function mayUse(actor: Actor, scope: Scope): boolean {
  return actor.grantedScopes === undefined || actor.grantedScopes.has(scope)
}
